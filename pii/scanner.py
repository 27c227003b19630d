"""The one door to Hyperscan: one pass over a text tells where any of many expressions match.

- A hundred expressions cost a few times what one costs, not a hundred times; hits cost more than anything else.
- Hits come in code points of the text, runs of overlapping matches of one expression as one hit, so that a million
  digits are a hit and not a million of them.
- The compiled database is kept in the user's cache folder under a digest of the expressions, the library's version and
  what it makes of this processor. It is never shipped: it holds for no other machine.
- Where there is no wheel of Hyperscan, `re` gives exact hits, and loose expressions are blind; :func:`notice` says so.
"""

import hashlib
import json
import platform
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Protocol

from pii.expressions import Expression, Hit, Runs, joined, refusal, without_surrogates
from pii.plain_scan import PlainScan
from pii.shelf import keep, kept
from provenance.errors import GovernanceError, Severity

__all__ = ["Expression", "Hit", "Scanner", "notice"]

try:
    import hyperscan
except ImportError:  # no wheel for this machine
    _has_hyperscan = False
else:
    _has_hyperscan = True

_FLAGS = (re.IGNORECASE, re.DOTALL, re.MULTILINE)  # Hyperscan's own are 1, 2 and 4 in this order
_NEAR = 64
"""Ends of a loose expression no further apart than so many bytes make one hit."""
_WORTH_KEEPING = 1 << 20
"""Bytes of a database; a smaller one is compiled in no time, and would drive a large one from the shelf."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(Z)|.)", re.DOTALL)
_CONTINUING = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that begin no character."""
_DOTTED = re.compile("[\u0130\u0131]")
"""Capital i with and small i without its dot: `re` folds both to i, Hyperscan neither."""


class _Engine(Protocol):
    blind: frozenset[int]

    def runs(self, text: str) -> Runs: ...


class Scanner:
    """Looks for all expressions at once. Safe to share between threads.

    Args:
        expressions: What to look for; hits name them by their place in this row.

    Raises:
        GovernanceError: An expression that is not loose cannot be compiled.
    """

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self._engine: _Engine = _Compiled(expressions) if _has_hyperscan else PlainScan(expressions)

    @property
    def blind(self) -> frozenset[int]:
        """Loose expressions that cannot be scanned for: they are never hit, and may match anywhere."""
        return self._engine.blind

    def scan(self, text: str) -> list[Hit]:
        """Return all hits, by start, then end, then expression.

        Args:
            text: Any string; a lone surrogate counts as U+FFFD.

        Raises:
            GovernanceError: Hyperscan failed; the text is not quoted.
        """
        hits = [Hit(i, start, end) for i, runs in self.runs(text).items() for start, end in runs]
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.expression))

    def runs(self, text: str) -> Runs:
        """Return the same by expression, for whoever cannot wait."""
        return self._engine.runs(text)


def notice() -> str:
    """Return what a user should be told about scanning on this machine, or nothing."""
    if _has_hyperscan:
        return ""
    return "Hyperscan is not installed: the same personal information is found, but fifty times slower and more."


