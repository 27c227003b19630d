"""What was computed once and can be computed again: bytes in the user's cache folder.

Nothing here is trusted: a file that is damaged, foreign or half written counts as absent. Nothing is demanded either:
where the folder cannot be written, nothing is kept. What was not asked for in the longest time goes.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_DIGEST = 32
_MOST = 12
"""Files that stay: a set of recognisers takes some 30 MB, and every version of it is another."""


def folder() -> Path:
    """Return the folder: below ``XDG_CACHE_HOME`` where that is an absolute path, else below ``~/.cache``."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path("~/.cache").expanduser()) / "yuliao" / "scans"


def kept(name: str) -> bytes | None:
    """Return what was kept under a name, if it is whole."""
    try:
        content = (folder() / name).read_bytes()
        os.utime(folder() / name)
    except (OSError, RuntimeError):  # no home either
        return None
    digest, content = content[:_DIGEST], content[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def keep(name: str, content: bytes) -> None:
    """Keep bytes under a name, all of them or none, whoever else writes there at the same time."""
    with suppress(OSError, RuntimeError):
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder())
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(temporary).replace(folder() / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for old in sorted(folder().iterdir(), key=lambda file: file.stat().st_mtime_ns)[:-_MOST]:
            old.unlink()
