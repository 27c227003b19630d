"""The way of an item (条) through the house. Read this file first.

Three passes over the work units of a plan:

1. :func:`sign` reads, normalises and signs every text for the search for duplicates.
2. ``corpus.near.search``, one owner, finds which items repeat an earlier one; what is nearly the same is compared.
3. :func:`decide` reads again, names the language, marks duplicates, strips personal information, scans for risks,
   decides, and writes the unit's files: items (sealed), and, erasable, the text of admitted items, that of quarantined
   ones, and the identifiers by which people and addresses are found again.

Adding a stage is an import and a line here. Both passes are pure functions of their task: the same task gives the same
files, whoever runs it and however often.
"""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from corpus import intake, shards
from corpus.clearance.collection import CheckCollection
from corpus.clearance.item_papers import ItemPapers
from corpus.measure import Kinds, WeighText, cells
from corpus.near.params import NearParams, repeats_file
from corpus.readers import ReadOptions
from corpus.schema import ADMITTED, IDENTIFIERS, ITEM, KEYS, QUARANTINED, SIGNATURES, TEXT
from corpus.slices import Slice
from corpus.stage import Stage, run
from corpus.stages.dedup import Keeper, MarkDuplicates
from corpus.stages.describe import DescribeItems, MetadataParams
from corpus.stages.labels import LabelParams, ReadLabels
from corpus.stages.language import LanguageParams
from corpus.stages.notices import DecideRights, RightsParams, ScanNotices
from corpus.stages.privacy import RefusePersons, StripPersonalInfo
from corpus.stages.reading import IdentifyLanguage, Normalise, SignBands, SignText
from corpus.stages.risk import DecideRisk, ScanRisk, ScreenParams
from corpus.stages.tokens import counter
from pii.strip import Stripper
from provenance import disk
from provenance.cells import Cells
from provenance.ids import ItemId, print_file
from provenance.merkle import content_root
from provenance.objects import ObjectStore
from rules.lexicon import Lexicon
from rules.matcher import KeywordMatcher, Limits
from rules.notices import NoticeFinder
from rules.notices import load as notice_rules


@dataclass(frozen=True)
class PipelineParams:
    """All that decides what becomes of an item, and where its files go.

    Attributes:
        workspace_key: 32 secret bytes that key every digest.
        reading: How the source's files are read.
        language: Shares and probabilities of the language rule.
        screen: Numbers of the keyword screen.
        stripper: Finds personal information, and does with each type what is ordered.
        papers: Log, robots.txt, authorisations and lists that decide item by item.
        labels: How labels of generated content are told, and whether the source is synthetic.
        rights: Which notices of rights keep an item out.
        metadata: What an item must carry.
        lexicon: The released keyword library's file.
        tokenizer: A ``tokenizer.json``, or None for the built-in count.
        near: How near duplicates are told, or None where they are not looked for.
        kinds: Which entities and risks are counted together.
        items: Folder of the object store for sealed files.
        scratch: Folder for this plan's unfinished work.
    """

    workspace_key: bytes = field(repr=False)
    reading: ReadOptions
    language: LanguageParams
    screen: ScreenParams
    stripper: Stripper
    papers: ItemPapers
    labels: LabelParams
    rights: RightsParams
    metadata: MetadataParams
    lexicon: Path
    tokenizer: Path | None
    near: NearParams | None
    kinds: Kinds
    items: Path
    scratch: Path


@dataclass(frozen=True)
class UnitTask:
    """One work unit: which parts of which files, and how."""

    ordinal: int
    slices: tuple[Slice, ...]
    params: PipelineParams


