"""What reviewers and inspectors decided (审核、抽检结论): which answers are checked, and what becomes of each item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotation.batches.answers import Collection
from annotation.batches.keys import task_key
from annotation.batches.labels import plain_entries
from annotation.batches.units import WORK, Unit
from annotation.port import Answer
from corpus.samples import seeds
from corpus.samples.sampling import Draw
from corpus.samples.seeds import Seed
from corpus.workspace import Workspace
from provenance.canonical import encode
from provenance.ids import ItemId, digest
from rules.annotation.batches import FUNCTIONAL, BatchFact
from rules.catalog import Catalog

APPROVE, INACCURATE, ILLEGAL, OPEN = "approve", "inaccurate", "illegal", "open"
_FOUND = ("illegal", "yes")
"""Control and value by which an annotator of a functional batch reports illegal content."""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer that is to be checked: the key of the task that shows it, its item, and the answer itself."""

    key: str
    item: ItemId
    answer: Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided of one item; ``answer`` is the approved one that becomes its label."""

    item: ItemId
    decision: str
    answer: Answer | None = None
    approvers: tuple[str, ...] = ()


def spot_size(items: int, catalog: Catalog) -> int:
    """Return how many items of a functional batch are drawn for its spot check.

    Clause:
        R-038, AR-7, H-206
    """
    share = -(-items * catalog.house.integer("functional_check_percent") // 100)
    return min(items, max(share, catalog.house.integer("functional_check_min")))


def spot_seed(workspace: Workspace, batch: str, actor: str) -> Seed:
    """Return the seed of a batch's spot check, which is committed to when the batch is published, and found again."""
    return seeds.commit(workspace, f"spot-check:{batch}", subject=batch, actor=actor)


def to_check(
    workspace: Workspace, batch: BatchFact, listed: Mapping[str, Unit], found: Collection, drawn: frozenset[ItemId]
) -> tuple[Check, ...]:
    """Return the answers that are to be checked, in the order of their tasks' keys.

    Of a safety batch those are all. Of a functional batch those of the items drawn, of items that an annotator
    reports to hold illegal content, and of items about which annotators disagree.

    Args:
        workspace: Keys the tasks.
        batch: The batch.
        listed: Its task list, by key.
        found: What was collected of it.
        drawn: The items of the spot check.

    Clause:
        R-038, R-039
    """
    wanted = []
    for key, answers in found.by_task().items():
        unit = listed[key]
        is_due = batch.kind != FUNCTIONAL or unit.item in drawn or _needs_look(answers)
        if unit.purpose == WORK and is_due:
            wanted += [Check(_key(workspace, batch, unit.item, each), unit.item, each) for each in answers]
    return tuple(sorted(wanted, key=lambda each: each.key))


def drawn_for_check(listed: Iterable[Unit], seed: bytes, size: int) -> frozenset[ItemId]:
    """Return the items of the spot check: those whose keyed digests are the smallest."""
    draw = Draw(seed, size)
    draw.add(each.item.encode() for each in listed if each.purpose == WORK)
    return frozenset(draw.items())


def outcomes(
    batch: BatchFact, checks: Iterable[Check], decisions: Iterable[Answer], *, approvals: int
) -> Mapping[ItemId, Outcome]:
    """Return what was decided of each item that is to be checked.

    An item is decided once all its answers are. Illegal content found in one of a functional batch decides the item;
    else one approved answer is its label, unless others were approved that say something else.

    Args:
        batch: The batch.
        checks: The answers to be checked.
        decisions: What was decided of them.
        approvals: People whose approval an answer needs.

    Clause:
        R-038, R-039, AR-6, AR-9
    """
    said: dict[str, list[Answer]] = {}
    for each in decisions:
        said.setdefault(each.task, []).append(each)
    by_item: dict[ItemId, list[tuple[str, Check, tuple[str, ...]]]] = {}
    for check in checks:
        mine = said.get(check.key, [])
        decision = _decided(batch, check.answer, mine, approvals)
        approvers = tuple(sorted(each.person for each in mine if each.values("decision") == (APPROVE,)))
        by_item.setdefault(check.item, []).append((decision, check, approvers))
    return {item: _of_item(item, its) for item, its in sorted(by_item.items())}


def _of_item(item: ItemId, its: list[tuple[str, Check, tuple[str, ...]]]) -> Outcome:
    words = {decision for decision, _, _ in its}
    approved = [(check.answer, approvers) for decision, check, approvers in its if decision == APPROVE]
    if ILLEGAL in words:
        return Outcome(item, ILLEGAL)
    if OPEN in words:
        return Outcome(item, OPEN)
    if not approved or len({_meaning(answer) for answer, _ in approved}) > 1:
        return Outcome(item, INACCURATE)
    answer, approvers = min(approved, key=lambda each: (each[0].submitted_at, each[0].annotation))
    return Outcome(item, APPROVE, answer, approvers)


def _decided(batch: BatchFact, answer: Answer, mine: list[Answer], approvals: int) -> str:
    words = [value for each in mine for value in each.values("decision")]
    is_functional = batch.kind == FUNCTIONAL
    if is_functional and (ILLEGAL in words or (APPROVE in words and _FOUND[1] in answer.values(_FOUND[0]))):
        return ILLEGAL
    if INACCURATE in words or ILLEGAL in words:
        return INACCURATE
    return APPROVE if words.count(APPROVE) >= approvals else OPEN


def _needs_look(answers: tuple[Answer, ...]) -> bool:
    control, value = _FOUND
    is_reported = any(value in each.values(control) for each in answers)
    return is_reported or len({_meaning(each) for each in answers}) > 1


def _meaning(answer: Answer) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Return what an answer says of its item, apart from where exactly, and in which words."""
    controls = {each.control for each in answer.entries if each.values and each.start < 0}
    return frozenset((control, tuple(sorted(answer.values(control)))) for control in controls)


def _key(workspace: Workspace, batch: BatchFact, item: ItemId, answer: Answer) -> str:
    """Return the key of the task that shows an answer; an answer that was changed is shown by another task."""
    content = digest(encode(plain_entries(answer.entries)))
    return task_key(workspace, batch.id, item, "check", str(answer.annotation), content)
