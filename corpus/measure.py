"""What an item weighs, and what a batch adds to the facts: both computed from the items alone.

Cells can be counted again from a shard at any time, and must then be the same; nothing is kept beside them.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from corpus.schema import ADMITTED, QUARANTINED, RELEASED
from corpus.stage import fill
from corpus.stages.tokens import TokenCounter
from provenance.cells import Cells, Key
from provenance.ids import FileId, ItemId, item_key

_KEPT = (ADMITTED, QUARANTINED)
_CLEARED = "cleared"

COLUMNS = (
    "file",
    "raw_digest",
    "type",
    "language",
    "disposition",
    "reason",
    "intake_bytes",
    "bytes",
    "tokens",
    "duration_ms",
    "screened",
    "generated",
    "version_known",
    "notices",
    "described",
    "pi",
    "risk_counts",
)
"""What :func:`cells` reads of an item; everything else of a row may be left in its file."""


@dataclass(frozen=True)
class WeighText:
    """Measure the released text of kept items and commit to it; forget the text of all others.

    A kept medium has no text and weighs what its file does.

    The commitment is SHA-256 over the item key and the text, so that it says nothing to who lacks the key, and a seal
    over it stays valid when the text is erased.
    """

    workspace_key: bytes = field(repr=False)
    counter: TokenCounter
    name: ClassVar[str] = "weigh-text"
    version: ClassVar[str] = "2"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text, disposition, mime, intake_bytes; writes text, commitment, bytes, tokens; as many rows."""
        files, positions = batch["file"].to_pylist(), batch["position"].to_pylist()
        dispositions = batch["disposition"].to_pylist()
        texts = [
            text if disposition in _KEPT else None
            for text, disposition in zip(batch["text"].to_pylist(), dispositions, strict=True)
        ]
        tokens = self.counter.count([text or "" for text in texts])
        sizes = [
            size if mime and disposition in _KEPT else 0
            for size, mime, disposition in zip(
                batch["intake_bytes"].to_pylist(), batch["mime"].to_pylist(), dispositions, strict=True
            )
        ]
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
    plain, marked = _parted(items)
    for row in (*plain, *marked):
        _count_item(counts, row)
        _count_checks(counts, row)
    for row in marked:
        if row["generated"]:
            _count_generated(counts, row)
        if row["notices"]:
            _count_notices(counts, row["notices"], row["disposition"])
        if row["pi"]:
            _count_pi(counts, row["pi"], row["disposition"], kinds.sensitive)
        if row["risk_counts"]:
            _count_risk(counts, row["risk_counts"], row["disposition"], row["reason"], kinds.groups)
    return Cells.of(counts)


_ALIKE = ("type", "language", "disposition", "reason", "screened", "described", "has_locator")
_SUMS = ("intake_bytes", "bytes", "tokens", "duration_ms", "items")


def _parted(items: pa.Table | pa.RecordBatch) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return groups of items in which nothing was found, and one by one those in which anything was.

    Either has ``items``, how many it stands for; a million items in which nothing was found are a handful of groups.
    """
    rows = pa.table({name: items[name] for name in COLUMNS if name not in ("file", "raw_digest")})
    has_locator = pc.and_(_says_anything(items["file"]), _says_anything(items["raw_digest"]))
    rows = rows.append_column("has_locator", has_locator)
    rows = rows.append_column("items", pa.repeat(1, rows.num_rows))
    is_marked = pc.not_equal(rows["generated"], "")
    for name in ("notices", "pi", "risk_counts"):
        is_marked = pc.or_(is_marked, pc.greater(pc.list_value_length(rows[name]), 0))
    groups = rows.filter(pc.invert(is_marked)).group_by(list(_ALIKE)).aggregate([(name, "sum") for name in _SUMS])
    plain = groups.rename_columns({f"{name}_sum": name for name in _SUMS}).append_column(
        "notices", pa.nulls(groups.num_rows)
    )
    return plain.append_column("generated", pa.nulls(groups.num_rows)).to_pylist(), rows.filter(is_marked).to_pylist()


def _says_anything(digests: pa.Array) -> pa.BooleanArray:
    return pc.not_equal(digests, pa.scalar(bytes(digests.type.byte_width), digests.type))


def _count_item(counts: Counter[Key], row: Mapping[str, Any]) -> None:
    disposition = row["disposition"]
    key = ("item", row["type"], row["language"], disposition, row["reason"])
    counts[(*key, "items")] += row["items"]
    counts[(*key, "intake_bytes")] += row["intake_bytes"]
    if row["duration_ms"]:
        counts[(*key, "duration_ms")] += row["duration_ms"]
    if disposition == ADMITTED:
        counts[(*key, "bytes")] += row["bytes"]
        counts[(*key, "tokens")] += row["tokens"]


def _count_checks(counts: Counter[Key], row: Mapping[str, Any]) -> None:
    """Count which checks an item meets: locator and digest, metadata of its kind, screens, notices, labels.

    Labels and notices are looked for before risks, so what was screened was looked through for them too; an item that
    was kept out for its notices had them looked for.
    """
    was_scanned = row["screened"] or bool(row["notices"])
    outcomes = {
        "R-120": row["has_locator"],
        "R-121": row["described"],
        "R-122": row["screened"],
        "R-123": was_scanned,
        "R-300": was_scanned or bool(row["generated"]),
    }
    for check, is_met in outcomes.items():
        counts[("meta", check, "1" if is_met else "0", row["disposition"], "items")] += row["items"]


def _count_generated(counts: Counter[Key], row: Mapping[str, Any]) -> None:
    """Count a synthetic item (合成语料): its label, and the checks that hold for it alone."""
    disposition = row["disposition"]
    version = "known" if row["version_known"] else "unknown"
    counts[("label", row["generated"], version, disposition, "items")] += 1
    outcomes = {
        "R-143": row["version_known"],
        "R-145": row["screened"],
        "R-146": disposition != ADMITTED or row["reason"] == RELEASED or not row["risk_counts"],
    }
    for check, is_met in outcomes.items():
        counts[("meta", check, "1" if is_met else "0", disposition, "items")] += 1


def _count_notices(counts: Counter[Key], found: Iterable[Mapping[str, Any]], disposition: str) -> None:
    for notice in {"*any", *(each["notice"] for each in found)}:
        counts[("ip", notice, disposition, "items")] += 1


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
    reason: str,
    groups: Mapping[str, Collection[str]],
) -> None:
    """Count risks by method and grade, and over risks; what a person let in after a look has the method ``cleared``."""
    is_cleared = reason == RELEASED
    union = _CLEARED if is_cleared else "*any"
    hits: Counter[tuple[str, str, str]] = Counter()
    for each in found:
        hits[each["risk"], _CLEARED if is_cleared else each["method"], each["grade"]] += each["hits"]
    together = hits.copy()
    for (risk, method, _), n in hits.items():
        together[risk, method, "*any"] += n
        together["*any", union, "*any"] += n
        for group, risks in groups.items():
            if risk in risks:
                together[group, union, "*any"] += n
    for (risk, method, grade), n in together.items():
        counts[("risk", risk, method, grade, disposition, "items")] += 1
        counts[("risk", risk, method, grade, disposition, "hits")] += n
