"""The one-scan matcher agrees with a slow reading of the same rules."""

from hypothesis import given
from hypothesis import strategies as st

from rules.folding import ENDS, fold
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher, Limits

LIMITS = Limits(gap_max=2, hits_max=64, letters_min=2)
_ALPHABET = "坏东西aAbＢ1 *·。\n\u200b𠮷"
texts = st.text(alphabet=_ALPHABET, max_size=40)
keywords = st.sets(
    st.text(alphabet="坏东aAb1*", min_size=2, max_size=4).filter(lambda word: any(map(str.isalnum, word))),
    min_size=1,
    max_size=6,
)


def _is_latin(character: str) -> bool:
    folded = fold(character)
    return folded.isascii() and folded.isalnum()


def _bounded(text: str, keyword: str, start: int, end: int) -> bool:
    left = start > 0 and _is_latin(keyword[0]) and _is_latin(text[start - 1])
    right = end < len(text) and _is_latin(keyword[-1]) and _is_latin(text[end])
    return not (left or right)


def as_written(text: str, words: set[str]) -> set[tuple[int, int]]:
    """Find every keyword as it is written by looking at every place."""
    return {
        (start, start + len(word))
        for word in words
        for start in range(len(text))
        if text.startswith(word, start) and _bounded(text, word, start, start + len(word))
    }


def matcher(words: set[str]) -> KeywordMatcher:
    """Return a matcher of these keywords, all for one risk."""
    return KeywordMatcher(Lexicon(tuple((word, "A1a") for word in sorted(words))), LIMITS)


@given(texts, keywords)
def test_grade_a_is_exactly_what_stands_there(text: str, words: set[str]) -> None:
    """Hits of grade A are those and only those of a search without any folding."""
    found = {(hit.start, hit.end) for hit in matcher(words).find(text) if hit.grade == "A"}
    assert found == as_written(text, words)


@given(texts, keywords)
def test_grade_b_folds_to_a_keyword_and_crosses_no_end(text: str, words: set[str]) -> None:
    """What is cut from the given text at a hit's place folds to a keyword; no end of sentence or line is inside."""
    forms = {fold(word) for word in words}
    for hit in matcher(words).find(text):
        surface = text[hit.start : hit.end]
        assert fold(surface) in forms
        assert not set(surface) & set(ENDS)


@given(texts, keywords)
def test_hits_are_sorted_and_distinct(text: str, words: set[str]) -> None:
    """Hits come sorted by start, end, risk, each once."""
    hits = matcher(words).find(text)
    assert list(hits) == sorted(set(hits))


def test_a_matcher_that_forgets_boundaries_is_noticed() -> None:
    """The slow reading differs from a search that ignores boundaries, so it would notice one."""
    text, words = "aab 坏东", {"ab", "坏东"}
    careless = {
        (start, start + len(word)) for word in words for start in range(len(text)) if text.startswith(word, start)
    }
    assert {(hit.start, hit.end) for hit in matcher(words).find(text)} == as_written(text, words) != careless
