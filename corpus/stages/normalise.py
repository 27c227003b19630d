"""One written form for every text (规范化), and the key under which equal texts meet.

:func:`normalise` does these things, in this order, and nothing else:

1. control characters (Unicode Cc: C0, DELETE, C1) are removed, but for tab, line feed and carriage return;
2. the byte order mark (U+FEFF) is removed wherever it stands;
3. ``CR LF`` and ``CR`` become ``LF``;
4. canonical composition (Unicode NFC).

It does it once: normalising again changes nothing. Width, case and traditional forms stay as they are. NFC is stable
over Unicode versions for the characters that both know.
"""

import hmac
import re
import unicodedata
from typing import Final

_UNWANTED: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufeff]")
_RETURN: Final = re.compile("\\r\\n?")
_DOMAIN: Final = b"yuliao/duplicate/1\0"


def normalise(text: str) -> str:
    """Bring a text into its one written form; a text that is in it already is returned as it is."""
    if _UNWANTED.search(text):
        text = _UNWANTED.sub("", text)
    if "\r" in text:
        text = _RETURN.sub("\n", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def spaced(text: str) -> str:
    """Return a text as it is compared: no white space at its ends, and every run of it inside as one space."""
    return " ".join(text.split())


def duplicate_key(text: str, key: bytes) -> bytes:
    """Sign a text for the search for exact duplicates (完全重复).

    Texts that differ in white space alone have the same key: it is taken off both ends, and every run of it inside,
    line ends and ideographic spaces included, counts as one space.

    Args:
        text: A text as :func:`normalise` returns it.
        key: The workspace key; without it a short text could be guessed from its signature.

    Returns:
        32 bytes, HMAC-SHA-256.
    """
    return hmac.digest(key, _DOMAIN + spaced(text).encode("utf-8", "surrogatepass"), "sha256")
