"""The documents: rendered from one set of facts, and read again to be compared with it."""

from pathlib import Path

import orjson

from provenance.canonical import encode
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ExportMade
from provenance.ids import digest
from rules.annotation.people_checks import unrecorded
from rules.facts import Facts
from ui.bootstrap import House
from ui.i18n import Language
from ui.services import reading

_NAMED = 5
"""People that a refusal names; the others are counted."""


def render(house: House, lang: Language) -> dict[str, bytes]:
    """Return the documents by file name; nothing is recorded."""
    from ui.report import render as renderer  # noqa: PLC0415  # four document libraries; few commands need them

    return renderer.render(reading.facts_of(house), reading.clause_rows_of(house), house.catalog, lang)


def write(house: House, out: Path, lang: Language) -> list[Path]:
    """Write the documents into a folder and record that they were made.

    Raises:
        GovernanceError: Somebody's employment is not recorded, or the folder cannot be written.
    """
    facts = reading.facts_of(house)
    demand_employment(facts)
    documents = render(house, lang)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in documents.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise GovernanceError(
            "The report cannot be written.",
            code="ui.report-unwritable",
            remedy="Choose a folder that can be written, on a disk with room.",
            where=str(out),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    made = ExportMade(
        digest(encode(facts.to_json())), tuple((name, digest(content)) for name, content in documents.items())
    )
    house.workspace.ledger.record(actor=house.actor, subject="report", event=made)
    return [out / name for name in documents]


def demand_employment(facts: Facts) -> None:
    """Refuse to report while it is not recorded of somebody who annotates how they are employed (用工形式).

    The report states how many are internal and how many outsourced; a figure that leaves somebody out would mislead.

    Raises:
        GovernanceError: Of somebody employment, or company, contract or confidentiality of outsourcing are missing.

    Clause:
        AR-11
    """
    lacking = unrecorded(facts)
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        raise GovernanceError(
            f"The employment of people who annotate is not recorded: {', '.join(lacking[:_NAMED])}{more}.",
            code="ui.employment-unrecorded",
            remedy="Enter employment, and of outsourced people company, contract and confidentiality, with "
            "`yuliao people add FILE.yaml`, for people of the register with --change.",
            exit_code=ExitCode.FINDINGS,
        )


def check(house: House, folder: Path) -> tuple[int, list[str]]:
    """Read the documents in a folder again and compare every figure with the facts of their ledger size.

    Returns:
        The ledger size that the documents name, and every difference in words.

    Raises:
        GovernanceError: The folder holds no report of this workspace.
    """
    try:
        size = int(orjson.loads((folder / "report.json").read_bytes())["ledger"]["size"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GovernanceError(
            "This folder holds no report that can be read.",
            code="ui.no-report",
            remedy="Name the folder that `yuliao report --out` made.",
            where=str(folder),
            exit_code=ExitCode.VERIFICATION_FAILED,
        ) from error
    facts, rows = reading.facts_of(house, size), reading.clause_rows_of(house, size)
    from ui.report.check import check as compare  # noqa: PLC0415  # as above

    found = compare(folder, facts, rows, house.catalog)
    return size, [f"{each.file}: {each.place}: {each.found!r} instead of {each.expected!r}" for each in found]
