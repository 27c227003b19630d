"""One written form, reached in one step; one key for texts that differ in white space alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.stages.normalise import duplicate_key, normalise

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\r\n\t\x00\x85\ufeff\u3000e\u0301 豈")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("语料\n", "语料\n"),
        ("a\r\nb\rc\r\r\n", "a\nb\nc\n\n"),
        ("a\x00\x0b\x7f\x85\x9fb\tc", "ab\tc"),
        ("\ufeff语\ufeff料", "语料"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("ＡＢ１漢字", "ＡＢ１漢字"),
        ("\r\x00\n", "\n"),
    ],
)
def test_the_form_is_what_the_module_says(text: str, expected: str) -> None:
    """Each stated step does its work, and width, case and traditional forms stay."""
    assert normalise(text) == expected


@given(texts)
def test_normalising_again_changes_nothing(text: str) -> None:
    """The result is composed, free of controls, and its own normal form."""
    once = normalise(text)
    assert normalise(once) is once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(each) == "Cc" for each in once if each not in "\n\t")
    assert "\ufeff" not in once


@given(texts, st.lists(st.sampled_from(" \n\t\u3000"), min_size=1, max_size=3).map("".join))
def test_white_space_makes_no_other_text(text: str, space: str) -> None:
    """How much white space, of which kind and at which end does not matter; where it stands does."""
    text = normalise(text)
    key = duplicate_key(text, b"key")
    assert duplicate_key(space.join(["", *text.split(), ""]), b"key") == key
    assert duplicate_key(text + "x", b"key") != key
    assert duplicate_key(text, b"other") != key
    assert len(key) == 32


def test_white_space_between_words_counts() -> None:
    """Joining two words makes another text."""
    assert duplicate_key("a b", b"key") != duplicate_key("ab", b"key")
