"""Make the example corpus: data files, the generated papers, and ``expected.json``, the count of what was planted.

Run ``python examples/build.py`` to write, ``python examples/build.py --check`` to compare with what is committed. The
seed is fixed and the same files come out on every machine. A compressed file or a Parquet file is also accepted where
another release of its compressor packs the same content otherwise.

Nothing here reads what Yuliao makes of the corpus: the counts come from the planting itself.
"""

import argparse
import gzip
import io
import json
import sys

import pyarrow.parquet as pq
import zstandard
from alike import Text, alike
from assessed_sources import riddles, tips
from counting import expected
from open_sources import docs, novels, recipes, snippets
from other_sources import dialogues, glossary, laws, poems
from planting import HERE, LEXICON, Planted, bare
from user_source import chats
from web_source import forum, lists


def plant() -> list[Planted]:
    """Return every source, in the order in which they are to be ingested."""
    seen: list[Text] = []
    found = [recipes(seen), docs(seen), snippets(seen), forum(seen), laws(seen)]
    posts = [each for each in found[3].items if each.disposition == "admitted" and "我去了" in each.text]
    found += [glossary(seen, posts[:5]), chats(seen), dialogues(seen), poems(seen), novels(seen)]
    found += [tips(seen), riddles(seen)]
    for source in found:
        for each in source.items:
            hits = tuple(row["risk"] for row in LEXICON for _ in range(bare(each.text).count(bare(row["keyword"]))))
            assert each.disposition == "duplicate" or hits == each.risks, "a keyword where none was planted"
    items = [each for source in found for each in source.items if each.text]
    for pair in alike(each.text for each in items):
        assert any(items[at].disposition in {"duplicate", "rejected"} for at in pair), "alike where nothing was planted"
    return found


def outputs() -> dict[str, bytes]:
    """Return every generated file by its path below ``examples/``."""
    found = plant()
    made = {f"{source.id}/{path}": content for source in found for path, content in source.files.items()}
    made |= lists()
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
