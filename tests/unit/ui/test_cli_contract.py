"""What the command line promises: data on stdout, words on stderr, exit codes, one sentence for what is wrong."""

import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from provenance.errors import ExitCode
from provenance.ids import source_id
from tests.fakes.played import EXAMPLES, Played
from tests.fakes.terminal import ENTRY, Said, run, typed
from tests.fakes.workroom import Workroom
from ui.services import ingesting, reading

PHONE = "13800001111"
PASSWORD = "hunter2-geheim"  # noqa: S105  # the point is that it never comes out
SECRETS = (PHONE, PASSWORD, "乌有的秘密")
REPORTING = (
    ("source", "list"),
    ("source", "show", "forum-web"),
    ("quarantine", "list"),
    ("facts",),
    ("rules", "coverage"),
    ("rules", "check"),
    ("clause", "list"),
    ("pii", "types"),
    ("jobs", "list"),
    ("doctor",),
)


def refused(said: Said, code: ExitCode, kind: str) -> None:
    """Demand that an answer is one paragraph on stderr with its code, and gives nothing away."""
    assert said.code == code, said.err
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    assert lines[0].endswith(f"[{kind}]"), said.err
    message, remedy = re.fullmatch(r"(.+?[.)]) (.+\.) \[[\w.-]+\]", lines[0]).groups()  # type: ignore[union-attr]  # it fails if it does not match
    assert len(message) > 15
    assert len(remedy) > 10
    assert "Traceback" not in said.err
    assert "fault of the program" not in said.err
    assert not [secret for secret in SECRETS if secret in said.err]


# Where answers go.


@pytest.mark.parametrize("words", REPORTING, ids=" ".join)
def test_every_reporting_command_prints_one_json_document(played: Played, words: tuple[str, ...]) -> None:
    """With --json standard output is one document that parses; without it a table; stderr is empty either way."""
    said = typed("-w", played.workspace, *words, "--json")
    assert (said.code, said.err) == (0, "")
    assert orjson.loads(said.out)
    plain = typed("-w", played.workspace, *words)
    assert (plain.code, plain.err) == (0, "")
    assert len(plain.out.splitlines()) > 1


def test_the_other_json_answers_parse(room: Workroom, played_once: Played) -> None:
    """Ingest, trace, jobs show, pii scan and verify answer in JSON too, and say their words on stderr alone."""
    file = room.write_texts("a.jsonl", ["湖面很静。", "乌有国颠覆传单"])
    here = ("-w", room.folder / "workspace")
    ingested = typed(*here, "ingest", room.declare("own"), file, "--workers", "1", "--json")
    assert ingested.json()["items"] == {"admitted": 1, "quarantined": 1, "duplicate": 0, "rejected": 0}
    (kept,) = typed(*here, "quarantine", "list", "--json").json()
    assert typed(*here, "trace", kept["item"], "--json").json()["matches_source"] is True
    (job,) = typed(*here, "jobs", "list", "--json").json()
    assert typed(*here, "jobs", "show", job["id"]).json()["state"] == "finished"
    assert typed("verify", played_once.bundle, "--json").json()["verified"] is True
    documents = room.write("documents.jsonl", b'{"id": "a", "text": "13800001111"}\n{"id": "b", "text": ""}\n')
    assert [orjson.loads(line)["id"] for line in typed("pii", "scan", documents).out.splitlines()] == ["a", "b"]
    words = typed(*here, "ingest", "own", room.write_texts("b.jsonl", ["山路很长。"]))
    assert words.out == ""
    assert "1 admitted" in words.err


