"""The days that a declaration states: none can lie before its event, and nothing can be back-dated (不得倒签)."""

from collections.abc import Iterator

from corpus.sources.declarations import Problem, Read
from provenance.errors import GovernanceError
from rules.source_kinds import source_kind


def demand_possible(read: Read, *, registered_on: str, today: str, where: str) -> None:
    """Demand that what is declared as done lies in the past, and that what began before registration is declared so.

    A source that is still to be collected may name days to come.

    Args:
        read: The declaration.
        registered_on: Civil day of the source's first registration, today where this is it.
        today: Civil day.
        where: The file's path, for the message.

    Raises:
        GovernanceError: A day cannot be; every one is told with its field and line.

    Clause:
        R-001
    """
    problems = [*_of_collection(read, registered_on, today), *_of_details(read, registered_on, today)]
    if problems:
        raise GovernanceError(
            f"The declaration states days that cannot be: {'; '.join(map(str, problems))}.",
            code="corpus.impossible-day",
            remedy="State the days as they were; data collected before registration is declared with "
            "`before_registration: true` and the reason.",
            where=where,
        )


def _of_collection(read: Read, registered_on: str, today: str) -> Iterator[Problem]:
    stated = read.declaration.collected
    if stated.before_registration and stated.last.isoformat() > today:
        yield _problem(read, ("collected", "to"), "lies after today, though the collection is declared as done")
    if not stated.before_registration and stated.first.isoformat() < registered_on:
        yield _problem(read, ("collected", "from"), _too_early(registered_on))


def _of_details(read: Read, registered_on: str, today: str) -> Iterator[Problem]:
    is_done = read.declaration.collected.before_registration
    for field in source_kind(read.declaration.kind).fields:
        day = "".join(read.declaration.values(f"details.{field.name}"))
        if not field.moment or not day:
            continue
        path = ("details", field.name)
        if day > today:
            yield _problem(read, path, "lies after today")
        elif field.moment == "collection" and not is_done and day < registered_on:
            yield _problem(read, path, _too_early(registered_on))


def _too_early(registered_on: str) -> str:
    return f"lies before the registration on {registered_on}, and the collection is not declared as earlier"


def _problem(read: Read, path: tuple[str, str], sentence: str) -> Problem:
    return Problem(".".join(path), read.document.line(path), sentence)
