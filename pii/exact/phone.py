"""Telephone numbers of any region: which stretches of a text PhoneRecognizer need look at.

The matcher of `phonenumbers` takes its candidates from runs of digits and of what stands before and between the digits
of a number, and from an extension behind ("ext. 12"), whose letters it may take for digits, as those of a telephone's
keys. Such a run is asked about alone first: where no region sees a number in it, none sees one in the text, because its
surroundings can only speak against it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex
from phonenumbers import PhoneNumberMatch, PhoneNumberMatcher
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from pii.exact.focus import Stretch
from pii.exact.regions import Region
from pii.exact.twin import twin
from pii.scanner import Expression

_BETWEEN = (
    r"\-x\u2010-\u2015\u2212\u30fc\uff0d-\uff0f \u00a0\u00ad\u200b\u2060\u3000"
    r"()\uff08\uff09\uff3b\uff3d.\[\]/~\u2053\u223c\uff5e"
)
"""What `phonenumbers` takes between two digits, up to four of it."""
_LABEL = (
    r"(?:;ext=|[ \u00a0\t,]*(?:e?xt(?:ensi(?:o\u0301?|\u00f3))?n?|\uff45?\uff58\uff54\uff4e?|доб|anexo"
    r"|[x\uff58#\uff03~\uff5e]|int|\uff49\uff4e\uff54)[:.\uff0e]?[ \u00a0\t,\-]*)"
)
"""What it takes between a number and its extension."""
_WORD = "[ \u00a0\t,]*(?i:e?xt(?:ensi(?:o\u0301?|\u00f3))?n?|anexo|int)[:.\uff0e]?[ \u00a0\t,\\-]*"
"""Those of these labels whose letters may count as digits."""
_BACK = regex.compile(rf"(?r)[\dX+\uff0b{_BETWEEN}]*").match
_ON = re.compile(rf"[\dX+\uff0b{_BETWEEN}]*").match
_EXTENSION = re.compile(rf"{_LABEL}(?=\d)|#", re.IGNORECASE).match
_IS_EXTENSION = regex.compile(rf"(?r)\d{_LABEL}", regex.IGNORECASE).match
_NEXT_DIGIT = re.compile(r"\d").search
_DIGITS = re.compile(r"\d").findall
_KEYS = re.compile("[A-Za-z]").findall
_IS_SIMPLE = re.compile(r"[\d .()/-]+").fullmatch
"""A candidate of digits without an extension, and not in the form of a call from abroad."""
_PLUS = re.compile("[+\uff0b]").search
_LAST_DIGIT = regex.compile(r"(?r)\d").search

_FEWEST_ABROAD, _FEWEST_BY_PREFIX = 6, 7
"""Digits of the shortest number with a country code, and with an international prefix before that."""
_DIGITS_SCANNED_FOR = 4
_FEWEST_KEYS, _FEWEST_BEFORE_KEYS = 3, 3
"""Letters that count as digits where there are as many, behind as many digits."""
_BEHIND = 4
"""Characters behind a run that may speak against a number in it."""
_LONGEST_TEXT = 60_000
"""Characters; the matcher gives a text up after 65,535 candidates, each of one character at least."""
_LONGEST_KEPT, _MOST_KEPT = 14, 8192
"""Characters of a run of which it is remembered that it is no number, as years and dates come often; and how many."""


def is_known(recognizer: EntityRecognizer) -> bool:
    """Tell whether a recogniser does with a text what this module knows of, and nothing else."""
    return (
        isinstance(recognizer, PhoneRecognizer)
        and type(recognizer).analyze is PhoneRecognizer.analyze
        and type(recognizer)._get_recognizer_result is PhoneRecognizer._get_recognizer_result  # noqa: SLF001
        and isinstance(recognizer.leniency, int)
    )


class Telephones:
    """What a PhoneRecognizer looks for. Safe to share between threads.

    Args:
        recognizer: One that :func:`is_known`.
    """

    def __init__(self, recognizer: PhoneRecognizer) -> None:
        self._recognizer = recognizer
        leniency: Any = recognizer.leniency  # checked to be a number
        self._leniency: int = leniency
        self._regions = [Region(each, leniency) for each in recognizer.supported_regions]
        self._no_numbers: set[str] = set()

    @property
    def expression(self) -> Expression:
        """What to scan for: digits, and between them what `phonenumbers` takes between two of a number."""
        digits = min([_DIGITS_SCANNED_FOR, *(each.fewest for each in self._regions)])
        gap = f"[{_BETWEEN}X]{{0,4}}"
        before_keys = rf"\d(?:{gap}\d){{{_FEWEST_BEFORE_KEYS - 1}}}{_WORD}\d"
        return Expression(rf"\d(?:{gap}\d){{{digits - 1}}}|{before_keys}", is_loose=True)

    def analyze(
        self, stretches: Sequence[Stretch], text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        """Return what the recogniser itself returns for a text, given where the expression matches end."""
        runs = list(_runs(text, stretches))
        if len(text) > _LONGEST_TEXT or any(_IS_EXTENSION(text, 0, first) for first, _ in runs):
            return self._recognizer.analyze(text, entities, nlp_artifacts)
        results = []
        for first, last, regions in self._found(text, runs):
            start = max(0, first - 1)
            asked = twin(self._recognizer, supported_regions=regions)
            for each in asked.analyze(text[start : last + _BEHIND], entities, nlp_artifacts):
                each.start += start
                each.end += start
                if each.start < last:
                    results.append(each)
        return results

    def _found(self, text: str, runs: Iterable[Stretch]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return the stretches in which some regions see a number, with those regions.

        A number with a country code is the region by which the recogniser explains every later number without one. So
        where there is such a number, all are looked at together.
        """
        found = [(first, last, regions) for first, last in runs if (regions := self._seeing(text[first:last]))]
        if len(found) < 2 or not any(_PLUS(text, first, last) for first, last, _ in found):
            return found
        every = {region for _, _, regions in found for region in regions}
        return [(found[0][0], found[-1][1], tuple(each.code for each in self._regions if each.code in every))]

    def _seeing(self, run: str) -> tuple[str, ...]:
        """Return the regions that see a number in a run."""
        if run in self._no_numbers:
            return ()
        digits = _count(run)
        regions = tuple(
            each.code
            for each in self._regions
            if digits >= _fewest(each, run) and _Hasty(run, each, self._leniency).has_next()
        )
        if not regions and len(run) <= _LONGEST_KEPT:
            if len(self._no_numbers) >= _MOST_KEPT:
                self._no_numbers.clear()
            self._no_numbers.add(run)
        return regions


