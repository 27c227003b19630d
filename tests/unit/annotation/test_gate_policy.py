"""The policy between platform and gate: what one writes the other reads, and what is not whole opens nothing."""

import ast
import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation.gate import policy as reader
from annotation.gate import source
from annotation.gate.policy import PolicyError, PolicyFile
from annotation.server import environment
from annotation.server import policy as writer

GATE = "a" * 64
BEGIN, END = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
HELD = writer.Qualification("safety-1", BEGIN, END, BEGIN, reader.ABILITIES, is_suspended=True)
DEMAND = writer.Demand("reason", ("verdict", ("有风险",)), ("A1a", "A5"), 1, 3, 6, "理由")
WHOLE = writer.Policy(
    people={"P-1@annotate.invalid": writer.Person("p-1", ("annotate", "review"), (HELD,))},
    rule_books={"safety-1": writer.RuleBook(20, (DEMAND, writer.Demand("risk")), tells_access=True)},
    projects={7: writer.Project("review", "b-1", "safety-1", 3, is_open=False)},
    void_batches=("b-9",),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A policy as the platform writes it."""
    place = tmp_path / "policy.json"
    writer.write(place, WHOLE, gate=GATE)
    return place


def test_the_gate_reads_what_the_platform_writes(path: Path) -> None:
    """Every field arrives, and an account is found however it is spelt."""
    read = PolicyFile(path, GATE).read()
    person = read.person("p-1@ANNOTATE.invalid")
    assert person == reader.Person(
        "p-1",
        frozenset(("annotate", "review")),
        (reader.Qualification("safety-1", BEGIN, END, BEGIN, frozenset(reader.ABILITIES), is_suspended=True),),
    )
    assert read.projects == {7: reader.Project("review", "b-1", "safety-1", 3, is_open=False)}
    values = frozenset(("A1a", "A5"))
    demand = reader.Demand("reason", ("verdict", frozenset(("有风险",))), values, 1, 3, 6, "理由")
    book = reader.RuleBook("safety-1", 20, (demand, reader.Demand("risk")), tells_access=True)
    assert read.rule_books["safety-1"] == book
    assert read.void_batches == {"b-9"}


def test_accesses_are_told_of_raw_text_at_work_alone(tmp_path: Path) -> None:
    """A project says so by its rule book; an examination, whose texts are made up, and a stranger's do not."""
    projects = {
        7: writer.Project("inspect", "b-1", "raw-1", is_open=False),
        8: writer.Project("examine", "e-1", "raw-1"),
        9: writer.Project("inspect", "b-2", "safety-1"),
    }
    books = {"raw-1": writer.RuleBook(tells_access=True), "safety-1": writer.RuleBook()}
    writer.write(tmp_path / "policy.json", writer.Policy(rule_books=books, projects=projects), gate=GATE)
    read = PolicyFile(tmp_path / "policy.json", GATE).read()
    assert [number for number in (None, 6, 7, 8, 9) if read.tells_access(number)] == [7]


def test_the_policy_is_readable_by_its_owner_alone(path: Path) -> None:
    """Who may do what is nobody else's business."""
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.update(schema=2),
        lambda tree: tree.update(extra=1),
        lambda tree: tree.pop("void_batches"),
        lambda tree: tree["projects"]["7"].update(capp=1),
        lambda tree: tree["projects"]["7"].update(cap=-1),
        lambda tree: tree["projects"]["7"].update(cap="2"),
        lambda tree: tree["projects"]["7"].update(cap=True),
        lambda tree: tree["projects"]["7"].update(is_open="no"),
        lambda tree: tree["rule_books"]["safety-1"].update(tells_access="no"),
        lambda tree: tree["projects"]["7"].update(function="manage"),
        lambda tree: tree["projects"]["7"].update(rule_book="unknown"),
        lambda tree: tree["projects"].update(seven=tree["projects"]["7"]),
        lambda tree: _first(tree).update(functions=["everything"]),
        lambda tree: _first(tree).update(functions=["annotate", "manage"]),
        lambda tree: _first(tree)["qualifications"][0].update(to="2027-01-01T00:00:00"),
        lambda tree: _first(tree)["qualifications"][0].update(valid_to="2028-01-01T00:00:00Z"),
        lambda tree: _first(tree)["qualifications"][0].update(is_suspended=None),
    ],
)
def test_a_policy_that_is_not_whole_opens_nothing(path: Path, spoil: Callable[[Any], None]) -> None:
    """A misspelt or missing word is an error: read as a default it would enforce less than was meant."""
    file = PolicyFile(path, GATE)
    file.read()
    tree = json.loads(path.read_bytes())
    spoil(tree)
    path.write_text(json.dumps(tree))
    with pytest.raises(PolicyError):
        file.read()


