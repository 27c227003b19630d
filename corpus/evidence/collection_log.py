"""The collection log (采集记录) of a web source: which address was fetched when, and what the server answered."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus.evidence import keyed_tables
from corpus.evidence.rows import Moment, Table
from provenance.ids import Digest
from provenance.pseudonyms import LENGTH, URL, pseudonym
from rules.source_kinds import EvidenceKind, source_kind

Days = tuple[str, str]


def check(path: Path, paper: EvidenceKind, days: Days) -> Digest:
    """Read a log through and return the digest of what was read.

    Args:
        path: The file.
        paper: Which kind of evidence it is.
        days: The first and the last day of collection as declared, ``YYYY-MM-DD``.

    Raises:
        GovernanceError: It cannot be read, a row does not have its form, or a time lies outside the days of collection.

    Clause:
        R-009, R-114
    """
    table = Table(path, paper)
    for _ in _rows(table, days):
        pass
    return table.digest


def prepare(path: Path, days: Days, workspace_key: bytes, folder: Path) -> None:
    """Write a log as a keyed table: by address, when it was fetched (``at``) and with which ``status``.

    Args:
        path: The stored log.
        days: The days of collection as declared now.
        workspace_key: 32 secret bytes that key the addresses.
        folder: Where the table goes.

    Raises:
        GovernanceError: As for :func:`check`, or the disk refuses.
    """
    keys, times, statuses = bytearray(), array("q"), array("h")
    paper = source_kind("self_collected_web").evidence_kind("collection_log")
    for url, time, status in _rows(Table(path, paper), days):
        keys += pseudonym(workspace_key, URL, url)
        times.append(time.at)
        statuses.append(status)
    columns: dict[str, keyed_tables.Array] = {
        "at": np.frombuffer(times, np.int64),
        "status": np.frombuffer(statuses, np.int16),
    }
    keyed_tables.write(folder, np.frombuffer(keys, f"S{LENGTH}"), columns)


def _rows(table: Table, days: Days) -> Iterator[tuple[str, Moment, int]]:
    first, last = days
    for line, (url, time, status, *_) in table:
        if not first <= time.day <= last:
            raise table.refused(line, "has a time outside the declared days of collection")
        yield url, time, status
