"""Where items come from, and what stands against them: on a list, in the log and robots.txt, in the authorisations.

Each check looks at many items at once and yields those that must be kept out, each with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.clearance import refusals
from corpus.clearance.grounds import ROBOTS, ground
from corpus.clearance.item_papers import WebPapers
from corpus.clearance.refusals import Refusals
from corpus.evidence import keyed_tables, robots_evidence
from corpus.evidence.addresses import above
from corpus.evidence.authorisations import OUTCOMES
from corpus.evidence.keyed_tables import Array
from corpus.evidence.robots import Robots

ON_LISTS: Mapping[tuple[str, str], str] = {
    (refusals.BLOCKED, "host"): "host-blocked",
    (refusals.BLOCKED, "url"): "url-blocked",
    (refusals.REFUSED, "host"): "host-refused",
    (refusals.REFUSED, "url"): "url-refused",
    (refusals.REFUSED, "user"): "user-refused",
    (refusals.WITHDRAWN, "url"): "url-withdrawn",
    (refusals.WITHDRAWN, "user"): "user-refused",
    (refusals.WITHDRAWN, "text"): "text-withdrawn",
}
"""Why an item is kept out, by list and kind of entry; ``corpus.stages.privacy`` looks for persons."""
REASONS = frozenset(
    {
        *ON_LISTS.values(),
        "url-missing",
        "url-outside-source",
        "not-in-collection-log",
        "not-fetched",
        "robots-disallowed",
        "robots-unknown",
        "user-missing",
        "not-authorised",
        *filter(None, OUTCOMES),
    }
)
"""Every reason that is given here."""

_FETCHED = range(200, 300)
"""HTTP statuses of an answer that had a page."""


class Origin(NamedTuple):
    """Where the item of a row comes from, as its record says; what it does not say is None."""

    row: int
    url: str | None = None
    host: str | None = None
    url_key: bytes | None = None
    user_key: bytes | None = None
    text_key: bytes | None = None


class Refusal(NamedTuple):
    """Why an item is kept out, and the place in a document that says so, where one does."""

    reason: str
    ground: str | None = None


Refused = Iterator[tuple[int, Refusal]]
"""Rows and what stands against them."""


def listed(origins: Sequence[Origin], name: str, lists: tuple[Path, ...]) -> Refused:
    """Find the items whose host, address, user or text stands on a list, the first of these that does.

    Args:
        origins: The items.
        name: Which list it is.
        lists: Its stored files.

    Clause:
        R-010, R-015
    """
    known = _known(name, lists)
    for each in origins:
        named = next((part for part in above(each.host or "") if part in known.hosts), None)
        if named and (name, "host") in ON_LISTS:
            yield each.row, Refusal(ON_LISTS[name, "host"], known.hosts[named])
    for kind, keys in (("url", known.urls), ("user", known.users), ("text", known.texts)):
        if len(keys) and (name, kind) in ON_LISTS:
            asked = [(each.row, key) for each in origins if (key := getattr(each, f"{kind}_key")) is not None]
            wanted = keyed_tables.keys_of([key for _, key in asked])
            places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            for (row, _), is_listed in zip(asked, (keys[places] == wanted).tolist(), strict=True):
                if is_listed:
                    yield row, Refusal(ON_LISTS[name, kind])


def collected(origins: Sequence[Origin], web: WebPapers, log: Path) -> Refused:
    """Find the items that the log does not prove, or that robots.txt did not allow when they were fetched.

    An address that was fetched more than once must have been allowed each time: no item says which fetch it is of.

    Args:
        origins: The items.
        web: Hosts, crawler and robots.txt of their source.
        log: The log as a keyed table.

    Clause:
        R-009, R-010, R-110, R-114
    """
    robots = robots_evidence.read(web.robots, web.hosts)
    inside = []
    for each in origins:
        if each.url is None:
            yield each.row, Refusal("url-missing")
        elif each.host not in web.hosts:
            yield each.row, Refusal("url-outside-source")
        else:
            inside.append(each)
    times, statuses = (keyed_tables.column(log, name) for name in ("at", "status"))
    first, behind = keyed_tables.ranges(log, keyed_tables.keys_of([each.url_key or b"" for each in inside]))
    for each, start, stop in zip(inside, first, behind, strict=True):
        answers = zip(times[start:stop].tolist(), statuses[start:stop].tolist(), strict=True)
        fetched = [at for at, status in answers if status in _FETCHED]
        if start == stop:
            yield each.row, Refusal("not-in-collection-log")
        elif not fetched:
            yield each.row, Refusal("not-fetched")
        else:
            yield from _allowed(each, robots, fetched, web)


def _allowed(origin: Origin, robots: Robots, fetched: Sequence[int], web: WebPapers) -> Refused:
    judged = robots.judge(origin.url or "", origin.host or "", fetched, web.agent)
    if not judged.is_known:
        yield origin.row, Refusal("robots-unknown")
    elif not judged.is_allowed:
        yield origin.row, Refusal("robots-disallowed", ground(ROBOTS, web.robots, judged.place))


def authorised(origins: Sequence[Origin], users: Path) -> Refused:
    """Find the items whose user did not allow their use.

    Args:
        origins: The items.
        users: The authorisations as a keyed table.

    Clause:
        R-014, R-112
    """
    yield from ((each.row, Refusal("user-missing")) for each in origins if each.user_key is None)
    named = [each for each in origins if each.user_key is not None]
    first, behind = keyed_tables.ranges(users, keyed_tables.keys_of([each.user_key or b"" for each in named]))
    outcomes = keyed_tables.column(users, "outcome")
    for each, start, stop in zip(named, first, behind, strict=True):
        reason = OUTCOMES[outcomes[start]] if start < stop else "not-authorised"
        if reason:
            yield each.row, Refusal(reason)


class _Known(NamedTuple):
    """A list, ready to be asked: hosts with the line that names them, and sorted keys."""

    hosts: Mapping[str, str]
    urls: Array
    users: Array
    texts: Array


@lru_cache(maxsize=4)
def _known(name: str, lists: tuple[Path, ...]) -> _Known:
    """Return all that the files of a list hold, read once in a process."""
    hosts: dict[str, str] = {}
    read = [refusals.read_file(path) for path in lists]
    for path, part in zip(lists, read, strict=True):
        # A host is no person's secret, so the very line may be named.
        for number, line in enumerate(part.lines(), start=1) if part.host else ():
            kind, _, value = line.partition(" ")
            if kind == "host":
                hosts[value] = ground(name, path, str(number))
    whole = reduce(or_, read, Refusals())
    keys = (keyed_tables.keys_of(sorted(map(bytes.fromhex, each))) for each in (whole.url, whole.user, whole.text))
    return _Known(hosts, *keys)
