"""What the platform asks of an annotation server: the same of the fake one and of real ones, on either database."""

import itertools
from collections.abc import Iterator

import pytest

from annotation import outbox
from annotation.labelstudio import client
from annotation.outside import outside
from annotation.port import Entry, ProjectDraft
from annotation.server import accounts
from provenance.errors import GovernanceError
from tests.fakes.annotation_worlds import FakeWorld, RealWorld, World, drafts
from tests.fakes.plain_form import PlainForm
from tests.fakes.site import FORM, Site
from tests.fakes.stub_server import FailingProxy

pytestmark = pytest.mark.contract

REAL = pytest.mark.needs("label-studio")
FORM_WORDS = PlainForm(FORM)
SAFE = Entry("verdict", ("安全",))
RISKY = (Entry("verdict", ("有风险",)), Entry("risk", ("A1a",)), Entry("reason", text="引文出处不明"))
SPAN = Entry("span", ("疑似",), 20, 22)
FAILURES = {
    "down": "annotation.server-down",
    "slow": "annotation.server-down",
    "truncated": "annotation.server-down",
    "500": "annotation.server-down",
    "429": "annotation.server-busy",
    "401": "annotation.server-refused",
    "403": "annotation.server-refused",
    "404": "annotation.project-gone",
    "400": "annotation.server-rejected",
}
_names = itertools.count(1)


@pytest.fixture(params=["fake", pytest.param("real", marks=REAL)])
def weak_world(request: pytest.FixtureRequest) -> World:
    """A team's own server, without the gate."""
    return RealWorld(request.getfixturevalue("plain")) if request.param == "real" else FakeWorld(is_gated=False)


@pytest.fixture(params=["fake", pytest.param("real", marks=REAL)])
def shaky_world(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[World, FailingProxy]]:
    """A server that fails on demand; the real one through a proxy."""
    if request.param == "fake":
        fake = FakeWorld()
        yield fake, fake.server
        return
    monkeypatch.setattr(client, "_PAUSES_S", ())
    site = request.getfixturevalue("gated")
    with FailingProxy(site.url).running() as proxy:
        real = RealWorld(site, proxy.url, timeout=2.5)
        real.server.tasks(real.server.make_project(draft()))  # signed in, the gate seen
        yield real, proxy


def draft(overlap: int = 2) -> ProjectDraft:
    """Return a project of its own."""
    return ProjectDraft(f"k-{next(_names)}", "试标", FORM, "<p>说明</p>", overlap)


def test_a_project_is_made_once(world: World) -> None:
    """The same key gives the same project, another key another one."""
    first = draft()
    number = world.server.make_project(first)
    assert world.server.make_project(first) == number
    assert world.server.make_project(draft()) != number
    assert world.server.tasks(number) == {}


def test_tasks_are_put_once(world: World) -> None:
    """What is there already is left alone, in whatever order and however often it is published."""
    project = world.open(draft())
    assert world.server.publish(project, drafts(3)) == 3
    assert world.server.publish(project, reversed(drafts(5))) == 2
    assert world.server.publish(project, drafts(5)) == 0
    tasks = world.server.tasks(project)
    assert set(tasks) == {each.key for each in drafts(5)}
    assert len(set(tasks.values())) == 5


def test_hints_arrive_in_the_forms_words(world: World) -> None:
    """A proposed entry is stored with its place; one that does not fit the form is refused, and its task with it."""
    project = world.open(draft())
    world.server.publish(project, [*drafts(1, (SAFE, SPAN)), *drafts(1, start=1)], FORM_WORDS.to_results)
    (stored,) = world.hints(project)
    assert FORM_WORDS.to_entries(stored) == (SAFE, SPAN)
    with pytest.raises(GovernanceError) as refused:
        world.server.publish(project, drafts(1, [Entry("nobody", ("安全",))], start=2), FORM_WORDS.to_results)
    assert refused.value.code == "annotation.server-rejected"
    assert len(world.server.tasks(project)) == 2


