"""Papers over time: what changed after it was attached, what ran out, what two declarations say of one id."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.sources import admit, attach, outstanding, refuse, register, require_admitted, states, suspend
from corpus.sources.states import State, require_declared
from corpus.work import lots, plans
from corpus.workspace import Workspace
from provenance.clock import day_of
from provenance.database import Database, sqlite_url
from provenance.errors import ExitCode, GovernanceError
from provenance.events import SourceStateChanged
from provenance.ids import Digest, SourceId, WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from tests.fakes.declared import written
from tests.fakes.workroom import Workroom

SOURCE = SourceId("recipes-open")


@dataclass
class Wound:
    """A clock that a test sets."""

    moment: dt.datetime = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """Return what it was set to."""
        return self.moment

    def set(self, day: str) -> None:
        """Set it to noon in China of a day."""
        self.moment = dt.datetime.fromisoformat(f"{day}T12:00:00+08:00")


@pytest.fixture
def clock() -> Wound:
    """A clock at 2026-11-22."""
    return Wound()


@pytest.fixture
def workspace(tmp_path: Path, clock: Wound) -> Iterator[Workspace]:
    """A fresh workspace whose clock the test sets."""
    database = Database(sqlite_url(tmp_path / "catalogue.db"))
    database.create_tables()
    name = WorkspaceId("w-test")
    stores = (ObjectStore(tmp_path / "items"), ObjectStore(tmp_path / "evidence"))
    yield Workspace(name, database, Ledger(database, name, clock), *stores, tmp_path / "work", b"k" * 32)
    database.close()


def declare(workspace: Workspace, path: Path, *, correct: bool = False) -> State:
    """Register, and return where the source stands."""
    return register(workspace, path, actor="p-1", scan=lambda _: False, correct=correct).source.state


def let_in(workspace: Workspace, source: str = SOURCE) -> tuple[str, ...]:
    """Admit, and return the checks that were not met."""
    done = admit(workspace, source, reason="complete", actor="p-1", scan=lambda _: False, profile="strict_35273")
    return tuple(each.check for each in done.missing)


def refusal(act: Callable[[], object]) -> GovernanceError:
    """Return the sentence with which something is refused."""
    with pytest.raises(GovernanceError) as caught:
        act()
    return caught.value


def named(name: str, parents: str = "") -> Callable[[str], str]:
    """Return an edit that gives a declaration an id and, to a derived one, its parents."""
    return lambda text: text.replace(f'id: "{SOURCE}"', f"id: {name}").replace(f"[{SOURCE}]", f"[{parents}]")


def test_a_day_is_the_civil_day_in_china() -> None:
    """Half past midnight in China is the next day already, though not yet in UTC."""
    assert day_of("2026-11-22T15:59:59Z") == "2026-11-22"
    assert day_of("2026-11-22T16:00:00Z") == "2026-11-23"


def test_a_changed_paper_takes_the_admission_back(workspace: Workspace, tmp_path: Path) -> None:
    """A declaration given again with another licence text is looked at anew; nothing is taken in meanwhile."""
    path = written(tmp_path / "a")
    declare(workspace, path)
    assert let_in(workspace) == ()
    assert declare(workspace, path) is State.ADMITTED, "the same bytes are no news"
    (path.parent / "papers" / "licence_text.txt").write_text("other terms\n", "utf-8")
    assert declare(workspace, path) is State.REGISTERED
    known = require_declared(workspace.ledger, SOURCE)
    assert known.reason == "another licence_text"
    assert refusal(lambda: require_admitted(workspace.ledger, SOURCE)).code == "corpus.source-not-admitted"
    assert let_in(workspace) == ()


def test_a_replaced_paper_is_noticed_by_the_other_door_too(workspace: Workspace, tmp_path: Path) -> None:
    """Attaching another licence text takes the admission back as well; a further paper of another kind does not."""
    path = written(tmp_path / "a")
    declare(workspace, path)
    let_in(workspace)
    paper = tmp_path / "paper.txt"
    paper.write_text("signed\n", "utf-8")
    scan = {"actor": "p-1", "scan": lambda _: False}
    assert attach(workspace, SOURCE, "authorisation", paper, **scan).state is State.ADMITTED  # type: ignore[arg-type]  # names
    assert attach(workspace, SOURCE, "licence_text", paper, **scan).state is State.REGISTERED  # type: ignore[arg-type]  # names


def test_a_table_that_grows_takes_no_admission_back(workspace: Workspace, tmp_path: Path) -> None:
    """A newer table of authorisations is read by the next ingest and needs no new admission."""
    path = written(tmp_path / "a", "user_input")
    declare(workspace, path)
    let_in(workspace)
    table = path.parent / "papers" / "consent_table.txt"
    table.write_text(table.read_text("utf-8") + "u-0002,2026-03,用于改进模型训练,2026-04-15T10:00:00+08:00,\n", "utf-8")
    assert declare(workspace, path) is State.ADMITTED


@pytest.mark.parametrize("is_gone", [False, True])
def test_stored_papers_are_read_before_admission(is_gone: bool, workspace: Workspace, tmp_path: Path) -> None:
    """A stored paper that was changed or deleted behind our back stops the admission, and nothing is recorded."""
    declare(workspace, written(tmp_path / "a"))
    stored = workspace.evidence.path(Digest(require_declared(workspace.ledger, SOURCE).evidence["licence_text"].digest))
    whole = stored.read_bytes()
    stored.chmod(0o600)
    stored.unlink() if is_gone else stored.write_bytes(whole + b"!")
    size = workspace.ledger.head().size
    told = refusal(lambda: let_in(workspace))
    assert (told.code, told.exit_code) == ("corpus.paper-damaged", ExitCode.VERIFICATION_FAILED)
    assert "licence_text" in told.message
    assert workspace.ledger.head().size == size
    stored.write_bytes(whole)
    assert let_in(workspace) == ()


def test_a_damaged_declaration_is_noticed(workspace: Workspace, tmp_path: Path) -> None:
    """The declaration that was checked is the one that was registered, byte for byte."""
    declare(workspace, written(tmp_path / "a"))
    stored = workspace.evidence.path(Digest(require_declared(workspace.ledger, SOURCE).registered.declaration))
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes().replace(b"CC-BY-4.0", b"CC0-1.0  "))
    assert refusal(lambda: let_in(workspace)).code == "provenance.object-damaged"


def test_an_expired_contract_closes_the_gate(workspace: Workspace, tmp_path: Path, clock: Wound) -> None:
    """On its last day a contract still holds; the day after nothing is taken in, and paper and day are told."""
    declare(workspace, written(tmp_path / "a", "commercial"))
    assert let_in(workspace) == ()
    clock.set("2027-12-31")
    assert require_admitted(workspace.ledger, SOURCE).state is State.ADMITTED
    clock.set("2028-01-01")
    told = refusal(lambda: require_admitted(workspace.ledger, SOURCE))
    assert told.code == "corpus.paper-expired"
    assert "contract, valid from 2026-01-01 to 2027-12-31" in told.message
    (lacking,) = outstanding(workspace, profile="strict_35273")[SOURCE]
    assert lacking.check == "paper-expired"
    renewed = written(tmp_path / "a", "commercial", lambda text: text.replace("2027-12-31", "2029-12-31"))
    assert declare(workspace, renewed) is State.REGISTERED
    assert let_in(workspace) == ()
    assert require_admitted(workspace.ledger, SOURCE)


def test_an_open_licence_may_run_out(workspace: Workspace, tmp_path: Path, clock: Wound) -> None:
    """A licence that states a last day holds until then."""
    ends = written(
        tmp_path / "a", edit=lambda text: text.replace('licence_valid_to: ""', "licence_valid_to: 2026-12-31")
    )
    declare(workspace, ends)
    assert let_in(workspace) == ()
    clock.set("2027-01-01")
    assert refusal(lambda: require_admitted(workspace.ledger, SOURCE)).code == "corpus.paper-expired"


def test_a_source_may_be_collected_later(workspace: Workspace, tmp_path: Path, clock: Wound) -> None:
    """Days to come are fine for a source that is still to be collected; until then nothing can be taken in."""

    def later(text: str) -> str:
        days = text.replace('from: "2026-09-01"', "from: 2026-12-01").replace('to: "2026-09-03"', "to: 2026-12-05")
        return days.replace('retrieved: "2026-09-01"', 'retrieved: ""')

    declare(workspace, written(tmp_path / "a", edit=later, before=False))
    known = require_declared(workspace.ledger, SOURCE)
    change = SourceStateChanged(known.state, State.ADMITTED, "assessed elsewhere")
    states.record(workspace, SOURCE, known, [change], "p-1")
    assert refusal(lambda: require_admitted(workspace.ledger, SOURCE)).code == "corpus.not-collected-yet"
    clock.set("2026-12-01")
    assert require_admitted(workspace.ledger, SOURCE)


def test_declared_anew_the_first_registration_counts(workspace: Workspace, tmp_path: Path, clock: Wound) -> None:
    """A source collected after its registration may be declared again later with the very same days."""

    def from_today(text: str) -> str:
        return text.replace('"2026-09-01"', "2026-11-22").replace('"2026-09-03"', "2026-11-25")

    path = written(tmp_path / "a", edit=from_today, before=False)
    declare(workspace, path)
    clock.set("2026-12-24")
    again = written(tmp_path / "a", edit=lambda text: from_today(text).replace("v1.2", "v1.3"), before=False)
    assert declare(workspace, again) is State.REGISTERED
    earlier = written(
        tmp_path / "a", edit=lambda text: from_today(text).replace("from: 2026-11-22", "from: 2026-11-21"), before=False
    )
    assert refusal(lambda: declare(workspace, earlier)).code == "corpus.impossible-day"


@pytest.mark.parametrize(("old", "new"), [("家常菜谱集", "别的菜谱"), ("data.example.com", "other.example.com")])
def test_one_id_is_one_source(old: str, new: str, workspace: Workspace, tmp_path: Path) -> None:
    """A declaration of another name or origin does not take a known id, unless it is said to correct it."""
    declare(workspace, written(tmp_path / "a"))
    other = written(tmp_path / "b", edit=lambda text: text.replace(old, new))
    size = workspace.ledger.head().size
    told = refusal(lambda: declare(workspace, other))
    assert told.code == "corpus.source-id-taken"
    assert "--correct" in told.remedy
    assert workspace.ledger.head().size == size
    assert declare(workspace, other, correct=True) is State.REGISTERED


def test_a_withdrawn_source_stays_withdrawn(workspace: Workspace, tmp_path: Path) -> None:
    """No declaration and no decision brings a withdrawn source back."""
    declare(workspace, written(tmp_path / "a"))
    known = require_declared(workspace.ledger, SOURCE)
    change = SourceStateChanged(known.state, State.WITHDRAWN, "its owner asked")
    states.record(workspace, SOURCE, known, [change], "p-1")
    anew = written(tmp_path / "a", edit=lambda text: text.replace("v1.2", "v1.3"))
    assert refusal(lambda: declare(workspace, anew)).code == "corpus.source-withdrawn"
    assert refusal(lambda: let_in(workspace)).code == "corpus.source-state"
    assert refusal(lambda: require_admitted(workspace.ledger, SOURCE)).code == "corpus.source-refused"
    assert outstanding(workspace, profile="strict_35273")[SOURCE] == ()


def test_no_source_comes_from_itself(workspace: Workspace, tmp_path: Path) -> None:
    """A derived source names neither itself nor one that comes from it, however far off; the circle is told."""
    declare(workspace, written(tmp_path / "root"))
    for name, parent in (("a", SOURCE), ("b", "a"), ("c", "b")):
        declare(workspace, written(tmp_path / name, "derived", named(name, parent)))
    size = workspace.ledger.head().size
    told = refusal(lambda: declare(workspace, written(tmp_path / "a", "derived", named("a", "c"))))
    assert told.code == "corpus.cyclic-parents"
    assert "a comes from c comes from b comes from a" in told.message
    itself = written(tmp_path / "d", "derived", named("d", "d"))
    assert refusal(lambda: declare(workspace, itself)).code == "corpus.cyclic-parents"
    unknown = written(tmp_path / "d", "derived", named("d", "nowhere"))
    assert refusal(lambda: declare(workspace, unknown)).code == "corpus.bad-parents"
    assert workspace.ledger.head().size == size


def test_a_derived_source_stands_and_falls_with_its_parents(workspace: Workspace, tmp_path: Path) -> None:
    """While a parent is not admitted neither child nor grandchild is; each shows which one, and lets nothing in."""
    declare(workspace, written(tmp_path / "root"))
    declare(workspace, written(tmp_path / "child", "derived", named("child", SOURCE)))
    declare(workspace, written(tmp_path / "grandchild", "derived", named("grandchild", "child")))
    assert let_in(workspace, "child") == ("parents-admitted",)
    for name in (SOURCE, "child", "grandchild"):
        assert let_in(workspace, name) == ()
    decided = {"reason": "because", "actor": "p-1", "scan": lambda _: False}
    suspend(workspace, SOURCE, **decided)  # type: ignore[arg-type]  # names as above
    for name in ("child", "grandchild"):
        (lacking,) = outstanding(workspace, profile="strict_35273")[SourceId(name)]
        assert lacking.check == "parents-admitted"
        assert f"{SOURCE} (suspended)" in lacking.en
        told = refusal(lambda name=name: require_admitted(workspace.ledger, name))  # type: ignore[misc]  # bound now
        assert told.code == "corpus.parent-not-admitted"
    refuse(workspace, SOURCE, **decided)  # type: ignore[arg-type]  # names as above
    assert outstanding(workspace, profile="strict_35273")[SourceId("child")]


def test_planning_an_ingest_is_collecting(room: Workroom) -> None:
    """The plan and the source's new state are one transaction, and say of each other."""
    source = room.declare("own")
    room.ingest(source, room.write_texts("a.jsonl", ["湖面很静。"]))
    entries = list(room.house.workspace.ledger.entries(kinds=("IngestPlanned", "SourceStateChanged")))
    plan, change = entries[-2:]
    assert plan.kind == "IngestPlanned"
    assert isinstance(change.event, SourceStateChanged)
    assert (change.event.from_state, change.event.to_state) == ("admitted", "collecting")
    assert change.event.decisive == (plan.seq,)
    room.ingest(source, room.write_texts("b.jsonl", ["山路很长。"]))
    last = list(room.house.workspace.ledger.entries(kinds=("SourceStateChanged",)))[-1]
    assert last.seq == change.seq, "what is being collected already stays so"


