"""What was written past the gate (绕过闸门写入): the stored annotations held against the chain.

Only a database administrator can do that; it is found at collection, named, and counts in no figure.
"""

import json
from collections.abc import Callable, Iterable

from annotation.outbox import Told, written
from annotation.port import OutboxRow, Results, Stored
from annotation.server.accounts import account_of


def outside(
    rows: Iterable[OutboxRow],
    stored: Iterable[Stored],
    project: int,
    settled: int,
    account: Callable[[str], str] = account_of,
) -> tuple[tuple[int, str], ...]:
    """Return annotations that are not stored as the chain tells, by number: somebody wrote past the gate.

    Args:
        rows: The chain from its beginning, read to its end after the annotations were.
        stored: The project's annotations, read when the chain was known up to ``settled``.
        project: Number of the project.
        settled: Number of the row; an annotation that a later one tells of was still being worked on.
        account: Returns a person's account.

    Returns:
        Number and reason: ``untold`` (no row tells of it), ``changed`` (the answer is another), ``reauthored``,
        ``vanished`` (it is not there).

    Raises:
        GovernanceError: As :func:`annotation.outbox.read`.
    """
    latest: dict[int, Told] = {}
    moving = set()
    for told in written(rows):
        if told.project != project:
            continue
        if told.seq > settled:
            moving.add(told.annotation)
        if told.kind == "deleted":
            latest.pop(told.annotation, None)
        else:
            latest[told.annotation] = told
    found = {}
    there = {each.annotation: each for each in stored}
    for number in (latest.keys() | there.keys()) - moving:
        reason = _difference(latest.get(number), there.get(number), account)
        if reason:
            found[number] = reason
    return tuple(sorted(found.items()))


def _difference(told: Told | None, stored: Stored | None, account: Callable[[str], str]) -> str:
    if told is None:
        return "untold"
    if stored is None:
        return "vanished"
    if (stored.account, stored.task) != (account(told.person), told.task):
        return "reauthored"
    return "" if _plain(told.result) == _plain(stored.result) else "changed"


def _plain(results: Results) -> str:
    return json.dumps(list(map(dict, results)), ensure_ascii=False, sort_keys=True)
