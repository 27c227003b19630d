"""The stage that strips personal information (去标识化) before anything of a text is stored or looked at."""

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa

from corpus.stage import fill, undecided
from pii.strip import Stripper


@dataclass(frozen=True)
class StripPersonalInfo:
    """Replace the text by its stripped form and keep where and what was found, never the value."""

    stripper: Stripper
    name: ClassVar[str] = "strip-personal-info"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text, external_id, url; writes them and pi; n rows in, n rows out, same order.

        The publisher's own id of an item and its address are stripped on every row: they are stored whatever becomes
        of the item.
        """
        texts, found = batch["text"].to_pylist(), batch["pi"].to_pylist()
        external, urls = (self._stripped_ids(batch[name].to_pylist()) for name in ("external_id", "url"))
        for row in undecided(batch):
            stripped = self.stripper.strip(texts[row])
            texts[row] = stripped.text
            found[row] = [
                {
                    "entity": each.entity,
                    "treatment": each.treatment,
                    "start": each.start,
                    "end": each.end,
                    "score": each.score,
                }
                for each in stripped.found
            ]
        return fill(batch, text=texts, external_id=external, url=urls, pi=found)

    def _stripped_ids(self, ids: list[str | None]) -> list[str | None]:
        # Most batches hold nothing in their ids, and one look at all of them says so; no value spans a full stop.
        if not self.stripper.detect("\n。\n".join(each for each in ids if each)):
            return ids
        return [None if each is None else self.stripper.strip(each).text for each in ids]
