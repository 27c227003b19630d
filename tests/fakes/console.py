"""A workspace as the console sees it, held in memory: what the pages ask for, and what they asked."""

from dataclasses import dataclass, field

from provenance.errors import GovernanceError
from provenance.ids import JobId
from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts
from rules.readiness import Step, steps
from tests.fakes.facts import CATALOG, facts, rows
from ui.services import JobView, MissingPaper, SealView, SourceView

COMMAND = "yuliao source evidence scraped licence_text FILE"
REFUSAL = GovernanceError(
    "The source is not admitted.",
    code="corpus.source-not-admitted",
    remedy="Run `yuliao source admit scraped --reason R`.",
)


def job(**changed: object) -> JobView:
    """Return a finished ingest, with what the caller changes."""
    usual = {
        "id": "j-0001",
        "kind": "ingest",
        "source": "encyclopaedia",
        "state": "finished",
        "created_at": "2026-11-22T08:00:00Z",
        "units_done": 4,
        "units_total": 4,
        "message": "",
        "counts": {"taken_in": 10, "admitted": 7, "quarantined": 1, "duplicate": 1, "rejected": 1},
    }
    return JobView(**{**usual, **changed})  # type: ignore[arg-type]  # the caller names fields of the class


@dataclass
class FakeWorkspace:
    """Answers with what it was given and remembers what was asked."""

    given_facts: Facts = field(default_factory=facts)
    given_rows: tuple[ClauseRow, ...] = field(default_factory=rows)
    given_jobs: list[JobView] = field(default_factory=lambda: [job()])
    given_seals: list[SealView] = field(default_factory=list)
    refusal: Exception | None = None
    asked: list[tuple[object, ...]] = field(default_factory=list)
    catalog: Catalog = CATALOG

    def facts(self) -> Facts:
        """Return the given facts."""
        if isinstance(self.refusal, RuntimeError):
            raise self.refusal
        return self.given_facts

    def clause_rows(self) -> tuple[ClauseRow, ...]:
        """Return the given rows."""
        return self.given_rows

    def steps(self) -> tuple[Step, ...]:
        """Return what stands in the way."""
        return steps(self.given_facts, self.given_rows, self.catalog)

    def sources(self) -> list[SourceView]:
        """Return the sources of the facts; one that is not admitted lacks a paper."""
        paper = MissingPaper("licence-document", "开源许可文本", "the licence text", COMMAND)
        return [
            SourceView(name, source.state, () if source.state == "admitted" else (paper,), source)
            for name, source in self.given_facts.sources.items()
        ]

    def jobs(self) -> list[JobView]:
        """Return the given jobs."""
        return self.given_jobs

    def submit_ingest(self, source: str, paths: list[str], actor: str) -> JobId:
        """Remember the request and put it into the queue, or refuse."""
        self.asked.append(("ingest", source, paths, actor))
        self._refuse()
        self.given_jobs.append(job(id="j-0002", state="queued", units_done=0, units_total=0, counts={}))
        return JobId("j-0002")

    def cancel(self, asked: str, actor: str) -> None:
        """Remember the request, or refuse."""
        self.asked.append(("cancel", asked, actor))
        self._refuse()

    def report(self, lang: str) -> dict[str, bytes]:
        """Return two small files."""
        return {f"report.{lang}.docx": b"docx", "report.json": b"{}"}

    def submit_seal(self, actor: str) -> JobId:
        """Remember the request and put it into the queue."""
        self.asked.append(("seal", actor))
        self.given_jobs.append(job(id="j-0003", kind="seal", source="bundle", state="queued", counts={}))
        return JobId("j-0003")

    def seals(self) -> list[SealView]:
        """Return the given seals."""
        return self.given_seals

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal
