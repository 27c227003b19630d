"""Log, robots.txt, authorisations and lists at work: what an ingest refuses and admits, and what it leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import shards
from corpus.clearance import collection
from corpus.clearance.origins import REASONS
from corpus.clearance.refusals import Refusals, current
from corpus.schema import QUARANTINED, REJECTED
from provenance.errors import GovernanceError
from provenance.events import EvidenceAttached, IngestPlanned, ListReleased
from provenance.ids import Digest, ItemId, digest
from provenance.pseudonyms import USER, pseudonym
from rules import catalog
from rules.findings import Verdict
from tests.fakes.collected import (
    HOST,
    SPRING,
    attach,
    consent,
    declare_users,
    declare_web,
    log,
    log_row,
    write_items,
)
from tests.fakes.workroom import Workroom
from ui.services import lists, reading, tracing

ROBOTS = b"# rules\nUser-agent: *\nDisallow: /private/\nAllow: /private/open\n"
URL = f"https://{HOST}"


def _rows(room: Workroom) -> dict[str, dict[str, Any]]:
    """Return the sealed rows of the latest ingest by their text's number, which stands in the publisher's id."""
    last = room.shards()[-1].ingest
    found = []
    for event in room.shards():
        if event.ingest == last:
            found += shards.read(room.house.workspace.items.path(Digest(event.items))).to_pylist()
    return {str(ItemId(row["file"], row["position"])): row for row in found}


def _reasons(room: Workroom) -> list[tuple[str, str]]:
    rows = sorted(_rows(room).values(), key=lambda row: row["position"])
    return [(row["disposition"], row["reason"]) for row in rows]


def _pages(room: Workroom, *urls: str | None) -> Path:
    rows = [
        {"text": f"第{n}页讲的是天气和收成。"} | ({} if url is None else {"url": url}) for n, url in enumerate(urls)
    ]
    return write_items(room, "pages.jsonl", rows)


def test_rule_data_and_stage_agree_on_every_reason() -> None:
    """What the stage gives as reason stands in the rules, with the disposition it sets."""
    reasons = catalog.load().reasons
    assert REASONS
    for reason in REASONS:
        wanted = QUARANTINED if reason in collection.KEPT_APART else REJECTED
        assert reasons[reason].disposition == wanted, reason


def test_pages_are_held_against_log_and_robots(room: Workroom) -> None:
    """A page that was logged, fetched and allowed is admitted; every other one is rejected for its own reason."""
    rows = [log_row("/t/1"), log_row("/private/2"), log_row("/private/open/3"), log_row("/t/4", status=404)]
    rows += [log_row("/t/5", status=500), log_row("/t/5", day=2), log_row("/t/6", host="cdn.example")]
    source = declare_web(room, "forum", log(rows), ROBOTS)
    urls = [f"{URL}/t/1", f"{URL}/private/2", f"{URL}/private/open/3", f"{URL}/t/4", f"{URL}/t/5#end"]
    urls += ["https://cdn.example/t/6", f"{URL}/t/7", "no address", f"https://{HOST.upper()}:443/t/./1"]
    outcome = room.ingest(source, _pages(room, *urls, None))
    assert _reasons(room) == [
        ("admitted", ""),
        ("rejected", "robots-disallowed"),
        ("admitted", ""),
        ("rejected", "not-fetched"),
        ("admitted", ""),
        ("rejected", "url-outside-source"),
        ("rejected", "not-in-collection-log"),
        ("rejected", "url-missing"),
        ("admitted", ""),
        ("rejected", "url-missing"),
    ]
    assert outcome.items["admitted"] == 4
    assert room.facts().items.is_conserved


def test_a_disallowed_page_names_the_rule_and_trace_reads_it_back(room: Workroom) -> None:
    """The ground of a rejection is a line of the stored robots.txt, and trace prints that very line."""
    source = declare_web(room, "forum", log([log_row("/t/1"), log_row("/private/2")]), ROBOTS)
    room.ingest(source, _pages(room, f"{URL}/t/1", f"{URL}/private/2"))
    found = {row["reason"]: item for item, row in _rows(room).items()}
    traced = tracing.trace(room.house, ItemId.parse(found["robots-disallowed"]))
    assert traced["ground"] == f"robots:{digest(ROBOTS)}#L3"
    assert traced["ground_line"] == "Disallow: /private/"
    assert tracing.trace(room.house, ItemId.parse(found[""]))["ground_line"] == ""


def test_the_snapshot_at_the_time_of_collection_decides(room: Workroom) -> None:
    """A page fetched before its host closed is admitted, one fetched later is not, one before any snapshot neither."""
    closed = "User-agent: mine\nDisallow: /t/\n\nUser-agent: *\nDisallow:\n"
    snapshots = [
        {"host": HOST, "fetched": "2026-09-02T00:00:00+08:00", "status": 404},
        {"host": HOST, "fetched": "2026-09-03T00:00:00+08:00", "status": 200, "body": closed},
        {"host": "two.example", "fetched": "2026-09-01T00:00:00+08:00", "status": 503},
    ]
    robots = "".join(f"{json.dumps(each)}\n" for each in snapshots).encode()
    rows = [log_row(f"/t/{day}", day=day) for day in (1, 2, 3)]
    rows += [log_row("/t/4", day=2), log_row("/t/4", day=3), log_row("/a", host="two.example")]
    source = declare_web(room, "forum", log(rows), robots, agent="mine", hosts=(HOST, "two.example"))
    room.ingest(source, _pages(room, *(f"{URL}/t/{n}" for n in (1, 2, 3, 4)), "https://two.example/a"))
    assert [reason for _, reason in _reasons(room)] == [
        "robots-unknown",
        "",
        "robots-disallowed",
        "robots-disallowed",
        "robots-disallowed",
    ]
    grounds = [row["ground"] for row in sorted(_rows(room).values(), key=lambda row: row["position"])]
    assert grounds == [None, None, *(f"robots:{digest(robots)}#L{place}" for place in ("2.2", "2.2", "3"))]


def test_what_must_not_be_used_never_becomes_the_keeper(room: Workroom) -> None:
    """A text that stands first on a disallowed page and again elsewhere is admitted from where it may be used."""
    web = declare_web(room, "forum", log([log_row("/private/1"), log_row("/t/2")]), ROBOTS)
    texts = [{"url": f"{URL}/private/1", "text": "同一段文字。"}, {"url": f"{URL}/t/2", "text": "同一段文字。"}]
    room.ingest(web, write_items(room, "web.jsonl", texts))
    assert _reasons(room) == [("rejected", "robots-disallowed"), ("admitted", "")]
    barred = declare_web(room, "barred", log([log_row("/private/9")]), ROBOTS)
    room.ingest(barred, write_items(room, "barred.jsonl", [{"url": f"{URL}/private/9", "text": "另一段文字。"}]))
    own = room.declare("own")
    room.ingest(own, room.write_texts("own.jsonl", ["另一段文字。"]))
    assert _reasons(room) == [("admitted", "")]


USERS = {"u-1001": f"2026-03,training,{SPRING},", "u-1002": f"2026-03,training,{SPRING},"}


def _talks(room: Workroom, *users: str | int | None, name: str = "talks.jsonl") -> Path:
    rows = [{"text": f"第{n}次对话谈的是订单和物流。", "user": user} for n, user in enumerate(users)]
    return write_items(room, name, rows)


def test_only_authorised_input_is_admitted(room: Workroom) -> None:
    """Each user's latest word decides on each of his items; what nobody authorised is rejected for its reason."""
    table = USERS | {
        "u-out": f"2026-03,training,{SPRING},2026-05-01T00:00:00Z",
        "u-late": "2026-03,training,2026-09-04T00:00:00+08:00,",
        "u-edge": "2026-03,training,2026-09-03T23:59:59+08:00,",
        "u-old": f"2025-01,training,{SPRING},",
        "u-service": f"2026-03,service,{SPRING},",
        "77": f"2026-03,training,{SPRING},",
    }
    source = declare_users(room, "chat", consent(table))
    users = ["u-1001", "u-out", "u-late", "u-edge", "u-old", "u-service", "u-nobody", None, " ", 77]
    room.ingest(source, _talks(room, *users))
    assert [reason for _, reason in _reasons(room)] == [
        "",
        "opted-out",
        "authorised-too-late",
        "",
        "other-version",
        "other-scope",
        "not-authorised",
        "user-missing",
        "user-missing",
        "",
    ]
    assert {disposition for disposition, reason in _reasons(room) if reason} == {"rejected"}


