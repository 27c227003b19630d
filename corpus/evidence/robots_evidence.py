"""Evidence of robots.txt (爬虫协议快照): the file as the site served it, or snapshots of it through time.

- One robots.txt held for the one declared host all the time. Snapshots are JSON Lines with ``host``, ``fetched``,
  ``status`` and ``body``; redirects are to be followed before one is written down (RFC 9309, 2.3.1.2).
- A file that no crawler could read as rules is refused: a silent "everything is allowed" would be no evidence.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import orjson

from corpus.evidence.addresses import normalise_host
from corpus.evidence.robots import Robots, Rules, Snapshot
from corpus.evidence.rows import moment
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import Digest
from rules import catalog

_DIRECTIVE = re.compile(
    r"(user[- ]?agent|allow|di[as]\w*|site-?maps?|(crawl|request|visit)[- ]\w+|host|clean-param|noindex)\b",
    re.IGNORECASE,
)
_AGENT = re.compile(r"user[- ]?agent\b", re.IGNORECASE)
_RULE = re.compile(r"(allow|di[as]\w*)\b", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
_ALWAYS = -(2**63)
_HAS_RULES, _ANSWERS = 2, (2, 4, 5)
"""Classes of HTTP statuses."""


def check(path: Path, hosts: Sequence[str]) -> Digest:
    """Read evidence through and return the digest of what was read.

    Args:
        path: The file.
        hosts: The hosts that the source declares.

    Raises:
        GovernanceError: It cannot be read or holds nothing that could be the rules of these hosts.

    Clause:
        R-010
    """
    evidence = _Evidence(path, hosts)
    for _ in evidence.snapshots():
        pass
    return Digest(evidence.seen.hexdigest())


@lru_cache(maxsize=2)
def read(path: Path, hosts: tuple[str, ...]) -> Robots:
    """Read stored evidence, once in a process.

    Raises:
        GovernanceError: As for :func:`check`.
    """
    return Robots(tuple(_Evidence(path, hosts).snapshots()))


def read_line(path: Path, place: str) -> str:
    """Return the line of stored evidence that a judgement named, as the site served it.

    Args:
        path: The stored evidence.
        place: ``12`` for a line of a robots.txt or a snapshot, ``12.3`` for line 3 of the body of snapshot 12.

    Raises:
        ValueError: There is no such place.
    """
    numbers = [int(each) for each in place.split(".")]
    with told("read a file of evidence", path), path.open("rb") as file:
        if not _is_snapshots(file.read(_PEEK)):
            file.seek(0)
            return _line(rules_text(file.read()), numbers[0])
        file.seek(0)
        raw = next((line for number, line in enumerate(file, start=1) if number == numbers[0]), b"")
    record = orjson.loads(raw.removeprefix(_MARK) or b"{}")
    if len(numbers) > 1:
        return _line(rules_text(record["body"].encode()), numbers[1])
    return f"{record['host']} {record['fetched']}: HTTP {record['status']}"


def rules_text(content: bytes) -> str:
    """Return the text of a robots.txt; foreign bytes are let pass in comments alone.

    Raises:
        ValueError: No crawler could read it as rules; the message says why, to follow "the robots.txt".
    """
    content = content.removeprefix(_MARK)
    most = catalog.load().house.integer("robots_bytes_max")
    if len(content) > most:
        raise ValueError(f"has more than {most} bytes, beyond which crawlers need not read")
    if b"\0" in content:
        raise ValueError("holds zero bytes, so it is no text")
    if content.lstrip().startswith(b"<"):
        raise ValueError("is a web page")
    for number, raw in enumerate(content.split(b"\n"), start=1):
        try:
            raw.partition(b"#")[0].decode()
        except UnicodeDecodeError:
            raise ValueError(f"has a rule that is not UTF-8 on its line {number}") from None
    text = content.decode("utf-8", "replace")
    rules = [line for each in text.splitlines() if (line := each.partition("#")[0].strip())]
    if rules and not any(map(_DIRECTIVE.match, rules)):
        raise ValueError("holds no directive of a robots.txt")
    if any(map(_RULE.match, rules)) and not any(map(_AGENT.match, rules)):
        raise ValueError("has rules but no User-agent line, so nobody knows for whom they hold")
    return text


_PEEK = 256


class _Evidence:
    """A file of evidence being read, and the digest of what was."""

    def __init__(self, path: Path, hosts: Sequence[str]) -> None:
        self._path = path
        self._hosts = tuple(normalise_host(host) for host in hosts)
        self._known: dict[str, Rules] = {}
        self.seen = hashlib.sha256()

    def snapshots(self) -> Iterator[Snapshot]:
        """Yield what it tells.

        Raises:
            GovernanceError: It cannot be read or is no such evidence.
        """
        longest = catalog.load().house.integer("record_bytes_max")
        with told("read a file of evidence", self._path), self._path.open("rb") as file:
            is_snapshots = _is_snapshots(file.read(_PEEK))
            file.seek(0)
            if not is_snapshots:
                yield self._whole(file.read(longest))
                return
            number = 0
            while line := file.readline(longest):
                number += 1
                self.seen.update(line)
                if line.strip():
                    yield self._snapshot(line.removeprefix(_MARK), number)

    def _whole(self, content: bytes) -> Snapshot:
        self.seen.update(content)
        if len(self._hosts) != 1:
            raise self._refused("is one file, and several hosts are declared")
        try:
            return Snapshot(self._hosts[0], _ALWAYS, _HAS_RULES * 100, Rules(rules_text(content)))
        except ValueError as error:
            raise self._refused(str(error)) from None

    def _snapshot(self, line: bytes, number: int) -> Snapshot:
        try:
            host, fetched, status, body = _fields(orjson.loads(line))
            if body not in self._known:
                self._known[body] = Rules(rules_text(body.encode()))
        except orjson.JSONDecodeError:
            raise self._refused("is no JSON", number) from None
        except ValueError as error:
            raise self._refused(str(error), number) from None
        if host not in self._hosts:
            raise self._refused("names a host that the declaration does not", number)
        return Snapshot(host, fetched, status, self._known[body], number)

    def _refused(self, what: str, line: int = 0) -> GovernanceError:
        place = f", line {line}," if line else ""
        return GovernanceError(
            f"The robots.txt{place} {what}.",
            code="corpus.robots-unparseable",
            remedy="Attach the file as the site served it, or its snapshots as JSON Lines with host, fetched, status "
            "and body.",
            where=str(self._path),
        )


def _is_snapshots(beginning: bytes) -> bool:
    return beginning.removeprefix(_MARK).lstrip().startswith(b"{")


def _fields(record: object) -> tuple[str, int, int, str]:
    """Return host, time, status and rules of a snapshot.

    Raises:
        ValueError: One does not have its form.
    """
    if not isinstance(record, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004  # bad data, no broken program
    host, fetched, status, body = (record.get(name) for name in ("host", "fetched", "status", "body"))
    if not isinstance(status, int) or status // 100 not in _ANSWERS:
        raise ValueError("has no status of 2xx, 4xx or 5xx; redirects are followed first")
    body = body if status // 100 == _HAS_RULES else ""
    if not isinstance(body, str):
        raise ValueError("has no text under body")  # noqa: TRY004  # bad data
    try:
        return normalise_host(str(host)), moment(str(fetched)).at, status, body
    except GovernanceError:
        raise ValueError("has no name of a host under host") from None
    except ValueError:
        raise ValueError("has no time with its offset under fetched, like 2026-09-01T02:00:00+08:00") from None


def _line(text: str, number: int) -> str:
    found = text.splitlines()
    if not 0 < number <= len(found):
        raise ValueError("no such line")
    return found[number - 1].strip()
