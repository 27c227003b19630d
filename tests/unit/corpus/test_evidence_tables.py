"""Tables of evidence: the collection log and the table of authorisations, read row by row and refused by line."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.evidence import authorisations, collection_log, keyed_tables
from corpus.evidence.authorisations import Authorisation, Wanted, outcome
from corpus.evidence.rows import Table, moment
from corpus.workspace import Workspace
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import digest, new_workspace_id
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from provenance.pseudonyms import USER, pseudonym
from rules import catalog
from rules.source_kinds import source_kind
from tests.fakes.identities import mobile

KEY = bytes(range(32))
LOG = source_kind("self_collected_web").evidence_kind("collection_log")
CONSENT = source_kind("user_input").evidence_kind("consent_table")
DAYS = ("2026-09-01", "2026-09-03")
WANTED = Wanted("2026-03", "training", "2026-08-31")
SPRING = "2026-03-15T10:00:00+08:00"


def _log(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "log"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _refused(path: Path) -> GovernanceError:
    with pytest.raises(GovernanceError) as refused:
        collection_log.check(path, LOG, DAYS)
    assert refused.value.exit_code in (ExitCode.USAGE, ExitCode.ENVIRONMENT)
    return refused.value


HEADER = "url,time,status,tool\n"
ROW = "https://web.example/t/1,2026-09-01T02:00:00+08:00,200,fetch 1\n"


def test_a_log_is_read_as_csv_and_as_json_lines(tmp_path: Path) -> None:
    """Both forms with the same rows give the same table, whatever the order of columns and the mark at the start."""
    line = {"status": 200, "url": "https://web.example/t/1", "time": "2026-09-01T02:00:00+08:00", "tool": "fetch 1"}
    for content in (HEADER + ROW, "\ufeff" + HEADER + "\n" + ROW, json.dumps(line), f"\n{json.dumps(line)}\n"):
        path = _log(tmp_path, content)
        assert collection_log.check(path, LOG, DAYS) == digest(path.read_bytes())
        (_, cells), *rest = list(Table(path, LOG))
        assert cells[:3] == ("https://web.example/t/1", moment("2026-09-01T02:00:00+08:00"), 200)
        assert not rest


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("url,time\nhttps://web.example/,2026-09-01T02:00:00+08:00\n", 1),
        ("url,time,status,opt-out\n", 1),
        ("url,url,time,status\n", 1),
        (HEADER + ROW + "secret.example/1,2026-09-01T02:00:00+08:00,200,\n", 3),
        (HEADER + ROW + "https://web.example/1,2026-09-01,200,\n", 3),
        (HEADER + "https://web.example/1,2026-09-01T02:00:00,200,\n", 2),
        (HEADER + "https://web.example/1,2026-09-31T02:00:00Z,200,\n", 2),
        (HEADER + "https://web.example/1,2026-09-01T02:00:00+08:00,OK,\n", 2),
        (HEADER + "https://web.example/1,2026-09-01T02:00:00+08:00,999,\n", 2),
        (HEADER + ",2026-09-01T02:00:00+08:00,200,\n", 2),
        (HEADER + "https://web.example/1,2026-09-01T02:00:00+08:00\n", 2),
        (HEADER + 'https://web.example/1,"2026-09-01T02:00:00+08:00,200,\n', 2),
        (HEADER + "https://web.example/1,2026-08-31T23:59:59+08:00,200,\n", 2),
        (HEADER + ROW + "https://web.example/1,2026-09-04T00:00:00+08:00,200,\n", 3),
        (HEADER.encode() + "https://web.example/中,".encode("gbk"), 2),
        ((HEADER + ROW).encode("utf-16"), 1),
        (HEADER + "https://web.example/\0,2026-09-01T02:00:00+08:00,200,\n", 2),
        ('{"url": "https://web.example/1", "time": "2026-09-01T02:00:00Z"}\n', 1),
        ('{"url": "https://web.example/1", "time": "2026-09-01T02:00:00Z", "status": true}\n', 1),
        ('{"url": "https://web.example/1", "time": "2026-09-01T02:00:00Z", "status": 200}\n[1]\n', 2),
        ('{"url": "https://web.example/1", "time": "2026-09-01T02:00:00Z", "status": 200}\n{"torn\n', 2),
        (HEADER, 0),
    ],
)
def test_a_broken_log_is_refused_by_line(tmp_path: Path, content: str | bytes, line: int) -> None:
    """Header, form of every cell and the days of collection are checked; the line is named, what stands there not."""
    collection_log.check(_log(tmp_path, HEADER + ROW), LOG, DAYS)
    refused = _refused(_log(tmp_path, content))
    assert refused.code == "corpus.evidence-rows"
    assert (f"on line {line} " in refused.message) == bool(line)
    assert "example" not in refused.message
    assert str(tmp_path) in refused.where


def test_a_huge_line_is_refused_without_being_held(tmp_path: Path) -> None:
    """A row beyond the house's longest record ends the reading, whatever it would have been."""
    path = _log(tmp_path, HEADER + "https://web.example/" + "a" * catalog.load().house.integer("record_bytes_max"))
    assert "longer than any row" in _refused(path).message
    missing = tmp_path / "nowhere"
    assert _refused(missing).exit_code == ExitCode.ENVIRONMENT


