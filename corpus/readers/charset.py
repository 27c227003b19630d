"""Which character encoding (字符编码) a file is in, told by its bytes: the same bytes give the same answer anywhere.

1. A byte order mark decides.
2. Strict UTF-8 with few or no NULs is UTF-8; what breaks off at the end of the sample is forgiven.
3. Else the encodings are tried on the sample, and the one that gives the commonest characters is taken. Characters
   count as common that stand in the first level of GB 2312 or of Big5, or in ASCII; undecodable bytes weigh heavily.
4. An encoding that a page claims wins over one that is hardly better; another than ours only where ours fit badly.
5. Where nothing fits it is UTF-8, so that each record that is none says so.

gb2312 and gbk are read as gb18030, and big5 as big5-hkscs: supersets, as browsers read them. No byte is ever replaced.
"""

import codecs
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

UTF8: Final = "utf-8"
GB18030: Final = "gb18030"
BIG5: Final = "big5hkscs"
WIDE: Final = ("utf-16-le", "utf-16-be")
UNKNOWN: Final = "unknown"
"""An encoding with a mark that is not read (UTF-32), or a claimed name that nobody knows."""

MARKS: Final = (
    (b"\xff\xfe\x00\x00", UNKNOWN),
    (b"\x00\x00\xfe\xff", UNKNOWN),
    (b"\xef\xbb\xbf", UTF8),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", GB18030),
)
"""Byte order marks; UTF-32 first, whose little-endian one begins like that of UTF-16."""

HEAD_BYTES: Final = 65_536
WINDOWS: Final = 15
WINDOW_BYTES: Final = 4096
_FIRST_BYTES: Final = 512
"""How much is tried first: nearly always that is clear enough."""
_CLEAR_LEAD: Final = 0.4
"""By how much a character must be commoner, on average, for the first bytes to decide."""
_ENOUGH_BYTES: Final = 64
_ASCII: Final = bytes(range(0x80))
_FITTING: Final = 0.2
"""Average below which an encoding does not fit at all."""
_HARDLY_BETTER: Final = 0.15
_SUPERSETS: Final = {
    "gb2312": GB18030, "gbk": GB18030, "cp936": GB18030, "big5": BIG5, "cp950": BIG5, "ascii": UTF8,
    "utf-16": "utf-16-le", "iso8859-1": "cp1252",
}  # fmt: skip
_READ: Final = frozenset(
    {UTF8, GB18030, BIG5, *WIDE, "cp1251", "cp1252", "iso8859-15", "iso8859-2", "koi8-r", "shift_jis", "cp932",
     "euc_jp", "euc_kr", "cp949"}
)  # fmt: skip
"""What a claim may name; Python knows encodings that are no text at all."""
_NO_TRAIL: Final = re.compile(rb"[\x00-\x2f]")
"""Bytes that are a character of their own in all encodings but the wide ones: no trail byte lies below 0x30."""
_WIDE_LEADS: Final = bytes([0x00, 0x20, 0x25, 0x30, *range(0x4E, 0xA0), 0xFF])
"""High bytes of nearly all that a Chinese or English text holds."""


class Verdict(NamedTuple):
    """The encoding of some bytes, the length of the mark before them, and a claim that proved wrong, if any."""

    encoding: str
    mark: int = 0
    wrong_claim: str = ""

    def __str__(self) -> str:
        """Print as it is recorded: ``gb18030``, or ``gb18030 (claimed utf-8)``."""
        return f"{self.encoding} (claimed {self.wrong_claim})" if self.wrong_claim else self.encoding


def decide(sample: bytes, claim: str = "", *, is_cut: bool = False) -> Verdict:
    """Tell the encoding of a file by a sample of it.

    Args:
        sample: The file, or as much of it as is looked at: see :func:`sample_of`.
        claim: The name that the file gives of its own encoding; any text.
        is_cut: Whether the file goes on behind the sample.
    """
    claimed = known(claim) if claim else ""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return _against(encoding, len(mark), claimed)
    narrow = sample.count(0) * 10 <= len(sample)
    good = _utf8_until(sample)
    if narrow and (good == len(sample) or (is_cut and len(sample) - good < 4)):
        shared = claimed and claimed not in WIDE and sample.isascii()
        return Verdict(UTF8) if shared else _against(UTF8, 0, claimed)
    return _against(_commonest(sample, claimed, good), 0, claimed)


