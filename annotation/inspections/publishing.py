"""Publishing a drawn sample to inspectors (发布抽检): one project for the first judgement, one for third people.

As with any batch every step may be repeated; which items are judged was decided when the sample was drawn.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from annotation import forms
from annotation.batches import opening, staffing, units
from annotation.batches.desk import Desk, standing
from annotation.batches.keys import project_key, task_key
from annotation.batches.plans import BatchPlan, Order
from annotation.batches.publish import Published, demand_same, record
from annotation.batches.units import WORK, Unit
from annotation.port import Entry, ProjectDraft, Results, TaskDraft
from provenance.errors import GovernanceError
from provenance.events import BatchPublished
from provenance.ids import Digest, ItemId
from rules import sample_plans
from rules.annotation.batches import INSPECT, INSPECTION
from rules.annotation.book_records import RuleBook
from rules.samples import SampleFact

STAGE = "inspect"
_THIRD = 0
"""Group of the project for third people; other groups are numbers of people."""


def publish(desk: Desk, order: Order, sample: SampleFact, texts: Mapping[ItemId, str]) -> Published:
    """Publish a sample, or go on with a publication that broke off.

    Args:
        desk: Where.
        order: The plan of the batch.
        sample: The sample that it names.
        texts: Stripped texts of the items drawn; what has none cannot be judged here, and stays without a verdict.

    Raises:
        GovernanceError: A program judges the sample, or it has all its verdicts; the plan's people may not do it; the
            id belongs to another plan; or the server does not answer.

    Clause:
        R-032, R-070, AR-2, AR-3
    """
    plan = order.plan
    book = _book(desk, plan)
    known = next((each for each in desk.facts().batches if each.id == plan.id), None)
    if known is not None:
        demand_same(known, order)
        with desk.workspace.evidence.open(Digest(known.tasks)) as stored:
            listed: Sequence[Unit] = units.read(stored.read())
        put = _put(desk, book, known.projects[0].number, listed, texts)
        opening.open_as_recorded(desk)
        return Published(known, put, is_new=False)
    _demand_open(sample)
    staffing.demand_staff(plan, standing(desk.facts()), desk.workspace.ledger.now())
    listed = _listed(desk, plan, texts)
    groups = [plan.overlap, _THIRD] if plan.overlap > 1 else [plan.overlap]
    projects = [(_project(desk, plan, book, group), group or 1) for group in groups]
    put = _put(desk, book, projects[0][0], listed, texts)
    _record(desk, order, sample, listed, projects)
    opening.open_as_recorded(desk)
    return Published(desk.batch(plan.id), put, is_new=True)


def _book(desk: Desk, plan: BatchPlan) -> RuleBook:
    book = desk.released(plan.rule_book)
    if STAGE not in book.stages or book.kind != INSPECTION:
        raise GovernanceError(
            f"{book.name} is no rule book for the inspection of samples.",
            code="annotation.book-of-another-kind",
            remedy="Name the released version of `inspection`.",
        )
    return book


def _demand_open(sample: SampleFact) -> None:
    if sample_plans.plan(sample.plan).is_machine_judged or sample.is_closed:
        raise GovernanceError(
            f"Sample {sample.seq} needs nobody's verdict.",
            code="annotation.nothing-to-inspect",
            remedy="`yuliao sample list` shows the samples that are open; a program judges some by itself.",
        )


def _listed(desk: Desk, plan: BatchPlan, texts: Mapping[ItemId, str]) -> tuple[Unit, ...]:
    if not texts:
        raise GovernanceError(
            "No item of this sample has a text that could be shown.",
            code="annotation.no-text",
            remedy="Put the source's files back where they were taken in from, then publish it again.",
        )
    named = {task_key(desk.workspace, plan.id, item): item for item in texts}
    return tuple(
        Unit(key, item, desk.text_digest(texts[item]), WORK, plan.overlap) for key, item in sorted(named.items())
    )


def _project(desk: Desk, plan: BatchPlan, book: RuleBook, group: int) -> int:
    draft = ProjectDraft(
        key=project_key(desk.workspace, plan.id, INSPECT, group),
        title=f"{plan.id} {'抽检' if group else '第三人复判'}",
        form=forms.form(book, STAGE),
        instruction=desk.instruction(book, STAGE),
        overlap=group or 1,
    )
    return desk.server.make_project(draft)


def said(book: RuleBook, entries: Sequence[Entry], text: str) -> Results:
    """Return entries in the server's words."""
    return forms.to_results(book, STAGE, text, entries)


def _put(desk: Desk, book: RuleBook, project: int, listed: Sequence[Unit], texts: Mapping[ItemId, str]) -> int:
    drafts = (TaskDraft(each.key, texts[each.item]) for each in listed if each.item in texts)
    return desk.server.publish(project, drafts, partial(said, book))


def _record(
    desk: Desk, order: Order, sample: SampleFact, listed: Sequence[Unit], projects: Sequence[tuple[int, int]]
) -> None:
    plan = order.plan
    event = BatchPublished(
        kind=plan.kind,
        modality="text",
        rule_book=plan.rule_book,
        sample=sample.seq,
        units=len(listed),
        overlap=plan.overlap,
        double_units=len(listed) if plan.overlap > 1 else 0,
        gold_units=0,
        planned_seconds=plan.planned_seconds,
        deadline=plan.deadline.isoformat(),
        people=plan.duties,
        projects=tuple((INSPECT, number) for number, _ in projects),
        tasks=desk.workspace.evidence.put_bytes(units.write(listed)),
        gate=desk.gate_in_force(),
        caps=tuple(cap for _, cap in projects),
        plan=desk.workspace.evidence.put_bytes(order.body),
    )
    record(desk, plan.id, event)
