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
    "text", ["①电话 ②地址", "①13812345678", "第一章　总则——二〇二四年", "，。（）：", "一二三四五六"]
)
def test_prose_stays_as_it_is(text: str) -> None:
    """List marks, ideographic spaces, long dashes, punctuation and short Chinese numbers are left alone."""
    assert fold(text).text == text


def test_lone_surrogate_becomes_a_character_that_can_be_written() -> None:
    """Half a character folds to U+FFFD, because the engines behind cannot encode it."""
    assert fold("a\ud800b").text == "a\ufffdb"
