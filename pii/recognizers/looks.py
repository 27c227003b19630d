"""All expressions of our recognisers behind one gate: built once in a process, whoever looks."""

import re
from functools import cache
from typing import NamedTuple

from pii.gate import Gate, Sign, ending, watch
from pii.recognizers.cued import CuedRecognizer, Found
from pii.recognizers.tables.headings import SIGNS
from pii.recognizers.tables.statements import STATEMENT


class Look(NamedTuple):
    """An expression, whose it is, and what the scan looks for in its place if anything."""

    recognizer: CuedRecognizer
    expression: re.Pattern[str]
    sign: Sign | None

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """Return what it finds within ``[start, end)`` of a folded text."""
        return self.recognizer.find(self.expression, text, start, end)


class Looks(NamedTuple):
    """The gate: its stretches name a look by its place; those behind the last are where tables may begin."""

    gate: Gate
    looks: tuple[Look, ...]


def finds_by_expressions(recognizer: CuedRecognizer) -> bool:
    """Tell whether a recogniser finds by its expressions alone, and in no way of its own."""
    return type(recognizer).found is CuedRecognizer.found


def looks(supported_language: str = "zh") -> Looks:
    """Return the looks of every recogniser of ours that finds by its expressions alone."""
    return _looks(supported_language)


@cache
def _looks(supported_language: str) -> Looks:
    from pii.recognizers import recognizers  # noqa: PLC0415 - one of those listed there looks by these

    found = tuple(
        Look(each, expression, each.signs.get(number))
        for each in recognizers(supported_language)
        if finds_by_expressions(each)
        for number, expression in enumerate(each.expressions)
    )
    watches = [watch(each.expression.pattern, each.expression.flags, sign=each.sign) for each in found]
    return Looks(Gate([*watches, *map(ending, (*SIGNS, STATEMENT.pattern))]), found)
