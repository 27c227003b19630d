"""Fold a text so that a value looks the same however it was typed, and keep the way back.

- Only what hides numbers and addresses is folded; this is not NFKC, which changes lengths and much that must stay.
- Zero-width characters go (with an :class:`OffsetMap`), everything else keeps its place.
- U+3000 and U+2014 are common in Chinese prose, and so are full-width brackets and colons: they stay, and
  :data:`SEPARATOR` and the recognisers know them instead. Words such as ``[at]`` and the end of a line in the middle of
  a number stay too: only a recogniser can tell them from prose, by :data:`AT`, :data:`DOT` and :data:`BREAK`.
- Tables are explicit, so the result does not depend on the Unicode version of the interpreter.
"""

import re
from array import array
from functools import lru_cache
from typing import NamedTuple

from provenance.spans import OffsetMap

SEPARATOR = r"[ \t\u3000.\-—·_]"
"""What people put between the digits of a number, in folded text."""
BREAK = (
    r"(?:[ \t]{0,4}-?\|?[ \t]{0,2}\r?\n(?:[ \t]{0,12}[|>]){0,2}[ \t]{0,12}|[ \t]{0,2}[|│][ \t]{0,2}"
    r"|&(?:nbsp|ensp|emsp|thinsp|shy|\#160|\#32|\#x[aA]0|\#45);|\\[nrt]"
    r"|(?:</?[A-Za-z][A-Za-z0-9]{0,9}(?: [^<>\n]{0,24})?/?>){1,2})"
)
"""Where a number is broken: the end of a line, of a line of a table cell too, the border of two cells, or mark-up."""

_OPEN, _CLOSE = r"[\[({<（【《〈「]", r"[\])}>）】》〉」]"
AT = (
    rf"(?:[ \t]?(?:@@?|&#64;|&#x40;|%40|{_OPEN}[ \t]?(?:[Aa][Tt]?|@|#|艾特|圈[Aa]|小老鼠)[ \t]?{_CLOSE}"
    r"|艾特|圈[Aa]|小老鼠)[ \t]?"
    r"|[ \t_\-](?:AT|At|at)[ \t_\-]|[ \t]?@[ \t]?\r?\n[ \t]?|#)"
)
"""What people write for the sign of an e-mail address."""
DOT = (
    rf"(?:[ \t]?(?:\.|&#46;|。|{_OPEN}[ \t]?(?:[Dd][Oo][Tt]|\.|点|點)[ \t]?{_CLOSE}|[点點])[ \t]?"
    r"|[ \t_\-](?:DOT|Dot|dot)[ \t_\-])"
)
"""What people write for a dot of an address, of mail or of a machine."""

