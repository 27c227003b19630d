"""Withdrawals (撤回) in the facts: how often something was taken out on request, and how many items it concerned."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from provenance.canonical import Json
from provenance.events import Event, TextErased, WithdrawalMade

KINDS = ("text", "url", "source", "person")
"""What a withdrawal is told by, in the order of the report."""


@dataclass(frozen=True, slots=True)
class WithdrawalFact:
    """Withdrawals of one kind. An item that two requests concern counts under both."""

    made: int = 0
    items: int = 0
    """Items found, duplicates included."""
    erasing: int = 0
    """Withdrawals that erased text and identifiers."""
    files: int = 0
    """Files that were written anew without them."""


class Withdrawals:
    """What the entries of a ledger said about withdrawals so far."""

    def __init__(self) -> None:
        self._counts = {kind: Counter[str]() for kind in KINDS}
        self._kinds: dict[int, str] = {}

    def take(self, seq: int, event: Event) -> None:
        """Hear the next entry."""
        if isinstance(event, WithdrawalMade):
            self._kinds[seq] = event.by
            self._counts[event.by].update(made=1, items=event.items, erasing=int(event.erases))
        elif isinstance(event, TextErased) and event.cause_event in self._kinds:
            self._counts[self._kinds[event.cause_event]].update(files=1)

    def facts(self) -> dict[str, WithdrawalFact]:
        """Return them by kind, every kind included."""
        return {kind: WithdrawalFact(**counts) for kind, counts in self._counts.items()}


def withdrawals_json(withdrawals: Mapping[str, WithdrawalFact]) -> dict[str, Json]:
    """Return withdrawals as ``yuliao facts --json`` prints them."""
    return {kind: asdict(fact) for kind, fact in withdrawals.items()}
