"""Lists of what must not be taken in: imported, released, and what they hold kept without naming anybody."""

import csv
from collections.abc import Iterator
from pathlib import Path

from corpus.clearance import refusals
from corpus.clearance.refusals import BLOCKED, REFUSED, Refusals
from corpus.evidence.addresses import normalise_host, url_key
from pii.identify import find
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ListReleased
from provenance.ids import digest
from provenance.pseudonyms import USER, pseudonym
from ui.bootstrap import House

KINDS = {BLOCKED: ("host", "url"), REFUSED: ("host", "url", "user", "person")}
"""Which kinds of entry each list may have."""
_HEADER = ["kind", "value"]


def import_list(house: House, name: str, file: Path) -> ListReleased:
    """Import a list and release it in the place of the one before; the same list again records nothing.

    Hosts stand in the stored list as they are. An address, a user and what identifies a person become keyed digests
    while the file is read; all identifiers that are found in a person's line count.

    Args:
        house: The open workspace.
        name: ``blocked`` or ``refused``.
        file: CSV with the columns kind and value.

    Raises:
        GovernanceError: There is no such list, the file cannot be read, or a line does not have its form.

    Clause:
        R-010, R-015
    """
    if name not in KINDS:
        raise GovernanceError(
            "There is no such list.",
            code="ui.unknown-list",
            remedy=f"Use one of: {', '.join(KINDS)}.",
        )
    try:
        content = file.read_bytes()
    except OSError as error:
        raise GovernanceError(
            "The file of the list cannot be read.",
            code="ui.list-unreadable",
            remedy="Check the path and its permissions.",
            where=str(file),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    entries: dict[str, set[str]] = {kind: set() for kind in KINDS[name]}
    for line, kind, value in _rows(content, name, file):
        entries[kind].update(_stored(house, kind, value, line, file))
    held = Refusals(**{kind: frozenset(values) for kind, values in entries.items()})
    stored = refusals.write(house.workspace.evidence, held)
    event = ListReleased(name, stored, len(held), digest(content))
    if (name, stored) not in refusals.in_force(house.workspace):
        house.workspace.ledger.record(actor=house.actor, subject=f"list-{name}", event=event)
    return event


def _rows(content: bytes, name: str, file: Path) -> Iterator[tuple[int, str, str]]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise _refused(file, 0, "is not UTF-8") from None
    reader = csv.reader(lines, strict=True)
    try:
        if [each.strip() for each in next(reader, [])] != _HEADER:
            raise _refused(file, 1, f"is not the header {','.join(_HEADER)}")
        for row in reader:
            if not row:
                continue
            if len(row) != len(_HEADER) or not row[1].strip():
                raise _refused(file, reader.line_num, "does not hold a kind and a value")
            if row[0].strip() not in KINDS[name]:
                raise _refused(file, reader.line_num, f"has another kind than {', '.join(KINDS[name])}")
            yield reader.line_num, row[0].strip(), row[1].strip()
    except csv.Error:
        raise _refused(file, reader.line_num, "cannot be read as CSV") from None


def _stored(house: House, kind: str, value: str, line: int, file: Path) -> list[str]:
    key = house.workspace.item_key
    try:
        if kind == "host":
            return [normalise_host(value.removeprefix("*."))]
        if kind == "url":
            return [url_key(key, value).hex()]
    except GovernanceError as error:
        raise _refused(file, line, f"names no {kind}") from error
    if kind == "user":
        return [pseudonym(key, USER, value).hex()]
    found = [f"{each.entity}:{pseudonym(key, each.entity, each.value).hex()}" for each in find(value)]
    if not found:
        raise _refused(file, line, "holds nothing by which a person could be found in a text")
    return found


def _refused(file: Path, line: int, what: str) -> GovernanceError:
    place = f"Line {line} of the list" if line else "The list"
    return GovernanceError(
        f"{place} {what}.",
        code="ui.bad-list",
        remedy="Write CSV in UTF-8 with the header kind,value; nothing was imported.",
        where=str(file),
    )
