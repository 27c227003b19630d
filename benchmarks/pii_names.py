"""Names of persons: precision and recall over characters, finds in texts without names, speed; beside jieba.posseg.

Run: ``python benchmarks/pii_names.py [--weights FILE] [--research FOLDER]``; reads ../shared/data. ``--research``
trains with the package's own command on the training parts of the annotated sets, into that folder, and measures what
these weights find in the rest. jieba has to be installed beside the project. No text is printed.
"""

# ruff: noqa: D103  # the names say it

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from pii.names.finder import Finder
from pii.names.train import main as train
from pii.names.weights import load
from pii.normalise import fold

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""Beside the checkout; nothing of it is kept."""
START = """
import time; begun = time.process_time()
from pii.names.finder import Finder; Finder().find("记者王晓明报道。"); print(time.process_time() - begun)
"""
Example = tuple[str, list[tuple[int, int]]]
Find = Callable[[str], list[tuple[int, int]]]
PLAIN = ("prc-laws", "paddle-docs-cn", "pingcap-docs-cn")


def columns(path: Path, ending: str) -> Iterator[Example]:
    """Yield the sentences of a file with a character and its label on every line."""
    text, names, inside = "", [], False
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) < 2:
            if text:
                yield text, names
            text, names, inside = "", [], False
            continue
        is_name = parts[1].endswith(ending)
        if is_name and (not inside or parts[1][0] in "BS"):
            names.append((len(text), len(text) + 1))
        elif is_name:
            names[-1] = names[-1][0], len(text) + 1
        inside = is_name
        text += parts[0][0]


def cluener(name: str) -> Iterator[Example]:
    for line in (DATA / "ner" / "cluener" / f"{name}.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = row["label"].get("name", {}).values()
        yield row["text"], sorted((start, end + 1) for spans in places for start, end in spans)


def peoples_daily() -> list[Example]:
    return list(columns(DATA / "ner" / "peoples_daily" / "example.test", "-PER"))


def weibo(*parts: str) -> list[Example]:
    folder = DATA / "ner" / "weibo_ner"
    return [each for part in parts for each in columns(folder / f"weiboNER_2nd_conll.{part}", "PER.NAM")]


def resume(*parts: str) -> list[Example]:
    return [each for part in parts for each in columns(DATA / "ner" / "resume_ner" / f"{part}.char.bmes", "-NAME")]


def found_by(finder: Finder) -> Find:
    return lambda text: [(each.start, each.end) for each in finder.find(fold(text).text)]


def jieba_names() -> Find:
    import jieba.posseg

    def find(text: str) -> list[tuple[int, int]]:
        found, at = [], 0
        for pair in jieba.posseg.cut(text):
            if pair.flag.startswith("nr") and len(pair.word) > 1:
                found.append((at, at + len(pair.word)))
            at += len(pair.word)
        return found

    list(jieba.posseg.cut("热身"))
    return find


def score(examples: list[Example], find: Find) -> str:
    hit = false = missed = spans = said = exact = 0
    start = time.process_time()
    finds = [find(text) for text, _ in examples]
    took = time.process_time() - start
    for (_, names), found in zip(examples, finds, strict=True):
        gold = {at for first, last in names for at in range(first, last)}
        ours = {at for first, last in found for at in range(first, last)}
        hit, false, missed = hit + len(gold & ours), false + len(ours - gold), missed + len(gold - ours)
        exact, spans, said = exact + len({*names} & {*found}), spans + len(names), said + len(found)
    size = sum(len(text.encode()) for text, _ in examples) / 1e6
    return (
        f"{hit / max(1, hit + false):9.3f}{hit / max(1, hit + missed):8.3f}"
        f"{exact / max(1, said):10.3f}{exact / max(1, spans):8.3f}{size / took:9.1f}"
    )


def measure(title: str, sets: dict[str, list[Example]], finds: dict[str, Find]) -> None:
    print(f"\n{title}")
    print(f"{'set':24}{'by':18}{'precision':>9}{'recall':>8}{'exact P':>10}{'R':>8}{'MB/s':>9}")
    for name, examples in sets.items():
        for by, find in finds.items():
            print(f"{name:24}{by:18}{score(examples, find)}")


def plain(finders: dict[str, Finder]) -> None:
    print("\nwhole documents without names but for a few: finds per MB, and speed on them (one process, CPU time)")
    for name in PLAIN:
        rows = (DATA / name / "text.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [json.loads(row)["text"] for row in rows]
        size = sum(len(text.encode()) for text in texts) / 1e6
        for setting, finder in finders.items():
            start = time.process_time()
            count = sum(len(finder.find(text)) for text in texts)
            took = time.process_time() - start
            print(f"{name:18}{setting:10}{size:7.1f} MB{count / size:9.2f} finds/MB{size / took:9.1f} MB/s")


def start() -> None:
    """Print what the first name in a new process costs, compiler and weights included, with a warm cache."""
    command = [sys.executable, "-c", START]
    took = min(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3))
    print(f"\nfrom the import to the first name in a new process, warm cache: {took:.2f} s of CPU time")


def research(folder: Path) -> Path:
    """Train on the annotated sets' own training parts; people's daily has none here, so it stays out of source."""
    folder.mkdir(parents=True, exist_ok=True)
    examples = [*weibo("train", "dev"), *resume("train", "dev"), *cluener("train")]
    rows = (json.dumps({"text": text, "names": names}, ensure_ascii=False) for text, names in examples)
    (folder / "annotations.jsonl").write_text("\n".join(rows), encoding="utf-8")
    given = ["--texts", str(DATA), "--annotations", str(folder / "annotations.jsonl"), "--out", str(folder)]
    train([*given, "--lines", "60000"])
    return folder / "weights.npz"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--weights", type=Path)
    asked.add_argument("--research", type=Path)
    given = asked.parse_args()
    weights = load(given.weights)
    print(f"numba {metadata.version('numba')}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print(f"weights {weights.digest[:12]}, biases {weights.biases}")
    finders = {setting: Finder(setting, weights) for setting in ("balanced", "recall")}
    finds = {setting: found_by(finder) for setting, finder in finders.items()}
    try:
        finds["jieba.posseg"] = jieba_names()
    except ImportError:
        print("jieba is not installed: no peer")
    for find in finds.values():
        find("热身张三丰说，大家好。")
    sets = {
        "People's Daily": peoples_daily(),
        "Weibo PER.NAM, all": weibo("train", "dev", "test"),
        "CLUENER, all": [*cluener("train"), *cluener("dev_as_test")],
        "Resume, all": resume("train", "dev", "test"),
    }
    measure("clean weights, sentence by sentence, over characters and exact spans", sets, finds)
    plain(finders)
    start()
    if given.research:
        weights = load(research(given.research))
        finds = {setting: found_by(Finder(setting, weights)) for setting in ("balanced", "recall")}
        held = {"Weibo test": weibo("test"), "CLUENER dev": [*cluener("dev_as_test")], "Resume test": resume("test")}
        measure("research weights (never shipped)", {"People's Daily": sets["People's Daily"], **held}, finds)


if __name__ == "__main__":
    main()
