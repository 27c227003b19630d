"""`yuliao people`: typed as a person would, from a file of names to a qualification, and no name where none belongs."""

import io
import json
import sys
from pathlib import Path

import pytest
import yaml

from annotation.people.exam_sheet import ExamSheet
from annotation.people.people_sheet import PeopleSheet
from annotation.people.training import TrainingSheet
from annotation.port import Entry
from annotation.server import accounts, policy
from annotation.server.accounts import Account, account_of
from provenance.clock import day_of
from provenance.errors import ExitCode
from provenance.events import PersonRegistered
from tests.fakes.annotation_server import FakeAnnotationServer
from tests.fakes.staff import release
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom
from ui.services import annotating

NAMES = ("欧阳无名", "诸葛无名", "上官无名")
COMPANY = "乌有标注公司"
PEOPLE = {
    "companies": [{"id": "co-1", "name": COMPANY, "contract": "contract.pdf", "confidentiality": "secrecy.pdf"}],
    "people": [
        {"id": "p-1", "name": NAMES[0], "employment": "internal", "functions": ["annotate"]},
        {"id": "p-2", "name": NAMES[1], "employment": "outsourced", "company": "co-1", "functions": ["review"]},
    ],
}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workroom:
    """A workspace with a released rule book, papers of a company beside it."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("YULIAO_LABEL_STUDIO", str(tmp_path / "server"))
    room = Workroom.create(tmp_path)
    room.house.workspace.ledger.record(actor="p-0", subject="safety", event=release(1))
    room.write("contract.pdf", b"%PDF \xff")
    room.write("secrecy.pdf", b"%PDF \xfe")
    return room


def say(room: Workroom, *words: str | Path) -> Said:
    """Type a command of `people` in the room's workspace; no name comes back, but where it is asked for."""
    said = typed("-w", room.folder / "workspace", "people", *words)
    if "--names" not in words:
        assert not [each for each in (*NAMES, COMPANY) if each in said.out + said.err]
    return said


def write(room: Workroom, name: str, content: object) -> Path:
    """Write a YAML file beside the workspace."""
    return room.write(name, yaml.safe_dump(content, allow_unicode=True).encode())


def today(room: Workroom) -> str:
    """Return the day by the workspace's clock."""
    return room.house.workspace.ledger.today()


def train(room: Workroom) -> Said:
    """Train both people."""
    session = {
        "id": "t-1",
        "day": today(room),
        "minutes": 120,
        "contents": ["rules", "tool", "quality", "data_security"],
        "rule_books": ["safety@1"],
        "trainer": "p-1",
        "attendees": ["p-1", "p-2"],
    }
    return say(room, "train", write(room, "training.yaml", session))


def examined(room: Workroom, right: int = 9) -> Said:
    """Record an examination of both people."""
    rows = [
        {"person": person, "ability": ability, "right": right, "asked": 10}
        for person in ("p-1", "p-2")
        for ability in ("rules", "tool", "risk", "data_security")
    ]
    file = room.write("results.jsonl", "\n".join(map(json.dumps, rows)).encode())
    return say(room, "examine", "record", file, "--rule-book", "safety@1", "--day", today(room))


def test_from_names_to_qualifications(room: Workroom) -> None:
    """Added, trained, examined, qualified, suspended and listed: data on stdout, words on stderr."""
    added = say(room, "add", write(room, "people.yaml", PEOPLE))
    assert (added.code, added.out) == (0, "p-1\np-2\n")
    assert "Delete the file" in added.err
    refused = say(room, "qualify", "p-1", "safety@1")
    assert refused.code == ExitCode.USAGE
    assert "was not examined for safety@1" in refused.err
    assert (train(room).code, train(room).err) == (0, "The session t-1 was recorded before.\n")
    scored = examined(room)
    assert scored.code == 0
    assert "rules 9/10" in scored.out
    assert examined(room).err.startswith("Nothing was added")
    for person in ("p-1", "p-2"):
        qualified = say(room, "qualify", person, "safety@1")
        assert qualified.code == 0, qualified.err
        assert f"{person} is qualified for safety@1 until {int(today(room)[:4]) + 1}-" in qualified.err
    suspended = say(room, "suspend", "p-2", "safety@1", "--reason", "many errors")
    assert suspended.err == "The qualification of p-2 for safety@1 is suspended.\n"
    listed = say(room, "list", "--json").json()
    assert [(each["person"], each["next"]) for each in listed["people"]] == [("p-1", ""), ("p-2", "restoring")]
    assert [each["exam_millionths"] for each in listed["people"]] == [900_000, 900_000]
    assert [each["gold_millionths"] for each in listed["people"]] == [None, None]
    assert [(each["company"], each["qualified"]) for each in listed["companies"]] == [("", 1), ("co-1", 0)]
    assert say(room, "suspend", "p-2", "safety@1", "--reason", "trained again", "--lift").code == 0
    assert say(room, "suspend", "p-2", "safety@1", "--reason", "left", "--cancel").code == 0
    table = say(room, "list")
    assert (table.code, table.err) == (0, "")
    assert "90.0%" in table.out
    facts = typed("-w", room.folder / "workspace", "facts", "--json").json()
    assert [each["person"] for each in facts["annotation"]["people"]] == ["p-1", "p-2"]