def test_facts_hold_what_the_contract_names(played: Played) -> None:
    """`facts --json` has every key that other programs are promised."""
    facts = typed("-w", played.workspace, "facts", "--json").json()
    dispositions = {"taken_in", "admitted", "quarantined", "duplicate", "rejected", "by_reason"}
    assert dispositions <= set(facts["items"])
    assert {"count", "tokenizer"} <= set(facts["tokens"])
    assert {"bytes", "by_type", "by_source_class", "by_region", "sources"} <= set(facts)
    assert facts["intake"]["bytes"] > facts["bytes"] > 0
    assert {"size", "head"} <= set(facts["ledger"])
    assert all({"items", "occurrences", "sensitive"} <= set(each) for each in facts["personal_information"].values())
    assert all({"items", "hits"} <= set(each) for each in facts["risks"].values())


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """A process of its own prints the version on stdout and ends with 0."""
    said = run("--version", folder=tmp_path)
    assert re.fullmatch(r"yuliao \d+\.\d+\.\d+\n", said.out)
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("ingest",),
        ("facts", "--nonsense"),
        ("ingest", "a", "b", "--workers", "-1"),
        ("report",),
        ("console", "--port", "99999"),
        ("source", "admit", "own"),
    ],
    ids=" ".join,
)
def test_a_slip_of_the_fingers_is_usage(room: Workroom, words: tuple[str, ...]) -> None:
    """Wrong words end with 2 and one sentence that leads to the help."""
    said = typed("-w", room.folder / "workspace", *words)
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert len(said.err.splitlines()) == 1
    assert said.err.endswith("See `yuliao --help` and `yuliao COMMAND --help`.\n")


# What is wrong with the workspace.


def test_no_workspace(tmp_path: Path) -> None:
    """A folder that is no workspace is told so, with the two ways out."""
    refused(typed("-w", tmp_path, "facts"), ExitCode.USAGE, "ui.no-workspace")
    refused(typed("-w", tmp_path / "nowhere", "facts"), ExitCode.USAGE, "ui.no-workspace")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[workspace]", "[workspace", "ui.bad-settings"),
        ("unit_megabytes = 64", f'unit_megabytes = "{PASSWORD}"', "ui.bad-settings"),
        ("[tokens]", f'[tokens]\nsecret = "{PASSWORD}"', "ui.bad-settings"),
        ('id = "w-', 'id = "v-', "ui.bad-settings"),
        ('"national"', '"nowhere"', "rules.unknown-profile"),
        ('url = "" ', f'url = "mysql://u:{PASSWORD}@h/d" ', "provenance.database-unsupported"),
        ('url = "" ', f'url = "{PASSWORD}@@:::" ', "provenance.database-url"),
    ],
)
def test_broken_settings(room: Workroom, old: str, new: str, code: str) -> None:
    """A setting that cannot be is named without the value that was written."""
    settings = room.folder / "workspace" / "yuliao.toml"
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), "utf-8")
    refused(typed("-w", settings.parent, "facts"), ExitCode.USAGE, code)


def test_settings_that_are_no_text(room: Workroom) -> None:
    """A settings file in another encoding is the machine's trouble, not a wrong word."""
    (room.folder / "workspace" / "yuliao.toml").write_bytes(b"\xff\xfe")
    refused(typed("-w", room.folder / "workspace", "facts"), ExitCode.ENVIRONMENT, "ui.settings-unreadable")


