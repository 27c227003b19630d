"""Drawing at random (随机抽样): the items whose keyed digests are the smallest.

- Uniform and without replacement: who lacks the seed cannot tell one item's digest from a random number, so nobody
  can make an item that will be drawn, or one that will not.
- The order in which items come plays no part, so any cutting of a frame among any number of workers draws the same:
  the draw of the whole is the merged draw of its parts.
- A greater draw with the same seed holds the smaller one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.ids import FileId, ItemId

ALGORITHM = "bottom-k/blake2b-128"
_RANK_BYTES = 16
_BEYOND = b"\xff" * (_RANK_BYTES + 1)
"""Greater than any rank."""


@dataclass
class Draw:
    """The smallest ranks among the items seen so far.

    Args:
        seed: 32 bytes that key every rank.
        size: Items wanted; the draw holds all where it saw fewer.
    """

    seed: bytes = field(repr=False)
    size: int
    seen: int = 0
    _held: list[tuple[bytes, bytes]] = field(default_factory=list, repr=False)
    _worst: bytes = field(default=_BEYOND, repr=False)

    def add(self, items: Iterable[bytes]) -> None:
        """See items, as :meth:`ItemId.encode` writes them, each once."""
        room = 2 * self.size + 1024
        for item in items:
            self.seen += 1
            rank = hashlib.blake2b(item, key=self.seed, digest_size=_RANK_BYTES).digest()
            if rank <= self._worst:
                self._held.append((rank, item))
                if len(self._held) > room:
                    self._trim()

    def merge(self, other: "Draw") -> None:
        """Take over what another draw saw, of other items, with the same seed and size."""
        assert (self.seed, self.size) == (other.seed, other.size)
        self.seen += other.seen
        self._held += other._held  # noqa: SLF001  # one of our own
        self._trim()

    def items(self) -> tuple[ItemId, ...]:
        """Return the items drawn, in item order."""
        self._trim()
        drawn = sorted(item for _, item in self._held)
        return tuple(ItemId(FileId(item[:16]), int.from_bytes(item[16:], "big")) for item in drawn)

    def _trim(self) -> None:
        self._held = sorted(self._held)[: self.size]
        if len(self._held) == self.size and self._held:
            self._worst = self._held[-1][0]