def test_a_change_counts_at_once_and_nothing_old_counts(path: Path) -> None:
    """The file is read anew when it changes; missing, torn or foreign it opens nothing; restored it opens again."""
    file = PolicyFile(path, GATE)
    assert file.read().void_batches == {"b-9"}
    writer.write(path, writer.Policy(void_batches=("b-10",)), gate=GATE)
    assert file.read().void_batches == {"b-10"}
    good = path.read_bytes()
    for bad in (b"", good[:-1], b"[]", b"\xff"):
        path.write_bytes(bad)
        with pytest.raises(PolicyError):
            file.read()
    path.unlink()
    with pytest.raises(PolicyError):
        file.read()
    path.write_bytes(good)
    assert file.read().void_batches == {"b-10"}
    writer.write(path, WHOLE, gate="b" * 64)
    with pytest.raises(PolicyError, match="another gate"):
        file.read()


def test_a_new_gate_takes_the_policy_over(path: Path) -> None:
    """After an upgrade the same policy is written for the new gate; where there was none, one that opens nothing."""
    writer.renew(path, gate="c" * 64)
    assert PolicyFile(path, "c" * 64).read().void_batches == {"b-9"}
    fresh = path.with_name("none.json")
    writer.renew(fresh, gate=GATE)
    assert not PolicyFile(fresh, GATE).read().people
    path.write_bytes(b"{torn")
    writer.renew(path, gate=GATE)
    assert path.read_bytes() == b"{torn"


def test_the_platforms_own_account_is_let_in(path: Path) -> None:
    """A new server's policy names nobody; the platform's account is added to whoever is there, and nothing changes."""
    before = PolicyFile(path, GATE).read()
    for _ in range(2):
        writer.let_manage(path, "p-platform@annotate.invalid", "p-platform")
    after = PolicyFile(path, GATE).read()
    added = after.people["p-platform@annotate.invalid"]
    assert (added.id, added.functions) == ("p-platform", {"manage"})
    assert {account: each for account, each in after.people.items() if each is not added} == before.people
    assert after.projects == before.projects


def test_platform_and_gate_count_the_same_digest(tmp_path: Path) -> None:
    """The digest covers every Python file and its name, and nothing that Python itself leaves behind."""
    copy = tmp_path / "copy"
    shutil.copytree(environment.GATE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert environment.gate_digest() == source.digest() == environment.gate_digest(copy)
    (copy / "policy.pyc").write_bytes(b"x")
    assert environment.gate_digest(copy) == source.digest()
    for change in ((copy / "extra.py").touch, lambda: os.truncate(copy / "policy.py", 10)):
        before = environment.gate_digest(copy)
        change()
        assert environment.gate_digest(copy) != before


@pytest.mark.parametrize("path", sorted(environment.GATE.rglob("*.py")), ids=lambda path: path.name)
def test_the_gate_names_nothing_of_the_platform(path: Path) -> None:
    """In the server ``rules`` is another package, so the gate's own imports are relative and none is of ours."""
    ours = {"annotation", "corpus", "pii", "provenance", "rules", "ui"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            assert not ours & {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").partition(".")[0] not in ours


def _first(tree: Any) -> Any:
    return next(iter(tree["people"].values()))
