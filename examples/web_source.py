"""Self-collected from the web: posts with all that a crawl brings along, and what log, robots.txt and lists forbid."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import texts
from alike import Text
from planting import Garden, Item, Planted, foreign, rejected, repeats, table

SITE = "https://forum.example.com"
FETCHED_AT = "2026-09-0{day}T0{hour}:{minute:02}:00+08:00"
BLOCKED_HOST, REFUSED_HOST = "spam.example.com", "diary.example.com"
REFUSED_PAGE = f"{SITE}/t/1900"
BROKEN: tuple[tuple[bytes, str], ...] = (
    ('{"id": "2001", "url": "https://forum.example.com/t/2001", "text": "缺少引号}'.encode(), "broken-json"),
    (b"<html><body>502 Bad Gateway</body></html>", "broken-json"),
    ('{"id": "2003", "text": "这一行是 GB18030 编码"}'.encode("gb18030"), "invalid-utf8"),
    ('{"id": "2004", "body": "字段名写错了"}'.encode(), "wrong-columns"),
    (b'{"id": "2005", "text": null}', "text-missing"),
    (b'{"id": "2006", "text": 20260901}', "text-missing"),
    (b'{"id": "2007", "text": ""}', "text-empty"),
)
"""Lines that hold no item that could be used, and why."""
FORBIDDEN = (
    ("robots-disallowed", f"{SITE}/private/7", 200),
    ("robots-disallowed", f"{SITE}/private/8", 200),
    ("not-in-collection-log", f"{SITE}/t/1901", 0),
    ("not-fetched", f"{SITE}/t/1902", 404),
    ("url-outside-source", "https://mirror.example.com/t/1903", 200),
    ("host-blocked", f"https://{BLOCKED_HOST}/buy", 200),
    ("host-blocked", f"https://{BLOCKED_HOST}/win", 200),
    ("host-refused", f"https://{REFUSED_HOST}/2026", 200),
    ("url-refused", REFUSED_PAGE, 200),
)
"""Why a page must stay out, its address, and its status in the log."""


class Page(NamedTuple):
    """An item, the address it says it is from, and what the collection log says of that address; 0 for nothing."""

    item: Item
    url: str
    status: int = 200


def forum(seen: list[Text]) -> Planted:
    """Return posts in several languages, with broken lines, blank lines and an empty file between them."""
    garden = Garden("forum-web", seen)
    chinese = garden.risky(garden.grow(texts.post, 56), 4, 9) + garden.grow(texts.mixed, 6)
    items = garden.personal(chinese, 18, 3) + garden.grow(texts.travel, 8)
    items[19] = garden.disguised(items[19], 6)
    items[20] = garden.organisation(items[20])
    items[21] = garden.organisation(items[21])
    items[22] = replace(items[22], text=f"{items[22].text}\n本文由人工智能生成。", label="stated")
    told = "\n未经许可，不得转载。"
    items[23] = garden.noticed(items[23], told, "rights-reserved", reason="rights-reserved")
    copies = repeats([items[0], items[12], items[12], items[40]])
    forbidden = list(_forbidden(garden, items[24]))
    items = garden.shuffled(items + foreign(texts.JAPANESE + texts.FRENCH)) + copies
    pages = [*forbidden, *(Page(each, f"{SITE}/t/{1000 + at}") for at, each in enumerate(items))]
    rows = [
        json.dumps({"id": str(900 + at), "url": each.url, "text": each.item.text}, ensure_ascii=False).encode()
        for at, each in enumerate(pages)
    ]
    items = [each.item for each in pages]
    for at, (row, reason) in enumerate(BROKEN):
        rows.insert(7 + 9 * at, row)
        items.append(Item(disposition="quarantined", reason=reason, type="other"))
    for at in (5, 30, 31, 60):
        rows.insert(at, b"")
    torn = b'{"id": "2008", "url": "https://forum.example.com/t/2008", "text": "'
    items.append(Item(disposition="quarantined", reason="broken-json", type="other"))
    items.append(Item(disposition="rejected", reason="file-empty", type="other"))
    files = {
        "data/posts.jsonl": b"\n".join(rows) + b"\n" + torn,
        "data/page-2.jsonl": b"",
        "papers/collection_log.csv": table(list(_log(pages))),
    }
    return Planted("forum-web", files, items, blank_lines=4)


def lists() -> dict[str, bytes]:
    """Return the lists of what must not be taken in: blocked by order, refused by its owner."""
    blocked = [{"kind": "host", "value": BLOCKED_HOST}]
    refused = [{"kind": "host", "value": REFUSED_HOST}, {"kind": "url", "value": REFUSED_PAGE}]
    return {"lists/blocked.csv": table(blocked), "lists/refused.csv": table(refused)}


def _forbidden(garden: Garden, copied: Item) -> Iterator[Page]:
    """Yield what must stay out, the copy of a post among it: a forbidden page never is the one that is kept of two."""
    yield Page(*rejected([Item(copied.text)], "robots-disallowed"), f"{SITE}/private/6")
    for post, (reason, url, status) in zip(garden.grow(texts.post, len(FORBIDDEN)), FORBIDDEN, strict=True):
        yield Page(*rejected([post], reason), url, status)


def _log(pages: list[Page]) -> Iterator[dict[str, str]]:
    for at, page in enumerate(pages):
        if page.status:
            yield {
                "url": page.url,
                "time": FETCHED_AT.format(day=1 + at % 3, hour=2 + at % 7, minute=at % 60),
                "method": "GET",
                "tool": "example-fetch 0.3",
                "operator": "corpus",
                "status": str(page.status),
            }
