"""Find keywords (关键词) in a text, plain or disguised, and say where and how surely.

- **Grade A**: the keyword stands there as it is written. **Grade B**: it stands there after folding (folding.py):
  other width or case, or symbols inserted, at most a house number of them between neighbours, never across the end of a
  sentence or line.
- One scan serves both grades. Folding maps character by character, so whatever matches as written also matches folded;
  the stretch it came from then says which grade it is. Only keywords that folding would spoil (a leading symbol, a rare
  ideograph) are scanned for apart, as written.
- A keyword that begins or ends with an ASCII letter or digit needs a boundary there: ``av`` is not found in ``have``.
  White space between letters counts as inserted only where the keyword has it too, or "is is" would be one word.
- Overlapping hits are all kept, sorted by start, end, risk. Spans are half-open, in code points, of the text as given.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from rules.catalog import Catalog, load
from rules.folding import LEFT_OUT, OUTSIDE, Codes, codes, fold, table
from rules.lexicon import Lexicon

Grade = Literal["A", "B"]
Places = npt.NDArray[np.intp]


class Hit(NamedTuple):
    """A keyword found: half-open span in code points of the text as given, its risk, and how surely (A or B)."""

    start: int
    end: int
    risk: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screen found in one text: the first hits with their places, and the count of all.

    ``counts`` is by risk and grade and includes the ``omitted`` hits whose places are not kept.
    """

    hits: tuple[Hit, ...]
    counts: Mapping[tuple[str, str], int]
    omitted: int


class Limits(NamedTuple):
    """House numbers of the search, in code points and hits.

    ``gap_max``: symbols that may be inserted between neighbouring characters of a keyword. ``hits_max``: hits per
    text whose places are kept. ``letters_min``: characters that folding must leave of a keyword looked for in disguise.
    """

    gap_max: int
    hits_max: int
    letters_min: int


def house_limits(catalog: Catalog) -> Limits:
    """Return the limits that the rule data set."""
    house = catalog.house
    names = ("keyword_gap_max", "hits_stored_max", "keyword_letters_min")
    return Limits(*(house.integer(name) for name in names))


_NOTHING = Screening((), {}, 0)


