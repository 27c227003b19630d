"""Measures the way from an item to its bytes, its row, what became of it and its seal, among many items.

The workspace is built by the real driver, catalogue, ledger and stores; only the workers are replaced, by one that
writes the rows of invented records instead of reading and screening them, so that ten million items take minutes and
not hours. Records are lines of one length in files of half a million; every hundredth item was moved by one of twenty
amendments, and the ledger was sealed. Given are the service alone, in a process that has begun, and the whole command
with its start. Then the source of half the items is suspended and restored, which moves all of them.

    python -P benchmarks/trace.py [--items N] [--runs N] [--keep FOLDER]
"""

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.ingest import conditions
from benchmarks.real_corpora import keyword_file
from corpus import ingest as driver
from corpus import pipeline, shards
from corpus import sources as register
from corpus.decisions import amend, live
from corpus.engines import Result
from corpus.measure import Kinds, cells
from corpus.pipeline import DecidedUnit, PipelineParams, UnitTask
from corpus.schema import IDENTIFIERS, ITEM, KEYS
from corpus.setup import Request
from corpus.slices import Slice
from corpus.work import jobs
from provenance.cells import Cells
from provenance.ids import FileId, ItemId, SourceId, item_key
from provenance.merkle import content_root
from provenance.objects import ObjectStore
from tests.fakes import declared
from ui.bootstrap import House, create, holds_personal_information, open_house
from ui.parameters import setup_for
from ui.services import lexicons, sealing, tracing

SOURCES = ("notes", "letters")
AMENDMENTS, ONE_IN_AMENDED = 20, 100
_FILE_ITEMS = 500_000
_UNIT_BYTES = 2**20
_GROUP = 16_384
_LINE = '{{"text": "第{:010}条，山路很滑，请小心慢行。"}}\n'
_WIDTH = len(_LINE.format(0).encode())
_COMMAND = (sys.executable, "-P", "-c", "from ui.cli.app import main; main()")
_LIMIT_S = 1.0
_OUT = Path("build/bench/trace.json")


class Invented:
    """An engine whose workers write the rows of invented records without looking at them."""

    def map(self, function: Callable[[UnitTask], Result], units: Iterable[UnitTask]) -> Iterator[Any]:
        """Do a pass over the units."""
        for task in units:
            yield self._sign(task) if function is pipeline.sign else self._decide(task)

    def _sign(self, task: UnitTask) -> int:
        with shards.TableFile(pipeline.keys_file(task.params, task.ordinal), KEYS):
            pass
        return task.ordinal

    def _decide(self, task: UnitTask) -> DecidedUnit:
        params, rows, total = task.params, 0, Cells()
        store = ObjectStore(params.items)
        with TemporaryDirectory(dir=params.scratch) as folder:
            items, identifiers = Path(folder) / "items", Path(folder) / "identifiers"
            with shards.TableFile(items, ITEM) as of_items, shards.TableFile(identifiers, IDENTIFIERS) as of_ids:
                for batch in _batches(task.slices, params):
                    of_items.add(batch)
                    of_ids.add(_identifiers(batch))
                    rows += batch.num_rows
                    total += cells(batch, params.kinds)
            name = store.put(items)
            return DecidedUnit(
                ordinal=task.ordinal,
                items=name,
                content_root=content_root([bytes.fromhex(name)]),
                admitted_text="",
                quarantined_text="",
                identifiers=store.put(identifiers),
                rows=rows,
                blanks=(),
                cells=total,
            )


