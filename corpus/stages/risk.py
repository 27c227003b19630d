"""The stages that look for risks (违法不良信息) in the released text and decide what may stay in."""

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa

from corpus.schema import ADMITTED, QUARANTINED
from corpus.stage import fill, undecided
from corpus.stages.language import UNDETERMINED
from rules.matcher import KeywordMatcher, Limits


@dataclass(frozen=True)
class ScreenParams:
    """The numbers of the screen; they stand in ``rules/house.yaml``.

    Attributes:
        languages: Languages that the configured screens read.
        limits: Numbers of the keyword matcher.
    """

    languages: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True)
class ScanRisk:
    """Find the keywords (关键词) of the library in every text, with spans, risk and evidence grade."""

    matcher: KeywordMatcher
    name: ClassVar[str] = "scan-risk"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads text; writes risk, risk_counts, screened; n rows in, n rows out, same order."""
        texts, risks = batch["text"].to_pylist(), batch["risk"].to_pylist()
        counts, screened = batch["risk_counts"].to_pylist(), batch["screened"].to_pylist()
        for row in undecided(batch):
            screening = self.matcher.screen(texts[row])
            screened[row] = True
            risks[row] = [
                {
                    "risk": hit.risk,
                    "method": "keyword",
                    "grade": hit.grade,
                    "start": hit.start,
                    "end": hit.end,
                }
                for hit in screening.hits
            ]
            counts[row] = [
                {"risk": risk, "method": "keyword", "grade": grade, "hits": n}
                for (risk, grade), n in sorted(screening.counts.items())
            ]
        return fill(batch, risk=risks, risk_counts=counts, screened=screened)


@dataclass(frozen=True)
class DecideRisk:
    """Decide what is left: nothing identified as risky stays in, nor what no screen could read.

    A text whose language nobody could tell is read by the keywords as well as any other.

    Attributes:
        languages: Languages that the configured screens read.

    Clause:
        R-133
    """

    languages: tuple[str, ...]
    name: ClassVar[str] = "decide-risk"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads language, risk_counts; writes disposition, reason; n rows in, n rows out, same order."""
        dispositions, reasons = batch["disposition"].to_pylist(), batch["reason"].to_pylist()
        hits, languages = batch["risk_counts"].to_pylist(), batch["language"].to_pylist()
        for row in undecided(batch):
            if hits[row]:
                dispositions[row], reasons[row] = QUARANTINED, "risk-keyword"
            elif languages[row] not in (*self.languages, UNDETERMINED):
                dispositions[row], reasons[row] = QUARANTINED, "unscreened"
            else:
                dispositions[row] = ADMITTED
        return fill(batch, disposition=dispositions, reason=reasons)
