"""Merkle trees as Certificate Transparency builds them (RFC 9162 section 2.1): one digest over many leaves.

- A leaf's hash is ``SHA-256(0x00 || leaf)``, a node's ``SHA-256(0x01 || left || right)``; so no leaf can be taken for
  a node.
- Roots are built leaf by leaf and keep one hash per level: a million leaves need twenty hashes of memory.
- Hashes are printed as hexadecimal digits, so that a proof can stand in a JSON file as it is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from provenance.ids import Digest

ROWS_PER_LEAF = 16
"""Rows of a shard in one leaf of its content root: ten times the speed of a leaf per row."""


class Tree:
    """A growing tree that knows its root and nothing else."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        """Roots of the complete subtrees, largest first: one for every 1 in the binary form of ``size``."""

    def add(self, leaf: bytes) -> None:
        """Append one leaf."""
        node = _leaf_hash(leaf)
        filled = self.size
        while filled & 1:
            node = _node_hash(self._peaks.pop(), node)
            filled >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> Digest:
        """Return the Merkle tree hash of the leaves so far; of no leaves, the SHA-256 of nothing."""
        if not self._peaks:
            return Digest(hashlib.sha256(b"").hexdigest())
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _node_hash(peak, node)
        return Digest(node.hex())


def root(leaves: Iterable[bytes]) -> Digest:
    """Return the Merkle tree hash (RFC 9162 section 2.1.1) of leaves in order."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def content_root(rows: Iterable[bytes]) -> Digest:
    """Return the content root (内容根) of a shard: a tree whose leaves are 16 rows each, the last one the rest.

    Args:
        rows: Canonical bytes of every row in order, all of one width, or the seams between rows would be lost.

    Raises:
        ValueError: Two rows differ in width: a broken program.
    """
    return root(_groups(rows))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[Digest, ...]:
    """Prove that a leaf is in the tree (RFC 9162 section 2.1.3.1).

    Args:
        leaves: All leaves in order.
        index: The leaf's place, from 0.

    Returns:
        The hashes of the neighbouring subtrees, lowest first.

    Raises:
        IndexError: There is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError("no leaf at this index")
    path: list[Digest] = []
    begin, end = 0, len(leaves)
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(root(leaves[middle:end]))
            end = middle
        else:
            path.append(root(leaves[begin:middle]))
            begin = middle
    return tuple(reversed(path))


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[Digest], tree_root: Digest) -> bool:
    """Check an inclusion proof (RFC 9162 section 2.1.3.2).

    Args:
        leaf: The leaf's bytes.
        index: Its place, from 0.
        size: Leaves of the tree.
        proof: What :func:`inclusion_proof` returned.
        tree_root: The root that was published.

    Returns:
        Whether the leaf stands at that index of the tree with that size and root; a malformed proof says no.
    """
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    node = _leaf_hash(leaf)
    for step in proof:
        if last == 0 or len(step) != len(tree_root):
            return False
        try:
            neighbour = bytes.fromhex(step)
        except ValueError:
            return False
        if place & 1 or place == last:
            node = _node_hash(neighbour, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = _node_hash(node, neighbour)
        place, last = place >> 1, last >> 1
    return last == 0 and node.hex() == tree_root


def _groups(rows: Iterable[bytes]) -> Iterator[bytes]:
    group: list[bytes] = []
    width = -1
    for row in rows:
        if len(row) != width:
            if width >= 0:
                raise ValueError(f"rows of {width} and of {len(row)} bytes under one content root")
            width = len(row)
        group.append(row)
        if len(group) == ROWS_PER_LEAF:
            yield b"".join(group)
            group.clear()
    if group:
        yield b"".join(group)


def _split(count: int) -> int:
    """Return the largest power of two below ``count`` (at least 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def _leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
