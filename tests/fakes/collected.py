"""Sources of web pages and of user input, declared and admitted in a workroom, with papers at one's command."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus import sources as register
from tests.fakes.workroom import Workroom
from ui.bootstrap import holds_personal_information

_COMMON = """\
id: {id}
name: {id} of the test
kind: {kind}
region: {{side: domestic, country: CN, reason: established here}}
unit: record
text_field: text
types: [zh_text]
languages: [zh]
licence: ""
legal_basis: public pages or authorisation
collected: {{from: 2026-09-01, to: 2026-09-03, before_registration: true, reason: collected in September}}
personal_information: {{names: strip, addresses: strip}}
"""
_WEB = """\
details:
  url: https://{first}/
  host: [{hosts}]
  url_field: url
  user_agent: "{agent}"
  method: fetched page by page
  operator: corpus department
  robots_verdict: allow
evidence: {{collection_log: log, robots: robots}}
"""
_USERS = """\
details:
  service: example assistant
  user_field: user
  authorisation_version: "2026-03"
  authorisation_scope: training
  opt_outs_excluded: true
evidence: {consent_table: consent, user_agreement: agreement}
"""
HOST = "web.example"
CONSENT_HEAD = "user,version,scope,time,opt_out\n"
SPRING = "2026-03-15T10:00:00+08:00"


def log_row(path: str, *, day: int = 1, status: int = 200, host: str = HOST) -> str:
    """Return a row of a collection log."""
    return f"https://{host}{path},2026-09-{day:02}T12:00:00+08:00,{status}\n"


def log(rows: Iterable[str]) -> bytes:
    """Return a collection log."""
    return ("url,time,status\n" + "".join(rows)).encode()


def consent(rows: Mapping[str, str]) -> bytes:
    """Return a table of authorisations: what stands behind each user's number."""
    return (CONSENT_HEAD + "".join(f"{user},{rest}\n" for user, rest in rows.items())).encode()


def declare_web(
    room: Workroom, name: str, log_file: bytes, robots: bytes, *, agent: str = "*", hosts: tuple[str, ...] = (HOST,)
) -> str:
    """Declare and admit a source of web pages."""
    details = _WEB.format(first=hosts[0], hosts=", ".join(hosts), agent=agent)
    return _declare(room, name, "self_collected_web", details, {"log": log_file, "robots": robots})


def declare_users(room: Workroom, name: str, table: bytes) -> str:
    """Declare and admit a source of user input."""
    papers = {"consent": table, "agreement": b"the agreement as the users saw it\n"}
    return _declare(room, name, "user_input", _USERS, papers)


def attach(room: Workroom, source: str, kind: str, content: bytes) -> None:
    """Attach a paper, as `yuliao source evidence` does."""
    file = room.folder / f"{source}-{kind}"
    file.write_bytes(content)
    house = room.house
    register.attach(house.workspace, source, kind, file, actor=house.actor, scan=holds_personal_information)


def write_items(room: Workroom, name: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write items as JSONL."""
    return room.write(name, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode())


def _declare(room: Workroom, name: str, kind: str, details: str, papers: Mapping[str, bytes]) -> str:
    folder = room.folder / "declared" / name
    folder.mkdir(parents=True, exist_ok=True)
    for paper, content in papers.items():
        (folder / paper).write_bytes(content)
    (folder / "declaration.yaml").write_text(_COMMON.format(id=name, kind=kind) + details, "utf-8")
    house, scan = room.house, holds_personal_information
    register.register(house.workspace, folder / "declaration.yaml", actor=house.actor, scan=scan)
    decision = register.admit(
        house.workspace, name, reason="papers complete", actor=house.actor, scan=scan, profile="strict_35273"
    )
    assert not decision.missing, [each.check for each in decision.missing]
    return name
