"""Measures the way there and back: publish tasks with hints, collect annotations through the outbox.

The server is real, with the gate, and the client is the platform's own. A task has 190 characters and two hints, each
project is new, and medians are of three. One answer is submitted by a person; the others are copies of it, stored and
chained inside the server by the gate's own code, since what a submission takes is what ``benchmarks/gate.py`` measures.
Collecting is fetching every row, verifying the chain and replaying it into answers; beside it, fetching what is stored
and holding it against the chain. Next to each wall time stands the CPU time of server and client: on a busy machine
the sum of the two is what the same work would take at the most.

    python -P benchmarks/annotation_flow.py [--postgres] [--tasks N] [--rounds N]
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation import outbox
from annotation.labelstudio.client import LabelStudioServer
from annotation.outside import outside
from annotation.port import Entry, ProjectDraft, TaskDraft
from annotation.server import accounts, launch, variables
from annotation.server.environment import Environment
from annotation.server.policy import Project
from annotation.server.variables import Settings
from benchmarks.gate import ROOT, _conditions, _databases
from tests.fakes.plain_form import PlainForm
from tests.fakes.site import BOOK, FORM, TEXT, Site, begin

_TEXT = TEXT * 8
_HINTS = (Entry("verdict", ("安全",)), Entry("span", ("疑似",), 0, 2))
_ANSWER = [Entry("verdict", ("有风险",)), Entry("risk", ("A1a",)), Entry("reason", text="引文出处不明"), _HINTS[1]]
_WORDS = PlainForm(FORM)


def main() -> None:
    """Measure and print one JSON document."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postgres", action="store_true", help="over PostgreSQL, else SQLite")
    options.add_argument("--tasks", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    named = os.environ.get("YULIAO_LABEL_STUDIO")
    environment = Environment(Path(named) if named else ROOT / ".cache" / "label-studio")
    found: dict[str, object] = {"database": "postgresql" if given.postgres else "sqlite", "tasks": given.tasks}
    with tempfile.TemporaryDirectory() as place, _databases(postgres=given.postgres) as (url, _):
        site = _site(environment, Path(place), url)
        try:
            found |= _conditions() | _publish(site, given.tasks, given.rounds)
            found |= _collect(site, given.rounds) | {"load_after": os.getloadavg()}
        finally:
            site.stop()
    print(json.dumps(found, ensure_ascii=False, indent=2))


def _site(environment: Environment, folder: Path, url: str) -> Site:
    settings = Settings(folder / "server", folder / "keys" / "gate.key", folder / "policy.json", 0, url)
    made = accounts.make(environment, settings, programs=["p-m", "p-a1"])
    return begin(environment, settings, {each.account.partition("@")[0]: each.token for each in made}, {})


def _publish(site: Site, count: int, rounds: int) -> dict[str, object]:
    """Publish into a new project each time; then once more, where everything is there."""
    server = LabelStudioServer(site.url, site.tokens["p-m"])
    drafts = [TaskDraft(f"{number:032x}", _TEXT, hints=_HINTS) for number in range(count)]
    taken, again = _Taken(site), _Taken(site)
    for number in range(rounds):
        project = server.make_project(ProjectDraft(f"round-{number}", "benchmark", FORM))
        site.open({project: Project("annotate", f"b-{number}", BOOK, 2)})
        with taken.once():
            assert server.publish(project, drafts, _WORDS.to_results) == count
        with again.once():
            assert server.publish(project, drafts, _WORDS.to_results) == 0
    return {"publish": taken.told(), "publish_again": again.told()}


def _collect(site: Site, rounds: int) -> dict[str, object]:
    """Collect what was answered in the last project, from the first row on."""
    server = LabelStudioServer(site.url, site.tokens["p-m"])
    project = max(site.policy.projects)
    tasks = server.tasks(project)
    first = min(tasks.values())
    result = _WORDS.to_results(_ANSWER, _TEXT)
    assert site.call("p-a1", "GET", f"/api/tasks/{first}/").is_accepted
    assert site.annotate("p-a1", first, result, lead_time=3.0).is_accepted
    _multiply(site, project)
    taken, compared = _Taken(site), _Taken(site)
    for _ in range(rounds):
        with taken.once():
            rows = list(outbox.follow(server.outbox(0), outbox.Head()))
            answers = outbox.replay(rows, project, _WORDS.from_outbox)
        assert len(answers) == len(tasks) == len({each.task for each in answers})
        with compared.once():
            stored = list(server.stored(project))
            assert outside(rows, stored, project, len(rows)) == ()
        assert len(stored) == len(tasks)
    return {"collect": taken.told(), "compare_with_what_is_stored": compared.told()}


class _Taken:
    """Times of the same work done several times: by the clock, and of processors in server and client."""

    def __init__(self, site: Site) -> None:
        running = launch.find(site.settings.folder)
        assert running is not None
        self._server = running.pid
        self._times: list[tuple[float, ...]] = []

    @contextmanager
    def once(self) -> Iterator[None]:
        """Take the times of what is done inside."""
        before = time.perf_counter(), _processors(self._server), time.process_time()
        yield
        after = time.perf_counter(), _processors(self._server), time.process_time()
        self._times.append(tuple(y - x for x, y in zip(before, after, strict=True)))

    def told(self) -> dict[str, float]:
        """Return the medians."""
        names = ("seconds", "server_cpu_seconds", "client_cpu_seconds")
        medians = (statistics.median(each) for each in zip(*self._times, strict=True))
        return dict(zip(names, (round(each, 2) for each in medians), strict=True))


def _processors(leader: int) -> float:
    """Return the CPU seconds of a server's processes, its session being its own; 0 where the system does not tell."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _multiply(site: Site, project: int) -> None:
    """Store and chain the last answer for every other task of its project."""
    told = variables.variables(site.settings, gate=site.environment.gate, instance="", port=1)
    command = [str(site.environment.python), "-P", "-c", _PROGRAM, str(project)]
    subprocess.run(command, env=told, cwd=site.settings.folder, check=True, capture_output=True, timeout=1200)


_PROGRAM = """
import json, sys
from yuliao_gate import serve
serve.load()
from django.db import transaction
from django.db.models import QuerySet
from tasks.models import Annotation, Task
from yuliao_gate import outbox
from yuliao_gate.models import Outbox

body = json.loads(bytes(Outbox.objects.order_by("-seq").first().body))
made = Annotation.objects.filter(pk=body["annotation"]).values().get()
made = {name: value for name, value in made.items() if name not in ("id", "unique_id", "task_id")}
tasks = list(Task.objects.filter(project=sys.argv[1]).exclude(pk=body["task"]).order_by("pk").only("data"))
new = [Annotation(**made, task_id=each.pk) for each in tasks]
with transaction.atomic():
    new = QuerySet.bulk_create.__wrapped__(Annotation.objects.all(), new, batch_size=500)
    rows = [{**body, "annotation": a.pk, "task": t.pk, "key": t.data["key"]} for a, t in zip(new, tasks)]
    outbox.append(rows)
"""

if __name__ == "__main__":
    main()