def test_names_are_shown_to_who_asks(room: Workroom) -> None:
    """Only --names prints names, of people and of companies."""
    say(room, "add", write(room, "people.yaml", PEOPLE))
    listed = say(room, "list", "--names", "--json").json()
    assert [each["name"] for each in listed["people"]] == list(NAMES[:2])
    assert [each["name"] for each in listed["companies"]] == ["", COMPANY]
    assert NAMES[0] in say(room, "list", "--names").out


def test_names_come_by_standard_input_too(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """With - the file is read from standard input, so that it need not lie on any disk."""
    text = yaml.safe_dump({"people": [{"name": NAMES[2], "employment": "internal"}]}, allow_unicode=True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    added = say(room, "add", "-")
    assert added.code == 0
    assert added.out.startswith("p-")


def test_a_change_and_an_erasure(room: Workroom) -> None:
    """--change takes a person out of work; erase forgets the name and keeps the id."""
    say(room, "add", write(room, "people.yaml", PEOPLE))
    change = write(room, "change.yaml", {"people": [{"id": "p-1", "employment": "internal", "active": False}]})
    assert say(room, "add", change).code == ExitCode.USAGE
    assert say(room, "add", change, "--change").out == "p-1\n"
    erased = say(room, "erase", "p-2", "--reason", "asked for it")
    assert (erased.code, erased.err) == (0, "The name of p-2 is erased, and p-2 is out of work.\n")
    listed = say(room, "list", "--names", "--json").json()
    assert [(each["is_active"], each["has_name"], each["name"]) for each in listed["people"]] == [
        (False, True, NAMES[0]),
        (False, False, ""),
    ]


def test_a_missing_paper_is_named(room: Workroom) -> None:
    """Somebody outsourced without papers is refused in one sentence, and nobody of the file is registered."""
    people = [PEOPLE["people"][0], {"name": NAMES[2], "employment": "outsourced", "company": "co-2"}]
    company = {"id": "co-2", "name": COMPANY, "contract": "contract.pdf"}
    said = say(room, "add", write(room, "people.yaml", {"companies": [company], "people": people}))
    assert said.code == ExitCode.USAGE
    assert said.err.startswith("Nobody was registered: people.2 lacks confidentiality. ")
    assert say(room, "list", "--json").json()["people"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add",), "ui.no-file"),
        (("add", "missing.yaml"), "provenance.disk"),
        (("train", "missing.yaml"), "provenance.disk"),
        (("qualify", "p-9", "safety@1"), "annotation.person-unknown"),
        (("suspend", "p-1", "safety@1", "--reason", "x"), "annotation.no-qualification"),
        (("erase", "p-1", "--reason", " "), "corpus.reason-missing"),
        (("accounts", "p-9", "--out", "passwords.txt"), "annotation.person-unknown"),
        (("accounts",), "ui.no-terminal"),
        (("examine", "record", "missing.jsonl", "--rule-book", "safety@1", "--day", "2026-11-20"), "provenance.disk"),
        (("examine", "publish", "missing.yaml"), "provenance.disk"),
    ],
    ids=" ".join,
)
def test_what_goes_wrong_is_one_sentence(room: Workroom, words: tuple[str, ...], code: str) -> None:
    """Errors made on purpose read well: a sentence, a remedy, a code, and no traceback."""
    say(room, "add", write(room, "people.yaml", PEOPLE))
    said = say(room, *words)
    assert said.code in (ExitCode.USAGE, ExitCode.ENVIRONMENT)
    assert said.out == ""
    assert said.err.endswith(f"[{code}]\n"), said.err
    assert len(said.err.splitlines()) == 1


def test_templates_are_files_that_the_commands_read(room: Workroom) -> None:
    """What --template prints is a whole file, commented, of the shape that is read."""
    for words, shape in (
        (("add", "--template"), PeopleSheet),
        (("train", "--template"), TrainingSheet),
        (("examine", "template"), ExamSheet),
    ):
        said = say(room, *words)
        assert (said.code, said.err) == (0, "")
        assert shape.model_validate(yaml.load(said.out, yaml.BaseLoader))  # noqa: S506  # text alone, as we read it
        assert said.out.count("#") > 5


def test_passwords_go_into_a_file_of_their_own(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts are made once for who has none; passwords stand in one file that its owner alone may read."""
    say(room, "add", write(room, "people.yaml", PEOPLE))
    asked: list[tuple[str, ...]] = []

    def make(_environment: object, _settings: object, *, people: tuple[str, ...]) -> list[Account]:
        asked.append(tuple(people))
        return [Account(account_of(each), f"geheim-{each}") for each in people]

    monkeypatch.setattr(accounts, "make", make)
    inside = say(room, "accounts", "--out", room.folder / "workspace" / "passwords.txt")
    assert inside.err.endswith("[ui.passwords-in-workspace]\n")
    out = room.folder / "passwords.txt"
    made = say(room, "accounts", "--out", out)
    assert (made.code, made.out) == (0, "")
    assert "geheim" not in made.err
    assert out.read_text() == "p-1@annotate.invalid\tgeheim-p-1\np-2@annotate.invalid\tgeheim-p-2\n"
    assert out.stat().st_mode & 0o777 == 0o600
    again = say(room, "accounts", "--out", out).err
    assert again.startswith("0 accounts were made.\nNobody active lacks one; name ids for new passwords: ")
    assert say(room, "accounts", "p-1", "--out", out).err.endswith("[ui.passwords-exist]\n")
    assert say(room, "accounts", "p-1", "--out", room.folder / "new.txt").code == 0
    assert asked == [("p-1", "p-2"), ("p-1",)]
    assert not [
        path for path in (room.folder / "workspace").rglob("*") if path.is_file() and b"geheim" in path.read_bytes()
    ]


def test_a_failure_leaves_no_file_of_passwords(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server cannot make accounts the empty file goes again, and nobody counts as having one."""
    say(room, "add", write(room, "people.yaml", PEOPLE))

    def fail(*_args: object, **_more: object) -> list[Account]:
        raise OSError("no server")

    monkeypatch.setattr(accounts, "make", fail)
    out = room.folder / "passwords.txt"
    assert say(room, "accounts", "--out", out).code == ExitCode.ENVIRONMENT
    assert not out.exists()
    assert say(room, "accounts", "--out", out).code == ExitCode.ENVIRONMENT


def test_an_examination_through_the_server(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published, answered, scored and ended by commands; the policy opens it and then closes it."""
    server = FakeAnnotationServer()
    monkeypatch.setattr(annotating, "client_of", lambda _house: server)
    say(room, "add", write(room, "people.yaml", PEOPLE))
    questions = [
        {"id": f"q{place}", "ability": ability, "text": f"题目 {place}：A 甲 B 乙", "right": {"answer": ["B"]}}
        for place, ability in enumerate(("rules", "tool", "risk", "data_security"))
    ]
    exam = {
        "id": "e-1",
        "title": "考核",
        "rule_book": "safety@1",
        "deadline": day_of(room.house.workspace.ledger.now()),
        "people": ["p-1", "p-2"],
        "questions": questions,
    }
    published = say(room, "examine", "publish", write(room, "exam.yaml", exam))
    assert (published.code, published.out) == (0, "e-1\n"), published.err
    told = json.loads((room.folder / "workspace" / "annotation" / "policy.json").read_bytes())
    ((number, project),) = told["projects"].items()
    assert (project["function"], project["is_open"], project["cap"]) == ("examine", True, 2)
    assert "examine" in told["people"][account_of("p-1")]["functions"]
    nothing = say(room, "examine", "score", "e-1")
    assert nothing.err == "Nobody has answered anything yet.\n"
    for key in server.tasks(int(number)):
        server.answer(int(number), key, "p-1", [Entry("answer", ("B",))])
    (scored,) = say(room, "examine", "score", "e-1", "--json").json()
    assert (scored["person"], scored["is_passed"]) == ("p-1", True)
    ended = say(room, "examine", "end", "e-1")
    assert ended.err == "e-1 has ended; 4 tasks were deleted in the server.\n"
    told = json.loads((room.folder / "workspace" / "annotation" / "policy.json").read_bytes())
    assert told["projects"][number]["is_open"] is False
    assert say(room, "examine", "score", "e-1").err.endswith("[annotation.exam-ended]\n")


def test_the_report_waits_for_everybodys_employment(room: Workroom) -> None:
    """While somebody's papers of outsourcing are missing neither report nor seal is made; then both are (AR-11)."""
    ledger, out = room.house.workspace.ledger, room.folder / "out"
    ledger.record(actor="p-0", subject="p-7", event=PersonRegistered("outsourced", "c" * 64, company="co-1"))
    here = ("-w", room.folder / "workspace")
    for words in (("report", "--out", out), ("seal", "--out", out)):
        said = typed(*here, *words)
        assert (said.code, said.out) == (ExitCode.FINDINGS, "")
        assert said.err.startswith("The employment of people who annotate is not recorded: p-7. ")
        assert not out.exists()
    ledger.record(actor="p-0", subject="p-7", event=PersonRegistered("internal", "c" * 64))
    assert typed(*here, "report", "--out", out).code == 0


def test_a_suspension_reaches_the_gate_at_once(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy that the gate obeys tells of it as soon as the command has answered."""
    server = FakeAnnotationServer()
    monkeypatch.setattr(annotating, "client_of", lambda _house: server)
    say(room, "add", write(room, "people.yaml", PEOPLE))
    train(room)
    examined(room)
    say(room, "qualify", "p-1", "safety@1")
    batch = room.folder / "workspace" / "annotation" / "policy.json"
    policy.write(batch, policy.Policy(), gate="9a" * 32)
    say(room, "suspend", "p-1", "safety@1", "--reason", "many errors")
    (held,) = json.loads(batch.read_bytes())["people"][account_of("p-1")]["qualifications"]
    assert held["is_suspended"] is True
