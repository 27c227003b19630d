"""Random histories of people: nobody is qualified without training, examination and validity, whatever was recorded."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.clock import stamp
from provenance.events import ExamScored, QualificationChanged, TrainingHeld
from rules.annotation.personnel import ABILITIES, CONTENTS
from tests.fakes.staff import Staff, release

START = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
PEOPLE = ("p-1", "p-2")
BOOKS = ("safety@1", "safety@2", "functional@1")
COUNTS = st.tuples(st.integers(0, 10), st.integers(1, 10)).map(lambda pair: (min(pair), pair[1]))


@dataclass(frozen=True)
class Step:
    """Something that is recorded about somebody, so many hours after the step before."""

    kind: str
    person: str
    book: str
    hours: int
    contents: tuple[str, ...] = ()
    scores: tuple[tuple[str, int, int], ...] = ()
    days: int = 0
    back: int = 0
    lapses: bool = False


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Draw a step of any kind, sensible more often than not."""
    kind = draw(
        st.sampled_from(("train", "examine", "grant", "suspended", "restored", "cancelled", "release", "leave"))
    )
    contents = draw(st.one_of(st.just(CONTENTS), st.lists(st.sampled_from(CONTENTS), max_size=4).map(tuple)))
    abilities = draw(st.one_of(st.just(ABILITIES), st.lists(st.sampled_from(ABILITIES), max_size=4).map(tuple)))
    good = draw(st.booleans())
    scores = tuple((each, *((9, 10) if good else draw(COUNTS))) for each in dict.fromkeys(abilities))
    return Step(
        kind,
        draw(st.sampled_from(PEOPLE)),
        draw(st.sampled_from(BOOKS)),
        draw(st.integers(0, 40)),
        contents,
        scores,
        draw(st.integers(-2, 6)),
        draw(st.integers(0, 3)),
        draw(st.booleans()),
    )


QUALIFIED = (
    Step("train", "p-1", "safety@1", 1, contents=CONTENTS),
    Step("examine", "p-1", "safety@1", 1, scores=tuple((each, 9, 10) for each in ABILITIES)),
    Step("grant", "p-1", "safety@1", 1, days=6),
)
"""A beginning after which somebody is qualified."""
ALMOST = (
    replace(QUALIFIED[0], contents=CONTENTS[1:]),
    replace(QUALIFIED[0], book="functional@1"),
    replace(QUALIFIED[0], person="p-2"),
    replace(QUALIFIED[1], scores=QUALIFIED[1].scores[1:]),
    replace(QUALIFIED[1], scores=(("rules", 7, 10), *QUALIFIED[1].scores[1:])),
    replace(QUALIFIED[1], book="functional@1"),
    replace(QUALIFIED[1], person="p-2"),
    replace(QUALIFIED[2], days=0),
)
"""Its steps, each with one thing wrong."""


@st.composite
def histories(draw: st.DrawFn, most: int) -> list[Step]:
    """Draw histories: most begin well, or almost well, or with the right steps in another order."""
    begins = draw(st.sampled_from(("anyhow", "well", "almost", "shuffled")))
    first = [] if begins == "anyhow" else list(QUALIFIED)
    if begins == "almost":
        wrong = draw(st.sampled_from(ALMOST))
        first = [wrong if each.kind == wrong.kind else each for each in first]
    if begins == "shuffled":
        first = draw(st.permutations(first))
    return [*first, *draw(st.lists(steps(), max_size=most))]


@dataclass(frozen=True)
class Noted:
    """A step with the number and time of its entry."""

    seq: int
    at: str
    step: Step


def play(history: list[Step]) -> tuple[Staff, list[Noted]]:
    """Record a history as it comes, sensible or not; a grant rests on a recent entry, whatever that is."""
    staff, noted, now = Staff(), [], START
    for person in PEOPLE:
        staff.register(person)
    staff.say(release(1), "safety", stamp(START))
    versions = 1
    for step in history:
        now += dt.timedelta(hours=step.hours)
        at = stamp(now)
        size = len(staff.ledger.entries)
        match step.kind:
            case "train":
                event = TrainingHeld("2026-11-20", 60, step.contents, (step.book,), "p-9", (step.person,))
                seq = staff.say(event, f"t-{size}", at)
            case "examine":
                seq = staff.say(ExamScored(step.book, step.scores, 80, True, "", ""), step.person, at)
            case "grant":
                exams = [each.seq for each in noted if each.step.kind == "examine"]
                exam = exams[-1 - step.back % len(exams)] if exams else step.back
                until = stamp(now + dt.timedelta(days=step.days))
                event = QualificationChanged(step.book, "granted", stamp(START), until, exam, stamp(START))
                seq = staff.say(event, step.person, at)
            case "release":
                versions += 1
                seq = staff.say(release(versions, lapses=step.lapses), "safety", at)
            case "leave":
                seq = staff.register(step.person, is_active=False)
            case _:
                seq = staff.say(QualificationChanged(step.book, step.kind, reason="r"), step.person, at)
        noted.append(Noted(seq, at, step))
    return staff, noted


