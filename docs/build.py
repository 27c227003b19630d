"""Writes the reference pages from what they describe, so that they cannot drift: ``python docs/build.py [--check]``.

``cli.md`` comes from the command line's own help, ``settings.md`` from ``ui/settings.py``, ``clauses.md`` from the rule
data. ``--check`` writes nothing and names the pages that are not what they would be.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from provenance.errors import ExitCode
from rules import catalog, certainty
from rules.records import Clause, Threshold
from ui import settings
from ui.cli.app import app

DOCS = Path(__file__).resolve().parent
_MADE = "<!-- Made by docs/build.py: change what the page describes, then run docs/build.py. -->"

EXIT_CODES: Mapping[ExitCode, str] = {
    ExitCode.FINE: "done, and nothing to object to",
    ExitCode.FINDINGS: "done, and something is to be seen to: a refused source, a health check that failed",
    ExitCode.USAGE: "the request cannot be carried out as it stands; the sentence says what to do",
    ExitCode.VERIFICATION_FAILED: "a bundle, a document or the ledger is not what it claims to be",
    ExitCode.ENVIRONMENT: "the machine: a disk, a permission, a missing program, a database",
    ExitCode.FILES_REJECTED: "done, but at least one file was rejected or broke off",
    ExitCode.INTERRUPTED: "interrupted; the same command goes on where it stopped",
}
ENVIRONMENT: Mapping[str, tuple[str, str]] = {
    "YULIAO_WORKSPACE": ("the current folder", "Folder of the workspace, where `-w` is not given."),
    "YULIAO_KEYS": (
        "`yuliao/keys` in the user's configuration folder",
        "Folder of the secret keys: outside every workspace, and backed up by itself.",
    ),
    "YULIAO_DATABASE_URL": (
        "`catalogue.url`, else SQLite",
        "Database of catalogue and ledger with its password, which belongs in no file.",
    ),
    "YULIAO_PSEUDONYM_KEY": (
        "`personal_information.pseudonym_key`, else none",
        "File of the key of shown pseudonyms, outside the workspace; needed where a declaration orders pseudonyms.",
    ),
    "YULIAO_ANNOTATION_DATABASE_URL": (
        "SQLite in the workspace",
        "PostgreSQL database of the annotation server, `postgresql://user:password@host:port/name`; for teams.",
    ),
    "YULIAO_LABEL_STUDIO": (
        "a folder among the user's data",
        "Folder of the annotation server's own environment, about 800 MB, shared by all workspaces.",
    ),
    "YULIAO_LABEL_STUDIO_URL": (
        "the workspace's own server",
        "Address of a team's own Label Studio to work with instead; its token: `yuliao annotate server token < FILE`.",
    ),
    "YULIAO_ACTOR": (
        "made from the login, under the workspace's key",
        "Person id that enters the ledger with what this user does: `p-` and letters or digits, never a name.",
    ),
}
SEEN: Mapping[str, tuple[str, str]] = {
    "F": ("见到正式文本", "the final text"),
    "S": ("见到公开资料的转述", "a public source that reports it"),
    "D": ("见到征求意见稿全文", "the whole draft for comment"),
    "M": ("凭记忆", "nothing anew: it is remembered"),
    "H": ("自定", "nothing: a rule of the house"),
    "X": ("有人主张，未经证实", "a claim that nobody confirmed"),
}
_SETTINGS = """\
What belongs to a corpus stands in `yuliao.toml` in its workspace; what belongs to the machine, or must not be written
down, comes from the environment. An unknown key or a value out of range is refused with a sentence."""
_CERTAINTY = """\
每条要求都写明当时见到了什么。混合代码按较弱的一个计；数字只要含 S 即按 S 打印；X 从不作为标准要求打印。条款号沿用
TC260-003，正式标准的条款号尚未核对。

