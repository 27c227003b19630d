r"""Paths in print: what a name may hold and a line, a database or a terminal may not is written out, and read back.

A member of an archive prints as ``archive.zip!/member``. Backslashes introduce what is written out and are doubled;
``!/`` in a name of its own becomes ``\x21/``, so that the printed form leads back to one path only.
"""

import re
import unicodedata
from typing import Final

_MEMBER: Final = "\0"
_SIGN: Final = "!/"
_WRITTEN: Final = re.compile(r"\\\\|\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printed(path: str) -> str:
    """Return a path as it is kept in the catalogue and shown.

    Args:
        path: As the system gives it, bytes that are no UTF-8 as surrogates; a member behind a NUL.
    """
    return _SIGN.join(_escaped(part) for part in path.split(_MEMBER))


def unprinted(text: str) -> str:
    """Return the path that was printed."""
    return _MEMBER.join(_WRITTEN.sub(_read, part) for part in text.split(_SIGN))


def _escaped(part: str) -> str:
    safe = "".join(_character(each) for each in part.replace("\\", "\\\\"))
    return safe.replace(_SIGN, "\\x21/")


def _character(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE or ord(character) > 0xFFFF:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _read(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else "\\"
