"""Lists of what must not be taken in: blocked by law (R-015), refused by its owner (R-010), withdrawn (撤回).

A stored list is text, sorted, one ``kind value`` a line. Hosts stand plain, and mean the domains below them too; an
address, a user, a person's identifier and a text stand as keyed digests, so that a list says nothing about a person to
who lacks the key. The same entries are always the same bytes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from corpus.workspace import Workspace
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ListReleased, WithdrawalMade
from provenance.ids import Digest
from provenance.objects import ObjectStore

BLOCKED = "blocked"
"""What law or policy orders to be blocked."""
REFUSED = "refused"
"""What somebody clearly said may not be collected."""
WITHDRAWN = "withdrawn"
"""What a withdrawal took out."""

_SHORT, _LONG = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_FORMS: Mapping[str, re.Pattern[str]] = {
    "host": re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]"),
    "url": _SHORT,
    "user": _SHORT,
    "person": re.compile(r"[A-Z][A-Z0-9_]*:[0-9a-f]{32}"),
    "text": _LONG,
}


@dataclass(frozen=True)
class Refusals:
    """What must not be taken in, by kind.

    Attributes:
        host: Names of hosts and domains; those below them are meant too.
        url: Keyed digests of addresses, hexadecimal (``corpus.evidence.addresses.url_key``).
        user: Keyed digests of the service's users.
        person: ``ENTITY:hex``, the type and keyed digest of an identifier.
        text: Keyed digests of normalised texts (``corpus.stages.normalise.duplicate_key``).
    """

    host: frozenset[str] = frozenset()
    url: frozenset[str] = frozenset()
    user: frozenset[str] = frozenset()
    person: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()

    def __or__(self, other: "Refusals") -> "Refusals":
        """Join two lists."""
        return Refusals(*(getattr(self, each.name) | getattr(other, each.name) for each in fields(self)))

    def __len__(self) -> int:
        """Return the number of entries."""
        return sum(len(getattr(self, each.name)) for each in fields(self))

    def lines(self) -> list[str]:
        """Return the stored form, line by line: line *n* of the file is member *n - 1*."""
        return sorted(f"{each.name} {value}" for each in fields(self) for value in getattr(self, each.name))


def write(store: ObjectStore, refusals: Refusals) -> Digest:
    """Store a list.

    Raises:
        GovernanceError: The disk refuses.
    """
    return store.put_bytes("".join(f"{line}\n" for line in refusals.lines()).encode())


def read(store: ObjectStore, digest: Digest) -> Refusals:
    """Read a stored list.

    Raises:
        GovernanceError: It is not there, cannot be read, or is no such list.
    """
    return read_file(store.path(digest))


def read_file(path: Path) -> Refusals:
    """Read a stored list by its path.

    Raises:
        GovernanceError: It cannot be read, or is no such list.
    """
    with told("read a stored list", path):
        content = path.read_bytes()
    found: dict[str, set[str]] = {each.name: set() for each in fields(Refusals)}
    for line in content.decode("ascii", "replace").splitlines():
        kind, _, value = line.partition(" ")
        if kind not in _FORMS or not _FORMS[kind].fullmatch(value):
            raise GovernanceError(
                "A stored list of refusals does not have the form of one.",
                code="corpus.list-damaged",
                remedy="Run `yuliao doctor`; restore the file from a backup.",
                where=str(path),
                exit_code=ExitCode.VERIFICATION_FAILED,
            )
        found[kind].add(value)
    return Refusals(**{kind: frozenset(values) for kind, values in found.items()})


def in_force(workspace: Workspace) -> tuple[tuple[str, Digest], ...]:
    """Return the lists that count now, as name and digest, sorted: the latest of each name, and every withdrawal's."""
    latest: dict[str, str] = {}
    withdrawn: set[str] = set()
    for entry in workspace.ledger.entries(kinds=("ListReleased", "WithdrawalMade")):
        if isinstance(entry.event, ListReleased):
            latest[entry.event.name] = entry.event.digest
        elif isinstance(entry.event, WithdrawalMade) and entry.event.refusals:
            withdrawn.add(entry.event.refusals)
    return tuple(sorted([*_named(latest), *((WITHDRAWN, Digest(each)) for each in withdrawn)]))


def current(workspace: Workspace) -> Refusals:
    """Return all that must not be taken in now, whatever list it stands on.

    Raises:
        GovernanceError: A list is missing from the store.

    Clause:
        R-010, R-015
    """
    found = Refusals()
    for _, digest in in_force(workspace):
        found |= read(workspace.evidence, digest)
    return found


def _named(latest: Mapping[str, str]) -> Iterator[tuple[str, Digest]]:
    for name, digest in latest.items():
        yield name, Digest(digest)
