"""The example corpus: made by its script alone, counted right, and fit for the register, the detector and the keywords.

The recount (``tests.fakes.recount``) reads the committed files with plain readers and expressions of its own: neither
the script's knowledge of what it planted nor anything of Yuliao's pipeline has a part in it.
"""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.sources import State, admit, register, require_declared
from corpus.workspace import Workspace
from pii.strip import Stripper
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.ids import WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules import catalog
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher
from tests.fakes.recount import EXAMPLES, barred, keywords, plain, records, recount, table

EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
ADMITTED = [name for name in EXPECTED["order"] if name not in EXPECTED["refused"]]


def build(*arguments: str, folder: Path = EXAMPLES) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would."""
    command = [sys.executable, "-B", str(folder / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, which knows what it planted in every item."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "examples_build", module)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_what_the_script_makes() -> None:
    """Every data file comes from the script and its fixed seed, so that nobody edits one by hand."""
    ran = build("--check")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """A data file that was changed, taken away or added by hand makes the check fail and is named."""
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    assert build("--check", folder=folder).returncode == 0
    changed, gone = folder / "chat-user/data/chats.jsonl", folder / "poems-own/data/05.txt"
    changed.write_bytes(changed.read_bytes().replace(b"c001", b"c002", 1))
    gone.unlink()
    (folder / "poems-own/data/extra.txt").touch()
    ran = build("--check", folder=folder)
    assert ran.returncode == 1
    assert {line.rpartition("/")[2] for line in ran.stdout.splitlines()} == {"chats.jsonl", "05.txt", "extra.txt"}


def test_the_corpus_is_small() -> None:
    """The examples travel in every package, so they stay below a megabyte."""
    files = [path for path in EXAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 1_000_000


def test_no_identity_number_could_be_somebodys() -> None:
    """Every identity number with a right checksum is of a birth year from 1890 to 1899."""
    found = 0
    for source in EXPECTED["order"]:
        for seen in records(source):
            for number in re.findall(r"(?<!\d)\d{17}[\dX]", plain(seen.text or "").replace(" ", "")):
                weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
                rest = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True)) % 11
                if "10X98765432"[rest] == number[17] and number[6:8] in ("18", "19", "20"):
                    found += 1
                    assert number[6:9] == "189"
    assert found


def test_the_recount_agrees_with_what_was_planted() -> None:
    """Reading the files anew, with nothing of the script or of Yuliao, gives the same figures per source."""
    earlier: set[str] = set()
    for source in ADMITTED:
        assert recount(source, earlier) == EXPECTED["sources"][source], source


def test_what_is_withdrawn_is_what_holds_the_number() -> None:
    """Who asks to be forgotten is found in as many items as planted, and without them the other figures stand."""
    (name, count), *others = EXPECTED["withdrawn"].items()
    number = (EXAMPLES / name / "withdrawal" / "person.txt").read_text("utf-8").strip()
    holding = [seen for seen in records(name) if number in plain(seen.text or "")]
    assert (len(holding), others) == (count, [])
    assert not [seen for seen in holding if number in (seen.text or "")], "the number is to be in disguise"
    earlier: set[str] = set()
    for source in ADMITTED:
        left = recount(source, earlier, gone=number)
        expected = EXPECTED["sources"][source] | EXPECTED["after_withdrawal"].get(source, {})
        assert {part: left[part] for part in ("items", "by_reason", "by_type")} == {
            part: expected[part] for part in ("items", "by_reason", "by_type")
        }


@pytest.mark.parametrize(("name", "is_over"), [("tips-open", False), ("riddles-open", True)])
def test_the_inspector_finds_what_is_bad(name: str, is_over: bool) -> None:
    """The inspector's file names exactly the lines with a keyword: 5 % of one source, just over 5 % of the other."""
    raw = (EXAMPLES / name / "data" / "texts.jsonl").read_bytes()
    bad = {row["position"]: row["risk"] for row in table(f"{name}/inspection.csv")}
    for position, risk in bad.items():
        text = json.loads(raw[int(position) :].splitlines()[0])["text"]
        assert list(keywords(text)) == [risk]
    seen = list(records(name))
    assert sum(bool(keywords(each.text or "")) for each in seen) == len(bad)
    assert EXPECTED["assessed"][name] == {"judged": len(seen), "bad": len(bad)}
    assert (100 * len(bad) > 5 * len(seen)) is is_over
    assert is_over or 100 * len(bad) == 5 * len(seen)


