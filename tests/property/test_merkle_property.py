"""Merkle trees hold for any leaves: one root by two ways, every true proof accepted, no false one."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import merkle

leaves_of_any_kind = st.lists(st.binary(max_size=40), min_size=1, max_size=64)


def by_definition(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 9162 section 2.1.1 defines it, by recursion."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@given(leaves_of_any_kind)
@settings(max_examples=60, deadline=None)
def test_the_streamed_root_is_the_defined_one(leaves: list[bytes]) -> None:
    """Building leaf by leaf gives the root that the recursive definition gives."""
    assert merkle.root(leaves) == by_definition(leaves).hex()


@given(leaves_of_any_kind, st.data())
@settings(max_examples=60, deadline=None)
def test_true_proofs_hold_and_others_do_not(leaves: list[bytes], data: st.DataObject) -> None:
    """A proof holds for its own leaf, index, size and root; with any one of them changed it does not."""
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, proof = merkle.root(leaves), merkle.inclusion_proof(leaves, index)
    assert merkle.is_included(leaves[index], index, len(leaves), proof, root)
    other = data.draw(st.binary(max_size=40).filter(lambda leaf: leaf != leaves[index]))
    assert not merkle.is_included(other, index, len(leaves), proof, root)
    assert not merkle.is_included(leaves[index], index, len(leaves), proof, merkle.root([*leaves, b""]))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        digit = "0" if proof[at][0] != "0" else "1"
        forged = (*proof[:at], type(proof[at])(digit + proof[at][1:]), *proof[at + 1 :])
        assert not merkle.is_included(leaves[index], index, len(leaves), forged, root)
        assert not merkle.is_included(leaves[index], index, len(leaves), proof[:-1], root)


def test_no_false_accept_in_any_tree_up_to_64_leaves() -> None:
    """In every tree of 1 to 64 different leaves a proof is good for its own leaf at its own index and no other."""
    for size in range(1, 65):
        leaves = [b"%d" % n for n in range(size)]
        root = merkle.root(leaves)
        for index, leaf in enumerate(leaves):
            proof = merkle.inclusion_proof(leaves, index)
            assert merkle.is_included(leaf, index, size, proof, root)
            for near in {index - 1, index + 1, size - 1 - index, size} - {index}:
                assert not merkle.is_included(leaf, near, size, proof, root)
                if 0 <= near < size:
                    assert not merkle.is_included(leaves[near], index, size, proof, root)


@given(st.lists(st.binary(min_size=8, max_size=8), max_size=100), st.data())
@settings(max_examples=60, deadline=None)
def test_a_content_root_tells_rows_apart(rows: list[bytes], data: st.DataObject) -> None:
    """One changed row, one row more and two rows exchanged give other content roots."""
    root = merkle.content_root(rows)
    assert merkle.content_root([*rows, bytes(8)]) != root
    if rows:
        at = data.draw(st.integers(0, len(rows) - 1))
        changed = [*rows[:at], bytes(a ^ 255 for a in rows[at]), *rows[at + 1 :]]
        assert merkle.content_root(changed) != root
        moved = [*rows[:at], *rows[at + 1 :], rows[at]]
        assert (merkle.content_root(moved) == root) == (moved == rows)
