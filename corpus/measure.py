"""What an item weighs, and what a batch adds to the facts: both computed from the items alone.

Cells can be counted again from a shard at any time, and must then be the same; nothing is kept beside them.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pyarrow as pa

from corpus.schema import ADMITTED, QUARANTINED
from corpus.stage import fill
from corpus.tokens import TokenCounter
from provenance.cells import Cells, Key
from provenance.ids import FileId, ItemId, item_key

_KEPT = (ADMITTED, QUARANTINED)


@dataclass(frozen=True)
class WeighText:
    """Measure the released text of kept items and commit to it; forget the text of all others.

    The commitment is SHA-256 over the item key and the text, so that it says nothing to who lacks the key, and a seal
    over it stays valid when the text is erased.
    """

    workspace_key: bytes = field(repr=False)
    counter: TokenCounter
    name: ClassVar[str] = "weigh-text"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text, disposition; writes text, commitment, bytes, tokens; n rows in, n rows out, same order."""
        files, positions = batch["file"].to_pylist(), batch["position"].to_pylist()
        dispositions = batch["disposition"].to_pylist()
        texts = [
            text if disposition in _KEPT else None
            for text, disposition in zip(batch["text"].to_pylist(), dispositions, strict=True)
        ]
        tokens = self.counter.count([text or "" for text in texts])
        sizes = [0] * len(texts)
        commitments: list[bytes | None] = [None] * len(texts)
        for row, text in enumerate(texts):
            if text is not None:
                encoded = text.encode()
                key = item_key(self.workspace_key, ItemId(FileId(files[row]), positions[row]))
                sizes[row] = len(encoded)
                commitments[row] = hashlib.sha256(key + encoded).digest()
        return fill(batch, text=texts, commitment=commitments, bytes=sizes, tokens=tokens)


@dataclass(frozen=True)
class Kinds:
    """Which entities and risks are counted together, told by the rules.

    Attributes:
        sensitive: For each profile, the sensitive types of personal information (敏感个人信息).
        groups: For each group of risks (``*29``, ``*17``), the risks in it.
    """

    sensitive: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]


def cells(items: pa.Table | pa.RecordBatch, kinds: Kinds) -> Cells:
    """Count what these items add to the facts.

    Args:
        items: Rows of schema ``ITEM``, or more columns.
        kinds: What is counted together.
    """
    counts: Counter[Key] = Counter()
    columns = ["type", "language", "disposition", "reason", "intake_bytes", "bytes", "tokens", "screened"]
    for row in items.select([*columns, "pi", "risk_counts"]).to_pylist():
        _count_item(counts, row)
        if row["pi"]:
            _count_pi(counts, row["pi"], row["disposition"], kinds.sensitive)
        if row["risk_counts"]:
            _count_risk(counts, row["risk_counts"], row["disposition"], kinds.groups)
    return Cells.of(counts)


def _count_item(counts: Counter[Key], row: Mapping[str, Any]) -> None:
    disposition = row["disposition"]
    key = ("item", row["type"], row["language"], disposition, row["reason"])
    counts[(*key, "items")] += 1
    counts[(*key, "intake_bytes")] += row["intake_bytes"]
    if disposition == ADMITTED:
        counts[(*key, "bytes")] += row["bytes"]
        counts[(*key, "tokens")] += row["tokens"]
    # Every row has file, position and digest by schema; the check records that none was exempt.
    counts[("meta", "R-120", "1", disposition, "items")] += 1
    counts[("meta", "R-122", "1" if row["screened"] else "0", disposition, "items")] += 1


def _count_pi(
    counts: Counter[Key],
    found: Iterable[Mapping[str, Any]],
    disposition: str,
    sensitive: Mapping[str, Collection[str]],
) -> None:
    occurrences = Counter((each["entity"], each["treatment"]) for each in found)
    groups: Counter[tuple[str, str]] = Counter(occurrences)
    for (entity, _), n in occurrences.items():
        groups["*any", "*any"] += n
        for profile, entities in sensitive.items():
            if entity in entities:
                groups[f"*sensitive:{profile}", "*any"] += n
    for (entity, treatment), n in groups.items():
        counts[("pi", entity, treatment, disposition, "items")] += 1
        counts[("pi", entity, treatment, disposition, "occurrences")] += n


def _count_risk(
    counts: Counter[Key],
    found: Iterable[Mapping[str, Any]],
    disposition: str,
    groups: Mapping[str, Collection[str]],
) -> None:
    hits = {(each["risk"], each["method"], each["grade"]): each["hits"] for each in found}
    together: Counter[tuple[str, str, str]] = Counter(hits)
    for (risk, method, _), n in hits.items():
        together[risk, method, "*any"] += n
        together["*any", "*any", "*any"] += n
        for group, risks in groups.items():
            if risk in risks:
                together[group, "*any", "*any"] += n
    for (risk, method, grade), n in together.items():
        counts[("risk", risk, method, grade, disposition, "items")] += 1
        counts[("risk", risk, method, grade, disposition, "hits")] += n
