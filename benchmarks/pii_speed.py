"""Measures how fast personal information is found and stripped, beside stock Presidio with the same recognisers.

    python -P benchmarks/pii_speed.py [--documents N] [--rounds N] [--names] [--expressions]

Documents of 3,000 bytes of UTF-8 are cut from the laws and the two documentation corpora, and mixed by a fixed seed.
They are measured as they are (natural), with invented items in every tenth and with one to three in every one. Ours is
``Stripper.strip``: finding, treating, and a second look at what was treated. Stock is Presidio's AnalyzerEngine on a
blank spaCy pipeline with our recognisers added by hand, and its AnonymizerEngine; it gets the first documents only.
Rules only are measured on both sides; ``--names`` adds the model of names to ours. Times are processor seconds of one
process, medians of the rounds; what a worker takes to begin, all its parts loaded, is measured in another.
``--expressions`` tells instead which expressions are dear, to scan for and to look for.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine

from benchmarks import real_corpora
from pii.gate import Gate, watch
from pii.normalise import fold
from pii.recognizers import recognizers
from pii.recognizers.looks import Look, looks
from pii.strip import Stripper
from tests.fakes.identities import card, citizen, mobile, organisation

CORPORA = ("prc-laws", "paddle-docs-cn", "pingcap-docs-cn")
DENSITIES = {"natural": 0.0, "10 %": 0.1, "100 %": 1.0}
LIMITS = {"natural": 20.0, "10 %": 15.0, "100 %": 8.0}
_START_LIMIT_S = 2.0
_DOCUMENT_BYTES = 3_000
_PACKAGES = ("presidio-analyzer", "presidio-anonymizer", "spacy", "hyperscan", "regex")
_OUT = Path("build/bench/pii_speed.json")
_ITEMS: tuple[Callable[[int], str], ...] = (
    lambda seed: f"手机{mobile(seed)}",
    lambda seed: f"联系电话：{mobile(seed)[:3]}-{mobile(seed)[3:7]}-{mobile(seed)[7:]}",
    lambda seed: f"身份证号码{citizen(seed)}",
    lambda seed: f"（{citizen(seed)}）",
    lambda seed: f"银行卡号：{card(seed)}",
    lambda seed: f"请发送至user.{seed}@mail{seed % 50}.example.com。",
    lambda seed: f"电话（0571）8{seed % 10_000_000:07}",
    lambda seed: f"开着京A{seed % 100_000:05}的车",
    lambda seed: f"护照号E{seed % 100_000_000:08}",
    lambda seed: f"统一社会信用代码{organisation(seed)}",
    lambda seed: f"出生日期：{1960 + seed % 40}年{1 + seed % 12}月{1 + seed % 28}日",
    lambda seed: f"微信号：wxid_{seed:012}",
    lambda seed: f"QQ号：{10_000_000 + seed}",
    lambda seed: f"从202.108.{seed % 250}.{seed % 240}登录",
)
_BEGINNING = (
    "import time;from pii.strip import Stripper;Stripper().strip('没有个人信息的文字。');print(time.process_time())"
)


def documents(count: int) -> list[str]:
    """Cut the corpora into documents, mixed by a fixed seed."""
    found = []
    for corpus in real_corpora.corpora():
        if corpus.name in CORPORA:
            for line in corpus.file.open("rb"):
                text = json.loads(line)["text"].encode()
                found += [text[at : at + _DOCUMENT_BYTES] for at in range(0, len(text), _DOCUMENT_BYTES)]
    whole = [text.decode(errors="ignore") for text in found if len(text) == _DOCUMENT_BYTES]
    random.Random(1).shuffle(whole)
    return whole[:count]


def seeded(texts: Sequence[str], share: float) -> list[str]:
    """Put one to three invented items into a share of the documents."""
    rng = random.Random(2)
    return [_with_items(text, rng) if rng.random() < share else text for text in texts]


def _with_items(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(text))
        text = text[:at] + "，" + rng.choice(_ITEMS)(rng.randrange(10**7)) + "，" + text[at:]
    return text


def stock() -> Callable[[str], str]:
    """Return what finds and replaces with Presidio as it comes and our recognisers added by hand."""
    pipeline = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    pipeline.nlp = {"zh": spacy.blank("zh")}  # type: ignore[assignment] # Presidio annotates None only
    registry = RecognizerRegistry(recognizers=list(recognizers()), supported_languages=["zh"])
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=pipeline, supported_languages=["zh"])
    build: Callable[[], Any] = AnonymizerEngine  # its constructor carries no annotations
    anonymize = build().anonymize
    return lambda text: str(anonymize(text, analyzer.analyze(text, language="zh")).text)


def speed(work: Callable[[str], object], texts: Sequence[str], rounds: int) -> float:
    """Return MB (10^6 bytes of UTF-8) per processor second, the median of the rounds."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    return size / statistics.median(_seconds(work, texts) for _ in range(rounds))


