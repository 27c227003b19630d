"""Withdrawal by the command line: what is asked for is found everywhere, leaves, stays out, and leaves no byte."""

import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.work import turns
from provenance import verify
from provenance.events import SealMade, TextErased, WithdrawalMade
from tests.fakes.byte_search import searched
from tests.fakes.terminal import Said, typed
from tests.fakes.withdrawable import (
    FIRST_CALL,
    HER_MESSAGE,
    ON_PAGE,
    OTHERS,
    PAGE,
    PHONE,
    RELEASED,
    REPEATED,
    USER,
    Withdrawable,
)
from tests.fakes.workroom import Workroom
from ui.services import doctor

pytestmark = pytest.mark.fault

HERS = [HER_MESSAGE, "转让二手自行车", "可以上门看"]
IDENTIFYING = [PHONE, USER, f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}"]
BASIS = "request 12 of the register"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Withdrawable]:
    """Build the corpus once."""
    folder = tmp_path_factory.mktemp("withdrawable")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(folder / "keys"))
        yield Withdrawable.build(Workroom.create(folder))


@pytest.fixture
def corpus(built: Withdrawable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Withdrawable:
    """Copy it for a test that changes it."""
    for name in ("workspace", "keys"):
        shutil.copytree(built.room.folder / name, tmp_path / name)
    monkeypatch.setenv("YULIAO_KEYS", str(tmp_path / "keys"))
    return Withdrawable(Workroom.open(tmp_path), built.files)


def _withdraw(corpus: Withdrawable, *words: str | Path, basis: str = BASIS) -> Said:
    return typed("-w", corpus.workspace, "withdraw", *words, "--basis", basis)


def _file(corpus: Withdrawable, content: str) -> Path:
    path = corpus.room.folder / "request"
    path.write_text(content, "utf-8")
    return path


def _person(corpus: Withdrawable) -> Path:
    return _file(corpus, f"+86 {PHONE}\n{USER}\n")


def _seal(corpus: Withdrawable, name: str) -> Path:
    out = corpus.room.folder / name
    assert typed("-w", corpus.workspace, "seal", "--out", out).code == 0
    return out


def _is_valid(corpus: Withdrawable, bundle: Path) -> bool:
    return all(step.ok for step in verify.verify(bundle, corpus.room.house.seal_key.fingerprint))


def _is_well(corpus: Withdrawable) -> bool:
    return all(check.is_well for check in doctor.examine(corpus.room.house) if check.name != "disk")


def _reasons(corpus: Withdrawable) -> dict[str, int]:
    facts = corpus.room.facts()
    assert facts.items.is_conserved
    assert facts.items.taken_in == 14
    return dict(facts.by_reason)


def test_the_corpus_is_clean_and_the_search_sees_it(corpus: Withdrawable) -> None:
    """Before any withdrawal every text is found in the workspace, no identifier is, and three items repeat another."""
    hits = searched([*RELEASED, *IDENTIFYING], corpus.workspace)
    assert set().union(*hits.values()) == set(RELEASED)
    assert _reasons(corpus) == {"exact-duplicate": 3}
    assert _is_well(corpus)


@pytest.mark.parametrize("first_kept_apart", [False, True])
def test_who_opted_out_leaves_no_byte(corpus: Withdrawable, *, first_kept_apart: bool) -> None:
    """All that is a person's, by number and user id, is gone from workspace and later bundles; seals stay valid."""
    before = _seal(corpus, "before")
    if first_kept_apart:
        assert _withdraw(corpus, "--person", _person(corpus)).code == 0
        assert _reasons(corpus) == {"exact-duplicate": 2, "keeper-gone": 1, "person-withdrawn": 2, "user-withdrawn": 1}
        assert set(HERS) <= set().union(*searched(HERS, corpus.workspace).values())
    said = _withdraw(corpus, "--person", _person(corpus), "--erase", "--json")
    assert said.code == 0, said.err
    proof = said.json()
    assert proof["by_source"] == {"chats": 1, "forum": 2}
    assert {row["after"] for row in proof["listed"]} == {"rejected"}
    assert [row["bundle"] for row in proof["bundles"]] == [_seals(corpus)[0].bundle]
    assert {row["role"] for row in proof["erased"]} == {"admitted_text", "identifiers"}
    assert _reasons(corpus) == {"exact-duplicate": 2, "keeper-gone": 1, "person-erased": 2, "user-erased": 1}

    after = _seal(corpus, "after")
    for folder in (corpus.workspace, after):
        assert searched([*HERS, *IDENTIFYING], folder) == {}
    left = set().union(*searched(RELEASED, corpus.workspace).values())
    assert left == set(RELEASED) - set(HERS)
    assert _is_valid(corpus, before)
    assert _is_valid(corpus, after)
    assert _is_well(corpus)


def test_what_left_does_not_come_back(corpus: Withdrawable) -> None:
    """The same files read again, under the rules that now count, bring back only what somebody else said too."""
    assert _withdraw(corpus, "--person", _person(corpus), "--erase").code == 0
    for source in corpus.files:
        assert corpus.ingest(source)["admitted"] > 0
    assert _reasons(corpus) == {"exact-duplicate": 2, "text-withdrawn": 2, "user-refused": 1}
    assert set().union(*searched([*HERS, *IDENTIFYING], corpus.workspace).values()) == {HER_MESSAGE}
    assert _is_well(corpus)
    again = _withdraw(corpus, "--person", _person(corpus), "--json").json()
    assert again["items"] == 0


def test_a_text_leaves_with_all_its_copies(corpus: Withdrawable) -> None:
    """A text is found in both sources, its duplicate too, however it is spaced; nothing else moves."""
    said = _withdraw(corpus, "--text", _file(corpus, f"\n{REPEATED}  \n"), "--json")
    proof = said.json()
    assert proof["by_source"] == {"essays": 1, "forum": 1}
    assert sorted((row["before"], row["after"]) for row in proof["listed"]) == [
        ("admitted", "quarantined"),
        ("duplicate", "quarantined"),
    ]
    assert _reasons(corpus) == {"exact-duplicate": 2, "text-withdrawn": 2}
    assert _withdraw(corpus, "--text", _file(corpus, json.dumps({"text": REPEATED})), "--erase").code == 0
    assert _reasons(corpus) == {"exact-duplicate": 2, "text-erased": 2}
    assert searched([REPEATED], corpus.workspace) == {}


@pytest.mark.parametrize("is_given", [True, False])
def test_a_page_leaves_with_what_repeats_it(
    corpus: Withdrawable, monkeypatch: pytest.MonkeyPatch, *, is_given: bool
) -> None:
    """An address, as a word of the command or from standard input, finds its item and the copy in another source."""
    written = "HTTPS://forum.example.com:443/t/./7#comments"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{written}\n".encode())))
    proof = _withdraw(corpus, "--url", written if is_given else "-", "--erase", "--json").json()
    assert proof["by_source"] == {"essays": 1, "forum": 1}
    assert _reasons(corpus) == {"exact-duplicate": 2, "url-erased": 2}
    assert searched([ON_PAGE, PAGE], corpus.workspace / "items") == {}
    corpus.ingest("forum")
    corpus.ingest("essays")
    assert searched([ON_PAGE, PAGE], corpus.workspace / "items") == {}
    assert _reasons(corpus)["exact-duplicate"] == 2


def test_a_source_leaves_and_what_repeats_it_waits(corpus: Withdrawable) -> None:
    """A source's items are kept apart, those that repeat them elsewhere lose their keeper, and it lets nothing in."""
    said = _withdraw(corpus, "--source", "forum")
    assert "2 item(s) of others" in said.out
    assert _reasons(corpus) == {"source-withdrawn": 6, "keeper-gone": 2, "exact-duplicate": 1}
    refused = typed("-w", corpus.workspace, "ingest", "forum", corpus.files["forum"])
    assert refused.code == 2
    assert "withdrawn" in refused.err


def test_a_source_is_erased_whole(corpus: Withdrawable) -> None:
    """With --erase no text of the source is left, kept apart before or not; other sources keep theirs."""
    assert _withdraw(corpus, "--source", "forum").code == 0
    said = _withdraw(corpus, "--source", "forum", "--erase", "--json")
    assert said.code == 0, said.err
    proof = said.json()
    assert (proof["items"], proof["listed"], proof["refusals"]) == (6, [], "")
    assert _reasons(corpus) == {"source-erased": 6, "keeper-gone": 2, "exact-duplicate": 1}
    its = ["转让二手自行车", "可以上门看", ON_PAGE, REPEATED, *OTHERS[:2], PAGE]
    assert searched(its, corpus.workspace / "items") == {}
    assert set().union(*searched(OTHERS, corpus.workspace).values()) == set(OTHERS[2:])
    assert _is_well(corpus)


def test_nothing_found_is_recorded_and_obeyed(corpus: Withdrawable) -> None:
    """A person of whom nothing is there is told so, with exit code 0, and an ingest after that refuses her items."""
    other = "13912345670"
    said = _withdraw(corpus, "--person", _file(corpus, f"{other}\nu-0005"))
    assert said.code == 0
    assert "Nothing was found" in said.out
    assert _reasons(corpus) == {"exact-duplicate": 3}
    assert len(_events(corpus, WithdrawalMade)) == 1
    lines = [{"text": f"新的一条，电话{other}。", "user": "u-0001"}, {"text": "第五位使用者写的话。", "user": "u-0005"}]
    fresh = corpus.room.write("chats-2.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert corpus.room.ingest("chats", fresh).items == {
        "admitted": 0,
        "quarantined": 1,
        "duplicate": 0,
        "rejected": 1,
    }
    reasons = corpus.room.facts().by_reason
    assert (reasons["person-refused"], reasons["user-refused"]) == (1, 1)
    assert searched(["新的一条", "第五位使用者"], corpus.workspace) == {}


def test_nothing_identifying_is_told(corpus: Withdrawable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither words nor JSON nor ledger nor proof hold what was asked for; the person learns where the files lie."""
    printed = ""
    for words in (("--json",), (), ("--erase",), ("--erase", "--json")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PHONE}\n{USER}\n".encode())))
        said = _withdraw(corpus, "--person", "-", *words)
        assert said.code == 0, said.err
        printed += said.out + said.err
    printed += _withdraw(corpus, "--text", _file(corpus, FIRST_CALL)).out
    assert not [each for each in (*IDENTIFYING, *HERS, FIRST_CALL) if each in printed]
    assert str(corpus.files["forum"]) in printed
    assert "line 2" in printed
    proofs = [corpus.room.house.workspace.evidence.path(each.proof) for each in _events(corpus, WithdrawalMade)]
    stored = "".join(path.read_text("utf-8") for path in proofs)
    assert not [each for each in (*IDENTIFYING, *HERS, str(corpus.files["forum"].parent)) if each in stored]
    assert searched(IDENTIFYING, corpus.workspace) == {}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "exactly one"),
        (("--text", "{request}", "--source", "forum"), 2, "exactly one"),
        (("--text", "{absent}"), 4, "cannot be read"),
        (("--person", "{empty}"), 2, "it is empty"),
        (("--text", "{empty}"), 2, "it is empty"),
        (("--url", "li.lei@example.com"), 2, "no address"),
        (("--source", "forun"), 2, "Did you mean forum?"),
        (("--source", "No Such"), 2, "source id"),
    ],
)
def test_what_is_no_request_records_nothing(
    corpus: Withdrawable, words: tuple[str, ...], code: int, sentence: str
) -> None:
    """A request that cannot be carried out is told in one sentence, and the ledger stays as it was."""
    empty = corpus.room.folder / "empty"
    empty.write_text(" \n")
    places = {"request": _file(corpus, "甲"), "absent": corpus.room.folder / "absent", "empty": empty}
    size = corpus.room.house.workspace.ledger.head().size
    said = _withdraw(corpus, *(word.format(**places) for word in words))
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert "li.lei" not in said.err
    assert corpus.room.house.workspace.ledger.head().size == size


@pytest.mark.parametrize("basis", ["", "  ", f"asked by {PHONE}"])
def test_a_basis_is_demanded_and_names_nobody(corpus: Withdrawable, basis: str) -> None:
    """Without a basis, or with a person in it, nothing is done; what was written is not repeated."""
    said = _withdraw(corpus, "--source", "forum", basis=basis)
    assert said.code == 2
    assert PHONE not in said.err
    assert _reasons(corpus) == {"exact-duplicate": 3}


def test_a_running_job_is_waited_for(corpus: Withdrawable) -> None:
    """While a job has the turn, a withdrawal is refused and says so; afterwards the same command works."""
    with turns.idle(corpus.room.house.workspace):
        said = _withdraw(corpus, "--source", "forum")
    assert said.code == 4
    assert "take turns" in said.err
    assert _withdraw(corpus, "--source", "forum").code == 0


def test_a_run_killed_before_the_old_files_went_is_finished(
    corpus: Withdrawable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the commit and the deletion the workspace is well, and the same command deletes what is left."""
    with monkeypatch.context() as patch:
        patch.setattr("corpus.withdrawal.withdraw.forget", lambda _: sys.exit(9))
        assert _withdraw(corpus, "--person", _person(corpus), "--erase").code == 9
    assert set(HERS) <= set().union(*searched(HERS, corpus.workspace).values())
    assert (_reasons(corpus)["person-erased"], _reasons(corpus)["user-erased"]) == (2, 1)
    assert _is_well(corpus)
    assert typed("-w", corpus.workspace, "doctor", "--sweep").code in {0, 1}
    assert searched(HERS, corpus.workspace) == {}


def test_a_run_killed_before_the_commit_changes_nothing(corpus: Withdrawable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before the ledger says so only files that no event names are there; the same command does all."""
    with monkeypatch.context() as patch:
        patch.setattr("corpus.withdrawal.withdraw._record", lambda *_: sys.exit(9))
        assert _withdraw(corpus, "--person", _person(corpus), "--erase").code == 9
    assert _reasons(corpus) == {"exact-duplicate": 3}
    assert _is_well(corpus)
    assert _withdraw(corpus, "--person", _person(corpus), "--erase").code == 0
    assert searched(HERS, corpus.workspace) == {}


def test_a_source_half_withdrawn_is_finished(corpus: Withdrawable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the source was closed, before its withdrawal was recorded, the same command does the rest."""
    with monkeypatch.context() as patch:
        patch.setattr("corpus.withdrawal.withdraw.hold_source", lambda *_, **__: sys.exit(9))
        assert _withdraw(corpus, "--source", "forum", "--erase").code == 9
    assert _reasons(corpus) == {"exact-duplicate": 3}
    assert _withdraw(corpus, "--source", "forum", "--erase").code == 0
    assert _reasons(corpus) == {"source-erased": 6, "keeper-gone": 2, "exact-duplicate": 1}


def test_what_a_given_up_ingest_left_is_erased_too(corpus: Withdrawable) -> None:
    """Files of a plan that was given up, and leftovers of unfinished work, hold nothing of the person afterwards."""
    house = corpus.room.house
    stray = corpus.workspace / "work" / "ingest-99" / "unit-x"
    stray.mkdir(parents=True)
    shard = next(event for event in corpus.room.shards() if event.identifiers)
    shutil.copy(house.workspace.items.path(shard.admitted_text), stray / "admitted")
    (stray / "note").write_text(HER_MESSAGE, "utf-8")
    house.workspace.items.put_bytes(f"{HER_MESSAGE} torn off".encode())
    assert _withdraw(corpus, "--person", _person(corpus), "--erase").code == 0
    assert searched(HERS, corpus.workspace) == {}


def test_facts_count_withdrawals(corpus: Withdrawable) -> None:
    """The facts tell how often something was withdrawn by what, how many items it concerned, and what was erased."""
    _withdraw(corpus, "--text", _file(corpus, REPEATED))
    _withdraw(corpus, "--person", _person(corpus), "--erase")
    told: dict[str, Any] = typed("-w", corpus.workspace, "facts", "--json").json()["withdrawals"]
    files = len(_events(corpus, TextErased))
    assert files
    assert told == {
        "text": {"made": 1, "items": 2, "erasing": 0, "files": 0},
        "url": {"made": 0, "items": 0, "erasing": 0, "files": 0},
        "source": {"made": 0, "items": 0, "erasing": 0, "files": 0},
        "person": {"made": 1, "items": 3, "erasing": 1, "files": files},
    }


def _events(corpus: Withdrawable, kind: type[Any]) -> list[Any]:
    return [each.event for each in corpus.room.house.workspace.ledger.entries(kinds=(kind.__name__,))]


def _seals(corpus: Withdrawable) -> list[SealMade]:
    return _events(corpus, SealMade)
