"""The health of a workspace: what is checked, what was found, and what to do about it."""

import shutil
import subprocess
import time
from dataclasses import dataclass

from corpus.ingest import unfinished
from corpus.withdrawal.orphans import unnamed
from corpus.work import turns
from provenance.errors import GovernanceError
from provenance.holdings import Holdings, holdings
from provenance.ids import Digest
from provenance.objects import ObjectStore
from ui.bootstrap import House

_GIGABYTE = 10**9
_ROOM = 5 * _GIGABYTE
"""Bytes free under which the disk is called short: a work unit's files and DuckDB's sorting want room."""
_OLDEST_CLOCK = 1_767_225_600
"""Seconds since 1970 at the beginning of 2026; a clock before that is wrong."""


@dataclass(frozen=True)
class Examined:
    """One check: what was found, and the remedy where it is not well."""

    name: str
    is_well: bool
    found: str
    remedy: str = ""


def examine(house: House, *, sweep: bool = False) -> list[Examined]:
    """Check ledger, stores, disk, clock, OpenSSL and what finds personal information.

    Args:
        house: The open workspace.
        sweep: Delete files in the stores that no event names; refused while a job is unfinished.
    """
    named = _named(house)
    return [
        _ledger(house),
        _store("items", house.workspace.items, named.items),
        _store("evidence", house.workspace.evidence, named.evidence),
        _orphans(house, sweep=sweep),
        _disk(house),
        _clock(),
        _openssl(),
        _detection(),
    ]


def _ledger(house: House) -> Examined:
    try:
        head = house.workspace.ledger.verify()
    except GovernanceError as error:
        return Examined("ledger", is_well=False, found=error.message, remedy=error.remedy)
    return Examined("ledger", is_well=True, found=f"{head.size} entries, chain whole")


def _store(name: str, store: ObjectStore, named: set[str]) -> Examined:
    broken = 0
    for digest in sorted(named):
        try:
            store.check(Digest(digest))
        except GovernanceError:
            broken += 1
    return Examined(
        name,
        is_well=not broken,
        found=f"{len(named)} files named, {broken} missing or changed",
        remedy=f"Restore {store.root} from a backup." if broken else "",
    )


def _orphans(house: House, *, sweep: bool) -> Examined:
    if not sweep:
        found = f"{len(unnamed(house.workspace))} files that no event names (--sweep deletes them)"
        return Examined("orphans", is_well=True, found=found)
    try:
        with turns.idle(house.workspace):
            return _swept(house)
    except GovernanceError as error:
        return Examined("orphans", is_well=False, found="not swept: a job is running", remedy=error.remedy)


def _swept(house: House) -> Examined:
    orphans = unnamed(house.workspace)
    if unfinished(house.workspace):
        return Examined(
            "orphans",
            is_well=False,
            found=f"{len(orphans)} files that no event names yet; none was deleted, since a job is unfinished",
            remedy="Finish the job, or give it up with `yuliao jobs cancel JOB`; then sweep again.",
        )
    for path in orphans:
        path.unlink()
    return Examined("orphans", is_well=True, found=f"{len(orphans)} files deleted that no event named")


def _named(house: House) -> Holdings:
    return holdings(entry.event for entry in house.workspace.ledger.entries())


def _disk(house: House) -> Examined:
    free = shutil.disk_usage(house.settings.folder).free
    return Examined(
        "disk",
        is_well=free >= _ROOM,
        found=f"{free // _GIGABYTE} GB free",
        remedy="" if free >= _ROOM else "Make room on the workspace's disk.",
    )


def _clock() -> Examined:
    is_well = time.time() > _OLDEST_CLOCK
    return Examined("clock", is_well, "plausible" if is_well else "before 2026", "" if is_well else "Set the clock.")


def _detection() -> Examined:
    """Check the weights of names, and say where the same is found more slowly than it could be."""
    from pii import scanner  # noqa: PLC0415 - two libraries that take their time
    from pii.names import compiled, finder  # noqa: PLC0415

    try:
        finder.Finder()
    except GovernanceError as error:
        return Examined("detection", is_well=False, found=error.message, remedy=error.remedy)
    notices = [each for each in (scanner.notice(), compiled.notice()) if each]
    return Examined("detection", is_well=True, found=" ".join(notices) or "Hyperscan and Numba at hand")


def _openssl() -> Examined:
    remedy = "Install OpenSSL 3 to verify bundles; LibreSSL cannot."
    try:
        found = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return Examined("openssl", is_well=False, found="missing", remedy=remedy)
    is_well = found.startswith(("OpenSSL 3", "OpenSSL 4"))
    return Examined("openssl", is_well, found, "" if is_well else remedy)
