"""Measures the search for near duplicates against rensa and datasketch in the same run, and what it finds.

    python -P benchmarks/near_duplicates.py [--documents N] [--runs N]

Documents are cut from the four real corpora to a mean of 1.4 kB; the peers get the same character n-grams. Times are
processor seconds of one process; every tool runs on the same documents, the slower ones on the first few thousand.
Recall is measured on generated pairs spread evenly over Jaccard 0.8 to 1.0 and on short texts apart.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np

from benchmarks import real_corpora
from corpus.near.clusters import Candidate, resemblances
from corpus.near.compare import Comparer, compare
from corpus.near.signatures import Places, SignatureParams, Signer, Words

PARAMS = SignatureParams(b"benchmark".ljust(32))
LIMIT = 800_000
MOST = 64
_OUT = Path("build/bench/near_duplicates.json")
_DOCUMENT = 840
_SHORTEST = 100


def documents(count: int) -> list[str]:
    """Cut the real corpora into documents, mixed by a fixed seed."""
    found = []
    for corpus in real_corpora.corpora():
        for line in corpus.file.open("rb"):
            text = " ".join(json.loads(line)["text"].split())
            found += [text[at : at + _DOCUMENT] for at in range(0, len(text), _DOCUMENT)]
    found = [text for text in found if len(text) >= _SHORTEST]
    random.Random(1).shuffle(found)
    return found[:count]


def ours(texts: Sequence[str]) -> int:
    """Sign, find the candidates, compare each exactly; return how many repeat another."""
    signer = Signer(PARAMS)
    parts = [signer.sign(texts[at : at + 2_000]) for at in range(0, len(texts), 2_000)]
    sizes = np.concatenate([np.diff(part.offsets) for part in parts])
    candidates = shared(np.concatenate([part.keys for part in parts]), sizes)
    return sum(1 for _ in resemblances(candidates, Comparer(texts.__getitem__, PARAMS, LIMIT), MOST))


def shared(bands: Words, sizes: Places) -> Iterator[Candidate[int]]:
    """Sort all bands and yield the texts that share any, with those; the band sort that DuckDB does in a job."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(bands, kind="stable")
    equal = bands[order][1:] == bands[order][:-1]
    meets = np.zeros(len(bands), bool)
    meets[order[1:][equal]] = meets[order[:-1][equal]] = True
    places = np.flatnonzero(meets)
    names, begins = np.unique(owner[places], return_index=True)
    for name, own in zip(names, np.split(places, begins[1:]), strict=True):
        yield Candidate(int(name), bands[own].tolist())


def grams(text: str) -> set[str]:
    """Return a text's n-grams for the peers."""
    return {text[at : at + 5] for at in range(len(text) - 4)}


def with_rensa(texts: Sequence[str]) -> int:
    """Sign and look up by rensa's RMinHash and its LSH; nothing is verified."""
    import rensa

    index, found = rensa.RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16), 0
    for at, text in enumerate(texts):
        signature = rensa.RMinHash(num_perm=128, seed=1)
        signature.update(list(grams(text)))
        found += bool(index.query(signature))
        index.insert(at, signature)
    return found


def with_datasketch(texts: Sequence[str]) -> int:
    """Sign and look up by datasketch's MinHash and its LSH; nothing is verified."""
    import datasketch

    index, found = datasketch.MinHashLSH(num_perm=128, params=(16, 8)), 0
    for at, text in enumerate(texts):
        signature = datasketch.MinHash(num_perm=128)
        signature.update_batch([gram.encode() for gram in grams(text)])
        found += bool(index.query(signature))
        index.insert(at, signature)
    return found


def rate(search: Callable[[Sequence[str]], int], texts: Sequence[str], runs: int) -> dict[str, float]:
    """Return documents per processor second, the median over runs, and what was found."""
    rates, found = [], 0
    for _ in range(runs):
        begin = time.process_time()
        found = search(texts)
        rates.append(len(texts) / (time.process_time() - begin))
    return {
        "documents": len(texts),
        "per_s": statistics.median(rates),
        "least": min(rates),
        "most": max(rates),
        "found": found,
    }


