"""Examinations: gold answers stay on this side, scores are counted per ability, and each ability has to pass."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation import forms
from annotation.people import examination, examining, scoring
from annotation.people.examination import Exam
from annotation.port import Answer, Entry
from provenance.errors import GovernanceError
from provenance.events import BatchPublished
from provenance.holdings import holdings
from provenance.ids import Digest
from rules.annotation import books
from rules.annotation.personnel import ABILITIES
from tests.fakes.annotation_server import FakeAnnotationServer
from tests.fakes.office import Office, question

BOOK = books.load()["safety"]
RISKY = question("risky", "risk", right={"verdict": ["risky"], "risk": ["A1a"]}, text="一段待判断的文字")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two people."""
    made = Office.open(tmp_path)
    made.hire("p-1", "p-2")
    yield made
    made.workspace.database.close()


@pytest.fixture
def server() -> FakeAnnotationServer:
    """A server with the gate."""
    return FakeAnnotationServer()


def questions(*more: dict[str, Any]) -> list[dict[str, Any]]:
    """Return one question of each ability, and more."""
    return [*(question(f"q{place}", ability) for place, ability in enumerate(ABILITIES, 1)), *more]


def published(office: Office, name: str = "e-1") -> BatchPublished:
    """Return how an examination was published."""
    (entry,) = office.workspace.ledger.entries(kinds=("BatchPublished",), subject=name)
    assert isinstance(entry.event, BatchPublished)
    return entry.event


def test_an_exam_from_publication_to_the_end(office: Office, server: FakeAnnotationServer) -> None:
    """Published once, answered, scored per person and ability, recorded once, ended with its texts deleted."""
    hall, sheet = office.hall(server), office.exam()
    assert examining.publish(hall, sheet) == 4
    assert examining.publish(hall, sheet) == 0
    ((function, project),) = published(office).projects
    assert function == "examine"
    keys = [draft.key for draft in examination.tasks(Exam(sheet, office.workspace.item_key), choice=True)]
    assert sorted(server.tasks(project)) == sorted(keys)
    for key in keys:
        server.answer(project, key, "p-1", [Entry("answer", ("B",))])
    server.answer(project, keys[0], "p-2", [Entry("answer", ("A",))])
    one, two = scoring.score(hall, "e-1", pass_percent=80)
    assert (one.person, one.is_passed, one.is_new) == ("p-1", True, True)
    assert one.scores == tuple((ability, 1, 1) for ability in ABILITIES)
    assert two.scores == tuple((ability, 0, 1) for ability in ABILITIES)
    assert not two.is_passed
    assert [each.is_new for each in scoring.score(hall, "e-1", pass_percent=80)] == [False, False]
    server.answer(project, keys[0], "p-2", [Entry("answer", ("B",))])
    assert [each.is_new for each in scoring.score(hall, "e-1", pass_percent=80)] == [False, True]
    assert scoring.end(hall, "e-1") == 4
    assert scoring.end(hall, "e-1") == 0
    assert server.tasks(project) == {}
    with pytest.raises(GovernanceError) as caught:
        scoring.score(hall, "e-1", pass_percent=80)
    assert caught.value.code == "annotation.exam-ended"
    assert office.person("p-1").exams[0].is_passed


def test_gold_answers_leave_for_nowhere(office: Office, server: FakeAnnotationServer) -> None:
    """No task, ledger or evidence holds a right answer; questions are in tasks alone; the store is its owner's."""
    hall, sheet = office.hall(server), office.exam(questions=questions(RISKY))
    examining.publish(hall, sheet, BOOK)
    for _, project in published(office).projects:
        for key in server.tasks(project):
            draft = server.data(project, key)
            assert (draft.hints, dict(draft.shown)) == ((), {})
            server.answer(
                project,
                key,
                "p-1",
                [Entry("answer", ("A",))]
                if project == published(office).projects[0][1]
                else [Entry("verdict", ("安全",))],
            )
    scoring.score(hall, "e-1", pass_percent=80, book=BOOK)
    named = holdings(entry.event for entry in office.workspace.ledger.entries()).evidence
    stored = [office.workspace.evidence.path(each).read_text() for each in office.workspace.evidence.list()]
    assert len(stored) == 2
    for text in (office.said(), *stored):
        assert "题目" not in text
        assert "待判断" not in text
        assert '"right"' not in text
    (gold,) = hall.gold.list()
    assert gold not in named
    assert "题目" in hall.gold.path(gold).read_text()
    assert hall.gold.root.stat().st_mode & 0o077 == 0