def test_answers_come_through_the_chain(world: World) -> None:
    """What people submit is told in a verified chain, and replayed from its rows alone it is what they submitted."""
    project = world.open(draft())
    head = outbox.head_of(world.server.outbox(0))
    world.server.publish(project, drafts(2))
    first, second = (each.key for each in drafts(2))
    world.answer(project, first, "p-a1", [SAFE])
    world.answer(project, first, "p-a2", [*RISKY, SPAN])
    world.answer(project, second, "p-a1", [SAFE])
    world.answer(project, second, "p-a1", RISKY)
    rows = list(world.server.outbox(0))
    new = list(outbox.follow(world.server.outbox(head.since), head))
    assert new == rows[head.seq :]
    assert len(new) == 4
    answers = outbox.replay(rows, project, FORM_WORDS.from_outbox)
    assert [(each.task, each.person) for each in answers] == [(first, "p-a1"), (first, "p-a2"), (second, "p-a1")]
    assert answers[0].entries == (SAFE,)
    assert answers[1].values("risk") == ("A1a",)
    assert answers[1].spans("span") == ((20, 22, "疑似"),)
    assert answers[2].values("verdict") == ("有风险",)
    assert answers[2].submitted_at < answers[2].changed_at
    assert all(each.seconds is not None and 0 <= each.seconds < 600 for each in answers)
    told = "".join(each.body for each in rows)
    assert not any(word in told for word in ("尾声", "引文出处", "山川"))


def test_what_was_written_by_hand_comes_with_the_table_alone(world: World) -> None:
    """The platform can search it for personal data, and the chain still does not hold it."""
    project = world.open(draft())
    world.server.publish(project, drafts(1))
    world.answer(project, drafts(1)[0].key, "p-a1", RISKY)
    (stored,) = world.server.stored(project)
    assert stored.written == ("引文出处不明",)
    assert "引文" not in repr(stored)
    assert not any("引文" in each.body for each in world.server.outbox(0))


def test_what_was_written_past_the_gate_is_found(world: World) -> None:
    """What is stored is what the chain tells; a row that a database administrator adds is named."""
    project = world.open(draft(overlap=3))
    world.server.publish(project, drafts(1))
    key = drafts(1)[0].key
    told = world.answer(project, key, "p-a1", [*RISKY, SPAN])
    world.answer(project, key, "p-a2", [SAFE])

    def found() -> tuple[tuple[int, str], ...]:
        settled = outbox.head_of(world.server.outbox(0)).seq
        stored = list(world.server.stored(project))
        return outside(world.server.outbox(0), stored, project, settled)

    assert found() == ()
    forged = world.answer_behind(project, told, "p-a3")
    assert found() == ((forged, "untold"),)


def test_texts_are_deleted_at_the_end(world: World) -> None:
    """Tasks go with their texts, hints and annotations in one request, and the chain tells which annotations went."""
    project, other = world.open(draft()), world.open(draft())
    for place in (project, other):
        world.server.publish(place, drafts(3, (SAFE, SPAN)), FORM_WORDS.to_results)
    made = world.answer(project, drafts(1)[0].key, "p-a1", [SAFE])
    tasks = list(world.server.tasks(project).values())
    strangers = list(world.server.tasks(other).values())
    assert world.server.delete_tasks(project, [*tasks, *strangers]) == 3
    assert world.server.delete_tasks(project, tasks) == 0
    assert world.server.tasks(project) == {}
    assert list(world.server.stored(project)) == []
    assert world.hints(project) == []
    assert len(world.server.tasks(other)) == 3
    last = outbox.read(list(world.server.outbox(0))[-1])
    assert (last.kind, last.annotation) == ("deleted", made)


def test_a_project_deleted_by_hand_is_said_so(world: World) -> None:
    """Whoever asks for it learns that it is gone, whatever is asked; the server goes on."""
    project = world.open(draft())
    world.server.publish(project, drafts(1))
    world.delete_project(project)
    for ask in (
        lambda: world.server.tasks(project),
        lambda: list(world.server.stored(project)),
        lambda: world.server.publish(project, drafts(1)),
        lambda: world.server.delete_tasks(project, [1]),
    ):
        with pytest.raises(GovernanceError) as gone:
            ask()
        assert gone.value.code == "annotation.project-gone"
    assert world.server.strength().is_enforced