def test_keys_that_are_missing_or_misplaced(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its keys, with keys inside any workspace, and with keys others may read, a workspace stays shut."""
    workspace = room.folder / "workspace"
    monkeypatch.setenv("YULIAO_KEYS", str(room.folder / "elsewhere"))
    refused(typed("-w", workspace, "facts"), ExitCode.ENVIRONMENT, "ui.keys-missing")
    monkeypatch.setenv("YULIAO_KEYS", str(workspace / "keys"))
    refused(typed("-w", workspace, "facts"), ExitCode.USAGE, "ui.keys-in-workspace")
    refused(typed("init", room.folder / "second"), ExitCode.USAGE, "ui.keys-in-workspace")
    assert not (room.folder / "second").exists()
    monkeypatch.setenv("YULIAO_KEYS", str(room.folder / "keys"))
    (key,) = (room.folder / "keys").rglob("item.key")
    key.chmod(0o644)
    refused(typed("-w", workspace, "facts"), ExitCode.ENVIRONMENT, "provenance.key-exposed")


def test_an_actor_is_an_id(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name or number in YULIAO_ACTOR would enter the ledger for ever, so it is refused."""
    monkeypatch.setenv("YULIAO_ACTOR", PHONE)
    refused(typed("-w", room.folder / "workspace", "facts"), ExitCode.USAGE, "ui.bad-actor")
    monkeypatch.setenv("YULIAO_ACTOR", "p-0007")
    assert typed("-w", room.folder / "workspace", "facts").code == ExitCode.FINE


def test_a_database_out_of_reach(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL that does not answer is named by its place; the password of its address never comes out."""
    monkeypatch.setenv("YULIAO_DATABASE_URL", f"postgresql+psycopg://chief:{PASSWORD}@127.0.0.1:9/corpus")
    said = typed("-w", room.folder / "workspace", "facts")
    refused(said, ExitCode.ENVIRONMENT, "provenance.database-unreachable")
    assert "127.0.0.1:9/corpus" in said.err
    before = set((room.folder / "keys").iterdir())
    refused(typed("init", room.folder / "new"), ExitCode.ENVIRONMENT, "provenance.database-unreachable")
    assert not (room.folder / "new").exists()
    assert set((room.folder / "keys").iterdir()) == before


def test_a_place_that_is_taken_or_cannot_be(room: Workroom) -> None:
    """A workspace and the demonstration are made in new folders alone, where a folder can be."""
    file = room.write("file", b"")
    refused(typed("init", room.folder / "workspace"), ExitCode.USAGE, "ui.folder-not-empty")
    refused(typed("init", file), ExitCode.USAGE, "ui.folder-not-empty")
    refused(typed("init", file / "below"), ExitCode.ENVIRONMENT, "ui.folder-unwritable")
    refused(typed("demo", "--out", file), ExitCode.ENVIRONMENT, "ui.folder-unwritable")


# What is wrong with a request.


class Wrong(NamedTuple):
    """A request that cannot be carried out: its words, ``{}`` standing for the room's folder."""

    words: str
    code: ExitCode
    kind: str


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong("ingest nobody {}/input/a.jsonl", ExitCode.USAGE, "corpus.source-undeclared"),
        Wrong("ingest Nobody! {}/input/a.jsonl", ExitCode.USAGE, "provenance.bad-source-id"),
        Wrong("ingest own {}/nothing.jsonl", ExitCode.ENVIRONMENT, "corpus.path-missing"),
        Wrong("ingest own {}/empty", ExitCode.ENVIRONMENT, "corpus.no-file"),
        Wrong("source show nobody", ExitCode.USAGE, "corpus.source-undeclared"),
        Wrong("source admit nobody --reason x", ExitCode.USAGE, "corpus.source-undeclared"),
        Wrong(f"source suspend own --reason {PHONE}", ExitCode.USAGE, "corpus.personal-in-reason"),
        Wrong("source template nothing", ExitCode.USAGE, "rules.unknown-source-kind"),
        Wrong("source evidence own nothing {}/input/a.jsonl", ExitCode.USAGE, "rules.unknown-evidence-kind"),
        Wrong("source evidence own rights_statement {}/nothing", ExitCode.ENVIRONMENT, "provenance.disk"),
        Wrong("source add {}/nothing.yaml", ExitCode.USAGE, "corpus.declaration-unreadable"),
        Wrong("source add {}/torn.yaml", ExitCode.USAGE, "corpus.declaration-invalid"),
        Wrong("source add {}/gbk.yaml", ExitCode.USAGE, "corpus.declaration-invalid"),
        Wrong("source add {}/poor.yaml", ExitCode.USAGE, "corpus.declaration-invalid"),
        Wrong("trace nonsense", ExitCode.USAGE, "provenance.bad-item-id"),
        Wrong("trace i1-w7iop2j5urbsrysii3qdovrk6a-7", ExitCode.USAGE, "corpus.item-unknown"),
        Wrong("quarantine list --source nobody", ExitCode.USAGE, "corpus.source-undeclared"),
        Wrong("clause set R-999 --verdict 符合", ExitCode.USAGE, "rules.unknown-clause"),
        Wrong("clause set R-020 --verdict 符合", ExitCode.USAGE, "rules.evidence-missing"),
        Wrong(f"clause set R-020 --verdict n/a --reason {PHONE}", ExitCode.USAGE, "ui.personal-verdict"),
        Wrong("rules import-keywords {}/nothing.csv", ExitCode.ENVIRONMENT, "ui.lexicon-unreadable"),
        Wrong("rules import-keywords {}/columns.csv", ExitCode.USAGE, "rules.lexicon-columns"),
        Wrong("rules import-keywords {}/risk.csv", ExitCode.USAGE, "rules.lexicon-row"),
        Wrong("jobs show j-nothing", ExitCode.USAGE, "corpus.job-unknown"),
        Wrong("jobs cancel j-nothing", ExitCode.USAGE, "corpus.job-unknown"),
        Wrong("pii scan {}/nothing", ExitCode.ENVIRONMENT, "ui.scan-unreadable"),
        Wrong("report --out {}/input/a.jsonl", ExitCode.ENVIRONMENT, "ui.report-unwritable"),
        Wrong("report --check {}/empty", ExitCode.VERIFICATION_FAILED, "ui.no-report"),
        Wrong("seal --out {}/input", ExitCode.USAGE, "provenance.bundle-exists"),
        Wrong("seal --out {}/input/a.jsonl/below", ExitCode.ENVIRONMENT, "provenance.disk"),
    ],
    ids=lambda wrong: wrong.words,
)
def test_a_request_that_cannot_be_carried_out(shared_room: Workroom, wrong: Wrong) -> None:
    """Each gets one sentence with its remedy and the right exit code, and the ledger stays as it was."""
    head = shared_room.house.workspace.ledger.head()
    words = [word.format(shared_room.folder) for word in wrong.words.split()]
    refused(typed("-w", shared_room.folder / "workspace", *words), wrong.code, wrong.kind)
    assert shared_room.house.workspace.ledger.head() == head


