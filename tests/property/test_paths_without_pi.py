"""Paths without personal information: as many parts, nothing left to take, and the same file found again."""

import hypothesis.strategies as st
from hypothesis import given, settings

from corpus.lookup import has_tags
from pii.paths import without_pi
from pii.strip import Stripper
from pii.tags import pieces
from tests.fakes.identities import citizen, mobile

_STRIPPER = Stripper()
_SEEDS = st.integers(0, 999)
_WORDS = st.one_of(
    _SEEDS.map(mobile),
    _SEEDS.map(citizen),
    st.sampled_from(["信", "_", ".txt", "2026", "a", "\u200b", "\udc80", "<", "电话"]),
)
_PARTS = st.lists(st.lists(_WORDS, max_size=4).map("".join), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(_PARTS)
def test_what_is_kept_of_a_path_leads_back_and_tells_nothing(parts: list[str]) -> None:
    """There are as many parts, taking away twice is taking away once, and what stands between tags stood there."""
    path = "/".join(["", *parts])
    kept = without_pi(path, _STRIPPER)
    assert kept.count("/") == path.count("/")
    assert without_pi(kept, _STRIPPER) == kept
    assert not _STRIPPER.detect(kept)
    for before, after in zip(path.split("/"), kept.split("/"), strict=True):
        place = 0
        for piece in pieces(after) if has_tags(after) else [after]:
            place = before.index(piece, place) + len(piece)
