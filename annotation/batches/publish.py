"""Publishing a batch (发布批次): tasks with hints go to the server, the ledger learns of it, only then may one work.

Every step may be repeated: items are drawn with a seed that is found again, projects and tasks are made once by their
keys, what a broken-off earlier run put there and is not wanted is taken away, and the event is recorded once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from annotation import forms
from annotation.batches import decisions, opening, origins, staffing, units
from annotation.batches.desk import Desk, standing
from annotation.batches.keys import project_key, task_key
from annotation.batches.origins import Chosen
from annotation.batches.plans import CHECKS, BatchPlan, Order
from annotation.batches.units import GOLD, WORK, Unit
from annotation.port import Entry, ProjectDraft, Results, TaskDraft
from corpus.tracing import released
from provenance.errors import GovernanceError
from provenance.events import BatchPublished
from provenance.ids import Digest, ItemId
from rules.annotation.batches import ANNOTATE, FUNCTIONAL, REVIEW, SAFETY, BatchFact
from rules.annotation.book_records import RuleBook

HINT = ("span", "suspect")
"""Control and label of a hint (预标注) in a safety form: here a keyword of the library was found."""
Place = tuple[str, int, int]
"""A project: its function, its number in the server, and how many people annotate one of its items."""
_TITLES = {"annotate": "标注", "review": "审核", "inspect": "抽检"}


@dataclass(frozen=True)
class Published:
    """A batch that is published, how many tasks were put there now, and whether it is new to the ledger."""

    batch: BatchFact
    tasks_put: int
    is_new: bool


def publish(desk: Desk, order: Order) -> Published:
    """Publish a batch, or go on with one whose publication broke off.

    Args:
        desk: Where.
        order: The plan, with its gold answers.

    Raises:
        GovernanceError: The plan cannot be carried out, the id belongs to another plan, the batch has ended, or the
            server does not answer; then the same command goes on later.

    Clause:
        R-032, R-033, AR-1, AR-2, AR-10
    """
    plan = order.plan
    known = next((each for each in desk.facts().batches if each.id == plan.id), None)
    if known is None:
        return _anew(desk, order)
    demand_same(known, order)
    listed = units.read(_stored(desk, known.tasks))
    projects = [(each.function, each.number, each.cap) for each in known.projects]
    put = _put(desk, _book(desk, plan), projects, listed)
    opening.open_as_recorded(desk)
    return Published(known, put, is_new=False)


def _anew(desk: Desk, order: Order) -> Published:
    plan = order.plan
    book = _book(desk, plan)
    staffing.demand_staff(plan, book, standing(desk.facts()), desk.workspace.ledger.now())
    chosen = origins.choose(desk, plan)
    listed = _listed(desk, order, chosen)
    projects = _projects(desk, plan, book, listed)
    put = _put(desk, book, projects, listed)
    _record(desk, order, chosen, listed, projects)
    opening.open_as_recorded(desk)
    return Published(desk.batch(plan.id), put, is_new=True)


def demand_same(known: BatchFact, order: Order) -> None:
    """Refuse an id that belongs to another plan, or to a batch that ended.

    Raises:
        GovernanceError: It does.
    """
    if known.plan != order.digest:
        raise GovernanceError(
            f"The batch {known.id} was published with another plan.",
            code="annotation.batch-of-another-plan",
            remedy="Give this plan an id of its own; a published batch is never changed.",
        )
    if known.end is not None:
        raise GovernanceError(
            f"The batch {known.id} has ended ({known.outcome}).",
            code="annotation.batch-ended",
            remedy="Plan a new batch.",
        )


def _book(desk: Desk, plan: BatchPlan) -> RuleBook:
    book = desk.released(plan.rule_book)
    if book.kind != plan.kind:
        raise GovernanceError(
            f"{book.name} is a rule book for {book.kind} annotation, and the plan is for a {plan.kind} batch.",
            code="annotation.book-of-another-kind",
            remedy="Name the rule book of this kind; functional and safety annotation have separate ones.",
        )
    return book


def _listed(desk: Desk, order: Order, chosen: Chosen) -> tuple[Unit, ...]:
    plan, items = order.plan, tuple(dict.fromkeys((*order.gold, *chosen.items)))
    texts = origins.texts_of(desk, items)
    share = plan.double_percent
    if share is None:
        share = desk.catalog.house.integer("double_annotation_percent")
    doubled = -(-len(items) * share // 100) if plan.overlap > 1 else 0
    named = {task_key(desk.workspace, plan.id, item): item for item in items}
    people = units.people_by_key(named, overlap=plan.overlap, doubled=doubled)
    return tuple(
        Unit(key, item, desk.text_digest(texts[item]), GOLD if item in order.gold else WORK, people[key])
        for key, item in sorted(named.items())
    )


def _projects(desk: Desk, plan: BatchPlan, book: RuleBook, listed: tuple[Unit, ...]) -> list[Place]:
    """Make the projects: one for each number of annotators that an item has, and one for the check."""
    checkers = desk.catalog.required("safety_items_reviewers_min", desk.profile) if plan.kind == SAFETY else 1
    wanted = [(ANNOTATE, people) for people in sorted({each.people for each in listed})]
    wanted.append((CHECKS[plan.kind], checkers))
    made = []
    for place, (function, people) in enumerate(wanted):
        draft = ProjectDraft(
            key=project_key(desk.workspace, plan.id, function, people),
            title=f"{plan.id} {_TITLES[function]} {place + 1}",
            form=forms.form(book, stage_of(function)),
            instruction=desk.instruction(book, stage_of(function)),
            overlap=people,
        )
        made.append((function, desk.server.make_project(draft), people))
    return made


def _put(desk: Desk, book: RuleBook, projects: list[Place], listed: tuple[Unit, ...]) -> int:
    """Put the tasks into their projects; take away what an earlier run with other items left there."""
    items = [each.item for each in listed]
    texts, hints = origins.texts_of(desk, items), _hints(desk, book, items)
    put = 0
    for function, number, people in projects:
        if function != ANNOTATE:
            continue
        mine = [each for each in listed if each.people == people]
        there = desk.server.tasks(number)
        if stray := sorted(there[key] for key in there.keys() - {each.key for each in mine}):
            desk.server.delete_tasks(number, stray)
        drafts = (TaskDraft(each.key, texts[each.item], hints=hints.get(each.item, ())) for each in mine)
        put += desk.server.publish(number, drafts, partial(_said, book))
    return put


def stage_of(function: str) -> str:
    """Return the stage of a rule book that people of a function work by; a spot check is a review."""
    return ANNOTATE if function == ANNOTATE else REVIEW


def _said(book: RuleBook, entries: Sequence[Entry], text: str) -> Results:
    return forms.to_results(book, ANNOTATE, text, entries)


def _stored(desk: Desk, name: str) -> bytes:
    with desk.workspace.evidence.open(Digest(name)) as stored:
        return stored.read()


def _hints(desk: Desk, book: RuleBook, items: list[ItemId]) -> dict[ItemId, tuple[Entry, ...]]:
    if book.kind != SAFETY:
        return {}
    rows = released.rows(desk.workspace, items)
    return {item: tuple(_places(row["risk"])) for item, row in rows.items()}


def _places(spans: list[dict[str, int]]) -> Iterator[Entry]:
    control, label = HINT
    for start, end in sorted({(each["start"], each["end"]) for each in spans}):
        yield Entry(control, (label,), start, end)


def _record(desk: Desk, order: Order, chosen: Chosen, listed: tuple[Unit, ...], projects: list[Place]) -> None:
    plan, evidence = order.plan, desk.workspace.evidence
    if plan.kind == FUNCTIONAL:
        decisions.spot_seed(desk.workspace, plan.id, desk.actor)  # before anybody has answered anything
    if order.gold:
        desk.stores.of(plan.kind).put_bytes(order.gold_body)
    event = BatchPublished(
        kind=plan.kind,
        modality="text",
        rule_book=plan.rule_book,
        sample=plan.items.sample,
        units=len(listed),
        overlap=plan.overlap,
        double_units=sum(each.people > 1 for each in listed),
        gold_units=sum(each.purpose == GOLD for each in listed),
        planned_seconds=plan.planned_seconds,
        deadline=plan.deadline.isoformat(),
        people=plan.duties,
        projects=tuple((function, number) for function, number, _ in projects),
        tasks=evidence.put_bytes(units.write(listed)),
        gate=desk.gate_in_force(),
        redoes=plan.redoes,
        caps=tuple(people for _, _, people in projects),
        plan=evidence.put_bytes(order.body),
        seed=chosen.seed,
        seed_event=chosen.seed_event,
        frame=chosen.frame,
        population=chosen.population,
    )
    record(desk, plan.id, event)


def record(desk: Desk, batch: str, event: BatchPublished) -> None:
    """Record that a batch was published, once.

    Raises:
        GovernanceError: Somebody else published it meanwhile.
    """
    with desk.workspace.database.transaction() as session:
        entry = desk.workspace.ledger.append(session, actor=desk.actor, subject=batch, event=event)
        earlier = desk.workspace.ledger.entries(kinds=("BatchPublished",), subject=batch, upto=entry.seq - 1)
        if next(earlier, None) is not None:
            raise GovernanceError(
                f"Somebody else has just published the batch {batch}.",
                code="annotation.published-meanwhile",
                remedy="Run the same command again.",
            )
