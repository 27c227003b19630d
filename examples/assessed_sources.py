"""Sources still to be collected, so somebody looks at them first: one at the limit of 5 %, one just over it."""

from collections.abc import Callable, Iterator

import texts
from alike import Text
from dice import Dice
from planting import Garden, Item, Planted, lines, table

BAD = 2
"""Items of each in which the inspector finds what is illegal or harmful."""


def tips(seen: list[Text]) -> Planted:
    """Exactly 5 % of it is bad, which passes; it is collected and verified."""
    found = _offered("tips-open", seen, texts.tip, count=40, first=0)
    found.items = found.offered
    return found


def riddles(seen: list[Text]) -> Planted:
    """A little more than 5 % of it is bad, which refuses it; nothing of it is taken in."""
    return _offered("riddles-open", seen, texts.riddle, count=39, first=13)


def _offered(source: str, seen: list[Text], make: Callable[[Dice], str], *, count: int, first: int) -> Planted:
    garden = Garden(source, seen)
    items = garden.shuffled(garden.risky(garden.grow(make, count), first, BAD))
    rows: list[dict[str, object]] = [{"id": f"n{at:03}", "text": each.text} for at, each in enumerate(items)]
    files = {"data/texts.jsonl": lines(rows), "inspection.csv": table(list(_bad(rows, items)))}
    return Planted(source, files, offered=items)


def _bad(rows: list[dict[str, object]], items: list[Item]) -> Iterator[dict[str, str]]:
    """Yield where in the file the bad items stand, and their risks: what the inspector of the demonstration finds."""
    for at, item in enumerate(items):
        if item.risks:
            yield {"position": str(len(lines(rows[:at]))), "risk": item.risks[0]}
