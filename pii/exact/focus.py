"""Searching a text for a pattern only where it can match, with the outcome of searching it from end to end."""

import time
from collections.abc import Iterator, Sequence

import regex

from pii.exact.sieve import Sieve

Stretch = tuple[int, int]
"""Where in a text the matches of a sieve may end: the first such place and the last, in code points."""


class Focus:
    """A pattern and what is known of its matches.

    Args:
        pattern: In the syntax of `regex`.
        flags: Of `regex`.
        sieve: What stands for the pattern in a scan.
    """

    def __init__(self, pattern: str, flags: int, sieve: Sieve) -> None:
        flags |= sieve.expression.flags
        # The pattern, or else nothing at all in front of a character that no match of it can begin with: so a search
        # in vain ends with the run of characters in question and not with the text.
        self._search = regex.compile(f"(?:{pattern})|(?!(?i:{sieve.characters}))", flags).search
        self._back = regex.compile(f"(?r)(?:{sieve.characters})*+", flags | regex.I).match
        self._next = regex.compile(sieve.characters, flags | regex.I).search
        self._width = sieve.width

    def matches(self, text: str, stretches: Sequence[Stretch], timeout: float) -> Iterator["regex.Match[str]"]:
        """Yield what ``finditer`` yields.

        Args:
            text: The text.
            stretches: All places where a match of the sieve may end, in order.
            timeout: Seconds after which a ``TimeoutError`` is raised, as ``finditer`` does.
        """
        limit = time.monotonic() + timeout
        done = 0  # every match that begins before this place is known
        for first, last in stretches:
            if last <= done:
                continue
            done = self._beginning(text, max(first, done), done)
            while done < last:
                match = self._search(text, done, timeout=max(limit - time.monotonic(), 1e-3))
                if match is None:
                    return
                start, end = match.span()
                done = end
                if start < end:
                    yield match
                elif done < last:
                    following = self._next(text, done)
                    if following is None:
                        return
                    done = following.start()

    def _beginning(self, text: str, end: int, done: int) -> int:
        match = self._back(text, done, end)
        start = match.start() if match else end
        return start if self._width is None else max(start, end - self._width)


class Narrowed:
    """Stands before Presidio for a compiled expression, for one text."""

    def __init__(self, focus: Focus, stretches: Sequence[Stretch]) -> None:
        self._focus = focus
        self._stretches = stretches

    def finditer(self, text: str, timeout: float) -> Iterator["regex.Match[str]"]:
        """Yield all matches; the text must be the one that was scanned."""
        return self._focus.matches(text, self._stretches, timeout)
