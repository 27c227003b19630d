"""The keyword library (关键词库): imported, released, and compared with what the standards ask."""

from pathlib import Path
from typing import Any

from provenance.errors import ExitCode, GovernanceError
from provenance.events import LexiconReleased
from rules.lexicon import Lexicon
from ui.bootstrap import House
from ui.parameters import released_lexicon


def import_keywords(house: House, file: Path) -> LexiconReleased:
    """Import a keyword library and release it; the same library again records nothing.

    Raises:
        GovernanceError: The file cannot be read or is no such table.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise GovernanceError(
            "The file of keywords cannot be read.",
            code="ui.lexicon-unreadable",
            remedy="Check the path and its permissions.",
            where=str(file),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    library = Lexicon.read(content, house.catalog)
    stored = house.workspace.evidence.put_bytes(library.to_csv())
    event = LexiconReleased(stored, len(library), tuple(library.by_risk().items()))
    try:
        if released_lexicon(house) == event:
            return event
    except GovernanceError as error:
        if error.code != "ui.no-lexicon":
            raise
    house.workspace.ledger.record(actor=house.actor, subject="lexicon", event=event)
    return event


def coverage(house: House) -> list[dict[str, Any]]:
    """Return keywords and minimum of each of the risks that a keyword library must cover.

    Raises:
        GovernanceError: No library was imported yet.

    Clause:
        R-050, R-051, R-052
    """
    held = dict(released_lexicon(house).by_risk)
    required = house.catalog.keywords_required(house.settings.file.rules.profile)
    return [
        {
            "risk": risk,
            "keywords": held.get(risk, 0),
            "minimum": minimum,
            "state": "ok" if held.get(risk, 0) >= minimum else "short",
        }
        for risk, minimum in required.items()
    ]
