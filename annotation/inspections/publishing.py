"""Publishing a drawn sample to inspectors (发布抽检): one project for the first judgement, one for third people.

As with any batch every step may be repeated; which items are judged was decided when the sample was drawn. Raw text
goes to a server with the gate alone, where each access is told, and nobody is given a hint of what was found in it.
The ledger and the gate learn of the batch before any text is there: so whatever breaks off, its end deletes them all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
from rules.annotation.batches import INSPECT, INSPECTION, PI_CHECK
from rules.annotation.book_records import RuleBook
from rules.samples import SampleFact

STAGE = "inspect"
_TITLES = {INSPECTION: "抽检", PI_CHECK: "个人信息核查"}
_THIRD = 0
"""Group of the project for third people; other groups are numbers of people."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of an item as inspectors see it.

    Attributes:
        text: Stripped, but for the check of personal information.
        found: Of a raw text, the stretches that stripping takes out: start, end, type; in code points.
    """

    text: str = field(repr=False)
    found: tuple[tuple[int, int, str], ...] = ()


Shows = Callable[[], Mapping[ItemId, Shown]]
"""Returns the drawn items that can be shown; what cannot is not judged here, and stays without a verdict."""


def publish(desk: Desk, order: Order, sample: SampleFact, shows: Shows) -> Published:
    """Publish a sample, or go on with a publication that broke off.

    Args:
        desk: Where.
        order: The plan of the batch.
        sample: The sample that it names.
        shows: Reads the texts, once it is certain that these people may see them.

    Raises:
        GovernanceError: A program judges the sample, it has all its verdicts, is drawn for another kind of batch, or
            lies in a batch that has not ended; the plan's people may not do it; the id belongs to another plan; the
            server does not answer, or has no gate and would be given raw text.

    Clause:
        R-027, R-032, R-070, AR-2, AR-3
    """
    plan = order.plan
    book = _book(desk, plan)
    if book.is_internal:
        _demand_gate(desk)
    known = next((each for each in desk.facts().batches if each.id == plan.id), None)
    if known is not None:
        demand_same(known, order)
        with desk.workspace.evidence.open(Digest(known.tasks)) as stored:
            listed: Sequence[Unit] = units.read(stored.read())
        opening.open_as_recorded(desk)
        put = _put(desk, book, known.projects[0].number, listed, shows())
        return Published(known, put, is_new=False)
    _demand_open(desk, plan, sample)
    staffing.demand_staff(plan, book, standing(desk.facts()), desk.workspace.ledger.now())
    texts = shows()
    listed = _listed(desk, plan, texts)
    groups = [plan.overlap, _THIRD] if plan.overlap > 1 else [plan.overlap]
    projects = [(_project(desk, plan, book, group), group or 1) for group in groups]
    _record(desk, order, sample, listed, projects)
    opening.open_as_recorded(desk)
    put = _put(desk, book, projects[0][0], listed, texts)
    return Published(desk.batch(plan.id), put, is_new=True)


def _book(desk: Desk, plan: BatchPlan) -> RuleBook:
    book = desk.released(plan.rule_book)
    if STAGE not in book.stages or book.kind != plan.kind:
        raise GovernanceError(
            f"{book.name} is no rule book for this kind of batch.",
            code="annotation.book-of-another-kind",
            remedy=f"Name the released version of `{plan.kind}`.",
        )
    return book


def _demand_gate(desk: Desk) -> None:
    if not desk.gate_in_force():
        raise GovernanceError(
            "Raw text is shown by a server with the gate alone: on another one nobody could tell who saw it.",
            code="annotation.raw-text-without-gate",
            remedy="Start the server with `yuliao annotate server start`.",
        )


def _demand_open(desk: Desk, plan: BatchPlan, sample: SampleFact) -> None:
    if sample_plans.plan(sample.plan).is_raw != (plan.kind == PI_CHECK):
        raise GovernanceError(
            f"Sample {sample.seq} was drawn by the plan {sample.plan}, which is not judged by a {plan.kind} batch.",
            code="annotation.sample-of-another-kind",
            remedy=f"A {PI_CHECK} batch takes a sample of the plan {sample_plans.PI_CHECK}, and no other batch does.",
        )
    if sample_plans.plan(sample.plan).is_machine_judged or sample.is_closed:
        raise GovernanceError(
            f"Sample {sample.seq} needs nobody's verdict.",
            code="annotation.nothing-to-inspect",
            remedy="`yuliao sample list` shows the samples that are open; a program judges some by itself.",
        )
    for other in desk.facts().batches:
        if other.sample == sample.seq and other.end is None:
            raise GovernanceError(
                f"Sample {sample.seq} is being judged already, in the batch {other.id}.",
                code="annotation.sample-at-work",
                remedy=f"Collect that one; `yuliao annotate close {other.id} --void --reason REASON` gives it up.",
            )


def _listed(desk: Desk, plan: BatchPlan, texts: Mapping[ItemId, Shown]) -> tuple[Unit, ...]:
    if not texts:
        raise GovernanceError(
            "No item of this sample has a text that could be shown.",
            code="annotation.no-text",
            remedy="Put the source's files back where they were taken in from, and take them in again where rules "
            "changed since; then publish it again.",
        )
    named = {task_key(desk.workspace, plan.id, item): item for item in texts}
    return tuple(
        Unit(key, item, desk.text_digest(texts[item].text), WORK, plan.overlap, texts[item].found)
        for key, item in sorted(named.items())
    )


def _project(desk: Desk, plan: BatchPlan, book: RuleBook, group: int) -> int:
    draft = ProjectDraft(
        key=project_key(desk.workspace, plan.id, INSPECT, group),
        title=f"{plan.id} {_TITLES[plan.kind] if group else '第三人复判'}",
        form=forms.form(book, STAGE),
        instruction=desk.instruction(book, STAGE),
        overlap=group or 1,
    )
    return desk.server.make_project(draft)


def said(book: RuleBook, entries: Sequence[Entry], text: str) -> Results:
    """Return entries in the server's words."""
    return forms.to_results(book, STAGE, text, entries)


def _put(desk: Desk, book: RuleBook, project: int, listed: Sequence[Unit], texts: Mapping[ItemId, Shown]) -> int:
    drafts = (TaskDraft(each.key, texts[each.item].text) for each in listed if each.item in texts)
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
