"""What items add to the facts: counted in groups it is the same as counted one by one."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import measure
from corpus.measure import Kinds, cells
from corpus.schema import ITEM
from provenance.cells import Cells

KINDS = Kinds({"strict": frozenset({"ID_CARD"})}, {"*29": frozenset({"A1a", "A1d"})})

PI = st.lists(
    st.builds(
        lambda entity: {"entity": entity, "treatment": "replace", "start": 0, "end": 1, "score": 1},
        st.sampled_from(["MOBILE", "ID_CARD"]),
    ),
    max_size=3,
)
RISKS = st.lists(
    st.builds(
        lambda risk, grade, hits: {"risk": risk, "method": "keyword", "grade": grade, "hits": hits},
        st.sampled_from(["A1a", "A1d", "A2c"]),
        st.sampled_from(["A", "B"]),
        st.integers(1, 3),
    ),
    max_size=2,
    unique_by=lambda each: (each["risk"], each["grade"]),
)
STATES = [("admitted", ""), ("admitted", "released"), ("quarantined", "risk-keyword"), ("rejected", "file-empty")]


@st.composite
def item(draw: st.DrawFn) -> dict[str, Any]:
    """Return a row at rest."""
    state = draw(st.sampled_from(STATES))
    row: dict[str, Any] = {field.name: None if field.nullable else _empty(field.type) for field in ITEM}
    return row | {
        "file": draw(st.sampled_from([bytes(16), b"f" * 16])),
        "raw_digest": b"d" * 32,
        "type": draw(st.sampled_from(["zh_text", "code"])),
        "disposition": state[0],
        "reason": state[1],
        "intake_bytes": draw(st.integers(0, 9)),
        "bytes": draw(st.integers(0, 9)),
        "tokens": draw(st.integers(0, 9)),
        "screened": draw(st.booleans()),
        "generated": draw(st.sampled_from(["", "", "", "stated"])),
        "pi": draw(PI),
        "risk_counts": draw(RISKS),
    }


def _empty(kind: pa.DataType) -> object:
    if pa.types.is_list(kind):
        return []
    return {"bool": False, "string": "", "int32": 0, "int64": 0, "uint64": 0}.get(str(kind), b"\0" * 16)


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=ITEM)


def _one_by_one(rows: list[dict[str, Any]]) -> Cells:
    return sum((cells(_table([row]), KINDS) for row in rows), start=Cells())


def _plainly(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Count a few things without any of the code under test."""
    return {
        "items": len(rows),
        "admitted": sum(row["disposition"] == "admitted" for row in rows),
        "bytes": sum(row["bytes"] for row in rows if row["disposition"] == "admitted"),
        "intake": sum(row["intake_bytes"] for row in rows),
        "located": sum(any(row["file"]) for row in rows),
        "mobiles": sum(each["entity"] == "MOBILE" for row in rows for each in row["pi"]),
        "cleared": sum(bool(row["risk_counts"]) for row in rows if row["reason"] == "released"),
        "hits": sum(each["hits"] for row in rows for each in row["risk_counts"]),
    }


def _told(found: Cells) -> dict[str, int]:
    told: Counter[str] = Counter()
    for part, n in found.family("item"):
        told["items" if part["measure"] == "items" else part["measure"]] += n
        told["admitted"] += n if (part["measure"], part["disposition"]) == ("items", "admitted") else 0
    for part, n in found.family("meta"):
        told["located"] += n if (part["check"], part["ok"]) == ("R-120", "1") else 0
    for part, n in found.family("pi"):
        told["mobiles"] += n if (part["entity"], part["measure"]) == ("MOBILE", "occurrences") else 0
    for part, n in found.family("risk"):
        if part["risk"] == "*any":
            told["hits"] += n if part["measure"] == "hits" else 0
            told["cleared"] += n if (part["measure"], part["method"]) == ("items", "cleared") else 0
    told["intake"] = told["intake_bytes"]
    return {name: told[name] for name in _plainly([])}


@settings(max_examples=120, deadline=None)
@given(st.lists(item(), max_size=12))
def test_groups_count_what_single_items_count(rows: list[dict[str, Any]]) -> None:
    """However many rows are alike, the cells are those of the rows one by one, and what a plain count gives."""
    found = cells(_table(rows), KINDS)
    assert found == _one_by_one(rows)
    assert _told(found) == _plainly(rows)


def test_groups_that_stand_for_one_item_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bug, a group counted as one item, contradicts the plain count."""
    rows = [_alike() for _ in range(3)]
    assert _told(cells(_table(rows), KINDS)) == _plainly(rows)
    parted = measure._parted

    def forgetful(items: pa.Table) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        plain, marked = parted(items)
        return [row | {"items": 1} for row in plain], marked

    monkeypatch.setattr(measure, "_parted", forgetful)
    assert _told(cells(_table(rows), KINDS)) != _plainly(rows)


def _alike() -> dict[str, Any]:
    row: dict[str, Any] = {field.name: None if field.nullable else _empty(field.type) for field in ITEM}
    return row | {"file": b"f" * 16, "raw_digest": b"d" * 32, "type": "zh_text", "disposition": "admitted", "bytes": 5}
