"""Tags (标签): what stands in a text where personal information stood: ``<MOBILE>``, or ``<MOBILE:mgbl...>``.

The mark behind the colon is a pseudonym's, 64 bits in the letters a to p, four bits a letter. There is no digit in it,
so that no number of anybody's can hide in what looks like a tag, and no pseudonym looks like a number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from pii.entities import ENTITIES
from provenance.spans import Span

MARK_BYTES = 8
_TAG = re.compile(rf"<(?:{'|'.join(ENTITIES)})(?::[a-p]{{{2 * MARK_BYTES}}})?>")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def tag(entity: str, mark: bytes = b"") -> str:
    """Return the tag of a type, with a mark where there is one; :data:`MARK_BYTES` long."""
    return f"<{entity}:{mark.hex().translate(_LETTERS)}>" if mark else f"<{entity}>"


def pieces(text: str) -> list[str]:
    """Return what stands between the tags of a text, one piece more than there are tags."""
    return _TAG.split(text)


def outside(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the finds that are no mere part of a tag; one that cuts into a tag takes all of it.

    So whatever is treated holds something that is no tag, and treating a text again and again comes to an end.

    Args:
        text: The text.
        spans: Finds in it, in text order, none overlapping another.
    """
    tags = [match.span() for match in _TAG.finditer(text)] if "<" in text else []
    found = []
    behind = 0
    for span in spans:
        start, end = max(span.start, behind), span.end
        at = bisect_left(tags, start, key=lambda each: each[1] - 1)
        last = bisect_left(tags, end, key=lambda each: each[0]) - 1
        if at <= last:
            if tags[at][0] <= start and end <= tags[at][1]:
                continue
            start, end = max(min(start, tags[at][0]), behind), max(end, tags[last][1])
        if start < end:
            found.append(span._replace(start=start, end=end))
            behind = end
    return found
