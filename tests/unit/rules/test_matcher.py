"""Keywords found as written (A) and in disguise (B), at the right places of the text as given (R-020, R-122)."""

import pickle

import pytest

from rules.lexicon import Lexicon
from rules.matcher import Hit, KeywordMatcher, Limits

LIMITS = Limits(gap_max=2, hits_max=3, letters_min=2)


def matcher(*keywords: str) -> KeywordMatcher:
    """Return a matcher of these keywords, all for one risk."""
    return KeywordMatcher(Lexicon(tuple((keyword, "A1f") for keyword in sorted(keywords))), LIMITS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这里有坏东西。", [(3, 6, "A")]),
        ("𠮷这里有坏东西", [(4, 7, "A")]),
        ("坏 东西", [(0, 4, "B")]),
        ("坏**东·西", [(0, 6, "B")]),
        ("坏\u200b东\ufe0f西", [(0, 5, "B")]),
        ("坏***东西", []),
        ("坏。东西", []),
        ("坏\n东西", []),
        ("坏！东西", []),
        ("好东西", []),
    ],
)
def test_chinese_keywords(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Inserted symbols are seen through up to the gap, never across the end of a sentence or line."""
    assert [(hit.start, hit.end, hit.grade) for hit in matcher("坏东西").find(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a bomb here", [(2, 6, "A")]),
        ("a BOMB here", [(2, 6, "B")]),
        ("ｂｏｍｂ", [(0, 4, "B")]),
        ("𝐛𝐨𝐦𝐛", [(0, 4, "B")]),
        ("b.o.m.b", [(0, 7, "B")]),
        ("造bomb的", [(1, 5, "A")]),
        ("bombs", []),
        ("ａbomb", []),
        ("catabomb", []),
        ("b o m b", []),
        ("bomb2", []),
    ],
)
def test_english_keywords_need_boundaries(text: str, expected: list[tuple[int, int, str]]) -> None:
    """A Latin keyword is a word of its own; letters apart by spaces are not one."""
    assert [(hit.start, hit.end, hit.grade) for hit in matcher("bomb").find(text)] == expected


def test_white_space_of_a_latin_keyword_stays() -> None:
    """A keyword of two words is found in other case with its space, and two words never become one."""
    found = matcher("is is", "isis").find("Is Is or isis")
    assert [(hit.start, hit.end, hit.grade) for hit in found] == [(0, 5, "B"), (9, 13, "A")]


def test_symbols_that_matter_are_matched_as_written() -> None:
    """Folding would turn ``C++`` into one letter and ``24/7`` into a number: they are found as written only."""
    found = matcher("C++", "24/7").find("𠮷C++ and 24/7, not C nor 247")
    assert [(hit.start, hit.end, hit.grade) for hit in found] == [(1, 4, "A"), (9, 13, "A")]


def test_overlaps_are_kept_sorted() -> None:
    """Overlapping keywords and a keyword of two risks all give hits, in a fixed order."""
    lexicon = Lexicon((("坏东", "A1a"), ("坏东西", "A2a"), ("坏东西", "A1f"), ("东西", "A1a")))
    assert KeywordMatcher(lexicon, LIMITS).find("坏东西") == (
        Hit(0, 2, "A1a", "A"),
        Hit(0, 3, "A1f", "A"),
        Hit(0, 3, "A2a", "A"),
        Hit(1, 3, "A1a", "A"),
    )


def test_a_twin_as_written_hides_its_disguise() -> None:
    """Two keywords that fold alike: what stands there as written is graded A and not B as well."""
    assert [hit.grade for hit in matcher("Bomb", "bomb").find("bomb")] == ["A"]
    assert [hit.grade for hit in matcher("Bomb", "bomb").find("BOMB")] == ["B"]


def test_hits_beyond_the_cap_are_counted() -> None:
    """The first places are kept, all hits are counted."""
    screening = matcher("坏东西").screen("坏东西" * 10)
    assert [hit.start for hit in screening.hits] == [0, 3, 6]
    assert (screening.counts, screening.omitted) == ({("A1f", "A"): 10}, 7)
    assert matcher("坏东西").screen("好").hits == ()


def test_it_travels_to_a_worker() -> None:
    """A matcher rebuilt from its pickle finds the same."""
    original = matcher("坏东西", "C++")
    assert pickle.loads(pickle.dumps(original)).find("坏 东西 C++") == original.find("坏 东西 C++")  # noqa: S301  # our own bytes


def test_broken_text_does_not_stop_it() -> None:
    """Lone surrogates, NUL and an empty text are passed over."""
    assert matcher("坏东西", "C++").find("") == ()
    assert [hit.start for hit in matcher("坏东西").find("\ud800\x00坏东西")] == [2]