class _Pattern(NamedTuple):
    keyword: str
    risks: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands between neighbouring kept characters of the keyword itself."""
    guards: tuple[bool, bool]
    has_latin: bool


class KeywordMatcher:
    """A keyword library made ready to search; a worker rebuilds it from its parameters.

    Args:
        lexicon: The keywords.
        limits: House numbers of the search; default: those of this installation's rule data.
    """

    def __init__(self, lexicon: Lexicon, limits: Limits | None = None) -> None:
        self.lexicon, self.limits = lexicon, limits or house_limits(load())
        risks: defaultdict[str, list[str]] = defaultdict(list)
        for keyword, risk in lexicon.keywords:
            risks[keyword].append(risk)
        folded: defaultdict[str, list[_Pattern]] = defaultdict(list)
        plain: list[_Pattern] = []
        for keyword, named in risks.items():
            pattern = _pattern(keyword, tuple(named))
            form = fold(keyword)
            if self._survives_folding(keyword, form):
                folded[form].append(pattern)
            else:
                plain.append(pattern)
        self._folded, self._plain = list(folded.values()), plain
        self._disguised = _automaton(list(folded))
        self._as_written = _automaton([pattern.keyword for pattern in plain])

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to a worker as parameters; the automaton is built there."""
        return KeywordMatcher, (self.lexicon, self.limits)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Find every keyword in a text.

        Args:
            text: Any text; lone surrogates are passed over.

        Returns:
            All hits, sorted by start, end, risk, grade.

        Clause:
            R-020, R-122
        """
        found = set(self._find_disguised(text))
        if self._plain:
            found.update(self._find_as_written(text))
        return tuple(sorted(found)) if found else ()

    def screen(self, text: str) -> Screening:
        """Find every keyword, keep the first places and count the rest.

        Clause:
            R-020, R-122
        """
        hits = self.find(text)
        if not hits:
            return _NOTHING
        counts = Counter((hit.risk, hit.grade) for hit in hits)
        kept = hits[: self.limits.hits_max]
        return Screening(kept, dict(sorted(counts.items())), len(hits) - len(kept))

    def _survives_folding(self, keyword: str, form: str) -> bool:
        """Whether looking for the folded form finds the keyword, and not much else.

        A Latin keyword whose symbols matter (``C++``, ``24/7``) is looked for as written only.
        """
        if len(form) < min(self.limits.letters_min, len(keyword)) or chr(OUTSIDE) in form:
            return False
        if not (fold(keyword[0]) and fold(keyword[-1])):
            return False
        has_han = any("\u3400" <= character <= "\u9fff" for character in form)
        return has_han or all(fold(character) or character.isspace() for character in keyword)

    def _find_disguised(self, text: str) -> Iterator[Hit]:
        if not self._folded:
            return
        folded: Codes = table()[codes(text)]
        is_kept = folded != LEFT_OUT
        haystack = folded[is_kept]
        matches = self._disguised.find_matches_as_indexes(haystack.view(np.uint8).data, overlapping=True)
        if not matches:
            return
        origin = np.flatnonzero(is_kept)
        for number, begin, end in matches:
            if begin % 2:
                continue
            yield from self._judge(text, folded, origin[begin // 2 : end // 2], self._folded[number])

    def _judge(self, text: str, folded: Codes, origin: Places, twins: Sequence[_Pattern]) -> Iterator[Hit]:
        """Say which of the keywords that fold alike stand at these places, and how surely."""
        start, stop = int(origin[0]), int(origin[-1]) + 1
        surface = text[start:stop]
        bounded = [each for each in twins if _is_bounded(folded, start, stop, each.guards)]
        # One that stands there as written says it more surely than its twins.
        plain = [each for each in bounded if each.keyword == surface]
        if plain:
            yield from (Hit(start, stop, risk, "A") for each in plain for risk in each.risks)
        elif bounded:
            places = origin.tolist()
            for each in bounded:
                if self._is_disguise(text, places, each):
                    yield from (Hit(start, stop, risk, "B") for risk in each.risks)

    def _is_disguise(self, text: str, places: list[int], pattern: _Pattern) -> bool:
        """Whether what stands between the characters may be called inserted."""
        for own, (before, after) in zip(pattern.gaps, pairwise(places), strict=True):
            gap = text[before + 1 : after]
            if len(gap) > max(self.limits.gap_max, len(own)):
                return False
            if pattern.has_latin and _has_space(gap) != _has_space(own):
                return False
        return True

    def _find_as_written(self, text: str) -> Iterator[Hit]:
        encoded = text.encode("utf-16-le", "surrogatepass")
        matches = self._as_written.find_matches_as_indexes(encoded, overlapping=True)
        if not matches:
            return
        folded = table()[codes(text)]
        # Beyond the first plane a character takes two units; what stands before a hit is counted once.
        wide = np.flatnonzero(codes(text) > 0xFFFF).tolist()
        units = [place + rank for rank, place in enumerate(wide)]
        for number, begin, end in matches:
            if begin % 2:
                continue
            pattern = self._plain[number]
            start = begin // 2 - bisect_left(units, begin // 2)
            stop = end // 2 - bisect_left(units, end // 2)
            if text[start:stop] == pattern.keyword and _is_bounded(folded, start, stop, pattern.guards):
                yield from (Hit(start, stop, risk, "A") for risk in pattern.risks)


def _automaton(patterns: list[str]) -> ahocorasick_rs.BytesAhoCorasick:
    # UTF-16 gives fixed places; a contiguous automaton stays small at 100,000 keywords where a DFA misses the cache.
    return ahocorasick_rs.BytesAhoCorasick(
        [pattern.encode("utf-16-le", "surrogatepass") for pattern in patterns],
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )


def _pattern(keyword: str, risks: tuple[str, ...]) -> _Pattern:
    kept = [place for place, character in enumerate(keyword) if fold(character)]
    gaps = tuple(keyword[before + 1 : after] for before, after in pairwise(kept))
    folded = table()[codes(keyword)]
    guards = (_is_latin(int(folded[0])), _is_latin(int(folded[-1])))
    return _Pattern(keyword, risks, gaps, guards, any(_is_latin(int(code)) for code in folded))


def _is_bounded(folded: Codes, start: int, stop: int, guards: tuple[bool, bool]) -> bool:
    """Whether no ASCII letter or digit touches a guarded end, in whatever width."""
    if guards[0] and start > 0 and _is_latin(int(folded[start - 1])):
        return False
    return not (guards[1] and stop < len(folded) and _is_latin(int(folded[stop])))


def _is_latin(code: int) -> bool:
    return 48 <= code <= 57 or 97 <= code <= 122


def _has_space(gap: str) -> bool:
    return any(character.isspace() for character in gap)
