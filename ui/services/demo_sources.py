"""A source in the demonstration (来源): declared, assessed where it is still to be collected, decided on, taken in.

The demonstration plays the inspector too: what is bad in a sample says a file of the example, written while planting.
"""

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import orjson

from corpus import sources as register
from corpus.samples.inspection import Recorded
from corpus.sources import Source
from provenance.ids import ItemId
from ui.bootstrap import holds_personal_information
from ui.services import ingesting, reading, registering, sampling
from ui.services.demo_scene import Scene

_PLANTED_DAY = "2026-09-10"
"""The day that stands in the declaration of a source still to be collected: a person puts the present one there."""
_REASON = "papers checked"
_INSPECTOR = "p-0002"


def take_in(scene: Scene, name: str) -> None:
    """Take a source of the example from its declaration to its items; a refused one stays outside.

    Raises:
        GovernanceError: A step fails.
    """
    inspection = scene.examples / name / "inspection.csv"
    if not inspection.exists():
        source, papers = _declare(scene, scene.examples / name / "declaration.yaml")
        if _admit(scene, source, f"source add {name}/declaration.yaml && yuliao ", f"evidence: {papers}"):
            _ingest(scene, source)
        return
    source, papers = _declare(scene, _write_today(scene, name))
    scene.say(f"source add {name}/declaration.yaml", f"{source.state}, evidence: {papers}")
    if _assess(scene, source, inspection) and _admit(scene, source):
        _ingest(scene, source)
        _verify(scene, source, inspection)


def _declare(scene: Scene, declaration: Path) -> tuple[Source, str]:
    house = scene.house
    done = register.register(house.workspace, declaration, actor=house.actor, scan=holds_personal_information)
    return done.source, ", ".join(done.attached) or "none"


def _write_today(scene: Scene, name: str) -> Path:
    """Write the declaration with the present day, for nothing can be collected before it is registered."""
    folder = scene.out / "declared" / name
    shutil.copytree(scene.examples / name / "papers", folder / "papers")
    today = scene.house.workspace.ledger.today()
    text = (scene.examples / name / "declaration.yaml").read_text("utf-8")
    (folder / "declaration.yaml").write_text(text.replace(_PLANTED_DAY, today), "utf-8")
    scene.tell(f"$ sed -i s/{_PLANTED_DAY}/{today}/ {name}/declaration.yaml")
    return folder / "declaration.yaml"


def _assess(scene: Scene, source: Source, inspection: Path) -> bool:
    """Assess a source by its files before anything is taken in; say whether it passed."""
    sheet = scene.out / f"{source.id}.jsonl"
    data = scene.examples / source.id / "data"
    handed = sampling.assess(scene.house, source.id, [data], size=0, out=sheet, reason="")
    drawn = handed.drawn.sample
    told = f"sample {drawn.seq}: {drawn.size} of {drawn.population} items, to be judged by a person"
    scene.say(f"source assess {source.id} {source.id}/data --out {sheet.name}", told)
    return _record(scene, drawn.seq, sheet, inspection).outcome == "passed"


def _verify(scene: Scene, source: Source, inspection: Path) -> None:
    """Verify a source by its items after they were taken in."""
    sheet = scene.out / f"{source.id}.jsonl"
    drawn = sampling.draw(scene.house, "verification", source=source.id, size=0, out=sheet, reason="").drawn.sample
    told = f"sample {drawn.seq}: {drawn.size} of {drawn.population} items, to be judged by a person"
    scene.say(f"sample draw verification --source {source.id} --out {sheet.name}", told)
    _record(scene, drawn.seq, sheet, inspection)


def _record(scene: Scene, seq: int, sheet: Path, inspection: Path) -> Recorded:
    """Fill a work sheet in as the inspector would, record it, and delete it, because it holds text."""
    with inspection.open(encoding="utf-8", newline="") as table:
        bad = {int(row["position"]): row["risk"] for row in csv.DictReader(table)}
    now = scene.house.workspace.ledger.now()
    lines = [_judged(orjson.loads(line), bad, now) for line in sheet.read_bytes().splitlines()]
    sheet.write_bytes(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines))
    done = sampling.record(scene.house, seq, sheet)
    sheet.unlink()
    limit = sampling.limit_percent(scene.house)
    found = f"{done.sample.bad} bad of {done.sample.judged}, limit {limit} percent: {done.outcome}"
    scene.say(f"sample record {seq} {sheet.name} && rm {sheet.name}", f"{found}; {done.sample.source} is {done.state}")
    return done


def _judged(line: dict[str, object], bad: Mapping[int, str], now: str) -> dict[str, object]:
    risk = bad.get(ItemId.parse(str(line["item"])).position)
    verdict = {"verdict": "fail", "risks": [risk]} if risk else {"verdict": "pass", "risks": []}
    return {**line, **verdict, "inspector": _INSPECTOR, "at": now}


def _admit(scene: Scene, source: Source, before: str = "", *told: str) -> bool:
    decision, _ = registering.admit(scene.house, source.id, _REASON)
    lacks = [f"- {each.en}" for each in decision.missing]
    outcomes = ["REFUSED", *lacks] if lacks else [", ".join(("admitted", *told))]
    scene.say(f'{before}source admit {source.id} --reason "{_REASON}"', *outcomes)
    return not lacks


def _ingest(scene: Scene, source: Source) -> None:
    data = scene.examples / source.id / "data"
    outcome = ingesting.run_now(scene.house, source.id, [data], workers=1, progress=lambda *_: None)
    counts = ", ".join(f"{n} {disposition}" for disposition, n in outcome.items.items())
    reasons = reading.facts_of(scene.house).sources[source.id].by_reason or {}
    why = ", ".join(f"{n} {reason}" for reason, n in reasons.items())
    told = f"{sum(outcome.items.values())} items: {counts}"
    scene.say(f"ingest {source.id} {source.id}/data", told, *([f"because of: {why}"] if why else []))