def test_a_keyed_table_finds_all_rows_of_a_key_in_their_order(tmp_path: Path) -> None:
    """Rows of one key lie together, sorted by time; a key that is not there has none."""
    keys = [bytes([n]) * 16 for n in (3, 1, 3, 0, 255, 3)]
    times = np.array([30, 10, 10, 0, 5, 20], np.int64)
    folder = tmp_path / "table"
    for _ in range(2):  # the second time it is there already
        keyed_tables.write(folder, keyed_tables.keys_of(keys), {"at": times})
    wanted = [bytes([n]) * 16 for n in (3, 2, 0, 255)]
    first, behind = keyed_tables.ranges(folder, keyed_tables.keys_of(wanted))
    found = [keyed_tables.column(folder, "at")[a:b].tolist() for a, b in zip(first, behind, strict=True)]
    assert found == [[10, 20, 30], [], [0], [5]]
    assert [each.name for each in tmp_path.iterdir()] == ["table"]


def _row(time: str = SPRING, version: str = "2026-03", scope: str = "training", out: str = "") -> Authorisation:
    return Authorisation(version, scope, moment(time), moment(out) if out else None)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([_row()], ""),
        ([_row(time="2026-08-31T23:59:59+08:00")], ""),
        ([_row(time="2026-09-01T00:00:00+08:00")], "authorised-too-late"),
        ([_row(version="2025-01")], "other-version"),
        ([_row(scope="service")], "other-scope"),
        ([_row(out="2026-05-01T00:00:00Z")], "opted-out"),
        ([_row(out="2026-09-30T00:00:00Z")], "opted-out"),
        ([_row(out="2026-05-01T00:00:00Z"), _row(time="2026-06-01T00:00:00Z")], ""),
        ([_row(out="2026-05-01T00:00:00Z"), _row(time="2026-10-01T00:00:00Z")], "authorised-too-late"),
        ([_row(), _row(time="2026-04-01T00:00:00Z", out="2026-05-01T00:00:00Z")], "opted-out"),
        ([_row(), _row(time="2026-04-01T00:00:00Z", version="2026-04")], ""),
        ([_row(), _row(time="2026-04-01T00:00:00Z", scope="service")], ""),
    ],
)
def test_the_latest_word_of_a_user_counts(rows: list[Authorisation], reason: str) -> None:
    """Version, scope and time are asked for, and an opt-out ends all that was allowed before it."""
    assert outcome(rows, WANTED) == outcome(reversed(rows), WANTED) == reason


_TIMES = st.integers(0, 40).map(lambda n: f"2026-{3 + n // 5:02}-{1 + n % 5 * 5:02}T00:00:00Z")
_ROWS = st.lists(
    st.builds(
        lambda time, out, version, scope: _row(time, version, scope, max(time, out) if out else ""),
        _TIMES,
        st.none() | _TIMES,
        st.sampled_from(["2026-03", "2025-01"]),
        st.sampled_from(["training", "service"]),
    ),
    min_size=1,
    max_size=6,
)


@given(_ROWS)
def test_what_is_authorised_rests_on_a_row(rows: list[Authorisation]) -> None:
    """A user is authorised only by a row of version, scope and time that no opt-out of his came after."""
    found = outcome(rows, WANTED)
    witnesses = [
        row
        for row in rows
        if (row.version, row.scope) == WANTED[:2]
        and row.time.day <= WANTED.last_day
        and not any(other.opt_out and other.opt_out.at >= row.time.at for other in rows)
    ]
    assert (found == "") == bool(witnesses)


