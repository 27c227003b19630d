"""The register of people as the ledger tells it at this moment."""

import difflib

from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from rules.annotation.books import BookFact
from rules.annotation.facts import KINDS, Annotation, AnnotationFacts
from rules.annotation.personnel import PersonFact


def register(workspace: Workspace) -> AnnotationFacts:
    """Return what the ledger says of annotation; qualifications are judged as of now."""
    found = Annotation()
    for entry in workspace.ledger.entries(kinds=KINDS):
        found.take(entry.seq, entry.at, entry.actor, entry.subject, entry.event)
    return found.facts(workspace.ledger.now())


def require_person(known: AnnotationFacts, name: str) -> PersonFact:
    """Return a registered person.

    Raises:
        GovernanceError: Nobody has this id.
    """
    people = {each.person: each for each in known.people if each.seq}
    if name not in people:
        near = difflib.get_close_matches(name, people, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise GovernanceError(
            f"Nobody is registered under this id.{hint}",
            code="annotation.person-unknown",
            remedy="`yuliao people list` prints the ids; `yuliao people add FILE.yaml` registers people.",
        )
    return people[name]


def require_people(known: AnnotationFacts, names: tuple[str, ...], *, role: str) -> None:
    """Refuse a list of people of whom one is not registered or no longer active.

    Args:
        known: The register.
        names: Their ids; one that is no id may be a name, and is not repeated.
        role: What they are in the file, for the message.

    Raises:
        GovernanceError: One is not registered or not active; by place in the list.
    """
    active = {each.person for each in known.people if each.seq and each.is_active}
    places = [str(place) for place, name in enumerate(names, 1) if name not in active]
    if places or not names:
        which = f"number {', '.join(places)} of the list" if places else "the list is empty"
        raise GovernanceError(
            f"The {role} are not all people of the register who are active: {which}.",
            code="annotation.person-unknown",
            remedy="Use the ids that `yuliao people list` prints; `yuliao people add FILE.yaml` registers people.",
        )


def require_book(known: AnnotationFacts, name: str) -> BookFact:
    """Return a released version of a rule book (标注规则).

    Raises:
        GovernanceError: There is none of this name and version.
    """
    found = {each.id: each for each in known.books}
    if name not in found:
        listed = f" Released are: {', '.join(found)}." if found else ""
        raise GovernanceError(
            f"No rule book of this name and version was released.{listed}",
            code="annotation.rule-book-unknown",
            remedy="Name it with its version, such as safety@1; `yuliao rules approve` releases one.",
        )
    return found[name]