def test_questions_on_the_rule_books_own_form(office: Office, server: FakeAnnotationServer) -> None:
    """Lettered answers and the book's form are two projects, and both count in one score."""
    hall, sheet = office.hall(server), office.exam(questions=questions(RISKY), people=["p-1"])
    exam = Exam(sheet, office.workspace.item_key)
    assert examining.publish(hall, sheet, BOOK) == 5
    (_, letters), (_, work) = published(office).projects
    for draft in examination.tasks(exam, choice=True):
        server.answer(letters, draft.key, "p-1", [Entry("answer", ("B",))])
    (risky,) = examination.tasks(exam, choice=False)
    server.answer(work, risky.key, "p-1", [Entry("verdict", ("安全",))])
    (scored,) = scoring.score(hall, "e-1", pass_percent=80, book=BOOK)
    assert {ability: (right, asked) for ability, right, asked in scored.scores}["risk"] == (1, 2)
    server.answer(
        work, risky.key, "p-1", [Entry("verdict", ("有风险",)), Entry("risk", ("A1a",)), Entry("reason", text="理由")]
    )
    (scored,) = scoring.score(hall, "e-1", pass_percent=80, book=BOOK)
    assert scored.is_passed
    assert "理由" not in "".join(
        office.workspace.evidence.path(each).read_text() for each in office.workspace.evidence.list()
    )


def test_the_gold_answers_cannot_be_changed(office: Office, server: FakeAnnotationServer) -> None:
    """Another sheet under the same id is refused, and gold answers that were altered on disk are found."""
    hall = office.hall(server)
    examining.publish(hall, office.exam())
    with pytest.raises(GovernanceError) as caught:
        examining.publish(hall, office.exam(questions=questions(question("q9", "risk"))))
    assert caught.value.code == "annotation.exam-of-another-sheet"
    (gold,) = hall.gold.list()
    path = hall.gold.path(gold)
    path.chmod(0o600)
    path.write_text(path.read_text().replace('["B"]', '["A"]'))
    with pytest.raises(GovernanceError) as caught:
        scoring.score(hall, "e-1", pass_percent=80)
    assert caught.value.code == "provenance.object-damaged"


@pytest.mark.parametrize("failure", ["down", "truncated", "500", "429"])
def test_publication_goes_on_where_it_broke_off(office: Office, server: FakeAnnotationServer, failure: str) -> None:
    """A server that fails in between leaves nothing recorded, and the same call ends with one set of tasks."""
    hall, sheet = office.hall(server), office.exam()
    server.strength()
    server.fail_next("fine")
    server.fail_next(failure)
    with pytest.raises(GovernanceError):
        examining.publish(hall, sheet)
    assert list(office.workspace.ledger.entries(kinds=("BatchPublished",))) == []
    examining.publish(hall, sheet)
    assert len(server.tasks(published(office).projects[0][1])) == 4


def test_a_server_without_the_gate_examines_nobody(office: Office) -> None:
    """Where anybody could answer for anybody, no examination is held; the way out is named."""
    with pytest.raises(GovernanceError) as caught:
        examining.publish(office.hall(FakeAnnotationServer(is_gated=False)), office.exam())
    assert caught.value.code == "annotation.exam-needs-gate"
    assert "yuliao people examine record" in caught.value.remedy


