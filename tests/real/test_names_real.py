"""Names on real annotated sets and in texts without names: the figures that are promised, with the shipped weights.

The sets are for measuring only; nothing of them is printed.
"""

import json
from pathlib import Path

import pytest

from benchmarks import pii_names
from pii.names.finder import Finder

pytestmark = pytest.mark.realdata


def measured(examples: list[pii_names.Example], finder: Finder) -> tuple[float, float]:
    """Return precision and recall over characters."""
    hit = said = there = 0
    for text, names in examples:
        gold = {at for start, end in names for at in range(start, end)}
        ours = {at for each in finder.find(text) for at in range(each.start, each.end)}
        hit, said, there = hit + len(gold & ours), said + len(ours), there + len(gold)
    return hit / said, hit / there


@pytest.mark.parametrize("setting", ["balanced", "recall"])
def test_names_in_news_and_microblogs(setting: str) -> None:
    """People's Daily: recall 0.80 at precision 0.70; Weibo PER.NAM, all parts: 0.55 at 0.45; at both settings."""
    finder = Finder(setting)  # type: ignore[arg-type] # a parameter of the test
    precision, recall = measured(pii_names.peoples_daily(), finder)
    assert (precision >= 0.70, recall >= 0.80) == (True, True)
    precision, recall = measured(pii_names.weibo("train", "dev", "test"), finder)
    assert (precision >= 0.45, recall >= 0.55) == (True, True)


@pytest.mark.parametrize("name", pii_names.PLAIN)
def test_few_finds_where_hardly_anybody_is_named(name: str) -> None:
    """Statutes and manuals have at most two finds per megabyte at the balanced setting, true ones counted too."""
    path: Path = pii_names.DATA / name / "text.jsonl"
    texts = [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines()]
    finder = Finder()
    finds = sum(len(finder.find(text)) for text in texts)
    assert finds <= 2 * sum(len(text.encode()) for text in texts) / 1e6
