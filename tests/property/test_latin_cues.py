"""One scan tells whether a text can hold a Latin name at all."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pii.names import latin

_PIECES = st.one_of(
    st.sampled_from([*latin._TITLES, *latin._FIELDS, *latin._TITLES_BEHIND]),
    st.sampled_from(
        ["John", "Smith", "John Smith", "Éva", "Zoë", "O'Neil", "Anne-Marie", "essor", "s", ". ", " ", ":", "："]
    ),
    st.sampled_from(["这里", "\t", "\n", "x", "A.", "\U0001f600", "of the System", "ſ"]),
    st.text(max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_no_name_escapes_the_scan(text: str) -> None:
    """Wherever a name is found by its cue, the scan for cues saw something."""
    if list(latin._matches(text)):
        assert latin._scanner().runs(text)


def test_a_scan_that_sees_nothing_is_noticed() -> None:
    """A seeded fault, a text without its cue, holds no name: the comparison above can fail."""
    assert latin.latin_names("Dear John Smith,")
    assert not latin._scanner().runs("John Smith")
    assert not latin.latin_names("John Smith")
