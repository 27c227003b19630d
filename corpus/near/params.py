"""How near duplicates are told, and where a plan's search for repeats leaves its unfinished work."""

from dataclasses import dataclass
from pathlib import Path

from corpus.near.signatures import SignatureParams
from provenance.canonical import Json


@dataclass(frozen=True)
class NearParams:
    """How near duplicates are told; the numbers stand in ``rules/house.yaml``.

    Attributes:
        signing: How texts are signed, and by which n-grams they are compared.
        similarity: Jaccard similarity from which texts are near duplicates; millionths.
        most: Kept items of one band with which an item is compared.
    """

    signing: SignatureParams
    similarity: int
    most: int

    def decisive(self) -> list[Json]:
        """Return what can change which items are near duplicates, without the key."""
        signing = self.signing
        bounds: list[Json] = [self.similarity, self.most, signing.long_from, signing.short_below]
        return [*bounds, list(signing.long), list(signing.short)]


# Each of these files is whole once it has its name.


def exact_file(scratch: Path) -> Path:
    """Return where the items stand that repeat another exactly."""
    return scratch / "exact.parquet"


def candidates_file(scratch: Path) -> Path:
    """Return where the items stand that may repeat another nearly."""
    return scratch / "candidates.parquet"


def fetched_file(scratch: Path, ordinal: int) -> Path:
    """Return where the texts of a unit stand that are to be compared."""
    return scratch / f"texts-{ordinal:08}.parquet"


def repeats_file(scratch: Path) -> Path:
    """Return where the second pass leaves all items that repeat another."""
    return scratch / "repeats.parquet"
