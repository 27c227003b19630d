"""The stages about persons: personal information goes (去标识化), whom it was about can be found again, or is refused.

Nothing of a text is stored or looked at before the first of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc

from corpus.clearance.refusals import read_file
from corpus.schema import QUARANTINED, UNDECIDED
from corpus.stage import fill
from pii.identify import Identifier
from pii.strip import Stripped, Stripper
from provenance.pseudonyms import LENGTH, pseudonym


@dataclass(frozen=True)
class StripPersonalInfo:
    """Replace the text by its stripped form; keep where and what was found, and of the value its keyed digest."""

    stripper: Stripper
    workspace_key: bytes = field(repr=False)
    name: ClassVar[str] = "strip-personal-info"
    version: ClassVar[str] = "3"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text, external_id, url, producer; writes them, pi, identifiers; n rows in, n rows out, in order.

        Every text that may be stored is stripped, that of an item kept apart by an earlier stage too. The publisher's
        own id of an item, its address and the producer that its label names are stripped on every row: they are stored
        whatever becomes of the item.
        """
        texts, found = batch["text"].to_pylist(), batch["pi"].to_pylist()
        known: defaultdict[int, set[Identifier]] = defaultdict(set)
        for row, disposition in enumerate(batch["disposition"].to_pylist()):
            if disposition in _STORED and texts[row] is not None:
                stripped = self.stripper.strip(texts[row])
                texts[row], found[row] = stripped.text, _places(stripped)
                if stripped.identifiers:
                    known[row].update(stripped.identifiers)
        ids = {name: self._stripped_ids(batch[name].to_pylist(), known) for name in _NAMING}
        identifiers = [self._keyed(known[row]) if row in known else [] for row in range(batch.num_rows)]
        return fill(batch, text=texts, pi=found, identifiers=identifiers, **ids)

    def _stripped_ids(self, ids: list[str | None], known: defaultdict[int, set[Identifier]]) -> list[str | None]:
        # Most batches hold nothing in their ids, and one look at all of them says so, each out of reach of the next.
        if not self.stripper.detect(_APART.join(each for each in ids if each)):
            return ids
        stripped = [Stripped("") if each is None else self.stripper.strip(each) for each in ids]
        for row, each in enumerate(stripped):
            if each.identifiers:
                known[row].update(each.identifiers)
        return [None if given is None else each.text for given, each in zip(ids, stripped, strict=True)]

    def _keyed(self, identifiers: Iterable[Identifier]) -> list[dict[str, Any]]:
        keyed = sorted((each.entity, pseudonym(self.workspace_key, *each)) for each in identifiers)
        return [{"entity": entity, "key": key} for entity, key in keyed]


_STORED = (UNDECIDED, QUARANTINED)
_APART = "\n。" + "\n" * 200
_NAMING = ("external_id", "url", "producer")
"""Columns beside the text that are a publisher's own words."""


def _places(stripped: Stripped) -> list[dict[str, Any]]:
    """Return what was found and where, as it is kept and counted.

    A number or date of birth of a minor is an occurrence of its own type and one of ``CN_MINOR``, both at its place, so
    the sum over all types counts it twice; an item is counted once.
    """
    return [
        {
            "entity": entity,
            "treatment": each.treatment,
            "start": each.start,
            "end": each.end,
            "score": each.score,
        }
        for each in stripped.found
        for entity in (each.entity, *(("CN_MINOR",) if each.is_minor else ()))
    ]


@dataclass(frozen=True)
class RefusePersons:
    """Keep apart what holds an identifier of somebody who refused or withdrew, and keep nothing of it but its row.

    Attributes:
        refused: Keyed digest of every identifier whose person must not appear; its type is a part of it.
    """

    refused: frozenset[bytes] = field(default=frozenset(), repr=False)
    name: ClassVar[str] = "refuse-persons"
    version: ClassVar[str] = "1"

    @classmethod
    def of(cls, lists: Iterable[Path]) -> Self:
        """Return the stage for the persons on stored lists of refusals.

        Raises:
            GovernanceError: A list cannot be read, or is none.
        """
        persons = (each for path in lists for each in read_file(path).person)
        return cls(frozenset(bytes.fromhex(each.partition(":")[2]) for each in persons))

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads identifiers; writes disposition, reason and, of what it refuses, text and all that leads to it.

        An item that was decided on before keeps its reason and loses the same. n rows in, n rows out, same order.

        Clause:
            R-010
        """
        wanted = pa.array(sorted(self.refused), pa.binary(LENGTH))
        held = pc.is_in(pc.struct_field(pc.list_flatten(batch["identifiers"]), "key"), value_set=wanted)
        meant = pc.unique(pc.list_parent_indices(batch["identifiers"]).filter(held)).to_pylist()
        if not meant:
            return batch
        columns = {name: batch[name].to_pylist() for name in ("disposition", "reason", "identifiers", *_LEADING)}
        for row in meant:
            if columns["disposition"][row] == UNDECIDED:
                columns["disposition"][row], columns["reason"][row] = QUARANTINED, "person-refused"
            columns["identifiers"][row] = []
            for name in _LEADING:
                columns[name][row] = None
        return fill(batch, **columns)


_LEADING = ("text", "duplicate_key", "external_id", "url", "url_key", "user_key")