def test_a_forged_outbox_scores_nobody(office: Office, server: FakeAnnotationServer) -> None:
    """A row that was changed in the server's database is found before anybody is scored."""
    hall, sheet = office.hall(server), office.exam()
    examining.publish(hall, sheet)
    project = published(office).projects[0][1]
    key = examination.tasks(Exam(sheet, office.workspace.item_key), choice=True)[0].key
    server.answer(project, key, "p-1", [Entry("answer", ("A",))])
    server.tamper(1, '"A"', '"B"')
    with pytest.raises(GovernanceError) as caught:
        scoring.score(hall, "e-1", pass_percent=80)
    assert caught.value.code == "annotation.outbox-broken"
    assert office.person().exams == ()


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"people": ["p-1", "p-9"]}, "annotation.person-unknown", "number 2"),
        ({"people": ["p-1", "p-1"]}, "annotation.sheet-invalid", "names somebody twice"),
        ({"rule_book": "safety@7"}, "annotation.rule-book-unknown", "Released are: safety@1."),
        ({"deadline": "2026-11-21"}, "annotation.exam-deadline", "before today, 2026-11-22"),
        ({"deadline": "soon"}, "annotation.sheet-invalid", "deadline"),
        ({"questions": questions()[:3]}, "annotation.sheet-invalid", "asks nothing about data_security"),
        (
            {"questions": questions(question("q1", "risk"))},
            "annotation.sheet-invalid",
            "two questions with the same id",
        ),
        (
            {"questions": questions(question("x", "risk", right={}))},
            "annotation.sheet-invalid",
            "needs its right answer",
        ),
        (
            {"questions": questions(question("x", "risk", right={"answer": ["Z"]}))},
            "annotation.sheet-invalid",
            "A to F",
        ),
        (
            {"questions": questions(question("x", "risk", right={"answer": ["A"], "verdict": ["safe"]}))},
            "annotation.sheet-invalid",
            "nothing else",
        ),
        (
            {"questions": questions(question("x", "risk", right={"verdict": ["harmless"]}))},
            "annotation.exam-not-answerable",
            "x (verdict)",
        ),
        (
            {"questions": questions(question("x", "risk", right={"mood": ["good"]}))},
            "annotation.exam-not-answerable",
            "x (mood)",
        ),
        (
            {
                "questions": questions(
                    question("x", "risk", right={}, spans=[{"start": "1", "end": "99", "label": "suspect"}])
                )
            },
            "annotation.sheet-invalid",
            "does not lie in its text",
        ),
    ],
)
def test_what_nobody_could_pass_is_refused(
    office: Office, server: FakeAnnotationServer, said: dict[str, Any], code: str, words: str
) -> None:
    """A sheet with a fault is refused before anything reaches the server, and no text of it is repeated."""
    with pytest.raises(GovernanceError) as caught:
        examining.publish(office.hall(server), office.exam(**said), BOOK)
    assert caught.value.code == code, caught.value.diagnostics()
    assert words in caught.value.message
    assert "题目" not in caught.value.diagnostics()
    assert office.workspace.ledger.head().size == 3


def test_spans_are_right_to_the_code_point(office: Office) -> None:
    """A question with stretches is right where exactly these were selected, and no code point beside them."""
    spans = [{"start": "0", "end": "2", "label": "suspect"}, {"start": "5", "end": "6", "label": "suspect"}]
    sheet = office.exam(questions=questions(question("s", "tool", right={}, spans=spans, text="甲乙丙丁戊己庚")))
    exam = Exam(sheet, b"k")
    key = exam.key(sheet.questions[-1])

    def right(*places: tuple[int, int]) -> int:
        entries = tuple(Entry("span", ("suspect",), *place) for place in places)
        scores = examination.score(exam, [Answer(key, 1, "p-1", entries, "2026-11-22T04:00:00Z")])["p-1"]
        return next(hits for ability, hits, _ in scores if ability == "tool")

    assert right((5, 6), (0, 2)) == 1
    assert [right((0, 2)), right((0, 2), (5, 7)), right((0, 2), (5, 6), (3, 4)), right()] == [0, 0, 0, 0]


def test_the_latest_answer_counts_and_strangers_do_not(office: Office) -> None:
    """Of two answers to a question the later one counts; who was not invited gets no score."""
    sheet = office.exam(people=["p-1"])
    exam = Exam(sheet, b"k")
    key = exam.key(sheet.questions[0])
    answers = [
        Answer(key, number, person, (Entry("answer", (letter,)),), "2026-11-22T04:00:00Z", seq=seq)
        for number, person, letter, seq in ((1, "p-1", "A", 9), (2, "p-1", "B", 4), (3, "p-2", "B", 5))
    ]
    found = examination.score(exam, answers)
    assert list(found) == ["p-1"]
    assert found["p-1"][0] == ("rules", 0, 1)


