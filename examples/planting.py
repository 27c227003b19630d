"""What is planted: items with what has to become of each, the garden that grows them, and the source they belong to."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import people
from alike import DIFFERENT, NEARLY_THE_SAME, Text
from dice import Dice

HERE = Path(__file__).resolve().parent
SEED = "yuliao/examples/1"
LEXICON = list(csv.DictReader((HERE / "lexicon.csv").read_text(encoding="utf-8").splitlines()))
TOLD = ("admitted", "quarantined")
"""What becomes of an item whose marks are counted; of all others nothing is told."""


@dataclass(frozen=True)
class Item:
    """One planted item: its text and what has to become of it."""

    text: str = ""
    type: str = "zh_text"
    disposition: str = "admitted"
    reason: str = ""
    pi: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    organisations: int = 0
    label: str = ""
    """How certain it is that it was generated, empty where nothing says so."""
    version_known: bool = False
    """Whether the generating model's version is known."""
    notices: tuple[str, ...] = ()
    """Kinds of notice of somebody's rights."""
    is_withdrawn: bool = False
    """Whether the withdrawal of the demonstration finds it."""


@dataclass
class Planted:
    """One source: its files by path below the source's folder, its items, and blank lines.

    ``offered`` are the items that an assessment before collection looks at; ``items`` those that are taken in.
    """

    id: str
    files: dict[str, bytes] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    blank_lines: int = 0
    offered: list[Item] = field(default_factory=list)


class Garden:
    """Grows items of which no two are alike, and keeps the risky ones apart."""

    def __init__(self, source: str, seen: list[Text]) -> None:
        self.dice = Dice(f"{SEED}/{source}")
        self._seen = seen
        self._keywords = [row for row in LEXICON if not row["keyword"].isascii()]

    def grow(self, make: Callable[[Dice], str], count: int, item_type: str = "zh_text") -> list[Item]:
        """Return ``count`` plain items."""
        return [Item(self._fresh(lambda: make(self.dice)), item_type) for _ in range(count)]

    def personal(self, items: list[Item], count: int, most: int = 2, *, english: bool = False) -> list[Item]:
        """Return the items with personal information in ``count`` of them, up to ``most`` occurrences each."""
        chosen = set(self.dice.several(range(len(items)), count))
        entities = ["MOBILE", "EMAIL"] if english else list(people.MAKERS)
        return [
            self._with_pi(each, entities, most, english=english) if at in chosen else each
            for at, each in enumerate(items)
        ]

    def _with_pi(self, item: Item, entities: list[str], most: int, *, english: bool) -> Item:
        found = tuple(self.dice.pick(entities) for _ in range(1 + self.dice.below(most)))
        glue = " " if english else ""
        told = glue.join(people.sentence(self.dice, entity, english=english) for entity in found)
        return replace(item, text=f"{item.text}{glue}{told}", pi=item.pi + found)

    def risky(self, items: list[Item], first: int, count: int) -> list[Item]:
        """Return the items with a keyword of the lexicon in the first ``count``, beginning with keyword ``first``."""
        out = list(items)
        for at in range(count):
            row = self._keywords[(first + at) % len(self._keywords)]
            times = 1 + (at % 3 == 2)
            told = "".join(f"墙上的旧告示写着“{row['keyword']}”。" for _ in range(times))
            out[at] = replace(
                out[at],
                text=out[at].text + told,
                risks=(row["risk"],) * times,
                disposition="quarantined",
                reason="risk-keyword",
            )
        return out

    def disguised(self, item: Item, number: int) -> Item:
        """Return the item with keyword ``number`` broken up by symbols, as people write it to slip through."""
        row = self._keywords[number]
        text = f"{item.text}楼道里有人贴了“{'*'.join(row['keyword'])}”。"
        return replace(item, text=text, risks=(row["risk"],), disposition="quarantined", reason="risk-keyword")

    def organisation(self, item: Item) -> Item:
        """Return the item with an organisation code, which is not personal and must stay."""
        told = f"开票单位的统一社会信用代码：{people.organisation_code(self.dice)}。"
        return replace(item, text=item.text + told, organisations=1)

    def noticed(self, item: Item, told: str, *notices: str, reason: str = "") -> Item:
        """Return the item with a notice of rights, and kept apart where a reason is given."""
        disposition = "quarantined" if reason else item.disposition
        return replace(item, text=item.text + told, notices=notices, disposition=disposition, reason=reason)

    def shuffled(self, items: list[Item]) -> list[Item]:
        """Return the items in another order."""
        return self.dice.several(items, len(items))

    def _fresh(self, make: Callable[[], str]) -> str:
        for _ in range(200):
            text = make()
            cut = Text(text)
            if all(cut.likeness(each)[1] < DIFFERENT for each in self._seen):
                self._seen.append(cut)
                return text
        raise ValueError("the patterns are used up")


def repeats(items: Iterable[Item]) -> list[Item]:
    """Return copies that must turn out as exact duplicates; what they hold is counted at their keepers."""
    return [Item(each.text, each.type, "duplicate", "exact-duplicate") for each in items]


def reworded(items: Iterable[Item], old: str, new: str) -> list[Item]:
    """Return copies with a small change, which must turn out as near duplicates."""
    found = []
    for each in items:
        text = each.text.replace(old, new)
        assert text != each.text
        assert Text(text).likeness(Text(each.text))[0] > NEARLY_THE_SAME
        found.append(Item(text, each.type, "duplicate", "near-duplicate"))
    return found


def rejected(items: Iterable[Item], reason: str) -> list[Item]:
    """Return the items as what no paper proves: nothing of them is kept or counted but that they were there."""
    return [replace(each, disposition="rejected", reason=reason) for each in items]


def foreign(texts_: Iterable[str]) -> list[Item]:
    """Return items in a language that no configured screen reads."""
    return [Item(text, "other", "quarantined", "unscreened") for text in texts_]


def bare(text: str) -> str:
    """Return the letters and digits alone."""
    return "".join(sign for sign in text if sign.isalnum())


def lines(rows: Iterable[dict[str, object]]) -> bytes:
    """Return JSONL."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def table(rows: list[dict[str, str]]) -> bytes:
    """Return CSV with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
