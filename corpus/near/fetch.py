"""Read the texts again that are to be compared (逐对核对): of candidates alone, stripped as they are released."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from corpus import intake, shards
from corpus.decisions.amendments import item_keys
from corpus.near.params import candidates_file, fetched_file
from corpus.pipeline import UnitTask
from corpus.schema import TEXT
from corpus.stage import run
from corpus.stages.normalise import spaced
from corpus.stages.reading import Normalise
from provenance import disk


def fetch(task: UnitTask) -> int:
    """Leave the texts of a unit's candidates in the scratch folder.

    Returns:
        The unit's ordinal.
    """
    scratch = task.params.scratch
    with TemporaryDirectory(dir=scratch, prefix="unit-") as folder:
        unfinished = Path(folder) / "texts"
        with shards.TableFile(unfinished, TEXT) as file:
            for batch in _texts(task):
                file.add(batch)
        disk.flush_file(unfinished)
        unfinished.replace(fetched_file(scratch, task.ordinal))
    return task.ordinal


def _texts(task: UnitTask) -> Iterator[pa.RecordBatch]:
    params, stripper = task.params, task.params.stripper
    asked = shards.read(
        candidates_file(params.scratch), ("file", "position", "ingest"), where=("unit", "==", task.ordinal)
    )
    wanted = item_keys(asked.filter(pc.is_null(asked["ingest"])))
    for batch in intake.batches(task.slices, params.reading, intake.unsealed, intake.Intake()):
        rows = run((Normalise(),), batch.filter(pc.is_in(item_keys(batch), value_set=wanted)))
        texts = [spaced(stripper.strip(text).text) for text in rows["text"].to_pylist()]
        yield pa.RecordBatch.from_arrays(
            [rows["file"], rows["position"], pa.array(texts, pa.large_string())], schema=TEXT
        )
