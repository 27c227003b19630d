"""robots.txt as RFC 9309 has it: groups, the longest match, wildcards, encoding, time, and the line that says no."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.evidence import robots_evidence
from corpus.evidence.robots import Robots, Rules
from corpus.evidence.rows import moment
from provenance.errors import GovernanceError
from rules import catalog

HOST = "web.example"
SITE = f"https://{HOST}"
NOON = moment("2026-09-02T12:00:00+08:00").at


def _line(rules: str, path: str, agent: str = "*") -> int:
    """Return the line that disallows a path, 0 where it is allowed; the two ways to ask must agree."""
    read = Rules(rules)
    line = read.line_against(SITE + path, agent) if not read.allows(SITE + path, agent) else 0
    assert bool(line) != read.allows(SITE + path, agent)
    return line


@pytest.mark.parametrize(
    ("rules", "path", "line"),
    [
        ("User-agent: *\nDisallow: /private/\n", "/private/a", 2),
        ("User-agent: *\nDisallow: /private/\n", "/public/a", 0),
        ("User-agent: *\nDisallow:\n", "/a", 0),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", 0),
        ("User-agent: *\nDisallow: /\nAllow: /open/\n", "/open/a", 0),
        ("User-agent: *\nAllow: /open/\nDisallow: /open/closed\n", "/open/closed/a", 3),
        ("User-agent: *\nDisallow: /a\nDisallow: /a/b\nDisallow: /a/b/c\n", "/a/b/x", 3),
        ("User-agent: *\nDisallow: /same\nAllow: /same\n", "/same", 0),
        ("User-agent: *\nDisallow: /a\nDisallow: /a\n", "/a", 2),
        ("User-agent: *\nDisallow: /*.gif$\n", "/pictures/a.gif", 2),
        ("User-agent: *\nDisallow: /*.gif$\n", "/pictures/a.gif?large", 0),
        ("User-agent: *\nDisallow: /*/print\n", "/t/1/print", 2),
        ("User-agent: *\nDisallow: /a$\n", "/a/b", 0),
        ("User-agent: *\nDisallow: /%E4%B8%AD\n", "/中", 2),
        ("User-agent: *\nDisallow: /中\n", "/%e4%b8%ad", 2),
        ("User-agent: *\nDisallow: /a%2fb\n", "/a/b", 0),
        ("User-agent: *\nDisallow: /find?q=\n", "/find?q=x", 2),
        ("# all\nUser-agent: *  # every one\n\nDisallow: /a  # not this\n", "/a", 4),
        ("USER-AGENT: *\ndisallow: /a\n", "/a", 2),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", 2),
        ("Sitemap: https://web.example/map.xml\n", "/a", 0),
        ("", "/a", 0),
    ],
)
def test_the_longest_match_decides_and_its_line_is_named(rules: str, path: str, line: int) -> None:
    """An address is judged as RFC 9309 2.2 says, and what disallows it is the line that a person would point at."""
    assert _line(rules, path) == line


def test_a_crawler_is_bound_by_its_own_group() -> None:
    """The group that names a crawler holds for it and not the one for all; several groups of one name are one."""
    rules = (
        "User-agent: other\nUser-agent: mine\nDisallow: /mine\n\n"
        "User-agent: *\nDisallow: /\n\n"
        "User-agent: mine\nDisallow: /later\n"
    )
    assert _line(rules, "/mine", "mine") == 3
    assert _line(rules, "/later", "mine") == 9
    assert _line(rules, "/else", "mine") == 0
    assert _line(rules, "/mine", "other") == 3
    assert _line(rules, "/later", "other") == 0
    assert _line(rules, "/else", "stranger") == 6
    assert _line(rules, "/else") == 6


def test_a_rule_of_another_group_is_never_the_ground() -> None:
    """Where two groups hold the same words the line named is the one that binds this crawler."""
    rules = "User-agent: first\nDisallow: /a/long/path\n\nUser-agent: second\nDisallow: /a\n"
    assert _line(rules, "/a/long/path/x", "second") == 5
    assert _line(rules, "/a/long/path/x", "first") == 2


_PATHS = st.sampled_from(["/", "/a", "/a/b", "/a/*", "/*b$", "/a/b$", "/*", "/a%2Fb", "/c", ""])
_LINES = st.one_of(
    st.sampled_from(["User-agent: *", "User-agent: mine", "User-agent: other", "", "# words", "Sitemap: /a"]),
    st.builds("{}: {}".format, st.sampled_from(["Allow", "Disallow", "DISALLOW"]), _PATHS),
)


@given(st.lists(_LINES, max_size=10), st.sampled_from(["/", "/a", "/a/b", "/c/b"]), st.sampled_from(["*", "mine"]))
def test_whatever_the_rules_the_line_named_disallows(lines: list[str], path: str, agent: str) -> None:
    """A line is named just where the address is disallowed; it is a rule that forbids, and none longer does."""
    number = _line("\n".join(lines), path, agent)
    if number:
        assert lines[number - 1].lower().startswith("disallow: /")
        without = [line if at != number else "Disallow:" for at, line in enumerate(lines, start=1)]
        other = _line("\n".join(without), path, agent)
        assert not other or len(lines[other - 1]) <= len(lines[number - 1])


def _evidence(tmp_path: Path, *snapshots: dict[str, object]) -> Robots:
    path = tmp_path / "robots.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in snapshots), encoding="utf-8")
    robots_evidence.check(path, [HOST])
    return robots_evidence.read(path, (HOST,))


def _snapshot(day: int, status: int, body: str = "", host: str = HOST) -> dict[str, object]:
    return {"host": host, "fetched": f"2026-09-{day:02}T00:00:00+08:00", "status": status, "body": body}


def test_the_snapshot_of_the_time_decides(tmp_path: Path) -> None:
    """Rules that change change the verdict from that moment on, and nothing is known before the first."""
    closed = "User-agent: *\nDisallow: /t/\n"
    robots = _evidence(tmp_path, _snapshot(3, 200, closed), _snapshot(1, 200, "User-agent: *\nDisallow: /x\n"))
    url = f"{SITE}/t/1"
    assert robots.judge(url, HOST, [NOON], "*").is_allowed
    later = moment("2026-09-03T00:00:00+08:00").at
    assert robots.judge(url, HOST, [later], "*") == (False, True, "1.2")
    assert robots.judge(url, HOST, [NOON, later], "*").place == "1.2"
    before = moment("2026-08-31T23:59:59+08:00").at
    assert robots.judge(url, HOST, [before], "*") == (False, False, "")
    assert not robots.judge(url, "other.example", [NOON], "*").is_known


@pytest.mark.parametrize(("status", "is_allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_what_the_server_answered_counts(tmp_path: Path, status: int, is_allowed: bool) -> None:
    """No file means no rules (RFC 9309 2.3.1.3), an error means that everything is forbidden (2.3.1.4)."""
    robots = _evidence(tmp_path, _snapshot(1, status, "User-agent: *\nDisallow: /\n"))
    judged = robots.judge(f"{SITE}/t/1", HOST, [NOON], "*")
    assert judged.is_allowed == is_allowed
    assert judged.place == ("" if is_allowed else "1")


def test_the_line_is_read_back_from_the_evidence(tmp_path: Path) -> None:
    """What a rejection names can be read in the stored file: a rule, a rule of a snapshot, or the server's answer."""
    path = tmp_path / "robots.txt"
    path.write_bytes(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a  # why\n")
    judged = robots_evidence.read(path, (HOST,)).judge(f"{SITE}/a", HOST, [NOON], "*")
    assert (judged.place, robots_evidence.read_line(path, judged.place)) == ("2", "Disallow: /a  # why")
    snapshots = tmp_path / "robots.jsonl"
    _evidence(tmp_path, _snapshot(1, 503), _snapshot(2, 200, "User-agent: *\nDisallow: /b\n"))
    assert robots_evidence.read_line(snapshots, "2.2") == "Disallow: /b"
    assert robots_evidence.read_line(snapshots, "1") == f"{HOST} 2026-09-01T00:00:00+08:00: HTTP 503"


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><body>User-agent: *</body></html>",
        b"\n  <html>",
        b"PK\x03\x04\x00\x00binary",
        "用户协议：请勿抓取".encode(),
        b"this is a text about something else\n",
        b"Disallow: /\n",
        "User-agent: *\nDisallow: /中\n".encode("gbk"),
        b'{"host": "web.example"}\n',
        b'{"host": "web.example", "fetched": "2026-09-01", "status": 404}\n',
        b'{"host": "web.example", "fetched": "2026-09-01T00:00:00Z", "status": 301}\n',
        b'{"host": "other.example", "fetched": "2026-09-01T00:00:00Z", "status": 404}\n',
        b'{"host": "web.example", "fetched": "2026-09-01T00:00:00Z", "status": 200, "body": "<html>"}\n',
        b'{"host": "web.example", "fetched": "2026-09-01T00:00:00Z", "status": 200}\n',
        b'{"host": "web.example", "fetched": "2026-09-01T00:00:00Z", "status": 404}\nno json\n',
    ],
)
def test_what_no_crawler_could_read_is_refused(tmp_path: Path, content: bytes) -> None:
    """A page, a binary, prose, rules for nobody and broken snapshots are refused, and nothing is repeated."""
    path = tmp_path / "robots"
    path.write_bytes(b"User-agent: *\nDisallow: /a\n")
    robots_evidence.check(path, [HOST])
    path.write_bytes(content)
    with pytest.raises(GovernanceError) as refused:
        robots_evidence.check(path, [HOST])
    assert refused.value.code == "corpus.robots-unparseable"
    assert "other.example" not in refused.value.message


