"""The words (用语) of a form and the ids that the rule book knows them by: the server stores words, we store ids."""

from collections.abc import Mapping

from provenance.errors import ExitCode, GovernanceError
from rules import catalog
from rules.annotation.book_records import Control, RuleBook, Stage

TEXT, FIRST = "text", "first"
"""What a form shows: the text itself, and in a review the first answer; names in the form and in a task's data."""
TYPES = {
    "one": "choices",
    "several": "choices",
    "risks": "taxonomy",
    "spans": "labels",
    "entities": "labels",
    "text": "textarea",
}
"""What the server calls the result of each kind of control."""


def stage_of(book: RuleBook, stage: str) -> Stage:
    """Return a stage of a book.

    Raises:
        GovernanceError: The book has no such stage.
    """
    if stage not in book.stages:
        raise GovernanceError(
            f"The rule book {book.name} has no stage of this name.",
            code="annotation.unknown-stage",
            remedy=f"Use one of: {', '.join(book.stages)}.",
        )
    return book.stages[stage]


def words_of(control: Control) -> Mapping[str, str]:
    """Return what a control stores for each id: the word itself, of a risk its id; nothing for free text."""
    if control.kind == "entities":
        return {each.id: each.zh for each in catalog.load().entities.values()}
    if control.kind == "risks":
        return {risk: risk for risk in catalog.load().risks}
    return control.options


def word(control: Control, value: str) -> str:
    """Return the word of an id.

    Raises:
        GovernanceError: The control has no such id.
    """
    return _known(words_of(control), value)


def value(control: Control, word: str) -> str:
    """Return the id of a word.

    Raises:
        GovernanceError: The control has no such word.
    """
    return _known({word: value for value, word in words_of(control).items()}, word)


def path(risk: str) -> list[str]:
    """Return the way to a risk through the form's tree: its group, then itself.

    Raises:
        GovernanceError: There is no such risk.
    """
    risks = catalog.load().risks
    return [risks[_known({each: each for each in risks}, risk)].group, risk]


def unknown() -> GovernanceError:
    """Return the error for an answer that the rule book does not know."""
    return GovernanceError(
        "An answer holds a control or a word that the rule book does not know.",
        code="annotation.unknown-word",
        remedy="Collect it with the version of the rule book that its batch was published with; "
        "if that is the one, the annotation was made outside the form.",
        exit_code=ExitCode.VERIFICATION_FAILED,
    )


def _known(table: Mapping[str, str], wanted: str) -> str:
    if wanted not in table:
        raise unknown()
    return table[wanted]
