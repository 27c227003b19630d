"""Raw texts (原文) of items, read back from their files for the check of personal information; never stored."""

from collections.abc import Collection, Iterator

from annotation.inspections.publishing import Shown
from corpus.samples.frames import WITHHELD
from corpus.sources.states import require_declared
from corpus.tracing import released
from corpus.tracing.readback import by_source, taken_in
from pii.taken_out import taken_out
from provenance.ids import ItemId
from ui.bootstrap import House
from ui.parameters import read_options
from ui.stripping import stripper_for


def showable(house: House, items: Collection[ItemId]) -> frozenset[ItemId]:
    """Return the items whose raw text may be shown: their stored text stands, and nobody withdrew them."""
    rows = released.rows(house.workspace, list(released.stored(house.workspace, items)))
    return frozenset(item for item, row in rows.items() if row["reason"] not in WITHHELD)


def read(house: House, items: Collection[ItemId]) -> dict[ItemId, str]:
    """Return the raw text of items that may be shown, and whose file still holds what was taken in."""
    return {item: text for source, mine in _by_source(house, items) for item, text in _read(house, source, mine)}


def checkable(house: House, items: Collection[ItemId]) -> dict[ItemId, Shown]:
    """Return the raw text of the same items with what the stripping takes out of each.

    An item is left out where stripping gives another text now than is stored: its rules or its declaration were
    changed since, and what would be checked is not what was released.

    Raises:
        GovernanceError: A recogniser failed.
    """
    kept = released.stored(house.workspace, items)
    found: dict[ItemId, Shown] = {}
    for source, mine in _by_source(house, items):
        stripper = stripper_for(house, require_declared(house.workspace.ledger, source))
        for item, text in _read(house, source, mine):
            done = taken_out(stripper, text)
            if done.text == kept.get(item):
                found[item] = Shown(text, done.places)
    return found


def _by_source(house: House, items: Collection[ItemId]) -> list[tuple[str, list[ItemId]]]:
    return sorted(by_source(house.workspace, sorted(showable(house, items))).items())


def _read(house: House, source: str, items: list[ItemId]) -> Iterator[tuple[ItemId, str]]:
    options = read_options(house, require_declared(house.workspace.ledger, source))
    rows = released.rows(house.workspace, items)
    yield from released.read_raw(
        taken_in(house.workspace, items),
        items,
        options,
        workspace_key=house.workspace.item_key,
        digests={item: row["raw_digest"] for item, row in rows.items()},
    )