class _Hasty(PhoneNumberMatcher):
    """Does not look into a candidate that the region has no such number for; it would be refused after a long look."""

    def __init__(self, run: str, region: Region, leniency: int) -> None:
        super().__init__(run, region.code, leniency=leniency)
        self._region = region

    def _parse_and_verify(self, candidate: str, offset: int) -> PhoneNumberMatch | None:
        if _count(candidate) < _fewest(self._region, candidate):
            return None
        if _IS_SIMPLE(candidate):
            digits = "".join(str(int(each)) for each in _DIGITS(candidate))
            if not self._region.may_have(digits):
                return None
        return super()._parse_and_verify(candidate, offset)


def _count(text: str) -> int:
    """Return how many digits a number in a text can have, letters that may count as such among them."""
    keys = len(_KEYS(text))
    return len(_DIGITS(text)) + (keys if keys >= _FEWEST_KEYS else 0)


def _fewest(region: Region, text: str) -> int:
    """Return the digits that a number in a text must have to be one of the region, or of any from there."""
    return min(region.fewest, _FEWEST_ABROAD if _PLUS(text) else _FEWEST_BY_PREFIX)


def _runs(text: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the runs that hold the stretches, extensions included."""
    done = 0
    for first, last in stretches:
        while done < last:
            # The digits of a stretch may stand in several runs.
            digit = first if done < first else _end(_NEXT_DIGIT(text, done))
            start = _start(_BACK(text, 0, digit))
            done = _run_end(text, digit)
            yield start, done


def _run_end(text: str, place: int) -> int:
    while True:
        end = _end(_ON(text, place))
        extension = _EXTENSION(text, _end(_LAST_DIGIT(text, 0, end)))
        if not extension or extension.end() <= end:
            return end
        place = extension.end()


def _start(match: Any) -> int:  # noqa: ANN401 - of `re` or of `regex`
    return int(match.start())


def _end(match: Any) -> int:  # noqa: ANN401
    return int(match.end())
