"""Raw text on a real server: whoever is shown it is told before, whatever call shows it; and it leaves no trace."""

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation import forms, outbox
from annotation.batches import keys
from annotation.inspections.accesses import shown
from annotation.labelstudio.client import LabelStudioServer
from annotation.port import ProjectDraft
from annotation.server.accounts import account_of
from annotation.server.environment import gate_digest
from annotation.server.policy import Person
from rules.annotation import books
from rules.annotation.batches import BatchFact
from tests.fakes.annotation_worlds import RealWorld, World, drafts
from tests.fakes.batch_desk import BatchDesk
from tests.fakes.byte_search import searched
from tests.fakes.identities import mobile
from tests.fakes.raw_checks import LETTERS, NAME, RawCheck, said
from tests.fakes.site import CROWD, FORM, RAW, SAFE, Site, span

pytestmark = pytest.mark.contract
REAL = pytest.mark.needs("label-studio")
NUMBERS = tuple(mobile(at) for at in range(len(LETTERS)))
_names = itertools.count(1)


def _draft() -> ProjectDraft:
    return ProjectDraft(f"raw-{next(_names)}", "原文", FORM, "", 2)


def _told(server: Any, project: int) -> list[tuple[str, str]]:
    """Return who was told to have been shown what of a project, access by access."""
    told = map(outbox.read, outbox.follow(server.outbox(0), outbox.Head()))
    return [(each.person, each.key) for each in told if (each.kind, each.project) == (outbox.SHOWN, project)]


def test_every_access_is_a_row_of_the_chain(world: World) -> None:
    """Each time a person opens a task of raw text the chain grows by a row that names both, and by no text."""
    project = world.open(_draft(), RAW)
    world.server.publish(project, drafts(2))
    first, second = (each.key for each in drafts(2))
    for key, person in ((first, "p-a1"), (first, "p-a1"), (second, "p-a1"), (first, "p-a2")):
        world.show(project, key, person)
    assert _told(world.server, project) == [("p-a1", first), ("p-a1", first), ("p-a1", second), ("p-a2", first)]
    rows = list(world.server.outbox(0))
    assert shown(rows, frozenset((project,))) == {("p-a1", project): 2, ("p-a2", project): 1}
    assert outbox.replay(rows, project, lambda _: ()) == ()
    assert not any(word in each.body for each in rows for word in ("山川", "尾声"))


def test_stripped_text_is_shown_untold(world: World) -> None:
    """Where the rule book shows no raw text, opening a task writes nothing."""
    project = world.open(_draft())
    world.server.publish(project, drafts(1))
    world.show(project, drafts(1)[0].key, "p-a1")
    assert _told(world.server, project) == []


@pytest.fixture
def raw(gated: Site) -> tuple[Site, int, int]:
    """The real server with a project of raw text and one task in it."""
    project = gated.project(book=RAW)
    return gated, project, gated.task(project)


@pytest.mark.needs("label-studio")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/tasks/{task}/"),
        ("GET", "/api/projects/{project}/next/"),
        ("POST", "/api/dm/actions/?id=next_task&project={project}"),
    ],
)
def test_whatever_call_shows_the_text_is_told(raw: tuple[Site, int, int], method: str, path: str) -> None:
    """Opened alone or by the stream, a task with its text is a row of the chain."""
    site, project, task = raw
    answer = site.call("p-a1", method, path.format(project=project, task=task), {} if method == "POST" else None)
    assert "山川" in answer.words
    assert [person for person, _ in _told(RealWorld(site).server, project)] == ["p-a1"]


@pytest.mark.needs("label-studio")
def test_a_list_shows_no_raw_text(raw: tuple[Site, int, int]) -> None:
    """A list of tasks, as the browser's program asks for it, holds their numbers and keys; the text is in the task."""
    site, project, task = raw
    for path in (f"/api/tasks/?project={project}", f"/api/tasks/?project={project}&fields=all"):
        answer = site.call("p-a1", "GET", path)
        assert [each["id"] for each in answer.body["tasks"]] == [task]
        assert "山川" not in answer.words
    assert _told(RealWorld(site).server, project) == []


@pytest.mark.needs("label-studio")
@pytest.mark.parametrize(
    ("path", "is_closed"),
    [
        ("/api/tasks/{task}/", False),
        ("/api/tasks/?project={project}&fields=all", False),
        ("/api/projects/{project}/tasks/", False),
        ("/api/tasks/{task}/annotations/", False),
        ("/api/projects/{project}/export?exportType=JSON", True),
        ("/api/projects/{project}/exports/", True),
    ],
)
def test_the_platforms_own_account_is_told_too(raw: tuple[Site, int, int], path: str, is_closed: bool) -> None:
    """Who holds the platform's token reads no raw text untold, and exports none."""
    site, project, task = raw
    assert site.annotate("p-a1", task, [*SAFE, span(0, 2, "山川")]).is_accepted
    answer = site.call("p-m", "GET", path.format(project=project, task=task))
    if is_closed:
        assert answer.status == 403
    else:
        assert answer.is_accepted
        assert "山川" in answer.words
        assert "p-m" in {person for person, _ in _told(RealWorld(site).server, project)}


