"""False finds per MB and type on real text that holds hardly any personal information.

Run: ``python -P benchmarks/pii_precision.py [--megabytes N] [--show TYPE,TYPE] [--json FILE]``. The texts are statutes
and technical documentation (see ``real_corpora.py``). A find is false unless it stands in ``pii_true_finds.csv``, a
list of places that were read by hand: file, line, code points from and to, type, and no text. ``--show`` prints the
other finds of some types with the words around, for somebody who reads them; nothing of it is kept.
"""

# ruff: noqa: D103  # the names say it

import argparse
import csv
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.real_corpora import DATA
from pii.engine import Detector

HERE = Path(__file__).resolve().parent
CORPORA = ("prc-laws", "paddle-docs-cn", "pingcap-docs-cn")
LIST = HERE / "pii_true_finds.csv"
MARK = 2.0
"""False finds per MB and type that are allowed."""
_AROUND = 24


class Find(NamedTuple):
    """Where something was found."""

    file: str
    line: int
    start: int
    end: int
    type: str


def texts(corpus: str, megabytes: float) -> Iterator[tuple[int, str]]:
    """Yield line number and text of a corpus up to so many MB of its texts."""
    size = 0
    with (DATA / corpus / "text.jsonl").open("rb") as lines:
        for number, line in enumerate(lines, 1):
            text = json.loads(line)["text"]
            size += len(text.encode())
            if size > megabytes * 1e6:
                return
            yield number, text


def true_finds() -> set[Find]:
    with LIST.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {Find(row["file"], int(row["line"]), int(row["start"]), int(row["end"]), row["type"]) for row in rows}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--megabytes", type=float, default=1e9, help="of each corpus; default all")
    asked.add_argument("--show", default="")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    known, shown = true_finds(), set(filter(None, given.show.split(",")))
    detector = Detector()
    found: Counter[tuple[str, str]] = Counter()
    false: Counter[tuple[str, str]] = Counter()
    sizes: dict[str, float] = dict.fromkeys(CORPORA, 0.0)
    start = time.process_time()
    for corpus in CORPORA:
        for line, text in texts(corpus, given.megabytes):
            sizes[corpus] += len(text.encode()) / 1e6
            for span in detector.detect(text):
                found[span.label, corpus] += 1
                place = Find(corpus, line, span.start, span.end, span.label)
                if place not in known:
                    false[span.label, corpus] += 1
                    if span.label in shown:
                        before, behind = text[max(0, span.start - _AROUND) : span.start], text[span.end :][:_AROUND]
                        around = f"{before}[{text[span.start : span.end]}]{behind}"
                        print(",".join(map(str, place)), repr(around), sep="\t")
    total = sum(sizes.values())
    print(
        f"{total:.1f} MB, {total / (time.process_time() - start):.1f} MB/s of CPU time; load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"{'false finds per MB':20}"
        + "".join(f"{name:>18}" for name in CORPORA)
        + f"{'all':>18}{'found':>8}{'true':>8}"
    )
    rates: dict[str, dict[str, float]] = {}
    for kind in sorted({kind for kind, _ in found}):
        rates[kind] = {name: false[kind, name] / sizes[name] for name in CORPORA}
        rates[kind]["all"] = sum(false[kind, name] for name in CORPORA) / total
        every = sum(found[kind, name] for name in CORPORA)
        cells = "".join(f"{rate:18.2f}" for rate in rates[kind].values())
        missed = "" if max(rates[kind].values()) <= MARK else f"  over {MARK}"
        true = every - sum(false[kind, name] for name in CORPORA)
        print(f"{kind:20}{cells}{every:8}{true:8}{missed}")
    if given.json:
        given.json.write_text(json.dumps({"megabytes": sizes, "false_per_megabyte": rates}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
