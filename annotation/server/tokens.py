"""The platform's own token (平台令牌): what it speaks to the server with, a file beside the workspace's other keys.

It is the server's to end: where it is lost or ended a new one is made, and nothing else depends on it.
"""

import os
import stat
import tempfile
from pathlib import Path

from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError

_REMEDY = "Run `yuliao annotate server token`, which makes a new one and ends the old."


def keep(path: Path, token: str) -> None:
    """Write a token in the place of an older one, readable by its owner alone.

    Raises:
        GovernanceError: It is none, or the disk refuses.
    """
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise _bad(path, "What was given is no token.")
    with told("write the token's file", path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # made with permission 0600
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(token + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)


def load(path: Path) -> str:
    """Return the token, empty where there is none yet.

    Raises:
        GovernanceError: Others may read it, or the disk refuses.
    """
    with told("read the token's file", path):
        try:
            with path.open("rb") as file:
                if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise _bad(path, "Other users of this machine may read the platform's token.")
                return file.read().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return ""


def _bad(path: Path, sentence: str) -> GovernanceError:
    return GovernanceError(
        sentence, code="annotation.bad-token", remedy=_REMEDY, where=str(path), exit_code=ExitCode.ENVIRONMENT
    )
