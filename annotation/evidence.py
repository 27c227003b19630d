"""The evidence of annotation (标注证据) as a sealed bundle holds it: whoever has the bundle alone can follow the chain.

Layout, below ``data/`` of the bundle::

    annotation/outbox.jsonl                  every row ever fetched from the server, the very bytes that were hashed
    annotation/batches/BATCH/tasks.json      its task list: keys, items, keyed digests of texts
    annotation/batches/BATCH/answers.json    what counts of it, and what was kept out
    annotation/batches/BATCH/decisions.json  what reviewers and inspectors decided
    annotation/batches/BATCH/labels.json     how it ended
    annotation/rule-books/BOOK-VERSION.yaml  the rule books that were worked by, as they were approved

- Every file is one that the ledger names by its digest; the outbox is the pieces of all collections, one behind the
  other. Where a server was restored from a backup, rows that it lost stand before those that took their place; the
  ledger says of each piece after which row it goes on.
- None holds a text, a name or a gold answer: labels, offsets, ids, moments and keyed digests.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from annotation.batches.stores import Stores
from corpus.workspace import Workspace
from provenance.disk import told
from provenance.events import BatchCollected
from provenance.ids import Digest
from provenance.objects import ObjectStore
from rules.annotation.batches import SAFETY, BatchFact
from rules.annotation.facts import AnnotationFacts

FOLDER = "annotation"
OUTBOX = f"{FOLDER}/outbox.jsonl"


def files(
    workspace: Workspace, stores: Stores, facts: AnnotationFacts, *, upto: int, scratch: Path
) -> dict[str, bytes | Path]:
    """Return the files of a bundle that tell of annotation, by name; none where nothing was ever published.

    Args:
        workspace: Its ledger names them, its evidence store holds task lists and rule books.
        stores: Hold answers and the outbox.
        facts: What the ledger says of annotation.
        upto: Its last entry that is sealed.
        scratch: A folder for the outbox, which lasts until the bundle is written.

    Raises:
        GovernanceError: Something that the ledger names is missing or damaged; what is left of it would mislead.
    """
    found: dict[str, bytes | Path] = {}
    for batch in facts.batches:
        for name, store, digest in _parts(workspace, stores, batch):
            if digest:
                found[f"{FOLDER}/batches/{batch.id}/{name}.json"] = _checked(store, digest)
    used = {batch.rule_book for batch in facts.batches}
    for book in facts.books:
        if book.id in used:
            name = f"{FOLDER}/rule-books/{book.book}-{book.version}.yaml"
            found[name] = _checked(workspace.evidence, book.digest)
    pieces = list(_pieces(workspace, upto))
    if pieces:
        found[OUTBOX] = _joined([_checked(stores.of(SAFETY), each) for each in pieces], scratch / "outbox.jsonl")
    return found


def _parts(workspace: Workspace, stores: Stores, batch: BatchFact) -> Iterator[tuple[str, ObjectStore, str]]:
    """Yield each part of a batch's evidence, where it is stored, and its digest, empty where there is none yet."""
    answers = stores.of(batch.kind)
    yield "tasks", workspace.evidence, batch.tasks
    yield "answers", answers, batch.answers
    yield "decisions", answers, batch.review.answers
    yield "labels", answers, batch.end.labels if batch.end else ""


def _pieces(workspace: Workspace, upto: int) -> Iterator[str]:
    for entry in workspace.ledger.entries(kinds=(BatchCollected.__name__,), upto=upto):
        if isinstance(entry.event, BatchCollected) and entry.event.rows:
            yield entry.event.rows


def _checked(store: ObjectStore, digest: str) -> Path:
    store.check(Digest(digest))
    return store.path(Digest(digest))


def _joined(pieces: list[Path], out: Path) -> Path:
    with told("join the pieces of the outbox", out), out.open("wb") as file:
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, file)
    return out
