"""Pseudonyms and tags: what stands instead of a value, and what can be told from it."""

import re

import pytest
from presidio_anonymizer import AnonymizerEngine, OperatorConfig, RecognizerResult

from pii.operators import PseudonymOperator
from pii.policy import PiiPolicy, Treatment
from pii.pseudonyms import Pseudonyms
from pii.strip import Stripper
from pii.tags import outside, pieces, tag
from provenance.errors import GovernanceError
from provenance.spans import Span
from tests.fakes.identities import citizen, mobile

PHONE = mobile(1)
MAKER = Pseudonyms(bytes(range(32)))
SHAPE = re.compile("<MOBILE:[a-p]{16}>")
STRIPPER = Stripper(PiiPolicy({"MOBILE": Treatment.PSEUDONYM}), MAKER)


def test_equal_values_get_equal_marks_however_they_are_written() -> None:
    """One number in two writings has one mark of 64 bits; another number has another."""
    said = STRIPPER.strip(f"电话{PHONE}，也写作+86 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}；另有{mobile(2)}。").text
    first, second, third = SHAPE.findall(said)
    assert first == second != third
    assert PHONE not in said


def test_a_mark_depends_on_type_and_key() -> None:
    """The same digits as another type, or under another key, have another mark, so nothing is linked by accident."""
    marks = {
        MAKER.tag("MOBILE", "12345678901").partition(":")[2],
        MAKER.tag("QQ", "12345678901").partition(":")[2],
        Pseudonyms(bytes(32)).tag("MOBILE", "12345678901").partition(":")[2],
    }
    assert len(marks) == 3


def test_the_key_shows_itself_nowhere() -> None:
    """Neither the maker nor a stripper prints the key; its id tells keys apart and does not hold any of it."""
    key = bytes(range(32))
    for shown in (repr(MAKER), repr(STRIPPER), str(STRIPPER.decisive())):
        assert key.hex()[:8] not in shown
        assert "\\x00\\x01" not in shown
    assert STRIPPER.decisive()["key"] == MAKER.key_id != Pseudonyms(bytes(32)).key_id
    assert re.fullmatch("[0-9a-f]{16}", MAKER.key_id)


def test_pseudonyms_without_a_key_are_refused() -> None:
    """A policy that orders pseudonyms cannot be carried out without a key."""
    with pytest.raises(GovernanceError) as refused:
        Stripper(PiiPolicy({"MOBILE": Treatment.PSEUDONYM}))
    assert refused.value.code == "pii.no-pseudonym-key"


def test_a_pseudonym_is_no_find() -> None:
    """A stripped text holds nothing to strip, though a tag names a type and letters follow: tags are passed over."""
    everything = PiiPolicy(dict.fromkeys(("MOBILE", "WECHAT", "CN_ID18", "ACCOUNT_SECRET"), Treatment.PSEUDONYM))
    stripper = Stripper(everything, MAKER)
    text = f"微信号：linyao_888，密码：Abc!2345x，电话{PHONE}，证件{citizen(1)}"
    once = stripper.strip(text).text
    assert once.count(":") == 4
    assert stripper.strip(once).text == once


def test_no_number_hides_in_what_looks_like_a_tag() -> None:
    """Somebody's number between the signs of a tag is no tag, and goes."""
    said = Stripper().strip(f"<MOBILE:{PHONE}> <CN_ID18:{citizen(1)}>").text
    assert PHONE not in said
    assert citizen(1) not in said


@pytest.mark.parametrize(
    ("span", "left"),
    [
        ((0, 1), [(0, 1)]),
        ((2, 9), []),
        ((3, 5), []),
        ((0, 4), [(0, 9)]),
        ((8, 11), [(1, 11)]),
        ((0, 12), [(0, 12)]),
    ],
)
def test_finds_and_tags(span: tuple[int, int], left: list[tuple[int, int]]) -> None:
    """A find inside a tag is none, one that cuts into a tag takes it all, one around it stays."""
    text = "a<MOBILE>bcd"
    assert text[1:9] == tag("MOBILE")
    if span == (2, 9):
        assert pieces(text) == ["a", "bcd"]
    assert [each[:2] for each in outside(text, [Span(*span, "NAME", 500)])] == left


def test_presidio_takes_the_operator_as_any_other() -> None:
    """Stock Presidio with our operator added by hand replaces a value by the same tag."""
    engine = AnonymizerEngine()
    engine.add_anonymizer(PseudonymOperator)
    operators = {"MOBILE": OperatorConfig("pseudonym", {"entity": "MOBILE", "pseudonyms": MAKER})}
    marks = [RecognizerResult("MOBILE", 2, 13, 1.0)]
    assert engine.anonymize(f"电话{PHONE}。", marks, operators).text == f"电话{MAKER.tag('MOBILE', PHONE)}。"
