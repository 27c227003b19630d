"""Measures what the gate costs: a submission with it and without it, the start of the server, twenty people at once.

Both servers are real, over the same tables with the same accounts and under the same web server; submissions alternate
in blocks between the gated one and the one that its makers ship, so that a busy machine slows both. A submission is the
whole request of one client after another, as the browser sends it, with four entries. Twenty people submit to the gated
server without a pause, two to each item; then database and outbox are held against what was answered.

    python -P benchmarks/gate.py [--postgres] [--submissions N] [--crowd-seconds N]
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from annotation.server import launch
from annotation.server.environment import Environment
from tests.conftest import PostgresServer, _account, _programs
from tests.fakes.site import CROWD, RISKY, Site, begin, prepare, span, unmodified

ROOT = Path(__file__).resolve().parents[1]
WORK = [*RISKY, span(0, 2, "山川")]
_BLOCK = 20


def main() -> None:
    """Measure and print one JSON document."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postgres", action="store_true", help="over PostgreSQL, else SQLite")
    options.add_argument("--submissions", type=int, default=300, help="to each server")
    options.add_argument("--crowd-seconds", type=int, default=60, help="how long twenty people work at once")
    given = options.parse_args()
    named = os.environ.get("YULIAO_LABEL_STUDIO")
    environment = Environment(Path(named) if named else ROOT / ".cache" / "label-studio")
    found: dict[str, object] = {"database": "postgresql" if given.postgres else "sqlite", **_conditions()}
    for blank in environment.folder.glob("blank-*.sqlite3"):
        blank.unlink()
    environment.install(sys.stderr.write)
    began = time.perf_counter()
    launch.install(environment, sys.stderr.write)
    found["tables_once_per_release_s"] = round(time.perf_counter() - began, 1)
    with tempfile.TemporaryDirectory() as place, _databases(postgres=given.postgres) as (url, twin):
        folder = Path(place)
        found |= _starts(environment, folder / "start", url)
        prepared = prepare(environment, folder, url)
        if url:
            _copy(url, twin)
        site = begin(environment, *prepared)
        try:
            plain_settings = replace(prepared[0], database_url=twin)
            with unmodified(plain_settings, environment, site, folder / "unmodified") as plain:
                found |= _submissions(site, plain, given.submissions)
                plain.stop()
            found |= _crowd(site, given.crowd_seconds)
        finally:
            site.stop()
    print(json.dumps(found, ensure_ascii=False, indent=2))


def _conditions() -> dict[str, object]:
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()}


def _starts(environment: Environment, folder: Path, url: str) -> dict[str, object]:
    """Time the first start over nothing at all, and three later ones."""
    from annotation.server.variables import Settings

    settings = Settings(folder / "server", folder / "gate.key", folder / "policy.json", 0, url)
    seconds = []
    for _ in range(4):
        began = time.perf_counter()
        launch.start(environment, settings, sys.stderr.write)
        seconds.append(round(time.perf_counter() - began, 1))
        launch.stop(settings.folder)
    return {"cold_start_s": seconds[0], "warm_start_s": statistics.median(seconds[1:])}


def _submissions(gated: Site, plain: Site, count: int) -> dict[str, object]:
    """Submit to both in turn, and compare medians."""
    milliseconds: dict[int, list[float]] = {}
    places = []
    for site in (plain, gated):
        project = site.project()
        places.append((site, iter(site.tasks(project, count + _BLOCK))))
        site.user("p-a1")
    for _ in range(count // _BLOCK + 1):
        for site, tasks in places:
            took = milliseconds.setdefault(id(site), [])
            for _, task in zip(range(_BLOCK), tasks, strict=False):
                began = time.perf_counter()
                assert site.annotate("p-a1", task, WORK, lead_time=3.0).is_accepted
                took.append(1000 * (time.perf_counter() - began))
    without, with_gate = ([*took][_BLOCK:] for took in milliseconds.values())  # the first block warms both up
    return {
        "submissions_each": len(with_gate),
        "median_ms_without": round(statistics.median(without), 1),
        "median_ms_with": round(statistics.median(with_gate), 1),
        "added_median_ms": round(statistics.median(with_gate) - statistics.median(without), 1),
        "p95_ms_without": round(statistics.quantiles(without, n=20)[-1], 1),
        "p95_ms_with": round(statistics.quantiles(with_gate, n=20)[-1], 1),
    }


def _crowd(site: Site, seconds: int) -> dict[str, object]:
    """Let twenty people work without a pause, two to an item, and hold the server to what it answered."""
    project = site.project(cap=2)
    tasks = site.tasks(project, 4000)
    for person in CROWD:
        site.user(person)
    end = time.monotonic() + seconds

    def work(number: int) -> list[tuple[int, int, float]]:
        answers = []
        for task in tasks[number // 2 :: len(CROWD) // 2]:  # ten lists of items, two people to each
            if time.monotonic() > end:
                break
            began = time.perf_counter()
            status = site.annotate(CROWD[number], task, WORK, lead_time=2.0).status
            answers.append((status, task, 1000 * (time.perf_counter() - began)))
        return answers

    with ThreadPoolExecutor(len(CROWD)) as pool:
        every = [each for part in pool.map(work, range(len(CROWD))) for each in part]
    stored = site.stored(project)
    doubles = [pair for pair, n in Counter((e["task_id"], e["completed_by_id"]) for e in stored).items() if n > 1]
    chained = site.rows(f"SELECT count(*) AS n FROM yuliao_gate_outbox WHERE project = {project}")[0]["n"]  # noqa: S608
    accepted = sum(status == 201 for status, _, _ in every)
    return {
        "crowd_people": len(CROWD),
        "crowd_seconds": seconds,
        "crowd_accepted": accepted,
        "crowd_per_second": round(accepted / seconds, 1),
        "crowd_statuses": dict(Counter(status for status, _, _ in every)),
        "crowd_median_ms": round(statistics.median(each for _, _, each in every)),
        "crowd_p95_ms": round(statistics.quantiles((each for _, _, each in every), n=20)[-1]),
        "crowd_stored": len(stored),
        "crowd_lost": accepted - len(stored),
        "crowd_double": len(doubles),
        "crowd_chained": chained,
    }


@contextmanager
def _databases(*, postgres: bool) -> Iterator[tuple[str, str]]:
    """Give the addresses of two empty PostgreSQL databases, or two empty words for SQLite."""
    if not postgres:
        yield "", ""
        return
    programs = _programs()
    assert programs is not None, "no PostgreSQL was found"
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    account = _account() if os.geteuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    server = PostgresServer(folder, programs, account)
    try:
        server.start()
        yield server.fresh(), server.fresh()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _copy(url: str, twin: str) -> None:
    """Make one database the copy of another."""
    import psycopg

    here, there = urlsplit(url.replace("+psycopg", "")), urlsplit(twin)
    with psycopg.connect(urlunsplit(here._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"DROP DATABASE {there.path[1:]}")
        server.execute(f"CREATE DATABASE {there.path[1:]} TEMPLATE {here.path[1:]}")


if __name__ == "__main__":
    main()
