"""The scan where there is no Hyperscan: the same hits by `re`, an expression after the other."""

import re
from collections.abc import Iterator, Sequence

from pii.expressions import Expression, Runs, joined, refusal, without_surrogates

_LONGEST_RUN = 4096


class PlainScan:
    """Scans by `re`. It could say nothing useful of loose expressions, so it is blind for them.

    Args:
        expressions: What to look for.

    Raises:
        GovernanceError: One that is not loose is no expression, or matches nothing at all.
    """

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self.blind = frozenset(i for i, each in enumerate(expressions) if each.is_loose)
        self._patterns = [
            (i, _compiled(each.pattern, each.flags)) for i, each in enumerate(expressions) if i not in self.blind
        ]

    def runs(self, text: str) -> Runs:
        """Return the hits by expression."""
        text = without_surrogates(text)
        found = {i: joined(_matches(pattern, text)) for i, pattern in self._patterns}
        return {i: runs for i, runs in found.items() if runs}


def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern, flags)
    except re.error:
        raise refusal(pattern) from None
    if compiled.match(""):
        raise refusal(pattern)
    return compiled


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield a match from every start, but of a long one only the last starts: time grows with the length alone."""
    match = pattern.search(text)
    while match:
        yield match.span()
        match = pattern.search(text, max(match.start() + 1, match.end() - _LONGEST_RUN))
