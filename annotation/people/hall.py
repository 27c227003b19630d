"""The hall of examinations (考场): the workspace, the server, and the store of gold answers, which nobody else sees.

The evidence tells the digest of the gold answers, so that they cannot be changed after the examination was published.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from annotation.people.exam_sheet import ExamSheet
from annotation.people.examination import Exam, tasks
from annotation.port import AnnotationServer
from corpus.workspace import Workspace
from provenance.canonical import Json, encode
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.events import BatchPublished
from provenance.ids import Digest, digest
from provenance.objects import ObjectStore

KIND = "exam"


@dataclass(frozen=True)
class Hall:
    """Where examinations are held.

    Attributes:
        workspace: Where they are recorded.
        server: Where they are taken.
        gold: Store of the gold answers.
        actor: Id of the person who acts.
    """

    workspace: Workspace
    server: AnnotationServer
    gold: ObjectStore
    actor: str


def gold_store(folder: Path) -> ObjectStore:
    """Return the store of gold answers in a folder that its owner alone may enter; it is made where it is not there.

    Raises:
        GovernanceError: The disk refuses.
    """
    with told("make the store of gold answers", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return ObjectStore(folder)


def load(hall: Hall, name: str) -> Exam:
    """Return a published examination with its gold answers.

    Raises:
        GovernanceError: There is no such examination, or its gold answers are missing or others.
    """
    event = require(hall, name)
    with hall.workspace.evidence.open(Digest(event.tasks)) as stored:
        gold = Digest(json.load(stored)["gold"])
    hall.gold.check(gold)
    with hall.gold.open(gold) as kept:
        return Exam(ExamSheet.model_validate_json(kept.read()), hall.workspace.item_key)


def published(workspace: Workspace, name: str) -> BatchPublished | None:
    """Return how an examination was published; None where it was not."""
    for entry in workspace.ledger.entries(kinds=(BatchPublished.__name__,), subject=name):
        if isinstance(entry.event, BatchPublished) and entry.event.kind == KIND:
            return entry.event
    return None


def require(hall: Hall, name: str) -> BatchPublished:
    """Return how an examination was published.

    Raises:
        GovernanceError: There is none of this id.
    """
    event = published(hall.workspace, name)
    if event is None:
        raise refusal(
            "There is no examination of this id.",
            "exam-unknown",
            "Publish it with `yuliao people examine publish EXAM.yaml`; its id begins with e-.",
        )
    return event


def demand_open(workspace: Workspace, name: str) -> None:
    """Refuse what is done to an examination that has ended.

    Raises:
        GovernanceError: It has ended.
    """
    if any(workspace.ledger.entries(kinds=("BatchClosed",), subject=name)):
        raise refusal(f"The examination {name} has ended.", "exam-ended", "Hold a new one under another id.")


def parts(exam: Exam) -> list[bool]:
    """Return which of the two projects there are: the one with lettered answers, then the one on the book's form."""
    return [choice for choice in (True, False) if tasks(exam, choice=choice)]


def listing(exam: Exam) -> bytes:
    """Return the list of tasks as it is kept as evidence: keys and abilities, no text, and what commits to the gold."""
    listed: list[Json] = [{"key": exam.key(each), "ability": each.ability} for each in exam.sheet.questions]
    return encode({"exam": exam.sheet.id, "gold": digest(exam.sheet.body()), "tasks": listed})


def refusal(message: str, code: str, remedy: str) -> GovernanceError:
    """Return the error for an examination that cannot be held so."""
    return GovernanceError(message, code=f"annotation.{code}", remedy=remedy)
