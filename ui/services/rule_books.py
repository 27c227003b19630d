"""Rule books (标注规则): what they lack, the files made from them, and their approval by who did not write them."""

from pathlib import Path
from typing import Any

from annotation import forms
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.events import RuleBookReleased
from rules.annotation import books
from rules.annotation.book_gaps import covered_stages, gaps, release
from rules.annotation.book_records import PARTS, RuleBook
from ui.bootstrap import House
from ui.report import document, handbook, hypertext
from ui.services import reading

FILED = ("functional", "safety")
"""The books that the filing annex holds."""
ANNEX = "annex-3-annotation-rules.docx"
"""The filing annex (附件3 语料标注规则)."""


def completeness(house: House) -> list[dict[str, Any]]:
    """Return for each rule book of this release what it has, what it lacks, and whether it was approved.

    Clause:
        R-034, R-035, R-036, R-037
    """
    return [
        {
            "book": book.name,
            "parts": f"{len(book.parts)}/{len(PARTS)}",
            "stages": list(covered_stages(book)),
            "risks": len([rule for rule in book.risks.values() if not rule.lacking]),
            "lacking": [f"{each.clause}: {each.measured.en}" for each in gaps(book, house.catalog)],
            "state": _state(house, book),
        }
        for book in books.load().values()
    ]


def export(house: House, folder: Path) -> list[str]:
    """Write forms, handbooks and the filing annex into a folder; the same books and approvals give the same bytes.

    Returns:
        Names of the files.

    Raises:
        GovernanceError: The folder cannot be written.

    Clause:
        R-034, R-035, R-037
    """
    made = _files(house)
    with told("write the rule books' files", folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    return list(made)


def approve(house: House, name: str) -> RuleBookReleased:
    """Release a version of a rule book as the person at work; the same version again records nothing.

    Args:
        house: The open workspace; its actor approves, and may not be the author.
        name: Id of the book, or id and version.

    Raises:
        GovernanceError: There is no such book, it lacks something, its author approves, a later version is released,
            or this version was released with another content.

    Clause:
        R-034, R-035, R-037, R-202
    """
    book = books.named(name)
    if any(True for _ in gaps(book, house.catalog)):
        raise _refused("The rule book is not complete.", "rule-book-incomplete", "See `yuliao rules check`.")
    if house.actor == book.author:
        raise _refused(
            "Nobody approves a rule book of his own.",
            "rule-book-author",
            "Let another person approve it, whose id YULIAO_ACTOR says.",
        )
    event = release(book)
    latest = books.in_force(reading.facts_of(house).annotation.books).get(book.id)
    if latest is not None and latest.version > book.version:
        raise _refused(
            "A later version of the rule book is released.",
            "rule-book-outdated",
            f"Install the release of Yuliao that has version {latest.version}, or a later one.",
        )
    if latest is not None and latest.version == book.version:
        if latest.digest == event.digest:
            return event
        raise _refused(
            "This version was released with another content.",
            "rule-book-changed",
            "A changed rule book gets a new version.",
        )
    house.workspace.evidence.put_bytes(books.content(book))
    house.workspace.ledger.record(actor=house.actor, subject=book.id, event=event)
    return event


def instruction(house: House, book: RuleBook, stage: str) -> str:
    """Return what people of a stage read before they work, as HTML: the handbook without the other stages."""
    profile = house.settings.file.rules.profile
    return hypertext.fragment(handbook.handbook(book, house.catalog, profile, stages=(stage,)), "zh")


def _files(house: House) -> dict[str, bytes]:
    catalog, profile = house.catalog, house.settings.file.rules.profile
    made: dict[str, bytes] = {}
    for book in books.load().values():
        for stage in book.stages:
            made[f"{book.id}.{stage}.xml"] = forms.form(book, stage).encode()
        blocks = handbook.handbook(book, catalog, profile)
        made[f"{book.id}.handbook.html"] = hypertext.page(blocks, "zh")
        made[f"{book.id}.handbook.docx"] = document.write(blocks, "zh")
    filed = [book for book in books.load().values() if book.kind in FILED]
    annex = handbook.annex(filed, reading.facts_of(house).annotation.books, catalog, profile)
    return made | {ANNEX: document.write(annex, "zh")}


def _state(house: House, book: RuleBook) -> str:
    known = [each for each in reading.facts_of(house).annotation.books if each.id == book.name]
    if not known:
        return "not released"
    return "released" if known[-1].digest == books.digest_of(book) else "changed since its release"


def _refused(message: str, code: str, remedy: str) -> GovernanceError:
    return GovernanceError(message, code=f"ui.{code}", remedy=remedy)
