"""Which of a registry's recognisers can find anything in a text: one scan for all of them."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from presidio_analyzer import EntityRecognizer
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from pii.exact import characters
from pii.exact.focus import Stretch
from pii.exact.ours import is_ours, kinds_seen
from pii.exact.twin import twin
from pii.exact.watch import Seen, watch
from pii.scanner import Expression, Scanner

_FOLDING = Expression(characters.CASE_FOLDING)
_OPINIONS = ("patterns", "global_regex_flags", "supported_regions", "leniency", "context", "supported_entities")
"""Attributes that say what a recogniser looks for."""


class Look(NamedTuple):
    """What is known of a text before any recogniser is asked."""

    seen: Seen
    concerned: frozenset[int]
    """Who may find something in it, by ``id`` of the recogniser."""


class _Opinions:
    """What a recogniser looked for when the gate was built, as far as anybody may change it."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self._own = vars(recognizer)
        self._read = itemgetter("_id", *(each for each in _OPINIONS if each in self._own))
        self._then = tuple(list(each) if isinstance(each, list) else each for each in self._read(self._own))

    def hold(self) -> bool:
        return bool(self._read(self._own) == self._then)


class Gate:
    """The scan for the recognisers of one language. Safe to share between threads.

    Args:
        recognizers: What they look for is read now; see :meth:`fits`.
        supported_entities: What they can find.
    """

    def __init__(self, recognizers: Iterable[EntityRecognizer], supported_entities: list[str]) -> None:
        self.supported_entities = supported_entities
        self._recognizers = list(recognizers)
        self._opinions = [_Opinions(each) for each in self._recognizers]
        self._watches = {id(each): own for each in self._recognizers if (own := watch(each))}
        self._ours = {id(each): type(each) for each in self._recognizers if is_ours(each)}
        self._known = self._watches.keys() | self._ours.keys()
        self._pipeline_only = {id(each) for each in self._recognizers if _reads_pipeline_only(each)}
        self._keeping_scores = {id(each) for each in self._recognizers if _keeps_scores(each)}
        self._odd = Expression(characters.odd_class())
        self._concerns: dict[Expression, set[int]] = {_FOLDING: set(), self._odd: set()}
        for owner, one in self._watches.items():
            for expression in one.expressions:
                self._concerns.setdefault(expression, set()).add(owner)
            if one.is_odd:
                self._concerns[self._odd].add(owner)
        self._expressions = list(self._concerns)
        self._scanner = Scanner(self._expressions)
        self._blind = frozenset(self._expressions[number] for number in self._scanner.blind)
        self._always = {owner for owner, one in self._watches.items() if one.is_open}.union(
            *(self._concerns[each] for each in self._blind)
        )

    def fits(self, recognizers: list[EntityRecognizer]) -> bool:
        """Tell whether these are the recognisers the gate was built for, and look for the same as then."""
        return recognizers == self._recognizers and all(each.hold() for each in self._opinions)

    def knows(self, recognizers: Iterable[EntityRecognizer], *, is_mute: bool) -> bool:
        """Tell whether what all of them return is nobody else's: an unknown one may return the same twice."""
        return all(id(each) in self._known or (is_mute and id(each) in self._pipeline_only) for each in recognizers)

    def keep_scores(self, recognizers: Iterable[EntityRecognizer]) -> bool:
        """Tell whether none has a way of its own to change scores by context, nor asks for one without words."""
        return self._keeping_scores.issuperset(map(id, recognizers))

    def look(self, text: str) -> Look | None:
        """Scan a text; None where a scan can tell nothing: the text folds case as no scan does, or has no bytes."""
        found = self._scan(text)
        if _FOLDING in found or not _has_bytes(text):
            return None
        odd = found.get(self._odd)
        shown = found if odd is None else self._scan(characters.show(text, odd)) | {self._odd: odd}
        concerned = self._always.union(*(self._concerns[each] for each in shown))
        if self._ours:
            kinds = kinds_seen(text, is_odd=odd is not None)
            concerned.update(name for name, kind in self._ours.items() if kind in kinds)
        return Look(Seen(shown, self._blind, odd is not None), frozenset(concerned))

    def ask(
        self, recognizers: Iterable[EntityRecognizer], look: Look, *, is_mute: bool, silent: bool
    ) -> list[EntityRecognizer]:
        """Return whom to ask about a text in the recognisers' place, in their order.

        Args:
            recognizers: Those of the gate, or some, and any others; others are asked themselves.
            look: What is known of the text.
            is_mute: The pipeline says nothing, so those that repeat it are not asked.
            silent: Have those that can find nothing replaced by one that finds nothing, not left out.
        """
        asked = []
        for each in recognizers:
            name = id(each)
            if name in look.concerned:
                own = self._watches.get(name)
                asked.append(own.stand_in(look.seen) if own else each)
            elif name not in self._known and not (is_mute and name in self._pipeline_only):
                asked.append(each)
            elif silent:
                asked.append(twin(each, analyze=_find_nothing))
        return asked

    def _scan(self, text: str) -> dict[Expression, list[Stretch]]:
        found: dict[Expression, list[Stretch]] = {}
        for number, start, end in self._scanner.scan(text):
            found.setdefault(self._expressions[number], []).append((start, end))
        return found


def _has_bytes(text: str) -> bool:
    """Tell whether a text has no lone surrogate; some pipelines raise at one, and Presidio with them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _find_nothing(**_: object) -> list[Any]:
    return []


def _reads_pipeline_only(recognizer: EntityRecognizer) -> bool:
    return isinstance(recognizer, SpacyRecognizer) and type(recognizer).analyze is SpacyRecognizer.analyze


def _keeps_scores(recognizer: EntityRecognizer) -> bool:
    has_own_way = type(recognizer).enhance_using_context is not EntityRecognizer.enhance_using_context
    return not has_own_way and "" not in (recognizer.context or ())
