"""Names in a text: the compiled model on stretches of it, then what the whole stretch says about each find."""

from collections.abc import Iterator

import numpy as np

from pii.names.compiled import numbers
from pii.names.inference import LONGEST, REACH, TEMPLATES, Seen, Work, find_names
from pii.names.latin import Name, latin_names
from pii.names.unlikely import is_unlikely
from pii.names.weights import Setting, Weights, load

STRETCH = 65_536
"""Characters read together, at most; longer texts are cut behind a line or sentence, so memory stays flat."""
FIRM = 64
"""A find that gains so much (four units of log-odds) is certain enough to speak for others."""
_SPARSE = 2000
"""Characters: where there are fewer firm names than one in so many, a weak find is taken for a word."""
_WEAK = 32
"""A find that gains less is weak."""
_REPEATED = 64
"""Firm names of a stretch, at most, that are looked for elsewhere in it."""
_FULL = 3
"""Characters from which on a name seems no word when it stands elsewhere."""
_WORK = ((TEMPLATES, np.int64), ((LONGEST, 5), np.int32), ((LONGEST, 5), np.int8))
_WORST, _BEST, _SLOPE = 500, 950, 3


class Finder:
    """Finds names in texts. Safe to share between threads.

    Args:
        setting: ``balanced``, or ``recall`` for more of them at the price of more false ones.
        weights: Other than the package's.
    """

    def __init__(self, setting: Setting = "balanced", weights: Weights | None = None) -> None:
        self._weights = weights or load()
        self._bias = self._weights.biases[setting]
        self._is_balanced = setting == "balanced"

    def find(self, text: str) -> list[Name]:
        """Return the names of a folded text in text order, none overlapping another."""
        return [name for start, end in stretches(text) for name in self._settled(text, start, end)]

    def gains(self, text: str, before: str = "", behind: str = "") -> list[Name]:
        """Return what the model alone finds in a stretch; scores are gains in the unit of the weights.

        Args:
            text: The stretch.
            before: What stands before, at most :data:`pii.names.inference.REACH` characters of it.
            behind: What follows, likewise.
        """
        size = len(text) + 2 * REACH
        codes = np.zeros(size, np.int32)
        first, last = REACH - len(before), REACH + len(text) + len(behind)
        codes[first:last] = np.frombuffer(f"{before}{text}{behind}".encode("utf-32-le", "surrogatepass"), "<i4")
        room = [numbers(np.empty(size, kind)) for kind in (np.int32, np.int8, np.int8, np.int8, np.int8, np.int8)]
        work = Work(*(numbers(np.empty(*each)) for each in _WORK))
        found = numbers(np.empty((len(text), 3), np.int32))
        count = find_names(numbers(codes), self._weights.tables, Seen(*room), work, self._bias, found)
        return sorted(Name(int(found[i, 0]) - REACH, int(found[i, 1]) - REACH, int(found[i, 2])) for i in range(count))

    def _settled(self, whole: str, start: int, end: int) -> list[Name]:
        text = whole[start:end]
        if text.isascii():
            return _moved(latin_names(text), start)
        gains = self.gains(text, whole[max(0, start - REACH) : start], whole[end : end + REACH])
        found = [name for name in gains if not is_unlikely(whole, *_moved([name], start))]
        firm = [name for name in found if name.score >= FIRM]
        if self._is_balanced and len(text) > _SPARSE * (1 + len(firm)):
            found = [name for name in found if name.score >= _WEAK]
        found = _with_repeated(text, firm, found)
        named = [Name(name.start, name.end, min(_BEST, _WORST + _SLOPE * max(0, name.score))) for name in found]
        return _moved(sorted([*named, *latin_names(text)]), start)  # of other characters, so none overlaps another


def _moved(names: list[Name], by: int) -> list[Name]:
    return [Name(name.start + by, name.end + by, name.score) for name in names] if by else names


def _with_repeated(text: str, firm: list[Name], found: list[Name]) -> list[Name]:
    """Return the finds, and where firm names stand once more: unseen by the model, or in part."""
    starts = {name.start: name for name in found}
    known = dict.fromkeys(text[name.start : name.end] for name in firm if name.end - name.start >= _FULL)
    for value in list(known)[:_REPEATED]:
        at = text.find(value)
        while at >= 0:
            end = at + len(value)
            if at not in starts or starts[at].end < end:
                _put(Name(at, end, FIRM), starts)
            at = text.find(value, end)
    return list(starts.values())


def _put(name: Name, starts: dict[int, Name]) -> None:
    """Put a name in the place of those inside it, unless one reaches beyond."""
    near = [starts[at] for at in range(name.start - LONGEST, name.end) if at in starts and starts[at].end > name.start]
    if all(name.start <= each.start and each.end <= name.end for each in near):
        for each in near:
            del starts[each.start]
        starts[name.start] = name


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are read together: cut behind a line, else a sentence, else anywhere."""
    start = 0
    while len(text) - start > STRETCH:
        cuts = (text.rfind(sign, start + STRETCH // 2, start + STRETCH) + 1 for sign in "\n。")
        end = next((cut for cut in cuts if cut > 0), start + STRETCH)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)