def test_a_source_suspended_before_the_plan_is_not_planned(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who suspends a source while its files are looked at is obeyed: nothing is planned."""
    source, workspace = room.declare("own"), room.house.workspace
    make = plans.make

    def too_late(*given: object) -> object:
        suspend(workspace, source, reason="doubts", actor="p-2", scan=lambda _: False)
        return make(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr("corpus.work.plans.make", too_late)
    told = refusal(lambda: room.ingest(source, room.write_texts("a.jsonl", ["湖面很静。"])))
    assert told.code == "corpus.source-changed-meanwhile"
    assert not list(workspace.ledger.entries(kinds=("IngestPlanned",)))


def test_a_source_suspended_on_the_way_seals_nothing_more(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who suspends a source while it is taken in is obeyed by the next lot; admitted again it goes on."""
    source, workspace = room.declare("own"), room.house.workspace
    file = room.write_texts("a.jsonl", ["湖面很静。"])
    seal = lots.seal_lot

    def too_late(*given: object, **more: object) -> None:
        suspend(workspace, source, reason="doubts", actor="p-2", scan=lambda _: False)
        seal(*given, **more)  # type: ignore[arg-type]  # what it was given

    with monkeypatch.context() as patched:
        patched.setattr("corpus.ingest.seal_lot", too_late)
        assert refusal(lambda: room.ingest(source, file)).code == "corpus.source-not-admitted"
    assert room.shards() == []
    assert let_in(workspace, source) == ()
    room.ingest(source, file)
    assert room.facts().items.admitted == 1
