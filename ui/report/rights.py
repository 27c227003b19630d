"""Tables on legality (T8), intellectual-property risk (T12) and synthetic items: what was found and decided."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rules import labels, notices
from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts, SourceFacts
from rules.licences import judge
from rules.marks import ANY, NoticeFact
from ui.i18n import Words, words
from ui.report.figures import label
from ui.report.registers import cited, refs, verdict
from ui.report.table import Cell, Table, column, printable

_ASPECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("source", ("R-007", "R-008", "R-009", "R-010", "R-011", "R-012", "R-013", "R-014", "R-015")),
    ("ip", ("R-021", "R-022", "R-023", "R-024", "R-025", "R-026", "R-123", "R-132")),
    ("personal", ("R-027", "R-028", "R-130", "R-131")),
)
"""The three aspects of legality and the clauses that ask for them."""
_KEPT_OUT = ("rights-reserved", "licence-contradicts")
"""Reasons under which an item is kept out for the rights of others."""


def legality(rows: Sequence[ClauseRow], catalog: Catalog) -> Table:
    """T8: legality of the corpus (语料合法性) by aspect: sources, intellectual property, personal information."""
    by_clause = {row.clause: row for row in rows}
    found = [(aspect, by_clause[name]) for aspect, names in _ASPECTS for name in names if name in by_clause]
    missing = words("report.missing")
    return Table(
        "T8",
        words("report.table.T8"),
        (
            column("aspect", 10),
            column("clause", 18),
            column("finding", 30),
            column("evidence_id", 14),
            column("verdict"),
        ),
        tuple(
            (
                words(f"report.aspect.{aspect}"),
                cited(catalog.clause(row.clause)),
                Words(row.measured_zh or missing.zh, row.measured_en or missing.en),
                refs(row),
                verdict(row),
            )
            for aspect, row in found
        )
        or ((*[words("report.nothing_found")] * 5,),),
        (words("report.note.verdicts"),),
    )


def risks(facts: Facts) -> Table:
    """T12: intellectual-property risk (知识产权风险) of every source: marks found, licence, complaints, decision."""
    return Table(
        "T12",
        words("report.table.T12"),
        (
            column("source_id", 12),
            column("work_type", 24),
            column("items"),
            column("licence_risk", 20),
            column("complaint", 14),
            column("decision", 18),
        ),
        tuple(_risk(facts, source) for _, source in sorted(facts.sources.items()))
        or ((words("report.missing_sources"), words("none"), 0, *[words("none")] * 3),),
        (words("report.note.notices"),),
    )


def generated(facts: Facts) -> Table:
    """Synthetic items (合成语料) by source, certainty, version of the model, and what became of them."""
    certainties = labels.load().certainties
    rows: list[tuple[Cell, ...]] = [
        (
            each.source,
            Words(certainties[each.certainty].zh, certainties[each.certainty].en)
            if each.certainty in certainties
            else each.certainty,
            words("report.version_known" if each.version_known else "report.version_unknown"),
            words(f"disposition.{each.disposition}"),
            each.items,
        )
        for each in facts.labels
    ]
    total = words("report.total")
    rows.append((total, *[words("report.all_reasons")] * 3, sum(each.items for each in facts.labels)))
    return Table(
        "labels",
        words("report.table.labels"),
        (
            column("source_id", 12),
            column("certainty", 18),
            column("model_version", 12),
            column("disposition"),
            column("items"),
        ),
        tuple(rows),
        (words("report.note.labels"),),
    )


def summary(facts: Facts) -> Words:
    """Return the sentence on the risk of disputes (知识产权纠纷风险)."""
    return words(
        "report.ip",
        items=f"{_marked(facts.notices):,}",
        kept_out=f"{sum(facts.by_reason.get(reason, 0) for reason in _KEPT_OUT):,}",
        complaints=sum(each.is_ip for each in facts.complaints),
        open=sum(each.is_ip and each.is_open for each in facts.complaints),
    )


def _risk(facts: Facts, source: SourceFacts) -> tuple[Cell, ...]:
    found = [each for each in facts.notices if each.source == source.id]
    about = [each for each in facts.complaints if each.source == source.id]
    opened = sum(each.is_open for each in about)
    kept_out = sum((source.by_reason or {}).get(reason, 0) for reason in _KEPT_OUT)
    return (
        source.id,
        _works(found),
        _marked(found),
        _licence_risk(source),
        words("report.complaints", open=opened, closed=len(about) - opened) if about else words("none"),
        words("report.ip_decision", state=label("report.state.", source.state), items=kept_out),
    )


def _works(found: Sequence[NoticeFact]) -> Words:
    """Name the kinds of work that marks were found of, with the marks and how many items hold them."""
    items: Counter[str] = Counter()
    for each in found:
        if each.notice != ANY:
            items[each.notice] += each.items
    parts = list(_by_work(items))
    if not parts:
        return words("report.nothing_found")
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _by_work(items: Counter[str]) -> Iterator[Words]:
    rules = notices.load()
    named = sorted((rules.kind(notice).work, notice) for notice in items)
    for work, group in groupby(named, key=lambda each: each[0]):
        zh, en = [], []
        for _, notice in group:
            kind, licence = rules.kind(notice), notice.partition(":")[2]
            zh.append(f"{kind.zh} {licence} {items[notice]}" if licence else f"{kind.zh} {items[notice]}")
            en.append(f"{kind.en} {licence} {items[notice]}" if licence else f"{kind.en} {items[notice]}")
        yield Words(f"{rules.works[work].zh}：{'、'.join(zh)}", f"{rules.works[work].en}: {', '.join(en)}")


def _licence_risk(source: SourceFacts) -> Words:
    if source.licence:
        stance = judge(source.licence, source.intended_uses).stance
        return words(f"report.licence_risk.{stance}", licence=printable(source.licence))
    if source.legal_basis:
        return words("report.licence_risk.basis", basis=printable(source.legal_basis))
    return words("report.missing_licence")


def _marked(found: Sequence[NoticeFact]) -> int:
    return sum(each.items for each in found if each.notice == ANY)