def test_keys_tell_nothing_and_stay(office: Office) -> None:
    """A task's key is 32 hexadecimal digits, the same in every run, another in every workspace and examination."""
    sheet, other = office.exam(), office.exam("e-2")
    keys = [Exam(sheet, b"k").key(each) for each in sheet.questions]
    assert all(len(each) == 32 and int(each, 16) >= 0 for each in keys)
    assert keys == [Exam(sheet, b"k").key(each) for each in sheet.questions]
    assert not set(keys) & {Exam(other, b"k").key(each) for each in other.questions}
    assert not set(keys) & {Exam(sheet, b"x").key(each) for each in sheet.questions}


def test_the_form_of_letters_fits_the_gate() -> None:
    """The form names its text and its one control, and the gate of a rule book asks for nothing that it lacks."""
    form = examination.choice_form()
    assert 'name="text" value="$text"' in form
    assert form.count("<Choice ") == 6
    assert all(demand.when is not None for demand in forms.for_gate(BOOK).demands)


# Held otherwise.


def row(person: str = "p-1", ability: str = "rules", right: Any = 9, asked: Any = 10) -> dict[str, Any]:
    """Return a line of results."""
    return {"person": person, "ability": ability, "right": right, "asked": asked}


def test_results_from_elsewhere_are_recorded_once(office: Office) -> None:
    """Each person's results are one examination; the same file again adds nothing, another day's does."""
    (scored,) = office.pass_exam()
    assert (scored.is_passed, scored.is_new) == (True, True)
    (again,) = office.pass_exam()
    assert not again.is_new
    office.pass_exam(day="2026-11-21")
    person = office.person()
    assert len(person.exams) == 2
    assert person.has_passed
    (kept, _) = office.workspace.evidence.list()
    assert office.workspace.evidence.has(Digest(kept))


def test_three_abilities_do_not_pass(office: Office) -> None:
    """Results that leave an ability out are recorded and not passed."""
    (scored,) = office.record(*(row(ability=each) for each in ABILITIES[:3]))
    assert not scored.is_passed
    assert not office.person().exams[0].has_all_abilities


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "it holds no result"),
        ([row(right=11)], "line 1 has more right answers than questions"),
        ([row(), row()], "line 2 gives an ability of a person a second time"),
        ([row(ability="speed")], "line 1: ability is not as it must be"),
        ([row(asked=0, right=0)], "line 1: asked is not as it must be"),
        ([row(right="9")], "line 1: right is not as it must be"),
        ([row(right=True)], "line 1: right is not as it must be"),
        ([row(person="欧阳无名")], "line 1: person is not as it must be"),
        ([{**row(), "telephone": "x"}], "line 1: a field is not as it must be"),
        (["no object"], "line 1"),
    ],
)
def test_results_with_a_fault_are_refused_whole(office: Office, rows: list[Any], words: str) -> None:
    """A line that cannot be is named by its number and field, and nothing of the file is recorded."""
    with pytest.raises(GovernanceError) as caught:
        office.record(*rows)
    assert caught.value.code == "annotation.results-invalid"
    assert words in caught.value.message
    assert "欧阳" not in caught.value.diagnostics()
    assert office.person().exams == ()


@pytest.mark.parametrize(
    ("day", "book"), [("2026-11-23", "safety@1"), ("today", "safety@1"), ("2026-11-20", "safety@9")]
)
def test_results_need_a_day_and_a_rule_book(office: Office, day: str, book: str) -> None:
    """A day to come and a rule book that was never released are refused."""
    with pytest.raises(GovernanceError) as caught:
        office.pass_exam(day=day, book=book)
    assert caught.value.code in ("annotation.exam-day", "annotation.rule-book-unknown")


def test_lines_that_are_no_json_are_told_without_their_content(office: Office) -> None:
    """A line that cannot be parsed is named by its number; what stands there is not repeated."""
    path = office.write("results.jsonl", json.dumps(row()) + "\n欧阳无名 9/10\n")
    from annotation.people import results

    with pytest.raises(GovernanceError) as caught:
        results.record(office.workspace, path, rule_book="safety@1", day="2026-11-22", pass_percent=80, actor="p-0")
    assert "line 2 is no JSON object" in caught.value.message
    assert "欧阳" not in caught.value.diagnostics()
