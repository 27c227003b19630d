"""Identifiers: one value has one canonical form, however it is written, and never shows itself."""

import pytest

from pii.identify import Identifier, canonical, find
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from tests.fakes.identities import card, citizen, mobile, organisation

PHONE = mobile(1)


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
        ("EMAIL", "li.lei@example.com", ["Li.Lei@Example.COM", "li.lei＠example．com"]),
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
        ("E12345678", {("CN_PASSPORT", "E12345678")}),
        ("京A12345", {("PLATE", "京A12345")}),
        (f"李雷 {PHONE} li@example.com", {("MOBILE", PHONE), ("EMAIL", "li@example.com")}),
        ("user-77", set()),
        ("", set()),
    ],
)
def test_a_bare_number_of_a_request_is_understood(line: str, found: set[tuple[str, str]]) -> None:
    """A number that a text needs a word for is understood in a request without one."""
    assert set(map(tuple, find(line))) == found
    assert all(isinstance(each, Identifier) for each in find(line))
