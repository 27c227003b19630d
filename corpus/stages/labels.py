"""The stage that reads the labels of generated content (生成合成标识) an item carries, and marks what bears one."""

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa

from corpus.stage import fill, undecided
from rules.labels import DECLARED, SOURCE, Label, LabelReader, LabelRules


@dataclass(frozen=True)
class LabelParams:
    """What decides on labels.

    Attributes:
        rules: How a label is recognised.
        is_synthetic: Whether the source is declared as synthetic, so that every item of it is generated.
        version_declared: Whether the declaration names the generating model's version.
    """

    rules: LabelRules
    is_synthetic: bool = False
    version_declared: bool = False


@dataclass(frozen=True)
class ReadLabels:
    """Mark every item that says it was generated, or whose source does; the text stays as it is (R-305).

    Clause:
        R-300, R-305, R-306
    """

    reader: LabelReader
    is_synthetic: bool = False
    version_declared: bool = False
    name: ClassVar[str] = "read-labels"
    version: ClassVar[str] = "1"

    @classmethod
    def of(cls, params: LabelParams) -> "ReadLabels":
        """Make the stage ready to read."""
        return cls(LabelReader(params.rules), params.is_synthetic, params.version_declared)

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text, label; writes generated, generated_place, producer, version_known; n rows in and out."""
        texts, beside = batch["text"].to_pylist(), batch["label"].to_pylist()
        read = ((row, self.reader.read(texts[row], beside[row]) or self._declared()) for row in undecided(batch))
        found = {row: label for row, label in read if label}
        if not found:
            return batch
        each = [found.get(row, _NONE) for row in range(batch.num_rows)]
        return fill(
            batch,
            generated=[label.certainty for label in each],
            generated_place=[label.place for label in each],
            producer=[label.producer for label in each],
            version_known=[label.has_version or (label is not _NONE and self.version_declared) for label in each],
        )

    def _declared(self) -> Label | None:
        return Label(DECLARED, SOURCE) if self.is_synthetic else None


_NONE = Label("", "")
