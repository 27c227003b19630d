"""Recall and precision of the detector over a set of templates, beside jionlp on its own types and the same texts.

Run: ``python -P benchmarks/pii_accuracy.py [SET.yaml ...] [--copies N] [--seed S] [--json FILE] [--plot FILE.svg]
[--jionlp PYTHON] [--misses]``. PYTHON is the interpreter of an environment that has jionlp; without it the peer is left
out. ``--misses`` lists, by template, type and trick, how many spans were not covered. No text is kept: what is written
is counts and measures.
"""

# ruff: noqa: D103  # the names say it

import argparse
import json
import platform
import subprocess
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.pii_set import render
from pii.engine import Detector
from pii.evaluation import score
from pii.evaluation.counts import ALL, MEASURES
from pii.evaluation.records import Gold, Labelled, Predicted
from pii.evaluation.stretches import Stretches
from ui.cli.shared import print_table
from ui.services import evaluating, plotting

HERE = Path(__file__).resolve().parent
IN_WORDS = frozenset(
    {
        "ADDRESS", "BIOMETRIC", "CHATLOG", "CN_MINOR", "CONTACTS", "CREDIT_INFO", "CRIME", "EDU_WORK", "LODGING_TRAVEL",
        "MEDICAL", "NAME", "RELIGION", "SEX_ORIENT", "TRACK",
    }
)  # fmt: skip
"""Types told in words; all others are structured."""
PEER_TYPES = {
    "CN_ID18": "id_card",
    "MOBILE": "cell_phone",
    "LANDLINE": "landline_phone",
    "EMAIL": "email",
    "IP": "ip_address",
    "QQ": "qq",
    "WECHAT": "wechat_id",
    "PLATE": "motor_vehicle_licence_plate",
}
PEER = """
import json, sys, time
import jionlp
calls = {
    "CN_ID18": jionlp.extract_id_card, "EMAIL": jionlp.extract_email, "IP": jionlp.extract_ip_address,
    "QQ": jionlp.extract_qq, "WECHAT": jionlp.extract_wechat_id, "PLATE": jionlp.extract_motor_vehicle_licence_plate,
}
kinds = {"cell_phone": "MOBILE", "landline_phone": "LANDLINE"}
texts = json.load(sys.stdin)
start = time.process_time()
found = []
for text in texts:
    spans = [(*each["offset"], kind) for kind, call in calls.items() for each in call(text, detail=True) or ()]
    spans += [(*each["offset"], kinds[each["type"]]) for each in jionlp.extract_phone_number(text, detail=True) or ()]
    found.append(spans)
json.dump([jionlp.__version__, time.process_time() - start, found], open(sys.argv[1], "w"))
"""

Spans = Sequence[Sequence[tuple[int, int, str]]]


def ours(texts: Sequence[str]) -> tuple[float, Spans]:
    detector = Detector()
    detector.detect("电话 13800000000")  # Presidio loads on the first text
    start = time.process_time()
    found = [[(span.start, span.end, span.label) for span in detector.detect(text)] for text in texts]
    return time.process_time() - start, found


def theirs(python: Path, texts: Sequence[str], folder: Path) -> tuple[str, float, Spans] | None:
    answer = folder / "jionlp.json"
    words = [str(python), "-c", PEER, str(answer)]
    try:
        subprocess.run(words, input=json.dumps(texts).encode(), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    release, seconds, found = json.loads(answer.read_bytes())
    return release, seconds, found


def evaluated(records: Sequence[dict[str, Any]], found: Spans, types: Iterable[str] | None = None) -> score.Evaluation:
    """Evaluate, of gold and predictions those of some types, all where none are named."""
    kept = None if types is None else frozenset(types)

    def wanted(kind: str) -> bool:
        return kept is None or kind in kept

    def pair(line: int, record: dict[str, Any], spans: Sequence[tuple[int, int, str]]) -> tuple[Gold, Predicted]:
        gold = [Labelled(**span) for span in record["spans"] if wanted(span["type"])]
        predicted = [Labelled(*span) for span in spans if wanted(span[2])]
        facts = record["template"], record["genre"]
        return Gold(record["id"], line, len(record["text"]), tuple(gold), *facts), Predicted("", line, tuple(predicted))

    return score.evaluate(pair(line, *each) for line, each in enumerate(zip(records, found, strict=True), 1))


def told(name: str, evaluation: score.Evaluation) -> None:
    parts = []
    for measure in MEASURES:
        value, low, high = evaluation.estimates[ALL][measure.name]
        parts.append(f"{measure.name} " + ("–" if value is None else f"{value:.3f} [{low:.3f} {high:.3f}]"))
    print(f"{name}: {evaluation.counts[ALL].gold} spans; " + "; ".join(parts))


def misses(records: Sequence[dict[str, Any]], found: Spans) -> Counter[tuple[str, str, str]]:
    missed: Counter[tuple[str, str, str]] = Counter()
    for record, spans in zip(records, found, strict=True):
        covered = Stretches(Labelled(*span) for span in spans)
        for span in record["spans"]:
            if covered.inside(Labelled(**span)) < span["end"] - span["start"]:
                missed[record["template"], span["type"], span["trick"]] += 1
    return missed


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("sets", type=Path, nargs="*", default=[HERE / "pii_set" / "templates_one.yaml"])
    asked.add_argument("--copies", type=int, default=10)
    asked.add_argument("--seed", type=int, default=2025)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--plot", type=Path)
    asked.add_argument("--jionlp", type=Path)
    asked.add_argument("--misses", action="store_true")
    asked.add_argument("--folder", type=Path, default=HERE.parent / "build" / "bench")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    records = [each for file in given.sets for each in render.render(render.load(file), given.copies, given.seed)]
    texts = [each["text"] for each in records]
    size = sum(len(text.encode()) for text in texts) / 1e6
    seconds, found = ours(texts)
    structured = {span["type"] for each in records for span in each["spans"]} - IN_WORDS
    structured |= {span[2] for spans in found for span in spans} - IN_WORDS
    results = {"all types": evaluated(records, found), "structured types": evaluated(records, found, structured)}
    print_table(*evaluating.table(results["all types"]))
    if given.misses:
        for place, count in sorted(misses(records, found).items()):
            print("missed", *place, count, sep="\t")
    results["jionlp's types, ours"] = evaluated(records, found, PEER_TYPES)
    conditions = {
        "sets": [file.name for file in given.sets],
        "copies": given.copies,
        "seed": given.seed,
        "megabytes": round(size, 3),
        "presidio-analyzer": version("presidio-analyzer"),
        "python": platform.python_version(),
        "megabytes_per_cpu_second": round(size / seconds, 2),
    }
    if given.jionlp and (answer := theirs(given.jionlp, texts, given.folder)):
        release, seconds, found = answer
        results["jionlp's types, jionlp"] = evaluated(records, found, PEER_TYPES)
        conditions |= {"jionlp": release, "jionlp_megabytes_per_cpu_second": round(size / seconds, 2)}
    else:
        print("jionlp is left out: give by --jionlp the interpreter of an environment where it is installed.")
    for name, result in results.items():
        told(name, result)
    print(conditions)
    if given.json:
        whole = {"conditions": conditions, "results": {name: evaluating.plain(each) for name, each in results.items()}}
        given.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
    if given.plot:
        plotting.save(results["all types"], given.plot)


if __name__ == "__main__":
    main()