_HIDDEN = (
    "\u00ad\u034f\u0332\u0335-\u0338\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d2\u20e3\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_DIGIT_ZEROS = (0x0660, 0x06F0, 0x0966, 0x0E50, 0xFF10)
_MATHEMATICAL_A, _MATHEMATICAL_ZERO = 0x1D400, 0x1D7CE
_MATHEMATICAL_LATIN = 13 * 52
_MARKED_ONES = (0x2460, 0x24F5, 0x2776, 0x2780, 0x278A, 0x2474, 0x2488, 0x3220, 0x3280)
_HAN_DIGITS = {
    han: str(digit)
    for digit, variants in enumerate(
        ("零〇○洞", "一壹弌幺", "二贰貳貮弍两兩", "三叁參叄弎", "四肆", "五伍", "六陆陸", "七柒拐", "八捌", "九玖勾")
    )
    for han in variants
}


def _plain() -> dict[str, str]:
    """Return what each variant stands for, one character each."""
    table = {chr(zero + i): str(i) for zero in _DIGIT_ZEROS for i in range(10)}
    for first, last in ("ＡＺ", "ａｚ"):
        table |= {chr(code): chr(code - 0xFEE0) for code in range(ord(first), ord(last) + 1)}
    table |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-")
    table |= dict.fromkeys("\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    return table | {"＠": "@", "﹫": "@", "．": ".", "﹒": ".", "＋": "+", "＿": "_", "＃": "#", "﹟": "#", "／": "/"}


def _marked() -> dict[str, str]:
    """Return what circled, bracketed, dotted, raised and lowered digits stand for."""
    table = {chr(one + i): str(i + 1) for one in _MARKED_ONES for i in range(9)}
    return table | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⓪⓿", "0123456789" * 2 + "00", strict=True))


_PLAIN = _plain()
_MARKED = _marked()
_ODD_DIGITS = _HAN_DIGITS | _MARKED
_UNWRITABLE = re.compile(f"[{_HIDDEN}]")
_SHOWN = re.compile(f"[^{_HIDDEN}]+")
_VARIANT = re.compile(f"[{''.join(_PLAIN)}\ud800-\udfff]")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # apart: with it in one class the search is twenty times slower
_CIRCLED_LETTERS = re.compile("[Ⓐ-ⓩ]{2,}")
_ODD = re.compile(f"[{_HIDDEN}{''.join(_PLAIN)}\ud800-\udfffⒶ-ⓩ]")
"""Any character but the styled ones that folds by itself: one look for all of them where there is none."""
_BETWEEN = r"[ \u3000.,，、\-—·]?"
_ODD_DIGIT = "[" + "".join(_ODD_DIGITS) + "]"
_ANY_DIGIT = "[0-9" + "".join(_ODD_DIGITS) + "]"
_HAS_ODD_DIGITS = re.compile(f"{_ODD_DIGIT}(?:(?<=[0-9].)|(?<=[0-9]{_BETWEEN[:-1]}.)|{_BETWEEN}{_ANY_DIGIT})")
"""An odd digit beside another or a plain one. It begins with a class: so the search is three times faster."""
_RUN = re.compile(f"{_ANY_DIGIT}(?:{_BETWEEN}(?!一[直个個些下起样樣定般旦切会會]){_ANY_DIGIT})+")
"""A run ends before a word that begins with 一: 一直, 一个."""
_SHORTEST, _LONGEST = 7, 19
"""Digits of the shortest and of the longest number that is worth hiding: a fixed telephone, a bank card."""
_FEW = 3


class Folded(NamedTuple):
    """A folded text and the way from its code points back to the original's."""

    text: str
    offsets: OffsetMap


@lru_cache(maxsize=2)  # the recognisers of one text ask one after the other
def fold(text: str) -> Folded:
    """Fold digits, letters, dashes and spaces to ASCII and take zero-width characters out.

    Full-width forms, Arabic-Indic, Devanagari, Thai and mathematical characters are folded wherever they stand. Chinese
    digits (plain, 大写, traditional, as spoken over the radio: 洞幺两拐勾) and circled, bracketed and raised ones are
    folded in runs only, for alone they are words and list marks; see :func:`_unmask`. Lone surrogates become U+FFFD:
    nothing behind this point can encode them. Folding a folded text changes nothing.

    Args:
        text: Any string, lone surrogates included.

    Returns:
        The folded text, and an offset map that is empty where nothing was taken out.
    """
    if text.isascii():
        return Folded(text, OffsetMap())
    offsets = OffsetMap()
    is_odd = _ODD.search(text) is not None
    if is_odd and _UNWRITABLE.search(text):
        shown = [match.span() for match in _SHOWN.finditer(text)]
        origin = array("q")
        for start, end in shown:
            origin.extend(range(start, end))
        offsets = OffsetMap(origin)
        text = "".join([text[start:end] for start, end in shown])
    if is_odd:
        text = _VARIANT.sub(lambda match: _PLAIN.get(match[0], "\ufffd"), text)
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):  # the quickest way to know
        text = _STYLED.sub(lambda match: _unstyle(ord(match[0])), text)
    if is_odd:
        text = _CIRCLED_LETTERS.sub(lambda match: "".join(map(_uncircle, match[0])), text)
    if _HAS_ODD_DIGITS.search(text):
        text = _RUN.sub(lambda match: _unmask(match[0]), text)
    return Folded(text, offsets)


def _unstyle(code: int) -> str:
    """Return the plain letter or digit of a mathematical one; Greek letters stay."""
    if code >= _MATHEMATICAL_ZERO:
        return str((code - _MATHEMATICAL_ZERO) % 10)
    place = code - _MATHEMATICAL_A
    if place >= _MATHEMATICAL_LATIN:
        return chr(code)
    letter = place % 52
    return chr(ord("A") + letter if letter < 26 else ord("a") + letter - 26)


def _uncircle(letter: str) -> str:
    place = ord(letter) - ord("Ⓐ")
    return chr(ord("A") + place if place < 26 else ord("a") + place - 26)


def _unmask(run: str) -> str:
    """Fold the odd digits of a run of digits, at most one separator between two.

    In a run of seven digits or more all are folded if there are three of them. One or two are folded inside a number,
    where nothing but a digit can be meant; at its ends they may be a word or a list mark (周五138..., ①138...). In a
    shorter run only marked digits are folded, beside their like or between digits. The outcome is a run of the same
    length with fewer odd digits, to which the same rules apply no more.
    """
    if run.isascii():
        return run
    odd = [i for i, each in enumerate(run) if each in _ODD_DIGITS]
    size = sum(each.isalnum() for each in run)
    if size < _SHORTEST:
        odd = [i for i in odd if run[i] in _MARKED and _is_beside(run, i)]
    elif len(odd) < _FEW:
        odd = [i for i in odd if (0 < i < len(run) - 1 and size <= _LONGEST) or _is_beside(run, i)]
    folded = list(run)
    for i in odd:
        folded[i] = _ODD_DIGITS[run[i]]
    return "".join(folded)


def _is_beside(run: str, i: int) -> bool:
    """Tell whether a marked digit stands beside another, or between two digits without a gap."""
    before, behind = run[i - 1 : i], run[i + 1 : i + 2]
    if run[i] not in _MARKED:
        return False
    return before in _MARKED or behind in _MARKED or (before in _DIGITS and behind in _DIGITS)


_DIGITS = frozenset("0123456789") | frozenset(_HAN_DIGITS)
