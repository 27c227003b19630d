"""Tables of the two samples of the whole corpus (人工抽检、技术抽检): results (T9) and failures by risk (T9b)."""

from collections.abc import Iterator
from decimal import Decimal

from rules import sample_plans
from rules.catalog import Catalog
from rules.content_checks import at_least, by_construction, readings
from rules.facts import Facts
from rules.pass_rates import pass_rate
from rules.sample_checks import latest, shortcoming
from rules.sample_plans import MANUAL, TECHNICAL, SamplePlan
from rules.samples import SampleFact
from ui.i18n import Words, words
from ui.report.registers import cited
from ui.report.table import Cell, Table, column, percent

METHODS = (MANUAL, TECHNICAL)
_SHORT = 12
"""Hexadecimal digits of a digest in print; the full one stands in facts.json."""


def results(facts: Facts, catalog: Catalog) -> Table:
    """T9: every sample of the whole corpus that was drawn (语料抽检), and the method of which none was."""
    return Table(
        "T9",
        words("report.table.T9"),
        (
            column("method", 14),
            column("population", 8),
            column("n_drawn", 7),
            column("n_required", 9),
            column("passed", 7),
            column("failed", 7),
            column("unsure", 7),
            column("rate", 7),
            column("threshold", 7),
            column("lower_bound", 8),
            column("verdict", 16),
            column("seed", 12),
            column("date", 11),
            column("tool_versions", 13),
        ),
        tuple(row for name in METHODS for row in _method(sample_plans.plan(name), facts, catalog)),
        tuple(_notes(facts, catalog)),
    )


def by_risk(facts: Facts, catalog: Catalog) -> Table:
    """T9b: items failed by risk (各风险不合格条数), all 31 risks, of the sample of each method that counts."""
    samples = [latest(facts, name) for name in METHODS]
    missing = words("report.not_drawn")
    rows = tuple(
        (
            risk.id,
            risk.clause,
            Words(risk.zh, risk.en),
            *(missing if each is None else each.by_risk.get(risk.id, 0) for each in samples),
        )
        for risk in catalog.risks.values()
    )
    return Table(
        "T9b",
        words("report.table.T9b"),
        (
            column("risk", 6),
            column("risk_clause", 8),
            column("risk_name", 40),
            column("manual_failures", 12),
            column("technical_failures", 12),
        ),
        rows,
        (
            *(words("report.note.failures_of", **_frame(each)) for each in samples if each),
            words("report.note.failures"),
        ),
    )


def unsettled(facts: Facts) -> tuple[Words, ...]:
    """Return the methods of which no sample has all its verdicts."""
    found = {name: latest(facts, name) for name in METHODS}
    return tuple(words(f"report.method.{name}") for name, each in found.items() if each is None or not each.is_closed)


def _method(plan: SamplePlan, facts: Facts, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    clause = cited(catalog.clause(plan.clause))
    name = words("report.method_of", method=words(f"report.method.{plan.id}"), clause=clause)
    drawn = [each for each in facts.samples if each.plan == plan.id]
    if not drawn:
        size = "report.per_manual" if plan.size.threshold else "report.per_technical"
        required = words(size, n=f"{catalog.required(plan.size.threshold or plan.size.share, facts.profile):,}")
        rate = catalog.required(plan.pass_rate, facts.profile)
        lacking = words("report.not_drawn")
        unproven = words("report.unproven_sample") if plan.id == MANUAL else words("report.unproven_classifier")
        yield (name, *[lacking] * 2, required, *[lacking] * 4, rate, lacking, unproven, *[lacking] * 3)
    for each in drawn:
        yield (name, *_drawn(each, plan, facts, catalog))


def _drawn(sample: SampleFact, plan: SamplePlan, facts: Facts, catalog: Catalog) -> tuple[Cell, ...]:
    found = pass_rate(sample, catalog, facts.profile)
    lacking = words("report.not_estimable") if sample.is_closed else words("report.outcome.open")
    return (
        sample.population,
        sample.size,
        plan.required(catalog, facts.profile, sample.population),
        lacking if found is None else found.passed,
        lacking if found is None else found.failed,
        sample.unsure,
        lacking if found is None else percent(found.passed, sample.size),
        catalog.required(plan.pass_rate, facts.profile),
        lacking if found is None else Decimal(at_least(found.bound)),
        _verdict(sample, facts, catalog),
        words("report.seed", entry=sample.seed_event, frame=sample.frame[:_SHORT]),
        sample.judged_at or sample.drawn_at,
        _tools(sample),
    )


def _verdict(sample: SampleFact, facts: Facts, catalog: Catalog) -> Words:
    """Return both readings of the pass rate, with what keeps them from being proof."""
    found = pass_rate(sample, catalog, facts.profile)
    lacking = words("report.not_estimable") if sample.is_closed else words("report.outcome.open")
    read = None if found is None else readings(found)
    said = [lacking if read is None else Words(read.zh, read.en)]
    gap = shortcoming(sample, facts, catalog)
    if found is not None and gap is not None:
        said.append(Words(gap.zh, gap.en))
    if sample.plan == TECHNICAL:
        said.append(words("report.unproven_classifier"))
    return Words("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def _tools(sample: SampleFact) -> Cell:
    who = "、".join(sample.inspectors), ", ".join(sample.inspectors)
    if not sample.inspectors:
        return words("report.outcome.open")
    return words("report.tools.technical" if sample.plan == TECHNICAL else "report.tools.manual", who=Words(*who))


def _notes(facts: Facts, catalog: Catalog) -> Iterator[Words]:
    yield words("report.note.sampling")
    yield words("report.note.readings", confidence=catalog.house.integer("bound_confidence"))
    technical = latest(facts, TECHNICAL)
    same = by_construction(technical, facts) if technical else None
    if same is not None:
        yield words("report.note.same_tools", said=Words(same.zh, same.en))


def _frame(sample: SampleFact) -> dict[str, object]:
    return {
        "method": words(f"report.method.{sample.plan}"),
        "judged": f"{sample.judged + sample.unsure:,}",
        "size": f"{sample.size:,}",
        "population": f"{sample.population:,}",
        "entry": sample.seq,
    }