def pairs(texts: Sequence[str], count: int, dice: random.Random) -> Iterator[tuple[str, str, float]]:
    """Yield texts with an edited copy each, spread evenly over Jaccard 0.8 to 1.0 by what their edits reached."""
    letters = "".join(texts[:500])
    while count:
        text = dice.choice(texts)
        wanted, copy = dice.uniform(0.8, 1.0), list(text)
        while True:
            place, kind = dice.randrange(len(copy)), dice.randrange(3)
            copy[place : place + (kind != 1)] = [] if kind == 2 else [dice.choice(letters)]
            edited = "".join(copy)
            similarity = compare(text, edited, PARAMS.gram_of(len(text), len(edited))).millionths / 1e6
            if similarity <= wanted:
                break
        if similarity >= 0.8:
            count -= 1
            yield text, edited, similarity


def recall(texts: Sequence[str], count: int) -> dict[str, dict[str, float]]:
    """Return recall by similarity in steps of 0.05, and in all."""
    signer, met, all_ = Signer(PARAMS), Counter[str](), Counter[str]()
    for text, edited, similarity in pairs(texts, count, random.Random(2)):
        signed = signer.sign([text, edited])
        first, second = signed.of(0), signed.of(1)
        for step in (f"{int(similarity * 20) / 20:.2f}", "all"):
            all_[step] += 1
            met[step] += not set(first).isdisjoint(second)
    return {step: {"pairs": all_[step], "recall": met[step] / all_[step]} for step in sorted(all_)}


def marked_under_limit(texts: Sequence[str]) -> int:
    """Count the marks whose pair is under the limit when compared again, by brute force."""
    signed = Signer(PARAMS).sign(texts)
    candidates = shared(signed.keys, np.diff(signed.offsets))
    found = resemblances(candidates, Comparer(texts.__getitem__, PARAMS, LIMIT), MOST)
    again = (
        compare(texts[each.name], texts[each.keeper], PARAMS.gram_of(len(texts[each.name]), len(texts[each.keeper])))
        for each in found
    )
    return sum(not similarity.reaches(LIMIT) for similarity in again)


def short_texts(texts: Sequence[str], count: int) -> list[str]:
    """Cut texts under the bound of the long scheme, down to a dozen characters."""
    dice = random.Random(3)
    return [text[: dice.randrange(12, PARAMS.long_from)] for text in dice.sample(list(texts), count)]


def short_precision(texts: Sequence[str]) -> dict[str, float]:
    """Compare every pair of some short texts, and say which pairs that share a band are alike, and the reverse."""
    signed = Signer(PARAMS).sign(texts)
    keys = [set(signed.of(at)) for at in range(len(texts))]
    proposed = alike = both = 0
    for at, text in enumerate(texts):
        for other in range(at):
            meets = not keys[at].isdisjoint(keys[other])
            is_alike = compare(text, texts[other], PARAMS.short.gram).reaches(LIMIT)
            proposed, alike, both = proposed + meets, alike + is_alike, both + (meets and is_alike)
    return {"texts": len(texts), "proposed": proposed, "alike": alike, "proposed_and_alike": both}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    texts = documents(asked.documents)
    ours(texts[:500])  # what is built once in a process is not the search's
    figures = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "versions": {name: metadata.version(name) for name in ("numpy", "rensa", "datasketch")},
        "mean_bytes": statistics.mean(len(text.encode()) for text in texts),
        "ours": rate(ours, texts, asked.runs),
        "rensa": rate(with_rensa, texts[:8_000], asked.runs),
        "datasketch": rate(with_datasketch, texts[:2_000], min(asked.runs, 3)),
        "marked_under_limit": marked_under_limit(texts),
        "recall": recall(texts, 4_000),
        "recall_short": recall(short_texts(texts, 2_000), 2_000),
        "short_pairs": short_precision(short_texts(texts, 700)),
    }
    figures["times_rensa"] = figures["ours"]["per_s"] / figures["rensa"]["per_s"]
    figures["times_datasketch"] = figures["ours"]["per_s"] / figures["datasketch"]["per_s"]
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_text(json.dumps(figures, indent=1))
    json.dump(figures, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