@given(_ROWS)
def test_an_opt_out_at_the_end_ends_everything(rows: list[Authorisation]) -> None:
    """Whatever a user allowed, an opt-out after all of it leaves nothing."""
    last = _row("2026-12-01T00:00:00Z", out="2026-12-02T00:00:00Z")
    assert outcome([*rows, last], WANTED) == "opted-out"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with stores and no tables."""
    name = new_workspace_id()
    database = Database(sqlite_url(tmp_path / "catalogue.db"))
    home = tmp_path / "w"
    stores = ObjectStore(home / "items"), ObjectStore(home / "evidence")
    return Workspace(name, database, Ledger(database, name, SystemClock()), *stores, home / "work", KEY)


def _take(workspace: Workspace, path: Path) -> list[list[str]]:
    stored, original = authorisations.take(workspace, CONSENT, path, lambda text: "138" in text)
    assert original == digest(path.read_bytes())
    with workspace.evidence.path(stored).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _consent(tmp_path: Path, rows: Iterable[str]) -> Path:
    path = tmp_path / "consent.csv"
    path.write_text("user,version,scope,time,opt_out\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_users_are_pseudonyms_before_anything_is_stored(tmp_path: Path, workspace: Workspace) -> None:
    """The stored table is sorted, each row once, holds keyed pseudonyms, and is the same for any order of the rows."""
    users = [mobile(n) for n in range(5)]
    rows = [f"{user},2026-03,training,{SPRING}," for user in users]
    rows.append(f"{users[0]},2026-03,training,{SPRING},")
    rows.append(f"{users[1]},2026-03,training,2026-04-01T00:00:00Z,2026-05-01T00:00:00+08:00")
    stored = _take(workspace, _consent(tmp_path, rows))
    assert _take(workspace, _consent(tmp_path, reversed(rows))) == stored
    assert stored[0] == ["user", "version", "scope", "time", "opt_out"]
    assert len(stored) == 1 + len(users) + 1
    assert stored[1:] == sorted(stored[1:], key=lambda row: (row[0], moment(row[3]).at))
    assert {row[0] for row in stored[1:]} == {pseudonym(KEY, USER, user).hex() for user in users}
    assert ["2026-04-01T00:00:00+00:00", "2026-05-01T00:00:00+08:00"] in [row[3:] for row in stored]
    for path in (tmp_path / "w").rglob("*"):
        assert not path.is_file() or not any(user.encode() in path.read_bytes() for user in users), path


def test_json_lines_say_the_same(tmp_path: Path, workspace: Workspace) -> None:
    """A user's number may be a JSON number; the table is the same as from CSV."""
    plain = _take(workspace, _consent(tmp_path, [f"7,2026-03,training,{SPRING},"]))
    path = tmp_path / "consent.jsonl"
    row = {"user": 7, "version": "2026-03", "scope": "training", "time": SPRING, "opt_out": None}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert _take(workspace, path) == plain


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([f"u1,2026-03,training,{SPRING},", f"u1,2026-04,training,{SPRING},"], "on line 3 contradicts line 2"),
        ([f"u1,2026-03,training,{SPRING},", f"u1,2026-03,service,{SPRING},"], "on line 3 contradicts line 2"),
        (
            [f"{user},2026-03,training,{SPRING},{out}" for user, out in (("u1", ""), ("u2", ""), ("u1", f"{SPRING}"))],
            "on line 4 contradicts line 2",
        ),
        ([f"u1,2026-03,training,{SPRING},2026-03-01T00:00:00Z"], "on line 2 takes an authorisation back"),
        ([f",2026-03,training,{SPRING},"], "on line 2 has nothing under user"),
        ([f"u1,2026-03,training,{SPRING}"], "on line 2 has another number of cells"),
        ([f"u1,2026-03,训练 13800138000,{SPRING},"], "personal information beside the user's number on line 2"),
    ],
)
def test_a_contradictory_table_is_refused_and_leaves_nothing(
    tmp_path: Path, workspace: Workspace, rows: list[str], words: str
) -> None:
    """Two statements that cannot both be true, and personal information beside the user, refuse the whole table."""
    _take(workspace, _consent(tmp_path, [f"u1,2026-03,training,{SPRING},"]))
    before = list(workspace.evidence.list())
    with pytest.raises(GovernanceError) as refused:
        authorisations.take(workspace, CONSENT, _consent(tmp_path, rows), lambda text: "138" in text)
    assert words in refused.value.message
    assert "u1" not in refused.value.message
    assert "138" not in refused.value.diagnostics()
    assert list(workspace.evidence.list()) == before
    assert not list(workspace.scratch.iterdir())


def test_prepared_users_are_found_by_their_key(tmp_path: Path, workspace: Workspace) -> None:
    """The table that workers look into says of every user what stands against him, and nothing of others."""
    rows = [f"u1,2026-03,training,{SPRING},", f"u2,2025-01,training,{SPRING},"]
    rows.append(f"u3,2026-03,training,{SPRING},2026-04-01T00:00:00Z")
    stored, _ = authorisations.take(workspace, CONSENT, _consent(tmp_path, rows), lambda _: False)
    folder = tmp_path / "users"
    authorisations.prepare(workspace.evidence.path(stored), WANTED, folder)
    keys = keyed_tables.keys_of([pseudonym(KEY, USER, user) for user in ("u1", "u2", "u3", "u4")])
    first, behind = keyed_tables.ranges(folder, keys)
    codes = keyed_tables.column(folder, "outcome").tolist()
    said = [authorisations.OUTCOMES[codes[a]] if a < b else None for a, b in zip(first, behind, strict=True)]
    assert said == ["", "other-version", "opted-out", None]
