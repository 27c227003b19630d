"""Names in any text: spans within it, the same every time, and a place in a text that changes nothing."""

from itertools import pairwise
from unittest import mock

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.names import finder
from pii.names.finder import Finder
from pii.names.recognizer import NameRecognizer

BALANCED, RECALL = Finder(), Finder("recall")
_PIECES = st.sampled_from(
    [
        "王晓明", "李", "张伟", "克林顿", "约翰·史密斯", "欧阳", "小明", "高兴", "于是", "先生", "记者", "说", "，",
        "。", "的", "Mr. John Smith", "姓名：Tom Hanks", " ", "\u200b", "\ud800", "\U00020000", "１２３", "@", "陳國強",
        "\n",
    ]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=30).map("".join)
_WHOLE = st.lists(_PIECES.filter(lambda piece: piece not in ("\u200b", "\ud800")), max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_spans_lie_in_the_text(text: str) -> None:
    """Spans are not empty, within the text, in order, not overlapping, and the same a second time."""
    for setting in (BALANCED, RECALL):
        names = setting.find(text)
        assert all(0 <= name.start < name.end <= len(text) and 0 < name.score < 1000 for name in names)
        assert all(one.end <= other.start for one, other in pairwise(names))
        assert setting.find(text) == names


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_recogniser_points_into_the_text_as_given(text: str) -> None:
    """The recogniser's spans lie in the original, hidden characters included."""
    for result in NameRecognizer().analyze(text, ["NAME"]):
        assert 0 <= result.start < result.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(_WHOLE, st.integers(0, 300))
def test_place_in_a_text_changes_nothing(text: str, offset: int) -> None:
    """However far into a text a sentence stands, the model says the same of it."""
    lead = "的" * offset + "。" * 10
    moved = [(name.start - len(lead), name.end - len(lead), name.score) for name in BALANCED.gains(lead + text)]
    alone = "。" * 10 + text
    assert moved == [(name.start - 10, name.end - 10, name.score) for name in BALANCED.gains(alone)]


@settings(max_examples=100, deadline=None)
@given(st.lists(_WHOLE, min_size=1, max_size=8))
def test_lines_read_apart_are_the_lines_read_together(lines: list[str]) -> None:
    """At the recall setting, without names that speak for others, cutting behind lines changes nothing."""
    text = "\n".join(lines)
    with mock.patch.object(finder, "_REPEATED", 0):
        together = RECALL.find(text)
        with mock.patch.object(finder, "STRETCH", max(8, 2 * max(map(len, text.split("\n"))) + 2)):
            assert RECALL.find(text) == together


def test_a_title_in_the_next_line_is_no_title_of_a_name() -> None:
    """A line that ends with a Latin name and one that begins with a form of address are read apart."""
    assert [(name.start, name.end) for name in RECALL.find("会上John Smith先生说")] == [(2, 12)]
    assert RECALL.find("会上John Smith\n先生说") == []