def test_without_the_gate_only_the_table_speaks(weak_world: World) -> None:
    """A team's own server says that it is weaker, has no chain, and its table is read raw."""
    strength = weak_world.server.strength()
    assert (strength.is_up, strength.is_enforced) == (True, False)
    assert "事后核查" in strength.statement_zh
    project = weak_world.open(draft())
    full_page = drafts(100, (SAFE,))
    assert weak_world.server.publish(project, full_page, FORM_WORDS.to_results) == len(full_page)
    assert weak_world.server.publish(project, full_page) == 0
    weak_world.answer(project, drafts(1)[0].key, "p-a1", [*RISKY, SPAN])
    assert list(weak_world.server.outbox(0)) == []
    (stored,) = weak_world.server.stored(project)
    assert stored.account == accounts.account_of("p-a1")
    assert stored.task == weak_world.server.tasks(project)[drafts(1)[0].key]
    assert FORM_WORDS.to_entries(stored.result) == (*RISKY, SPAN)
    assert (stored.is_skipped, bool(stored.created_at)) == (False, True)
    assert weak_world.server.delete_tasks(project, [stored.task]) == 1


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_is_named_and_told_without_what_the_server_said(
    shaky_world: tuple[World, FailingProxy], kind: str
) -> None:
    """Each way to fail has its code; no word of the answer, no account and no token is repeated."""
    world, shaky = shaky_world
    project = world.server.make_project(draft())
    shaky.fail_next(kind, times=3)
    with pytest.raises(GovernanceError) as failed:
        world.server.tasks(project)
    assert failed.value.code == FAILURES[kind]
    error: BaseException | None = failed.value
    assert error is not None
    while error is not None:
        told = f"{error!r}{error}"
        assert "eyJ" not in told
        assert "secret" not in told
        assert "权限" not in told
        error = error.__cause__ if error.__suppress_context__ else error.__cause__ or error.__context__


def test_a_torn_reply_loses_nothing(shaky_world: tuple[World, FailingProxy]) -> None:
    """The server put the tasks and its answer was torn off: said to be down, and repeating it puts none twice."""
    world, shaky = shaky_world
    project = world.server.make_project(draft())
    for kind in ("fine", "truncated"):  # the list of what is there, then the tasks
        shaky.fail_next(kind)
    with pytest.raises(GovernanceError) as failed:
        world.server.publish(project, drafts(3))
    assert failed.value.code == "annotation.server-down"
    assert world.server.publish(project, drafts(4)) == 1
    assert len(world.server.tasks(project)) == 4


@REAL
def test_a_read_is_repeated_and_a_write_is_not(gated: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """One bad answer costs a read nothing; a write that failed is left to whoever asked for it."""
    monkeypatch.setattr(client, "_PAUSES_S", (0.0, 0.0))
    with FailingProxy(gated.url).running() as proxy:
        server = RealWorld(gated, proxy.url).server
        project = server.make_project(draft())
        assert server.tasks(project) == {}
        proxy.fail_next("500", times=2)
        assert server.tasks(project) == {}
        proxy.fail_next("401")  # the clocks differ: the access token is renewed, and the request sent again
        assert server.tasks(project) == {}
        for kind in ("fine", "500"):
            proxy.fail_next(kind)
        with pytest.raises(GovernanceError):
            server.publish(project, drafts(2))
        assert proxy.asked[f"POST /api/projects/{project}/import"] == 1
        assert server.publish(project, drafts(2)) == 2


@REAL
def test_what_was_put_twice_is_taken_away(gated: Site) -> None:
    """A request that we gave up may still be carried out after its repetition; the second copies are deleted."""
    world = RealWorld(gated)
    project = world.open(draft())
    world.server.publish(project, drafts(3))
    first = world.server.tasks(project)
    twins = [{"data": {"key": each.key, "text": each.text}} for each in drafts(2)]
    assert gated.call("p-m", "POST", f"/api/projects/{project}/import", twins).is_accepted
    assert world.server.tasks(project) == first
    assert world.server.publish(project, drafts(3)) == 0
    listed = gated.call("p-m", "GET", f"/yuliao/tasks/?project={project}").body["rows"]
    assert {each["key"]: each["id"] for each in listed} == first
    assert len(listed) == 3


@REAL
def test_a_token_that_was_ended_is_refused(gated: Site) -> None:
    """Where somebody renews the platform's token meanwhile, the old one serves until it is to be exchanged again."""
    world = RealWorld(gated)
    project = world.open(draft())
    (made,) = accounts.make(gated.environment, gated.settings, programs=["p-m"])
    gated.tokens["p-m"] = made.token
    assert world.server.tasks(project) == {}
    world.server._session = None  # five minutes later
    with pytest.raises(GovernanceError) as refused:
        world.server.tasks(project)
    assert refused.value.code == "annotation.server-refused"
    assert RealWorld(gated).server.tasks(project) == {}


def test_what_was_left_half_done_is_finished_later() -> None:
    """A token revoked in the middle of publishing stops it, and with a new one only what is missing is put."""
    server = FakeWorld().server
    project = server.make_project(draft())
    for kind in ("fine", "revoked"):  # the list, one chunk, and no more
        server.fail_next(kind)
    for _ in range(2):
        with pytest.raises(GovernanceError) as refused:
            server.publish(project, drafts(1200))
        assert refused.value.code == "annotation.server-refused"
    server.renew_token()
    assert server.publish(project, drafts(1200)) == 700
    assert len(server.tasks(project)) == 1200
