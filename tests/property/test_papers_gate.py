"""Numbers of papers: the gate and the place in a text change nothing about what their recognisers find."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.engine import Detector
from tests.fakes.identities import citizen
from tests.fakes.papers import disabled, foreign_resident, hong_kong, old_citizen, organisation_code, taiwan, vehicle

DETECTOR = Detector()

_SEEDS = st.integers(0, 10_000)
_VALUES = st.one_of(
    st.sampled_from(
        [citizen, foreign_resident, disabled, hong_kong, old_citizen, organisation_code, taiwan, vehicle]
    ).flatmap(_SEEDS.map),
    _SEEDS.map(lambda seed: f"E1{seed:07}"),
    _SEEDS.map(lambda seed: f"H1{seed:07}"),
    _SEEDS.map(lambda seed: f"军字第{seed:07}号"),
    _SEEDS.map(lambda seed: f"使{seed:06}"),
    _SEEDS.map(lambda seed: f"1{seed:06}(5)"),
    _SEEDS.map(lambda seed: f"京A·{seed:05}"),
    st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.dates().map(str),
    st.integers(1, 99).map(lambda age: f"{age}岁"),
    st.sampled_from(
        ["小学三年级（2）班", "一九八五年三月", "March 12, 1985", "0123456789(B)", "USA110089010112", "A12345678"]
    ),
)
_WORDS = st.sampled_from(
    [
        "身份证",
        "护照",
        "回乡证",
        "台胞证",
        "通行证",
        "香港",
        "澳门",
        "身分證",
        "军官证",
        "档案编号",
        "社保卡",
        "残疾",
        "学号",
        "工号",
        "student_id",
        "车牌",
        "车架号",
        "组织机构代码",
        "税号",
        "出生日期",
        "生于",
        "出生",
        "生",
        "birthday",
        "今年",
        "的女儿",
        "就读于",
        "永居",
        "证件",
        "订单号",
        "：",
        ":",
        "|",
        "<td>",
        "</td>",
        "（",
        "）",
        '"',
        ",",
        "，",
        "。",
        "\n",
        "号码",
        "是",
        "为",
        "a",
        "1",
    ]
)
_TEXTS = st.lists(st.one_of(_VALUES, _WORDS, st.integers(0, 90).map(lambda n: "文" * n)), max_size=16).map("".join)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_gate_changes_nothing_for_papers(text: str) -> None:
    """Looking at the pieces finds exactly what looking at the whole text finds."""
    assert DETECTOR.detect(text) == DETECTOR.detect_ungated(text)


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_surroundings_out_of_reach_change_nothing(text: str) -> None:
    """A text between two others, more than the reach of a recogniser away, holds the finds that it holds alone."""
    lead = "文" * 70
    alone = [(span.start, span.end, span.label) for span in DETECTOR.detect(lead + text + lead)]
    noise = "护照号E12345678，学号20210102，出生日期"
    far = DETECTOR.detect(noise + lead + text + lead + noise)
    inside = [
        (span.start - len(noise), span.end - len(noise), span.label)
        for span in far
        if len(noise) <= span.start and span.end <= len(noise) + len(text) + 2 * len(lead)
    ]
    assert inside == alone
