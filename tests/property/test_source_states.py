"""The order of states: whatever is tried in whatever order, only steps of the table are ever taken."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.sources import admit, refuse, register, require_admitted, states, suspend
from corpus.sources.states import NEXT, State, require_declared
from corpus.workspace import Workspace
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.errors import GovernanceError
from provenance.events import SourceStateChanged
from provenance.ids import SourceId, WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from tests.fakes.declared import written

SOURCE = SourceId("recipes-open")
ACTS = ["admit", "refuse", "suspend", "declare", "paper", *(f"to {state}" for state in State)]


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """Open a fresh workspace."""
    database = Database(sqlite_url(folder / "catalogue.db"))
    database.create_tables()
    name = WorkspaceId("w-test")
    stores = (ObjectStore(folder / "items"), ObjectStore(folder / "evidence"))
    yield Workspace(name, database, Ledger(database, name, SystemClock()), *stores, folder / "work", b"k" * 32)
    database.close()


def attempt(workspace: Workspace, folder: Path, act: str, at: int) -> None:
    """Try one act, as the command line or a part of the house would."""
    known = require_declared(workspace.ledger, SOURCE)
    asked = {"reason": "because", "actor": "p-1", "scan": lambda _: False}
    if act == "admit":
        admit(workspace, SOURCE, profile="strict_35273", **asked)  # type: ignore[arg-type]  # names as above
    elif act in ("refuse", "suspend"):
        {"refuse": refuse, "suspend": suspend}[act](workspace, SOURCE, **asked)  # type: ignore[arg-type]  # as above
    elif act in ("declare", "paper"):
        edit = (lambda text: f"{text}# {at}\n") if act == "declare" else str
        path = written(folder / "declared", edit=edit)
        (path.parent / "papers" / "licence_text.txt").write_text(f"text {at if act == 'paper' else ''}\n", "utf-8")
        register(workspace, path, actor="p-1", scan=lambda _: False)
    else:
        target = State(act.removeprefix("to "))
        if target in NEXT[known.state]:
            change = SourceStateChanged(known.state, target, "a part of the house")
            states.record(workspace, SOURCE, known, [change], "p-1")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=8))
def test_only_steps_of_the_table_are_taken(acts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each recorded change begins where the one before ended, is a step of the table, and opens the gate or not."""
    folder = tmp_path_factory.mktemp("states")
    with opened(folder) as workspace:
        register(workspace, written(folder / "declared"), actor="p-1", scan=lambda _: False)
        for at, act in enumerate(acts):
            before = require_declared(workspace.ledger, SOURCE).state
            try:
                attempt(workspace, folder, act, at)
            except GovernanceError as error:
                assert error.code in ("corpus.source-state", "corpus.source-withdrawn")  # noqa: PT017  # or nothing raised
                assert require_declared(workspace.ledger, SOURCE).state is before
        state = State.REGISTERED
        for entry in workspace.ledger.entries(kinds={"SourceStateChanged"}):
            assert isinstance(entry.event, SourceStateChanged)
            assert entry.actor
            assert entry.event.reason
            assert entry.event.from_state == state
            assert State(entry.event.to_state) in NEXT[state]
            state = State(entry.event.to_state)
        assert require_declared(workspace.ledger, SOURCE).state is state
        try:
            require_admitted(workspace.ledger, SOURCE)
            is_let_in = True
        except GovernanceError:
            is_let_in = False
        assert is_let_in is state.is_open


def test_the_table_is_whole() -> None:
    """Every state has its row; nothing leads out of withdrawn, and everything leads into it."""
    assert set(NEXT) == set(State)
    assert not NEXT[State.WITHDRAWN]
    assert all(State.WITHDRAWN in following for state, following in NEXT.items() if state is not State.WITHDRAWN)
    assert all(state not in NEXT[state] for state in State)


def test_no_road_leads_around_the_checks() -> None:
    """From a state that lets nothing in, only an admission leads to one that does."""
    for state, following in itertools.product(State, State):
        if not state.is_open and following.is_open and following in NEXT[state]:
            assert following is State.ADMITTED
