"""User input: customer-service talks, the table of who authorised their use, and a user who withdraws later."""

from dataclasses import replace

import people
import texts
from alike import Text
from planting import Garden, Item, Planted, lines, rejected, repeats, table

VERSION, SCOPE = "2026-03", "用于改进模型训练"
ON_TIME, TOO_LATE = "2026-03-15T10:00:00+08:00", "2026-09-02T10:00:00+08:00"
"""Before and after the last day of collection."""
OPTED_OUT = "2026-08-01T10:00:00+08:00"
BARRED = (
    ("opted-out", 3, {"opt_out": OPTED_OUT}),
    ("authorised-too-late", 2, {"time": TOO_LATE}),
    ("other-version", 2, {"version": "2025-01"}),
    ("other-scope", 1, {"scope": "仅用于售后服务"}),
    ("not-authorised", 2, None),
)
"""Why a user's talks are rejected, how many he has, and what is other in his row; None for no row."""


def chats(seen: list[Text]) -> Planted:
    """Return talks, most with personal information, of twelve users who authorised it and five who did not."""
    garden = Garden("chat-user", seen)
    items = garden.personal(garden.risky(garden.grow(texts.chat, 50), 18, 4), 32, 3)
    items[11] = garden.organisation(items[11])
    items += repeats(items[20:23])
    users = [_user(garden) for _ in range(12)]
    talks = [(users[at % 12], each) for at, each in enumerate(items)]
    consent = [_row(user) for user in users]
    for reason, count, other in BARRED:
        user = _user(garden)
        talks += [(user, each) for each in rejected(garden.grow(texts.chat, count), reason)]
        consent += [] if other is None else [_row(user) | other]
    number = people.MAKERS["MOBILE"](garden.dice)
    talk = _withdrawn(garden, number)
    talks += [(users[1], talk), (users[2], replace(talk, pi=(), disposition="duplicate", reason="exact-duplicate"))]
    rows = ({"id": f"c{at:03}", "user": user, "text": each.text} for at, (user, each) in enumerate(talks))
    files = {
        "data/chats.jsonl": lines(rows),
        "papers/consent_table.csv": table(consent),
        "withdrawal/person.txt": f"{number}\n".encode(),
    }
    return Planted("chat-user", files, [each for _, each in talks])


def _user(garden: Garden) -> str:
    return "u-" + "".join(garden.dice.pick("abcdefghijklmnop") for _ in range(12))


def _row(user: str) -> dict[str, str]:
    return {"user": user, "version": VERSION, "scope": SCOPE, "time": ON_TIME, "opt_out": ""}


def _withdrawn(garden: Garden, number: str) -> Item:
    """Return a talk with a number that is written otherwise than in the request, by which it is to be found."""
    (talk,) = garden.grow(texts.chat, 1)
    told = f"回电请打{people.disguised('MOBILE', number)}。"
    return replace(talk, text=talk.text + told, pi=("MOBILE",), is_withdrawn=True)
