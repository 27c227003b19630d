"""Texts outside copyright or freely licensed, as lines without names: what ordinary Chinese looks like.

Word statistics are gathered here too: which strings of two to four characters hold together so well, and are so free on
both sides, that they are words.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pii.names import lexicon

_HAN = re.compile("[\u4e00-\u9fff]+")
_SIGNED = re.compile(
    r"(?:主席|总理|委员长|部长|局长|署长|主任|院长|检察长|行长|省长|市长|会长)[ 　\t：:]*"
    r"[\u4e00-\u9fff][ 　]*[\u4e00-\u9fff]{1,3}(?=\W|$)"
)
"""Who signs a statute is a name, and the sentence then no sentence without one."""
_END = re.compile("(?<=[。；！？\n])")


def sentences(path: Path, longest: int = 160) -> Iterator[str]:
    """Yield the sentences of a collection (``text.jsonl``), without lines in which somebody signs."""
    table = str.maketrans(lexicon.simplified())
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for part in json.loads(line)["text"].splitlines():
                if not _HAN.search(part) or _SIGNED.search(part):
                    continue
                for sentence in _END.split(part.translate(table)):
                    if sentence.strip():
                        yield sentence.strip()[:longest]


def clauses(texts: Iterable[str]) -> list[str]:
    """Return the clauses of 4 to 18 Han characters."""
    return [
        part
        for text in texts
        for part in re.split("[，。；：、！？]", text)
        if 4 <= len(part) <= 18 and _HAN.fullmatch(part)
    ]


def words(texts: Iterable[str], least: int = 8) -> list[str]:
    """Return strings that are words by association and freedom of their neighbours.

    Association is the pointwise mutual information of the best cut; freedom the entropy of the characters on either
    side (branching entropy).

    Args:
        texts: Sentences.
        least: Occurrences below which a string is not looked at.
    """
    counts: Counter[str] = Counter()
    runs = [run for text in texts for run in _HAN.findall(text)]
    for run in runs:
        for length in (1, 2, 3, 4):
            counts.update(run[at : at + length] for at in range(len(run) - length + 1))
    total = sum(count for word, count in counts.items() if len(word) == 1)
    held = {
        word
        for word, count in counts.items()
        if count >= least and len(word) > 1 and _association(word, counts, total) > (2.0 if len(word) == 2 else 5.0)
    }
    left: dict[str, Counter[str]] = {word: Counter() for word in held}
    right: dict[str, Counter[str]] = {word: Counter() for word in held}
    for run in runs:
        for length in (2, 3, 4):
            for at in range(len(run) - length + 1):
                word = run[at : at + length]
                if word in held:
                    left[word][run[at - 1] if at else "^"] += 1
                    end = at + length
                    right[word][run[end] if end < len(run) else "$"] += 1
    return sorted(word for word in held if min(_entropy(left[word]), _entropy(right[word])) > 1.2)


def _association(word: str, counts: Mapping[str, int], total: int) -> float:
    return min(
        math.log2(counts[word] * total / (counts[word[:cut]] * counts[word[cut:]])) for cut in range(1, len(word))
    )


def _entropy(counter: Counter[str]) -> float:
    total = sum(counter.values())
    return -sum(count / total * math.log2(count / total) for count in counter.values())
