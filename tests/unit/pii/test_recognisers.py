"""Each recogniser: what it finds, what almost is and is not, what only looks like it."""

import pytest

from pii.strip import Stripper
from tests.fakes.identities import card, citizen, mobile, near_miss, organisation

STRIPPER = Stripper()
ID, CARD, CODE, PHONE = citizen(7), card(7), organisation(7), mobile(7)


def found(text: str) -> list[tuple[str, str]]:
    """Return type and surface of every find."""
    return [(span.label, text[span.start : span.end]) for span in STRIPPER.detect(text)]


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        (f"身份证号{ID}的持有人", "CN_ID18", ID),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "CN_ID18", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
        (f"id:{'-'.join(ID)}。", "CN_ID18", "-".join(ID)),
        (f"证件{citizen(9, '810000')}。", "HKMOTW_RESIDENCE", citizen(9, "810000")),
        (f"证件{citizen(9, '830000')}。", "HKMOTW_RESIDENCE", citizen(9, "830000")),
        ("我的手机13812345678请联系", "MOBILE", "13812345678"),
        ("拨打+86 138-1234-5678。", "MOBILE", "+86 138-1234-5678"),
        ("(+86)13812345678", "MOBILE", "(+86)13812345678"),
        ("008613812345678", "MOBILE", "008613812345678"),
        ("138 1234 5678", "MOBILE", "138 1234 5678"),
        ("138 12345678", "MOBILE", "138 12345678"),
        ("1 3 8 1 2 3 4 5 6 7 8", "MOBILE", "1 3 8 1 2 3 4 5 6 7 8"),
        ("电话：1381 234 5678", "MOBILE", "1381 234 5678"),
        ("tel13812345678", "MOBILE", "13812345678"),
        ('{"phone":"13812345678"}', "MOBILE", "13812345678"),
        ("电话010-62781234，", "LANDLINE", "010-62781234"),
        ("(0571)88881234", "LANDLINE", "(0571)88881234"),
        ("（0571）8888 1234", "LANDLINE", "（0571）8888 1234"),
        ("+86-10-62781234", "LANDLINE", "+86-10-62781234"),
        ("总机0755-2345678转8001。", "LANDLINE", "0755-2345678转8001"),
        ("传真：02162781234", "LANDLINE", "02162781234"),
        ("电话：62781234", "LANDLINE", "62781234"),
        ("电话：6278-1234", "LANDLINE", "6278-1234"),
        (f"收款{CARD}谢谢", "BANK_CARD", CARD),
        (f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", "BANK_CARD", None),
        (f"银行卡号：{card(3, '888888', 16)}", "BANK_CARD", card(3, "888888", 16)),
        ("请发送至zhang.san@163.com联系", "EMAIL", "zhang.san@163.com"),
        ("请发送至zhang.san@163.com。", "EMAIL", "zhang.san@163.com"),
        ("<a_b+c@mail.example.com.cn>", "EMAIL", "a_b+c@mail.example.com.cn"),
        ("13812345678@139.com", "EMAIL", "13812345678@139.com"),
        ("zhang＠１６３．ｃｏｍ", "EMAIL", "zhang＠１６３．ｃｏｍ"),
        ("开着京A12345的车", "PLATE", "京A12345"),
        ("车牌沪A·D1234", "PLATE", None),
        ("粤BD12345新能源", "PLATE", "粤BD12345"),
        ("粤B12345D充电", "PLATE", "粤B12345D"),
        ("粤Z1234港入境", "PLATE", "粤Z1234港"),
        ("车牌号 京 A 1 2 3 4 5", "PLATE", "京 A 1 2 3 4 5"),
        ("护照号E12345678有效", "CN_PASSPORT", "E12345678"),
        ("护照：EA1234567", "CN_PASSPORT", "EA1234567"),
        ('"passport_no": "G12345678"', "CN_PASSPORT", "G12345678"),
        (f"统一社会信用代码{CODE}。", "USCC", CODE),
    ],
)
def test_it_is_found(text: str, entity: str, surface: str | None) -> None:
    """The value is found with its exact borders, glued to Chinese characters or not."""
    finds = [each for each in found(text) if each[0] == entity]
    assert len(finds) == 1, found(text)
    assert surface is None or finds[0][1] == surface
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        near_miss(ID),
        f"身份证号{near_miss(ID)}",
        ID[:6] + "18891331" + ID[14:],
        "99" + ID[2:],
        "810101" + citizen(3, "810000")[6:],
        f"卡号{near_miss(CARD)}",
        near_miss(CODE),
        "0" * 18,
        "6" * 16,
        "12345678901",
        "14012345678",
        "15412345678",
        "0571-1234567",
        "026-62781234",
        "京I12345",
        "京A1234",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    """A wrong check digit, date, area, prefix, length or a missing word around means that nothing is found."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "订单202413812345678901",
        "订单号：13812345678",
        f"流水号 {CARD}",
        "ISBN 978-7-04-050123-4",
        "时间戳1700000000000",
        "2024-01-01 12:00:00",
        "20240101120000123",
        "金额13812345678元",
        "合计￥13812345678",
        "版本 1.13812345678",
        "精度0.13812345678901234",
        "187.18667603, 270.64562988",
        "commit a13812345678f",
        "v1.2.3-20240101",
        "川菜A级，最新B760M2主板",
        "人民路改造工程编号2024-0101-0055",
        "icon@2x.png",
        "git@github.com:owner/repo.git",
        "root@10.0.0.1",
        "热线400-820-8820，客服95588，报警110",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "4294967295 9223372036854775807 18446744073709551615",
        "<MOBILE>、<CN_ID18>和<HKMOTW_RESIDENCE>",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    """Order numbers, ISBN, times, amounts, versions, hashes, services and our own tags are nobody's data."""
    assert found(text) == []


@pytest.mark.parametrize("hide", ["\u200b", "\u2060", "\ufeff", "\u00ad"])
@pytest.mark.parametrize("value", [ID, PHONE, CARD, "zhang.san@163.com", "京A12345"])
def test_zero_width_characters_do_not_hide(value: str, hide: str) -> None:
    """A value with hidden characters in it is found, and the find covers them."""
    hidden = hide.join(value)
    assert [surface for _, surface in found(f"是{hidden}。")] == [hidden]


@pytest.mark.parametrize("value", [ID, PHONE, CARD])
def test_full_width_does_not_hide(value: str) -> None:
    """A value in full-width characters is found where it stands."""
    wide = "".join(chr(ord(each) + 0xFEE0) for each in value)
    assert [surface for _, surface in found(f"是{wide}。")] == [wide]


@pytest.mark.parametrize("seed", range(60))
def test_organisation_code_is_never_a_person(seed: int) -> None:
    """No part of an organisation code, all digits or not, is taken for a person's number."""
    assert [label for label, _ in found(f"代码{organisation(seed)}，")] == ["USCC"]
    assert [label for label, _ in found(f"代码{organisation(seed, '51440300')}，")] == ["USCC"]


@pytest.mark.parametrize("seed", range(200))
def test_person_is_never_an_organisation(seed: int) -> None:
    """A valid identity number is one, though one in thirty is a valid organisation code too."""
    assert [label for label, _ in found(f"号码{citizen(seed, '510104')}，")] == ["CN_ID18"]


def test_two_numbers_in_a_row_are_two() -> None:
    """Neighbours keep their borders."""
    assert found(f"{PHONE} {mobile(8)}\n{ID} {CARD}") == [
        ("MOBILE", PHONE),
        ("MOBILE", mobile(8)),
        ("CN_ID18", ID),
        ("BANK_CARD", CARD),
    ]
