"""Identifiers: one value has one canonical form, however it is written, and never shows itself."""

import pytest

from pii.identify import Identifier, canonical, find
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from tests.fakes.identities import card, citizen, mobile, organisation

PHONE = mobile(1)
STRIPPER = Stripper()


@pytest.mark.parametrize(
    ("entity", "value", "spellings"),
    [
        ("MOBILE", "13812345678", ["138-1234-5678", "+86 138 1234 5678", "0086-13812345678", "(86)13812345678"]),
        (
            "MOBILE",
            "13812345678",
            ["013812345678", "１３８１２３４５６７８", "138\u200b1234\u200b5678", "一三八一二三四五六七八"],
        ),
        ("LANDLINE", "1062781234", ["010-62781234", "(010)6278 1234", "+86-10-62781234", "（010）6278—1234"]),
        ("LANDLINE", "7552345678x8001", ["0755-2345678转8001", "0755 234 5678-8001", "+86 755 2345678 ext.8001"]),
        ("LANDLINE", "62781234", ["62781234", "6278-1234"]),
        ("LANDLINE", "62781234x12", ["62781234-12", "6278-1234转12"]),
        (
            "MOBILE",
            "13812345678",
            ["138 1234\n5678", "1381234 |\n| | 5678", "壹叁捌壹贰叁肆伍陆柒捌", "138，1234，5678", "l38l2345678"],
        ),
        ("MOBILE", "+85291234567", ["+852 9123 4567", "00852-91234567", "(852)9123-4567", "＋８５２９１２３４５６７"]),
        ("MOBILE", "+886912345678", ["0912-345-678", "+886 912 345 678", "+886-0912-345-678", "00886912345678"]),
        ("MOBILE", "+14155552671", ["+1 (415) 555-2671", "415-555-2671", "001 415 555 2671"]),
        ("MOBILE", "+14155552671x12", ["(415) 555-2671 ext 12", "+1 415 555 2671 x12"]),
        ("MOBILE", "+447700900123", ["+44 7700 900123", "07700 900123", "0044 7700 900123"]),
        (
            "LANDLINE",
            "1062781234",
            ["0 1 0 6 2 7 8 1 2 3 4", "010-6278\n1234", "86-10-62781234", "+86 (0)10 6278 1234"],
        ),
        ("LANDLINE", "+886223456789", ["(02) 2345-6789", "+886-2-2345-6789", "02-23456789"]),
        ("LANDLINE", "+886223456789x123", ["02-2345-6789#123", "+886-2-2345-6789轉123"]),
        ("LANDLINE", "+85223456789", ["+852 2345 6789", "(852) 2345-6789"]),
        ("EMAIL", "li.lei@example.com", ["Li.Lei@Example.COM", "li.lei＠example．com"]),
        (
            "EMAIL",
            "li@163.com",
            ["li[at]163[dot]com", "li AT 163 DOT com", "li艾特163点com", "li#163.com", "l i @ 1 6 3 . c o m"],
        ),
        (
            "EMAIL",
            "li@163.com",
            ["li @ 163 . com", "li（at）163。com", "li@\n163.com", "li&#64;163.com", "li_at_163_dot_com"],
        ),
        ("WECHAT", "li_lei-90", ["Li_Lei-90", "ｌｉ＿ｌｅｉ－９０", "l i _ l e i - 9 0", "li_\u200blei-90"]),
        ("QQ", "12345678", ["1 2 3 4 5 6 7 8", "１２３４５６７８", "一二三四五六七八"]),
        ("SOCIAL_ACCOUNT", "li_lei.90", ["@li_lei.90", "Li_Lei.90"]),
        (
            "IP",
            "61.135.169.121",
            ["61.135.169.121", "61[.]135[.]169[.]121", "61点135点169点121", "６１．１３５．１６９．１２１"],
        ),
        ("IP", "2408:8207::1", ["2408:8207:0:0:0:0:0:1", "2408:8207::0001", "2408:8207::1"]),
        ("MAC", "3C22FB123456", ["3C:22:FB:12:34:56", "3c-22-fb-12-34-56", "3c22.fb12.3456", "3c22fb123456"]),
        ("IMEI", "490154203237518", ["49-015420-323751-8", "490154203237518"]),
        ("IDFA", "6D92078A82464BA4AE5B76104861E7DC", ["6d92078a-8246-4ba4-ae5b-76104861e7dc"]),
        (
            "GPS",
            "39.90420,116.40740",
            ["39.9042, 116.4074", "116.4074,39.9042", "N39.9042 E116.4074", "北纬39.9042°东经116.4074°"],
        ),
        ("ACCOUNT_SECRET", "Abc@123", ["Abc@123", "Ａｂｃ＠１２３"]),
        ("PLATE", "京A12345", ["京A·12345", "京a 12345", "京Ａ１２３４５"]),
        ("CN_PASSPORT", "E12345678", ["e12345678", "Ｅ12345678"]),
    ],
)
def test_all_spellings_are_one_value(entity: str, value: str, spellings: list[str]) -> None:
    """Width, separators, country code, trunk zero, hidden characters and case make no other value."""
    assert {canonical(entity, each) for each in spellings} == {value}


