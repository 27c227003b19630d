"""`yuliao pii`: types, scan and evaluate as a person types them."""

from pathlib import Path
from xml.etree import ElementTree as ET

import orjson
import pytest

from pii.entities import ENTITIES, covered
from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.spans import Span
from tests.fakes import identities
from tests.fakes.terminal import typed
from ui.services import evaluating

SECRET = "不可外传的句子"  # noqa: S105  # the point is that it never comes out


def write(path: Path, *records: object) -> Path:
    """Write JSON Lines."""
    path.write_bytes(b"".join((each if isinstance(each, bytes) else orjson.dumps(each)) + b"\n" for each in records))
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two annotated documents, the second without anything personal."""
    phone = identities.mobile(1)
    spans = [{"start": 2, "end": 13, "type": "MOBILE", "trick": "plain"}]
    return write(
        tmp_path / "gold.jsonl",
        {"id": "a", "text": f"电话{phone}。", "spans": spans, "genre": "<chat>", "template": "t"},
        {"id": "b", "text": SECRET, "spans": []},
    )


def test_types_tell_sensitivity_and_cover() -> None:
    """The list holds what is looked for, --all every type, each with its sensitivity under both profiles."""
    looked_for = typed("pii", "types", "--json").json()
    assert [row["entity"] for row in looked_for] == [name for name in ENTITIES if name in covered()]
    every = {row["entity"]: row for row in typed("pii", "types", "--all", "--json").json()}
    assert list(every) == list(ENTITIES)
    assert (every["CN_ID18"]["sensitive_strict_35273"], every["CN_ID18"]["sensitive_gbt45574"]) == ("yes", "no")
    assert {name for name, row in every.items() if row["covered"]} == covered()


def test_scan_and_evaluate_close_the_circle(gold: Path, tmp_path: Path) -> None:
    """What scan prints is what evaluate reads: a perfect scan has recall 1 with its interval, by type, trick, genre."""
    said = typed("pii", "scan", gold)
    assert said.code == ExitCode.FINE
    first, second = (orjson.loads(line) for line in said.out.splitlines())
    assert [set(span) for span in first["spans"]] == [{"start", "end", "type", "score"}]
    assert second == {"id": "b", "spans": []}
    assert "2 documents" in said.err
    found = tmp_path / "found.jsonl"
    found.write_text(said.out, "utf-8")
    answer = typed("pii", "evaluate", gold, found, "--json").json()
    assert answer["overall"]["measures"]["covered_recall"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert (list(answer["types"]), list(answer["tricks"]), list(answer["genres"])) == (
        ["MOBILE"],
        ["plain"],
        ["<chat>"],
    )
    plain = typed("pii", "evaluate", gold, found)
    assert "MOBILE" in plain.out
    assert plain.err == ""


def test_scan_narrows_its_finds(gold: Path) -> None:
    """Types and lowest score narrow what is printed, and a profile calls each find sensitive or not."""
    one = typed("pii", "scan", gold, "--profile", "gbt45574").out.splitlines()[0]
    assert [span["sensitive"] for span in orjson.loads(one)["spans"]] == [False]
    for words in (("--types", "EMAIL,QQ"), ("--min-score", "1.0")):
        assert orjson.loads(typed("pii", "scan", gold, *words).out.splitlines()[0])["spans"] == []
    kept = typed("pii", "scan", gold, "--types", "EMAIL, MOBILE").out.splitlines()[0]
    assert len(orjson.loads(kept)["spans"]) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--types", "SHOE"), "pii.unknown-entity"), (("--profile", "gdpr"), "pii.unknown-profile")],
)
def test_scan_refuses_what_it_does_not_know(gold: Path, words: tuple[str, str], code: str) -> None:
    """An unknown type or profile is refused before anything is scanned."""
    said = typed("pii", "scan", gold, *words)
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert code in said.err


def test_broken_lines_are_told_and_counted(tmp_path: Path) -> None:
    """A line that is no document is told by its number, the others are scanned, and the exit code says so."""
    broken = [b"{" + SECRET.encode(), b"[]", {"id": "x"}, {"id": "y", "text": 3}, {"id": None, "text": SECRET}]
    lines = write(tmp_path / "a.jsonl", {"id": "a", "text": "无"}, *broken, {"id": 7, "text": "无"})
    said = typed("pii", "scan", lines)
    assert said.code == ExitCode.FILES_REJECTED
    assert [orjson.loads(line)["id"] for line in said.out.splitlines()] == ["a", "7"]
    assert [f"line {number}" in said.err for number in range(2, 7)] == [True] * 5
    assert "5 left out" in said.err
    assert SECRET not in said.err


def test_scan_reads_a_folder_and_byte_order_marks(tmp_path: Path) -> None:
    """Files are named by their relative path, a byte order mark is no character, a file that is no text is left out."""
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("\ufeff电话" + identities.mobile(2), "utf-8")
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00")
    said = typed("pii", "scan", folder)
    assert said.code == ExitCode.FILES_REJECTED
    (line,) = said.out.splitlines()
    assert orjson.loads(line)["id"] == str(Path("sub/a.txt"))
    assert orjson.loads(line)["spans"][0]["start"] == 2
    assert "b.txt" in said.err


def test_a_document_on_which_a_recogniser_fails_is_left_out() -> None:
    """A failure that concerns one document leaves it out; one that concerns all stops the scan."""

    def failing(severity: Severity) -> evaluating.Detect:
        def detect(_text: str) -> tuple[Span, ...]:
            raise GovernanceError("It failed.", code="pii.x", remedy="Mend it.", severity=severity)

        return detect

    document = evaluating.Document("a", "无", 1, 1)
    assert evaluating.scan(document, lambda _: (), evaluating.Wanted()) == {"id": "a", "spans": []}
    assert evaluating.scan(document, failing(Severity.FAIL_UNIT), evaluating.Wanted()) is None
    with pytest.raises(GovernanceError):
        evaluating.scan(document, failing(Severity.STOP), evaluating.Wanted())


def test_documents_are_read_one_by_one(tmp_path: Path) -> None:
    """Nothing behind a document is read before it is asked for, and how far the reading is can be told."""
    file = write(tmp_path / "a.jsonl", {"id": "a", "text": "无"}, b"{")
    first, second = evaluating.documents(file)
    assert (first.text, second.text, second.id) == ("无", None, "line 2")
    assert (second.done, second.total) == (file.stat().st_size, file.stat().st_size)


def test_recall_below_the_limit_is_a_finding(gold: Path, tmp_path: Path) -> None:
    """--min-recall lets a perfect scan pass and leaves with 1 where something leaked, or nothing was to be found."""
    whole = write(
        tmp_path / "w.jsonl", {"id": "a", "spans": [{"start": 2, "end": 13, "type": "QQ"}]}, {"id": "b", "spans": []}
    )
    leak = write(
        tmp_path / "l.jsonl", {"id": "a", "spans": [{"start": 2, "end": 12, "type": "QQ"}]}, {"id": "b", "spans": []}
    )
    assert typed("pii", "evaluate", gold, whole, "--min-recall", "0.97").code == ExitCode.FINE
    said = typed("pii", "evaluate", gold, leak, "--min-recall", "0.97", "--json")
    assert said.code == ExitCode.FINDINGS
    assert said.json()["overall"]["measures"]["covered_recall"]["value"] == 0.0
    empty = write(tmp_path / "e.jsonl", {"id": "b", "text": SECRET, "spans": []})
    assert (
        typed("pii", "evaluate", empty, write(leak, {"id": "b", "spans": []}), "--min-recall", "0").code
        == ExitCode.FINDINGS
    )
    assert typed("pii", "evaluate", gold, whole, "--min-recall", "97").code == ExitCode.USAGE


def test_bad_gold_is_told_by_line(gold: Path, tmp_path: Path) -> None:
    """A bad file is refused with file and line, exit 2, and nothing of the text."""
    broken = write(
        tmp_path / "broken.jsonl", {"id": "a", "text": SECRET, "spans": [{"start": 0, "end": 99, "type": "QQ"}]}
    )
    said = typed("pii", "evaluate", broken, gold)
    assert (said.code, said.out) == (ExitCode.USAGE, "")
    assert "broken.jsonl line 1" in said.err
    assert SECRET not in said.err
    assert typed("pii", "evaluate", tmp_path / "none", gold).code == ExitCode.ENVIRONMENT


def test_plot_is_svg_with_every_name_escaped(gold: Path, tmp_path: Path) -> None:
    """The plot parses as XML, shows a bar per row that has gold, and writes a genre of odd characters as text."""
    found = write(tmp_path / "f.jsonl", {"id": "a", "spans": []}, {"id": "b", "spans": []})
    plot = tmp_path / "plot.svg"
    assert typed("pii", "evaluate", gold, found, "--plot", plot).code == ExitCode.FINE
    words = [each.text for each in ET.fromstring(plot.read_text("utf-8")).iter() if each.text]  # noqa: S314  # our own file
    assert {"all", "MOBILE", "plain", "<chat>"} <= set(words)
    said = typed("pii", "evaluate", gold, found, "--plot", tmp_path / "plot.png")
    assert said.code == ExitCode.USAGE
    assert "ui.plot-format" in said.err
    assert typed("pii", "evaluate", gold, found, "--plot", tmp_path / "no" / "p.svg").code == ExitCode.ENVIRONMENT


def test_a_setting_for_names_is_taken_and_another_refused(gold: Path) -> None:
    """Scan looks for names in either setting; one that does not exist is a sentence."""
    assert typed("pii", "scan", gold, "--setting", "recall").code == ExitCode.FINE
    said = typed("pii", "scan", gold, "--setting", "all")
    assert (said.code, "pii.unknown-setting" in said.err) == (ExitCode.USAGE, True)