def sample_of(head: bytes, windows: Iterable[bytes] = ()) -> bytes:
    """Join the beginning of a file and windows of it, each cut to where a character surely begins and ends.

    Where the beginning has no such place, or looks like UTF-16, it is the whole sample.
    """
    end = _last_sure(head)
    if end < 0 or _wide(head[:_FIRST_BYTES]):
        return head
    parts = [head[:end]]
    for window in windows:
        cut, end = _NO_TRAIL.search(window), _last_sure(window)
        if cut and end > cut.start():
            parts.append(window[cut.start() : end])
    return b"".join(parts)


def _last_sure(piece: bytes) -> int:
    return max(piece.rfind(b"\n"), piece.rfind(b" "), piece.rfind(b","))


def known(label: str) -> str:
    """Return our name for an encoding named in a file, ``unknown`` for one that is not read."""
    try:
        name = codecs.lookup(label.strip().lower()[:40]).name
    except (LookupError, ValueError):
        return UNKNOWN
    name = _SUPERSETS.get(name, name)
    return name if name in _READ else UNKNOWN


def _against(encoding: str, mark: int, claimed: str) -> Verdict:
    return Verdict(encoding, mark, "" if claimed in ("", encoding) else claimed)


def _utf8_until(sample: bytes) -> int:
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(sample)


def _commonest(sample: bytes, claimed: str, good: int) -> str:
    candidates = [GB18030, BIG5, *_wide(sample[:_FIRST_BYTES])]
    if not sample[:good].isascii() or b"\0" in sample:
        candidates.append(UTF8)
    first = sample[_odd_start(sample) :][:_FIRST_BYTES]
    best, lead, score = _rank(first, candidates)
    is_clear = lead >= _CLEAR_LEAD and len(first.translate(None, _ASCII)) >= _ENOUGH_BYTES
    if not is_clear and len(first) < len(sample):
        best, lead, score = _rank(sample, candidates)
    if claimed in candidates and claimed != best and score - _score(sample, claimed) <= _HARDLY_BETTER:
        return claimed
    if score >= (0 if best in WIDE else _FITTING):  # the wide ones looked like text before
        return best
    if claimed not in ("", UNKNOWN, *candidates) and _decodes(sample, claimed):
        return claimed
    return UTF8


def _odd_start(sample: bytes) -> int:
    """Return where to look first: a little before the first byte that is no ASCII, at an even place."""
    match = _NOT_ASCII.search(sample)
    return match.start() & ~1 if match else 0


_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


def _wide(first: bytes) -> list[str]:
    """Return the wide encodings whose high bytes look like text: one of ten may be another."""
    found = []
    for encoding, leads in zip(WIDE, (first[1::2], first[::2]), strict=True):
        if leads and len(leads.translate(None, _WIDE_LEADS)) * 10 <= len(leads):
            found.append(encoding)
    return found


def _rank(sample: bytes, candidates: list[str]) -> tuple[str, float, float]:
    """Return the best encoding, its lead over the second, and its score; on a tie the first named wins."""
    ranked = sorted(((-_score(sample, name), place, name) for place, name in enumerate(candidates)))
    return ranked[0][2], ranked[1][0] - ranked[0][0], -ranked[0][0]


def _score(sample: bytes, encoding: str) -> float:
    """Return how common the characters are on average: 1 where all are, far below 0 where they are garbage."""
    text = sample.decode(encoding, "replace")
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    weights = _WEIGHTS[units]
    told = np.count_nonzero(weights)
    return float(weights.sum(dtype=np.int64)) / 4 / told if told else 0.0


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _level_one() -> str:
    """Return the characters of the first levels of GB 2312 (by pronunciation) and of Big5 (by strokes)."""
    simplified = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    return simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore")


def _weights() -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    """Return a quarter-weight for every UTF-16 unit: common 4, rare -4, garbage -16, what says nothing 0."""
    weights = np.full(65_536, -4, np.int8)
    weights[list(map(ord, _level_one()))] = 4
    weights[0x3041:0x3100] = -2  # kana are text, but a sign of Big5 taken for GB 18030 as well
    weights[list(map(ord, "，。、；：？！“”‘’（）《》【】—…·「」『』"))] = 4
    weights[
        list(
            map(
                ord,
                "的一是不了在人有我他这这個们們来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之",
            )
        )
    ] = 6
    weights[0x20:0x7F] = 0
    weights[[0x09, 0x0A, 0x0D]] = 0
    weights[0x2500:0x2600] = 0  # boxes stand for characters that are missing
    weights[0x0000] = -16
    weights[0x80:0xA0] = -16
    weights[0xE000:0xF900] = -16
    weights[0xFFFD] = -24
    weights[0xD800:0xE000] = -2
    return weights


_WEIGHTS: Final = _weights()
