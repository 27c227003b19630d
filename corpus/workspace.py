"""One workspace: one corpus, one key, one catalogue. Everything a job needs to find its way."""

from dataclasses import dataclass, field
from pathlib import Path

from provenance.database import Database
from provenance.ids import WorkspaceId
from provenance.ledger import Ledger
from provenance.objects import ObjectStore


@dataclass(frozen=True)
class Workspace:
    """The open workspace.

    Attributes:
        id: Its id, part of every file's name.
        database: Catalogue: ledger, jobs, work units, file names.
        ledger: The append-only record of everything that happened.
        items: Sealed item files and text files, by content.
        evidence: Licences, contracts, declarations, lexicons, by content.
        scratch: Folder for unfinished work; may be deleted whenever no job runs.
        item_key: 32 secret bytes, kept outside the workspace folder.
    """

    id: WorkspaceId
    database: Database
    ledger: Ledger
    items: ObjectStore
    evidence: ObjectStore
    scratch: Path
    item_key: bytes = field(repr=False)