def test_spellings_of_numbers_with_check_characters_are_one_value() -> None:
    """An identity number with a small x and a card in groups are the numbers themselves."""
    number = next(each for each in map(citizen, range(100)) if each.endswith("X"))
    assert canonical("CN_ID18", f"{number[:6]} {number[6:14]} {number[14:-1]}x") == number
    plastic = card(5)
    assert canonical("BANK_CARD", " ".join(plastic[at : at + 4] for at in range(0, 19, 4))) == plastic


def test_what_was_found_is_named_once_and_sorted() -> None:
    """A text gives every value once, whatever its treatment; organisation codes are nobody's."""
    stripper = Stripper(PiiPolicy({"EMAIL": Treatment.KEEP}))
    text = f"{organisation(3)} 电话{PHONE}，+86-{PHONE}，邮箱 B@b.com、b@B.com"
    stripped = stripper.strip(text)
    assert [tuple(each) for each in stripped.identifiers] == [("EMAIL", "b@b.com"), ("MOBILE", PHONE)]
    assert Stripper().strip("没有").identifiers == ()


def test_an_identifier_does_not_show_itself() -> None:
    """No way of printing an identifier, or what holds it, tells the value."""
    stripped = Stripper().strip(f"电话{PHONE}")
    for shown in (
        repr(stripped),
        f"{stripped.identifiers}",
        str(stripped.identifiers[0]),
        f"{stripped.identifiers[0]!s}",
    ):
        assert "MOBILE" in shown
        assert PHONE not in shown


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (PHONE, {("MOBILE", PHONE)}),
        ("62781234", {("LANDLINE", "62781234")}),
        ("62781234", {("QQ", "62781234")}),
        ("E12345678", {("CN_PASSPORT", "E12345678")}),
        ("京A12345", {("PLATE", "京A12345")}),
        (f"李雷 {PHONE} li@example.com", {("MOBILE", PHONE), ("EMAIL", "li@example.com")}),
        ("user-77", set()),
        ("", set()),
    ],
)
def test_a_bare_number_of_a_request_is_understood(line: str, found: set[tuple[str, str]]) -> None:
    """A number that a text needs a word for is understood in a request without one."""
    understood = set(map(tuple, find(line)))
    assert found <= understood
    assert bool(found) == bool(understood)
    assert all(isinstance(each, Identifier) for each in find(line))


def test_accounts_that_differ_in_a_sign_are_two() -> None:
    """A hyphen or an underscore inside the name of an account makes another account."""
    assert len({canonical("WECHAT", each) for each in ("li_lei90", "li-lei90", "lilei90")}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "他信佛教，信仰：佛教",
        "学历：本科",
        "女儿12岁",
        "出生日期：1990年1月2日",
        "密码：Abc@12345",
        "诊断：2型糖尿病",
        "CVV：123",
    ],
)
def test_what_leads_to_nobody_is_no_identifier(text: str) -> None:
    """A belief, a degree, an age, a date of birth, an illness or a secret is found and leads to no person."""
    assert Stripper().strip(text).identifiers == ()


def test_a_students_number_leads_to_a_person() -> None:
    """Of education and work, and of illness, the numbers lead to one person."""
    text = "学号：2023010188"
    assert [each.entity for each in STRIPPER.strip(text).identifiers] == ["EDU_WORK"]


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("H12345678", "HKMO_PERMIT"),
        ("12345678", "TW_PERMIT"),
        ("C12345678", "MAINLAND_HKMO"),
        ("A123456(3)", "HKID"),
        ("2023010188", "EDU_WORK"),
        ("310101234567", "DRIVER_LICENCE"),
        ("A12345678", "SOCIAL_SECURITY"),
        ("20123456", "MILITARY_ID"),
        ("A123456789", "SECURITIES_ACC"),
    ],
)
def test_numbers_of_papers_are_understood_without_their_words(line: str, entity: str) -> None:
    """A person who asks need not say what paper the number is of."""
    assert entity in {each.entity for each in find(line)}
