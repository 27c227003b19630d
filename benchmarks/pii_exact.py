"""Exact mode beside Presidio's own engine: how much faster, and whether anything differs.

Both engines share one registry of Presidio's predefined recognisers over a blank spaCy pipeline ("rules only") and, in
rows of their own, over one whose lemmas are the words, so that context words work (without SpacyRecognizer, which would
have it run on every text, though it finds nothing). Documents of about 1,000 Chinese or
3,000 English characters come from ../shared/data: laws, the Chinese lines of two documentation corpora, their English
lines (mostly letters), and all their lines in ASCII, of which many are code, logs and tables. One to three invented
items stand in none, a tenth or all of them. Processor time, one core, both engines in the same process.

    python -P benchmarks/pii_exact.py [--documents N] [--parity N] [--fuzz N]
"""

import argparse
import json
import logging
import os
import platform
import random
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine

from pii.recognizers import recognizers
from tests.fakes.identities import card, citizen, mobile
from tests.fakes.nasty import nasty
from tests.fakes.presidio import Pair, differences, pair, pipeline, users

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""Beside the checkout; nothing of it is kept."""
DENSITIES = (0.0, 0.1, 1.0)
LEAST = {0.0: 12, 0.1: 8, 1.0: 3}
"""Times the speed of stock that are asked for."""
_LENGTH = {"zh": 1000, "en": 3000}
_MOSTLY = 0.7
_OUT = Path("build/bench/pii_exact.json")
_ITEMS: dict[str, tuple[Callable[[int], str], ...]] = {
    "zh": (
        lambda seed: f"手机{mobile(seed)}",
        lambda seed: f"身份证号{citizen(seed)}",
        lambda seed: f"邮箱 user{seed}@example.com ",
        lambda seed: f"卡号{card(seed)}",
        lambda seed: f"访问 https://www.example{seed % 97}.com/u/{seed} ",
        lambda seed: f"登录IP 192.168.{seed % 250}.{seed % 199} ",
        lambda seed: f"生日 19{seed % 90 + 10}-0{seed % 9 + 1}-1{seed % 9} ",
    ),
    "en": (
        lambda seed: f" phone (212) 555-{seed % 10000:04} ",
        lambda seed: f" email user{seed}@example.com ",
        lambda seed: f" card {card(seed, '411111', 16)} ",
        lambda seed: f" see https://www.example{seed % 97}.com/u/{seed} ",
        lambda seed: f" IP 192.168.{seed % 250}.{seed % 199} ",
        lambda seed: f" SSN {seed % 600 + 100:03}-{seed % 89 + 10:02}-{seed % 8999 + 1000} ",
        lambda seed: f" passport {seed * 997 % 10**9:09} ",
        lambda seed: f" born 0{seed % 9 + 1}/1{seed % 9}/19{seed % 90 + 10} ",
    ),
}


def _lines(*names: str) -> Iterator[str]:
    for name in names:
        with (DATA / name / "text.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield from json.loads(line)["text"].splitlines()


def _is_chinese(line: str) -> bool:
    return 3 * sum("\u4e00" <= each <= "\u9fff" for each in line) > len(line)


def _is_english(line: str) -> bool:
    return line.isascii() and sum(each.isalpha() or each == " " for each in line) > _MOSTLY * len(line)


_DOCUMENTATION = ("paddle-docs-cn", "pingcap-docs-cn")
_CORPORA: dict[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "laws": ("zh", lambda: _lines("prc-laws")),
    "documentation, Chinese lines": ("zh", lambda: filter(_is_chinese, _lines(*_DOCUMENTATION))),
    "documentation, English lines": ("en", lambda: filter(_is_english, _lines(*_DOCUMENTATION))),
    "documentation, all ASCII lines": ("en", lambda: (each for each in _lines(*_DOCUMENTATION) if each.isascii())),
}


def documents(corpus: str, count: int) -> list[str]:
    """Return documents of one length, drawn without order."""
    language, lines = _CORPORA[corpus]
    found, text = [], ""
    for line in lines():
        if line.strip():
            text += line + "\n"
        if len(text) > _LENGTH[language]:
            found.append(text[: _LENGTH[language]])
            text = ""
    random.Random(5).shuffle(found)
    return found[:count]


def planted(texts: Iterable[str], share: float, language: str) -> list[str]:
    """Return the texts with items in some of them."""
    rng = random.Random(9)
    found = []
    for each in texts:
        text = each
        if rng.random() < share:
            for _ in range(rng.randint(1, 3)):
                place = rng.randrange(len(text) + 1)
                text = text[:place] + rng.choice(_ITEMS[language])(rng.randrange(10**6)) + text[place:]
        found.append(text)
    return found


def _seconds(engine: AnalyzerEngine, texts: list[str], language: str) -> tuple[float, int]:
    start = time.process_time()
    results = sum(len(engine.analyze(text, language)) for text in texts)
    return time.process_time() - start, results


def measure(count: int, *, lemmas: bool) -> list[dict[str, Any]]:
    """Return a row for each corpus and density."""
    rows = []
    for corpus, (language, _) in _CORPORA.items():
        engines = pair(language, nlp_engine=pipeline(language, lemmas=lemmas))
        if lemmas:
            engines.stock.registry.remove_recognizer("SpacyRecognizer")  # of both; there is no entity for it
        texts = documents(corpus, count)
        for engine in engines:
            _seconds(engine, texts[:20], language)
        for share in DENSITIES:
            given = planted(texts, share, language)
            (slow, results), (fast, same) = (_seconds(engine, given, language) for engine in engines)
            size = sum(len(text.encode()) for text in given) / 1e6
            row = {
                "corpus": corpus,
                "language": language,
                "context": lemmas,
                "density": share,
                "documents": len(given),
                "results a document": round(results / len(given), 2),
                "stock MB/s": round(size / slow, 3),
                "exact MB/s": round(size / fast, 2),
                "times": round(slow / fast, 1),
                "reached": slow / fast >= LEAST[share],
            }
            print(json.dumps(row, ensure_ascii=False), flush=True)
            assert results == same
            rows.append(row)
    return rows


def parity(count: int) -> dict[str, Any]:
    """Return how many real documents differ, in scores, spans or explanations, with our and a user's recognisers."""
    differing = total = 0
    for corpus, (language, _) in _CORPORA.items():
        engines = _everything(language)
        for share in DENSITIES:
            texts = planted(documents(corpus, -(-count // (len(_CORPORA) * len(DENSITIES)))), share, language)
            differing += len(differences(engines, texts, language, return_decision_process=True))
            total += len(texts)
    return {"documents": total, "differing": differing}


def fuzz(count: int) -> dict[str, Any]:
    """Return which nasty strings differ, by language and seed; those that make both raise the same do not."""
    differing = []
    for number, language in enumerate(_LENGTH):
        seeds = range(number * count // 2, (number + 1) * count // 2)
        found = differences(_everything(language), map(nasty, seeds), language, return_decision_process=True)
        differing += [(language, seeds[place]) for place in found]
    return {"strings": count, "differing": differing}


def _everything(language: str) -> Pair:
    return pair(language, *recognizers(language), *users(language))


def conditions() -> dict[str, Any]:
    """Return what the figures depend on."""
    names = ("presidio-analyzer", "spacy", "regex", "hyperscan", "phonenumbers")
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "unit": "MB (10^6 bytes of UTF-8) per processor second, one process",
        **{name: metadata.version(name) for name in names},
    }


def main() -> None:
    """Measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=300, help="documents of each corpus to be timed")
    options.add_argument("--parity", type=int, default=2000, help="real documents to be compared")
    options.add_argument("--fuzz", type=int, default=100_000, help="nasty strings to be compared")
    given = options.parse_args()
    logging.disable(logging.CRITICAL)
    found = {
        "conditions": conditions(),
        "speed": [row for lemmas in (False, True) for row in measure(given.documents, lemmas=lemmas)],
        "parity": parity(given.parity),
        "fuzz": fuzz(given.fuzz),
    }
    print(json.dumps({name: found[name] for name in ("conditions", "parity", "fuzz")}, indent=1))
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
