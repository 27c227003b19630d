"""The documentation says what the program does: pages made anew, commands that exist, links that lead somewhere."""

import ast
import datetime as dt
import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from corpus.schema import DISPOSITIONS
from provenance.errors import ExitCode
from tests.fakes.terminal import typed
from ui.settings import WorkspaceFile

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = (*READMES, ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").glob("*.md")))
RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
PACKAGES = ("provenance", "rules", "pii", "corpus", "annotation", "ui")
GLOBAL = frozenset({"-w", "--workspace", "-q", "--quiet", "--version", "--help"})

_COMMAND = re.compile(r"(?<![\w./-])yuliao +((?:(?:-w +\S+|-q) +)*[a-z-][^\n`;|&>。，；）]*)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"|<a[^>]*\bhref=\"([^\"]+)\"")


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = _loaded()
COMMANDS = BUILD.commands()


def _split(mention: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the words of the command that a mention names, as far as they are known, and what follows them."""
    rest = re.sub(r"^(?:(?:-w +\S+|-q) +)*", "", mention).split()
    words: tuple[str, ...] = ()
    while rest and (*words, rest[0].strip(".,:")) in COMMANDS:
        words = (*words, rest.pop(0).strip(".,:"))
    return words, rest


def _faults(text: str) -> list[str]:
    """Return the mentions of commands or options that the command line does not have."""
    return [match[0] for match in _COMMAND.finditer(text) if not _exists(match[1])]


def _unfinished(text: str) -> list[str]:
    """Return the mentions with arguments that lack an option without which the command refuses."""
    return [match[0] for match in _COMMAND.finditer(text) if _lacking(match[1])]


def _exists(mention: str) -> bool:
    command = COMMANDS[_split(mention)[0]]
    options = _options(mention)
    is_whole = not hasattr(command, "commands") or bool(options & GLOBAL)
    return is_whole and options <= GLOBAL.union(*({*each.opts, *each.secondary_opts} for each in command.params))


def _lacking(mention: str) -> set[str]:
    words, rest = _split(mention)
    names = {each.opts[0] for each in COMMANDS[words].params if each.required}
    return {name for name in names if name.startswith("--")} - _options(mention) if rest else set()


def _options(mention: str) -> set[str]:
    return set(re.findall(r"(?<!\S)--[a-z][a-z-]*", mention))


def _code(page: str) -> Iterator[str]:
    """Yield what stands as code in a Markdown page, diagrams apart."""
    fences = re.compile(r"^ *```([^\n]*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
    yield from (body for language, body in fences.findall(page) if language != "mermaid")
    yield from re.findall(r"`([^`\n]+)`", fences.sub("", page))


def _sentences(source: str) -> Iterator[str]:
    """Yield the strings of a module; what is filled in at run time stands as FILLED."""
    tree = ast.parse(source)
    filled = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    pieces = {id(piece) for node in filled for piece in node.values}
    for node in filled:
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "FILLED" for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value


def _mentioned(page: Path) -> set[tuple[str, ...]]:
    code = "\n".join(_code(page.read_text("utf-8")))
    return {_split(match[1])[0] for match in _COMMAND.finditer(code)}


def test_the_reference_pages_are_what_the_program_says() -> None:
    """The pages of commands, settings and clauses, made anew, are those that lie in docs."""
    assert BUILD.stale() == [], "run .venv/bin/python docs/build.py"


def test_a_page_that_drifted_is_noticed(tmp_path: Path) -> None:
    """One changed letter in a reference page, or a page that is missing, is found."""
    for name in BUILD.PAGES:
        (tmp_path / name).write_text((ROOT / "docs" / name).read_text("utf-8"), "utf-8")
    assert BUILD.stale(tmp_path) == []
    page = tmp_path / "cli.md"
    page.write_text(page.read_text("utf-8").replace("Verify a bundle", "Verify no bundle", 1), "utf-8")
    (tmp_path / "settings.md").unlink()
    assert BUILD.stale(tmp_path) == ["cli.md", "settings.md"]


def test_the_check_is_a_command() -> None:
    """`python docs/build.py --check` ends with 0 where nothing drifted, and prints nothing."""
    command = [sys.executable, "-B", str(ROOT / "docs" / "build.py"), "--check"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_every_setting_is_on_its_page() -> None:
    """No key of the workspace's file and no variable of the environment is left out of docs/settings.md."""
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    sections = WorkspaceFile.model_fields
    keys = [f"`{name}.{key}`" for name, field in sections.items() for key in field.annotation.model_fields]  # type: ignore[union-attr]  # every section is a model
    assert len(keys) > 5
    assert [key for key in (*keys, *BUILD.ENVIRONMENT) if key not in page] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "cli.md"], ids=lambda page: page.name)
