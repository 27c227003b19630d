r"""What Hyperscan and `regex` see differently in a character, so that a scan can be shown what both see alike.

Hyperscan knows an older Unicode, and no combining mark, circled digit or superscript as a letter; `regex` does, and
`re`, which our own recognisers use, goes a third way. Such an *odd* character is shown to the scan as one that belongs
to the same of the classes ``\w``, ``\d`` and ``\s`` by `regex` and Hyperscan. What is odd is found by asking about
every character, so it holds for the versions installed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import regex

from pii.scanner import Expression, Scanner

CASE_FOLDING = "[\u0130\u0131\u017f\u212a]"
"""The only characters beyond ASCII that are ASCII letters where case is ignored, for one engine or for both."""

_LETTER, _DIGIT, _SPACE, _SYMBOL = "\ua000", "\u0e50", "\u3000", "\u2800"
"""Stand-ins: without case, and of one class for both engines. None is named in anybody's pattern, or it is noticed."""
_CLASSES = (r"\w", r"\d", r"\s")
_SURROGATES = range(0xD800, 0xE000)


@cache
def odd() -> tuple[range, ...]:
    """Return the code points that Hyperscan sees otherwise than `regex` or `re`, and the stand-ins, in order."""
    every = "".join(chr(code) for code in range(0x110000) if code not in _SURROGATES)
    theirs: list[set[int]] = [set() for _ in _CLASSES]
    for hit in Scanner([Expression(each) for each in _CLASSES]).scan(every):
        theirs[hit.expression].update(range(hit.start, hit.end))
    differing = {ord(each) for each in (_LETTER, _DIGIT, _SPACE, _SYMBOL)}
    for expression, seen in zip(_CLASSES, theirs, strict=True):
        for finditer in (regex.finditer, re.finditer):
            own = {place for match in finditer(f"{expression}+", every) for place in range(*match.span())}
            differing |= {ord(every[place]) for place in own ^ seen}
    return tuple(_ranges(sorted(differing | set(_SURROGATES))))


@cache
def odd_class() -> str:
    """Return a character class of what must be shown to a scan as something else."""
    return "[" + "".join(f"\\U{each[0]:08x}-\\U{each[-1]:08x}" for each in odd() if each != _SURROGATES) + "]"


def show(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return the text, character for character, as a scan may see it.

    Args:
        text: The text.
        places: Where odd characters stand in it, half-open stretches in order.
    """
    parts = []
    done = 0
    for start, end in places:
        parts += [text[done:start], *map(_stand_in, text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def has_odd(text: str) -> bool:
    """Tell whether a scan would have to be shown some characters as others; slow beside the scan itself."""
    return _odd_pattern().search(text) is not None


@cache
def _odd_pattern() -> re.Pattern[str]:
    return re.compile(odd_class())


@lru_cache(4096)
def _stand_in(character: str) -> str:
    for expression, other in zip((r"\d", r"\w", r"\s"), (_DIGIT, _LETTER, _SPACE), strict=True):
        if regex.match(expression, character):
            return other
    return _SYMBOL


def _ranges(codes: Iterable[int]) -> Iterator[range]:
    first = last = -2
    for code in codes:
        if code != last + 1:
            if last >= 0:
                yield range(first, last + 1)
            first = code
        last = code
    if last >= 0:
        yield range(first, last + 1)