@pytest.fixture(scope="module")
def shared_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workroom]:
    """A workspace for requests that change nothing, with all the wrong files beside it."""
    folder = tmp_path_factory.mktemp("wrong")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        room = Workroom.create(folder)
        room.declare("own")
        room.write_texts("a.jsonl", ["湖面很静。"])
        (folder / "empty").mkdir()
        (folder / "named").mkdir()
        (folder / "named" / f"来信{PHONE}.txt").write_text("湖面很静。", "utf-8")
        (folder / "torn.yaml").write_text(f"id: [own\nname: {PASSWORD}", "utf-8")
        (folder / "gbk.yaml").write_bytes("id: 乌有的秘密".encode("gb18030"))
        (folder / "poor.yaml").write_text(f"id: poor\nkind: open_source\nname: {PHONE}\n", "utf-8")
        (folder / "columns.csv").write_text("word,kind\n乌有的秘密,A1a\n", "utf-8")
        (folder / "risk.csv").write_text("keyword,risk\n乌有的秘密,Z9\n", "utf-8")
        yield room


def test_a_source_without_licence_is_refused(room: Workroom) -> None:
    """A missing licence refuses the source with a list of what would help, exit code 1, and nothing of it comes in."""
    here = ("-w", room.folder / "workspace")
    shutil.copytree(EXAMPLES / "novels-unlicensed", room.folder / "novels")
    assert typed(*here, "source", "add", room.folder / "novels" / "declaration.yaml").code == ExitCode.FINE
    data = room.folder / "novels" / "data"
    refused(typed(*here, "ingest", "novels-unlicensed", data), ExitCode.USAGE, "corpus.source-not-admitted")
    said = typed(*here, "source", "admit", "novels-unlicensed", "--reason", "try")
    assert (said.code, said.out) == (ExitCode.FINDINGS, "")
    assert "yuliao source evidence novels-unlicensed licence_text FILE" in said.err
    refused(typed(*here, "ingest", "novels-unlicensed", data), ExitCode.USAGE, "corpus.source-refused")
    assert room.facts().items.taken_in == 0


