"""The corpus section of the safety-assessment report (安全评估报告·语料安全评估) as blocks, in its customary order."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts
from rules.findings import Verdict
from ui.i18n import Words, words
from ui.report import (
    annotation,
    attribution,
    content_samples,
    figures,
    pi_checks,
    quality,
    registers,
    residuals,
    rights,
    samples,
)
from ui.report.table import Block, Heading, Paragraph, Table, percent


def tables(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> tuple[Table, ...]:
    """Return the tables of the report in order."""
    return tuple(block for block in section(facts, rows, catalog) if isinstance(block, Table))


def section(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> tuple[Block, ...]:
    """Return the whole section: scope, what is missing, contents (1) to (8), conclusion (a) to (d), clause matrix."""
    return tuple(_blocks(facts, rows, catalog))


def missing(facts: Facts, rows: Sequence[ClauseRow]) -> tuple[Words, ...]:
    """List what keeps the section from being complete, each with its reason (缺失与待证明)."""
    found = [words(f"report.missing_list.{name}") for name in annotation.lacking(facts)]
    found += [words("report.missing_list.sampling", method=each) for each in content_samples.unsettled(facts)]
    found += [words(f"report.missing_list.{name}") for name in ("classifier", "signatures")]
    if figures.is_estimated(facts):
        found.append(words("report.missing_list.tokenizer"))
    if facts.lexicon is None:
        found.append(words("report.missing_list.lexicon"))
    if facts.uncovered:
        names = ", ".join(sorted({entity for _, entity in facts.uncovered}))
        found.append(words("report.missing_list.uncovered", entities=names))
    found += [words("report.missing_list.unfinished", seq=seq) for seq in facts.unfinished]
    found += [
        words("report.missing_list.source", source=source_id, checks=", ".join(source.missing))
        for source_id, source in sorted(facts.sources.items())
        if source.missing and not source.is_out
    ]
    failing, unproven = len(_failing(rows)), sum(1 for row in rows if row.verdict == Verdict.UNPROVEN)
    if failing:
        found.append(words("report.missing_list.failing", count=failing))
    if unproven:
        found.append(words("report.missing_list.unproven", count=unproven))
    return tuple(found)


def _blocks(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> Iterator[Block]:
    yield Heading(0, words("report.title"))
    yield Paragraph(words("report.scope", workspace=facts.workspace, size=facts.ledger_size, head=facts.ledger_head))
    yield Paragraph(words("report.rules", edition=facts.rules_edition, profile=_profile(facts, catalog)))
    yield Heading(1, words("report.heading.missing"))
    for number, gap in enumerate(missing(facts, rows), start=1):
        yield Paragraph(words("report.numbered", number=number, text=gap))
    yield Heading(1, words("report.heading.contents"))
    yield from _contents(facts, rows, catalog)
    yield Heading(1, words("report.heading.conclusion"))
    yield from _conclusion(facts, rows, catalog)
    yield Heading(1, words("report.heading.matrix"))
    yield registers.clauses(rows, catalog)
    yield Heading(1, words("report.heading.signatures"))
    yield Paragraph(words("report.signatures"))


def _profile(facts: Facts, catalog: Catalog) -> Words:
    profile = catalog.profile(facts.profile)
    return Words(profile.zh, profile.en)


def _contents(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> Iterator[Block]:
    yield Heading(2, words("report.heading.scale"))
    yield figures.scale(facts)
    yield figures.intake(facts, catalog)
    yield Heading(2, words("report.heading.types"))
    yield figures.by_type(facts)
    yield figures.unscreened_media(facts)
    yield Heading(2, words("report.heading.composition"))
    yield figures.composition(facts, catalog)
    yield Paragraph(_overseas(facts))
    lacking = annotation.lacking(facts)
    for name, found in annotation.contents(facts, catalog):
        yield Heading(2, words(f"report.heading.{name}"))
        yield from (Paragraph(words(f"report.missing_list.{name}")),) if name in lacking else found
    yield from quality.tables(facts)
    yield Heading(2, words("report.heading.legality"))
    yield rights.legality(rows, catalog)
    yield registers.sources(facts)
    yield attribution.table(facts)
    yield samples.source_tests(facts, catalog)
    yield samples.record_checks(facts, catalog)
    yield figures.personal_information(facts, catalog)
    yield residuals.residual(facts, catalog)
    yield pi_checks.checks(facts, catalog)
    yield rights.risks(facts)
    yield rights.generated(facts)


def _overseas(facts: Facts) -> Words:
    items = sum(
        part.amount.items
        for part in facts.composition
        if (part.source_class, part.region) == ("open_source", "overseas")
    )
    if not facts.total.items:
        return words("report.no_overseas")
    return words("report.overseas", items=f"{items:,}", share=percent(items, facts.total.items))


def _conclusion(facts: Facts, rows: Sequence[ClauseRow], catalog: Catalog) -> Iterator[Block]:
    count = Counter(row.verdict for row in rows)
    yield Heading(2, words("report.heading.compliance"))
    yield Paragraph(
        words(
            "report.compliance",
            met=count[Verdict.CONFORMS],
            violated=count[Verdict.FAILS],
            unproved=count[Verdict.UNPROVEN],
            not_applicable=count[Verdict.NOT_APPLICABLE],
            failing=len(_failing(rows)),
        )
    )
    yield content_samples.results(facts, catalog)
    yield content_samples.by_risk(facts, catalog)
    yield figures.screening(facts, catalog)
    yield Heading(2, words("report.heading.personal_information"))
    yield Paragraph(_personal(facts))
    yield Heading(2, words("report.heading.ip"))
    yield Paragraph(rights.summary(facts))
    yield Heading(2, words("report.heading.measures"))
    yield from _measures(rows)


def _measures(rows: Sequence[ClauseRow]) -> Iterator[Block]:
    recorded = [
        words("report.measure_line", clause=row.clause, measure=row.measure, owner=row.owner, due=row.due)
        for row in rows
        if row.measure
    ]
    yield Paragraph(words("report.measures", count=len(recorded)) if recorded else words("report.no_measures"))
    for number, line in enumerate(recorded, start=1):
        yield Paragraph(words("report.numbered", number=number, text=line))
    actions = list(dict.fromkeys(row.next_action for row in _failing(rows) if row.next_action))
    if actions:
        yield Paragraph(words("report.suggestions", count=len(actions)))
    for number, action in enumerate(actions, start=1):
        yield Paragraph(words("report.numbered", number=number, text=action))


def _failing(rows: Sequence[ClauseRow]) -> list[ClauseRow]:
    """Return what the facts say is not met and no named person has settled."""
    return [row for row in rows if row.verdict == Verdict.UNPROVEN and row.proposed == Verdict.FAILS]


def _personal(facts: Facts) -> Words:
    kinds = {name: total for name, total in facts.pi_totals.items() if not name.startswith("*")}
    sensitive = sum(1 for total in kinds.values() if total.sensitive)
    occurrences = sum(total.occurrences for total in kinds.values())
    return words(
        "report.personal_information",
        kinds=len(kinds),
        sensitive=sensitive,
        occurrences=f"{occurrences:,}",
        uncovered=len({entity for _, entity in facts.uncovered}),
    )
