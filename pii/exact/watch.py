"""What a recogniser looks for, told before it is asked: expressions for a scan, and who takes its place for a text."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import IbanRecognizer, PhoneRecognizer

from pii.exact.focus import Focus, Narrowed, Stretch
from pii.exact.phone import Telephones, is_known
from pii.exact.sieve import Sieve, sieve
from pii.exact.twin import twin
from pii.scanner import Expression


class Seen(NamedTuple):
    """What a scan saw of a text."""

    stretches: Mapping[Expression, Sequence[Stretch]]
    """Where matches end, by expression."""
    blind: frozenset[Expression]
    """Expressions that could not be scanned for."""
    is_odd: bool
    """Some characters were shown to the scan as others."""


class Watch(ABC):
    """A recogniser that can be spared most texts.

    Attributes:
        expressions: What to scan for.
        is_odd: Whether the scan may miss what it finds, in a text of which some characters were shown as others.
        is_open: Whether it looks for more than the expressions tell.
    """

    expressions: tuple[Expression, ...]
    is_odd = False
    is_open = False

    @abstractmethod
    def stand_in(self, seen: Seen) -> EntityRecognizer:
        """Return who finds in a text all that the recogniser would."""


def watch(recognizer: EntityRecognizer) -> Watch | None:
    """Return how a recogniser is watched, or None where nothing is known of it and it must read every text."""
    if isinstance(recognizer, PhoneRecognizer) and is_known(recognizer):
        return _Phone(recognizer)
    if isinstance(recognizer, PatternRecognizer) and isinstance(vars(recognizer).get("patterns"), list):
        if type(recognizer).analyze is PatternRecognizer.analyze:
            return _Patterns(recognizer)
        if type(recognizer).analyze is IbanRecognizer.analyze:
            return _iban(recognizer)
    return None


class _Phone(Watch):
    def __init__(self, recognizer: PhoneRecognizer) -> None:
        self._recognizer = recognizer
        self._telephones = Telephones(recognizer)
        self.expressions = (self._telephones.expression,)

    def stand_in(self, seen: Seen) -> EntityRecognizer:
        stretches = seen.stretches.get(self.expressions[0])
        if stretches is None:
            return self._recognizer
        return twin(self._recognizer, analyze=partial(self._telephones.analyze, stretches))


class _Whole(Watch):
    """Reads a text whole where any of the expressions was seen."""

    def __init__(self, recognizer: EntityRecognizer, expressions: tuple[Expression, ...]) -> None:
        self._recognizer = recognizer
        self.expressions = expressions

    def stand_in(self, seen: Seen) -> EntityRecognizer:  # noqa: ARG002 - where it was seen is all the same
        return self._recognizer


class _Sieved(NamedTuple):
    pattern: Pattern
    sieve: Sieve
    focus: Focus


class _Patterns(Watch):
    """Searches for each pattern where the scan saw that it can match, and has its recogniser judge what is there."""

    def __init__(self, recognizer: PatternRecognizer) -> None:
        self._recognizer = recognizer
        self._flags: Any = recognizer.global_regex_flags
        self._patterns = [self._sieved(each) for each in _patterns(recognizer)]
        sieved = [each for each in self._patterns if isinstance(each, _Sieved)]
        self.expressions = tuple(each.sieve.expression for each in sieved)
        self.is_odd = any(each.sieve.is_odd for each in sieved)
        self.is_open = len(sieved) < len(self._patterns)

    def stand_in(self, seen: Seen) -> EntityRecognizer:
        own = self._recognizer
        return twin(
            own,
            patterns=[each for each in (self._narrowed(one, seen) for one in self._patterns) if each],
            validate_result=own.validate_result,  # its own: it may keep count of what it judges
            invalidate_result=own.invalidate_result,
        )

    def _sieved(self, pattern: Pattern) -> _Sieved | Pattern:
        written = None if _is_replaced(pattern) else sieve(pattern.regex, self._flags)
        return _Sieved(pattern, written, Focus(pattern.regex, self._flags, written)) if written else pattern

    def _narrowed(self, one: _Sieved | Pattern, seen: Seen) -> Pattern | None:
        if isinstance(one, Pattern):
            return one
        pattern, sieved, focus = one
        if sieved.is_odd and seen.is_odd:
            return pattern
        stretches = seen.stretches.get(sieved.expression)
        if stretches is None:
            return pattern if sieved.expression in seen.blind else None
        return twin(pattern, compiled_regex=Narrowed(focus, stretches), compiled_with_flags=self._flags)


def _patterns(recognizer: Any) -> list[Pattern]:  # noqa: ANN401 - Presidio's annotations do not say it
    return list(recognizer.patterns)


def _is_replaced(pattern: Pattern) -> bool:
    """Tell whether somebody put another compiled expression in the place of the pattern's own."""
    compiled: Any = pattern.compiled_regex
    return compiled is not None and not (isinstance(compiled, regex.Pattern) and compiled.pattern == pattern.regex)


def _iban(recognizer: PatternRecognizer) -> Watch | None:
    """Watch one that compiles for itself, so that it reads the whole text or nothing."""
    flags: Any = recognizer.global_regex_flags
    sieves = [sieve(each.regex, flags) for each in _patterns(recognizer)]
    if any(each is None or each.is_odd for each in sieves):
        return None
    return _Whole(recognizer, tuple(each.expression for each in sieves if each))