def _batches(slices: Iterable[Slice], params: PipelineParams) -> Iterator[pa.RecordBatch]:
    for part in slices:
        size = Path(part.path).stat().st_size
        end = size if part.end < 0 else min(part.end, size)
        first, stop = -(-part.start // _WIDTH), -(-end // _WIDTH)
        for start in range(first, stop, _GROUP):
            yield _batch(part, range(start, min(start + _GROUP, stop)), params.workspace_key)


def _batch(part: Slice, lines: range, key: bytes) -> pa.RecordBatch:
    with Path(part.path).open("rb") as file:
        file.seek(lines.start * _WIDTH)
        raw = file.read(len(lines) * _WIDTH)
    records = [raw[at : at + _WIDTH - 1] for at in range(0, len(raw), _WIDTH)]
    places = [line * _WIDTH for line in lines]
    digests = [
        hashlib.sha256(item_key(key, ItemId(part.file, place)) + record).digest()
        for place, record in zip(places, records, strict=True)
    ]
    usual: dict[str, Any] = {
        "file": part.file,
        "intake_bytes": _WIDTH - 1,
        "type": "zh_text",
        "language": "zh",
        "language_method": "script",
        "disposition": "admitted",
        "bytes": 60,
        "tokens": 20,
        "screened": True,
    }
    made = {"position": places, "raw_digest": digests, "commitment": digests, "duplicate_key": digests}
    columns = [
        pa.array(made[field.name], field.type) if field.name in made else _constant(field, usual, len(lines))
        for field in ITEM
    ]
    return pa.RecordBatch.from_arrays(columns, schema=ITEM)


def _constant(field: pa.Field, usual: dict[str, Any], length: int) -> pa.Array:
    if pa.types.is_list(field.type):
        return pa.array([[]] * length, field.type)
    empty = None if field.nullable else {"bool": False, "string": ""}.get(str(field.type))
    return pa.repeat(pa.scalar(usual.get(field.name, empty), field.type), length)


def _identifiers(batch: pa.RecordBatch) -> pa.RecordBatch:
    ids = [f"n-{place // _WIDTH}" for place in batch["position"].to_pylist()]
    made = {"file": batch["file"], "position": batch["position"], "external_id": pa.array(ids, pa.large_string())}
    columns = [
        made[field.name] if field.name in made else _constant(field, {}, batch.num_rows) for field in IDENTIFIERS
    ]
    return pa.RecordBatch.from_arrays(columns, schema=IDENTIFIERS)


def build(folder: Path, items: int) -> House:
    """Make the workspace, take everything in, move some items, and seal."""
    os.environ["YULIAO_KEYS"] = str(folder / "keys")
    house = create(folder / "workspace")
    lexicons.import_keywords(house, keyword_file(folder))
    for number, source in enumerate(SOURCES):
        _declare(house, folder, source)
        share = range(number * items // len(SOURCES), (number + 1) * items // len(SOURCES))
        for start in range(share.start, share.stop, _FILE_ITEMS):
            file = folder / f"{source}-{start}.jsonl"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(_LINE.format(line) for line in range(start, min(start + _FILE_ITEMS, share.stop)))
            _ingest(house, source, file)
            print(file.name, file=sys.stderr)
    _amend(house)
    sealing.seal(house, folder / "bundle")
    return house


def _declare(house: House, folder: Path, name: str) -> None:
    place = folder / "declared" / name
    path = declared.written(place, "self_produced", lambda said: said.replace('id: "recipes-open"', f'id: "{name}"'))
    said: dict[str, Any] = {"actor": house.actor, "scan": holds_personal_information}
    register.register(house.workspace, path, **said)
    decided = register.admit(house.workspace, name, reason="papers read", profile=house.profile.pi_profile, **said)
    assert not decided.missing, [lack.check for lack in decided.missing]


def _ingest(house: House, source: str, file: Path) -> None:
    known = register.require_admitted(house.workspace.ledger, source)
    job = jobs.submit(house.workspace, kind="ingest", subject=source, parameters={}, actor=house.actor)
    with jobs.turn(house.workspace, job) as lease:
        driver.ingest(
            house.workspace,
            Request(known, (file,), house.actor),
            replace(setup_for(house, known), unit_bytes=_UNIT_BYTES),
            Invented(),
            lease,
            without_pi=str,
            progress=lambda *_: None,
        )
        jobs.finish(house.workspace, lease, "finished", "")


def kinds_of(house: House) -> Kinds:
    """Return what the rules count together."""
    return Kinds(house.catalog.sensitive(), house.catalog.risk_unions())


def _amend(house: House) -> None:
    chosen: list[pa.RecordBatch] = []
    for batch in live.rows(house.workspace, ("file", "position")):
        rows = pa.array(range(0, batch.num_rows, ONE_IN_AMENDED))
        chosen.append(batch.take(rows))
    table = pa.Table.from_batches(chosen)
    for part in range(AMENDMENTS):
        mine = table.take(pa.array(range(part, table.num_rows, AMENDMENTS)))
        states = [pa.repeat(value, mine.num_rows) for value in ("quarantined", "text-withdrawn")]
        moves = pa.Table.from_arrays([mine["file"], mine["position"], *states], schema=amend.MOVES)
        amend.amend(
            house.workspace, moves, cause="text-withdrawn", actor=house.actor, kinds=kinds_of(house), reason="measured"
        )


def drawn(house: House, count: int) -> list[ItemId]:
    """Draw items from all of them, every second one among those that were moved."""
    chance = random.Random(7)  # a draw for a measurement
    files: dict[bytes, int] = {}
    moved: list[ItemId] = []
    for batch in live.rows(house.workspace, ("file", "position", "reason")):
        for file in batch["file"].unique().to_pylist():
            files[file] = files.get(file, 0) + batch.num_rows
        if len(moved) < count:
            rows = batch.filter(pc.equal(batch["reason"], "text-withdrawn")).to_pylist()
            moved += [ItemId(FileId(row["file"]), row["position"]) for row in rows[:3]]
    names = sorted(files)
    found = []
    for number in range(count):
        file = chance.choice(names)
        anywhere = ItemId(FileId(file), chance.randrange(files[file]) * _WIDTH)
        found.append(chance.choice(moved) if number % 2 else anywhere)
    return found


def measured(folder: Path, runs: int) -> dict[str, Any]:
    """Trace random items and return seconds: the service, the command, and how many lead back to their bytes."""
    house = open_house(folder / "workspace")
    tracing.trace(house, drawn(house, 1)[0])  # loads what it needs
    seconds, matching, steps = [], 0, 0
    for item in drawn(house, runs):
        begun = time.perf_counter()
        told = tracing.trace(house, item)
        seconds.append(time.perf_counter() - begun)
        matching += told["matches_source"] is True
        steps += len(told["amendments"])
    commands = []
    for item in drawn(house, 5):
        words = [*_COMMAND, "-w", str(folder / "workspace"), "trace", str(item), "--json"]
        begun = time.perf_counter()
        subprocess.run(words, capture_output=True, check=True)
        commands.append(time.perf_counter() - begun)
    return {
        "traced": runs,
        "lead_back": matching,
        "amendments_shown": steps,
        "service_s": _spread(seconds),
        "command_s": _spread(commands),
    }


def held(folder: Path) -> dict[str, Any]:
    """Suspend the source of half the items and bring it back; return seconds and the largest memory."""
    house = open_house(folder / "workspace")
    said: dict[str, Any] = {"actor": house.actor, "kinds": kinds_of(house), "cause_event": 1}
    begun = time.perf_counter()
    entries = amend.hold_source(house.workspace, SourceId(SOURCES[1]), cause="source-suspended", **said)
    middle = time.perf_counter()
    amend.restore_source(house.workspace, SourceId(SOURCES[1]), **said)
    return {
        "items_moved": sum(getattr(entry.event, "items", 0) for entry in entries),
        "hold_s": round(middle - begun, 2),
        "restore_s": round(time.perf_counter() - middle, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    return {
        "min": round(min(seconds), 3),
        "median": round(statistics.median(seconds), 3),
        "max": round(max(seconds), 3),
    }


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="build here, or measure what was built here before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        if not (folder / "workspace").exists():
            build(folder, asked.items)
        os.environ["YULIAO_KEYS"] = str(folder / "keys")
        taken = round(time.perf_counter() - begun)
        report = {
            "conditions": {**conditions(), "unit": "seconds of the clock", "items": asked.items, "limit_s": _LIMIT_S},
            "built_s": taken,
            "trace": measured(folder, asked.runs),
            "source": held(folder),
        }
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
