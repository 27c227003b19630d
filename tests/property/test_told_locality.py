"""What is told by words is told locally: pieces around cues give what the whole text gives, wherever it stands."""

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pii.gate import REACH
from pii.normalise import fold
from pii.recognizers import CuedRecognizer, recognizers
from tests.fakes.told import TOLD

_OURS = [each for each in recognizers() if set(each.entities) & set(TOLD)]
_LONGEST = 512
_WRITINGS = st.sampled_from([text for texts in TOLD.values() for text in texts])
_PROSE = st.one_of(
    st.sampled_from(
        ["，", "。", "\n", "；", " ", "我", "他", "患者", "应当", "的", "本人", "\u200b", "10:01 ", "</td>", "2024年"]
    ),
    st.text(alphabet="的一是在了有和人我他张0123456789 ：，。\n.因被病", max_size=60),
    st.integers(0, 120).map(lambda n: "文" * n),
)
_CUT = st.tuples(_WRITINGS, st.integers(0, 40)).map(lambda it: it[0][it[1] :])
_TEXTS = st.lists(st.one_of(_WRITINGS, _CUT, _PROSE), max_size=10).map("".join)


def whole(recognizer: CuedRecognizer, text: str) -> set[tuple[str, int, int]]:
    """Return what a recogniser finds in a whole text."""
    return {(each.entity_type, each.start, each.end) for each in recognizer.analyze(text, list(recognizer.entities))}


def stretches(recognizer: CuedRecognizer, text: str) -> list[tuple[int, int]]:
    """Return the stretches that its cues name, those that meet as one."""
    joined: list[tuple[int, int]] = []
    named = sorted(
        (max(0, match.start() - cue.before), min(len(text), match.end() + cue.after))
        for cue in recognizer.cues
        for match in re.finditer(cue.expression, text)
    )
    for start, end in named:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def piecewise(recognizer: CuedRecognizer, text: str) -> set[tuple[str, int, int]]:
    """Return what it finds inside those stretches, seeing no more than REACH characters around them."""
    found = set()
    for first, last in stretches(recognizer, text):
        at = max(0, first - REACH)
        for entity, start, end in whole(recognizer, text[at : last + REACH]):
            if first <= start + at and end + at <= last:
                found.add((entity, start + at, end + at))
    return found


@pytest.mark.parametrize("recognizer", _OURS, ids=lambda each: each.name)
@settings(max_examples=60, deadline=None)
@given(text=_TEXTS)
def test_pieces_give_what_the_whole_gives(recognizer: CuedRecognizer, text: str) -> None:
    """Cues name every place, and nothing farther away than the gate promises decides about a find."""
    folded = fold(text).text
    assert piecewise(recognizer, folded) == whole(recognizer, folded)


@pytest.mark.parametrize("recognizer", _OURS, ids=lambda each: each.name)
@settings(max_examples=30, deadline=None)
@given(text=_TEXTS)
def test_no_find_is_longer_than_the_longest(recognizer: CuedRecognizer, text: str) -> None:
    """A find fits into the overlap of two pieces."""
    assert all(end - start <= _LONGEST for _, start, end in whole(recognizer, text))


def test_a_cue_that_is_missing_is_noticed() -> None:
    """A seeded fault, a recogniser without cues, finds nothing in pieces: the comparison above can fail."""
    recognizer = next(each for each in _OURS if "RELIGION" in each.entities)
    text = TOLD["RELIGION"][0]
    assert piecewise(recognizer, text) == whole(recognizer, text) != set()
    vars(recognizer)["cues"] = ()
    try:
        assert piecewise(recognizer, text) != whole(recognizer, text)
    finally:
        del vars(recognizer)["cues"]


def test_cues_are_plain_expressions() -> None:
    """A cue looks neither ahead nor behind, so that an automaton can scan for it."""
    cues = [cue.expression for each in _OURS for cue in each.cues]
    assert cues
    assert not [cue for cue in cues if re.search(r"\(\?<?[!=]", cue)]
