"""The desk at which batches are done: workspace, server, stores, people, rule books, brought together by the caller."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotation import forms
from annotation.batches.stores import Stores
from annotation.labelstudio import failures
from annotation.people import known
from annotation.port import AnnotationServer
from annotation.server.policy import Person
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from rules.annotation import books
from rules.annotation.batches import BatchFact
from rules.annotation.book_records import RuleBook
from rules.annotation.facts import AnnotationFacts
from rules.annotation.people import PersonFact
from rules.catalog import Catalog


@dataclass(frozen=True)
class Desk:
    """Everything that a step of a batch needs.

    Attributes:
        workspace: Where.
        server: The annotation server.
        stores: Where answers and labels go.
        catalog: The rules.
        profile: Id of the profile that applies.
        books: The rule books that this installation has, by id with version.
        policy: File of the policy.
        policy_people: Everybody who may be at work, by account, for the policy.
        gate: Digest of the gate that the policy is written for.
        text_digest: The keyed digest under which the gate tells of a text.
        actor: Id of the person who acts.
        scan: Says whether what somebody wrote holds personal information.
        instruction: Says a rule book's stage as the page of instructions that its projects show, HTML.
    """

    workspace: Workspace
    server: AnnotationServer
    stores: Stores
    catalog: Catalog
    profile: str
    books: Mapping[str, RuleBook]
    policy: Path
    policy_people: Mapping[str, Person]
    gate: str
    text_digest: Callable[[str], str]
    actor: str
    scan: Callable[[str], bool] = lambda _: False
    instruction: Callable[[RuleBook, str], str] = forms.steps

    def with_people(self, people: Mapping[str, Person]) -> "Desk":
        """Return the desk with more people who may be at work, by account."""
        return replace(self, policy_people={**self.policy_people, **people})

    def facts(self) -> AnnotationFacts:
        """Return what the ledger says of annotation, as of now."""
        return known.register(self.workspace)

    def gate_in_force(self) -> str:
        """Return the digest of the gate that enforces the rules in the server; empty where none does.

        Raises:
            GovernanceError: The server does not answer, so that nobody can tell.
        """
        strength = self.server.strength()
        if not strength.is_up:
            raise failures.down()
        return strength.gate if strength.is_enforced else ""

    def batch(self, name: str) -> BatchFact:
        """Return a batch by its id.

        Raises:
            GovernanceError: There is no such batch.
        """
        found = next((each for each in self.facts().batches if each.id == name), None)
        if found is None:
            raise GovernanceError(
                "There is no such batch.",
                code="annotation.batch-unknown",
                remedy="`yuliao annotate status` lists the batches.",
            )
        return found

    def released(self, name: str) -> RuleBook:
        """Return a released rule book by its id with its version; what was approved is what is here, byte for byte.

        Raises:
            GovernanceError: It is not released, or this installation does not have it.
        """
        book = self.books.get(name)
        approved = {(each.id, each.digest) for each in self.facts().books}
        if book is None or (name, books.digest_of(book)) not in approved:
            raise GovernanceError(
                f"The rule book {name} is not released in this workspace.",
                code="annotation.book-not-released",
                remedy="Have it checked and approved: `yuliao rules check`, then `yuliao rules approve`.",
            )
        return book


def standing(facts: AnnotationFacts) -> Mapping[str, PersonFact]:
    """Return the people by id."""
    return {each.person: each for each in facts.people}
