"""Property: over any history of ingests and withdrawals all that is asked for is found, and nothing else moves."""

import itertools
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from corpus import items, shards
from corpus.decisions import live
from corpus.measure import Kinds
from corpus.schema import PLACELESS, SOURCE_CAUSES
from corpus.texts import ROLES, texts
from corpus.tracing.searches import Wanted
from corpus.withdrawal import requests
from corpus.withdrawal.withdraw import Order, withdraw
from provenance.ids import ItemId
from provenance.merkle import content_root
from tests.fakes.identities import mobile
from tests.fakes.withdrawable import ALLOWED, declare
from tests.fakes.workroom import Workroom
from ui.bootstrap import open_house

SOURCES = ("one", "two")
USERS = ["u-0001", "u-0002", "u-0003"]
PHONES = [mobile(seed) for seed in range(3)]
_REPEATS, _GONE = ("duplicate", "exact-duplicate"), ("duplicate", "keeper-gone")
BODIES = ["春天的花开得很好看。", "夏天的雨下得很大。", "秋天的风有一点凉。", "冬天的雪还没有来。"]


class Said(NamedTuple):
    """A text, and the user whose it is."""

    text: str
    user: str = USERS[0]


class Step(NamedTuple):
    """An ingest of a source's items, the same files read again, or a withdrawal by text, number, user or both."""

    kind: str
    source: str = SOURCES[0]
    said: tuple[Said, ...] = ()
    chosen: int = 0
    """Which of the texts that were taken in, which number or which user is withdrawn."""
    erases: bool = False


def _text(body: str, phone: str) -> str:
    return f"{body}电话{phone}。" if phone else body


