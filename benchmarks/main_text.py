"""Main content of pages: how much of it, how cleanly and how fast, beside trafilatura and resiliparse.

Run: ``python benchmarks/main_text.py [--pages N] [--seed S]``; the two have to be installed beside the project. F1 is
over the multiset of words (runs of Latin letters and digits, single Han characters and symbols).
"""

# ruff: noqa: D103  # the names say it

import argparse
import os
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable

import pages
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from corpus.readers.charset import Verdict
from corpus.readers.html import text_of
from corpus.readers.spelling import Spelling

TOKEN = re.compile(r"[a-zA-Z0-9_]+|[^\s]")
UTF8 = Spelling(Verdict("utf-8"))


def f1(expected: str, got: str) -> float:
    a, b = Counter(TOKEN.findall(expected)), Counter(TOKEN.findall(got))
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "ours": lambda page: text_of(UTF8, page)[0] or "",
    "resiliparse": lambda page: extract_plain_text(page.decode(), main_content=True),
    "trafilatura": lambda page: trafilatura.extract(page.decode(), include_comments=False, include_tables=True) or "",
}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--pages", type=int, default=20)
    asked.add_argument("--seed", type=int, default=2026)
    given = asked.parse_args()
    drawn = list(pages.pages(given.seed, given.pages))
    contents = [page.html.encode() for page in drawn]
    size = sum(map(len, contents)) / 1e6
    print(f"{len(drawn)} pages, {size:.1f} MB, mean {1e3 * size / len(drawn):.0f} kB; load {os.getloadavg()[0]:.1f}")
    scores: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in EXTRACTORS}
    for name, extract in EXTRACTORS.items():
        times = []
        for _ in range(3 if name == "ours" else 1):
            start = time.process_time()
            texts = [extract(content) for content in contents]
            times.append(time.process_time() - start)
        for page, text in zip(drawn, texts, strict=True):
            scores[name][page.layout].append(f1(page.main, text))
        print(f"{name:14}{size / min(times):8.1f} MB/s of CPU time")
    print(f"{'layout':20}" + "".join(f"{name:>14}{'lowest':>9}" for name in EXTRACTORS))
    for layout in scores["ours"]:
        means = ((statistics.mean(found[layout]), min(found[layout])) for found in scores.values())
        print(f"{layout:20}" + "".join(f"{mean:14.3f}{least:9.3f}" for mean, least in means))
    overall = (statistics.mean(value for each in found.values() for value in each) for found in scores.values())
    print(f"{'all':20}" + "".join(f"{mean:14.3f}{'':9}" for mean in overall))
    pages.SCRIPT_NUMBERS = (1, 2)
    dense = [page.html.encode() for page in pages.pages(given.seed, given.pages)]
    start = time.process_time()
    for content in dense:
        EXTRACTORS["ours"](content)
    rate = sum(map(len, dense)) / 1e6 / (time.process_time() - start)
    print(
        f"ours, same layouts without scripts (mean {sum(map(len, dense)) / 1e3 / len(dense):.0f} kB): {rate:.1f} MB/s"
    )


if __name__ == "__main__":
    main()