def test_the_total_is_the_sum() -> None:
    """Nothing is lost: the sum over sources is the total, and dispositions add up to what was taken in."""
    total = EXPECTED["total"]["items"]
    for name in total:
        assert total[name] == sum(each["items"][name] for each in EXPECTED["sources"].values())
    assert total["taken_in"] == sum(total[name] for name in total if name != "taken_in")
    assert set(EXPECTED["sources"]["novels-unlicensed"]["items"].values()) == {0}


def test_the_lexicon_covers_the_seventeen_risks() -> None:
    """The demonstration library has keywords for all risks of A.1 and A.2, and for nothing that is no risk."""
    lexicon = Lexicon.read((EXAMPLES / "lexicon.csv").read_bytes())
    covered = {risk for _, risk in lexicon.keywords}
    wanted = {risk.id for risk in catalog.load().risks.values() if risk.group in ("A.1", "A.2")}
    assert len(wanted) == 17
    assert wanted <= covered
    assert set(EXPECTED["total"]["risks"]) == covered


def test_detector_and_keywords_find_what_was_planted(planting: ModuleType) -> None:
    """In every item the detector finds the planted types as often as planted, and the keywords their risks."""
    stripper = Stripper()
    matcher = KeywordMatcher(Lexicon.read((EXAMPLES / "lexicon.csv").read_bytes()))
    for source in planting.plant():
        for item in source.items:
            if item.disposition != "duplicate" and item.text:
                found = Counter(each.entity for each in stripper.strip(item.text).found)
                assert found == Counter(item.pi), source.id
                assert Counter(hit.risk for hit in matcher.find(item.text)) == Counter(item.risks), source.id


def test_sources_are_admitted_or_refused_as_they_should(tmp_path: Path) -> None:
    """With the real detector at the door, all are admitted but one without a licence and two not assessed yet."""
    database = Database(sqlite_url(tmp_path / "catalogue.db"))
    database.create_tables()
    workspace = Workspace(
        id=WorkspaceId("w-test"),
        database=database,
        ledger=Ledger(database, WorkspaceId("w-test"), SystemClock()),
        items=ObjectStore(tmp_path / "items"),
        evidence=ObjectStore(tmp_path / "evidence"),
        scratch=tmp_path / "scratch",
        item_key=b"k" * 32,
    )
    stripper = Stripper()

    def scan(text: str) -> bool:
        return bool(stripper.strip(text).found)

    classes = Counter[str]()
    for name in EXPECTED["order"]:
        declaration = EXAMPLES / name / "declaration.yaml"
        if name in EXPECTED["assessed"]:
            declaration = dated(declaration, tmp_path / name, workspace.ledger.today())
        source = register(workspace, declaration, actor="p-0001", scan=scan).source
        assert source.id == name
        admission = admit(workspace, name, reason="papers complete", actor="p-0001", scan=scan, profile="strict_35273")
        missing = ["assessed"] if name in EXPECTED["assessed"] else EXPECTED["refused"].get(name, [])
        assert [each.check for each in admission.missing] == missing
        state = require_declared(workspace.ledger, name).state
        assert state is (State.REFUSED if missing else State.ADMITTED)
        classes[source.registered.source_class] += state is State.ADMITTED
    assert +classes == Counter(open_source=3, self_collected=2, commercial=2, user_input=1, synthetic=1)
    database.close()


def dated(declaration: Path, folder: Path, day: str) -> Path:
    """Write a declaration of a source still to be collected with a day that can be; without one it is refused."""
    shutil.copytree(declaration.parent, folder)
    text = declaration.read_text("utf-8")
    assert "2026-09-10" in text
    (folder / declaration.name).write_text(text.replace("2026-09-10", day), "utf-8")
    return folder / declaration.name


def test_no_user_of_the_example_is_in_its_papers_alone() -> None:
    """Whoever stands in the table of authorisations has talks, and every way of not having authorised them is there."""
    users = {row["user"] for row in table("chat-user/papers/consent_table.csv")}
    talks = list(records("chat-user"))
    assert users < {seen.beside["user"] for seen in talks}
    reasons = {barred("chat-user", seen.beside) for seen in talks}
    assert reasons == {"", "opted-out", "authorised-too-late", "other-version", "other-scope", "not-authorised"}
