"""What an item's metadata must lead to, by the kind of its source (R-121)."""

import pyarrow as pa
import pytest

from corpus import intake
from corpus.readers import Record
from corpus.stage import fill
from corpus.stages.describe import DescribeItems, MetadataParams
from provenance.ids import FileId
from rules import metadata, source_kinds
from rules.metadata import Carried


def batch(**columns: list[object]) -> pa.RecordBatch:
    """Return two undecided items with some columns filled."""
    records = [Record(place, 1, bytes([place]) * 32, "x", None, "") for place in (1, 2)]
    return fill(intake._batch([(FileId(b"f" * 16), record) for record in records]), **columns)


@pytest.mark.parametrize(
    ("item", "columns", "described"),
    [
        ("", {}, [True, True]),
        ("url", {"url_key": [b"k" * 16, None]}, [True, False]),
        ("user", {"user_key": [None, b"k" * 16]}, [False, True]),
        ("version", {"version_known": [True, False]}, [True, False]),
    ],
)
def test_an_item_is_described_by_what_it_carries(
    item: Carried, columns: dict[str, list[object]], described: list[bool]
) -> None:
    """Web pages need an address that can be read, user input a user, synthetic items a version, others nothing."""
    assert DescribeItems(MetadataParams(item, is_declared=True))(batch(**columns))["described"].to_pylist() == described
    undeclared = DescribeItems(MetadataParams(item, is_declared=False))(batch(**columns))
    assert undeclared["described"].to_pylist() == [False, False]


def test_a_decided_item_is_described_too() -> None:
    """Metadata do not depend on what became of an item."""
    items = batch(disposition=["quarantined", "rejected"], reason=["broken-json", "file-empty"])
    assert DescribeItems(MetadataParams(is_declared=True))(items)["described"].to_pylist() == [True, True]


def test_every_kind_of_source_has_its_rule() -> None:
    """Each kind is told what its items need, by fields that a declaration of the kind has."""
    needed = metadata.load()
    assert needed.keys() == source_kinds.load().keys()
    for name, kind in source_kinds.load().items():
        own = {f"details.{field.name}" for field in kind.fields}
        assert set(needed[name].declared) <= own | {"name"}, name
