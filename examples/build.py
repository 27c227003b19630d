"""Make the example corpus: data files, the generated papers, and ``expected.json``, the count of what was planted.

Run ``python examples/build.py`` to write, ``python examples/build.py --check`` to compare with what is committed. The
seed is fixed and the same files come out on every machine. A compressed file or a Parquet file is also accepted where
another release of its compressor packs the same content otherwise.

Nothing here reads what Yuliao makes of the corpus: the counts come from the planting itself.
"""

import argparse
import csv
import gzip
import io
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import people
import pyarrow as pa
import pyarrow.parquet as pq
import texts
import zstandard
from dice import Dice

HERE = Path(__file__).resolve().parent
SEED = "yuliao/examples/1"
WRITTEN_ON = "2026-09-0{day}T0{hour}:{minute:02}:00+08:00"
LEXICON = list(csv.DictReader((HERE / "lexicon.csv").read_text(encoding="utf-8").splitlines()))


@dataclass(frozen=True)
class Item:
    """One planted item: its text and what has to become of it."""

    text: str = ""
    type: str = "zh_text"
    disposition: str = "admitted"
    reason: str = ""
    pi: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    organisations: int = 0


@dataclass
class Planted:
    """One source: its files by path below the source's folder, its items, and blank lines."""

    id: str
    files: dict[str, bytes] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    blank_lines: int = 0


class Garden:
    """Grows items that are all different from each other, and keeps the risky ones apart."""

    def __init__(self, source: str, seen: set[str]) -> None:
        self.dice = Dice(f"{SEED}/{source}")
        self._seen = seen
        self._keywords = [row for row in LEXICON if not row["keyword"].isascii()]

    def grow(self, make: Callable[[Dice], str], count: int, item_type: str = "zh_text") -> list[Item]:
        """Return ``count`` plain items."""
        return [Item(self._fresh(lambda: make(self.dice)), item_type) for _ in range(count)]

    def personal(self, items: list[Item], count: int, most: int = 2, *, english: bool = False) -> list[Item]:
        """Return the items with personal information in ``count`` of them, up to ``most`` occurrences each."""
        chosen = set(self.dice.several(range(len(items)), count))
        entities = ["MOBILE", "EMAIL"] if english else list(people.MAKERS)
        return [
            self._with_pi(each, entities, most, english=english) if at in chosen else each
            for at, each in enumerate(items)
        ]

    def _with_pi(self, item: Item, entities: list[str], most: int, *, english: bool) -> Item:
        found = tuple(self.dice.pick(entities) for _ in range(1 + self.dice.below(most)))
        glue = " " if english else ""
        told = glue.join(people.sentence(self.dice, entity, english=english) for entity in found)
        return replace(item, text=f"{item.text}{glue}{told}", pi=item.pi + found)

    def risky(self, items: list[Item], first: int, count: int) -> list[Item]:
        """Return the items with a keyword of the lexicon in the first ``count``, beginning with keyword ``first``."""
        out = list(items)
        for at in range(count):
            row = self._keywords[(first + at) % len(self._keywords)]
            times = 1 + (at % 3 == 2)
            told = "".join(f"墙上的旧告示写着“{row['keyword']}”。" for _ in range(times))
            out[at] = replace(
                out[at],
                text=out[at].text + told,
                risks=(row["risk"],) * times,
                disposition="quarantined",
                reason="risk-keyword",
            )
        return out

    def disguised(self, item: Item, number: int) -> Item:
        """Return the item with keyword ``number`` broken up by symbols, as people write it to slip through."""
        row = self._keywords[number]
        text = f"{item.text}楼道里有人贴了“{'*'.join(row['keyword'])}”。"
        return replace(item, text=text, risks=(row["risk"],), disposition="quarantined", reason="risk-keyword")

    def organisation(self, item: Item) -> Item:
        """Return the item with an organisation code, which is not personal and must stay."""
        told = f"开票单位的统一社会信用代码：{people.organisation_code(self.dice)}。"
        return replace(item, text=item.text + told, organisations=1)

    def shuffled(self, items: list[Item]) -> list[Item]:
        """Return the items in another order."""
        return self.dice.several(items, len(items))

    def _fresh(self, make: Callable[[], str]) -> str:
        for _ in range(200):
            text = make()
            key = "".join(unicodedata.normalize("NFKC", text).split())
            if key not in self._seen:
                self._seen.add(key)
                return text
        raise ValueError("the patterns are used up")


