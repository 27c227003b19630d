"""What the gate asks beyond the form: what the browser alone would demand, and what no form can say."""

from annotation.forms.words import stage_of, words_of
from annotation.server import policy
from annotation.server.policy import Demand
from rules import catalog
from rules.annotation.book_records import RuleBook


def demands(book: RuleBook, stage: str) -> tuple[Demand, ...]:
    """Return what a stage asks of its controls under conditions, in the words that the server stores.

    What is asked always is in the form, which the gate holds against a submission as well. Every demand here waits for
    an option of its own stage, so that those of all stages may stand side by side.

    Raises:
        GovernanceError: The book has no such stage.

    Clause:
        R-034
    """
    controls, house = stage_of(book, stage).controls, catalog.load().house
    return tuple(
        Demand(
            name,
            when=(other, tuple(words_of(controls[other])[each] for each in options)),
            at_least=1,
            min_characters=house.integer(control.characters) if control.characters else 0,
            title=control.zh,
        )
        for name, control in controls.items()
        if control.is_required
        for other, options in control.when.items()
    )


def for_gate(book: RuleBook) -> policy.RuleBook:
    """Return a rule book as the policy file tells it to the gate, all stages together."""
    asked = tuple(each for stage in book.stages for each in demands(book, stage))
    return policy.RuleBook(book.min_seconds, asked, tells_access=book.is_internal)
