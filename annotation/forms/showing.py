"""What people are shown beside the text: a stage's steps, and in a review the first answer (首次标注) as plain text."""

from collections.abc import Iterator, Sequence
from html import escape

from annotation.forms.words import stage_of, word
from annotation.port import Entry
from rules import catalog
from rules.annotation.book_records import RuleBook


def first_answer(book: RuleBook, stage: str, entries: Sequence[Entry]) -> str:
    """Return what a person answered, a line for each entry: headings and words of the form, texts as written.

    A stretch is told as a reader counts: from its first character, the text's first being 1, to its last.

    Raises:
        GovernanceError: A control or an id is none of the rule book's.
    """
    return "\n".join(_lines(book, stage, entries)) or "（未填写）"


def steps(book: RuleBook, stage: str) -> str:
    """Return the steps of a stage as HTML, instructions for whoever has no handbook at hand.

    Raises:
        GovernanceError: The book has no such stage.
    """
    listed = "".join(f"<li>{escape(step)}</li>" for step in stage_of(book, stage).steps)
    return f"<h3>{escape(book.zh)}</h3><ol>{listed}</ol>"


def _lines(book: RuleBook, stage: str, entries: Sequence[Entry]) -> Iterator[str]:
    risks = catalog.load().risks
    for name, control in stage_of(book, stage).controls.items():
        for entry in entries:
            if entry.control != name:
                continue
            words = [word(control, each) for each in entry.values]
            if control.kind == "risks":
                words = [f"{risks[each].clause} {risks[each].zh}" for each in entry.values]
            place = f"（第 {entry.start + 1} 至 {entry.end} 字）" if entry.start >= 0 else ""
            yield f"{control.zh}：{'；'.join(words)}{entry.text}{place}"