def repeats(items: Iterable[Item]) -> list[Item]:
    """Return copies that must turn out as exact duplicates; what they hold is counted at their keepers."""
    return [Item(each.text, each.type, "duplicate", "exact-duplicate") for each in items]


def foreign(texts_: Iterable[str]) -> list[Item]:
    """Return items in a language that no configured screen reads."""
    return [Item(text, "other", "quarantined", "unscreened") for text in texts_]


def bare(text: str) -> str:
    """Return the letters and digits alone."""
    return "".join(sign for sign in text if sign.isalnum())


def lines(rows: Iterable[dict[str, object]]) -> bytes:
    """Return JSONL."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def table(rows: list[dict[str, str]]) -> bytes:
    """Return CSV with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def recipes(seen: set[str]) -> Planted:
    """Open-source, gzip: recipes, three repeated, one missing text."""
    garden = Garden("recipes-open", seen)
    items = garden.personal(garden.risky(garden.grow(texts.recipe, 60), 0, 4), 10)
    items = garden.shuffled(items) + repeats(items[3:6])
    rows: list[dict[str, object]] = [
        {"id": f"r{at:04}", "text": each.text, "rating": 3 + at % 3} for at, each in enumerate(items)
    ]
    rows.append({"id": "r9999", "text": None, "rating": 0})
    items.append(Item(disposition="quarantined", reason="text-missing", type="other"))
    return Planted("recipes-open", {"data/recipes.jsonl.gz": gzip.compress(lines(rows), 9, mtime=0)}, items)


def docs(seen: set[str]) -> Planted:
    """Open-source from overseas, zstd: documentation in English, two keywords in English."""
    garden = Garden("docs-open", seen)
    items = garden.personal(garden.grow(texts.manual, 36, "en_text"), 6, english=True)
    english = [row for row in LEXICON if row["keyword"].isascii()]
    for at, row in enumerate(english, start=30):
        text = f"{items[at].text} An old sign in the hall still reads: {row['keyword']}."
        items[at] = replace(
            items[at], text=text, risks=(row["risk"],), disposition="quarantined", reason="risk-keyword"
        )
    items += repeats(items[:2])
    rows = ({"path": f"guide/{at:03}.md", "text": each.text} for at, each in enumerate(items))
    packed = zstandard.ZstdCompressor(level=19, write_checksum=True).compress(lines(rows))
    return Planted("docs-open", {"data/docs.jsonl.zst": packed}, items)


def snippets(seen: set[str]) -> Planted:
    """Open-source: code, declared as such."""
    items = Garden("snippets-open", seen).grow(texts.code, 16, "code")
    rows = ({"name": f"s{at:02}.py", "text": each.text} for at, each in enumerate(items))
    return Planted("snippets-open", {"data/snippets.jsonl": lines(rows)}, items)


def forum(seen: set[str]) -> Planted:
    """Self-collected from the web: the untidy one, with everything a crawl brings along."""
    garden = Garden("forum-web", seen)
    chinese = garden.risky(garden.grow(texts.post, 56), 4, 9) + garden.grow(texts.mixed, 6)
    items = garden.personal(chinese, 18, 3) + garden.grow(texts.travel, 8)
    items[19] = garden.disguised(items[19], 6)
    items[20] = garden.organisation(items[20])
    items[21] = garden.organisation(items[21])
    copies = repeats([items[0], items[12], items[12], items[40]])
    items = garden.shuffled(items + foreign(texts.JAPANESE + texts.FRENCH)) + copies
    rows = [
        json.dumps(
            {"id": str(1000 + at), "url": f"https://forum.example.com/t/{1000 + at}", "text": each.text},
            ensure_ascii=False,
        ).encode()
        for at, each in enumerate(items)
    ]
    broken: list[tuple[bytes, str]] = [
        (
            '{"id": "2001", "url": "https://forum.example.com/t/2001", "text": "缺少引号}'.encode(),
            "broken-json",
        ),
        (b"<html><body>502 Bad Gateway</body></html>", "broken-json"),
        ('{"id": "2003", "text": "这一行是 GB18030 编码"}'.encode("gb18030"), "invalid-utf8"),
        ('{"id": "2004", "body": "字段名写错了"}'.encode(), "wrong-columns"),
        (b'{"id": "2005", "text": null}', "text-missing"),
        (b'{"id": "2006", "text": 20260901}', "text-missing"),
        (b'{"id": "2007", "text": ""}', "text-empty"),
    ]
    for at, (row, reason) in enumerate(broken):
        rows.insert(7 + 9 * at, row)
        items.append(Item(disposition="quarantined", reason=reason, type="other"))
    for at in (5, 30, 31, 60):
        rows.insert(at, b"")
    torn = b'{"id": "2008", "url": "https://forum.example.com/t/2008", "text": "'
    items.append(Item(disposition="quarantined", reason="broken-json", type="other"))
    items.append(Item(disposition="rejected", reason="file-empty", type="other"))
    log = [
        {
            "url": f"https://forum.example.com/t/{1000 + at}",
            "fetched": WRITTEN_ON.format(day=1 + at % 3, hour=2 + at % 7, minute=at % 60),
            "method": "GET",
            "tool": "example-fetch 0.3",
            "department": "corpus",
            "status": "200",
        }
        for at in range(80)
    ]
    files = {
        "data/posts.jsonl": b"\n".join(rows) + b"\n" + torn,
        "data/page-2.jsonl": b"",
        "papers/collection_log.csv": table(log),
    }
    return Planted("forum-web", files, items, blank_lines=4)


