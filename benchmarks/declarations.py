"""Measures the licence and declaration checks over five hundred sources of every kind, with their papers.

The sources are registered once; then the register is read and every hard check of every source is run, as
``yuliao source list`` does, in processes of their own, so that no cache is warm but the disk's. Times are wall seconds:
``register`` folds the ledger and runs the checks, ``list`` adds the facts, ``command`` is the whole command with its
start; ``admit`` is one admission, which reads every paper through.

    python -P benchmarks/declarations.py [--sources N] [--runs N]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from corpus import sources as register
from rules.source_kinds import load
from tests.fakes.declared import written
from ui.bootstrap import House, create, open_house
from ui.services import reading

_OUT = Path("build/bench/declarations.json")
_LICENCES = (
    "CC-BY-4.0",
    "MIT OR GPL-2.0",
    "Apache-2.0 AND CC-BY-SA-4.0",
    "GPL-3.0-only WITH GCC-exception-3.1",
    "Apach-2.0",
)
_PROFILE = "strict_35273"


def declared(folder: Path, count: int) -> House:
    """Make a workspace with so many sources of all kinds in turn, each with its papers."""
    house = create(folder / "workspace")
    kinds = sorted(load(), key=lambda kind: kind == "derived")  # a derived source comes after its parent
    for number in range(count):
        kind, name = kinds[number % len(kinds)], f"source-{number:04}"
        licence = _LICENCES[number % len(_LICENCES)]
        parent = f"source-{number // len(kinds) * len(kinds) + kinds.index('open_source'):04}"

        def edit(text: str, name: str = name, licence: str = licence, parent: str = parent) -> str:
            text = text.replace('id: "recipes-open"', f"id: {name}").replace("[recipes-open]", f"[{parent}]")
            return text.replace('"CC-BY-4.0"', f'"{licence}"')

        path = written(folder / "declared" / name, kind, edit)
        register.register(house.workspace, path, actor="p-bench", scan=lambda _: False)
    return house


def measured_run(folder: Path) -> dict[str, float]:
    """Return the seconds of the checks in this process, which did nothing before."""
    house = open_house(folder)
    found: dict[str, float] = {}
    begun = time.perf_counter()
    lacking = register.outstanding(house.workspace, profile=_PROFILE)
    found["register"] = time.perf_counter() - begun
    found["sources"] = len(lacking)
    found["refused"] = sum(bool(each) for each in lacking.values())
    begun = time.perf_counter()
    assert len(reading.sources_of(house)) == len(lacking)
    found["list"] = time.perf_counter() - begun
    known = register.sources(house.workspace.ledger)
    waiting = next(name for name in known if not lacking[name] and not known[name].state.is_open)
    begun = time.perf_counter()
    register.admit(house.workspace, waiting, reason="bench", actor="p-bench", scan=lambda _: False, profile=_PROFILE)
    found["admit"] = time.perf_counter() - begun
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", type=Path, help="one run over this workspace, as JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured_run(asked.one)))
        return
    with tempfile.TemporaryDirectory() as name:
        os.environ["YULIAO_KEYS"] = f"{name}/keys"
        begun = time.perf_counter()
        house = declared(Path(name), asked.sources)
        registering = time.perf_counter() - begun
        entries = house.workspace.ledger.head().size
        runs = [_run_apart(Path(name) / "workspace") for _ in range(asked.runs)]
    report = {
        "conditions": conditions(),
        "registering_s": round(registering, 2),
        "ledger_entries": entries,
        "runs": runs,
        "medians_s": {key: round(statistics.median(run[key] for run in runs), 3) for key in runs[0]},
    }
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(json.dumps({key: report[key] for key in report if key != "runs"}, indent=2))


def conditions() -> dict[str, Any]:
    """Return what the figures depend on."""
    names = ("yuliao", "pydantic", "pyyaml", "license-expression")
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        **{name: metadata.version(name) for name in names},
    }


def _run_apart(workspace: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-P", __file__, "--one", str(workspace)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    command = [
        sys.executable,
        "-P",
        "-c",
        "from ui.cli.app import main; main()",
        "-w",
        str(workspace),
        "source",
        "list",
    ]
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    found["command"] = time.perf_counter() - begun
    return found


if __name__ == "__main__":
    main()
