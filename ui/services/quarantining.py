"""What a person decides about items kept apart: ids from the command or a file, an answer for each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import quarantine
from corpus.measure import Kinds
from corpus.quarantine import Answer, Decision
from corpus.reasons import demand_reason
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import ItemId
from ui.bootstrap import House, holds_personal_information


def release(house: House, items: Sequence[ItemId], *, reason: str) -> list[dict[str, Any]]:
    """Let quarantined items in (放行).

    Returns:
        An answer for every item.

    Raises:
        GovernanceError: The reason is missing or personal, or somebody changed the items meanwhile.
    """
    may_release = frozenset(each.id for each in house.catalog.reasons.values() if each.may_release)
    decision = _decision(house, reason)
    return _plain(quarantine.release(house.workspace, items, decision, may_release=may_release))


def reject(house: House, items: Sequence[ItemId], *, reason: str) -> list[dict[str, Any]]:
    """Take items out for good (剔除) and erase their text.

    Returns:
        An answer for every item.

    Raises:
        GovernanceError: The reason is missing or personal, a job has the turn or an ingest is unfinished, or somebody
            changed the items meanwhile.
    """
    return _plain(quarantine.reject(house.workspace, items, _decision(house, reason)))


def named(items: Sequence[str], file: Path | None) -> list[ItemId]:
    """Return the items that somebody named, in a command and in a file with one id per line.

    Raises:
        GovernanceError: There is none, one is no item id, or the file cannot be read.
    """
    found = [ItemId.parse(item) for item in items]
    if file is not None:
        with told("read the list of items", file):
            lines = file.read_text("utf-8", errors="replace").splitlines()
        found += [_parse(line.strip(), file, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise GovernanceError(
            "No item is named.",
            code="ui.no-item",
            remedy="Name them by their ids, or give --file with one id per line; `yuliao quarantine list` prints ids.",
        )
    return list(dict.fromkeys(found))


def _parse(line: str, file: Path, number: int) -> ItemId:
    try:
        return ItemId.parse(line)
    except GovernanceError as error:
        raise GovernanceError(
            f"Line {number} of the list is no item id.", code=error.code, remedy=error.remedy, where=str(file)
        ) from None


def _decision(house: House, reason: str) -> Decision:
    demand_reason(reason, holds_personal_information, of="A decision on items")
    return Decision(reason, house.actor, Kinds(house.catalog.sensitive(), house.catalog.risk_unions()))


def _plain(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    return [answer._asdict() | {"item": str(answer.item)} for answer in answers]
