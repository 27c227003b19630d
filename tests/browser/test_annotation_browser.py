"""Batches from their draw to each of their ends, worked by three people in a real Chromium on the real server."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation import forms, outbox
from annotation.batches import answers, mirror
from annotation.batches.publish import stage_of
from annotation.port import Answer, Entry
from annotation.server import launch
from annotation.server.environment import Environment
from rules.annotation import books
from rules.annotation.batches import ACCEPTED, ANNOTATE, REDO, VOID, BatchFact
from rules.annotation.personnel import ABILITIES, CONTENTS
from tests.browser.test_gate_browser import open_stream, sign_in, submit
from tests.fakes.site import Site
from tests.fakes.workroom import Workroom
from ui.services import annotating, batches, people, reading, rule_books

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.needs("label-studio")]
STAFF = {"p-a1": ("甲", "annotate"), "p-r1": ("乙", "review"), "p-i1": ("丙", "inspect")}
CHECKED_BY = {"safety": ("review", "p-r1"), "functional": ("inspect", "p-i1")}
WHY = "依据规则应判为有风险，请复核"
SAFE = {"判定": "安全"}
USABLE = {"违法不良信息": "未发现", "可用性": "可用"}
APPROVED = {"审核结论": "通过"}
_PATIENCE_MS = 90_000


@dataclass
class Bureau:
    """A workspace with texts, its server, three people with passwords, and whoever sits before the browser."""

    room: Workroom
    site: Site
    _cookies: dict[str, Any] = field(default_factory=dict)
    _plans: Iterator[int] = field(default_factory=lambda: count(1))

    def publish(self, name: str, kind: str, **changes: object) -> BatchFact:
        """Publish a batch of one item, which is drawn unless the batch redoes another."""
        checks, checker = CHECKED_BY[kind]
        plan: dict[str, object] = {
            "id": name,
            "kind": kind,
            "rule_book": f"{kind}@1",
            "people": {"annotate": ["p-a1"], checks: [checker]},
            "deadline": "2999-12-31",
            "planned_seconds": 60,
        }
        plan |= changes or {"items": {"source": "essays", "count": 1}}
        file = self.room.write(f"plan-{next(self._plans)}.yaml", json.dumps(plan).encode())
        return batches.publish_plan(batches.desk_of(self.room.house), file).batch

    def work(self, tab: Page, person: str, batch: BatchFact, said: Mapping[str, str], reason: str = "") -> None:
        """Let a person answer the one item that waits in his project of a batch, and submit it."""
        self.arrive(tab, person)
        open_stream(tab, self.site, self.project(batch, STAFF[person][1]))
        handbook = tab.get_by_text(books.named(batch.rule_book).objective[0])  # shown before the first item
        expect(handbook).to_be_visible()
        tab.keyboard.press("Escape")
        expect(handbook).to_be_hidden()
        for word in said.values():
            tab.get_by_role("radio", name=re.compile(f"^{word}")).check()
        if reason:
            tab.locator("form[data-testid=textarea-form] textarea").fill(reason)
        with tab.expect_response(re.compile(r"/api/tasks/\d+/annotations")) as answer:
            submit(tab)
        assert answer.value.status == 201

    def arrive(self, tab: Page, person: str) -> None:
        """Take the seat before the browser: with a password the first time, then by what the browser remembers."""
        tab.goto("about:blank")  # a late answer to the page before would change the cookies again
        tab.context.clear_cookies()
        if person in self._cookies:
            tab.context.add_cookies(self._cookies[person])
        else:
            sign_in(tab, self.site, person)
            expect(tab).not_to_have_url(re.compile("/user/login"), timeout=_PATIENCE_MS)  # only then is he signed in
            self._cookies[person] = tab.context.cookies()

    def check(self, tab: Page, name: str, said: Mapping[str, str], reason: str = "") -> BatchFact:
        """Publish what is to be checked, let the reviewer or inspector decide on it, and take the decision over."""
        desk = batches.desk_of(self.room.house)
        put = batches.review_batch(desk, name)
        assert put.tasks_put == 1
        self.work(tab, CHECKED_BY[put.batch.kind][1], put.batch, said, reason)
        return batches.review_batch(desk, name).batch

    def close(self, name: str, outcome: str) -> BatchFact:
        """End a batch; return it as the facts of the workspace have it, once all that follows from it was shown."""
        batches.close_batch(batches.desk_of(self.room.house), name, outcome, "the work is done")
        (batch,) = (each for each in self.room.facts().annotation.batches if each.id == name)
        self.demand_replayed(batch)
        self.demand_deleted(batch)
        return batch

    def demand_replayed(self, batch: BatchFact) -> None:
        """Replay the stored rows of the outbox: without the server they give the answers that are stored."""
        desk = batches.desk_at_rest(self.room.house)
        rows, found = mirror.read(desk, batch.collected).rows, answers.of_batch(desk, batch)
        for project in batch.projects:
            read = partial(forms.from_outbox, desk.released(batch.rule_book), stage_of(project.function))
            stored = found.answers if project.function == ANNOTATE else found.checks
            assert told(outbox.replay(rows, project.number, read)) == told(stored) != []
        assert batches.replayed(desk)[batch.id]

    def demand_deleted(self, batch: BatchFact) -> None:
        """Ask the server's own database: of a batch that ended it holds no task, no answer and no draft."""
        numbers = [each.number for each in batch.projects]
        assert batch.texts_deleted == len(numbers)
        for number in numbers:
            assert self.site.rows(f"SELECT id FROM task WHERE project_id = {number:d}") == []
            assert self.site.rows(f"SELECT id FROM task_completion WHERE project_id = {number:d}") == []

    def project(self, batch: BatchFact, function: str) -> int:
        """Return the number of a batch's project for a function."""
        return next(each.number for each in batch.projects if each.function == function)