@pytest.mark.needs("label-studio")
def test_nothing_is_shown_that_cannot_be_told(raw: tuple[Site, int, int]) -> None:
    """Where the row cannot be written the person reads why in Chinese, and no text comes."""
    site, project, task = raw
    with _refusing(site):
        answer = site.call("p-a1", "GET", f"/api/tasks/{task}/")
    assert answer.status == 503
    assert "无法记录对原文的查看" in answer.words
    assert "山川" not in answer.words
    assert site.call("p-a1", "GET", f"/api/tasks/{task}/").is_accepted
    assert len(_told(RealWorld(site).server, project)) == 1


@contextlib.contextmanager
def _refusing(site: Site) -> Iterator[None]:
    """Let the server's database refuse every new row of the chain."""
    path = site.settings.folder / "data" / "label_studio.sqlite3"
    with contextlib.closing(sqlite3.connect(path, timeout=60)) as database:
        database.execute(
            "CREATE TRIGGER refusing BEFORE INSERT ON yuliao_gate_outbox BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        database.commit()
        try:
            yield
        finally:
            database.execute("DROP TRIGGER refusing")
            database.commit()


@pytest.mark.needs("label-studio")
def test_a_closed_project_shows_nothing(raw: tuple[Site, int, int]) -> None:
    """Once its batch has ended nobody at work is shown a text, and nothing is told."""
    site, project, task = raw
    site.open({project: replace(site.policy.projects[project], is_open=False)})
    assert site.call("p-a1", "GET", f"/api/tasks/{task}/").status == 403
    assert _told(RealWorld(site).server, project) == []


@pytest.mark.needs("label-studio")
def test_two_hundred_accesses_at_once_are_all_told(any_site: Site) -> None:
    """The chain has a row for each of them, in an order, whichever database it lies in."""
    project = any_site.project(book=RAW)
    tasks = any_site.tasks(project, 10)
    people = ("p-a1", "p-a2", "p-a3", "p-both")
    for person in people:
        any_site.user(person)
    every = [(person, task) for person in people for task in tasks * 5]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: any_site.call(each[0], "GET", f"/api/tasks/{each[1]}/").status, every))
    assert set(answers) == {200}
    assert len(_told(RealWorld(any_site).server, project)) == len(every) == 200


@pytest.mark.needs("label-studio")
def test_a_deleted_raw_text_leaves_no_bytes(gated: Site) -> None:
    """Neither the database's free pages nor its log hold what was shown, though nothing was written after it."""
    project, canary = gated.project(book=RAW), "金丝雀之言不留痕"
    task = gated.task(project, canary * 400)
    assert _holding(gated.settings.folder, canary)
    assert gated.call("p-a1", "GET", f"/api/tasks/{task}/").is_accepted
    RealWorld(gated).server.delete_tasks(project, [task])
    assert _holding(gated.settings.folder, canary) == set()


def _mark(site: Site, batch: BatchFact, person: str) -> None:
    """Let a person open every task in turn over HTTP, as the stream gives them, and mark what stands in it."""
    project, book = batch.projects[0].number, books.named(batch.rule_book)
    while (task := site.call(person, "GET", f"/api/projects/{project}/next/")).is_accepted:
        text = task.body["data"]["text"]
        done = site.annotate(person, task.body["id"], forms.to_results(book, "inspect", text, said(text)))
        assert done.is_accepted, done
    assert task.status == 404, task


def _holding(folder: Path, *canaries: str) -> set[str]:
    """Return the files below a folder in whose bytes a word stands, a database's log and free pages included."""
    words = [form.encode() for each in canaries for form in (each, json.dumps(each)[1:-1])]
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.name for each in files if any(word in each.read_bytes() for word in words)}


@pytest.mark.needs("label-studio")
def test_a_check_leaves_no_raw_text_behind(gated: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the draw to its acceptance on the real server: accesses are in the facts, numbers in no file of either."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("ui.services.inspecting.holds_personal_information", lambda _: False)
    policy, secret = gated.settings.policy.read_bytes(), bytes.fromhex(gated.settings.key.read_text())
    people, room = CROWD[:3], BatchDesk.fresh(tmp_path)
    room.desk = replace(
        room.desk,
        server=LabelStudioServer(gated.url, gated.tokens["p-m"], gate=gate_digest()),
        policy=gated.settings.policy,
        policy_people={account_of("p-m"): Person("p-m", ("manage",))},
        gate=gate_digest(),
        text_digest=lambda text: keys.text_digest(secret, text),
    )
    check = RawCheck.at(room, people)
    try:
        batch = check.publish(people={"inspect": list(people)}).batch
        _mark(gated, batch, people[0])
        assert gated.call(people[1], "GET", f"/api/projects/{batch.projects[0].number}/next/").status == 404
        assert _holding(gated.settings.folder, *NUMBERS), "while people work the text is there, and the search finds it"
        assert check.collect().collected.found.kept_out == ()
        assert check.close().texts_deleted == batch.units == 18
        assert gated.call(people[0], "GET", f"/api/projects/{batch.projects[0].number}/next/").status == 403
    finally:
        gated.settings.policy.write_bytes(policy)
    assert check.fact.accesses == {(people[0], batch.projects[0].number): 18}
    assert [(each.entity, each.marked, each.missed) for each in check.fact.counts] == [("MOBILE", 6, 0), ("NAME", 2, 2)]
    assert not set().union(*searched(NUMBERS, room.room.folder / "workspace").values())
    assert _holding(gated.settings.folder, *NUMBERS, NAME) == set()
