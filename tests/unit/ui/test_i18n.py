"""The catalogue of messages is whole: nothing missing, nothing idle, nothing said past it."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui
from ui.i18n import LANGUAGES, Words, known, messages, translate, under, words

UI = Path(ui.__file__).parent
SPEAKERS = [*(UI / "console").rglob("*.py"), *(UI / "report").rglob("*.py")]
CHINESE = re.compile("[\u4e00-\u9fff]")
PAGE_TITLES = {f"{page}.title" for page in ("readiness", "sources", "jobs", "export")}
"""``page("readiness")`` and the navigation ask for ``readiness.title``."""


def spoken() -> Iterator[tuple[str, str]]:
    """Yield each string of the console and the report that may be a key, with the file that says it."""
    for path in SPEAKERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, path.name
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value), path.name


def heads() -> Iterator[tuple[str, str]]:
    """Yield the keys that are called for in full by ``say``, ``words`` and ``translate``."""
    for path in SPEAKERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                branches = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                for branch in branches:
                    if node.func.id in {"say", "words", "translate", "empty"} and isinstance(branch, ast.Constant):
                        yield str(branch.value), path.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_says_something(lang: str) -> None:
    """No message is empty in either language."""
    assert [key for key, pair in messages().items() if not getattr(pair, lang).strip()] == []


def test_both_languages_have_the_same_places() -> None:
    """A figure filled into one language is filled into the other."""

    def places(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}

    assert [key for key, pair in messages().items() if places(pair.zh) != places(pair.en)] == []


def test_english_is_english() -> None:
    """An English message holds no Chinese."""
    assert [key for key, pair in messages().items() if CHINESE.search(pair.en)] == []


def test_every_key_that_is_called_for_exists() -> None:
    """A page cannot ask for a message that is not there."""
    assert [(key, file) for key, file in heads() if not known(key)] == []


def test_no_message_is_idle() -> None:
    """Every message is called for by its key or by a prefix that ends in a dot."""
    said = {text for text, _ in spoken()}
    prefixes = {text for text in said if text.endswith(".")} | PAGE_TITLES
    columns = {f"report.column.{text}" for text in said} | {f"column.{text}" for text in said}
    idle = [
        key
        for key in messages()
        if key not in said and key not in columns and not any(key.startswith(prefix) for prefix in prefixes)
    ]
    assert idle == []


def test_an_idle_message_would_be_seen() -> None:
    """The test above is no formality: a key nobody says is not covered by any prefix."""
    said = {text for text, _ in spoken()}
    assert "readiness.fails" in said
    assert not any("readiness.nobody".startswith(text) for text in said if text.endswith("."))


def test_no_chinese_literal_in_console_code() -> None:
    """What the console says stands in the catalogue; docstrings may name the Chinese term."""
    found = []
    for path in (UI / "console").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            (path.name, node.lineno)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
            and CHINESE.search(node.value)
        ]
    assert found == []


def test_a_place_is_filled_in_the_language_of_the_message() -> None:
    """Words within words are said in the same language."""
    pair = words("report.caption", id="T1", title=Words("规模", "Scale"))
    assert pair.zh.endswith("规模")
    assert pair.en.endswith("Scale")
    assert translate("report.caption", "en", id="T1", title="Scale") == pair.en


def test_a_missing_value_is_an_error() -> None:
    """A sentence is never shown with a hole in it."""
    with pytest.raises(KeyError):
        words("report.caption")


def test_blocking_verdicts_come_first() -> None:
    """The order of the four words is data: what blocks, then what is settled."""
    assert under("verdict.blocking.") == ("不符合", "待证明")
    assert under("verdict.settled.") == ("符合", "不适用")
