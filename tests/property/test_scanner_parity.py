"""Hyperscan and `re` hit the same, and a shape never promises too much."""

import re
from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from pii import scanner
from pii.gate import REACH, Gate, watch
from pii.scanner import Expression, Scanner
from pii.shapes import shape

_EXPRESSIONS = [
    Expression(r"[0-9](?:[ \t\u3000.\-—·_]{0,3}[0-9]){10}"),
    Expression(r"@[A-Za-z0-9][A-Za-z0-9.\-]{2,254}"),
    Expression("kid|[kK]is?", re.IGNORECASE),
    Expression("护照|[电電]话"),
    Expression(r"^a.c$", re.MULTILINE),
    Expression("b.{1,3}c", re.DOTALL),
    Expression(r"\d\s"),
]
_TEXTS = st.text(alphabet="01234 .-—\u3000@abckKidsıİſ\u212a护照電话\n１\ud800𠀀", max_size=80)
_ATOMS = st.sampled_from(
    ["a", "[0-9]", "[^b]", "文", r"\d", "(?<![0-9])", "(?=a)", ".", "<[^<>]{0,3}>", "(?:a|1文)", "(?:0|(?i:b|1))"]
)
_REPEATED = st.tuples(_ATOMS, st.sampled_from(["", "", "{1,3}", "?", "{2}", "+", "{0,2}?"])).map(
    lambda two: f"(?:{two[0]}){two[1]}"
)
_ROWS = st.lists(st.one_of(_REPEATED, st.just("[01]{11,13}")), min_size=1, max_size=4).map("".join)
_SHUT = st.sampled_from(["", "", "(?![0-9])", r"(?![a\]]|[1]0)", "(?![^1])", "(?i:(?![b]))"])
_PATTERNS = st.tuples(st.lists(_ROWS, min_size=1, max_size=3), st.sampled_from(["(?:%s)", "%s"]), _SHUT).map(
    lambda parts: parts[1] % "|".join(parts[0]) + parts[2]
)
_SMALL_TEXTS = st.text(alphabet="ab01<>文 ", max_size=40)


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def both(_own_cache: None) -> tuple[Scanner, Scanner]:
    """The same expressions by Hyperscan and by `re`."""
    compiled = Scanner(_EXPRESSIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanner, "_has_hyperscan", False)
        return compiled, Scanner(_EXPRESSIONS)


@settings(max_examples=500, deadline=None)
@given(_TEXTS)
def test_both_engines_hit_the_same(both: tuple[Scanner, Scanner], text: str) -> None:
    """Whatever the text, hits are the same with the library and without."""
    assert both[0].scan(text) == both[1].scan(text)


@settings(max_examples=500, deadline=None)
@given(_PATTERNS, _SMALL_TEXTS)
def test_no_match_begins_before_its_shape_says(pattern: str, text: str) -> None:
    """From where a match ends, its shape leads back to its beginning or further."""
    told = shape(pattern)
    for match in re.finditer(f"(?={pattern})", text):
        inner = re.compile(pattern).match(text, match.start())
        if inner is not None and inner.end() > inner.start():
            assert told.beginning(text, inner.end(), inner.end()) <= inner.start()
            assert told.beginning(text, inner.end(), len(text)) <= inner.start()


@settings(max_examples=150, deadline=None)
@given(_PATTERNS, st.lists(_SMALL_TEXTS, min_size=1, max_size=8))
@example("(?:(?:a)|(?:(?:0|(?i:b|1))))(?![^1])", ["01<"])
def test_stretches_hold_what_the_whole_text_holds(pattern: str, texts: list[str]) -> None:
    """Searching the stretches of an expression from every start finds each match of the whole text."""
    expression = re.compile(pattern)
    gate = Gate([watch(pattern)])
    for text in texts:
        whole = {match.span() for match in _matches(expression, text, 0, len(text))}
        parts = {
            whole_one.span()
            for each in gate.stretches(text)
            for match in _matches(expression, text, each.start, each.end)
            if (whole_one := expression.match(text, match.start()))
            and whole_one[0]  # as recognisers do: a stretch may end in a match
        }
        assert whole == parts
        assert all(each.end <= len(text) for each in gate.stretches(text))


def _matches(expression: "re.Pattern[str]", text: str, start: int, end: int) -> list["re.Match[str]"]:
    found = []
    match = expression.search(text, start, end)
    while match:
        if match.end() > match.start():
            found.append(match)
        match = expression.search(text, match.start() + 1, end) if match.start() < end else None
    return found


def test_a_mark_opens_the_shape_and_its_absence_closes_it() -> None:
    """A part that may hold anything counts only where its closing mark stands."""
    told = shape("1(?:<[^<>]{0,24}>)?[0-9]{2}")
    assert told.beginning("文文文123", 6, 6) == 3
    assert told.beginning("文文1<文>23", 7, 7) == 0
    assert REACH > 0
