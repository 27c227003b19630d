"""robots.txt (爬虫协议, RFC 9309): whether an address might be fetched at a time, and which line says no.

The one door of Protego, which reads the rules as crawlers do.

- A snapshot holds from the moment it was fetched until the next one; before the first nothing is known, and what is not
  known is not allowed.
- A status of 4xx means that the site has no rules (RFC 9309, 2.3.1.3); 5xx that they could not be had, which forbids
  everything (2.3.1.4).
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from protego import Protego

_PROBE = "/yuliao-" + 64 * "0123456789"
"""A path that no site has, longer than any rule that could decide over it."""


class Rules:
    """The rules of one robots.txt.

    Args:
        text: Its content.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._parsed = Protego.parse(text)
        self._holds: dict[tuple[int, str], bool] = {}

    def allows(self, url: str, agent: str) -> bool:
        """Say whether a crawler of this name may fetch an address."""
        return self._parsed.can_fetch(url, agent)

    def line_against(self, url: str, agent: str) -> int:
        """Return the number of the line that disallows an address, from 1; 0 where none can be named.

        Of the rules that stand in the crawler's group and match the address, the longest decides (RFC 9309, 2.2.2).
        Protego does not say which that was, so it is asked about each line alone, and of those that match whether the
        crawler is bound by them.
        """
        matching = [number for number, rule in self._alone if not rule.can_fetch(url, agent)]
        bound = [number for number in matching if self._binds(number, agent)]
        return max(bound, key=lambda number: (self._length(number), -number), default=0)

    @cached_property
    def _alone(self) -> list[tuple[int, Protego]]:
        lines = ((number, line) for number, line in enumerate(self._lines, start=1) if line.partition("#")[0].strip())
        return [(number, Protego.parse(f"User-agent: *\n{line}\n")) for number, line in lines]

    def _binds(self, number: int, agent: str) -> bool:
        """Say whether a rule stands in the group of a crawler: put an unknown path in its place and see who minds."""
        if (number, agent) not in self._holds:
            allowed, disallowed = (self._with(number, f"{word}: {_PROBE}") for word in ("Allow", "Disallow"))
            address = f"https://example.com{_PROBE}"
            self._holds[number, agent] = allowed.can_fetch(address, agent) and not disallowed.can_fetch(address, agent)
        return self._holds[number, agent]

    def _with(self, number: int, line: str) -> Protego:
        return Protego.parse("\n".join([*self._lines[: number - 1], line, *self._lines[number:]]))

    def _length(self, number: int) -> int:
        line = self._lines[number - 1].partition("#")[0]
        pattern = line.partition(":")[2] if ":" in line else line.split()[-1]
        return len(quote(pattern.strip(), safe="%/*$?=&:;,+!@()'[]~"))


@dataclass(frozen=True)
class Snapshot:
    """What a host answered when it was asked for its robots.txt, and where in the evidence that stands."""

    host: str
    fetched: int
    """Microseconds since 1970; before everything for the one file that always held."""
    status: int
    rules: Rules
    line: int = 0
    """Its line in the evidence; 0 where the evidence is the robots.txt itself."""


class Judgement(NamedTuple):
    """Whether an address might be fetched, whether that is known at all, and the place in the evidence that forbids."""

    is_allowed: bool
    is_known: bool = True
    place: str = ""


@dataclass(frozen=True)
class Robots:
    """The robots.txt of a source's hosts through time.

    Attributes:
        snapshots: In any order; of two of one host at one time the later one in the evidence counts.
    """

    snapshots: tuple[Snapshot, ...]
    _by_host: dict[str, list[Snapshot]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for snapshot in sorted(self.snapshots, key=lambda each: (each.fetched, each.line)):
            self._by_host.setdefault(snapshot.host, []).append(snapshot)

    def judge(self, url: str, host: str, times: Iterable[int], agent: str) -> Judgement:
        """Say whether an address might be fetched at each of these times.

        Args:
            url: The address.
            host: Its host.
            times: When it was fetched; microseconds since 1970.
            agent: Name of the crawler, ``*`` for any.

        Clause:
            R-010
        """
        known = self._by_host.get(host, [])
        holding = sorted({bisect_right(known, at, key=lambda each: each.fetched) for at in times})
        for behind in holding:
            if behind == 0:
                return Judgement(is_allowed=False, is_known=False)
            judged = _judge(known[behind - 1], url, agent)
            if not judged.is_allowed:
                return judged
        return Judgement(is_allowed=True)


def _judge(snapshot: Snapshot, url: str, agent: str) -> Judgement:
    answer = snapshot.status // 100
    if answer == 4 or (answer == 2 and snapshot.rules.allows(url, agent)):
        return Judgement(is_allowed=True)
    rule = snapshot.rules.line_against(url, agent) if answer == 2 else 0
    return Judgement(is_allowed=False, place=".".join(f"{each}" for each in (snapshot.line, rule) if each))
