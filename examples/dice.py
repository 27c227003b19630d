"""Dice that fall the same way on every machine and in every release of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices that depends on the seed alone (SHA-256 over seed and counter)."""

    def __init__(self, seed: str) -> None:
        self._seed, self._thrown = seed, 0

    def below(self, limit: int) -> int:
        """Return an integer in ``[0, limit)``."""
        self._thrown += 1
        drawn = hashlib.sha256(f"{self._seed}/{self._thrown}".encode()).digest()
        return int.from_bytes(drawn[:8], "big") % limit

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def several(self, choices: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different choices in the order drawn."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def digits(self, count: int) -> str:
        """Return a text of digits."""
        return "".join(str(self.below(10)) for _ in range(count))
