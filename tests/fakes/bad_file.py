"""What a bad file is."""

from typing import NamedTuple


class Bad(NamedTuple):
    """A file that is wrong in one way.

    Attributes:
        name: Its name, perhaps no text.
        content: Its bytes.
        reasons: All reasons its items may have; at least one of them must be there. None for a file whose name alone is
            hostile.
        good: How many items must have a text; None where that depends on how far it could be read.
    """

    name: str | bytes
    content: bytes
    reasons: set[str]
    good: int | None
