"""What is broken, misread or in a column is found through the gate as in the whole text, wherever it stands."""

import re

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.engine import Detector
from pii.gate import REACH
from pii.normalise import fold
from pii.recognizers import CuedRecognizer, recognizers
from tests.fakes.identities import card, citizen, mobile

DETECTOR = Detector()
_OURS = recognizers()
_SEEDS = st.integers(0, 500)
_BREAKS = st.sampled_from(["\n", "\r\n", " \n ", "<br>", "&nbsp;", "\\n", " |\n| ", " ", "-", ""])
_VALUES = st.one_of(
    _SEEDS.map(citizen),
    _SEEDS.map(card),
    _SEEDS.map(mobile),
    st.sampled_from(["E12345678", "H12345678", "490154203237518", "88776655", "91234567", "li.lei90@mail.163.com"]),
    st.sampled_from(
        ["Xy9!kk21z", "N31°13.825' E121°28.422'", "tony789_000", "LGBED7F12NZX11164", "1990-01-02", "0129"]
    ),
)
_HIDDEN = st.one_of(
    _VALUES,
    st.tuples(_VALUES, _BREAKS, st.integers(2, 12)).map(lambda it: it[0][: it[2]] + it[1] + it[0][it[2] :]),
    st.tuples(_VALUES, st.sampled_from(["1l", "0O", "5S", "8B"]), st.integers(1, 3)).map(
        lambda it: it[0].replace(it[1][0], it[1][1], it[2])
    ),
)
_LABELS = st.sampled_from(
    [
        "身份证",
        "卡号 ",
        "电话",
        "護照",
        "QQ：",
        "邮箱",
        "IMEI ",
        "密码是",
        "聯絡電話",
        "宽带账号",
        "mysql -p",
        "://u:",
        "exp=",
    ]
)
_TABLES = st.tuples(st.lists(_VALUES, min_size=2, max_size=6), st.sampled_from(["\t", ",", " | ", "  ", ";"])).map(
    lambda it: f"姓名{it[1]}护照号{it[1]}QQ\n" + "".join(f"李雷{it[1]}{each}{it[1]}{each}\n" for each in it[0])
)
_PROSE = st.one_of(
    st.sampled_from(
        ["，", "。", "\n", " ", "</td></tr>", "| --- | --- |\n", "名称,电话\n", "转", "元", "@", "(", "\u200b"]
    ),
    st.text(alphabet="的一是在了有和人我 ：，。\n.ab01|,", max_size=40),
    st.integers(0, 1200).map(lambda n: "文" * n),
)
_TEXTS = st.lists(st.one_of(_HIDDEN, _LABELS, _TABLES, _PROSE), max_size=8).map("".join)


def whole(recognizer: CuedRecognizer, text: str) -> set[tuple[str, int, int]]:
    """Return what a recogniser finds in a whole text."""
    return {(each.entity_type, each.start, each.end) for each in recognizer.analyze(text, list(recognizer.entities))}


def piecewise(recognizer: CuedRecognizer, text: str) -> set[tuple[str, int, int]]:
    """Return what it finds in the stretches that its cues name, seeing no more than REACH characters around them."""
    stretches: list[list[int]] = []
    for start, end in sorted(
        (max(0, match.start() - cue.before), min(len(text), match.end() + cue.after))
        for cue in recognizer.cues
        for match in re.finditer(cue.expression, text)
    ):
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], end)
        else:
            stretches.append([start, end])
    found = set()
    for first, last in stretches:
        at = max(0, first - REACH)
        for entity, start, end in whole(recognizer, text[at : last + REACH]):
            if first <= start + at and end + at <= last:
                found.add((entity, start + at, end + at))
    return found


@settings(max_examples=150, deadline=None)
@given(text=_TEXTS)
def test_the_gate_gives_what_the_whole_text_gives(text: str) -> None:
    """No stretch that the scan leaves out holds a find."""
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text)


@settings(max_examples=80, deadline=None)
@given(text=_TEXTS)
def test_cues_name_every_find(text: str) -> None:
    """Whoever cuts a text by the cues of a recogniser finds what it finds in the whole."""
    folded = fold(text).text
    for recognizer in _OURS:
        if recognizer.name != "AddressRecognizer":
            assert (recognizer.name, piecewise(recognizer, folded)) == (recognizer.name, whole(recognizer, folded))


def test_a_cue_that_is_missing_is_noticed() -> None:
    """A seeded fault, no cue for the headings of columns, finds nothing in pieces: the comparison above can fail."""
    recognizer = next(each for each in _OURS if each.name == "ColumnsRecognizer")
    text = "姓名,护照号,备注\n" + "李雷,,无\n" * 40 + "韩梅,E12345678,无\n"
    assert piecewise(recognizer, text) == whole(recognizer, text) != set()
    vars(recognizer)["cues"] = ()
    try:
        assert piecewise(recognizer, text) != whole(recognizer, text)
    finally:
        del vars(recognizer)["cues"]
