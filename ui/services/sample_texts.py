"""The stripped texts of drawn items (去标识化正文): as stored, or read back from their files and stripped again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.samples.drawing import Drawn
from corpus.samples.frames import WITHHELD, Files
from corpus.sources.states import Source, require_declared
from corpus.tracing import released
from corpus.tracing.readback import origins, taken_in
from provenance.errors import GovernanceError
from provenance.ids import ItemId
from ui.bootstrap import House
from ui.parameters import read_options
from ui.stripping import path_without_pi, stripper_for, telling_no_names


def of_sample(house: House, drawn: Drawn) -> list[tuple[ItemId, str]]:
    """Return the stripped text of drawn items that have one, in item order.

    Of items that are admitted it is the stored one; others are read back from their source's files.
    """
    if not drawn.sample.source:
        return sorted(released.stored(house.workspace, drawn.items).items())
    return _released(house, require_declared(house.workspace.ledger, drawn.sample.source), drawn.items)


def of_files(house: House, drawn: Drawn, paths: Sequence[Path]) -> list[tuple[ItemId, str]]:
    """Return the stripped text of items that were drawn before anything was taken in, in item order.

    Raises:
        GovernanceError: A path is missing, or the files are not those that were drawn from.

    Clause:
        R-001
    """
    source = require_declared(house.workspace.ledger, drawn.sample.source)
    frame = frame_of(house, source, paths)
    with telling_no_names(stripper_for(house, source)):
        is_same = frame.identify() == drawn.sample.frame
    if not is_same:
        raise GovernanceError(
            f"These are not the files that sample {drawn.sample.seq} was drawn from.",
            code="ui.files-of-another-sample",
            remedy="Name the files and folders that `yuliao source assess` was given, unchanged, as `items.files`.",
        )
    return list(of_frame(house, source, frame, drawn.items))


def frame_of(house: House, source: Source, paths: Sequence[Path]) -> Files:
    """Return the frame of items in files of a source that are not taken in."""
    named = path_without_pi(stripper_for(house, source))
    return Files(house.workspace, source.id, tuple(paths), read_options(house, source), named)


def of_frame(house: House, source: Source, frame: Files, items: Sequence[ItemId]) -> Iterator[tuple[ItemId, str]]:
    """Yield the stripped text of items of files that are not taken in, in item order."""
    known, strip = origins(frame.files()), _strip(house, source)
    yield from released.read_back(known, items, frame.options, strip, workspace_key=house.workspace.item_key)


def _released(house: House, source: Source, items: tuple[ItemId, ...]) -> list[tuple[ItemId, str]]:
    """Return the text of items: as it is stored, else read back and stripped; none of what was withdrawn."""
    kept = released.stored(house.workspace, items)
    rows = released.rows(house.workspace, [item for item in items if item not in kept])
    rest = [item for item, row in rows.items() if row["reason"] not in WITHHELD]
    read = released.read_back(
        taken_in(house.workspace, rest),
        rest,
        read_options(house, source),
        _strip(house, source),
        workspace_key=house.workspace.item_key,
        digests={item: row["raw_digest"] for item, row in rows.items()},
    )
    return sorted([*kept.items(), *read])


def _strip(house: House, source: Source) -> released.Strip:
    stripper = stripper_for(house, source)
    return lambda text: stripper.strip(text).text