Every requirement says how much of its text was seen. A mixed code counts as its weaker letter; a number whose code
holds S prints as S; X is never printed as law. Clauses are numbered as in TC260-003; the final's
own numbers are not verified yet."""


class Command(Protocol):
    """As much of a command as is read here."""

    params: list[Any]


def commands() -> dict[tuple[str, ...], Command]:
    """Return every command by its words, groups included; first the whole command line, which has none."""
    found: dict[tuple[str, ...], Command] = {}

    def walk(words: tuple[str, ...], command: Command) -> None:
        found[words] = command
        for name, each in getattr(command, "commands", {}).items():
            walk((*words, name), each)

    walk((), typer.main.get_command(app))
    return found


def command_line() -> str:
    """Return the page of the command line."""
    parts = [
        "# Command line",
        _MADE,
        "Data goes to standard output, words and progress to standard error. What reports takes `--json`.",
        "## Exit codes",
        _table(("code", "meaning"), ((str(int(code)), EXIT_CODES[code]) for code in ExitCode)),
    ]
    for words in commands():
        parts += [f"## {' '.join(('yuliao', *words))}", f"```text\n{_help(words)}\n```"]
    return _page(parts)


def _help(words: Sequence[str]) -> str:
    said = CliRunner().invoke(app, [*words, "--help"], prog_name="yuliao", terminal_width=80)
    if said.exit_code:
        raise RuntimeError(f"yuliao {' '.join(words)} --help ended with {said.exit_code}")
    return said.stdout.strip()


def settings_list() -> str:
    """Return the page of the settings."""
    source = Path(settings.__file__).read_text("utf-8")
    variables = sorted(set(re.findall(r"YULIAO_[A-Z_]+", source)))
    parts = [
        "# Settings",
        _MADE,
        _SETTINGS,
        f"## `{settings.FILE}`",
        _table(("key", "default", "values", "meaning"), _keys()),
        "## Environment",
        _table(("variable", "default", "meaning"), ((f"`{name}`", *ENVIRONMENT[name]) for name in variables)),
    ]
    return _page(parts)


def _keys() -> Iterator[tuple[str, ...]]:
    remarks = _remarks(settings.template("w-" + "a" * 26))
    for section, described in settings.WorkspaceFile.model_fields.items():
        shape = described.annotation
        assert isinstance(shape, type)
        assert issubclass(shape, BaseModel)
        for key, field in shape.model_fields.items():
            default = "made by `yuliao init`" if field.is_required() else f"`{_toml(field.default)}`"
            meaning = remarks.get((section, key)) or (shape.__doc__ or "").replace("``", "`")
            yield f"`{section}.{key}`", default, _values(field), meaning.strip().rstrip(".")


def _remarks(file: str) -> dict[tuple[str, str], str]:
    found, section = {}, ""
    for line in file.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif match := re.fullmatch(r"(\w+) = .*?\s#\s*(.+)", line):
            found[section, match[1]] = match[2]
    return found


def _values(field: FieldInfo) -> str:
    bounds = {name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)}
    return f"{bounds['ge']} to {bounds['le']}" if bounds else "text"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def clauses() -> str:
    """Return the page of the clauses, in both languages."""
    rules = catalog.load()
    parts = [
        "# 条款 Clauses",
        _MADE,
        "## 确定度 Certainty",
        _CERTAINTY,
        _table(
            ("", "依据", "what was seen", "打印", "printed as"),
            ((letter, *SEEN[letter], *_printed(letter)) for letter in certainty.ORDER),
        ),
        "## 条款 Clauses",
        _table(("编号 id", "依据 cited as", "要求 asks", "判定 judged by"), map(_clause, rules.clauses.values())),
        "## 数值 Thresholds",
        "口径可以更严，不能更宽。A profile may be stricter than a number, never looser.",
        _table(
            ("条款 clause", "数值 number", "名称 name", "打印 printed as"), map(_threshold, rules.thresholds.values())
        ),
    ]
    return _page(parts)


def _printed(code: str) -> tuple[str, str]:
    zh, en = certainty.printed(code, "zh"), certainty.printed(code, "en")
    if zh is None or en is None:
        return "只列本系统编号，不作为要求", "our own id alone, as no requirement"
    return zh or "照原文", en or "the text as it stands"


def _clause(clause: Clause) -> tuple[str, ...]:
    judged = {"Y": "软件 software", "P": "软件与人 both", "N": "人 people"}[clause.computable]
    place = f"{clause.standard} {clause.key}" if clause.is_law else "—"
    remarks = " · ".join(dict.fromkeys(filter(None, _printed(clause.certainty))))
    asks = f"**{clause.title_zh}** {clause.title_en}<br>{clause.requirement_zh} {clause.requirement_en}"
    return str(clause.id), f"{place}<br>{remarks}", asks, judged


def _threshold(each: Threshold) -> tuple[str, ...]:
    zh, en = each.remark("zh"), each.remark("en")
    printed = "提示线，非标准要求 · a hint, required by no standard" if zh is None or en is None else f"{zh} · {en}"
    sign = {"min": "≥", "max": "≤"}[each.direction]
    return str(each.clause), f"{sign} {each.value} {each.unit}", f"{each.zh} {each.en}", printed


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"cli.md": command_line, "settings.md": settings_list, "clauses.md": clauses}


def stale(folder: Path = DOCS) -> list[str]:
    """Return the pages in a folder that are not what they would be if they were made now."""
    return [
        name
        for name, page in PAGES.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != page()
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` say which are stale."""
    if "--check" in arguments:
        for name in (found := stale()):
            print(f"docs/{name} is stale: run python docs/build.py", file=sys.stderr)
        return 1 if found else 0
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
