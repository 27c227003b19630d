"""The stages that look for marks of other people's rights (知识产权), and keep out what no paper covers."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from corpus.schema import QUARANTINED
from corpus.stage import fill, undecided
from rules.notices import LICENCE, NoticeFinder, is_stricter


@dataclass(frozen=True)
class RightsParams:
    """What decides on notices.

    Attributes:
        withheld: Kinds of notice that quarantine in this source, because none of its papers covers them.
        yields_to_licence: Those of them that do not where the item has a licence header of its own.
        licence: The source's declared licence; empty where it has none, so that nothing can contradict it.
        uses: What the corpus is for, keys of ``rules/licences.yaml``.
        edition: Digest of the rules of notices and licences, so that changed rules read again.
    """

    withheld: tuple[str, ...] = ()
    yields_to_licence: tuple[str, ...] = ()
    licence: str = ""
    uses: tuple[str, ...] = ()
    edition: str = ""


@dataclass(frozen=True)
class ScanNotices:
    """Record which notices of rights (版权声明、许可标头、书刊音乐标识) stand where in the released text.

    Clause:
        R-022, R-123
    """

    finder: NoticeFinder
    name: ClassVar[str] = "scan-notices"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes notices; n rows in, n rows out, same order."""
        texts = batch["text"].to_pylist()
        found = {row: notices for row in undecided(batch) if (notices := self.finder.find(texts[row]))}
        if not found:
            return batch
        rows = [[each._asdict() for each in found.get(row, ())] for row in range(batch.num_rows)]
        return fill(batch, notices=rows)


@dataclass(frozen=True)
class DecideRights:
    """Quarantine what reserves its rights without a paper that covers it, and what contradicts the declared licence.

    It looks at items that every screen has seen, and leaves those with a risk to who decides on risks.

    Clause:
        R-022, R-132
    """

    params: RightsParams
    name: ClassVar[str] = "decide-rights"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads notices, risk_counts; writes disposition, reason; n rows in, n rows out, same order."""
        if not pc.any(pc.greater(pc.list_value_length(batch["notices"]), 0)).as_py():
            return batch
        dispositions, reasons = batch["disposition"].to_pylist(), batch["reason"].to_pylist()
        notices, risks = batch["notices"].to_pylist(), batch["risk_counts"].to_pylist()
        for row in undecided(batch):
            reason = self._reason(notices[row]) if notices[row] and not risks[row] else ""
            if reason:
                dispositions[row], reasons[row] = QUARANTINED, reason
        return fill(batch, disposition=dispositions, reason=reasons)

    def _reason(self, notices: list[dict[str, Any]]) -> str:
        params = self.params
        parts = [each["notice"].partition(":") for each in notices]
        licences = {name for kind, _, name in parts if kind == LICENCE}
        if params.licence and any(is_stricter(name, params.licence, params.uses) for name in licences):
            return "licence-contradicts"
        withheld = {kind for kind, _, _ in parts}.intersection(params.withheld)
        if licences:
            withheld.difference_update(params.yields_to_licence)
        return "rights-reserved" if withheld else ""
