"""Names of items survive printing, packing and sorting, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import GovernanceError
from provenance.ids import FileId, ItemId, digest, file_id, item_key, new_workspace_id, source_id

items = st.builds(ItemId, st.binary(min_size=16, max_size=16).map(FileId), st.integers(0, 2**64 - 1))


@given(items)
def test_an_item_id_comes_back_from_its_printed_form(item: ItemId) -> None:
    """What is printed is read back as the same item, for every file and every position."""
    assert ItemId.parse(str(item)) == item


@given(items, items)
def test_packed_items_sort_as_items_do(one: ItemId, other: ItemId) -> None:
    """The 24 bytes of two items compare as the items do, so a sorted file of keys is sorted by item."""
    assert (one.encode() < other.encode()) == (one < other)
    assert len(one.encode()) == 24


@given(st.text(max_size=60))
def test_a_text_is_an_item_id_only_if_it_prints_as_one(text: str) -> None:
    """Any text is either refused with an error for people, or is exactly what its item prints."""
    try:
        printed = str(ItemId.parse(text))
    except GovernanceError:
        return
    assert printed == text


@pytest.mark.parametrize(
    "text",
    [
        f"i1-{'a' * 26}-{2**64}",
        f"i1-{'a' * 26}-01",
        f"i1-{'a' * 25}-1",
        f"i1-{'A' * 26}-1",
        f"i2-{'a' * 26}-1",
        f"i1-{'a' * 26}-1\n",
        f"i1-{'a' * 26}-\u0661",
    ],
)
def test_what_is_nearly_an_item_id_is_refused(text: str) -> None:
    """A too large or padded position, other letters or other digits make no item id; its neighbour does."""
    assert str(ItemId.parse(f"i1-{'a' * 26}-{2**64 - 1}")).endswith(str(2**64 - 1))
    with pytest.raises(GovernanceError):
        ItemId.parse(text)


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_file_is_named_by_workspace_source_and_bytes(one: bytes, other: bytes) -> None:
    """Other bytes, another source or another workspace give another file; the same three the same."""
    workspace, source = new_workspace_id(), source_id("news")
    name = file_id(workspace, source, digest(one))
    assert name == file_id(workspace, source, digest(one))
    assert (name == file_id(workspace, source, digest(other))) == (one == other)
    assert name != file_id(workspace, source_id("news-2"), digest(one))
    assert name != file_id(new_workspace_id(), source, digest(one))


@given(items, items)
def test_item_keys_differ_by_item_and_by_workspace_key(one: ItemId, other: ItemId) -> None:
    """Two items share no key, and without the workspace's key none can be told."""
    assert (item_key(b"k" * 32, one) == item_key(b"k" * 32, other)) == (one == other)
    assert item_key(b"k" * 32, one) != item_key(b"l" * 32, one)


@given(st.text(max_size=70))
def test_a_source_id_is_safe_in_any_path(text: str) -> None:
    """Whatever is accepted as a source id is lower-case ASCII without dots or slashes."""
    try:
        name = source_id(text)
    except GovernanceError:
        return
    assert name == text
    assert 0 < len(name) < 64
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