def _seconds(work: Callable[[Any], object], texts: Sequence[Any]) -> float:
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def start_of_a_worker(rounds: int) -> float:
    """Return processor seconds from nothing to the first stripped text, with a warm cache."""
    command = (sys.executable, "-P", "-c", _BEGINNING)
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(rounds + 1)]
    return statistics.median(map(float, runs[1:]))


def dearest(texts: Sequence[str]) -> list[tuple[float, float, float, str]]:
    """Return for each expression the microseconds a document to scan for it alone and to look for it, and the looks."""
    folded = [fold(text).text for text in texts]
    rows = []
    for each in looks().looks:
        gate = Gate([watch(each.expression.pattern, each.expression.flags, sign=each.sign)])
        scanned = _seconds(partial(_stretches, gate), folded)
        places = [(text, start, end) for text in folded for start, end in _stretches(gate, text)]
        looked = _seconds(partial(_look, each), places)
        name = f"{each.recognizer.name}[{each.recognizer.expressions.index(each.expression)}]"
        micros = [round(seconds / len(texts) * 1e6, 1) for seconds in (scanned, looked)]
        rows.append((micros[0], micros[1], round(len(places) / len(texts), 2), name))
    return sorted(rows, key=lambda row: -row[0] - row[1])


def _stretches(gate: Gate, text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in gate.stretches(text)]


def _look(look: Look, place: tuple[str, int, int]) -> object:
    return look.find(*place)


def main() -> None:
    """Measure, print and keep what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--stock-documents", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--expressions", action="store_true")
    wanted = parser.parse_args()
    texts = documents(wanted.documents)
    if wanted.expressions:
        print("us to scan, us to look, looks a document")
        for row in dearest(seeded(texts[:300], 0.1))[:40]:
            print(*row)
        return
    strip, theirs = Stripper(names="balanced" if wanted.names else None).strip, stock()
    strip("手机13812345678")
    theirs("手机13812345678")
    found: dict[str, Any] = {"conditions": _conditions(len(texts)) | {"names": wanted.names}, "densities": {}}
    for name, share in DENSITIES.items():
        few = seeded(texts, share)
        ours = speed(strip, few, wanted.rounds)
        peer = speed(theirs, few[: wanted.stock_documents], 1)
        same = speed(strip, few[: wanted.stock_documents], wanted.rounds)
        found["densities"][name] = {
            "mb_per_s": round(ours, 2),
            "limit": LIMITS[name],
            "stock_mb_per_s": round(peer, 3),
            "times_stock": round(same / peer, 1),
            "items": sum(len(strip(text).found) for text in few),
        }
    found["start_of_a_worker_s"] = {"seconds": round(start_of_a_worker(3), 2), "limit": _START_LIMIT_S}
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


def _conditions(count: int) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "documents": count,
        "unit": "MB (10^6 bytes of UTF-8) per processor second, one process",
        **{name: metadata.version(name) for name in _PACKAGES},
    }


if __name__ == "__main__":
    main()
