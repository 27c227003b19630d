"""The complaint register (投诉举报登记): its kinds, channels and outcomes as data, and each complaint as a fact."""

import difflib
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import ClassVar

from pydantic import ConfigDict

from provenance.canonical import Json
from provenance.clock import day_of
from provenance.errors import GovernanceError
from provenance.events import ComplaintReceived, ComplaintResolved, Event
from rules import reading
from rules.records import Words


class _Strict:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class ComplaintKind(_Strict):
    """What a complaint may be about, and the days within which it has to be answered."""

    zh: str
    en: str
    days: int
    is_ip: bool


@dataclass(frozen=True)
class ComplaintRules(_Strict):
    """All of ``complaints.yaml``."""

    clause: str
    certainty: str
    entered_within: int
    """Days."""
    kinds: Mapping[str, ComplaintKind]
    channels: Mapping[str, Words]
    outcomes: Mapping[str, Words]


@functools.cache
def load() -> ComplaintRules:
    """Return the register's rules.

    Raises:
        GovernanceError: The file is not as it must be.
    """
    file = resources.files("rules").joinpath("complaints.yaml")
    return reading.shaped(reading.plain(file), ComplaintRules, file.name)


def demand_known(name: str, known: Iterable[str], what: str) -> None:
    """Refuse a kind, channel or outcome that the rules do not list.

    Raises:
        GovernanceError: It is not listed; the nearest name is given.
    """
    names = list(known)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise GovernanceError(
            f"A complaint has no {what} of this name.{hint}",
            code=f"rules.unknown-complaint-{what}",
            remedy=f"Use one of: {', '.join(names)}.",
        )


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """A complaint (投诉): when it came, by when it has to be answered, and how it ended.

    ``seq`` is the ledger entry that last spoke of it; ``closed`` the day of its answer, empty while it is open;
    ``withdrawal`` the entry of the withdrawal it led to, 0 for none.
    """

    id: str
    about: str
    channel: str
    received: str
    due: str
    source: str
    document: str
    seq: int
    closed: str = ""
    outcome: str = ""
    withdrawal: int = 0
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.outcome

    def is_overdue(self, as_of: str) -> bool:
        """Say whether it is open and its last day was over at a moment, as the ledger writes it."""
        return self.is_open and day_of(as_of) > self.due

    @property
    def is_ip(self) -> bool:
        """Whether it is about intellectual property (知识产权)."""
        kind = load().kinds.get(self.about)
        return kind is not None and kind.is_ip

    def resolved(self, event: ComplaintResolved, seq: int, at: str) -> "ComplaintFact":
        """Return it as an answer leaves it."""
        return replace(
            self,
            seq=seq,
            closed=day_of(at),
            outcome=event.outcome,
            withdrawal=event.withdrawal,
            answer=event.document,
        )


class Complaints:
    """The register as the entries of a ledger fill it."""

    def __init__(self) -> None:
        self._known: dict[str, ComplaintFact] = {}

    def take(self, name: str, event: Event, seq: int, at: str) -> None:
        """Hear the next event about a subject; what is about no complaint is passed over."""
        match event:
            case ComplaintReceived():
                self._known[name] = ComplaintFact(
                    name, event.about, event.channel, event.received, event.due, event.source, event.document, seq
                )
            case ComplaintResolved() if name in self._known:
                self._known[name] = self._known[name].resolved(event, seq, at)
            case _:
                pass

    def facts(self) -> tuple[ComplaintFact, ...]:
        """Return every complaint, in the order in which they came."""
        return tuple(self._known.values())


def complaints_json(facts: Iterable[ComplaintFact], as_of: str) -> dict[str, Json]:
    """Return the register as ``yuliao facts --json`` prints it: open, overdue, closed by outcome, per source."""
    rows = list(facts)
    by_source: dict[str, Counter[str]] = {}
    for each in rows:
        if each.source:
            by_source.setdefault(each.source, Counter())["open" if each.is_open else "closed"] += 1
    return {
        "open": sum(each.is_open for each in rows),
        "overdue": sum(each.is_overdue(as_of) for each in rows),
        "closed": {name: sum(each.outcome == name for each in rows) for name in load().outcomes},
        "by_source": {
            source: {"open": count["open"], "closed": count["closed"]} for source, count in sorted(by_source.items())
        },
    }
