"""Cells: the additive figures that a sealed shard or an amendment contributes, integers only.

A cell is a key ``(family, part, ..., disposition, measure)`` and a count. Families and their parts are listed in
:data:`FAMILIES`; the facts are the sum of cells over a prefix of the ledger.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "item": ("type", "language", "disposition", "reason", "measure"),
    "pi": ("entity", "treatment", "disposition", "measure"),
    "risk": ("risk", "method", "grade", "disposition", "measure"),
    "label": ("certainty", "version", "disposition", "measure"),
    "ip": ("notice", "disposition", "measure"),
    "meta": ("check", "ok", "disposition", "measure"),
    "intake": ("measure",),
}
"""Key parts after the family, in order.

Measures: ``item`` has items, intake_bytes, duration_ms (media), bytes, tokens; ``pi`` items and occurrences; ``risk``
items and hits (method ``cleared`` where a named person let the item in after a look);
``label`` (生成合成标识; version ``known`` or ``unknown``), ``ip`` (notices of rights, and ``*any``) and ``meta`` have
items; ``intake`` blank_lines (空行), which are no items and have no disposition. Distinct items do not add up
over types, so ``pi`` and ``risk`` carry compulsory rows whose entity or risk is ``*any`` (and
``*sensitive:strict_35273``, ``*sensitive:gbt45574``, ``*29``, ``*17``).
"""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Sorted rows of key and non-zero count."""

    rows: tuple[tuple[Key, int], ...] = ()

    @classmethod
    def of(cls, counts: Mapping[Key, int]) -> Self:
        """Build from counts; zeros are left out, rows are sorted.

        Raises:
            ValueError: A key does not have the parts of its family: a broken program.
        """
        for key in counts:
            if len(key) != len(FAMILIES[key[0]]) + 1:
                raise ValueError(f"cell of family {key[0]} has {len(key) - 1} parts")
        return cls(tuple(sorted((key, n) for key, n in counts.items() if n)))

    def __add__(self, other: "Cells") -> "Cells":
        """Add count by count."""
        total = Counter(dict(self.rows))
        total.update(dict(other.rows))
        return Cells.of(total)

    def __neg__(self) -> "Cells":
        """Turn every count round, as an amendment does with what it takes away."""
        return Cells(tuple((key, -n) for key, n in self.rows))

    def family(self, name: str) -> Iterator[tuple[dict[str, str], int]]:
        """Yield each row of a family with its key parts by name."""
        for key, n in self.rows:
            if key[0] == name:
                yield dict(zip(FAMILIES[name], key[1:], strict=True)), n

    def items_by_disposition(self) -> dict[str, int]:
        """Return the number of items under each disposition."""
        found: Counter[str] = Counter()
        for part, n in self.family("item"):
            if part["measure"] == "items":
                found[part["disposition"]] += n
        return dict(found)
