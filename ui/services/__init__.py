"""What a person can ask of the house. The console imports this and nothing below; the command line calls the same."""

from provenance.errors import GovernanceError
from rules.evidence import ClauseRow
from rules.readiness import Step
from ui.services.views import JobView, MissingPaper, SealView, SourceView
from ui.services.workspace import Workspace, open_workspace

__all__ = [
    "ClauseRow",
    "GovernanceError",
    "JobView",
    "MissingPaper",
    "SealView",
    "SourceView",
    "Step",
    "Workspace",
    "open_workspace",
]
