"""What is scanned for in the place of an expression, and what an expression says of its matches."""

import pytest

from pii.scanned import scanned
from pii.shapes import needs_digit


@pytest.mark.parametrize(
    ("pattern", "short", "early"),
    [
        ("名[:：](?P<value>[^\\n]{2,40})", "名[:：](?P<value>[^\\n]{2})", 38),
        ("[在从]学(?:a|b[一-龥]{0,14})", "[在从]学(?:a|b)", 14),
        ("问[一-龥]{1,3}?[a-z]{0,9}(?=\\n|$)", "问[一-龥]{1}", 11),
        ("问[^.]{3,9}(?=[，,]|$)", "问[^.]{3}", 6),
        ("(?:电|话)[0-9]{4}", "(?:电|话)[0-9]{4}", 0),
        ("(?:话[0-9]{1,9})+", "(?:话[0-9]{1,})+", 0),
        ("话[0-9]{1,9}(?=[a-z]{2})", "话[0-9]{1}", 8),
        ("话[0-9]{1,9}[a-z]", "话[0-9]{1,}[a-z]", 0),
    ],
)
def test_a_row_at_the_end_is_read_as_far_as_it_must_be(pattern: str, short: str, early: int) -> None:
    """Only a class repeated at the very end is cut, and by how much is told; repeats elsewhere stay."""
    found = scanned(pattern)
    if early:
        assert (found.patterns, found.early) == ([short], early)
    else:
        assert found.early == 0
        assert found.patterns[0].count("[") == pattern.count("[")


@pytest.mark.parametrize(
    ("pattern", "holds"),
    [
        ("[0-9]{4}", True),
        ("话(?P<value>[1-9]|[2-8]x)", True),
        ("(?:1|[2-3])x", True),
        ("(?>[0-9])?7", True),
        ("[0-9]?x", False),
        ("(?:x|[0-9])", False),
        ("[0-9a]", False),
        ("[^0-9]", False),
        ("[^x]", False),
        ("(?=[a-z]*[0-9]).", True),
        ("x(?<=[0-9]x)", True),
        ("(?![0-9]).", False),
        ("\\d", False),
        ("[一二三]", False),
    ],
)
def test_a_digit_in_every_match_is_told(pattern: str, holds: bool) -> None:
    """What can stand in a text without digits is never said to need one, or it would be overlooked in texts without."""
    assert needs_digit(pattern) is holds