class _Compiled:
    """A database of Hyperscan."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self._slack = [_NEAR if each.is_loose else 0 for each in expressions] + [0]
        self._dotted = len(expressions)
        self._ignoring_case = {
            i for i, each in enumerate(expressions) if each.flags & re.IGNORECASE or "(?i" in each.pattern
        }
        self._lock = threading.Lock()  # a database has one scratch space
        self._database, self.blind = _database([*expressions, Expression(_DOTTED.pattern)])

    def runs(self, text: str) -> Runs:
        found = self._found(text)
        if self._dotted in found:
            del found[self._dotted]
            folded = self._found(_DOTTED.sub("i", text))
            for i in self._ignoring_case & folded.keys():
                found.setdefault(i, []).extend(folded[i])
        return {i: joined(sorted(runs), self._slack[i]) if len(runs) > 1 else runs for i, runs in found.items()}

    def _found(self, text: str) -> Runs:
        data = _encoded(text)
        found = self._scan(data)
        return found if len(data) == len(text) else _in_code_points(data, found)

    def _scan(self, data: bytes) -> Runs:
        """Return the runs in bytes, most of them joined."""
        found: Runs = {}
        slack = self._slack

        def note(expression: int, start: int, end: int, _flags: int, _context: object) -> None:
            near = slack[expression]
            if near:
                start = end  # Hyperscan gives no start together with look-around
            if expression not in found:
                found[expression] = [(start, end)]
                return
            runs = found[expression]
            first, last = runs[-1]
            if first <= start <= last + near:
                runs[-1] = (first, max(last, end))
            else:
                runs.append((start, end))

        try:
            with self._lock:
                self._database.scan(data, match_event_handler=note)
        except hyperscan.error:
            raise GovernanceError(
                "Hyperscan failed on an item.",
                code="pii.scan-failed",
                remedy="Run `yuliao doctor`; the version of Hyperscan must be that of the lock file.",
                severity=Severity.FAIL_UNIT,
            ) from None
        return found


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return without_surrogates(text).encode()


def _in_code_points(data: bytes, found: Runs) -> Runs:
    at = size = 0
    points = {}
    for place in sorted({place for runs in found.values() for run in runs for place in run}):
        size += len(data[at:place].translate(None, _CONTINUING))  # a loose match may end inside a character
        at = place
        points[place] = size
    return {i: [(points[start], points[end]) for start, end in runs] for i, runs in found.items()}


def _database(expressions: Sequence[Expression]) -> tuple["hyperscan.Database", frozenset[int]]:
    """Return the database and the loose expressions that it could not take, from the cache where it is there."""
    library = str(_compile([Expression("a")], [0]).info())
    name = hashlib.sha256(json.dumps([library, platform.machine(), expressions]).encode()).hexdigest()
    known = kept(name)
    if known is not None:
        head, _, body = known.partition(b"\n")
        with suppress(hyperscan.error):
            return _loaded(body), frozenset(json.loads(head))
    taken = _taken(expressions)
    database = _compile([expressions[i] for i in taken], taken)
    blind = sorted(set(range(len(expressions))) - set(taken))
    body = hyperscan.dumpb(database)
    if len(body) >= _WORTH_KEEPING:
        keep(name, json.dumps(blind).encode() + b"\n" + body)
    return database, frozenset(blind)


def _loaded(body: bytes) -> "hyperscan.Database":
    database = hyperscan.loadb(body, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def _taken(expressions: Sequence[Expression]) -> list[int]:
    """Return which expressions Hyperscan takes; it does not tell which of many it refuses."""
    every = list(range(len(expressions)))
    with suppress(hyperscan.error):
        _compile(expressions, every)
        return every
    return [i for i in every if _is_taken(expressions[i])]


def _is_taken(expression: Expression) -> bool:
    try:
        _compile([expression], [0])
    except hyperscan.error:
        if expression.is_loose:
            return False
        raise refusal(expression.pattern) from None
    return True


def _compile(expressions: Sequence[Expression], ids: Sequence[int]) -> "hyperscan.Database":
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_translated(each.pattern) for each in expressions],
        ids=list(ids),
        flags=[_flags(each) for each in expressions],
    )
    return database


def _flags(expression: Expression) -> int:
    own = sum(1 << i for i, flag in zip(count(), _FLAGS, strict=False) if expression.flags & flag)
    kind = hyperscan.HS_FLAG_PREFILTER if expression.is_loose else hyperscan.HS_FLAG_SOM_LEFTMOST
    return own | kind | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP


def _translated(pattern: str) -> bytes:
    """Write the few escapes of `re` that Hyperscan does not know its way."""

    def other(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return f"\\x{{{code}}}" if code else r"\z" if match[3] else match[0]

    return _encoded(_ESCAPE.sub(other, pattern))
