"""A small corpus in which one person, one page and one text stand in several places, taken in by the house's commands.

- The forum has pages; the chats have users; the essays repeat a page of the one and a message of the other.
- The person is user ``u-0003`` of the chats, and her number stands on two pages, spelled in two ways.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from corpus import sources as register
from tests.fakes import declared
from tests.fakes.identities import mobile
from tests.fakes.workroom import Workroom
from ui.bootstrap import holds_personal_information

PHONE = mobile(33)
USER = "u-0003"
HER_MESSAGE = "我最近在学习做手工皮具，针脚总是歪。"
PAGE = "https://forum.example.com/t/7"
ON_PAGE = "这一页讲的是怎样挑选西瓜，敲一敲听声音。"
FIRST_CALL = f"转让二手自行车，有意请打手机{PHONE}，九成新。"
SECOND_CALL = f"自行车还在，电话 +86 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}，可以上门看。"
REPEATED = "同一段话在两个来源里各出现一次，空格不算。"
OTHERS = [f"与此事无关的第{number}段文字，说的是别的东西。" for number in range(6)]

RELEASED = [HER_MESSAGE, "转让二手自行车", "可以上门看", ON_PAGE, REPEATED, *OTHERS]
"""What the stored text of every item is known by."""

_LOGGED = "url,time,status\n" + "".join(
    f"https://forum.example.com/t/{number},2026-09-01T02:00:00+08:00,200\n" for number in range(1, 10)
)
ALLOWED = "user,version,scope,time,opt_out\n" + "".join(
    f"u-000{number},2026-03,用于改进模型训练,2026-03-15T10:00:00+08:00,\n" for number in range(1, 6)
)
"""Users u-0001 to u-0005."""


@dataclass
class Withdrawable:
    """The corpus, and where its files lie."""

    room: Workroom
    files: dict[str, Path]

    @classmethod
    def build(cls, room: Workroom) -> "Withdrawable":
        """Declare, admit and ingest the three sources."""
        declare(room, "forum", "self_collected_web", collection_log=_LOGGED)
        declare(room, "chats", "user_input", consent_table=ALLOWED)
        room.declare("essays")
        pages = [FIRST_CALL, SECOND_CALL, OTHERS[0], REPEATED, OTHERS[1], "", ON_PAGE]
        messages = [OTHERS[2], OTHERS[3], HER_MESSAGE, OTHERS[4]]
        essays = [OTHERS[5], f"  {REPEATED}\n", HER_MESSAGE, ON_PAGE]
        records = {
            "forum": [{"text": text, "url": f"{PAGE[:-1]}{at}"} for at, text in enumerate(pages, 1) if text],
            "chats": [{"text": text, "user": f"u-000{at}"} for at, text in enumerate(messages, 1)],
            "essays": [{"text": text} for text in essays],
        }
        files = {name: _write(room, name, rows) for name, rows in records.items()}
        made = cls(room, files)
        for source in files:
            made.ingest(source)
        return made

    def ingest(self, source: str) -> dict[str, int]:
        """Ingest a source's file, again if it was before; return its items by disposition."""
        return self.room.ingest(source, self.files[source]).items

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return self.room.folder / "workspace"


def _write(room: Workroom, name: str, records: list[dict[str, str]]) -> Path:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return room.write(f"{name}.jsonl", "".join(f"{line}\n" for line in lines).encode())


def declare(room: Workroom, name: str, kind: str, **papers: str) -> None:
    """Register and admit a source of any kind, with these papers for those of the template."""
    folder = room.folder / "declared" / name
    path = declared.written(folder, kind, lambda text: text.replace('id: "recipes-open"', f'id: "{name}"'))
    for paper, content in papers.items():
        (folder / "papers" / f"{paper}.txt").write_text(content, "utf-8")
    said = {"actor": room.house.actor, "scan": holds_personal_information}
    register.register(room.house.workspace, path, **said)
    decided = register.admit(room.house.workspace, name, reason="papers complete", profile="strict_35273", **said)
    assert not decided.missing, [each.check for each in decided.missing]