def laws(seen: set[str]) -> Planted:
    """Commercial, Parquet: questions about everyday law; two copies of what the forum has."""
    garden = Garden("law-commercial", seen)
    items = garden.personal(garden.risky(garden.grow(texts.law, 44), 13, 5), 9)
    items = garden.shuffled(items)
    items[7] = garden.organisation(items[7])
    items.append(Item(disposition="quarantined", reason="text-missing", type="other"))
    values = [each.text or None for each in items]
    columns = {"no": pa.array(range(1, len(items) + 1), pa.int64()), "text": pa.array(values, pa.string())}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd", use_dictionary=False)
    return Planted("law-commercial", {"data/law.parquet": out.getvalue()}, items)


def glossary(seen: set[str], copied: list[Item]) -> Planted:
    """From cooperation, CSV: terms, and posts that the forum has already."""
    garden = Garden("glossary-coop", seen)
    items = [
        replace(each, text=f'{each.text}\n参见"{at}号"条目。') for at, each in enumerate(garden.grow(texts.term, 30))
    ]
    items += repeats(copied)
    rows = [{"term": f"t{at:02}", "text": each.text} for at, each in enumerate(items)]
    return Planted("glossary-coop", {"data/glossary.csv": table(rows)}, items)


def chats(seen: set[str]) -> Planted:
    """User input: customer-service talks, most with personal information, and the table of authorisations."""
    garden = Garden("chat-user", seen)
    items = garden.personal(garden.risky(garden.grow(texts.chat, 50), 18, 4), 32, 3)
    items[11] = garden.organisation(items[11])
    items += repeats(items[20:23])
    users = ["u-" + "".join(garden.dice.pick("abcdefghijklmnop") for _ in range(12)) for _ in range(13)]
    rows = ({"id": f"c{at:03}", "user": users[at % 12], "text": each.text} for at, each in enumerate(items))
    consent = [
        {
            "user": user,
            "version": "2026-03",
            "at": "2026-03-15T10:00:00+08:00",
            "scope": "training",
            "opted_out": str(user == users[12]).lower(),
        }
        for user in users
    ]
    return Planted("chat-user", {"data/chats.jsonl": lines(rows), "papers/consent_table.csv": table(consent)}, items)


def dialogues(seen: set[str]) -> Planted:
    """Synthetic: exchanges as a model might write them, with model and version in every record."""
    garden = Garden("dialogues-synthetic", seen)
    items = garden.personal(garden.risky(garden.grow(texts.dialogue, 42), 22, 3), 5, 1)
    items += repeats(items[30:32])
    rows = (
        {"id": f"d{at:03}", "model": "示例对话模型", "version": "1.4", "text": each.text}
        for at, each in enumerate(items)
    )
    return Planted("dialogues-synthetic", {"data/dialogues.jsonl": lines(rows)}, items)


def poems(seen: set[str]) -> Planted:
    """Own production, text files: one poem stands under two names (the same item) and one file is empty."""
    items = Garden("poems-own", seen).grow(texts.poem, 14)
    files = {f"data/{at:02}.txt": (each.text + "\n").encode() for at, each in enumerate(items)}
    files["data/copy-of-03.txt"] = files["data/03.txt"]
    files["data/draft.txt"] = b""
    items.append(Item(disposition="rejected", reason="file-empty", type="other"))
    return Planted("poems-own", files, items)


