"""The second pass (残余风险评估): what can still be found in stored texts, and whether planted values would be caught.

- Every live text of a source, admitted or quarantined, is searched by the given means, usually stricter ones than those
  that stripped it. What the declaration keeps and the tags of what was stripped do not count.
- Canaries of every type that is stripped are planted into drawn texts, in memory, and stripped as is ordered. The
  key outside the workspace and the ledger's head decide on texts, places and values: nobody chooses them.

Nothing of a text leaves this module, only counts.
"""

import hmac
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pyarrow as pa
import pyarrow.compute as pc

from corpus import shards
from corpus.decisions import live
from corpus.decisions.amendments import item_keys
from corpus.samples.sampling import Draw
from corpus.schema import ADMITTED, QUARANTINED, TEXT
from corpus.texts import Role, texts
from corpus.tracing.searches import sealed_shards
from corpus.workspace import Workspace
from pii.canaries import canary, kinds
from pii.entities import ENTITIES
from pii.policy import Treatment
from pii.strip import Stripper
from provenance.events import ResidualCount
from provenance.ids import FileId, ItemId, SourceId

_ROLES: tuple[Role, ...] = ("admitted_text", "quarantined_text")
_HOST = 2000
"""Code points of a drawn text around the place of a canary that are stripped with it."""
_TELLING = 4
"""Code points of a value that tell something of it, whatever its length."""
_PLACES = re.compile(r"(?<=[。！？!?\n])|\Z")


@dataclass(frozen=True)
class Residual:
    """What the second pass over a source found; see :class:`provenance.events.ResidualMeasured`."""

    items: int
    items_left: int
    texts: int
    counts: tuple[ResidualCount, ...]


def measure(
    workspace: Workspace,
    source: SourceId,
    stripper: Stripper,
    means: Stripper,
    *,
    drawn: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Residual:
    """Search the stored texts of a source again and plant canaries into some of them.

    Args:
        workspace: Where.
        source: The source.
        stripper: Strips as its declaration orders.
        means: Finds what is left.
        drawn: Texts into which canaries are planted.
        progress: Told how many texts were searched.

    Raises:
        GovernanceError: A recogniser failed, or a file of texts is missing.
    """
    head = workspace.ledger.head()
    seed = hmac.digest(
        workspace.item_key, b"\0".join((b"yuliao/residual/1", head.digest.encode(), source.encode())), "sha256"
    )
    draw, items, holding = Draw(seed, drawn), Counter[str](), 0
    occurrences: Counter[str] = Counter()
    for seen, (item, text) in enumerate(_stored(workspace, source), 1):
        draw.add([item])
        found = Counter(_left(text, means))
        occurrences.update(found)
        items.update(found.keys())
        holding += bool(found.keys() - {"NAME"})  # names at high recall are mostly none: counted, with their own limit
        progress(seen)
    hosts = {each.encode() for each in draw.items()}
    planted, caught = Counter[str](), Counter[str]()
    for item, text in _stored(workspace, source):
        if item in hosts:
            rng = Random(hmac.digest(seed, item, "sha256"))  # noqa: S311 - the seed is secret, not the choice
            for entity in _to_plant(stripper):
                planted[entity] += 1
                caught[entity] += _is_caught(text, entity, stripper, rng)
    names = [name for name in ENTITIES if occurrences[name] or planted[name]]
    counts = tuple(ResidualCount(name, items[name], occurrences[name], planted[name], caught[name]) for name in names)
    return Residual(draw.seen, holding, len(hosts), counts)


def _stored(workspace: Workspace, source: SourceId) -> Iterator[tuple[bytes, str]]:
    """Yield the live items of a source that have a stored text, each with it, in the order of the ledger's shards."""
    wanted: dict[tuple[int, int], list[pa.Array]] = {}
    for shard, batch in live.now(workspace).rows((), source):
        kept = batch.filter(pc.is_in(batch["disposition"], pa.array([ADMITTED, QUARANTINED])))
        wanted.setdefault(shard.place, []).append(item_keys(kept))
    known = texts(workspace)
    for _, sealed in sealed_shards(workspace):
        keys = wanted.get((sealed.ingest, sealed.unit))
        for role in _ROLES if keys else ():
            for batch in shards.batches(known.path(sealed, role), TEXT.names):
                yield from _texts(batch.filter(pc.is_in(item_keys(batch), value_set=pa.chunked_array(keys))))


def _texts(batch: pa.RecordBatch) -> Iterator[tuple[bytes, str]]:
    columns = (batch[name].to_pylist() for name in TEXT.names)
    for file, position, text in zip(*columns, strict=True):
        if text is not None:
            yield ItemId(FileId(file), position).encode(), text


def _left(text: str, means: Stripper) -> Iterator[str]:
    for span in means.detect(text):
        if ENTITIES[span.label].is_personal and means.policy.treatment(span.label) is not Treatment.KEEP:
            yield span.label


def _to_plant(stripper: Stripper) -> list[str]:
    """Return the types that recognisers find and that are to be stripped, in order."""
    found = stripper.covered & kinds()
    return [name for name in ENTITIES if name in found and stripper.policy.treatment(name) is not Treatment.KEEP]


def _is_caught(text: str, entity: str, stripper: Stripper, rng: Random) -> bool:
    """Plant a value behind a sentence of a text, strip, and tell whether not so much as half of it is left."""
    sentence = canary(entity, rng)
    place = rng.choice([match.start() for match in _PLACES.finditer(text)])
    before, behind = text[max(0, place - _HOST) : place], text[place : place + _HOST]
    released = stripper.strip(f"{before}{sentence.text}。{behind}").text
    value = sentence.text[sentence.start : sentence.end]
    size = max(min(len(value), _TELLING), (len(value) + 1) // 2)
    parts = {value[at : at + size] for at in range(len(value) - size + 1)}
    return all(released.count(part) <= (before + behind).count(part) for part in parts)
