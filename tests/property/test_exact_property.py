"""The fast engine and Presidio's own give the same on texts that nobody would write."""

import logging
from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
import regex
from hypothesis import given, settings

from pii.exact.focus import Focus
from pii.exact.sieve import sieve
from pii.recognizers import recognizers
from pii.scanner import Scanner
from tests.fakes.nasty import CHARACTERS, JOINTS, nasty
from tests.fakes.presidio import Pair, pair, users

_TEXTS = st.one_of(
    st.integers(0, 10**9).map(nasty),
    st.lists(st.one_of(st.sampled_from(CHARACTERS), st.sampled_from(JOINTS), st.text(max_size=6)), max_size=30).map(
        "".join
    ),
    st.text(alphabet="0123456789 -.()x+/abAB@:电话①\u0301", max_size=80),
)
_ATOMS = st.sampled_from(
    [
        r"\d",
        r"\w",
        r"[a-c]",
        "a",
        "1",
        ".",
        r"[^\s1]",
        r"\s",
        "号",
        r"[\u4e00-\u9fa5]",
        r"\W",
        "(?:ab|1)",
        "[^a]",
        r"\S",
    ]
)
_PIECES = st.one_of(
    st.tuples(_ATOMS, st.sampled_from(["", "", "+", "*", "?", "{2}", "{1,3}", "{2,}", "+?", "*?", "++"])).map("".join),
    st.sampled_from([r"\b", "^", "$", "(?=1)", "(?!a)", r"(?<=\s)", r"(?<!\d)", r"(?<![^\W])", r"(?>a|ab)"]),
)
_PATTERNS = st.lists(_PIECES, min_size=1, max_size=6).map("".join)
_FLAGS = st.sampled_from([0, regex.I, regex.M, regex.S, regex.I | regex.M | regex.S])


@pytest.fixture(scope="module", params=[("zh", "users"), ("en", "users"), ("zh", "")])
def engines(request: pytest.FixtureRequest) -> Iterator[tuple[str, Pair]]:
    """Both engines over predefined recognisers and a user's, or over ours."""
    logging.disable(logging.CRITICAL)
    language, others = request.param
    yield language, pair(language, *users(language)) if others else pair(language, *recognizers(), predefined=False)
    logging.disable(logging.NOTSET)


@settings(max_examples=200, deadline=None)
@given(text=_TEXTS)
def test_same_results_for_any_text(engines: tuple[str, Pair], text: str) -> None:
    """Whatever the text, both find the same and explain it the same, or raise the same."""
    language, both = engines
    stock, fast = both.both(text, language, return_decision_process=True)
    assert stock == fast


@settings(max_examples=60, deadline=None)
@given(pattern=_PATTERNS, flags=_FLAGS, texts=st.lists(_TEXTS, min_size=10, max_size=10))
def test_any_pattern_is_found_where_it_was(pattern: str, flags: int, texts: list[str]) -> None:
    """Whatever the pattern, looking where the scan says finds all that looking everywhere finds."""
    written = sieve(pattern, flags)
    if written is None:
        return
    scanner = Scanner([written.expression])
    if scanner.blind:
        return
    focus, compiled = Focus(pattern, flags, written), regex.compile(pattern, flags)
    for text in texts:
        if not text.isascii():
            continue
        stretches = [(hit.start, hit.end) for hit in scanner.scan(text)]
        found = [match.span() for match in focus.matches(text, stretches, 60)]
        assert found == [match.span() for match in compiled.finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        (r"(?:foobar){e<=1}", 0),
        (r"a*", 0),
        (r"(?x) a b", 0),
        (r"[[:alpha:]]x", 0),
        (r"[\w--\d]{2}", 0),
        (r"\p{Han}{3}", 0),
        (r"\Kab", 0),
        (r"(?i)é+", 0),
        (r"ж{3}", regex.I),
        (r"(a)?b(?(1)c|d)", 0),
        (r"(?r)ab", 0),
        (r"(?V1)ab", 0),
        (r"\w{3}", regex.A),
        (r"(", 0),
    ],
)
def test_what_scans_and_regex_read_differently_is_not_scanned_for(pattern: str, flags: int) -> None:
    """A pattern in a dialect of `regex`, or one that may match nothing, has no sieve; its neighbour in `re` has one."""
    assert sieve(r"(?:foobar){1,2}", 0) is not None
    assert sieve(pattern, flags) is None
