"""Canonical JSON: one value, one sequence of bytes (RFC 8785)."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.canonical import SAFE_INTEGER, encode
from provenance.errors import GovernanceError

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE_INTEGER + 1, SAFE_INTEGER - 1) | words,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(words, inner, max_size=5),
    max_leaves=20,
)


def test_the_example_of_the_rfc() -> None:
    """Section 3.2.2 of RFC 8785 gives input and output; ours is that output, byte for byte."""
    given_text = r"""{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }"""
    expected = (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        r'"string":"€$\u000f\nA' + r"'B\"\\\\\"/" + '"}'
    )
    assert encode(json.loads(given_text)) == expected.encode()


def test_keys_are_sorted_as_the_rfc_sorts_them() -> None:
    """Section 3.2.3 of RFC 8785: keys sort by UTF-16 code units, so the emoji stands before the Hebrew letter."""
    given_text = r"""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
      "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
      "\u00f6":"Latin Small Letter O With Diaeresis"}"""
    assert list(json.loads(encode(json.loads(given_text))).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


@given(values)
def test_a_value_comes_back_and_has_one_form(value: object) -> None:
    """Reading the bytes gives the value, writing it again gives the bytes, whatever the order of keys was."""
    written = encode(value)  # type: ignore[arg-type]
    assert json.loads(written) == value
    assert encode(json.loads(written)) == written


@given(st.dictionaries(words, values, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, object], random: object) -> None:
    """The same mapping filled in another order is the same bytes."""
    keys = list(value)
    random.shuffle(keys)  # type: ignore[attr-defined]
    assert encode({key: value[key] for key in keys}) == encode(value)  # type: ignore[misc,arg-type]


@given(st.dictionaries(st.text('abc_\n"\\é中', max_size=5), values, max_size=6))
def test_the_verifier_writes_entries_as_we_do(value: dict[str, object]) -> None:
    """Python's own JSON writer, which the stand-alone verifier uses, gives the canonical bytes of what we record."""
    keys_in_plane_zero = json.dumps(value, ensure_ascii=True)
    if "\\ud" not in keys_in_plane_zero:
        plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert plain.encode() == encode(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [SAFE_INTEGER, -SAFE_INTEGER, math.nan, math.inf, "\ud800", {"\udfff": 1}])
def test_what_other_readers_would_change_is_refused(value: object) -> None:
    """Integers from 2^53 on, NaN, infinity and lone surrogates are refused with an error for people."""
    assert encode([SAFE_INTEGER - 1, 0.5, "\ud7ff"])
    with pytest.raises(GovernanceError) as refused:
        encode([value])  # type: ignore[list-item]
    assert refused.value.code == "provenance.not-canonical"
