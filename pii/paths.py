"""Names of files and folders (文件名): a number or a name of a person in one goes, and a tag stands there.

Whatever a declaration orders, it is the plain tag: a file must be found again by what is left of its path.
"""

from pii.entities import ENTITIES
from pii.policy import Treatment
from pii.strip import Stripper
from pii.tags import tag
from provenance.spans import Span

_BETWEEN = "/"


def without_pi(path: str, stripper: Stripper) -> str:
    """Return a path whose parts hold tags where they held personal information; what is kept by order stays.

    A find that reaches over several parts leaves a tag in each.

    Args:
        path: Parts with slashes between; there are as many of them afterwards.
        stripper: Finds, and knows what is kept.

    Raises:
        GovernanceError: A recogniser failed.
    """
    while spans := _to_go(path, stripper):
        start, parts = 0, []
        for part in path.split(_BETWEEN):
            parts.append(_tagged(part, start, spans))
            start += len(part) + len(_BETWEEN)
        path = _BETWEEN.join(parts)
    return path


def _to_go(path: str, stripper: Stripper) -> list[Span]:
    return [
        span
        for span in stripper.detect(path)
        if ENTITIES[span.label].is_personal and stripper.policy.treatment(span.label) is not Treatment.KEEP
    ]


def _tagged(part: str, offset: int, spans: list[Span]) -> str:
    """Return one part, which begins at an offset of the path, with tags for the spans that reach into it."""
    done, at = [], 0
    for span in spans:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(part))
        if start < end:
            done += [part[at:start], tag(span.label)]
            at = end
    return "".join([*done, part[at:]])