@dataclass(frozen=True)
class DecidedUnit:
    """What a unit became; its files are stored already, but nothing is fact before the driver's commit."""

    ordinal: int
    items: str
    content_root: str
    admitted_text: str
    quarantined_text: str
    identifiers: str
    rows: int
    blanks: tuple[tuple[str, int, int], ...]
    """Blank lines by file and start of the slice, where there are any; the cells hold their sum."""
    cells: Cells
    signatures: str = ""

    def to_json(self) -> str:
        """Return it as the catalogue keeps it until its lot is sealed, and after."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back."""
        fields = orjson.loads(text)
        cells = Cells(tuple((tuple(key), n) for key, n in fields.pop("cells")["rows"]))
        return cls(**fields | {"blanks": tuple(tuple(blank) for blank in fields["blanks"]), "cells": cells})


def reading(params: PipelineParams) -> tuple[Stage, ...]:
    """Return the stages of the first pass, which the last one begins with too."""
    return (
        Normalise(),
        SignText(params.workspace_key),
        SignBands(params.near.signing if params.near else None),
        CheckCollection(params.papers, params.workspace_key),
    )


def deciding(params: PipelineParams, keepers: dict[bytes, Keeper]) -> tuple[Stage, ...]:
    """Return the stages that decide; from the one that strips on there is one text per item, the stripped one."""
    return (
        IdentifyLanguage(params.language),
        MarkDuplicates(keepers),
        ReadLabels.of(params.labels),
        StripPersonalInfo(params.stripper, params.workspace_key),
        RefusePersons.of(each.path for each in params.papers.lists),
        ScanNotices(NoticeFinder(notice_rules())),
        ScanRisk(_matcher(params.lexicon, params.screen.limits)),
        DecideRights(params.rights),
        DecideRisk(params.screen.languages),
        WeighText(params.workspace_key, counter(params.tokenizer)),
        DescribeItems(params.metadata),
    )


STAGES: tuple[type[Stage], ...] = (
    Normalise,
    SignText,
    SignBands,
    CheckCollection,
    IdentifyLanguage,
    MarkDuplicates,
    ReadLabels,
    StripPersonalInfo,
    RefusePersons,
    ScanNotices,
    ScanRisk,
    DecideRights,
    DecideRisk,
    WeighText,
    DescribeItems,
)
"""All of them, in order; their names and versions are part of every plan."""


def keys_file(params: PipelineParams, ordinal: int) -> Path:
    """Return where the first pass leaves a unit's keys; once the file has this name it is whole."""
    return params.scratch / f"keys-{ordinal:08}.parquet"


def sign(task: UnitTask) -> int:
    """Do the first pass on a unit and leave its keys in the scratch folder.

    Returns:
        The unit's ordinal.
    """
    # The folder is this process's own: one that was thought dead and still writes spoils nothing.
    with TemporaryDirectory(dir=task.params.scratch, prefix="unit-") as folder:
        unfinished = Path(folder) / "keys"
        _write_keys(unfinished, task)
        disk.flush_file(unfinished)
        unfinished.replace(keys_file(task.params, task.ordinal))
    return task.ordinal


def _write_keys(path: Path, task: UnitTask) -> None:
    with shards.TableFile(path, KEYS) as file:
        for batch in intake.batches(task.slices, task.params.reading, intake.unsealed, intake.Intake()):
            signed = run(reading(task.params), batch)
            signed = signed.filter(pc.equal(signed["disposition"], ""))
            unit = pa.array([task.ordinal] * signed.num_rows, pa.int64())
            columns = [unit, *(signed[name] for name in KEYS.names[1:])]
            file.add(pa.RecordBatch.from_arrays(columns, names=KEYS.names))