def novels(seen: set[str]) -> Planted:
    """The source that must be refused: no licence, no authorisation. Nothing of it may be taken in."""
    garden = Garden("novels-unlicensed", seen)
    rows = ({"id": f"n{at}", "text": each.text} for at, each in enumerate(garden.grow(texts.post, 8)))
    return Planted("novels-unlicensed", {"data/novels.jsonl": lines(rows)})


def plant() -> list[Planted]:
    """Return every source, in the order in which they are to be ingested."""
    seen: set[str] = set()
    found = [recipes(seen), docs(seen), snippets(seen), forum(seen), laws(seen)]
    forum_items = [each for each in found[3].items if each.disposition == "admitted" and each.type == "zh_text"]
    found += [glossary(seen, forum_items[:3]), chats(seen), dialogues(seen), poems(seen), novels(seen)]
    for source in found:
        for each in source.items:
            hits = tuple(row["risk"] for row in LEXICON for _ in range(bare(each.text).count(bare(row["keyword"]))))
            assert each.disposition == "duplicate" or hits == each.risks, "a keyword where none was planted"
    return found


def expected(found: list[Planted]) -> dict[str, object]:
    """Count what was planted, per source and in all."""
    sources = {source.id: _counted(source.items, source.blank_lines) for source in found}
    everything = [each for source in found for each in source.items]
    return {
        "note": "Counted while planting, by examples/build.py; never from what Yuliao reports.",
        "order": [source.id for source in found],
        "refused": {"novels-unlicensed": ["licence-document", "licence-declared", "basis-named"]},
        "sources": sources,
        "total": _counted(everything, sum(source.blank_lines for source in found)),
    }


def _counted(items: list[Item], blank_lines: int) -> dict[str, object]:
    by_disposition = Counter(each.disposition for each in items)
    told = [each for each in items if each.disposition in ("admitted", "quarantined")]
    return {
        "items": {
            "taken_in": len(items),
            **{name: by_disposition[name] for name in ("admitted", "quarantined", "duplicate", "rejected")},
        },
        "by_reason": dict(sorted(Counter(each.reason for each in items if each.reason).items())),
        "blank_lines": blank_lines,
        "by_type": dict(sorted(Counter(each.type for each in items if each.disposition == "admitted").items())),
        "personal_information": {
            entity: {
                name: {
                    "items": sum(entity in each.pi for each in told if each.disposition == name),
                    "occurrences": sum(each.pi.count(entity) for each in told if each.disposition == name),
                }
                for name in ("admitted", "quarantined")
            }
            for entity in sorted({entity for each in told for entity in each.pi})
        },
        "items_with_personal_information": sum(bool(each.pi) for each in told),
        "organisation_codes": sum(each.organisations for each in told),
        "risks": {
            risk: {
                "items": sum(risk in each.risks for each in told),
                "hits": sum(each.risks.count(risk) for each in told),
            }
            for risk in sorted({risk for each in told for risk in each.risks})
        },
    }


def outputs() -> dict[str, bytes]:
    """Return every generated file by its path below ``examples/``."""
    found = plant()
    made = {f"{source.id}/{path}": content for source in found for path, content in source.files.items()}
    made["expected.json"] = (json.dumps(expected(found), ensure_ascii=False, indent=1) + "\n").encode()
    return made


def unpacked(path: str, content: bytes) -> object:
    """Return what a packed file holds, or its bytes where it is not packed."""
    if path.endswith(".gz"):
        return gzip.decompress(content)
    if path.endswith(".zst"):
        return zstandard.ZstdDecompressor().decompress(content)
    return pq.read_table(io.BytesIO(content)) if path.endswith(".parquet") else content


def differences(made: dict[str, bytes]) -> list[str]:
    """Return the paths whose committed content differs, is missing, or is not made by this script."""
    wrong = []
    for path, content in made.items():
        there = HERE / path
        stands = there.read_bytes() if there.is_file() else None
        if stands is None or (stands != content and unpacked(path, stands) != unpacked(path, content)):
            wrong.append(path)
    standing = {path.relative_to(HERE).as_posix() for path in HERE.glob("*/data/*")}
    return sorted([*wrong, *(standing - made.keys())])


def main() -> int:
    """Write the files, or compare them with ``--check``; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the example corpus, or check that it is unchanged.")
    parser.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    made = outputs()
    if parser.parse_args().check:
        wrong = differences(made)
        print("\n".join(f"differs: {path}" for path in wrong) or f"{len(made)} files are as they must be")
        return 1 if wrong else 0
    for path, content in made.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_bytes(content)
    print(f"wrote {len(made)} files, {sum(map(len, made.values())):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
