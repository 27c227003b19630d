"""Merkle roots and proofs against the vectors that the Certificate Transparency project published."""

import hashlib
import sys
from collections.abc import Iterator

import pytest

from provenance import merkle

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    """The roots of the first one to eight leaves are those that Certificate Transparency publishes."""
    assert merkle.root(LEAVES[:size]) == ROOTS[size - 1]


def test_no_leaves_have_the_root_of_nothing() -> None:
    """The root of an empty tree is the SHA-256 of the empty string (RFC 9162 section 2.1.1)."""
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


def test_a_proof_over_the_published_leaves_is_the_published_one() -> None:
    """The proof for the first of the eight leaves holds the hashes of the vectors, lowest first."""
    assert merkle.inclusion_proof(LEAVES, 0) == (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    )


def test_a_proof_for_a_leaf_that_is_not_there_is_refused() -> None:
    """There is no proof for an index outside the tree."""
    for index in (-1, 8):
        with pytest.raises(IndexError):
            merkle.inclusion_proof(LEAVES, index)


@pytest.mark.parametrize(
    "forge",
    [
        lambda proof: proof[:-1],
        lambda proof: (*proof, proof[-1]),
        lambda proof: proof[::-1],
        lambda proof: ("", *proof[1:]),
        lambda proof: ("x" * 64, *proof[1:]),
        lambda proof: (proof[0][:-2], *proof[1:]),
    ],
)
def test_a_malformed_proof_says_no(forge: object) -> None:
    """A proof cut, lengthened, turned round or of other characters is not accepted, and raises nothing."""
    proof = merkle.inclusion_proof(LEAVES, 5)
    assert merkle.is_included(LEAVES[5], 5, 8, proof, merkle.root(LEAVES))
    assert callable(forge)
    assert not merkle.is_included(LEAVES[5], 5, 8, forge(proof), merkle.root(LEAVES))


def test_a_growing_tree_keeps_one_hash_per_level() -> None:
    """A tree over a hundred thousand leaves holds no more than seventeen hashes."""
    tree = merkle.Tree()
    most = 0
    for n in range(100_000):
        tree.add(b"%d" % n)
        most = max(most, len(tree._peaks))
    assert most <= 17
    assert sys.getsizeof(tree._peaks) < 1000


def test_content_roots_have_leaves_of_sixteen_rows() -> None:
    """Rows are joined by sixteens, the rest is the last leaf, and rows may come as a stream."""
    rows = [b"%04d" % n for n in range(40)]

    def streamed() -> Iterator[bytes]:
        yield from rows

    leaves = [b"".join(rows[:16]), b"".join(rows[16:32]), b"".join(rows[32:])]
    assert merkle.content_root(streamed()) == merkle.root(leaves)
    assert merkle.content_root([]) == merkle.root([])


def test_rows_of_two_widths_have_no_content_root() -> None:
    """Rows of different widths are refused: ``ab`` + ``c`` and ``a`` + ``bc`` would have one root."""
    assert merkle.content_root([b"ab", b"cd"])
    with pytest.raises(ValueError, match="2 and of 1 bytes"):
        merkle.content_root([b"ab", b"c"])
