"""The stages that get to know a text: normalise it, name its language and type, and sign it for duplicates."""

from dataclasses import dataclass, field
from typing import ClassVar

import pyarrow as pa

from corpus.near.signatures import SignatureParams, Signer
from corpus.schema import MEDIA, QUARANTINED
from corpus.stage import fill, undecided
from corpus.stages.language import LanguageParams, identify
from corpus.stages.normalise import duplicate_key, normalise, spaced


@dataclass(frozen=True)
class Normalise:
    """Bring every text into one written form (规范化); quarantine what is empty then."""

    name: ClassVar[str] = "normalise"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes text, disposition, reason; n rows in, n rows out, same order."""
        texts = batch["text"].to_pylist()
        dispositions, reasons = batch["disposition"].to_pylist(), batch["reason"].to_pylist()
        for row in undecided(batch):
            texts[row] = normalise(texts[row])
            if not texts[row].strip():
                dispositions[row], reasons[row] = QUARANTINED, "text-empty"
        return fill(batch, text=texts, disposition=dispositions, reason=reasons)


@dataclass(frozen=True)
class IdentifyLanguage:
    """Name type and language (语种) of every text: the script rule first, langdetect for the rest."""

    params: LanguageParams
    name: ClassVar[str] = "identify-language"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes type (not of media), language, language_method; n rows in and out, same order."""
        known, found = batch["type"].to_pylist(), identify(batch["text"].to_pylist(), self.params)
        return fill(
            batch,
            type=[before if before in MEDIA else each.type for before, each in zip(known, found, strict=True)],
            language=[each.language for each in found],
            language_method=[each.method for each in found],
        )


@dataclass(frozen=True)
class SignText:
    """Sign every text with a keyed digest of its normalised form, equal for exact duplicates (完全重复)."""

    workspace_key: bytes = field(repr=False)
    name: ClassVar[str] = "sign-text"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes duplicate_key; n rows in, n rows out, same order."""
        texts = batch["text"].to_pylist()
        keys: list[bytes | None] = [None] * batch.num_rows
        for row in undecided(batch):
            keys[row] = duplicate_key(texts[row], self.workspace_key)
        return fill(batch, duplicate_key=keys)


@dataclass(frozen=True)
class SignBands:
    """Sign every text with keyed band keys, some of them equal for near duplicates (近似重复)."""

    params: SignatureParams | None
    name: ClassVar[str] = "sign-bands"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes bands; n rows in, n rows out, same order."""
        if self.params is None:
            return batch
        texts, rows = batch["text"].to_pylist(), set(undecided(batch))
        signed = Signer(self.params).sign([spaced(text) if row in rows else None for row, text in enumerate(texts)])
        return fill(batch, bands=[signed.of(row) for row in range(batch.num_rows)])
