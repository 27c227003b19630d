"""Open-source data: recipes, documentation and code under a licence, and a source without one, which is refused."""

import gzip
from dataclasses import replace

import marks
import texts
import zstandard
from alike import Text
from planting import LEXICON, Garden, Item, Planted, lines, repeats, reworded


def recipes(seen: list[Text]) -> Planted:
    """Open-source, gzip: recipes, three repeated, two more with a word changed, one missing text."""
    garden = Garden("recipes-open", seen)
    items = garden.personal(garden.risky(garden.grow(texts.recipe, 60), 0, 4), 10)
    items = garden.shuffled(items) + repeats(items[3:6]) + reworded(items[7:9], "适合", "够")
    rows: list[dict[str, object]] = [
        {"id": f"r{at:04}", "text": each.text, "rating": 3 + at % 3} for at, each in enumerate(items)
    ]
    rows.append({"id": "r9999", "text": None, "rating": 0})
    items.append(Item(disposition="quarantined", reason="text-missing", type="other"))
    return Planted("recipes-open", {"data/recipes.jsonl.gz": gzip.compress(lines(rows), 9, mtime=0)}, items)


def docs(seen: list[Text]) -> Planted:
    """Open-source from overseas, zstd: documentation in English, two keywords in English, labels and notices."""
    garden = Garden("docs-open", seen)
    items = garden.personal(garden.grow(texts.manual, 36, "en_text"), 6, english=True)
    english = [row for row in LEXICON if row["keyword"].isascii()]
    for at, row in enumerate(english, start=30):
        text = f"{items[at].text} An old sign in the hall still reads: {row['keyword']}."
        items[at] = replace(
            items[at], text=text, risks=(row["risk"],), disposition="quarantined", reason="risk-keyword"
        )
    for at, version in ((4, "2.1"), (5, "")):
        text = marks.front_matter(marks.label("1", at, version), items[at].text)
        items[at] = replace(items[at], text=text, label="generated", version_known=bool(version))
    items[6] = garden.noticed(items[6], " Copyright 2026 Example Docs Association", "copyright")
    items[7] = garden.noticed(items[7], " All rights reserved.", "rights-reserved", reason="rights-reserved")
    items[8] = garden.noticed(items[8], " Measured in doi: 10.5555/example.2026.008 last year.", "paper")
    items += repeats(items[:2]) + reworded(items[9:10], " seconds", " minutes")
    rows = ({"path": f"guide/{at:03}.md", "text": each.text} for at, each in enumerate(items))
    packed = zstandard.ZstdCompressor(level=19, write_checksum=True).compress(lines(rows))
    return Planted("docs-open", {"data/docs.jsonl.zst": packed}, items)


def snippets(seen: list[Text]) -> Planted:
    """Open-source: code, declared as such; one licence header as declared, and one that contradicts it."""
    garden = Garden("snippets-open", seen)
    items = garden.grow(texts.code, 16, "code")
    for at, licence, reason in ((3, "MIT", ""), (5, "GPL-3.0-only", "licence-contradicts")):
        told = f"# SPDX-License-Identifier: {licence}\n"
        items[at] = garden.noticed(replace(items[at], text=told), items[at].text, f"licence:{licence}", reason=reason)
    rows = ({"name": f"s{at:02}.py", "text": each.text} for at, each in enumerate(items))
    return Planted("snippets-open", {"data/snippets.jsonl": lines(rows)}, items)


def novels(seen: list[Text]) -> Planted:
    """The source that must be refused: no licence, no authorisation. Nothing of it may be taken in."""
    garden = Garden("novels-unlicensed", seen)
    rows = ({"id": f"n{at}", "text": each.text} for at, each in enumerate(garden.grow(texts.post, 8)))
    return Planted("novels-unlicensed", {"data/novels.jsonl": lines(rows)})
