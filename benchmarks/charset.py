"""The encoding of texts of at most 2,000 characters: how often right, how fast, beside charset-normalizer and chardet.

Run: ``python benchmarks/charset.py [--texts N]``; the two have to be installed beside the project. Texts come from
../shared/data; only those count that the encoding can spell and that hold at least 20 Han characters.
"""

# ruff: noqa: D103  # the names say it

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import chardet
import charset_normalizer

from corpus.readers.charset import decide, known

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""Beside the checkout; nothing of it is kept."""
ENCODINGS = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "big5hkscs": "big5hkscs", "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
}  # fmt: skip
SLOW = 300
"""Texts that the slower ones are given."""


def texts(count: int) -> list[str]:
    rng = random.Random(11)
    found = []
    for path in sorted(DATA.glob("*/text.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in rng.sample(lines, min(count, len(lines))):
            text = json.loads(line)["text"]
            start = rng.randrange(max(1, len(text) - 100))
            found.append(text[start : start + rng.choice((30, 100, 500, 2000))])
    return [text for text in found if sum("\u4e00" <= c <= "\u9fff" for c in text) >= 20]


def spelt(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def same(name: str | None, expected: str) -> bool:
    return bool(name) and known(str(name).replace("_sig", "").replace("UTF-8-SIG", "utf-8")) == expected


ASKED: dict[str, Callable[[bytes], str | None]] = {
    "ours": lambda content: decide(content).encoding,
    "charset-normalizer": lambda content: getattr(charset_normalizer.from_bytes(content).best(), "encoding", None),
    "chardet": lambda content: chardet.detect(content)["encoding"],
}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--texts", type=int, default=500)
    drawn = texts(asked.parse_args().texts)
    print(f"{len(drawn)} texts; load {os.getloadavg()[0]:.1f}; CPU time of one process")
    print(f"{'encoding':12}{'detector':20}{'texts':>8}{'right':>9}{'files/s':>12}")
    for encoding, expected in ENCODINGS.items():
        contents = [content for text in drawn if (content := spelt(text, encoding)) is not None]
        for name, detect in ASKED.items():
            given = contents if name == "ours" else contents[:SLOW]
            start = time.process_time()
            verdicts = [detect(content) for content in given]
            took = time.process_time() - start
            right = sum(same(verdict, expected) for verdict in verdicts) / len(given)
            print(f"{encoding:12}{name:20}{len(given):8}{right:9.4f}{len(given) / took:12,.0f}")


if __name__ == "__main__":
    main()
