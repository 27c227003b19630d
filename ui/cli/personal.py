"""Commands about personal information (个人信息)."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import typer

from pii import entities
from pii.policy import PiiPolicy
from pii.strip import Stripper
from provenance.errors import ExitCode, GovernanceError
from ui.cli.shared import JSON, PATH, print_json, print_table, tell

_pii = typer.Typer(help="Personal information (个人信息).", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_pii, name="pii")


@_pii.command("types")
def _types(as_json: bool = JSON) -> None:
    """List the types of personal information that a recogniser finds."""
    found = [entity for name, entity in entities.ENTITIES.items() if name in entities.covered()]
    rows = [(e.name, e.zh, e.en, e.category, e.strict_35273.value, e.gbt45574.value) for e in found]
    heads = ("entity", "zh", "en", "category", "sensitive_strict_35273", "sensitive_gbt45574")
    if as_json:
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        print_table([head.replace("_", " ") for head in heads], rows)


@_pii.command("scan")
def _scan(path: Path = PATH) -> None:
    """Scan JSONL or a folder of text files, and print spans.

    JSONL of {"id","text"}; a line per document, and no text.
    """
    stripper = Stripper(PiiPolicy())
    unreadable = 0
    for name, text in _documents(path):
        if text is None:
            unreadable += 1
            tell(f"{name}: cannot be read, left out")
            continue
        spans = [
            {"start": span.start, "end": span.end, "type": span.label, "score": span.score / 1000}
            for span in stripper.detect(text)
        ]
        typer.echo(orjson.dumps({"id": name, "spans": spans}).decode())
    if unreadable:
        raise typer.Exit(ExitCode.FILES_REJECTED)


def _documents(path: Path) -> Iterator[tuple[str, str | None]]:
    try:
        if path.is_dir():
            for file in sorted(each for each in path.rglob("*") if each.is_file()):
                yield str(file.relative_to(path)), _decoded(file.read_bytes())
            return
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(line, number)
    except OSError as error:
        raise GovernanceError(
            "The documents cannot be read.",
            code="ui.scan-unreadable",
            remedy="Check the path and its permissions.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _record(line: bytes, number: int) -> tuple[str, str | None]:
    try:
        document = orjson.loads(line)
        name, text = document["id"], document["text"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return f"line {number}", None
    return (str(name), text) if isinstance(text, str) else (f"line {number}", None)