def told(found: Sequence[Answer]) -> list[tuple[str, int, str, tuple[Entry, ...], int]]:
    """Return what answers say, in a fixed order."""
    return sorted(((each.task, each.annotation, each.person, each.entries, each.seq) for each in found), key=repr)


@pytest.fixture(scope="module")
def bureau(label_studio: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """A bureau whose people were registered, trained, examined and qualified, with the server running."""
    folder = tmp_path_factory.mktemp("bureau")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        patch.setenv("YULIAO_LABEL_STUDIO", str(label_studio.folder))
        made = furnish(folder)
        try:
            yield made
        finally:
            made.site.stop()


def furnish(folder: Path) -> Bureau:
    """Make a bureau below a folder, and start its server."""
    Workroom.create(folder).house.workspace.database.close()
    settings = folder / "workspace" / "yuliao.toml"  # the texts name nobody, and looking for names takes long
    settings.write_text(settings.read_text("utf-8").replace('names = "balanced"', 'names = "off"'), "utf-8")
    room = Workroom.open(folder)
    room.declare("essays")
    room.ingest("essays", room.write_texts("essays.jsonl", (f"湖面很静，第{at}天的记录。" for at in range(4))))
    for name in ("safety", "functional"):
        rule_books.approve(room.house, name)
    hire(room)
    passwords = {each.account.partition("@")[0]: each.password for each in people.make_accounts(room.house, (), None)}
    server = annotating.server_of(room.house, port=0)
    running = launch.start(annotating.environment_of(), server, sys.stderr.write)
    site = Site(running.url, server, annotating.environment_of(), is_gated=True, tokens={}, passwords=passwords)
    return Bureau(room, site)


def hire(room: Workroom) -> None:
    """Register everybody, train them, record what they reached in the examinations, and qualify them."""
    house, today = room.house, room.house.workspace.ledger.today()
    released = [each.id for each in reading.facts_of(house).annotation.books]
    register = [
        {"id": each, "name": name, "employment": "internal", "functions": [function]}
        for each, (name, function) in STAFF.items()
    ]
    training = {
        "id": "t-1",
        "day": today,
        "minutes": 120,
        "contents": list(CONTENTS),
        "rule_books": released,
        "trainer": "p-r1",
        "attendees": list(STAFF),
    }
    rows = ({"person": who, "ability": each, "right": 9, "asked": 10} for who in STAFF for each in ABILITIES)
    people.register(house, str(room.write("people.yaml", json.dumps({"people": register}).encode())), change=False)
    people.train(house, room.write("training.yaml", json.dumps(training).encode()))
    results = room.write("results.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows).encode())
    for book in released:
        people.record_results(house, results, rule_book=book, day=today)
        for person in STAFF:
            people.qualify(house, person, book)


def test_a_batch_goes_from_its_draw_to_its_acceptance(tab: Page, bureau: Bureau) -> None:
    """What one person labels and another approves is released; whoever labels is kept out of the review."""
    batch = bureau.publish("b-drawn", "safety")
    bureau.work(tab, "p-a1", batch, SAFE)
    tab.goto(f"{bureau.site.url}/projects/{bureau.project(batch, 'review')}/data?labeling=1")
    sentence = "您没有被指派“审核”岗位，不能进入本项目。（AR-2）"
    expect(tab.get_by_text(sentence).first).to_be_visible(timeout=_PATIENCE_MS)
    review = bureau.check(tab, batch.id, APPROVED).review
    assert (review.units, review.checked, review.approved, review.reviewers) == (1, 1, 1, ("p-r1",))
    ended = bureau.close(batch.id, ACCEPTED)
    assert (ended.outcome, ended.released, ended.reworked, ended.kept_out) == (ACCEPTED, 1, 0, {})
    assert ended.is_enforced


def test_what_is_inaccurate_is_redone_in_a_batch_that_is_accepted(tab: Page, bureau: Bureau) -> None:
    """A reviewer's 不准确 leaves nothing released; the batch that redoes it ends accepted."""
    batch = bureau.publish("b-wrong", "safety")
    bureau.work(tab, "p-a1", batch, SAFE)
    assert bureau.check(tab, batch.id, {"审核结论": "不准确"}, WHY).review.inaccurate == 1
    ended = bureau.close(batch.id, REDO)
    assert (ended.outcome, ended.released, ended.reworked) == (REDO, 0, 1)
    again = bureau.publish("b-again", "safety", redoes=batch.id)
    bureau.work(tab, "p-a1", again, SAFE)
    assert bureau.check(tab, again.id, APPROVED).review.approved == 1
    ended = bureau.close(again.id, ACCEPTED)
    assert (ended.outcome, ended.released, ended.redoes) == (ACCEPTED, 1, batch.id)


def test_illegal_content_voids_a_functional_batch(tab: Page, bureau: Bureau) -> None:
    """An inspector's 含违法不良信息 voids the batch: nothing is released, the item is quarantined, nobody goes on."""
    batch = bureau.publish("b-void", "functional")
    bureau.work(tab, "p-a1", batch, USABLE)
    admitted = bureau.room.facts().items.admitted
    assert bureau.check(tab, batch.id, {"审核结论": "含违法不良信息"}, WHY).review.illegal == 1
    ended = bureau.close(batch.id, VOID)
    assert (ended.outcome, ended.released, ended.reworked) == (VOID, 0, 0)
    assert bureau.room.facts().items.admitted == admitted - 1
    bureau.arrive(tab, "p-a1")
    tab.goto(f"{bureau.site.url}/projects/{bureau.project(batch, 'annotate')}/data?labeling=1")
    sentence = "本批次含违法不良信息，已整批作废，不能再标注。（AR-9）"
    expect(tab.get_by_text(sentence).first).to_be_visible(timeout=_PATIENCE_MS)
