"""An examination through the port, on the fake server and on a real one, taken by somebody not qualified yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation import forms
from annotation.people import examination, examining, scoring
from annotation.people.examination import Exam
from annotation.people.hall import Hall
from annotation.port import Entry, TaskDraft
from annotation.server.accounts import account_of
from annotation.server.policy import Person, Project
from provenance.events import BatchPublished
from rules.annotation import books
from rules.annotation.personnel import ABILITIES
from tests.fakes.annotation_worlds import FakeWorld, RealWorld, World
from tests.fakes.office import Office, question
from tests.fakes.site import BOOKS, PEOPLE, Site

pytestmark = pytest.mark.contract

BOOK = books.load()["safety"]
PUPIL, OTHER = "p-none", "p-a1"
RISKY = question("risky", "risk", right={"verdict": ["risky"], "risk": ["A1a"]}, text="一段待判断的文字")
LETTER = [Entry("answer", ("B",))]
WORK = [Entry("verdict", ("risky",)), Entry("risk", ("A1a",)), Entry("reason", text="引文出处不明")]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose people have accounts."""
    made = Office.open(tmp_path)
    made.hire(PUPIL, OTHER)
    yield made
    made.workspace.database.close()


@pytest.fixture(params=["fake", pytest.param("sqlite", marks=pytest.mark.needs("label-studio"))])
def world(request: pytest.FixtureRequest) -> World:
    """A server with the gate."""
    return FakeWorld() if request.param == "fake" else RealWorld(request.getfixturevalue("gated"))


def let_in(site: Site, event: BatchPublished) -> int:
    """Open an examination to who is not qualified, and a project of annotation beside it; return its number."""
    people = {account_of(name): person for name, person in PEOPLE.items()}
    people[account_of(PUPIL)] = Person(PUPIL, ("annotate", "examine"))
    people[account_of(OTHER)] = Person(OTHER, ("annotate",))
    beside = site.project(book="safety-1")
    projects = {number: Project(function, "e-1", "safety@1", 2) for function, number in event.projects}
    projects[beside] = Project("annotate", "b-beside", "safety@1", 2)
    site.open(projects, people=people, rule_books={**BOOKS, "safety@1": forms.for_gate(BOOK)})
    return beside


def answer_on_form(world: World, project: int, draft: TaskDraft) -> None:
    """Answer a question on the rule book's own form, as its pupil."""
    if not isinstance(world, RealWorld):
        world.answer(project, draft.key, PUPIL, [Entry("verdict", ("有风险",)), *WORK[1:]])
        return
    task = world.server.tasks(project)[draft.key]
    assert world.site.call(PUPIL, "GET", f"/api/tasks/{task}/").is_accepted
    done = world.site.annotate(PUPIL, task, forms.to_results(BOOK, "annotate", draft.text, WORK))
    assert done.is_accepted, done


def test_an_exam_comes_before_the_qualification(office: Office, world: World) -> None:
    """Who has no qualification sits the examination and is scored from the gate's chain; nothing else opens."""
    hall = Hall(office.workspace, world.server, office.hall(FakeWorld().server).gold, "p-chief")
    questions = [*(question(f"q{place}", each) for place, each in enumerate(ABILITIES, 1)), RISKY]
    sheet = office.exam(people=[PUPIL, OTHER], questions=questions)
    assert examining.publish(hall, sheet, BOOK) == 5
    assert examining.publish(hall, sheet, BOOK) == 0
    (entry,) = office.workspace.ledger.entries(kinds=("BatchPublished",))
    assert isinstance(entry.event, BatchPublished)
    (_, letters), (_, work) = entry.event.projects
    exam, beside = Exam(sheet, office.workspace.item_key), 0
    site = world.site if isinstance(world, RealWorld) else None
    kept = site.policy if site else None
    try:
        if site:
            beside = let_in(site, entry.event)
        for draft in examination.tasks(exam, choice=True):
            world.answer(letters, draft.key, PUPIL, LETTER)
        for draft in examination.tasks(exam, choice=False):
            answer_on_form(world, work, draft)
        if site:
            task = site.task(beside)
            assert site.annotate(PUPIL, task).status == 403
            (number, *_) = world.server.tasks(letters).values()
            assert not site.annotate(OTHER, number, []).is_accepted
        (scored,) = scoring.score(hall, "e-1", pass_percent=80, book=BOOK)
    finally:
        if site and kept:
            site.policy = kept
            site.open()
    assert (scored.person, scored.is_passed) == (PUPIL, True)
    assert {ability: (right, asked) for ability, right, asked in scored.scores}["risk"] == (2, 2)
    assert scoring.end(hall, "e-1") == 5
    assert world.server.tasks(letters) == {}
