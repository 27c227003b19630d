"""Pseudonyms: keyed digests that lead from a person, a user or an address to items, and back to nobody without the key.

The key lives outside the workspace. Who has the value and the key finds its items; who has only the workspace learns
nothing, though a telephone number has little entropy.
"""

import hmac

LENGTH = 16
"""Bytes of a pseudonym."""
USER = "user"
URL = "url"


def pseudonym(workspace_key: bytes, kind: str, value: str) -> bytes:
    """Return the keyed digest of a value.

    Args:
        workspace_key: 32 secret bytes that live outside the workspace.
        kind: :data:`USER`, :data:`URL`, or a type of personal information such as ``MOBILE``; equal values of two
            kinds have different pseudonyms.
        value: The value in its canonical form, which is the caller's to give.

    Returns:
        The first 16 bytes of an HMAC-SHA-256.
    """
    message = b"\0".join((b"yuliao/pseudonym/1", kind.encode(), value.encode("utf-8", "surrogatepass")))
    return hmac.digest(workspace_key, message, "sha256")[:LENGTH]