_TEXTS = st.builds(_text, st.sampled_from(BODIES), st.sampled_from(["", *PHONES]))
_SAID = st.lists(st.builds(Said, _TEXTS, st.sampled_from(USERS)), min_size=1, max_size=6)
_STEPS = st.builds(
    Step,
    st.sampled_from(["ingest", "reread", "text", "number", "user", "both"]),
    st.sampled_from(SOURCES),
    _SAID.map(tuple),
    st.integers(0, 9),
    st.booleans(),
)
_FIRST = tuple(Said(_text(body, phone)) for body, phone in zip(BODIES, ["", *PHONES], strict=True))
_AGAIN = tuple(Said(text, USERS[1]) for text, _ in _FIRST)
_LATER = tuple(Said(text, USERS[2]) for text, _ in _FIRST)
_BY_USER = [Step("ingest", "two", _AGAIN), Step("user"), Step("ingest", "two", _LATER + _FIRST), Step("reread", "two")]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a workspace with two admitted sources."""
    folder = tmp_path_factory.mktemp("withdrawals")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        room = Workroom.create(folder)
        for source in SOURCES:
            declare(room, source, "user_input", consent_table=ALLOWED)
        room.house.workspace.database.close()
        yield folder


@settings(max_examples=12)
@given(st.lists(_STEPS, min_size=2, max_size=6))
@example([Step("ingest", "two", _AGAIN[1:]), Step("reread"), Step("number", chosen=1, erases=True), Step("reread")])
@example([Step("text", chosen=2), Step("reread"), Step("text", chosen=2, erases=True)])
@example(_BY_USER)
@example([Step("ingest", "two", _AGAIN), Step("user", erases=True), Step("number"), Step("reread", "two")])
@example([Step("ingest", "two", _AGAIN), Step("both", chosen=3), Step("text", chosen=3, erases=True)])
def test_what_is_asked_for_leaves_and_nothing_else(empty: Path, steps: list[Step]) -> None:
    """All copies of a text, all items of a person leave; the others stay as they were; all that was sealed holds."""
    _play(empty, steps)


@pytest.mark.parametrize("bug", ["a user's texts leave everywhere", "a user who left keeps his place"])
def test_a_user_taken_for_content_is_caught(empty: Path, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    """Two seeded bugs, each of which would take something from other users, are seen by the same oracle."""
    _play(empty, _BY_USER)
    if bug == "a user's texts leave everywhere":
        content = {"url_key": "urls", "identifiers": "persons", "user_key": "users"}
        told = property(lambda wanted: {column: getattr(wanted, name) for column, name in content.items()})
        monkeypatch.setattr(Wanted, "by_content", told)
    else:
        monkeypatch.setattr(items, "PLACELESS", SOURCE_CAUSES)
    with pytest.raises(AssertionError):
        _play(empty, _BY_USER)


def _play(empty: Path, steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(empty / "workspace", Path(folder) / "workspace")
        room = Workroom(Path(folder), open_house(Path(folder) / "workspace"))
        history = _History(room)
        for step in [Step("ingest", said=(*_FIRST, _FIRST[0])), *steps]:
            history.do(step)
            history.check()


Item = tuple[bytes, int]
"""File and position."""


class _Asked(NamedTuple):
    """What was asked for, in one request or in several."""

    texts: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()

    def __or__(self, other: "_Asked") -> "_Asked":
        return _Asked(*(one | two for one, two in zip(self, other, strict=True)))

    def means_content(self, said: Said) -> bool:
        """Say whether an item is asked for by what it says."""
        return said.text in self.texts or any(phone in said.text for phone in self.phones)

    def means(self, said: Said) -> bool:
        """Say whether an item is asked for at all."""
        return self.means_content(said) or said.user in self.users

    def request(self, key: bytes) -> requests.Request:
        """Return it as somebody would ask for it."""
        if self.texts:
            return requests.by_text(key, "\n".join(self.texts).encode())
        return requests.by_person(key, "\n".join([*self.phones, *self.users]).encode())


class _History:
    """What was done to a workspace, and what must therefore be true of it."""

    def __init__(self, room: Workroom) -> None:
        self.room, self.workspace = room, room.house.workspace
        self.said: dict[Item, Said] = {}
        self.files: dict[str, list[Path]] = {source: [] for source in SOURCES}
        self.out, self.erased = _Asked(), set[Item]()
        self.words = itertools.count()

    def do(self, step: Step) -> None:
        """Do a step and compare every item before and after it."""
        if step.kind == "ingest":
            self._ingest(step)
        elif step.kind == "reread":
            self.room.import_keywords(f"keyword,risk\n乌有之乡的词语{next(self.words)},A1a\n")
            if self.files[step.source]:
                self.room.ingest(step.source, *self.files[step.source])
        else:
            self._withdraw(step)

    def _ingest(self, step: Step) -> None:
        name = f"{len(self.files[step.source])}.jsonl"
        about = {"n": f"{step.source}{name}"}
        lines = [json.dumps({**each._asdict(), **about}, ensure_ascii=False) for each in step.said]
        path = self.room.write(f"{step.source}/{name}", "".join(f"{line}\n" for line in lines).encode())
        self.files[step.source].append(path)
        known = set(self._rows())
        self.room.ingest(step.source, path)
        fresh = sorted(row for row in self._rows() if row not in known)
        assert len(fresh) == len(step.said)
        self.said |= dict(zip(fresh, step.said, strict=True))

    def _withdraw(self, step: Step) -> None:
        asked = self._asked(step)
        self.out |= asked
        meant = {item for item, said in self.said.items() if asked.means(said)}
        alone = {item for item in meant if not asked.means_content(self.said[item])}
        before = self._rows()
        made = withdraw(
            self.workspace, asked.request(self.workspace.item_key), Order(step.erases, "test", "p-1", Kinds({}, {}))
        )
        after = self._rows()
        proof = made.proof.to_json()
        found = {(item.file, item.position) for item in _ids(proof["listed"])}
        # What a refusal or an erasure left without any content is found by nobody, nor is what repeats it: there is
        # nothing in it that could be taken out.
        refused = {self.said[item].text for item, (_, reason) in before.items() if reason == "person-refused"}
        empty = {item for item in meant if before[item] == _REPEATS and self.said[item].text in refused}
        assert found <= meant
        left = meant - found - empty
        assert all(before[item][0] not in {"admitted", "duplicate"} or before[item] == _GONE for item in left)
        for item in found:
            cause = "user" if item in alone else made.event.by
            expected = ("rejected", f"{cause}-erased") if step.erases else ("quarantined", f"{cause}-withdrawn")
            is_apart = not step.erases and before[item][1] in {"text-withdrawn", "person-withdrawn"}
            assert after[item] == (before[item] if is_apart or before[item][0] == "rejected" else expected)
        followers = {item for item in before.keys() - found if before[item] != after[item]}
        assert {(before[item], after[item]) for item in followers} <= {(_REPEATS, _GONE)}
        assert {self.said[item].text for item in followers} <= {self.said[item].text for item in found & alone}
        assert proof["followers"] == len(followers)
        if step.erases:
            self.erased |= found

    def _asked(self, step: Step) -> "_Asked":
        known = sorted({said.text for said in self.said.values()})
        text, phone, user = (frozenset({among[step.chosen % len(among)]}) for among in (known, PHONES, USERS))
        match step.kind:
            case "text":
                return _Asked(texts=text)
            case "number":
                return _Asked(phones=phone)
            case "user":
                return _Asked(users=user)
        return _Asked(phones=phone, users=user)

    def check(self) -> None:
        """Demand conservation, valid seals, nothing erased anywhere, and everybody else's items in their place."""
        facts = self.room.facts()
        rows = self._rows()
        assert facts.items.is_conserved
        assert facts.items.taken_in == len(rows) == len(self.said)
        assert {name: n for name, n in facts.by_reason.items() if n} == Counter(
            reason for _, reason in rows.values() if reason
        )
        for item, (disposition, reason) in rows.items():
            is_out = self.out.means(self.said[item])
            assert (disposition != "admitted") if is_out else (disposition in {"admitted", "duplicate"})
            if reason == "exact-duplicate":
                same = [state for other, state in rows.items() if self.said[other].text == self.said[item].text]
                assert any(what != "duplicate" and why not in {*PLACELESS, "user-refused"} for what, why in same)
        now, stored = texts(self.workspace), {}
        for shard in self.room.shards():
            path = self.workspace.items.path(shard.items)  # type: ignore[arg-type]  # events hold digests as text
            digests = (row for batch in shards.batches(path) for row in shards.row_digests(batch))
            assert content_root(digests) == shard.content_root
            for role in ROLES[:2]:
                for row in shards.read(now.path(shard, role)).to_pylist():
                    if row["text"] is not None:
                        stored[row["file"], row["position"]] = row["text"]
        assert self.erased.isdisjoint(stored)
        assert {item for item, (disposition, _) in rows.items() if disposition == "admitted"} <= stored.keys()

    def _rows(self) -> dict[tuple[bytes, int], tuple[str, str]]:
        columns = ("file", "position", "disposition", "reason")
        rows = (row for batch in live.rows(self.workspace, columns) for row in batch.to_pylist())
        return {(row["file"], row["position"]): (row["disposition"], row["reason"]) for row in rows}


def _ids(listed: object) -> list[ItemId]:
    assert isinstance(listed, list)
    return [ItemId.parse(row["item"]) for row in listed]
