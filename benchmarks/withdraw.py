"""Measures a withdrawal among many items: by text, by address, by person and of a whole source, kept apart and erased.

The workspace is built by the real ingest: pages of a website in several jobs, an address on each, one in fifty with a
telephone number or an e-mail address, and a second source that repeats one page in a hundred. The texts are invented
and the seed is fixed. Every request concerns other items, so each run finds what no run before it took out. Given are
the service alone, in a process that has begun, and the whole command with its start.

    python -P benchmarks/withdraw.py [--items N] [--runs N] [--keep FOLDER]
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.ingest import conditions
from benchmarks.real_corpora import keyword_file
from corpus import sources as register
from corpus.withdrawal.requests import By
from provenance.ids import source_id
from tests.fakes import declared
from ui.bootstrap import House, create, holds_personal_information, open_house
from ui.services import ingesting, lexicons, withdrawing

PAGES, MIRROR = "pages", "mirror"
JOBS = 4
ONE_IN_PERSONS, ONE_IN_REPEATS = 50, 100
_ADDRESS = "https://forum.example.com/t/{}"
_BASIS = "measured request"
_LIMIT_S = 5.0
_COMMAND = (sys.executable, "-P", "-c", "from ui.cli.app import main; main()")
_OUT = Path("build/bench/withdraw.json")


def text(number: int) -> str:
    """Return the text of a page, always the same: some 150 characters, and in one of fifty an identifier."""
    drawn = random.Random(number)  # a corpus, not a secret
    words = "".join(chr(0x4E00 + drawn.randrange(3000)) if drawn.random() < 0.9 else "，" for _ in range(150))
    return f"第{number}页。{words}。{_identifier(number)}"


def _identifier(number: int) -> str:
    if number % ONE_IN_PERSONS:
        return ""
    return f"联系电话{phone(number)}。" if number % (2 * ONE_IN_PERSONS) else f"邮箱 writer{number}@example.com。"


def phone(number: int) -> str:
    """Return the invented telephone number on a page."""
    return f"138{number % 10**8:08}"


def build(folder: Path, items: int) -> House:
    """Make the workspace and take everything in."""
    os.environ["YULIAO_KEYS"] = str(folder / "keys")
    house = create(folder / "workspace")
    lexicons.import_keywords(house, keyword_file(folder))
    logged = (f"{_ADDRESS.format(number)},2026-09-01T02:00:00+08:00,200" for number in range(items))
    _declare(house, folder, PAGES, "self_collected_web", collection_log="\n".join(("url,time,status", *logged)))
    _declare(house, folder, MIRROR, "self_produced")
    for job in range(JOBS):
        mine = range(job * items // JOBS, (job + 1) * items // JOBS)
        file = folder / f"pages-{job}.jsonl"
        _write(file, ({"text": text(number), "url": _ADDRESS.format(number)} for number in mine))
        _ingest(house, PAGES, file)
    _write(folder / "mirror.jsonl", ({"text": text(number)} for number in range(0, items, ONE_IN_REPEATS)))
    _ingest(house, MIRROR, folder / "mirror.jsonl")
    return house


def _declare(house: House, folder: Path, name: str, kind: str, **papers: str) -> None:
    place = folder / "declared" / name
    path = declared.written(place, kind, lambda said: said.replace('id: "recipes-open"', f'id: "{name}"'))
    for paper, content in papers.items():
        (place / "papers" / f"{paper}.txt").write_text(content, "utf-8")
    said: dict[str, Any] = {"actor": house.actor, "scan": holds_personal_information}
    register.register(house.workspace, path, **said)
    decided = register.admit(house.workspace, name, reason="papers read", profile=house.profile.pi_profile, **said)
    assert not decided.missing, [lack.check for lack in decided.missing]


def _write(file: Path, records: Iterator[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _ingest(house: House, source: str, file: Path) -> None:
    job = ingesting.submit(house, source_id(source), [file])
    outcome = ingesting.run(house, job, progress=lambda *_: None)
    print(source, file.name, outcome.items, file=sys.stderr)


def requests(folder: Path, items: int, runs: int) -> Iterator[tuple[By, bool, str]]:
    """Yield what is asked for: kind, whether it erases, and the file or address that tells it; never the same twice."""
    drawn = iter(random.Random(7).sample(range(items // ONE_IN_REPEATS), 6 * 2 * runs))
    for by in ("text", "url", "person"):
        for erases in (False, True):
            for run in range(2 * runs):
                number = next(drawn) * ONE_IN_REPEATS + (ONE_IN_PERSONS if by == "person" else 0)
                told = {"text": text(number), "person": phone(number)}.get(by, "")
                file = folder / f"{by}-{erases}-{run}"
                file.write_text(told, "utf-8")
                yield by, erases, str(file) if told else _ADDRESS.format(number)


def measured(folder: Path, items: int, runs: int) -> dict[str, Any]:
    """Measure every kind of request and return medians in seconds, with what was found."""
    house = open_house(folder / "workspace")
    withdrawing.take_out(house, "text", str(_nothing(folder)), erases=False, basis=_BASIS)  # loads what it needs
    ways = (_service(house), _command(folder / "workspace"))
    found: dict[str, dict[str, list[Any]]] = {}
    for number, (by, erases, told) in enumerate(requests(folder, items, runs)):
        _measure(found, ways[number % 2], by, told, erases=erases)
    for way, erases in ((ways[1], False), (ways[0], True)):
        _measure(found, way, "source", MIRROR, erases=erases)
    return {
        name: {
            "items_found": sorted(set(rows.pop("items"))),
            **{way: _spread(seconds) for way, seconds in sorted(rows.items())},
        }
        for name, rows in found.items()
    }


_Way = tuple[str, Callable[[By, str, bool], int]]


def _service(house: House) -> _Way:
    def call(by: By, told: str, erases: bool) -> int:
        return withdrawing.take_out(house, by, told, erases=erases, basis=_BASIS).withdrawal.event.items

    return "service_s", call


def _command(workspace: Path) -> _Way:
    def call(by: By, told: str, erases: bool) -> int:
        words = [*_COMMAND, "-w", str(workspace), "withdraw", f"--{by}", told, "--basis", _BASIS, "--json"]
        done = subprocess.run([*words, *(["--erase"] if erases else [])], capture_output=True, check=True)
        return int(json.loads(done.stdout)["items"])

    return "command_s", call


def _measure(found: dict[str, dict[str, list[Any]]], way: _Way, by: By, told: str, *, erases: bool) -> None:
    name, call = way
    begun = time.perf_counter()
    items = call(by, told, erases)
    seconds = time.perf_counter() - begun
    rows = found.setdefault(f"{by}, {'erased' if erases else 'kept apart'}", {"items": []})
    rows.setdefault(name, []).append(seconds)
    rows["items"].append(items)


def _nothing(folder: Path) -> Path:
    file = folder / "nothing"
    file.write_text("a text that nobody wrote", "utf-8")
    return file


def _spread(seconds: list[float]) -> dict[str, float]:
    return {
        "min": round(min(seconds), 2),
        "median": round(statistics.median(seconds), 2),
        "max": round(max(seconds), 2),
    }


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3, help="of each kind, by service and by command")
    parser.add_argument("--keep", type=Path, help="build here, or measure what was built here before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "workspace").exists():
            build(folder, asked.items)
        os.environ["YULIAO_KEYS"] = str(folder / "keys")
        report = {
            "conditions": {**conditions(), "unit": "seconds of the clock", "items": asked.items, "limit_s": _LIMIT_S},
            "withdrawals": measured(folder, asked.items, asked.runs),
        }
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
