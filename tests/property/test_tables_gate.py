"""Tables are read from where their headings were seen, and every place where an expression matches is tried."""

import re
from collections.abc import Sequence

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.engine import Detector
from pii.recognizers import recognizers
from pii.recognizers.looks import looks
from pii.recognizers.tables import headings
from pii.recognizers.tables.columns import ColumnsRecognizer
from pii.starts import matches
from tests.fakes.identities import card, mobile

_DETECTOR = Detector(names=None)
_COLUMNS = ColumnsRecognizer()
_MARKS = st.sampled_from(["\t", "|", ",", ";", "\u3000", "  ", "、", " "])
_NAMES = st.sampled_from(
    ["姓名", "手机号", "手机", "QQ", "备注", "护照号码", "卡号", "qq_no", "Phone", "*地址*", '"证件"', "id"]
)
_SEEDS = st.integers(0, 10_000)
_CELLS = st.one_of(
    _SEEDS.map(lambda seed: str(10_000_000 + seed)),
    _SEEDS.map(mobile),
    _SEEDS.map(card),
    _SEEDS.map(lambda seed: f"E1{seed:07}"),
    st.sampled_from(["李雷", "", "无", "a", "北京"]),
)
_ENDS = st.sampled_from(["\n", "\r\n", " \n", "\n\n", "：\n", "如下：\n"])
_PROSE = st.sampled_from(
    ["这一段讲别的号码。\n", "见表一、表二和证件\n", "、号\n", "| 码\n", "机  \n", "话,", "</th>", "<tr><th>"]
)


def _line(cells: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_MARKS, st.lists(cells, min_size=1, max_size=4), _ENDS).map(lambda it: it[0].join(it[1]) + it[2])


def _html(rows: Sequence[Sequence[str]]) -> str:
    return "".join("<tr>" + "".join(f"<th>{cell}</th>" for cell in row) + "</tr>\n" for row in rows)


_TABLES = st.one_of(
    _line(_NAMES),
    _line(_CELLS),
    _line(st.one_of(_NAMES, _CELLS)),
    _PROSE,
    st.lists(st.lists(st.one_of(_NAMES, _CELLS), min_size=2, max_size=3), max_size=3).map(_html),
    st.lists(_CELLS, min_size=2, max_size=2).map(
        lambda cells: f"INSERT INTO users (qq_no, passport_no) VALUES ('{cells[0]}', '{cells[1]}');\n"
    ),
)
_TEXTS = st.lists(_TABLES, max_size=8).map("".join)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_a_table_is_read_wherever_its_heading_stands(text: str) -> None:
    """Trying the lines in which a heading may end finds what trying every line finds."""
    assert _DETECTOR.detect(text) == _DETECTOR.detect_ungated(text)


def test_a_heading_that_is_not_seen_is_noticed() -> None:
    """A seeded fault: without the place of its heading a table is not read, so the comparison above can fail."""
    text = "姓名,护照号\n李雷,E12345678\n"
    assert list(_COLUMNS.read(text))
    assert not list(_COLUMNS.read(text, []))


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_no_heading_escapes_its_signs(text: str) -> None:
    """Wherever a heading ends, one of its signs was seen in that line, and is not thrown away."""
    gate, every = looks()
    seen = [(number - len(every), start, end) for number, start, end in gate.stretches(text) if number >= len(every)]
    places = headings.places(text, seen)
    for match in headings.HEADING.finditer(text):
        start = text.rfind("\n", 0, match.end() - 1) + 1
        assert headings.may_end(places, start, match.end())


_EXPRESSIONS = [expression for each in recognizers() for expression in each.expressions]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_start_is_tried(data: st.DataObject) -> None:
    """Trying only the characters that a match can begin with loses no match of any of our expressions."""
    expression = data.draw(st.sampled_from(_EXPRESSIONS))
    pieces = st.one_of(st.from_regex(expression), st.text(max_size=8), _TEXTS)
    text = "".join(data.draw(pieces) for _ in range(2))
    found = [match.span() for match in matches(expression, text, 0, len(text))]
    assert found == _searched(expression, text)


def _searched(expression: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    tried = (expression.match(text, start) for start in range(len(text)))
    return [match.span() for match in tried if match]
