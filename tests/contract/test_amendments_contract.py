"""Amendments over SQLite and over a real PostgreSQL: the same refusals, the same bytes, the same facts."""

import threading
from pathlib import Path

import pytest

from corpus.decisions import amend, changes
from corpus.decisions.changes import Look
from provenance.errors import GovernanceError
from provenance.events import ItemsAmended
from provenance.ids import WorkspaceId
from tests.fakes.amender import Amender, moves
from tests.fakes.workroom import Workroom
from ui import bootstrap

pytestmark = pytest.mark.contract

TEXTS = ["山路很滑请小心", "湖面如镜", "灯光昏黄", "乌有国颠覆传单"]
KEPT, HELD = ("admitted", ""), ("quarantined", "source-suspended")
REPEATS, GONE = ("duplicate", "exact-duplicate"), ("duplicate", "keeper-gone")


@pytest.fixture
def amender(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Amender:
    """Two sources with the same texts, in a workspace of one name and under one key whatever the database."""
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("YULIAO_DATABASE_URL", address)
    monkeypatch.setattr(bootstrap, "new_workspace_id", lambda: WorkspaceId(f"w-{'a' * 26}"))
    room = Workroom.create(tmp_path)
    for name in ("first", "second"):
        room.ingest(room.declare(name), room.write_texts(f"{name}.jsonl", TEXTS))
    return Amender(room)


def test_items_go_and_come_back(amender: Amender) -> None:
    """Held, reconsidered, restored: every text stays in the corpus once, and the facts follow."""
    before = amender.room.facts()
    amender.hold("first")
    assert amender.states("first") == [HELD, HELD, HELD, ("quarantined", "risk-keyword")]
    assert amender.states("second") == [GONE, GONE, GONE, REPEATS]
    amender.room.ingest("second", amender.room.folder / "input" / "second.jsonl", reconsider=True)
    assert amender.states("second") == [KEPT, KEPT, KEPT, REPEATS]
    amender.restore("first")
    after = amender.room.facts()
    assert amender.states("second") == [REPEATS] * 4
    assert (after.items, after.total, after.by_reason) == (before.items, before.total, before.by_reason)


def test_the_same_amendment_is_the_same_file(amender: Amender) -> None:
    """The digest depends on the rows alone, not on the database or on how moves are handed over."""
    items = sorted(amender.items("first"))
    (entry,) = amender.amend(reversed(items[:2]), "rejected", "text-erased")
    assert isinstance(entry.event, ItemsAmended)
    digests = {entry.event.amendment}
    amender.amend(items[:2], *KEPT, cause="restored")
    (entry,) = amender.amend(items[:2], "rejected", "text-erased")
    assert isinstance(entry.event, ItemsAmended)
    assert digests == {entry.event.amendment}


def test_of_two_at_once_one_is_refused(amender: Amender, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads look at the same items before either records; the second to record is told to look again."""
    items = list(amender.items("first"))[:2]
    both_looked = threading.Barrier(2, timeout=60)
    found = Look.changes

    def meet(self: Look, *asked: object) -> object:
        answer = found(self, *asked)  # type: ignore[arg-type]
        both_looked.wait()
        return answer

    monkeypatch.setattr(Look, "changes", meet)
    said: list[str] = []

    def act(reason: str) -> None:
        table = moves(items, "rejected", reason)
        workspace = amender.room.house.workspace
        try:
            amend.amend(workspace, table, cause=reason, actor="p-tester", kinds=amender.kinds)
            said.append("recorded")
        except GovernanceError as error:
            said.append(error.code)

    threads = [threading.Thread(target=act, args=(reason,)) for reason in ("text-erased", "rejected-by-person")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["corpus.items-changed-meanwhile", "recorded"]
    facts = amender.room.facts()
    assert facts.items.is_conserved
    assert facts.items.rejected == len(items)
    assert changes.look(amender.room.house.workspace).amended.touches((_plan(amender), 0))


def _plan(amender: Amender) -> int:
    return amender.room.shards()[0].ingest