def test_nothing_is_taken_in_without_a_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace without keyword library takes nothing in and says how to get one."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    assert typed("init", tmp_path / "workspace").code == ExitCode.FINE
    here = ("-w", tmp_path / "workspace")
    for words in (("add", EXAMPLES / "poems-own" / "declaration.yaml"), ("admit", "poems-own", "--reason", "complete")):
        assert typed(*here, "source", *words).code == ExitCode.FINE
    refused(typed(*here, "ingest", "poems-own", EXAMPLES / "poems-own" / "data"), ExitCode.USAGE, "ui.no-lexicon")
    refused(typed(*here, "rules", "coverage"), ExitCode.USAGE, "ui.no-lexicon")


def test_a_broken_file_is_exit_five(room: Workroom) -> None:
    """A file that is rejected or broke off leaves the job finished, counted, with exit code 5 and where to look."""
    source = room.declare("own")
    room.write("in/empty.jsonl", b"")
    room.write("in/good.jsonl", '{"text": "湖面很静。"}\n'.encode())
    said = typed("-w", room.folder / "workspace", "ingest", source, room.folder / "input" / "in", "--json")
    assert said.code == ExitCode.FILES_REJECTED
    assert said.json()["items"] == {"admitted": 1, "quarantined": 0, "duplicate": 0, "rejected": 1}
    assert "quarantine list --source own" in said.err


def test_an_unfinished_ingest_keeps_the_seal_shut(room: Workroom) -> None:
    """Half an ingest is not sealed; cancelled, the seal opens; a job that has ended cannot be cancelled again."""
    here = ("-w", room.folder / "workspace")
    source, file = room.declare("own"), room.write_texts("a.jsonl", ["湖面很静。"])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        ingesting.run(room.house, ingesting.submit(room.house, source_id(source), [file], workers=1), progress=stop)
    refused(typed(*here, "seal", "--out", room.folder / "bundle"), ExitCode.USAGE, "ui.ingest-unfinished")
    assert not (room.folder / "bundle").exists()
    (job,) = reading.jobs_of(room.house)
    assert typed(*here, "jobs", "cancel", job.id).code == ExitCode.FINE
    refused(typed(*here, "jobs", "cancel", job.id), ExitCode.USAGE, "corpus.job-ended")
    assert typed(*here, "seal", "--out", room.folder / "bundle").code == ExitCode.FINE
    refused(typed(*here, "seal", "--out", room.folder / "bundle"), ExitCode.USAGE, "provenance.bundle-exists")


@pytest.mark.parametrize("name", ["empty", "nothing", "input/a.jsonl", "--json"])
def test_what_is_no_bundle_does_not_verify(shared_room: Workroom, name: str) -> None:
    """An empty folder, no folder, a file, a name like a flag: exit code 3, the step that failed, one sentence."""
    said = typed("verify", "--", shared_room.folder / name if name != "--json" else name)
    assert said.code == ExitCode.VERIFICATION_FAILED
    assert "NOT VERIFIED" in said.out
    assert len(said.err.splitlines()) == 1


# What the machine does.


def test_folders_without_rights(room: Workroom) -> None:
    """Who may not read the data, or write where the report or bundle is to stand, gets one sentence."""
    here, own, closed = ("-w", room.folder / "workspace"), room.declare("own"), room.folder / "closed"
    closed.mkdir(mode=0)
    # Root may do everything until the right to override permissions is taken from it.
    under = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    assert subprocess.run([*under, "ls", closed], capture_output=True, check=False).returncode != 0
    for words, kind in (
        (("ingest", own, closed), "corpus.folder-unreadable"),
        (("report", "--out", closed / "report"), "ui.report-unwritable"),
        (("seal", "--out", closed / "bundle"), "provenance.disk"),
        (("report", "--check", closed / "report"), "ui.no-report"),
    ):
        code = ExitCode.VERIFICATION_FAILED if kind == "ui.no-report" else ExitCode.ENVIRONMENT
        refused(run(*here, *words, folder=room.folder, under=under), code, kind)
    room.write("in/closed.jsonl", b'{"text": "x"}\n').chmod(0)
    said = run(*here, "ingest", own, room.folder / "input" / "in", "--json", folder=room.folder, under=under)
    assert said.code == ExitCode.FILES_REJECTED, said.err
    assert said.json()["items"]["rejected"] == 1


