"""The gate loses nothing: stretches give what the whole text gives."""

import random
import re
from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pii.engine import Detector
from pii.gate import Gate, watch
from pii.recognizers import CuedRecognizer, recognizers
from pii.scanned import scanned
from tests.fakes.addresses import address, material
from tests.fakes.identities import card, citizen, mobile, organisation

DETECTOR = Detector(names=None)  # names are looked for in whole texts

_SEEDS = st.integers(0, 10_000)
_VALUES = st.one_of(
    _SEEDS.map(citizen),
    _SEEDS.map(lambda seed: address(random.Random(seed))),
    _SEEDS.map(card),
    _SEEDS.map(lambda seed: card(seed, "888888", 13 + seed % 7)),
    _SEEDS.map(mobile),
    _SEEDS.map(organisation),
    _SEEDS.map(lambda seed: f"user.{seed}@mail{seed}.example.com"),
    _SEEDS.map(lambda seed: f"0571 - 8888{seed % 10000:04}"),
    _SEEDS.map(lambda seed: f"+86 (10) 6278 {seed % 10000:04}转 80"),
    _SEEDS.map(lambda seed: f"6278-{seed % 10000:04}"),
    _SEEDS.map(lambda seed: f"E1{seed:07}"),
    _SEEDS.map(lambda seed: f"京A{seed % 100000:05}"),
    _SEEDS.map(lambda seed: " ".join(f"粤B{seed % 100000:05}D")),
)
_DISGUISED = st.one_of(
    _VALUES,
    _VALUES.map(" ".join),
    _VALUES.map("-".join),
    _VALUES.map("\u200b".join),
    st.tuples(_VALUES, st.sampled_from([" ", "-", "  ", ".", "\u3000"]), st.integers(3, 7)).map(
        lambda it: it[1].join(it[0][i : i + it[2]] for i in range(0, len(it[0]), it[2]))
    ),
)
_PROSE = st.one_of(
    st.sampled_from(
        [
            "电话",
            "手机：",
            "护照号",
            "卡号",
            "车牌",
            "订单号：",
            "￥",
            "元",
            "转",
            "(",
            "）",
            "，",
            "\n",
            " ",
            "@",
            "+86",
            ".",
            "-",
            "a",
            "1",
        ]
    ),
    st.lists(st.sampled_from(material()), max_size=30).map("".join),
    st.text(alphabet="的一是在不了有和人这0123456789 -.@abcX京A（）()\n转", max_size=40),
    st.integers(0, 200).map(lambda n: "文" * n),
)
_OF_EXPRESSIONS = st.sampled_from([each for one in recognizers() for each in one.expressions]).flatmap(st.from_regex)
_TEXTS = st.lists(st.one_of(_DISGUISED, _PROSE), max_size=14).map("".join)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_gate_changes_nothing(text: str) -> None:
    """Looking at the stretches finds exactly what looking at the whole text finds."""
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text)


@settings(max_examples=100, deadline=None)
@given(_TEXTS, st.integers(0, 20_000))
def test_place_in_a_long_text_changes_nothing(text: str, offset: int) -> None:
    """However far into a text a value stands, it is found as alone."""
    lead = "文" * 60 + "，"
    alone = DETECTOR.detect(lead + text)
    filler = "13912345678，" * (offset // 12) + "文" * (offset % 12)
    far = [
        (span.start - len(filler), span.end - len(filler), span.label)
        for span in DETECTOR.detect(filler + lead + text)
        if span.start >= len(filler)
    ]
    assert far == [(span.start, span.end, span.label) for span in alone]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_OF_EXPRESSIONS, _PROSE), max_size=6).map("".join))
def test_gate_changes_nothing_for_any_recogniser(text: str) -> None:
    """The same for texts made by the expressions of the whole registry."""
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text)


@pytest.mark.parametrize("recognizer", recognizers(), ids=lambda each: each.name)
def test_every_expression_is_scanned_for(recognizer: CuedRecognizer) -> None:
    """No expression of ours is too long for the scan, may match nothing, or makes every text be looked at whole."""
    for number, expression in enumerate(recognizer.expressions):
        assert not Gate([watch(expression.pattern, expression.flags, sign=recognizer.signs.get(number))]).blind
        assert expression.match("") is None


def _matches(expression: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while match := expression.search(text, start, end):
        if whole := expression.match(text, match.start()):
            yield whole.span()
        start = match.start() + 1


_SIGNED = [
    (each, number)
    for each in recognizers()
    for number, expression in enumerate(each.expressions)
    if number in each.signs or scanned(expression.pattern, expression.flags).early
]
"""Expressions in the place of which something shorter is scanned for."""


@pytest.mark.parametrize(("recognizer", "number"), _SIGNED, ids=lambda it: getattr(it, "name", it))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_sign_is_there_wherever_its_expression_matches(
    recognizer: CuedRecognizer, number: int, data: st.DataObject
) -> None:
    """What is scanned for in the place of an expression leads to every match of it, whatever stands around."""
    expression = recognizer.expressions[number]
    text = "".join(data.draw(st.one_of(_PROSE, st.from_regex(expression))) for _ in range(3))
    gate = Gate([watch(expression.pattern, expression.flags, sign=recognizer.signs.get(number))])
    seen = [span for _, start, end in gate.stretches(text) for span in _matches(expression, text, start, end)]
    assert set(seen) == set(_matches(expression, text, 0, len(text)))


@given(st.text(alphabet="01 ab", max_size=400))
def test_every_cue_lies_in_a_stretch(text: str) -> None:
    """No match of a cue, with what is around it, is outside the stretches."""
    stretches = list(Gate([watch("ab", before=2, after=3)]).stretches(text))
    at = -1
    while (at := text.find("ab", at + 1)) >= 0:
        first, last = max(0, at - 2), min(len(text), at + 5)
        assert any(each.start <= first and last <= each.end for each in stretches)


def test_gate_that_looks_away_is_noticed() -> None:
    """A seeded fault, a cue forgotten, makes the two ways differ: the comparison above can fail."""
    blind = Detector(names=None)
    blind._gate = Gate([])
    text = "手机13812345678"
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text) != ()
    assert blind.detect(text) != blind.detect_ungated(text)
