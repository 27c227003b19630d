"""Everything that is known of a batch's annotations, judged: by outbox, table, copy, plan, register and rule book."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotation.batches import answers, decisions, enforcement, works
from annotation.batches.answers import Collection
from annotation.batches.desk import Desk, standing
from annotation.batches.enforcement import Asked, Expected, Judged, KeptOut
from annotation.batches.mirror import Mirror
from annotation.batches.publish import stage_of
from annotation.batches.units import WORK, Unit
from annotation.batches.works import Work
from annotation.outside import outside
from annotation.port import Stored
from annotation.server.accounts import account_of
from corpus.tracing import released
from provenance.ids import ItemId
from rules.annotation.batches import ANNOTATE, FUNCTIONAL, BatchFact


@dataclass
class Tables:
    """What the server's own tables held, and which projects are gone."""

    keys: dict[int, str] = field(default_factory=dict)
    """Our keys, by number of the task."""
    stored: dict[int, list[Stored]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)


def judged(desk: Desk, batch: BatchFact, held: Mirror, tables: Tables, settled: int) -> Collection:
    """Hold every rule against every annotation of a batch, those of its checks included.

    Args:
        desk: Where.
        batch: The batch.
        held: The copy of the outbox.
        tables: What the server's tables hold.
        settled: Row up to which the outbox was read before the tables were.
    """
    items = [each.item for each in answers.units_of(desk, batch).values()]
    lengths = {item: len(text) for item, text in released.stored(desk.workspace, items).items()}
    everything, known = works_of(desk, batch, held, tables, settled)
    return of_works(desk, batch, held, everything, known, lengths)


def of_works(
    desk: Desk,
    batch: BatchFact,
    held: Mirror,
    everything: list[Work],
    known: Mapping[int, str],
    lengths: Mapping[ItemId, int],
) -> Collection:
    """Judge all annotations of a batch: the answers first, then the decisions about those that count.

    Args:
        desk: Where.
        batch: The batch.
        held: The copy of the outbox.
        everything: Its annotations.
        known: What is known to be wrong with some, by number.
        lengths: Code points of the text of each item.
    """
    listed = answers.units_of(desk, batch)
    asked = {key: Asked(each.text, lengths.get(each.item, 0), each.people) for key, each in listed.items()}
    first = _judge(desk, batch, everything, known, ANNOTATE, asked)
    found = Collection(tuple(first.answers), (), (*first.kept_out, *lost(batch, held, everything)))
    checks = {each.key: each for each in checks_of(desk, batch, listed, found)}
    cap = next((each.cap for each in batch.projects if each.function != ANNOTATE), 1)
    authors = {task: frozenset(each.person for each in its) for task, its in found.by_task().items()}
    shown = {
        key: Asked(listed[each.answer.task].text, lengths.get(each.item, 0), cap, authors[each.answer.task])
        for key, each in checks.items()
    }
    function = next((each.function for each in batch.projects if each.function != ANNOTATE), "")
    second = _judge(desk, batch, everything, known, function, shown) if function else Judged()
    return Collection(found.answers, tuple(second.answers), (*found.kept_out, *second.kept_out))


def checks_of(
    desk: Desk, batch: BatchFact, listed: Mapping[str, Unit], found: Collection
) -> tuple[decisions.Check, ...]:
    """Return the answers of a batch that are to be checked."""
    drawn = frozenset[ItemId]()
    if batch.kind == FUNCTIONAL:
        seed = decisions.spot_seed(desk.workspace, batch.id, desk.actor)
        size = decisions.spot_size(sum(each.purpose == WORK for each in listed.values()), desk.catalog)
        drawn = decisions.drawn_for_check(listed.values(), seed.value, size)
    return decisions.to_check(desk.workspace, batch, listed, found, drawn)


def units_done(listed: Mapping[str, Unit], found: Collection) -> int:
    """Return how many items have as many answers as the plan asks for."""
    given = found.by_task()
    return sum(len(given.get(key, ())) >= each.people for key, each in listed.items())


def kept_out(found: Collection) -> Iterator[tuple[str, int]]:
    """Yield how many annotations were kept out, by reason."""
    reasons = [each.reason for each in found.kept_out]
    yield from ((reason, reasons.count(reason)) for reason in sorted(set(reasons)))


def works_of(
    desk: Desk, batch: BatchFact, held: Mirror, tables: Tables, settled: int
) -> tuple[list[Work], dict[int, str]]:
    """Return every annotation of a batch, with what is known to be wrong with some by comparing who tells of them."""
    mine = {each.number for each in batch.projects}
    accounts = {each.person: account_of(each.person) for each in desk.facts().people}
    accounts |= {each.person: account.lower() for account, each in desk.policy_people.items()}
    people = {account: person for person, account in accounts.items()}
    found: dict[int, Work] = {}
    known: dict[int, str] = {}
    for number, table in sorted(tables.stored.items()):
        known |= {each.annotation: "personal-text" for each in table if any(map(desk.scan, each.written))}
        found |= {each.annotation: each for each in works.of_table(number, table, tables.keys, people)}
    if batch.is_enforced:
        for number, table in sorted(tables.stored.items()):
            wrong = outside(held.rows, table, number, settled, lambda person: accounts.get(person, ""))
            known |= dict(wrong)
        there = {number: each for number, each in works.of_rows(held.rows).items() if each.project in mine}
        known |= {number: "rewritten" for number, each in there.items() if each.seq in held.rewritten}
        found |= there
    known |= {number: "project-gone" for number, each in found.items() if each.project in tables.gone}
    return list(found.values()), known


def lost(batch: BatchFact, held: Mirror, everything: Iterable[Work]) -> Iterator[KeptOut]:
    """Yield what the server lost when it was restored; it gives the numbers anew, so a number alone tells nothing."""
    functions = {each.number: each.function for each in batch.projects}
    there = {(each.annotation, each.person, each.submitted_at) for each in everything}
    for each in works.of_rows(held.lost).values():
        if each.project in functions and (each.annotation, each.person, each.submitted_at) not in there:
            yield KeptOut(each.annotation, each.key, each.person, functions[each.project], "restored")


def _judge(
    desk: Desk,
    batch: BatchFact,
    everything: list[Work],
    known: Mapping[int, str],
    function: str,
    asked: Mapping[str, Asked],
) -> Judged:
    projects = {each.number for each in batch.projects if each.function == function}
    mine = [each for each in everything if each.project in projects]
    expected = Expected(
        function=function,
        stage=stage_of(function),
        book=desk.released(batch.rule_book),
        tasks=asked,
        staff=frozenset(batch.people.get(function, ())),
        people=standing(desk.facts()),
        is_told=batch.is_enforced,
        outdated=frozenset(each.key for each in mine) - asked.keys() if function != ANNOTATE else frozenset(),
    )
    return enforcement.judge(mine, expected, known)
