"""Signatures of texts for the search for near duplicates: band keys, equal with high chance where texts are alike.

Long texts are signed by one-permutation MinHash: every n-gram is hashed once, the hash names a bin and a value, and the
least value of a bin is kept (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012). Short texts would leave bins empty,
so they are signed by a MinHash of as many permutations as it has rows (Broder 1997). Rows of a signature are hashed
together in bands; texts that share a band are candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_ROUNDS: Final = (
    (np.uint64(30), np.uint64(0xBF58_476D_1CE4_E5B9)),
    (np.uint64(27), np.uint64(0x94D0_49BB_1331_11EB)),
)
_LAST_SHIFT: Final = np.uint64(31)
_NONE: Final = np.uint64(2**64 - 1)
_HALF: Final = np.uint64(32)
_EMPTY: Final = np.uint32(0xFFFF_FFFF)
_CHARACTERS_AT_ONCE: Final = 2**17


class Scheme(NamedTuple):
    """How texts of one length class are signed.

    Attributes:
        name: ``long`` or ``short``; a part of every band key, so that the two never meet.
        gram: Characters of an n-gram.
        bands: Band keys of a signature.
        rows: Hash values joined in a band.
    """

    name: str
    gram: int
    bands: int
    rows: int


LONG: Final = Scheme("long", 5, 16, 8)
SHORT: Final = Scheme("short", 3, 16, 4)


@dataclass(frozen=True)
class SignatureParams:
    """How texts are signed; the numbers stand in ``rules/house.yaml``.

    Attributes:
        key: Secret bytes that key all hashing.
        long: Scheme of texts of at least ``long_from`` characters.
        short: Scheme of texts of fewer than ``short_below`` characters.
        long_from: Characters.
        short_below: Characters; greater than ``long_from``, so that texts between are signed both ways.
    """

    key: bytes = field(repr=False)
    long: Scheme = LONG
    short: Scheme = SHORT
    long_from: int = 160
    short_below: int = 200

    @property
    def grams(self) -> tuple[int, int]:
        """Lengths of n-grams, of the long scheme and of the short one."""
        return self.long.gram, self.short.gram

    def gram_of(self, one: int, other: int) -> int:
        """Return the n of the n-grams by which two texts of these lengths are compared."""
        return self.long.gram if min(one, other) >= self.long_from else self.short.gram

    def may_use(self, gram: int, size: int) -> bool:
        """Say whether a text of so many characters may be compared by these n-grams, and has any."""
        belongs = size >= self.long_from if gram == self.long.gram else size < self.short_below
        return belongs and size >= gram


class Bands(NamedTuple):
    """Band keys of many texts, one behind the other: those of text ``n`` are ``keys[offsets[n]:offsets[n + 1]]``."""

    keys: Words
    offsets: Places

    def of(self, text: int) -> list[int]:
        """Return the band keys of one text."""
        own: list[int] = self.keys[self.offsets[text] : self.offsets[text + 1]].tolist()
        return own


class Signer:
    """Signs batches of texts. One per process: it holds the constants derived from the key."""

    def __init__(self, params: SignatureParams) -> None:
        self._params = params

    def sign(self, texts: Sequence[str | None]) -> Bands:
        """Return the band keys of each text; none for null and for a text shorter than an n-gram.

        Args:
            texts: Texts in the form in which duplicates are compared.

        Returns:
            64-bit band keys, those of the long scheme before those of the short one.
        """
        params = self._params
        sizes = [-1 if text is None else len(text) for text in texts]
        rows = {
            scheme: [at for at, size in enumerate(sizes) if params.may_use(scheme.gram, size)]
            for scheme in (params.long, params.short)
        }
        counts = np.zeros(len(texts), np.int64)
        for scheme, signed in rows.items():
            counts[signed] += scheme.bands
        offsets = np.concatenate(([0], np.cumsum(counts)))
        keys, begins = np.empty(offsets[-1], np.uint64), offsets[:-1].copy()
        for scheme, signed in rows.items():
            for part in _portions(signed, sizes):
                own = self._banded(scheme, self._minima(scheme, [texts[at] or "" for at in part]))
                keys[begins[part, np.newaxis] + np.arange(scheme.bands)] = own
                begins[part] += scheme.bands
        return Bands(keys, offsets)

    def _minima(self, scheme: Scheme, texts: Sequence[str]) -> npt.NDArray[np.uint32]:
        hashes, begins = _grams(texts, scheme.gram, self._constants[: scheme.gram])
        if scheme.name == "long":
            return _one_permutation(hashes, begins, scheme.bands * scheme.rows)
        seeds = self._constants[-scheme.bands * scheme.rows :]
        minima = np.empty((len(texts), len(seeds)), np.uint32)
        for column, seed in enumerate(seeds):
            values = (_mixed(hashes ^ seed) >> _HALF).astype(np.uint32)
            values[hashes == _NONE] = _EMPTY
            minima[:, column] = np.minimum.reduceat(values, begins)
        return minima

    def _banded(self, scheme: Scheme, minima: npt.NDArray[np.uint32]) -> Words:
        rows = minima.reshape(len(minima), scheme.bands, scheme.rows).astype(np.uint64)
        tag = np.uint64(int.from_bytes(scheme.name.encode().ljust(8, b"\0"), "little"))
        keys = np.broadcast_to(np.arange(scheme.bands, dtype=np.uint64) ^ tag, rows.shape[:2]).copy()
        for row in range(scheme.rows):
            keys = _mixed((keys ^ rows[:, :, row]) * self._constants[row] + self._constants[row + scheme.rows])
        return keys

    @cached_property
    def _constants(self) -> Words:
        """Odd 64-bit numbers drawn from the key."""
        return _drawn(self._params.key, 2 * max(self._params.short.bands * self._params.short.rows, 32))


def _drawn(key: bytes, count: int) -> Words:
    """Return odd 64-bit numbers drawn from a key: unrelated ones, or sums over n-grams would collide."""
    blocks = (block.to_bytes(4, "big") for block in range(-(-count // 8)))
    stream = b"".join(blake2b(block, key=key[:64], person=b"yuliao/near/1").digest() for block in blocks)
    return np.frombuffer(stream, "<u8")[:count] | np.uint64(1)


_UNKEYED: Final = _drawn(b"", 16)


def gram_hashes(texts: Sequence[str], gram: int) -> list[Words]:
    """Return the sorted distinct hashes of each text's n-grams, unkeyed and for comparisons in memory only.

    Args:
        texts: None shorter than ``gram`` characters.
        gram: Characters of an n-gram.
    """
    if not texts:
        return []
    hashes, begins = _grams(texts, gram, _UNKEYED[:gram])
    return [_distinct(part) for part in np.split(hashes, begins[1:])]


def _distinct(hashes: Words) -> Words:
    ordered = np.sort(hashes)
    is_last = np.append(ordered[1:] != ordered[:-1], ordered[-1] != _NONE)
    distinct: Words = ordered[is_last]
    return distinct


def _portions(rows: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    """Cut rows so that no portion has many more characters than are handled at once."""
    portions: list[list[int]] = []
    size = _CHARACTERS_AT_ONCE
    for at in rows:
        if size >= _CHARACTERS_AT_ONCE:
            portions.append([])
            size = 0
        portions[-1].append(at)
        size += sizes[at]
    return portions


def _grams(texts: Sequence[str], gram: int, factors: Words) -> tuple[Words, Places]:
    """Hash the n-grams of texts that stand one behind the other.

    Returns:
        A hash for every character at which an n-gram could begin, the last text's last ones apart, and where each text
        begins. N-grams that reach over the end of a text have the greatest hash, which is the least of none.
    """
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(joined, np.uint32).astype(np.uint64)
    reach = len(characters) - gram + 1
    hashes = characters[:reach] * factors[0]
    product = np.empty_like(hashes)
    for place in range(1, gram):
        np.multiply(characters[place : place + reach], factors[place], out=product)
        hashes += product
    _mix(hashes, product)
    begins = np.zeros(len(texts), np.int64)
    np.cumsum(np.fromiter(map(len, texts[:-1]), np.int64, len(texts) - 1), out=begins[1:])
    for step in range(1, gram):
        hashes[begins[1:] - step] = _NONE
    return hashes, begins


def _one_permutation(hashes: Words, begins: Places, bins: int) -> npt.NDArray[np.uint32]:
    """Keep the least value of every bin; an empty one borrows from the next full one, told how far it went.

    The borrowing is Shrivastava and Li's rotation (Densifying One Permutation Hashing, ICML 2014).
    """
    values = (hashes >> _HALF).astype(np.uint32)
    places = (hashes & np.uint64(bins - 1)).astype(np.int64)
    sizes = np.diff(begins, append=len(hashes))
    places += np.repeat(np.arange(len(begins)) * bins, sizes)
    minima = np.full(len(begins) * bins, _EMPTY, np.uint32)
    np.minimum.at(minima, places, values)
    return _densified(minima.reshape(len(begins), bins))


def _densified(minima: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    bins = minima.shape[1]
    own = np.arange(bins, dtype=np.int32)
    full = np.where(minima != _EMPTY, own, np.int32(2 * bins))
    # Twice round the ring, read from its end, the least place seen is that of the next full bin.
    ring = np.concatenate((full, full + np.int32(bins)), axis=1)
    lender = np.minimum.accumulate(ring[:, ::-1], axis=1)[:, ::-1][:, :bins]
    distance = (lender - own).astype(np.uint32)
    lent = np.take_along_axis(minima, (lender % bins).astype(np.int64), axis=1)
    return lent + distance * np.uint32(0x9E37_79B1)


def _mixed(words: Words) -> Words:
    """Return 64-bit words in which every bit depends on all."""
    mixed = words.copy()
    _mix(mixed, np.empty_like(mixed))
    return mixed


def _mix(words: Words, spare: Words) -> None:
    """Mix the bits of 64-bit words in place: a round of SplitMix64's finaliser.

    Args:
        words: What is mixed.
        spare: Room of the same size.
    """
    for shift, factor in _ROUNDS:
        np.right_shift(words, shift, out=spare)
        words ^= spare
        words *= factor
    np.right_shift(words, _LAST_SHIFT, out=spare)
    words ^= spare
