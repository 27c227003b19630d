"""Papers and lists by the command line: bad ones get a sentence and an exit code, and leave nothing recorded."""

from pathlib import Path

import pytest

from provenance.errors import ExitCode
from tests.fakes.collected import CONSENT_HEAD, SPRING, consent, declare_users, declare_web, log, log_row, write_items
from tests.fakes.terminal import typed
from tests.fakes.workroom import Workroom

ROBOTS = b"User-agent: *\nDisallow: /private/\n"


def _yuliao(room: Workroom, *words: str) -> tuple[int, str, str]:
    said = typed("-w", str(room.folder / "workspace"), *words)
    return said.code, said.out, said.err


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("collection_log", b"url,time,status\nhttps://web.example/secret,yesterday,200\n"),
        ("collection_log", log([log_row("/secret", day=4)])),
        ("collection_log", log([log_row("/secret")]).decode().encode("utf-16")),
        ("robots", b"<html>secret</html>"),
        ("robots", b"\x89PNG\x00secret"),
        ("consent_table", f"{CONSENT_HEAD}secret,1,a,{SPRING},\nsecret,2,a,{SPRING},\n".encode()),
        ("consent_table", f"{CONSENT_HEAD}secret,1,a,{SPRING},2020-01-01T00:00:00Z\n".encode()),
    ],
)
def test_a_bad_paper_is_a_sentence_and_records_nothing(room: Workroom, kind: str, content: bytes) -> None:
    """Exit code 2, file and reason on stderr, no traceback, no cell of the table, and the ledger is as it was."""
    if kind == "consent_table":
        source = declare_users(room, "chat", consent({"u-1": f"2026-03,training,{SPRING},"}))
    else:
        source = declare_web(room, "forum", log([log_row("/t/1")]), ROBOTS)
    file = room.folder / "paper"
    file.write_bytes(content)
    size = room.house.workspace.ledger.head().size
    code, out, err = _yuliao(room, "source", "evidence", source, kind, str(file))
    assert code == ExitCode.USAGE
    assert "corpus." in err
    assert not out
    assert "secret" not in err
    assert "Traceback" not in err
    assert room.house.workspace.ledger.head().size == size
    missing = _yuliao(room, "source", "evidence", source, kind, str(room.folder / "nowhere"))
    assert missing[0] == ExitCode.ENVIRONMENT


def test_a_declaration_with_a_bad_paper_records_nothing(room: Workroom) -> None:
    """`source add` takes a source with all its papers or not at all."""
    declare_web(room, "forum", log([log_row("/t/1")]), ROBOTS)
    folder = room.folder / "declared" / "forum"
    declaration = folder / "declaration.yaml"
    declaration.write_text(declaration.read_text("utf-8").replace("id: forum\n", "id: second\n"), "utf-8")
    (folder / "robots").write_bytes(b"<html></html>")
    size = room.house.workspace.ledger.head().size
    code, _, err = _yuliao(room, "source", "add", str(declaration))
    assert code == ExitCode.USAGE
    assert "web page" in err
    assert room.house.workspace.ledger.head().size == size


def test_lists_are_imported_and_obeyed_by_the_command_line(room: Workroom, tmp_path: Path) -> None:
    """An imported list keeps items out at the next ingest, and trace prints the line that does."""
    source = declare_web(room, "forum", log([log_row("/t/1")]), ROBOTS)
    file = write_items(room, "pages.jsonl", [{"url": "https://web.example/t/1", "text": "一段文字。"}])
    assert _yuliao(room, "ingest", source, str(file), "--workers", "1")[0] == ExitCode.FINE
    entries = tmp_path / "list.csv"
    entries.write_text("kind,value\nhost,web.example\n", "utf-8")
    code, out, err = _yuliao(room, "rules", "import-list", "blocked", str(entries))
    assert (code, out) == (ExitCode.FINE, "")
    assert "1 entries" in err
    assert _yuliao(room, "ingest", source, str(file), "--workers", "1")[0] == ExitCode.FINE
    listed = _yuliao(room, "quarantine", "list")[1]
    assert "host-blocked" in listed
    item = next(word for word in listed.split() if word.startswith("i1-"))
    assert "host web.example" in _yuliao(room, "trace", item)[1]
    assert _yuliao(room, "rules", "import-list", "blocked", str(tmp_path / "nowhere"))[0] == ExitCode.ENVIRONMENT
    assert _yuliao(room, "rules", "import-list", "others", str(entries))[0] == ExitCode.USAGE
