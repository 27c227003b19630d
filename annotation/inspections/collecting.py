"""Collecting a sample from its inspectors (收回抽检): every rule is held again, then answers become verdicts.

What was marked in raw text is held against what stripping takes out, and who was shown which of it is recorded. Where
two judged an item differently a task for a third person is put into the server; the next collection reads it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from annotation.batches import answers, enforcement, judging
from annotation.batches.answers import Collection as Answers
from annotation.batches.collect import Collected, collect
from annotation.batches.desk import Desk, standing
from annotation.batches.enforcement import Asked, Expected, Judged
from annotation.batches.judging import Tables
from annotation.batches.keys import task_key
from annotation.batches.mirror import Mirror
from annotation.batches.works import Work
from annotation.inspections import accesses, missed
from annotation.inspections.publishing import STAGE, said
from annotation.inspections.verdicts import Reading, as_chosen, decisive, is_disputed, verdicts
from annotation.port import Answer, TaskDraft
from corpus.samples.verdict_files import Verdict
from provenance.events import PersonalInformationChecked
from provenance.ids import ItemId
from rules.annotation.batches import INSPECT, PI_CHECK, BatchFact

Texts = Callable[[Collection[ItemId]], Mapping[ItemId, str]]
"""Returns the texts of items as they were shown, those that can still be had."""


@dataclass(frozen=True)
class Inspected:
    """A batch after a collection, the verdicts that are final, and how many tasks were put to third people now."""

    collected: Collected
    verdicts: Mapping[ItemId, Verdict]
    thirds_put: int


def inspect(desk: Desk, name: str, lengths: Mapping[ItemId, int], texts: Texts) -> Inspected:
    """Collect what inspectors said of a sample.

    Args:
        desk: Where.
        name: Id of the batch.
        lengths: Code points of the text of each item drawn; one that is not named was withdrawn.
        texts: Where two differ, the texts for whoever decides.

    Raises:
        GovernanceError: As for :func:`annotation.batches.collect.collect`.

    Clause:
        R-027, R-032, R-070, AR-2, AR-3
    """

    def judge(desk: Desk, batch: BatchFact, held: Mirror, tables: Tables, settled: int) -> Answers:
        return judged(desk, batch, judging.works_of(desk, batch, held, tables, settled), held, lengths)

    found = collect(desk, name, judge)
    batch, given, read = found.batch, found.found.by_task(), reading_of(found.batch)
    listed = answers.units_of(desk, batch)
    items = {_third(desk, batch, unit.item): unit.item for unit in listed.values()}
    thirds = {items[each.task]: each for each in found.found.checks}
    decided = decisive(listed, given, thirds, read)
    if batch.kind == PI_CHECK:
        accesses.record(desk, batch)
        _record(desk, batch, missed.counted(decided, batch.sample, batch.answers))
        _take_away(desk, batch, [unit.item for unit in listed.values() if unit.item not in lengths])
    put = 0
    if batch.end is None and len(batch.projects) > 1:
        disputed = {
            unit.item: tuple(sorted(each.person for each in given[key]))
            for key, unit in listed.items()
            if is_disputed(unit, given.get(key, ()), read)
        }
        put = _put_thirds(desk, batch, disputed, texts)
    return Inspected(found, verdicts(decided, read), put)


def reading_of(batch: BatchFact) -> Reading:
    """Return how answers of a kind of batch are read as verdicts."""
    return missed.as_covered if batch.kind == PI_CHECK else as_chosen


def _take_away(desk: Desk, batch: BatchFact, items: Sequence[ItemId]) -> None:
    """Delete in the server the raw texts of items that were withdrawn since; they do not wait for the batch's end."""
    if batch.end is None and items:
        wanted = {task_key(desk.workspace, batch.id, item) for item in items}
        wanted |= {_third(desk, batch, item) for item in items}
        for project in batch.projects:
            there = desk.server.tasks(project.number)
            if numbers := sorted(there[key] for key in wanted & there.keys()):
                desk.server.delete_tasks(project.number, numbers)


def _put_thirds(desk: Desk, batch: BatchFact, disputed: Mapping[ItemId, tuple[str, ...]], texts: Texts) -> int:
    """Put what two differ on into the project for third people, with who may not be one; return how many are new."""
    project = batch.projects[1].number
    there = desk.server.tasks(project) if disputed else {}
    new = [item for item in disputed if _third(desk, batch, item) not in there]
    drafts = (
        TaskDraft(_third(desk, batch, item), text, source_annotators=disputed[item])
        for item, text in sorted(texts(new).items())
    )
    return desk.server.publish(project, drafts, partial(said, desk.released(batch.rule_book))) if new else 0


def _record(desk: Desk, batch: BatchFact, counts: PersonalInformationChecked) -> None:
    """Record what was missed, once for the same answers, and nothing before anything was judged."""
    before = list(desk.workspace.ledger.entries(kinds=("PersonalInformationChecked",), subject=batch.id))
    if counts.items and (not before or before[-1].event != counts):
        desk.workspace.ledger.record(actor=desk.actor, subject=batch.id, event=counts)


def judged(
    desk: Desk,
    batch: BatchFact,
    works: tuple[list[Work], Mapping[int, str]],
    held: Mirror,
    lengths: Mapping[ItemId, int],
) -> Answers:
    """Hold every rule against every judgement: the first ones, then those of third people.

    Args:
        desk: Where.
        batch: The batch.
        works: Every annotation of it, and what is known to be wrong with some.
        held: The copy of the outbox.
        lengths: Code points of the text of each item.
    """
    everything, known = works
    listed = answers.units_of(desk, batch)
    asked = {key: Asked(each.text, lengths.get(each.item, 0), each.people) for key, each in listed.items()}
    first = _judge(desk, batch, 0, everything, known, asked)
    by_task: dict[str, list[Answer]] = {}
    for each in first.answers:
        by_task.setdefault(each.task, []).append(each)
    read = reading_of(batch)
    disputed = {key: its for key, its in by_task.items() if is_disputed(listed[key], its, read)}
    thirds = {
        _third(desk, batch, listed[key].item): Asked(
            listed[key].text, asked[key].length, 1, frozenset(each.person for each in its)
        )
        for key, its in disputed.items()
    }
    second = _judge(desk, batch, 1, everything, known, thirds) if len(batch.projects) > 1 else Judged()
    lost = tuple(judging.lost(batch, held, everything))
    return Answers(tuple(first.answers), tuple(second.answers), (*first.kept_out, *second.kept_out, *lost))


def _judge(
    desk: Desk,
    batch: BatchFact,
    place: int,
    everything: Iterable[Work],
    known: Mapping[int, str],
    asked: Mapping[str, Asked],
) -> Judged:
    number = batch.projects[place].number
    mine = [each for each in everything if each.project == number]
    expected = Expected(
        function=INSPECT,
        stage=STAGE,
        book=desk.released(batch.rule_book),
        tasks=asked,
        staff=frozenset(batch.people.get(INSPECT, ())),
        people=standing(desk.facts()),
        is_told=batch.is_enforced,
        outdated=frozenset(each.key for each in mine) - asked.keys() if place else frozenset(),
    )
    return enforcement.judge(mine, expected, known)


def _third(desk: Desk, batch: BatchFact, item: ItemId) -> str:
    return task_key(desk.workspace, batch.id, item, "third")
