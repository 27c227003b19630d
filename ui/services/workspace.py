"""The open workspace as the console sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.work import jobs
from provenance.ids import JobId, source_id
from rules import readiness
from rules.catalog import Catalog
from rules.evidence import ClauseRow
from rules.facts import Facts
from rules.readiness import Step
from ui.bootstrap import House, open_house
from ui.i18n import Language
from ui.services import ingesting, reading, reporting, sealing
from ui.services.views import JobView, SealView, SourceView


@dataclass(frozen=True)
class Workspace:
    """Everything the pages ask for; it reads, and submits jobs, and never runs one."""

    house: House

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self.house.settings.folder

    @property
    def catalog(self) -> Catalog:
        """The rules."""
        return self.house.catalog

    def facts(self) -> Facts:
        """Return the one set of figures."""
        return reading.facts_of(self.house)

    def clause_rows(self) -> tuple[ClauseRow, ...]:
        """Return the clause matrix."""
        return reading.clause_rows_of(self.house)

    def steps(self) -> tuple[Step, ...]:
        """Return what stands in the way of the filing, the worst first."""
        return readiness.steps(self.facts(), self.clause_rows(), self.catalog)

    def sources(self) -> list[SourceView]:
        """Return the source register."""
        return reading.sources_of(self.house)

    def jobs(self) -> list[JobView]:
        """Return all jobs, the latest first."""
        return reading.jobs_of(self.house)

    def submit_ingest(self, source: str, paths: Sequence[str], actor: str = "") -> JobId:
        """Queue an ingest.

        Raises:
            GovernanceError: The source may not be ingested.
        """
        return ingesting.submit(self.house, source_id(source), [Path(path) for path in paths], actor=actor)

    def cancel(self, job: str, actor: str = "") -> None:
        """Cancel a job.

        Raises:
            GovernanceError: There is no such job, or it has ended.
        """
        ingesting.cancel(self.house, JobId(job), actor=actor)

    def report(self, lang: Language) -> Mapping[str, bytes]:
        """Return the documents by file name."""
        return reporting.render(self.house, lang)

    def submit_seal(self, actor: str = "") -> JobId:
        """Queue the sealing of a bundle into the workspace's ``bundles`` folder."""
        return jobs.submit(
            self.house.workspace, kind="seal", subject="bundle", parameters={}, actor=actor or self.house.actor
        )

    def seals(self) -> list[SealView]:
        """Return all seals, the latest first."""
        return sealing.seals(self.house)


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace for the console.

    Raises:
        GovernanceError: The folder is none, or its keys or catalogue cannot be had.
    """
    return Workspace(open_house(folder))
