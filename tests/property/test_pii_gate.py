"""The gate loses nothing: pieces give what the whole text gives."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.engine import Detector
from pii.gate import Cue, Gate
from tests.fakes.identities import card, citizen, mobile, organisation

DETECTOR = Detector()

_SEEDS = st.integers(0, 10_000)
_VALUES = st.one_of(
    _SEEDS.map(citizen),
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
    st.text(alphabet="的一是在不了有和人这0123456789 -.@abcX京A（）()\n转", max_size=40),
    st.integers(0, 200).map(lambda n: "文" * n),
)
_TEXTS = st.lists(st.one_of(_DISGUISED, _PROSE), max_size=14).map("".join)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_gate_changes_nothing(text: str) -> None:
    """Looking at the pieces finds exactly what looking at the whole text finds."""
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text)


@settings(max_examples=100, deadline=None)
@given(_TEXTS, st.integers(0, 20_000))
def test_place_in_a_long_text_changes_nothing(text: str, offset: int) -> None:
    """However far into a text a value stands, borders of pieces included, it is found as alone."""
    lead = "文" * 60 + "，"
    alone = DETECTOR.detect(lead + text)
    filler = "13912345678，" * (offset // 12) + "文" * (offset % 12)
    far = [
        (span.start - len(filler), span.end - len(filler), span.label)
        for span in DETECTOR.detect(filler + lead + text)
        if span.start >= len(filler)
    ]
    assert far == [(span.start, span.end, span.label) for span in alone]


@given(st.text(alphabet="01 ab", max_size=400))
def test_every_cue_lies_in_a_piece(text: str) -> None:
    """No match of a cue is outside the part of a piece that counts."""
    pieces = list(Gate([Cue("ab", 2, 3)]).pieces(text))
    at = -1
    while (at := text.find("ab", at + 1)) >= 0:
        assert any(piece.first <= at and at + 2 <= piece.last for piece in pieces)


def test_gate_that_looks_away_is_noticed() -> None:
    """A seeded fault, a cue forgotten, makes the two ways differ: the comparison above can fail."""
    blind = Detector()
    blind._gate = Gate([])
    text = "手机13812345678"
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text) != ()
    assert blind.detect(text) != blind.detect_ungated(text)
