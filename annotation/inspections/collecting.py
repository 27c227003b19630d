"""Collecting a sample from its inspectors (收回抽检): every rule is held again, then answers become verdicts.

Where two judged an item differently a task for a third person is put into the server; the next collection reads it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from annotation.batches import answers, enforcement, judging
from annotation.batches.answers import Collection
from annotation.batches.collect import Collected, collect
from annotation.batches.desk import Desk, standing
from annotation.batches.enforcement import Asked, Expected, Judged
from annotation.batches.judging import Tables
from annotation.batches.keys import task_key
from annotation.batches.mirror import Mirror
from annotation.batches.works import Work
from annotation.inspections.publishing import STAGE, said
from annotation.inspections.verdicts import is_disputed, verdicts
from annotation.port import Answer, TaskDraft
from corpus.samples.verdict_files import Verdict
from provenance.ids import ItemId
from rules.annotation.batches import INSPECT, BatchFact

Texts = Mapping[ItemId, str]


@dataclass(frozen=True)
class Inspected:
    """A batch after a collection, the verdicts that are final, and how many tasks were put to third people now."""

    collected: Collected
    verdicts: Mapping[ItemId, Verdict]
    thirds_put: int


def inspect(desk: Desk, name: str, texts: Texts) -> Inspected:
    """Collect what inspectors said of a sample.

    Args:
        desk: Where.
        name: Id of the batch.
        texts: Stripped texts of the items drawn, for whoever decides where two differ.

    Raises:
        GovernanceError: As for :func:`annotation.batches.collect.collect`.

    Clause:
        R-032, R-070, AR-2, AR-3
    """
    lengths = {item: len(text) for item, text in texts.items()}

    def judge(desk: Desk, batch: BatchFact, held: Mirror, tables: Tables, settled: int) -> Collection:
        return judged(desk, batch, judging.works_of(desk, batch, held, tables, settled), held, lengths)

    found = collect(desk, name, judge)
    listed = answers.units_of(desk, found.batch)
    given = found.found.by_task()
    items = {_third(desk, found.batch, unit.item): unit.item for unit in listed.values()}
    thirds = {items[each.task]: each for each in found.found.checks}
    put = 0
    if found.batch.end is None and len(found.batch.projects) > 1:
        open_ones = [
            TaskDraft(
                _third(desk, found.batch, unit.item),
                texts[unit.item],
                source_annotators=tuple(sorted(each.person for each in given[key])),
            )
            for key, unit in listed.items()
            if is_disputed(unit, given.get(key, ())) and unit.item in texts
        ]
        book = desk.released(found.batch.rule_book)
        put = desk.server.publish(found.batch.projects[1].number, open_ones, partial(said, book))
    return Inspected(found, verdicts(listed, given, thirds), put)


def judged(
    desk: Desk,
    batch: BatchFact,
    works: tuple[list[Work], Mapping[int, str]],
    held: Mirror,
    lengths: Mapping[ItemId, int],
) -> Collection:
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
    disputed = {key: its for key, its in by_task.items() if is_disputed(listed[key], its)}
    thirds = {
        _third(desk, batch, listed[key].item): Asked(
            listed[key].text, asked[key].length, 1, frozenset(each.person for each in its)
        )
        for key, its in disputed.items()
    }
    second = _judge(desk, batch, 1, everything, known, thirds) if len(batch.projects) > 1 else Judged()
    lost = tuple(judging.lost(batch, held, everything))
    return Collection(tuple(first.answers), tuple(second.answers), (*first.kept_out, *second.kept_out, *lost))


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
