"""Stripping: text in, released text and places out."""

import pickle

import pytest

from pii.policy import PiiPolicy, Treatment
from pii.strip import Found, Stripped, Stripper
from tests.fakes.identities import citizen, mobile, organisation

PHONE = mobile(1)


def test_clean_text_is_returned_as_it_is() -> None:
    """A text without personal information is the same text, with nothing found."""
    text = "第一条　为了保护发明创造专利权，制定本条例。"
    assert Stripper().strip(text) == Stripped(text, ())


def test_tag_stands_where_the_value_stood() -> None:
    """By default the type's tag replaces the value, and the place is that of the tag in the released text."""
    stripped = Stripper().strip(f"电话{PHONE}，邮箱zhang@163.com。")
    assert stripped.text == "电话<MOBILE>，邮箱<EMAIL>。"
    assert stripped.found == (
        Found(2, 10, "MOBILE", Treatment.REPLACE, 900),
        Found(13, 20, "EMAIL", Treatment.REPLACE, 950),
    )


@pytest.mark.parametrize(
    ("treatment", "text", "place"),
    [
        ("mask", "电话***********。", (2, 13)),
        ("redact", "电话。", (2, 2)),
        ("keep", f"电话{PHONE}。", (2, 13)),
    ],
)
def test_every_treatment_does_what_it_says(treatment: str, text: str, place: tuple[int, int]) -> None:
    """Mask leaves stars, redact nothing, keep the value; each is counted with its treatment and place."""
    stripped = Stripper(PiiPolicy({"MOBILE": Treatment(treatment)})).strip(f"电话{PHONE}。")
    assert stripped[:2] == (text, (Found(*place, "MOBILE", Treatment(treatment), 900),))


def test_organisation_code_stays_and_is_not_counted() -> None:
    """An organisation code is no personal information: it stays, and nothing is reported."""
    text = f"代码{organisation(3)}，法人{citizen(3)}"
    stripped = Stripper().strip(text)
    assert stripped.text == f"代码{organisation(3)}，法人<CN_ID18>"
    assert [each.entity for each in stripped.found] == ["CN_ID18"]


def test_hidden_characters_go_with_the_value() -> None:
    """What was hidden inside a value leaves with it; what was hidden elsewhere stays."""
    assert Stripper().strip(f"\u200b电话{chr(0x200B).join(PHONE)}。\u200b").text == "\u200b电话<MOBILE>。\u200b"


def test_what_redaction_runs_together_is_looked_at_again() -> None:
    """Two halves of a number that met because something between them was redacted are not released."""
    stripper = Stripper(PiiPolicy({"EMAIL": Treatment.REDACT}))
    stripped = stripper.strip(f"手机{PHONE[:5]}，a@163.com".replace("，", "") + f"，{PHONE[5:]}")
    assert stripper.strip(stripped.text).text == stripped.text


def test_many_finds_are_all_placed() -> None:
    """With more finds than the engine gets in one go every place still holds its tag."""
    stripped = Stripper().strip("，".join(mobile(seed) for seed in range(500)))
    assert len(stripped.found) == 500
    assert {stripped.text[each.start : each.end] for each in stripped.found} == {"<MOBILE>"}


def test_stripper_travels_by_its_parameters() -> None:
    """A stripper that was used can be sent to a worker, which then does the same."""
    stripper = Stripper(PiiPolicy({"EMAIL": Treatment.MASK}))
    text = f"{PHONE} a@163.com"
    stripped = stripper.strip(text)
    assert pickle.loads(pickle.dumps(stripper)).strip(text) == stripped  # noqa: S301 - our own bytes
