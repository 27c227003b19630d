"""What stripping takes out is told by places of the raw text, however many looks it took."""

import hypothesis.strategies as st
from hypothesis import example, given, settings

from pii.entities import covered
from pii.policy import PiiPolicy, Treatment
from pii.pseudonyms import Pseudonyms
from pii.strip import Stripper
from pii.taken_out import taken_out
from tests.fakes.identities import card, citizen, mobile

_SEEDS = st.integers(0, 10_000)
_VALUES = st.one_of(_SEEDS.map(citizen), _SEEDS.map(card), _SEEDS.map(mobile), _SEEDS.map("u{}@163.com".format))
_GLUE = st.sampled_from(
    ["", "", " ", "，", "电话", "@", "1", "138", "12345678", "a", "\u200b", "１", "<MOBILE>", "微信号"]
)
_TEXTS = st.lists(st.one_of(_VALUES, _GLUE), max_size=12).map("".join)
_KEY = Pseudonyms(bytes(range(32)))
_TREATMENTS = st.sampled_from([Treatment.REDACT, Treatment.REPLACE, Treatment.MASK, Treatment.KEEP])
_POLICIES = st.dictionaries(st.sampled_from(sorted(covered() - {"USCC"})), _TREATMENTS, max_size=4).map(PiiPolicy)
_REDACTED = PiiPolicy(dict.fromkeys(sorted(covered() - {"USCC"}), Treatment.REDACT))


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
@example("，@电话\u200bu39@163.com15964310607 1@")
def test_what_is_left_is_what_stands_outside_of_the_places(text: str) -> None:
    """Where everything found is removed, the released text is the raw one without the places told, exactly."""
    found = taken_out(Stripper(_REDACTED, _KEY), text)
    covered_places = {at for start, end, _ in found.places for at in range(start, end)}
    assert found.text == "".join(each for at, each in enumerate(text) if at not in covered_places)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _POLICIES)
def test_the_text_is_the_released_one_and_places_lie_in_the_raw_one(text: str, policy: PiiPolicy) -> None:
    """Telling the places changes nothing of the outcome; each is a stretch of the raw text, and names its type."""
    stripper = Stripper(policy, _KEY)
    found = taken_out(stripper, text)
    assert found.text == stripper.strip(text).text
    assert all(0 <= start < end <= len(text) for start, end, _ in found.places)
    assert {each.entity for each in stripper.strip(text).found} <= {entity for _, _, entity in found.places}
