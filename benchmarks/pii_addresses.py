"""Addresses: how many are found where they are, how many where there are none, how fast.

Run: ``python benchmarks/pii_addresses.py [--sample N]``. Reads ../shared/data; prints counts, never a text. Generated
addresses have the same author as the rules: a check against going back, no evidence of what is found in the field.
"""

# ruff: noqa: D103  # the names say it

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from pii.normalise import fold
from pii.recognizers.contact.address import AddressRecognizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.fakes.addresses import writings

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""Beside the checkout; nothing of it is kept."""
CLEAN = ("prc-laws", "paddle-docs-cn", "pingcap-docs-cn")
RECOGNISER = AddressRecognizer()
_DIGIT = re.compile("[0-9０-９一二三四五六七八九十]")
_UNIT = re.compile("[号室栋弄]")
_PROPER = re.compile("[0-9０-９一二三四五六七八九十][号室栋弄](?!线|公路|门|口|大街)")


def finds(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in RECOGNISER.analyze(text, ["ADDRESS"])]


def lines_of(name: str) -> Iterator[str]:
    with (DATA / name / "text.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def cluener() -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for name in ("train.json", "dev_as_test.json"):
        for line in (DATA / "ner" / "cluener" / name).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            spans = item["label"].get("address", {}).values()
            yield item["text"], [(start, end + 1) for places in spans for start, end in places]


def conll(folder: str) -> Iterator[str]:
    for path in sorted((DATA / "ner" / folder).iterdir()):
        if path.suffix in {".bmes", ".train", ".dev", ".test"}:
            lines = path.read_text(encoding="utf-8").splitlines()
            for filled, group in groupby(lines, key=bool):
                if filled:
                    yield "".join(line[0] for line in group)


def print_recall() -> None:
    asked: dict[str, Callable[[str], bool]] = {
        "a number and one of 号室栋弄": lambda span: bool(_DIGIT.search(span) and _UNIT.search(span)),
        "a number on one of 号室栋弄, no line, road, door or exit": lambda span: bool(_PROPER.search(span)),
    }
    for name, is_asked in asked.items():
        spans = whole = characters = covered = 0
        for text, gold in cluener():
            wanted = [(start, end) for start, end in gold if is_asked(text[start:end])]
            seen = {i for start, end in (finds(text) if wanted else ()) for i in range(start, end)}
            for start, end in wanted:
                hit = len(seen.intersection(range(start, end)))
                spans, whole = spans + 1, whole + (hit == end - start)
                characters, covered = characters + end - start, covered + hit
        print(f"cluener, spans with {name}: {spans}, of them {whole / spans:.3f} whole; ", end="")
        print(f"{covered / characters:.3f} of {characters} characters")


def print_clean() -> None:
    for name in CLEAN:
        count = size = 0
        for text in lines_of(name):
            count, size = count + len(finds(text)), size + len(text.encode())
        print(f"{name}: {count} finds in {size / 1e6:.1f} MB, {count / size * 1e6:.2f} per MB")


def print_generated() -> None:
    total = covered = exact = 0
    for text, start, end in writings(3000, seed=5):
        found = finds(text)
        total += 1
        covered += any(first <= start and end <= last for first, last in found)
        exact += all(start <= first and last <= end for first, last in found) and (start, end) in found
    print(f"generated: {total} addresses, {covered / total:.4f} covered, {exact / total:.4f} with both borders right")


def print_elsewhere(sample: int) -> None:
    sets = {
        "cluener": (text for text, _ in cluener()),
        "weibo_ner": conll("weibo_ner"),
        "resume_ner": conll("resume_ner"),
        "peoples_daily": conll("peoples_daily"),
    }
    for name, texts in sets.items():
        count = size = 0
        for text in texts:
            size += len(text.encode())
            for start, end in finds(text):
                count += 1
                if count <= sample:
                    print(
                        f"{text[max(0, start - 12) : start]}[{text[start:end]}]{text[end : end + 10]}", file=sys.stderr
                    )
        print(f"{name}: {count} finds in {size / 1e6:.1f} MB")


def print_speed() -> None:
    for name in (*CLEAN, "cluener"):
        texts = list(lines_of(name)) if name in CLEAN else ["\n".join(text for text, _ in cluener())]
        folded = [fold(text).text for text in texts]
        size = sum(len(text.encode()) for text in texts)
        matches = [(text, match) for text in folded for each in RECOGNISER.expressions for match in each.finditer(text)]
        start = time.process_time()
        for text, match in matches:
            RECOGNISER.judge(text, match)
        took = time.process_time() - start
        print(f"{name}: {len(matches) / size * 1e6:.0f} signs per MB, judged at {size / 1e6 / took:.0f} MB/s")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--sample", type=int, default=0, help="finds to print to stderr, for reading by eye, never kept")
    sample = asked.parse_args().sample
    print(f"CPU time of one process; load {os.getloadavg()[0]:.1f}")
    print_recall()
    print_clean()
    print_generated()
    print_elsewhere(sample)
    print_speed()


if __name__ == "__main__":
    main()
