"""Files of evidence (证据文件) on their way into the store: they stay where they are, and a copy is kept by content."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from provenance.errors import ExitCode, GovernanceError
from provenance.events import EvidenceAttached
from provenance.ids import Digest
from provenance.objects import ObjectStore
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


def take(
    objects: ObjectStore, paper: EvidenceKind, path: Path, scan: Scan, details: Mapping[str, object]
) -> EvidenceAttached:
    """Store a copy of a file and return the event that will attach it.

    Args:
        objects: The store of evidence.
        paper: Which kind of evidence it is.
        path: The file.
        scan: Finds personal information.
        details: Fields of the declaration, from which the paper's period of validity is read.

    Raises:
        GovernanceError: The file cannot be read, is empty, or is a table of pseudonyms that holds real identities.
    """
    checked = _demand_pseudonyms(paper, path, scan) if paper.pseudonymous else None
    if path.is_file() and not path.stat().st_size:
        raise GovernanceError(
            "A file of evidence is empty.",
            code="corpus.evidence-empty",
            remedy="Attach the document itself.",
            where=str(path),
        )
    stored = objects.put_copy(path)
    if checked not in (None, stored):
        raise GovernanceError(
            "A file of evidence changed while it was read.",
            code="corpus.evidence-changed",
            remedy="Attach it again when nobody writes to it; `yuliao doctor --sweep` removes the copy.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        )
    size = objects.path(stored).stat().st_size
    period = [str(details.get(name, "")) for name in paper.period] or ["", ""]
    return EvidenceAttached(paper.name, stored, size, *period)


def _demand_pseudonyms(paper: EvidenceKind, path: Path, scan: Scan) -> Digest:
    """Read a table before anything of it is stored; return the digest of what was read."""
    seen = hashlib.sha256()
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                seen.update(line)
                if scan(line.decode("utf-8-sig" if number == 1 else "utf-8")):
                    raise GovernanceError(
                        f"The {paper.name} holds personal information on line {number}, and may hold pseudonyms only.",
                        code="corpus.evidence-personal",
                        remedy="Replace every user identifier by a pseudonym and attach the table again.",
                        where=str(path),
                    )
    except (OSError, UnicodeDecodeError) as error:
        raise GovernanceError(
            f"The {paper.name} cannot be read as UTF-8 text, so that nobody can check it for identities.",
            code="corpus.evidence-unreadable",
            remedy="Save the table as CSV in UTF-8 and attach it again.",
            where=str(path),
        ) from (error if isinstance(error, OSError) else None)
    return Digest(seen.hexdigest())