def test_every_command_in_a_page_exists(page: Path) -> None:
    """A command that a page shows can be typed: its words and options are the command line's, and none is missing."""
    for code in _code(page.read_text("utf-8")):
        assert _faults(code) == []
        assert _unfinished(code) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_command_in_a_remedy_exists(package: str) -> None:
    """A sentence of the program, or of its rule data, sends a person to commands that are there, with all they need."""
    faults = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        texts = list(_sentences(path.read_text("utf-8")))
        found = [fault for text in texts for fault in (*_faults(text), *_unfinished(text))]
        faults |= {str(path.relative_to(ROOT)): found} if found else {}
    for path in sorted((*(ROOT / package).rglob("*.yaml"), *(ROOT / package).rglob("*.md"))):
        found = _faults(path.read_text("utf-8"))
        faults |= {str(path.relative_to(ROOT)): found} if found else {}
    assert faults == {}


def test_the_reader_of_commands_sees_a_wrong_one() -> None:
    """The oracle above knows a command from an invented one, and an option from an invented one."""
    for right in ("yuliao facts --json", "yuliao -w demo source list", "yuliao --version", "python yuliao.toml"):
        assert _faults(right) == [], right
    for wrong in (
        "yuliao fact",
        "yuliao source",
        "yuliao source lists",
        "yuliao facts --jsn",
        "Run `yuliao people feed`.",
    ):
        assert len(_faults(wrong)) == 1, wrong
    assert _unfinished("yuliao source admit ID --reason R; yuliao source admit") == []
    assert _unfinished("yuliao source admit ID") == ["yuliao source admit ID"]
    assert list(_sentences('f"yuliao ingest {name} PATH"')) == ["yuliao ingest FILLED PATH"]


