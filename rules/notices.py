"""Find the marks of other people's rights (权利标识) in a text; what counts as one stands in ``notices.yaml``.

- Where and which kind is told, never the words: a notice may name a person.
- A licence header tells its licence too (``licence:Apache-2.0``), by an SPDX expression of known identifiers or by one
  word of ours, never by what was written.
- One scan for cues decides where the expressions look at all, so that a text without any costs next to nothing.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from typing import ClassVar, NamedTuple

from pydantic import ConfigDict

from provenance.canonical import encode
from provenance.ids import Digest, digest
from rules import reading
from rules.check_digits import CHECKS
from rules.cues import Cues
from rules.licences import Stance, judge
from rules.records import Words

LICENCE = "licence"
_OTHER = "other"
_LATER = re.compile(r"(?:any\s+later|\s+or\s+later)\s", re.IGNORECASE)
_OWN_TERMS = "REF-"


class _Strict:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Expression(_Strict):
    """One way in which a notice is written.

    A group ``number`` has to pass the ``check``; the licence is ``spdx``, or told by one of the groups ``spdx``,
    ``gpl``, ``lgpl``, ``agpl`` and ``cc`` with ``version``.
    """

    expression: str
    spdx: str = ""
    check: str = ""


@dataclass(frozen=True)
class NoticeKind(_Strict):
    """A kind of notice, the kind of work it speaks of, and what it does to an item.

    In a source of a kind in ``withheld_from`` that has none of the papers ``covered_by`` it quarantines the item,
    unless it ``yields_to_licence`` and the item has a licence header of its own.
    """

    id: str
    work: str
    zh: str
    en: str
    cues: tuple[str, ...]
    expressions: tuple[Expression, ...]
    withheld_from: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()
    yields_to_licence: bool = False


@dataclass(frozen=True)
class CreativeCommonsPart(_Strict):
    """A part of a Creative Commons identifier and the words for it."""

    part: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class NoticeRules(_Strict):
    """All of ``notices.yaml``."""

    clause: str
    certainty: str
    places_max: int
    reach: int
    works: Mapping[str, Words]
    kinds: tuple[NoticeKind, ...]
    creative_commons: tuple[CreativeCommonsPart, ...]

    def kind(self, notice: str) -> NoticeKind:
        """Return the kind of a notice as items name it (``copyright``, ``licence:MIT``)."""
        return next(kind for kind in self.kinds if kind.id == notice.partition(":")[0])

    def withheld(self, source_kind: str, papers: Collection[str]) -> tuple[str, ...]:
        """Return the kinds of notice that quarantine in a source of this kind that has these papers.

        Clause:
            R-022, R-132
        """
        return tuple(
            kind.id
            for kind in self.kinds
            if source_kind in kind.withheld_from and not set(papers) & set(kind.covered_by)
        )


@functools.cache
def load() -> NoticeRules:
    """Return what is looked for in this edition of the rules.

    Raises:
        GovernanceError: The file is not as it must be.
    """
    file = resources.files("rules").joinpath("notices.yaml")
    return reading.shaped(reading.plain(file), NoticeRules, file.name)


@functools.cache
def edition() -> Digest:
    """Return the digest of what can change the notices found and what they do: both files of rules."""
    files = (resources.files("rules").joinpath(name) for name in ("notices.yaml", "licences.yaml"))
    return digest(encode([reading.plain(file) for file in files]))


class Notice(NamedTuple):
    """A notice found: half-open span in code points of the text as given, and its kind."""

    start: int
    end: int
    notice: str


class NoticeFinder:
    """The rules made ready to search; a worker builds its own.

    Args:
        rules: What counts as a notice.
    """

    def __init__(self, rules: NoticeRules) -> None:
        self._rules = rules
        cues = [(cue, number) for number, kind in enumerate(rules.kinds) for cue in kind.cues]
        self._kind_of = [number for _, number in cues]
        self._cues = Cues([cue for cue, _ in cues])
        self._expressions = [
            [(re.compile(each.expression, re.IGNORECASE), each) for each in kind.expressions] for kind in rules.kinds
        ]

    def find(self, text: str) -> tuple[Notice, ...]:
        """Find the notices in a text.

        Returns:
            Sorted by start; of each kind no more than are kept, the first ones.

        Clause:
            R-022, R-123
        """
        near: dict[int, list[int]] = {}
        for place, cue in self._cues.find(text):
            near.setdefault(self._kind_of[cue], []).append(place)
        if not near:
            return ()
        return tuple(sorted(each for number, places in near.items() for each in self._of_kind(text, number, places)))

    def _of_kind(self, text: str, number: int, places: list[int]) -> Iterator[Notice]:
        found = (
            Notice(match.start(), match.end(), self._named(number, match, expression))
            for first, last in _stretches(places, self._rules.reach)
            for pattern, expression in self._expressions[number]
            for match in pattern.finditer(text, max(0, first), last)
            if not expression.check or CHECKS[expression.check](match["number"])
        )
        return islice(_apart(sorted(found)), self._rules.places_max)

    def _named(self, number: int, match: re.Match[str], expression: Expression) -> str:
        kind = self._rules.kinds[number].id
        return f"{kind}:{self._licence(match, expression)}" if kind == LICENCE else kind

    def _licence(self, match: re.Match[str], expression: Expression) -> str:
        groups = match.groupdict()
        if written := groups.get("spdx"):
            return _spdx(written.strip(" -()"))
        if words := groups.get("cc"):
            return self._creative_commons(words.lower(), groups.get("version"))
        for name in ("gpl", "lgpl", "agpl"):
            if version := groups.get(name):
                follows = match.string[match.end() : match.end() + self._rules.reach // 2]
                ending = "or-later" if _LATER.search(follows) else "only"
                return f"{name.upper()}-{version if '.' in version else version + '.0'}-{ending}"
        return expression.spdx

    def _creative_commons(self, words: str, version: str | None) -> str:
        parts = [
            each.part
            for each in self._rules.creative_commons
            if any(re.search(rf"(?<![a-z]){re.escape(word)}", words) for word in each.words)
        ]
        return "-".join(("CC", *parts, *((version,) if version else ())))


@functools.lru_cache(maxsize=4096)
def is_stricter(licence: str, declared: str, uses: tuple[str, ...]) -> bool:
    """Say whether a licence found in an item forbids or restricts what the declared licence lets through.

    Args:
        licence: As a notice names it; a Creative Commons licence without its version is judged by the latest.
        declared: The source's declared licence.
        uses: What the corpus is for.

    Clause:
        R-022
    """
    found = judge(licence, uses).stance
    if found is Stance.UNKNOWN and licence.startswith("CC-"):
        found = judge(f"{licence}-4.0", uses).stance
    if found.is_open or found is Stance.UNKNOWN:
        return False
    return found.strictness > judge(declared, uses).stance.strictness


def _spdx(written: str) -> str:
    """Return an expression in SPDX's spelling; what is on no list is not repeated."""
    for candidate in (written, written.partition(" ")[0]):
        known = judge(candidate).expression
        if known and _OWN_TERMS not in known.upper():
            return known
    return _OTHER


def _apart(found: Iterable[Notice]) -> Iterator[Notice]:
    """Leave out what overlaps the same notice written in another way before it."""
    ends: dict[str, int] = {}
    for each in found:
        if each.start >= ends.get(each.notice, 0):
            ends[each.notice] = each.end
            yield each


def _stretches(places: list[int], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches around some places, those that overlap as one."""
    first = last = -1
    for place in sorted(places):
        if last < 0:
            first = place - reach
        elif place - reach > last:
            yield first, last
            first = place - reach
        last = place + reach
    if last >= 0:
        yield first, last
