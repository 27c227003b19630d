"""What the house knows: facts, clauses, sources and jobs as plain values."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus import sources as register
from corpus.sources.assessment import LIMIT
from corpus.work import jobs
from provenance.cells import Cells
from provenance.events import ShardSealed
from rules import evidence, facts
from rules.evidence import ClauseRow
from rules.facts import Facts
from ui.bootstrap import House
from ui.services.views import JobView, MissingPaper, SourceView

_remembered: dict[tuple[str, str], Facts] = {}
"""The last facts by workspace and ledger head: a cache of a pure function, not a counter."""


def facts_of(house: House, upto: int | None = None) -> Facts:
    """Return the facts at a ledger size, the present one by default."""
    ledger = house.workspace.ledger
    if upto is not None:
        return facts.fold(ledger.entries(upto=upto), house.catalog, house.settings.file.rules.profile)
    head = ledger.head()
    key = (house.workspace.id, head.digest)
    if key not in _remembered:
        _remembered.clear()
        _remembered[key] = facts_of(house, head.size)
    return _remembered[key]


def clause_rows_of(house: House, upto: int | None = None) -> tuple[ClauseRow, ...]:
    """Return the clause matrix (条款对照) at a ledger size, the present one by default."""
    return evidence.assess(facts_of(house, upto), house.catalog)


def sources_of(house: House) -> list[SourceView]:
    """Return the source register with what every source lacks."""
    limit = house.catalog.required(LIMIT, house.settings.file.rules.profile)
    lacking = register.outstanding(house.workspace, profile=house.profile.pi_profile, limit_percent=limit)
    known = facts_of(house).sources  # folded after, so that it knows every source of the list
    return [
        SourceView(
            id=name,
            state=known[name].state,
            missing=tuple(MissingPaper(each.check, each.zh, each.en, each.command) for each in lacks),
            facts=known[name],
        )
        for name, lacks in lacking.items()
    ]


def jobs_of(house: House) -> list[JobView]:
    """Return all jobs, the latest first."""
    counts: dict[int, Counter[str]] = {}
    for entry in house.workspace.ledger.entries(kinds=("ShardSealed",)):
        event = entry.event
        assert isinstance(event, ShardSealed)
        counted = counts.setdefault(event.ingest, Counter())
        counted.update(event.cells.items_by_disposition())
        counted["taken_in"] += event.rows  # counted by the writer, not added up here: the console compares the two
    return [
        JobView(
            id=row.id,
            kind=row.kind,
            source=row.subject,
            state=row.state,
            created_at=row.created_at,
            units_done=row.units_done,
            units_total=row.units_total,
            message=row.message,
            counts=dict(counts.get(row.entry or 0, {})),
        )
        for row in jobs.listing(house.workspace)
    ]


def clause_table(rows: Sequence[ClauseRow], lang: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows of the clause matrix for a terminal."""
    heads = ("clause", "verdict", "proposed", "measured") if lang == "en" else ("条款", "结论", "建议", "测得")
    return heads, [
        (row.clause, row.verdict, row.proposed or "", row.measured_en if lang == "en" else row.measured_zh)
        for row in rows
    ]


def plain(value: object) -> object:
    """Return a value as JSON types: dataclasses as mappings, paths as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Cells):
        return plain(value.rows)
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value