def test_both_readmes_name_the_same_commands() -> None:
    """The English and the Chinese README take their readers through the same commands, make's and ours."""
    english, chinese = (_mentioned(page) for page in READMES)
    assert len(english) > 10
    assert english == chinese
    made = [set(re.findall(r"\bmake ([a-z-]+)", "\n".join(_code(page.read_text("utf-8"))))) for page in READMES]
    assert {"demo", "test"} <= made[0] == made[1]


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_first_hour_goes_as_the_readme_shows_it(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who types the README's commands, in their order, sees every line of output that the README shows."""
    monkeypatch.delenv("YULIAO_KEYS", raising=False)
    monkeypatch.delenv("YULIAO_WORKSPACE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    blocks = re.findall(r"^```console\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    assert len(steps) > 10
    for step in steps:
        line, *shown = step.splitlines()
        said = "\n".join(_played(command, monkeypatch) for command in line.split(" && "))
        for expected in shown:
            assert re.search(_pattern(expected), said, re.MULTILINE), f"{line}: {expected}\n{said}"


def _played(command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Do what one command line says, the item of a trace taken from this workspace, and return what was said."""
    words = shlex.split(re.sub(_ITEM, _first_kept, command))
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return ""
    target = Path(words.pop()) if ">" in words else None
    answer = typed(*(word for word in words[1:] if word != ">"))
    assert answer.code == 0, f"{command}\n{answer.err}"
    if target:
        target.write_text(answer.out, "utf-8")
    return answer.out + answer.err


_ITEM = r"i1-[a-z2-7]{26}-\d+"


def _first_kept(_: re.Match[str]) -> str:
    item: str = typed("quarantine", "list", "--json").json()[0]["item"]
    return item


def _pattern(line: str) -> str:
    """Return what a line of output looks like in any workspace: keys, digests, paths and columns vary."""
    varying = (_ITEM, r"w-[a-z2-7]{26}", r"[0-9a-f]{64}", " +")
    shapes = {form: form for form in varying} | {"…": r"\S*"}
    pieces = re.split(f"({'|'.join(shapes)})", line)
    found = (next((shapes[form] for form in shapes if re.fullmatch(form, piece)), None) for piece in pieces)
    return "^" + "".join(shape or re.escape(piece) for shape, piece in zip(found, pieces, strict=True))


def test_every_make_target_in_a_page_exists() -> None:
    """A page names no make target that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(_code(page.read_text("utf-8")))))
        assert named <= targets, page.name


def test_both_readmes_explain_every_exit_code() -> None:
    """Both READMEs have a row for each exit code, and for no other."""
    for page in READMES:
        rows = re.findall(r"^\| `?(\d+)`? \|", page.read_text("utf-8"), re.MULTILINE)
        assert [int(row) for row in rows] == list(ExitCode), page.name


def test_relative_links_resolve() -> None:
    """Every relative link and picture in a page leads to a file of this repository."""
    broken = []
    for page in (*PAGES, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs" / "adr").glob("*.md"))):
        for match in _LINK.finditer(page.read_text("utf-8")):
            target = next(filter(None, match.groups())).partition("#")[0]
            if target and not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_pages_name_no_machine() -> None:
    """No page shows a path of the machine that it was written on."""
    for page in (*PAGES, ROOT / "CHANGELOG.md", *RECORDS):
        assert not re.search(r"(?<![\w.])/(?:work|home|tmp|root|Users)/", page.read_text("utf-8")), page.name


def test_the_glossary_has_the_dispositions_as_the_console_shows_them() -> None:
    """The four dispositions have one Chinese word each, in the glossary, in the console and in the Chinese README."""
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    row = next(line for line in glossary.splitlines() if line.startswith("| quarantine;"))
    english, chinese = ([word.strip() for word in cell.split(";")] for cell in row.split("|")[1:3])
    shown = yaml.safe_load((ROOT / "ui" / "i18n" / "messages.yaml").read_text("utf-8"))["disposition"]
    for name in DISPOSITIONS:
        verb = next(verb for verb in english if name.startswith(verb))
        assert shown[name]["zh"] == chinese[english.index(verb)]
        assert shown[name]["zh"] in READMES[1].read_text("utf-8")


def test_decisions_are_numbered_and_whole() -> None:
    """Every record of a decision has its number in turn, the four parts of the template, and a place in the list."""
    assert [int(path.name[:4]) for path in RECORDS] == list(range(len(RECORDS)))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    for path in RECORDS:
        text = path.read_text("utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Options", "Decision", "Consequences"], (
            path.name
        )
        assert re.search(r"^# \d{4} ", text), path.name
        assert path.name == RECORDS[0].name or f"({path.name})" in listed, path.name


def test_the_editions_are_looked_at_in_time() -> None:
    """The editions of the standards were reviewed before their date; when this fails, read them again (ADR 0010)."""
    text = next(path for path in RECORDS if path.name.startswith("0010")).read_text("utf-8")
    due = re.search(r"^Next review: (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    assert due
    assert dt.datetime.now(dt.UTC).date() <= dt.date.fromisoformat(due[1])


def test_the_changelog_keeps_its_order() -> None:
    """Each version lists its changes under the known headings, in their order, and the first is what comes next."""
    order = ["Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"]
    versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert versions[0].startswith("[0.1.0] unreleased")
    for version in versions:
        headings = re.findall(r"^### (.+)$", version, re.MULTILINE)
        assert headings == sorted(headings, key=order.index)