def test_no_byte_of_the_workspace_holds_a_user(room: Workroom) -> None:
    """Neither table, nor column, nor database names a user; the keyed digest alone leads to the items."""
    names = [f"member{n:05}x" for n in range(40)]
    table = consent(dict.fromkeys(names[:30], f"2026-03,training,{SPRING},"))
    source = declare_users(room, "chat", table)
    room.ingest(source, _talks(room, *names), workers=2)
    assert room.facts().items.admitted == 30
    home = room.folder / "workspace"
    for path in sorted(home.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert not any(name.encode() in content for name in names), path
    cells = set()
    for event in room.shards():
        for role in (event.items, event.admitted_text, event.quarantined_text, event.identifiers):
            for row in shards.read(room.house.workspace.items.path(Digest(role))).to_pylist():
                cells |= {str(value) for value in row.values()}
    assert not any(name in cell for name in names for cell in cells)
    keyed = {str(pseudonym(room.house.workspace.item_key, USER, name)) for name in names}
    assert keyed <= cells
    attached = [entry.event for entry in room.house.workspace.ledger.entries(kinds=("EvidenceAttached",))]
    papers = {event.evidence_kind: event for event in attached if isinstance(event, EvidenceAttached)}
    assert papers["consent_table"].original == digest(table) != papers["consent_table"].digest
    assert papers["user_agreement"].original == ""


def test_an_opt_out_takes_effect_at_the_next_ingest(room: Workroom) -> None:
    """A newer table makes the clause unproven until the source is read again; then the user's items are out."""
    source = declare_users(room, "chat", consent(USERS))
    file = _talks(room, "u-1001", "u-1002")
    room.ingest(source, file)
    assert _clause(room, "R-014") == Verdict.CONFORMS
    attach(
        room, source, "consent_table", consent(USERS | {"u-1002": f"2026-03,training,{SPRING},2026-10-01T00:00:00Z"})
    )
    row = next(row for row in reading.clause_rows_of(room.house) if row.clause == "R-014")
    assert (row.proposed, row.next_action) == (Verdict.UNPROVEN, "yuliao ingest chat PATH")
    room.ingest(source, file)
    assert _reasons(room) == [("admitted", ""), ("rejected", "opted-out")]
    assert room.facts().items.taken_in == 2
    assert _clause(room, "R-014") == Verdict.CONFORMS
    assert room.ingest(source, file).ingest is None


def _clause(room: Workroom, clause: str) -> Verdict:
    return next(row for row in reading.clause_rows_of(room.house) if row.clause == clause).proposed


def _import(room: Workroom, name: str, rows: str) -> ListReleased:
    file = room.folder / "list.csv"
    file.write_text("kind,value\n" + rows, encoding="utf-8")
    return lists.import_list(room.house, name, file)


def test_lists_keep_hosts_addresses_and_users_out(room: Workroom) -> None:
    """A blocked domain means the hosts below it; who refused is left out; what is blocked is told first."""
    hosts = (HOST, "bad.news.example", "shy.example")
    snapshots = [{"host": host, "fetched": "2026-09-01T00:00:00+08:00", "status": 404} for host in hosts]
    robots = "".join(f"{json.dumps(each)}\n" for each in snapshots).encode()
    rows = [log_row("/1", host=host) for host in hosts] + [log_row("/2")]
    source = declare_web(room, "forum", log(rows), robots, hosts=hosts)
    file = _pages(room, *(f"https://{host}/1" for host in hosts), f"{URL}/2")
    room.ingest(source, file)
    assert room.facts().items.admitted == 4
    blocked = _import(room, "blocked", f"host,news.example\nurl,{URL}/2#part\n")
    refused = _import(
        room, "refused", f"host,shy.example\nurl,{URL}/2\nuser,u-1002\nperson,\n".replace("person,\n", "")
    )
    assert (blocked.entries, refused.entries) == (2, 3)
    room.ingest(source, file)
    assert _reasons(room) == [
        ("admitted", ""),
        ("rejected", "host-blocked"),
        ("rejected", "host-refused"),
        ("rejected", "url-blocked"),
    ]
    barred = next(item for item, row in _rows(room).items() if row["reason"] == "host-blocked")
    assert tracing.trace(room.house, ItemId.parse(barred))["ground_line"] == "host news.example"
    chat = declare_users(room, "chat", consent(USERS))
    room.ingest(chat, _talks(room, "u-1001", "u-1002"))
    assert _reasons(room) == [("admitted", ""), ("rejected", "user-refused")]
    home = room.folder / "workspace"
    assert not any(b"u-1002" in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_list_is_released_once_and_its_digests_enter_the_plan(room: Workroom) -> None:
    """The same list again records nothing; a plan names every paper that decides item by item."""
    released = _import(room, "blocked", "host,news.example\n")
    assert _import(room, "blocked", "host,NEWS.example.\n\n").digest == released.digest
    entries = list(room.house.workspace.ledger.entries(kinds=("ListReleased",)))
    assert len(entries) == 1
    source = declare_web(room, "forum", log([log_row("/t/1")]), ROBOTS)
    room.ingest(source, _pages(room, f"{URL}/t/1"))
    plan = next(room.house.workspace.ledger.entries(kinds=("IngestPlanned",))).event
    assert isinstance(plan, IngestPlanned)
    assert set(plan.papers) == {digest(ROBOTS), digest(log([log_row("/t/1")])), released.digest}
    assert current(room.house.workspace) == Refusals(host=frozenset({"news.example"}))


def test_a_broken_list_is_refused_by_line(room: Workroom) -> None:
    """A wrong header, kind, host or person is told by line, without the value, and releases nothing."""
    for name, rows, line in (
        ("blocked", "user,u-1\n", 2),
        ("blocked", "host,news.example\nhost,https://secret.example/\n", 3),
        ("refused", "url,secret.example\n", 2),
        ("refused", "person,nothing to find here\n", 2),
        ("refused", "host\n", 2),
        ("refused", "host,\n", 2),
    ):
        with pytest.raises(GovernanceError) as refused:
            _import(room, name, rows)
        assert refused.value.message.startswith(f"Line {line} "), rows
        assert "secret" not in refused.value.diagnostics()
    with pytest.raises(GovernanceError, match="no such list"):
        _import(room, "others", "")
    assert not list(room.house.workspace.ledger.entries(kinds=("ListReleased",)))


def test_a_persons_line_becomes_keyed_identifiers(room: Workroom) -> None:
    """All that is found in a person's line is kept as type and keyed digest, and the number itself nowhere."""
    from tests.fakes.identities import mobile

    number = mobile(3)
    released = _import(room, "refused", f"person,{number}\n")
    held = current(room.house.workspace)
    key = pseudonym(room.house.workspace.item_key, "MOBILE", number).hex()
    assert f"MOBILE:{key}" in held.person
    assert released.entries == len(held.person)
    home = room.folder / "workspace"
    assert not any(number.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_workers_stops_and_sizes_change_nothing(room: Workroom) -> None:
    """One worker or two, in one go or stopped after the first unit: the same item files, byte by byte."""
    room.set_small_units()
    count = 40
    source = declare_web(room, "forum", log(log_row(f"/t/{n}") for n in range(0, count, 2)), ROBOTS)
    rows = [{"url": f"{URL}/t/{n}", "text": f"第{n}条内容，写得长一些。" * 3000} for n in range(count)]
    file = write_items(room, "pages.jsonl", rows)

    def stop(name: str, done: int, _total: int) -> None:
        if name == "decide" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(source, file, progress=stop)
    room.ingest(source, file, workers=2)
    first = [event.items for event in room.shards()]
    assert len(first) > 1
    assert room.facts().by_reason == {"not-in-collection-log": count // 2}
    assert not list((room.folder / "workspace" / "work").glob("papers-*"))
    attach(room, source, "robots", b"User-agent: *\nDisallow:\n")
    room.ingest(source, file)
    assert [event.items for event in room.shards()][len(first) :] == first
