"""The server's one secret, a file that its owner alone may read; what is needed is derived, never written down."""

import hmac
import os
import stat
from functools import cache
from pathlib import Path

VARIABLE = "YULIAO_GATE_KEY"
"""Names the file with 64 hexadecimal digits."""


@cache
def secret() -> bytes:
    """Return the secret.

    Raises:
        RuntimeError: There is none, or others may read it.
    """
    path = Path(os.environ[VARIABLE])
    with path.open("rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise RuntimeError("other users of this machine may read the gate's key")
        key = bytes.fromhex(file.read().decode("ascii"))
    if len(key) != 32:
        raise RuntimeError("the gate's key is not 64 hexadecimal digits")
    return key


def derived(purpose: str) -> bytes:
    """Return the 32 bytes of the secret for one purpose."""
    return hmac.digest(secret(), b"yuliao/annotation/" + purpose.encode("ascii"), "sha256")


def keyed_digest(kind: str, content: str) -> str:
    """Return the HMAC-SHA-256 of a text that the outbox names without telling it, 64 hexadecimal digits."""
    message = b"\0".join((b"yuliao/gate/1", kind.encode("ascii"), content.encode("utf-8", "surrogatepass")))
    return hmac.digest(derived("digest"), message, "sha256").hex()
