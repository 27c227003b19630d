"""Folding over every kind of disguise: done once it is done, and the way back is exact."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.normalise import fold

_DIGITS = [
    "0123456789",
    "０１２３４５６７８９",
    "零一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
]
_HIDDEN = st.sampled_from(["", "", "", "\u200b", "\u2060", "\ufeff", "\u00ad", "\ufe0f\u20e3", "\u0336"])
_MIXED = st.text(alphabet="0123１①②⑴³㈠ⓐⓩ一二三四五六七八九零壹贰洞拐٣𝟏𝒶- .，、—·　\u200b\u0336\n文a@", max_size=60)


@settings(max_examples=600, deadline=None)
@given(_MIXED)
def test_folding_twice_is_folding_once_whatever_the_mixture(text: str) -> None:
    """A folded text folds to itself, and without hidden characters nothing moves."""
    folded = fold(text)
    again = fold(folded.text)
    assert again.text == folded.text
    assert not again.offsets.origin
    assert folded.offsets.origin or not folded.text or len(folded.text) == len(text)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="文，a \u200b\n", max_size=8),
    st.lists(st.tuples(st.integers(0, 9), _HIDDEN), min_size=8, max_size=19),
    st.sampled_from(_DIGITS),
    st.text(alphabet="文，a \u200b\n", max_size=8),
)
def test_a_hidden_number_leads_back_to_where_it_stands(
    before: str, digits: list[tuple[int, str]], script: str, behind: str
) -> None:
    """However its digits look and whatever is hidden between them, a number folds to its digits and maps back whole."""
    number = "".join(str(digit) for digit, _ in digits)
    disguised = "".join(script[digit] + hidden for digit, hidden in digits[:-1]) + script[digits[-1][0]]
    text = f"{before}号{disguised}号{behind}"
    folded = fold(text)
    at = folded.text.index(f"号{number}号") + 1
    start, end = folded.offsets.back(at, at + len(number))
    assert text[start:end] == disguised


@given(
    st.text(
        alphabet="的一是了我不人在他有这上们来到时大地为子中你说生国年着就那和要她出也得里后自以会三两二、，。①② 　"
    )
)
def test_prose_without_numbers_keeps_its_length_and_its_words(text: str) -> None:
    """In prose nothing but runs of digits changes, and nothing moves."""
    folded = fold(text).text
    assert len(folded) == len(text)
    assert all(one == other or other.isdigit() for one, other in zip(text, folded, strict=True))
