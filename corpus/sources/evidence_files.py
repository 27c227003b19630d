"""Files of evidence (证据文件) on their way into the store: they stay where they are, and a copy is kept by content."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.evidence import authorisations, collection_log, robots_evidence
from corpus.sources.declarations import Declaration
from corpus.workspace import Workspace
from provenance.errors import ExitCode, GovernanceError
from provenance.events import EvidenceAttached
from provenance.ids import Digest
from rules.source_kinds import EvidenceKind, SourceKind

Scan = Callable[[str], bool]
"""Says whether a text holds personal information."""


def locate(folder: Path, kind: SourceKind, papers: Mapping[str, str]) -> dict[str, Path]:
    """Find the files that a declaration names.

    Args:
        folder: Where the declaration lies; its papers lie there or below.
        kind: The source's kind.
        papers: Path by kind of evidence.

    Raises:
        GovernanceError: A file is missing, empty, no regular file, or outside the folder; all are told at once, by
            the field that names them.
    """
    found, problems = {}, []
    home = folder.resolve()
    for name, written in papers.items():
        kind.evidence_kind(name)
        try:
            path = (folder / written).resolve()
            if not path.is_relative_to(home):
                problems.append(f"evidence.{name} lies outside the declaration's folder")
            elif not path.is_file():
                problems.append(f"evidence.{name} names a file that is not there")
            elif not path.stat().st_size:
                problems.append(f"evidence.{name} names an empty file")
            found[name] = path
        except (OSError, ValueError):
            problems.append(f"evidence.{name} cannot be read")
    if problems:
        raise GovernanceError(
            f"Evidence named by the declaration cannot be taken in: {'; '.join(problems)}.",
            code="corpus.evidence-missing",
            remedy="Put the files beside the declaration, or leave the field empty and attach them later with "
            "`yuliao source evidence ID KIND FILE`.",
        )
    return found


def take(workspace: Workspace, paper: EvidenceKind, path: Path, scan: Scan, stated: Declaration) -> EvidenceAttached:
    """Store a file, or what of it may be kept, and return the event that will attach it.

    Args:
        workspace: Where, and with which key users become pseudonyms.
        paper: Which kind of evidence it is; its form says how the file is read first.
        path: The file.
        scan: Finds personal information.
        stated: The declaration: when was it collected, from which hosts, and how long is the paper valid.

    Raises:
        GovernanceError: The file cannot be read, is empty, or is no evidence of this kind. Nothing is recorded.
    """
    if path.exists() and not path.is_file():
        raise GovernanceError(
            "Evidence is one regular file, and this is none.",
            code="corpus.evidence-no-file",
            remedy="Attach the document itself, not a folder, a pipe or a device.",
            where=str(path),
        )
    if path.is_file() and not path.stat().st_size:
        raise GovernanceError(
            "A file of evidence is empty.",
            code="corpus.evidence-empty",
            remedy="Attach the document itself.",
            where=str(path),
        )
    original = Digest("")
    if paper.form == "consent_table":
        stored, original = authorisations.take(workspace, paper, path, scan)
    else:
        checked = _checked(paper, path, stated)
        stored = workspace.evidence.put_copy(path)
        if checked not in ("", stored):
            raise _changed(path)
    size = workspace.evidence.path(stored).stat().st_size
    valid_from, valid_to = (str(stated.details.get(name, "")) for name in paper.period or ("", ""))
    return EvidenceAttached(paper.name, stored, size, valid_from, valid_to, original)


def _checked(paper: EvidenceKind, path: Path, stated: Declaration) -> Digest:
    """Read a file whose form is known; return the digest of what was read, nothing where any file will do."""
    match paper.form:
        case "collection_log":
            days = stated.collected.first.isoformat(), stated.collected.last.isoformat()
            return collection_log.check(path, paper, days)
        case "robots":
            return robots_evidence.check(path, stated.values("details.host"))
        case _:
            return Digest("")


def _changed(path: Path) -> GovernanceError:
    return GovernanceError(
        "A file of evidence changed while it was read.",
        code="corpus.evidence-changed",
        remedy="Attach it again when nobody writes to it; `yuliao doctor --sweep` removes the copy.",
        where=str(path),
        exit_code=ExitCode.ENVIRONMENT,
    )
