"""Property: every spelling of a number that the detector finds gives one key, and other numbers give others."""

import hypothesis.strategies as st
from hypothesis import assume, given, settings

from pii.identify import identified
from pii.strip import Stripper
from provenance.pseudonyms import pseudonym
from tests.fakes.identities import card, citizen, mobile

KEY = b"k" * 32
_SEEDS = st.integers(0, 10_000)
_FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_DRAWN = {"MOBILE": (mobile, "手机"), "CN_ID18": (citizen, "身份证"), "BANK_CARD": (card, "银行卡号")}
_STRIPPER = Stripper()


@st.composite
def _spelled(draw: st.DrawFn, entity: str, number: str) -> str:
    """Write a number in some way: separators, hidden characters, width, a country code before a mobile number."""
    width = draw(st.sampled_from([{}, {}, _FULL_WIDTH, _HAN]))
    # Chinese digits are read as digits in long runs only, so a gap would make it another number.
    gap = draw(st.sampled_from(["", "\u200b"] if width is _HAN else ["", " ", "-", "\u3000", ".", "·", "\u200b", "–"]))
    cuts = draw(st.sets(st.integers(1, len(number) - 1), max_size=len(number) - 1))
    text = "".join((gap if at in cuts else "") + each for at, each in enumerate(number))
    text = text.lower() if draw(st.booleans()) else text
    text = text.translate(width)
    prefix = draw(st.sampled_from(["", "+86", "+86 ", "0086-", "86 ", "(+86)", "0"])) if entity == "MOBILE" else ""
    return prefix + text


@settings(max_examples=600)
@given(st.data(), st.sampled_from(sorted(_DRAWN)), _SEEDS)
def test_every_spelling_found_is_one_value(data: st.DataObject, entity: str, seed: int) -> None:
    """Whatever the detector takes for a number of this type is, in canonical form, the number."""
    make, word = _DRAWN[entity]
    number = make(seed)
    text = f"{word}：{data.draw(_spelled(entity, number))}。"
    spans = [span for span in _STRIPPER.detect(text) if span.label == entity]
    assume(spans)
    assert identified(text, spans) == {(entity, number)}


@given(st.sampled_from(sorted(_DRAWN)), st.sets(_SEEDS, min_size=2, max_size=2))
def test_different_values_have_different_keys(entity: str, seeds: set[int]) -> None:
    """Two numbers, and one number taken for two types, never share a key; another workspace has other keys."""
    make, _ = _DRAWN[entity]
    one, other = map(make, sorted(seeds))
    assume(one != other)
    keys = [pseudonym(KEY, entity, one), pseudonym(KEY, entity, other), pseudonym(KEY, "QQ", one)]
    assert len({*keys, pseudonym(b"j" * 32, entity, one)}) == 4