def test_a_file_beyond_what_crawlers_read_is_refused(tmp_path: Path) -> None:
    """At 500 KiB a file is whole to every crawler; one byte more is not, and nobody may guess what they ignored."""
    most = catalog.load().house.integer("robots_bytes_max")
    assert most == 500 * 1024
    path = tmp_path / "robots.txt"
    rules = b"User-agent: *\nDisallow: /a\n"
    path.write_bytes(rules + b"#" * (most - len(rules)))
    robots_evidence.check(path, [HOST])
    path.write_bytes(rules + b"#" * (most - len(rules) + 1))
    with pytest.raises(GovernanceError, match="bytes"):
        robots_evidence.check(path, [HOST])


def test_foreign_bytes_in_a_comment_do_no_harm(tmp_path: Path) -> None:
    """A comment in another encoding is no rule, so the rules beside it stand."""
    path = tmp_path / "robots.txt"
    path.write_bytes("# 说明\n".encode("gbk") + b"User-agent: *\nDisallow: /a\n")
    robots_evidence.check(path, [HOST])
    assert not robots_evidence.read(path, (HOST,)).judge(f"{SITE}/a", HOST, [NOON], "*").is_allowed


def test_one_file_cannot_speak_for_several_hosts(tmp_path: Path) -> None:
    """robots.txt holds for the host that serves it (RFC 9309 2.3), so several hosts need snapshots that name them."""
    path = tmp_path / "robots.txt"
    path.write_bytes(b"User-agent: *\nDisallow: /a\n")
    robots_evidence.check(path, [HOST])
    with pytest.raises(GovernanceError, match="several hosts"):
        robots_evidence.check(path, [HOST, "two.example"])
