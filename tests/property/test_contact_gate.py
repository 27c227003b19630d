"""Recognisers of contacts keep the gate's promise: whatever they find in a text they find in its pieces."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.engine import Detector
from pii.recognizers import CuedRecognizer, recognizers

_ENTITIES = [
    *("MOBILE", "LANDLINE", "EMAIL", "WECHAT", "QQ", "SOCIAL_ACCOUNT", "ACCOUNT_SECRET"),
    *("IP", "MAC", "IMEI", "IMSI", "OAID", "IDFA", "GPS"),
]
_RECOGNISERS = [each for each in recognizers() if set(each.get_supported_entities()) & set(_ENTITIES)]
_DETECTOR = Detector()
_VALUES = st.sampled_from(
    [
        *("13812345678", "+86 138-1234-5678", "138 - 1234 - 5678", "1381234\n5678", "1381234 |\n|   | 5678"),
        *("一三八一二三四五六七八", "壹叁捌 壹贰叁肆 伍陆柒捌", "①③⑧①②③④⑤⑥⑦⑧", "010-62781234", "0 1 0 6 2 7 8 1 2 3 4"),
        *(
            "+852 9123 4567",
            "(852)91234567",
            "0912-345-678",
            "(037)222333",
            "+886-2-2345-6789",
            "+853 6612 3456",
            "91234567",
        ),
        *("+44 20 7946 0958", "+1 (415) 555-2671 ext 12", "415-555-2671", "0044 20 7946 0958", "07700 900123"),
        *(
            "li.lei@163.com",
            "li.lei[at]163[dot]com",
            "li AT 163 DOT com",
            "li艾特mail点163点com",
            "li#163.com",
            "l i @ 1 6 3 . c o m",
        ),
        *("lilei_1990", "wxid_a1b2c3d4e5f6g7", "l i l e i 9 0", "@lilei90", "123456789", "1 2 3 4 5 6 7"),
        *("Abc@12345", "a8f5f167f44f4964e6c998dee827110c", "AKIAIOSFODNN7ABCDEFG", "https://u:Abc12345@h.com"),
        *("61.135.169.121", "61[.]135[.]169[.]121", "2408:8207:1234:5678::1", "3C:22:FB:12:34:56", "3c22fb123456"),
        *("490154203237518", "49-015420-323751-8", "460001234567890", "6D92078A-8246-4BA4-AE5B-76104861E7DC"),
        *("39.9042, 116.4074", "116.407396,39.904200", "N39.9042 E116.4074", "北纬39°54′15″ 东经116°24′26″"),
        *("39°54'15\"N, 116°24'26\"E", '"lat": 39.9042, "lng": 116.4074', "https://weibo.com/u/1234567890"),
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
    ]
)
_WORDS = st.sampled_from(
    [
        *(
            "电话",
            "手机：",
            "香港",
            "传真",
            "tel",
            "phone: ",
            "联系",
            "邮箱",
            "微信号：",
            "加微信",
            "vx:",
            "QQ：",
            "QQ群",
            "微博ID ",
            "微博@",
        ),
        *(
            "Telegram: ",
            "LINE ID: ",
            "密码：",
            "password=",
            "token: ",
            '"',
            "IP ",
            "版本",
            "MAC地址",
            "IMEI",
            "IMSI：",
            "oaid=",
            "IDFA ",
        ),
        *(
            "坐标",
            "订单号：",
            "￥",
            "元",
            "，",
            "。",
            "\n",
            " ",
            "|",
            "-",
            ".",
            "@",
            "#",
            "a",
            "1",
            "文文文文文文文文",
            "(",
            "）",
            "+",
            "00",
        ),
    ]
)
_GLUED = st.text(alphabet="的一二三0123456789 -.@#:abcXV加（）()\n点", max_size=24)
_FAR = st.integers(0, 150).map(lambda n: "文" * n)
_TEXTS = st.lists(st.one_of(_VALUES, _VALUES, _WORDS, _WORDS, _GLUED, _FAR), max_size=12).map("".join)


def _found(recogniser: CuedRecognizer, text: str) -> set[tuple[str, int, int, float]]:
    return {(each.entity_type, each.start, each.end, each.score) for each in recogniser.analyze(text, _ENTITIES)}


@settings(max_examples=120, deadline=None)
@given(_TEXTS)
def test_gate_changes_nothing_for_contacts(text: str) -> None:
    """Behind the gate the engine finds exactly what it finds in the whole text."""
    assert _DETECTOR.detect(text) == _DETECTOR.detect_ungated(text)


@settings(max_examples=120, deadline=None)
@given(
    _TEXTS,
    st.sampled_from(["手机13812345678，QQ：12345，", "1.2345, a@b.com 密码：", "12:34:56 微信 vx:", "1 2 3 4 5 "]),
)
def test_surroundings_out_of_reach_change_nothing(text: str, noise: str) -> None:
    """A text between two others, more than the reach of a recogniser away, holds the finds that it holds alone."""
    lead = "文" * 70
    middle = f"{lead}{text}{lead}"
    for recogniser in _RECOGNISERS:
        far = {
            (entity, start - len(noise), end - len(noise), score)
            for entity, start, end, score in _found(recogniser, noise + middle + noise)
            if len(noise) <= start and end <= len(noise) + len(middle)
        }
        assert far == _found(recogniser, middle), recogniser.name
