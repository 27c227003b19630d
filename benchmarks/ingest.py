"""Measures the ingest of the four real corpora, and what one worker needs for a large file.

``make bench`` prints medians over several runs with their conditions and writes them to ``build/bench``. Every run is
a process of its own on a fresh workspace, one worker, so that start-up is part of it; the figure without start-up is
given beside it. Times are processor seconds of the process, which a busy machine disturbs less than the clock does.

    python -P benchmarks/ingest.py [--runs N] [--large-gigabytes N]
"""

import argparse
import json
import multiprocessing
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import real_corpora

_MEGABYTE = 1e6
_OUT = Path("build/bench/ingest.json")


def measured_run() -> dict[str, Any]:
    """Ingest the four corpora once and return megabytes and seconds of each."""
    with tempfile.TemporaryDirectory() as folder:
        corpora = real_corpora.corpora()
        house = real_corpora.declared(Path(folder), corpora)
        found = {}
        for corpus in corpora:
            cpu, wall = time.process_time(), time.perf_counter()
            outcome = real_corpora.ingest(house, corpus.name, corpus.file, workers=1)
            found[corpus.name] = {
                "megabytes": corpus.file.stat().st_size / _MEGABYTE,
                "cpu_s": time.process_time() - cpu,
                "wall_s": time.perf_counter() - wall,
                "items": sum(outcome.items.values()),
            }
        return {"corpora": found, "process_cpu_s": time.process_time(), "peak_mb": peak_megabytes(os.getpid())}


def large_file(gigabytes: float) -> dict[str, Any]:
    """Ingest one generated file with two workers and return the largest memory that a worker had."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.jsonl"
        texts = [line for _, line in zip(range(600), real_corpora.corpora()[0].file.open("rb"), strict=False)]
        with file.open("wb") as out:
            number = 0
            while out.tell() < gigabytes * 1e9:
                # A number in the text keeps every item different, so that none is passed by as a duplicate.
                out.write(texts[number % len(texts)].replace(b'"text": "', b'"text": "%d ' % number, 1))
                number += 1
        house = real_corpora.declared(Path(folder), real_corpora.corpora()[:1])
        size = file.stat().st_size
        begun = time.perf_counter()
        outcome = real_corpora.ingest(house, "prc-laws", file, workers=2, progress=lambda *_: watch())
        return {
            "megabytes": size / _MEGABYTE,
            "items": sum(outcome.items.values()),
            "expected_items": number,
            "wall_s": time.perf_counter() - begun,
            "peak_worker_mb": max(_peaks.values(), default=0),
            "peak_driver_mb": peak_megabytes(os.getpid()),
        }


_peaks: dict[int, float] = {}


def watch() -> None:
    """Note the peak memory of every worker process."""
    for process in multiprocessing.active_children():
        if process.pid is not None:
            _peaks[process.pid] = max(_peaks.get(process.pid, 0), peak_megabytes(process.pid))


def peak_megabytes(process: int) -> float:
    """Return the most memory a process has had, in megabytes; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 / _MEGABYTE if found else 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large-gigabytes", type=float, default=0.0)
    parser.add_argument("--one", action="store_true", help="one run in this process, as JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured_run()))
        return
    runs = [_run_apart() for _ in range(asked.runs)]
    report = {"conditions": conditions(), "runs": runs, "medians": medians(runs)}
    if asked.large_gigabytes:
        report["large"] = large_file(asked.large_gigabytes)
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(json.dumps({key: report[key] for key in report if key != "runs"}, indent=2))


def medians(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return megabytes per processor second: each corpus, all, all without the first use of the tools."""
    table = {}
    for name in real_corpora.NAMES:
        rates = [run["corpora"][name]["megabytes"] / run["corpora"][name]["cpu_s"] for run in runs]
        table[name] = _spread(rates)
    table["all four"] = _spread([_total(run, "megabytes") / _total(run, "cpu_s") for run in runs])
    table["all four, start-up and declarations included"] = _spread(
        [_total(run, "megabytes") / run["process_cpu_s"] for run in runs]
    )
    table["peak memory, MB"] = _spread([run["peak_mb"] for run in runs])
    return table


def conditions() -> dict[str, Any]:
    """Return what the figures depend on."""
    names = ("yuliao", "presidio-analyzer", "spacy", "pyarrow", "duckdb", "ahocorasick_rs", "langdetect")
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "keywords": real_corpora.KEYWORDS,
        "unit": "MB (10^6 bytes of the JSONL files) per processor second, one worker",
        **{name: metadata.version(name) for name in names},
    }


def _run_apart() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", __file__, "--one"], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _total(run: dict[str, Any], field: str) -> float:
    return sum(corpus[field] for corpus in run["corpora"].values())


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "min": round(min(values), 2),
        "median": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


if __name__ == "__main__":
    main()
