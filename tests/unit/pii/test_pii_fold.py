"""Folding: every disguise of a digit, and what must stay as it is."""

import pytest

from pii.normalise import fold


@pytest.mark.parametrize(
    "disguise",
    [
        "１３８１２３４５６７８",
        "①③⑧①②③④⑤⑥⑦⑧",
        "❶❸❽❶❷❸❹❺❻❼❽",
        "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
        "١٣٨١٢٣٤٥٦٧٨",
        "幺三八一二三四五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "壹參捌壹貳參肆伍陸柒捌",
        "幺三八幺两三四五六拐八",
        "⑴⑶⑻⑴⑵⑶⑷⑸⑹⑺⑻",
        "㈠㈢㈧㈠㈡㈢㈣㈤㈥㈦㈧",
        "¹³⁸¹²³⁴⁵⁶⁷⁸",
        "1三8一2三4五6七8",
        "138一二三四5678",
        "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    ],
)
def test_digits_are_digits_however_they_look(disguise: str) -> None:
    """Full-width, circled, mathematical, Arabic-Indic, Chinese and keycap digits fold to the same number."""
    assert fold(f"电话{disguise}。").text == "电话13812345678。"


def test_hidden_characters_go_and_the_way_back_covers_them() -> None:
    """A zero-width character is taken out, and the number's place in the original includes it."""
    text = "号\u200b码138\u200b1234\u20605678。"
    folded = fold(text)
    assert folded.text == "号码13812345678。"
    start, end = folded.offsets.back(2, 13)
    assert text[start:end] == "138\u200b1234\u20605678"


def test_letters_dashes_and_spaces_are_folded_in_place() -> None:
    """Full-width letters, odd dashes and odd spaces become ASCII and nothing moves."""
    text = "Ｘ\u2011\u00a0＠．＋"
    assert fold(text).text == "X- @.+"
    assert fold(text).offsets.back(0, 6) == (0, 6)


@pytest.mark.parametrize(
    "text",
    [
        *("①电话 ②地址", "①13812345678", "周一13812345678", "13812345678二", "第一章　总则——二〇二四年", "，。（）："),
        *(
            "一二三四五六",
            "三三两两",
            "二〇二四年十二月",
            "零一二",
            "长10²米",
            "脚注¹",
            "ⓐ项",
            "[at] (at) 点 艾特",
            "138\n1234",
        ),
    ],
)
def test_prose_stays_as_it_is(text: str) -> None:
    """List marks, ideographic spaces, long dashes, punctuation and short Chinese numbers are left alone."""
    assert fold(text).text == text


def test_lone_surrogate_becomes_a_character_that_can_be_written() -> None:
    """Half a character folds to U+FFFD, because the engines behind cannot encode it."""
    assert fold("a\ud800b").text == "a\ufffdb"


def test_letters_in_styles_and_circles_are_letters() -> None:
    """Mathematical alphabets and runs of circled letters fold to ASCII, a circled letter alone is a list mark."""
    assert fold("𝐳𝒉𝓪𝔫𝕘@𝟏𝟔𝟑.𝚌𝚘𝚖").text == "zhang@163.com"
    assert fold("ⓩⓗⓐⓝⓖ Ⓐ").text == "zhang Ⓐ"
    assert fold("𝛼𝛽").text == "𝛼𝛽"


def test_spaced_digits_of_any_kind_are_digits() -> None:
    """One separator between two digits of a run keeps it a run."""
    assert fold("① ③ ⑧ ① ② ③ ④").text == "1 3 8 1 2 3 4"
    assert fold("幺三八，幺二三四，五六七八").text == "138，1234，5678"
    assert fold("一三八-一二三四").text == "138-1234"


def test_struck_out_digits_are_digits() -> None:
    """Overlays and underlines between digits are hidden characters."""
    text = "1\u03363\u03368\u03361\u03322\u03323"
    assert fold(text).text == "138123"
    assert fold(text).offsets.back(0, 6) == (0, 11)