def test_ctrl_c_ends_with_130_and_the_same_command_goes_on(room: Workroom) -> None:
    """Ctrl-C on a 2-worker ingest says one sentence; the same command then finishes it, nothing lost or doubled."""
    room.set_small_units()
    source = room.declare("own")
    file = room.write_texts("a.jsonl", (f"第{n}天，湖面很静，山路很长。" * 20 for n in range(12_000)))
    workspace = room.folder / "workspace"
    words = (*ENTRY, "-w", str(workspace), "ingest", source, str(file), "--workers", "2")
    process = subprocess.Popen(
        words, cwd=room.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 240  # on a new machine the scan is compiled first
    while not list(workspace.glob("work/ingest-*/keys-*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (ExitCode.INTERRUPTED, "")
    assert err == "Interrupted; nothing is lost, the same command goes on where it stopped.\n"
    (job,) = reading.jobs_of(room.house)
    assert job.state == "interrupted"
    again = run(*words[len(ENTRY) :], folder=room.folder)
    assert again.code == ExitCode.FINE, again.err
    assert room.facts().items.taken_in == 12_000
    assert [each.state for each in reading.jobs_of(room.house)].count("resumed") == 1


@pytest.mark.parametrize("words", [("clause", "list"), ("facts", "--json"), ("verify", "{bundle}")], ids=" ".join)
def test_a_closed_pipe_is_no_failure(played: Played, words: tuple[str, ...]) -> None:
    """`yuliao ... | head -1` ends quietly, whoever wrote last."""
    asked = [word.format(bundle=played.bundle) for word in words]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as broken:
        done = subprocess.run(
            [*ENTRY, "-w", str(played.workspace), *asked], stdout=broken, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


# What it looks like.


def cells(line: str) -> int:
    """Return how many cells of a terminal a line fills."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def shown(*words: str | Path) -> list[str]:
    """Return what a command shows on a terminal of 80 columns."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen([*ENTRY, *map(str, words)], stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    told = b""
    with contextlib.suppress(OSError):  # Linux tells the end of a terminal so
        while block := os.read(leader, 65536):
            told += block
    os.close(leader)
    assert process.wait(60) == 0
    return told.decode().splitlines()


@pytest.mark.parametrize("words", [("clause", "list"), ("pii", "types"), ("quarantine", "list")], ids=" ".join)
def test_tables_fit_a_terminal(played: Played, words: tuple[str, ...]) -> None:
    """On 80 columns no line is wider, columns line up under their heads, and what names a row is never broken."""
    lines = shown("-w", played.workspace, *words)
    assert max(map(cells, lines)) <= 80
    names = [line.split()[0] for line in lines[1:] if line and not line.startswith(" ")]
    whole = typed("-w", played.workspace, *words).out.splitlines()
    assert names == [line.split()[0] for line in whole[1:]]


@pytest.mark.parametrize(
    "group", ["", "source", "quarantine", "rules", "clause", "pii", "jobs", "people", "annotate", "sample"]
)
def test_help_is_whole_on_eighty_columns(monkeypatch: pytest.MonkeyPatch, group: str) -> None:
    """Each command is explained in one line that is not cut off."""
    monkeypatch.setenv("COLUMNS", "80")
    said = typed(*filter(None, [group]), "--help")
    assert (said.code, said.err) == (0, "")
    listed = said.out.partition("Commands:\n")[2].splitlines()
    assert listed
    assert not [line for line in listed if line.endswith("...") or cells(line) > 80]
