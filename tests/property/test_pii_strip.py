"""Stripping twice is stripping once, and places hold what they say."""

import hypothesis.strategies as st
from hypothesis import example, given, settings

from pii import tags
from pii.entities import covered
from pii.normalise import fold
from pii.policy import PiiPolicy, Treatment
from pii.pseudonyms import Pseudonyms
from pii.strip import Stripper
from tests.fakes.identities import card, citizen, mobile, organisation

_SEEDS = st.integers(0, 10_000)
_VALUES = st.one_of(
    _SEEDS.map(citizen),
    _SEEDS.map(card),
    _SEEDS.map(mobile),
    _SEEDS.map(organisation),
    _SEEDS.map(lambda seed: f"u{seed}@163.com"),
    _SEEDS.map(lambda seed: f"0571-8888{seed % 10000:04}"),
    _SEEDS.map(lambda seed: f"京A{seed % 100000:05}"),
)
_GLUE = st.sampled_from(
    [
        "",
        "",
        " ",
        "，",
        "电话",
        "@",
        "-",
        "1",
        "138",
        "12345678",
        "a",
        "\u200b",
        "１",
        "\ud800",
        "卡号",
        "<MOBILE>",
        "微信号",
        "<WECHAT:",
        ">",
    ]
)
_TEXTS = st.lists(st.one_of(_VALUES, _GLUE), max_size=12).map("".join)
_KEY = Pseudonyms(bytes(range(32)))
_POLICIES = st.dictionaries(
    st.sampled_from(sorted(covered() - {"USCC"})), st.sampled_from(list(Treatment)), max_size=4
).map(PiiPolicy)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _POLICIES)
@example("电话19974254734u0@163.com110105189607022658", PiiPolicy({"MOBILE": Treatment.KEEP}))
def test_stripping_twice_is_stripping_once(text: str, policy: PiiPolicy) -> None:
    """A released text holds nothing more to strip, whatever the treatments, values run together included."""
    stripper = Stripper(policy, _KEY)
    once = stripper.strip(text)
    assert stripper.strip(once.text).text == once.text


@settings(max_examples=300, deadline=None)
@given(_TEXTS, _POLICIES)
def test_places_hold_what_they_say(text: str, policy: PiiPolicy) -> None:
    """Every place is inside the released text, in order, apart from the next, and holds its treatment's outcome."""
    stripped = Stripper(policy, _KEY).strip(text)
    at = 0
    for each in stripped.found:
        assert at <= each.start <= each.end <= len(stripped.text)
        at = each.end
        outcome = stripped.text[each.start : each.end]
        assert each.treatment is policy.treatment(each.entity)
        if each.treatment is Treatment.REPLACE:
            assert outcome == f"<{each.entity}>"
        elif each.treatment is Treatment.MASK:
            assert set(outcome) == {"*"}
        elif each.treatment is Treatment.PSEUDONYM:
            assert outcome.startswith(f"<{each.entity}:")
            assert tags.pieces(outcome) == ["", ""]
        else:
            assert bool(outcome) == (each.treatment is Treatment.KEEP)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text folds to itself, and the map leads every character back into the original."""
    folded = fold(text)
    assert fold(folded.text).text == folded.text
    for i in range(len(folded.text)):
        start, end = folded.offsets.back(i, i + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="0１①②\u200b一二三四五六七八九٣𝟏- 文\u00a0a", max_size=60))
def test_folding_digits_twice_is_folding_them_once(text: str) -> None:
    """The same over texts made of the very characters that fold."""
    once = fold(text).text
    assert fold(once).text == once