def decide(task: UnitTask) -> DecidedUnit:
    """Do the last pass on a unit and store its files.

    Raises:
        AssertionError: The unit wrote another number of items than it read (conservation, 守恒).
    """
    params = task.params
    taken_in = intake.Intake()
    store = ObjectStore(params.items)
    with TemporaryDirectory(dir=params.scratch, prefix="unit-") as folder:
        paths = _Paths(Path(folder))
        _write(paths, _decided(task, taken_in))
        rows, total = 0, Cells()
        for batch in shards.batches(paths.items):
            rows += batch.num_rows
            total += cells(batch, params.kinds)
        if not rows == taken_in.rows == sum(total.items_by_disposition().values()):
            raise AssertionError(f"unit {task.ordinal} took in {taken_in.rows} items and wrote {rows}")
        root = content_root(row for batch in shards.batches(paths.items) for row in shards.row_digests(batch))
        return DecidedUnit(
            ordinal=task.ordinal,
            items=store.put(paths.items),
            content_root=root,
            admitted_text=store.put(paths.admitted),
            quarantined_text=store.put(paths.quarantined),
            identifiers=store.put(paths.identifiers),
            rows=rows,
            blanks=tuple(sorted((print_file(file), start, lines) for (file, start), lines in taken_in.blanks.items())),
            cells=total + Cells.of({("intake", "blank_lines"): taken_in.blanks.total()}),
            signatures=store.put(paths.signatures),
        )


class _Paths:
    def __init__(self, folder: Path) -> None:
        self.items, self.identifiers, self.signatures = folder / "items", folder / "identifiers", folder / "signatures"
        self.admitted, self.quarantined = folder / "admitted", folder / "quarantined"


def _decided(task: UnitTask, taken_in: intake.Intake) -> Iterator[pa.RecordBatch]:
    gc.set_threshold(*_RARE_COLLECTIONS)
    params = task.params
    stages = (*reading(params), *deciding(params, _keepers(task)))
    for batch in intake.batches(task.slices, params.reading, intake.keyed(params.workspace_key), taken_in):
        yield run(stages, batch)


def _write(paths: _Paths, batches: Iterator[pa.RecordBatch]) -> None:
    with ExitStack() as stack:
        items = stack.enter_context(shards.TableFile(paths.items, ITEM))
        admitted = stack.enter_context(shards.TableFile(paths.admitted, TEXT))
        quarantined = stack.enter_context(shards.TableFile(paths.quarantined, TEXT))
        identifiers = stack.enter_context(shards.TableFile(paths.identifiers, IDENTIFIERS))
        signatures = stack.enter_context(shards.TableFile(paths.signatures, SIGNATURES))
        for batch in batches:
            items.add(batch)
            identifiers.add(batch.filter(_leads_somewhere(batch)))
            kept = batch.filter(pc.is_valid(batch["text"]))
            admitted.add(kept.filter(pc.equal(kept["disposition"], ADMITTED)))
            quarantined.add(kept.filter(pc.equal(kept["disposition"], QUARANTINED)))
            placed = kept.filter(pc.is_in(kept["disposition"], pa.array([ADMITTED, QUARANTINED])))
            signatures.add(placed.filter(pc.greater(pc.list_value_length(placed["bands"]), 0)))


def _leads_somewhere(batch: pa.RecordBatch) -> pa.BooleanArray:
    """Return which rows hold anything by which a person or an address could be found."""
    found = pc.greater(pc.list_value_length(batch["identifiers"]), 0)
    for name in ("external_id", "url", "url_key", "user_key"):
        found = pc.or_(found, pc.is_valid(batch[name]))
    return found


def _keepers(task: UnitTask) -> dict[bytes, Keeper]:
    repeats = shards.read(repeats_file(task.params.scratch), where=("unit", "==", task.ordinal))
    columns = (repeats[name].to_pylist() for name in ("file", "position", "keeper", "similarity"))
    return {ItemId(file, position).encode(): Keeper(*found) for file, position, *found in zip(*columns, strict=True)}


_RARE_COLLECTIONS = (100_000, 50, 100)
"""Thresholds of Python's cycle collector: a batch makes many objects and no cycles, and looking for some took a third
of the time of a corpus of short texts."""


@lru_cache(maxsize=1)
def _matcher(lexicon: Path, limits: Limits) -> KeywordMatcher:
    """Return the keyword automaton, built once in a process."""
    return KeywordMatcher(Lexicon.read(lexicon.read_bytes()), limits)
