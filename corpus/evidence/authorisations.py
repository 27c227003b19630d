"""The table of authorisations (使用者授权记录): who allowed the use of what he wrote, and who took that back.

- Users become keyed pseudonyms while the table is read; what is stored holds pseudonyms only, sorted, and the digest of
  the file as it was given stands beside it in the ledger.
- A user's latest word counts: an opt-out ends everything he allowed up to then, and only what he allowed afterwards
  stands. Rows that cannot both be true refuse the table.
"""

import csv
import itertools
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.evidence import keyed_tables
from corpus.evidence.rows import Moment, Table, moment
from corpus.workspace import Workspace
from provenance.disk import told
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest
from provenance.pseudonyms import LENGTH, USER, pseudonym
from rules.source_kinds import EvidenceKind

Scan = Callable[[str], bool]

OUTCOMES = ("", "opted-out", "other-version", "other-scope", "authorised-too-late")
"""What the table says of a user's items: nothing against them, or the reason; a table of users holds their places."""

_HEADER = ("user", "version", "scope", "time", "opt_out")
_ROW = struct.Struct(f"<{LENGTH}sqhqhIIQ")
_COLUMNS = [("user", f"S{LENGTH}"), ("at", "<i8"), ("offset", "<i2"), ("out", "<i8"), ("out_offset", "<i2")]
_PACKED = np.dtype([*_COLUMNS, ("version", "<u4"), ("scope", "<u4"), ("line", "<u8")])
_NEVER = -(2**63)
_CHUNK = 65_536


class Authorisation(NamedTuple):
    """One row: what a user allowed, when, and when he took it back."""

    version: str
    scope: str
    time: Moment
    opt_out: Moment | None


class Wanted(NamedTuple):
    """What a source needs of its users: this version and scope, allowed on its last day of collection at the latest."""

    version: str
    scope: str
    last_day: str


def outcome(rows: Iterable[Authorisation], wanted: Wanted) -> str:
    """Say what stands against the use of a user's items.

    Args:
        rows: The user's authorisations, in any order.
        wanted: What the source needs.

    Returns:
        Nothing, or the reason: one of :data:`OUTCOMES`.

    Clause:
        R-014
    """
    rows = list(rows)
    opted_out = max((row.opt_out.at for row in rows if row.opt_out), default=None)
    standing = [row for row in rows if opted_out is None or row.time.at > opted_out]
    if not standing:
        return "opted-out"
    standing = [row for row in standing if row.version == wanted.version]
    if not standing:
        return "other-version"
    standing = [row for row in standing if row.scope == wanted.scope]
    if not standing:
        return "other-scope"
    return "" if any(row.time.day <= wanted.last_day for row in standing) else "authorised-too-late"


def take(workspace: Workspace, paper: EvidenceKind, path: Path, scan: Scan) -> tuple[Digest, Digest]:
    """Store a table with pseudonyms in the place of its users.

    Args:
        workspace: Where, and with which key.
        paper: Which kind of evidence it is.
        path: The table as it was given.
        scan: Finds personal information.

    Returns:
        The digests of what is stored and of the file as it was given.

    Raises:
        GovernanceError: The table cannot be read, a row does not have its form, a cell beside the user's holds
            personal information, or two rows contradict each other. Nothing is recorded then.

    Clause:
        R-014, R-112
    """
    table = Table(path, paper)
    rows, words = _packed(table, scan, workspace.item_key)
    with told("store a table of evidence", workspace.scratch):
        workspace.scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=workspace.scratch, prefix="evidence-") as folder:
            unfinished = Path(folder) / "table"
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(_HEADER)
                writer.writerows(_written(table, rows, words))
            return workspace.evidence.put(unfinished), table.digest


def prepare(stored: Path, wanted: Wanted, folder: Path) -> None:
    """Write a stored table as a keyed table: by user, the place of his ``outcome`` in :data:`OUTCOMES`.

    Raises:
        GovernanceError: It is no such table, or the disk refuses.
    """
    keys, outcomes = bytearray(), array("B")
    for user, rows in itertools.groupby(_stored(stored), key=itemgetter(0)):
        keys += bytes.fromhex(user)
        outcomes.append(OUTCOMES.index(outcome((row for _, row in rows), wanted)))
    keyed_tables.write(folder, np.frombuffer(keys, f"S{LENGTH}"), {"outcome": np.frombuffer(outcomes, np.uint8)})


def _packed(table: Table, scan: Scan, workspace_key: bytes) -> tuple[npt.NDArray[np.void], list[str]]:
    """Read a table into rows of fixed width: ten million users are no place for a Python object each."""
    packed = bytearray()
    words: dict[str, int] = {}
    for line, (user, version, scope, time, out) in table:
        if out and out.at < time.at:
            raise table.refused(line, "takes an authorisation back before it was given")
        for word in (version, scope):
            if word not in words:
                if scan(word):
                    raise _personal(table, line)
                words[word] = len(words)
        pair = (words[version], words[scope])
        packed += _ROW.pack(pseudonym(workspace_key, USER, user), *time, *(out or (_NEVER, 0)), *pair, line)
    return np.frombuffer(packed, _PACKED), list(words)


def _written(table: Table, rows: npt.NDArray[np.void], words: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield the rows as they are stored, sorted and each once.

    Raises:
        GovernanceError: Two rows cannot both be true; their lines are named.
    """
    order = np.argsort(rows["at"], kind="stable")
    order = order[np.argsort(rows["user"][order], kind="stable")]
    before: tuple[object, ...] = ()
    for start in range(0, len(order), _CHUNK):
        for user, at, offset, out, out_offset, version, scope, line in rows[order[start : start + _CHUNK]].tolist():
            said = (user, at, out, version, scope)
            if said[:2] == before[:2]:
                if said != before[:-1]:
                    raise table.refused(line, f"contradicts line {before[-1]}: one user, one time, two statements")
                continue
            before = (*said, line)
            left = "" if out == _NEVER else Moment(out, out_offset)
            yield user.ljust(LENGTH, b"\0").hex(), words[version], words[scope], Moment(at, offset), left


def _stored(path: Path) -> Iterator[tuple[str, Authorisation]]:
    """Yield the rows of a stored table in their order."""
    with told("read a table of authorisations", path), path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            if tuple(next(reader, ())) != _HEADER:
                raise ValueError("another header")  # noqa: TRY301  # joins what is damaged otherwise
            for user, version, scope, time, out in reader:
                yield user, Authorisation(version, scope, moment(time), moment(out) if out else None)
        except (ValueError, csv.Error) as error:
            raise GovernanceError(
                "A stored table of authorisations does not have the form of one.",
                code="corpus.authorisations-damaged",
                remedy="Attach the table again with `yuliao source evidence ID consent_table FILE`.",
                where=str(path),
                exit_code=ExitCode.ENVIRONMENT,
            ) from error


def _personal(table: Table, line: int) -> GovernanceError:
    return GovernanceError(
        f"The table of authorisations holds personal information beside the user's number on line {line}.",
        code="corpus.evidence-personal",
        remedy="Write the version and scope of the authorisation there and nothing about the user.",
        where=str(table.path),
    )
