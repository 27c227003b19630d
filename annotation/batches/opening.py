"""What the gate is told: who may work in which project now; the policy follows from the ledger and is written whole."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotation import forms
from annotation.batches.desk import Desk
from annotation.server import policy
from annotation.server.policy import Person, Policy, Project
from rules.annotation.batches import VOID, BatchFact
from rules.annotation.book_records import RuleBook


def policy_of(batches: Iterable[BatchFact], books: Mapping[str, RuleBook], people: Mapping[str, Person]) -> Policy:
    """Return the policy that follows from the batches there are.

    A batch that ended is closed. One that is void is listed as void instead, which closes it with a sentence of its
    own. A rule book that is not known here opens nothing.

    Args:
        batches: All batches, those that inspect and examine included.
        books: The rule books that are known here.
        people: Everybody who may be at work, by account.

    Clause:
        AR-9
    """
    known = [each for each in batches if each.rule_book in books]
    void = tuple(each.id for each in known if each.outcome == VOID)
    return Policy(
        people=people,
        rule_books={name: forms.for_gate(book) for name, book in sorted(books.items())},
        projects={
            project.number: Project(
                project.function, batch.id, batch.rule_book, project.cap, batch.end is None or batch.id in void
            )
            for batch in known
            for project in batch.projects
        },
        void_batches=void,
    )


def open_as_recorded(desk: Desk, *, held: str = "") -> Policy:
    """Write the policy that the ledger stands for; the gate obeys it from its next request on.

    Args:
        desk: Where.
        held: A batch that is closed for the moment, while somebody has a last look at it.

    Raises:
        GovernanceError: The disk refuses.
    """
    said = policy_of(desk.facts().batches, desk.books, desk.policy_people)
    projects = {
        number: replace(each, is_open=each.is_open and each.batch != held) for number, each in said.projects.items()
    }
    said = replace(said, projects=projects)
    policy.write(desk.policy, said, gate=desk.gate)
    return said