def trained(noted: list[Noted], person: str, before: int) -> bool:
    """Say, without the fold, whether training had all four contents before an entry, in whatever rules."""
    contents = {
        content
        for each in noted
        if each.step.kind == "train" and each.step.person == person and each.seq < before
        for content in each.step.contents
    }
    return contents >= set(CONTENTS)


def passed(noted: list[Noted], person: str, before: int) -> list[Noted]:
    """Return, without the fold, the examinations that reach 80 percent in each of the four abilities."""
    return [
        each
        for each in noted
        if each.step.kind == "examine"
        and each.step.person == person
        and each.seq < before
        and {ability for ability, _, _ in each.step.scores} == set(ABILITIES)
        and all(right * 5 >= asked * 4 for _, right, asked in each.step.scores)
    ]


def book_of(name: str) -> str:
    """Return a rule book without its version."""
    return name.partition("@")[0]


def test_the_good_beginning_qualifies() -> None:
    """The histories below are about something: after the good beginning somebody is qualified, for six days."""
    staff, noted = play(list(QUALIFIED))
    assert staff.person("p-1").is_qualified("safety@1", noted[-1].at)
    assert not staff.person("p-1").is_qualified("safety@1", stamp(START + dt.timedelta(days=7)))
    assert not staff.person("p-2").is_qualified("safety@1", noted[-1].at)


@pytest.mark.parametrize("wrong", ALMOST, ids=lambda step: step.kind)
def test_one_wrong_step_qualifies_nobody(wrong: Step) -> None:
    """Each of the good beginning's steps matters: with one of them wrong nobody is qualified at any hour."""
    staff, _ = play([wrong if each.kind == wrong.kind else each for each in QUALIFIED])
    hours = [stamp(START + dt.timedelta(hours=each)) for each in range(0, 200, 3)]
    assert not any(staff.person("p-1").is_qualified(BOOKS[0], hour) for hour in hours)


@given(histories(22), st.integers(0, 200))
def test_nobody_is_qualified_without_all_of_it(history: list[Step], later: int) -> None:
    """Who is qualified has a grant that is not over, a passed examination before it, and training before that."""
    staff, noted = play(history)
    moment = stamp(START + dt.timedelta(hours=later))
    for person in PEOPLE:
        for book in (*BOOKS, "safety@3"):
            if not staff.person(person).is_qualified(book, moment):
                continue
            grants = [
                each
                for each in noted
                if each.step.kind == "grant" and each.step.person == person and book_of(each.step.book) == book_of(book)
            ]
            assert any(
                grant.at <= moment < stamp(dt.datetime.fromisoformat(grant.at) + dt.timedelta(days=grant.step.days))
                and any(trained(noted, person, exam.seq) for exam in passed(noted, person, grant.seq))
                for grant in grants
            )
            ends = {"cancelled", "suspended"}
            last = [each for each in noted if each.step.kind in (*ends, "restored") and each.step.person == person]
            last = [each for each in last if each.step.book == book and each.at <= moment]
            if last and last[-1].step.kind in ends:
                assert any(grant.seq > last[-1].seq or grant.step.book != book for grant in grants)


@given(histories(22))
def test_a_lapse_ends_every_earlier_version(history: list[Step]) -> None:
    """After a version that lapses, nobody holds the book by a grant for an earlier version."""
    staff, noted = play(history)
    released = [each for each in noted if each.step.kind == "release"]
    lapsing = [version for version, each in enumerate(released, 2) if each.step.lapses]
    if not lapsing:
        return
    at = released[lapsing[0] - 2].at
    for person in PEOPLE:
        for held in staff.person(person).qualifications:
            name, _, version = held.rule_book.partition("@")
            if name == "safety" and int(version) < lapsing[0]:
                assert not any(held.is_current(f"safety@{each}", at) for each in range(1, len(released) + 2))


@given(histories(17), st.integers(0, 20))
def test_the_past_does_not_change(history: list[Step], cut: int) -> None:
    """What was true of a moment before an entry stays true of it whatever is recorded later."""
    cut = min(cut, len(history))
    before, noted = play(history[:cut])
    moment = noted[-1].at if noted else stamp(START)
    earlier = stamp(dt.datetime.fromisoformat(moment) - dt.timedelta(seconds=1))
    after, _ = play(history)
    for person in PEOPLE:
        for book in ("safety@1", "functional@1"):
            known = before.person(person).is_qualified(book, earlier)
            assert after.person(person).is_qualified(book, earlier) == known
