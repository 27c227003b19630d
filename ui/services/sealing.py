"""Sealing an evidence bundle (证据包), and what became of earlier ones."""

import tempfile
from functools import lru_cache
from pathlib import Path

import orjson

from annotation import evidence
from annotation.batches.stores import Stores
from corpus.work import jobs
from provenance import bundle, verify
from provenance.canonical import Json, encode
from provenance.errors import GovernanceError
from provenance.events import SealMade
from provenance.ids import JobId
from provenance.ledger import Checkpoint
from ui.bootstrap import VERSION, House, code_digest
from ui.services import reading, reporting
from ui.services.views import SealView


def seal(house: House, out: Path, *, actor: str = "") -> SealMade:
    """Write and sign a bundle over the whole ledger, and record the seal.

    The bundle holds facts, clause matrix, documents in Chinese and English, the ledger, and where there was annotation
    its evidence; items are committed to by the digests and content roots in the ledger.

    Raises:
        GovernanceError: An ingest is unfinished, an employment is not recorded, evidence of annotation is missing or
            damaged, or the folder is taken or cannot be written.
    """
    facts = reading.facts_of(house)
    reporting.demand_employment(facts)
    if facts.unfinished:
        raise GovernanceError(
            "An ingest is unfinished, and a seal over half of it would mislead.",
            code="ui.ingest-unfinished",
            remedy="Finish it with the same `yuliao ingest`, or give it up with `yuliao jobs cancel JOB`.",
        )
    rows = reading.clause_rows_of(house)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.jsonl"
        with ledger.open("wb") as file:
            checkpoint = house.workspace.ledger.export(file, upto=facts.ledger_size)
        files: dict[str, bytes | Path] = {
            "ledger.jsonl": ledger,
            "facts.json": encode(facts.to_json()),
            "clause-map.json": orjson.dumps([reading.plain(row) for row in rows], option=orjson.OPT_INDENT_2),
        }
        for lang in ("zh", "en"):
            files |= {f"report-{lang}/{name}": content for name, content in reporting.render(house, lang).items()}
        if facts.annotation.batches:
            stores = Stores.under(house.settings.folder / "annotation")
            files |= evidence.files(
                house.workspace, stores, facts.annotation, upto=facts.ledger_size, scratch=Path(folder)
            )
        made = bundle.write(out, files, _predicate(house, checkpoint), house.seal_key)
    event = SealMade(made.statement, checkpoint.size, checkpoint.root, made.fingerprint)
    house.workspace.ledger.record(actor=actor or house.actor, subject="bundle", event=event)
    return event


def run(house: House, job: JobId) -> None:
    """Carry a seal job out: into the workspace's ``bundles`` folder, named by the ledger's size.

    Raises:
        GovernanceError: It cannot be carried out; the job is marked failed with the reason.
    """
    row = jobs.find(house.workspace, job)
    with jobs.turn(house.workspace, job) as lease:
        size = reading.facts_of(house).ledger_size
        out = house.settings.folder / "bundles" / f"bundle-{size:08}"
        seal(house, out, actor=row.actor)
        jobs.finish(house.workspace, lease, "finished", "")


def seals(house: House) -> list[SealView]:
    """Return all seals, the latest first, each with the state of its bundle where that is in the workspace."""
    views = []
    for entry in house.workspace.ledger.entries(kinds=("SealMade",)):
        event = entry.event
        assert isinstance(event, SealMade)
        place = house.settings.folder / "bundles" / f"bundle-{event.ledger_size:08}"
        path = place if place.is_dir() else None
        verified = None if path is None else _verifies(path, event.key_fingerprint, path.stat().st_mtime_ns)
        views.append(SealView(entry.seq, entry.at, event.ledger_size, event.key_fingerprint, path, verified))
    return views[::-1]


def _predicate(house: House, checkpoint: Checkpoint) -> dict[str, Json]:
    previous = [
        entry.event.bundle
        for entry in house.workspace.ledger.entries(kinds=("SealMade",), upto=checkpoint.size)
        if isinstance(entry.event, SealMade)
    ]
    return {
        **checkpoint.predicate(),
        "workspace": house.workspace.id,
        "tool": f"yuliao {VERSION}",
        "code": code_digest(),
        "rules_edition": house.catalog.edition,
        "previous_bundle": previous[-1] if previous else "",
    }


@lru_cache(maxsize=64)
def _verifies(path: Path, fingerprint: str, changed_ns: int) -> bool:
    del changed_ns  # a part of the key: a folder that was touched is verified again
    return all(step.ok for step in verify.verify(path, fingerprint))
