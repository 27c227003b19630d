"""Texts that are no sentences: stretched characters, tables of family names, lists of single characters."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pii.names import lexicon
from pii.names.finder import STRETCH, Finder
from pii.names.recognizer import NameRecognizer

BALANCED, RECALL = Finder(), Finder("recall")
SINGLE = [name for name in lexicon.surnames() if len(name) == 1]
COMPOUND = [name for name in lexicon.surnames() if len(name) > 1]
HUNDRED = "赵钱孙李，周吴郑王。冯陈褚卫，蒋沈韩杨。朱秦尤许，何吕施张。孔曹严华，金魏陶姜。戚谢邹喻，柏水窦章。"


def found(text: str, finder: Finder = BALANCED) -> list[str]:
    """Return the names found, as they stand in the text."""
    return [text[name.start : name.end] for name in finder.find(text)]


@pytest.mark.parametrize("finder", [BALANCED, RECALL])
@pytest.mark.parametrize("times", [3, 4, 60])
def test_a_character_repeated_is_no_name(times: int, finder: Finder) -> None:
    """No family name or character of given names is a name when it is repeated, however often."""
    given = "".join(part for parts in lexicon.sections("given").values() for part in parts)
    characters = sorted({*SINGLE, *given, "文", "張"})
    assert [char for char in "文王张刘陈杨林小屯張丽" if found(char * times, finder)] == []
    assert found("，".join(char * times for char in characters), finder) == []


def test_a_character_repeated_beyond_a_stretch_is_no_name() -> None:
    """Where a long text is cut for reading does not matter."""
    assert found("文" * (STRETCH + 2)) == []


@pytest.mark.parametrize("finder", [BALANCED, RECALL])
@pytest.mark.parametrize("separator", ["", " ", "、", "，", ", ", "\n", "\t", " | ", "/"])
def test_tables_of_family_names(separator: str, finder: Finder) -> None:
    """The family names one behind the other are a table, whatever parts them; the old one in rows of four too."""
    assert found(separator.join(SINGLE), finder) == []
    assert found(separator.join(COMPOUND), finder) == []
    assert found(separator.join(reversed(SINGLE)), finder) == []
    assert found(HUNDRED.replace("，", separator).replace("。", "\n"), finder) == []


@pytest.mark.parametrize("finder", [BALANCED, RECALL])
@pytest.mark.parametrize(
    "text",
    [
        "王、李、张、刘、陈是大姓。",
        "偏旁：王、木、水、火、金、石。",
        "夏、商、周、秦、汉、魏、晋、隋、唐、宋、元、明、清。",
        "京、津、冀、晋、桂、川、云、贵。",
        "复姓：欧阳、司马、诸葛。",
        "王姓、李姓、张姓的人数最多。",
        "屯屯屯屯屯屯烫烫烫烫",
    ],
)
def test_lists_without_names(text: str, finder: Finder) -> None:
    """Single characters and family names in a list, and what is called a family name, are nobody's names."""
    assert found(text, finder) == []


@pytest.mark.parametrize("finder", [BALANCED, RECALL])
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("出席的有张文、王林、李方、何江、陈建国。", ["张文", "王林", "李方", "何江", "陈建国"]),
        ("出席会议的有司徒华、李华明、陈婉娴。", ["司徒华", "李华明", "陈婉娴"]),
        ("记者王丽丽报道。", ["王丽丽"]),
        ("美国总统克林顿会见了约翰·史密斯。", ["克林顿", "约翰·史密斯"]),
        ("王先生、李女士都来了。", ["王", "李"]),
        ("王小明 王小明 王小明 王小明", ["王小明"] * 4),
    ],
)
def test_lists_of_names_stay(text: str, names: list[str], finder: Finder) -> None:
    """What looks a little like such a list and is names is found as before."""
    assert found(text, finder) == names


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SINGLE + COMPOUND), st.integers(3, 80), st.sampled_from(["", "湖面很静。", "，"]))
def test_stretched_family_names_anywhere(name: str, times: int, lead: str) -> None:
    """Before or behind whatever it stands, a stretched family name is no name to the recogniser either."""
    text = f"{lead}{name[0] * times}{lead}"
    assert NameRecognizer().analyze(text, ["NAME"]) == []
