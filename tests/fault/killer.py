"""Runs an ingest over and over and kills it at random moments; a script, since only a fresh process forks safely.

Prints one JSON document: how often it killed, and after each completed round whether the sealed shards were the same as
those of the run that nobody disturbed.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus import ingest as driver
from corpus.catalogue import units_of
from corpus.measure import Kinds
from corpus.tables import UnitRow
from corpus.work import jobs
from corpus.work.jobs import Lease
from corpus.work.lots import _sealed
from corpus.workspace import Workspace
from provenance.cells import Cells
from tests.fakes.workroom import Workroom

SOURCE = "killed"


def sealed(folder: Path) -> list[object]:
    """Return what a workspace has sealed: digests, roots and cells, in ledger order, and the sum of its facts."""
    room = Workroom.open(folder)
    shards = [
        [event.unit, event.items, event.admitted_text, event.quarantined_text, event.content_root, event.cells.rows]
        for event in room.shards()
    ]
    return [*shards, room.facts().items.taken_in]


def commit_in_two(
    workspace: Workspace, lease: Lease, seq: int, lot: int, *, is_last: bool, actor: str, kinds: Kinds
) -> None:
    """Seal a lot in two transactions: the seeded fault, which loses a lot when the process dies in between."""
    del is_last, kinds
    with workspace.database.transaction() as session:
        jobs.hold(session, lease)
        for row in units_of(workspace, seq):
            if row.lot == lot:
                found = session.get(UnitRow, (seq, row.ordinal))
                assert found is not None
                found.state = "sealed"
    time.sleep(0.2)
    with workspace.database.transaction() as session:
        for row in units_of(workspace, seq):
            if row.lot == lot:
                event = _sealed(seq, row, Cells())
                workspace.ledger.append(session, actor=actor, subject=f"ingest-{seq}", event=event)


def attempt(folder: Path, file: Path, workers: int, kill_after: float | None) -> bool:
    """Run the ingest in a child, kill it and all its workers after a while, and say whether it had finished."""
    child = os.fork()
    if child == 0:
        os.setsid()
        code = 1
        try:
            Workroom.open(folder).ingest(SOURCE, file, workers=workers)
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        deadline = time.monotonic() + kill_after
        while time.monotonic() < deadline:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return finished(status)
            time.sleep(0.005)
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return finished(status)


def finished(status: int) -> bool:
    """Say whether a child ended well; one that failed by itself ends the whole test."""
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        sys.exit("the ingest failed by itself")
    return True


def main() -> None:
    """Kill as often as asked, over as many rounds as that takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    workspace, pristine = asked.folder / "workspace", asked.folder / "pristine"
    shutil.copytree(workspace, pristine)

    begun = time.monotonic()
    attempt(asked.folder, asked.file, asked.workers, None)
    length = time.monotonic() - begun
    undisturbed = sealed(asked.folder)
    if asked.split:
        split: Callable[..., None] = commit_in_two
        driver.seal_lot = split

    kills, rounds = 0, []
    while kills < asked.kills:
        shutil.rmtree(workspace)
        shutil.copytree(pristine, workspace)
        while not attempt(asked.folder, asked.file, asked.workers, chance.uniform(0.05, length)):
            kills += 1
        rounds.append(sealed(asked.folder) == undisturbed)
        if asked.split and not all(rounds):
            break
    print(json.dumps({"kills": kills, "rounds": rounds, "shards": len(undisturbed) - 1}))


if __name__ == "__main__":
    main()
