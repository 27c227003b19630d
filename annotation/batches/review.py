"""Checking a batch (审核、抽检): answers are shown to people who did not give them, and their decisions are taken over.

Every safety annotation is reviewed; of a functional batch a sample, whose seed was committed to before anybody worked.
The command is repeated while people work: what is new to be checked is published, what was decided is recorded.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from annotation import forms
from annotation.batches import answers, decisions, judging
from annotation.batches.answers import Collection
from annotation.batches.collect import collect
from annotation.batches.decisions import APPROVE, ILLEGAL, INACCURATE, OPEN, Check, Outcome
from annotation.batches.desk import Desk
from annotation.port import Answer, Entry, Results, TaskDraft
from corpus.tracing import released
from provenance.canonical import Json, encode
from provenance.errors import GovernanceError
from provenance.events import BatchReviewed
from provenance.ids import ItemId
from rules.annotation.batches import ANNOTATE, FUNCTIONAL, REVIEW, SAFETY, BatchFact
from rules.annotation.book_records import RuleBook

_WRITTEN = "（已填写，内容只在标注服务中）"


@dataclass(frozen=True)
class Reviewed:
    """A batch after its check was taken further: what was decided, tasks put there now, and whether anything is new."""

    batch: BatchFact
    outcomes: Mapping[ItemId, Outcome]
    tasks_put: int
    is_new: bool


def review(desk: Desk, name: str) -> Reviewed:
    """Publish what is to be checked and is not yet, and record what was decided.

    Args:
        desk: Where.
        name: Id of the batch.

    Raises:
        GovernanceError: As for :func:`annotation.batches.collect.collect`.

    Clause:
        R-038, R-039, R-204, AR-6, AR-7
    """
    if desk.batch(name).kind not in (SAFETY, FUNCTIONAL):
        raise GovernanceError(
            f"The batch {name} inspects or examines, and nobody reviews that.",
            code="annotation.nothing-to-review",
            remedy="Collect it: `yuliao annotate collect BATCH`.",
        )
    collected = collect(desk, name)
    batch, found = collected.batch, collected.found
    listed = answers.units_of(desk, batch)
    checks = judging.checks_of(desk, batch, listed, found)
    outcomes = decided(desk, batch, checks, found)
    if batch.end is not None:
        return Reviewed(batch, outcomes, 0, is_new=False)
    put = _put(desk, batch, checks)
    is_new = _record(desk, batch, checks, outcomes, found)
    return Reviewed(desk.batch(name), outcomes, put, is_new)


def decided(desk: Desk, batch: BatchFact, checks: Sequence[Check], found: Collection) -> Mapping[ItemId, Outcome]:
    """Return what was decided of each item that is to be checked."""
    approvals = desk.catalog.required("safety_items_reviewers_min", desk.profile) if batch.kind != FUNCTIONAL else 1
    return decisions.outcomes(batch, checks, found.checks, approvals=approvals)


def _put(desk: Desk, batch: BatchFact, checks: Sequence[Check]) -> int:
    project = next(each.number for each in batch.projects if each.function != ANNOTATE)
    book = desk.released(batch.rule_book)
    texts = released.stored(desk.workspace, [each.item for each in checks])
    drafts = (_draft(book, each, texts[each.item]) for each in checks if each.item in texts)
    return desk.server.publish(project, drafts, partial(_said, book))


def _draft(book: RuleBook, check: Check, text: str) -> TaskDraft:
    return TaskDraft(
        key=check.key,
        text=text,
        shown={"first": forms.first_answer(book, ANNOTATE, [_shown(each) for each in check.answer.entries])},
        source_annotators=(check.answer.person,),
    )


def _shown(entry: Entry) -> Entry:
    return replace(entry, text=_WRITTEN) if entry.digest and not entry.values else entry


def _said(book: RuleBook, entries: Sequence[Entry], text: str) -> Results:
    return forms.to_results(book, REVIEW, text, entries)


def _record(
    desk: Desk,
    batch: BatchFact,
    checks: Sequence[Check],
    outcomes: Mapping[ItemId, Outcome],
    found: Collection,
) -> bool:
    stored = desk.stores.of(batch.kind).put_bytes(_body(checks, outcomes, found.checks))
    words = Counter(each.decision for each in outcomes.values())
    listed = answers.units_of(desk, batch)
    is_spot_check = batch.kind == FUNCTIONAL
    if is_spot_check:
        seed = decisions.spot_seed(desk.workspace, batch.id, desk.actor)
        size = decisions.spot_size(batch.wanted, desk.catalog)
        units = len(decisions.drawn_for_check(listed.values(), seed.value, size) | outcomes.keys())
    else:
        seed, units = None, batch.wanted
    event = BatchReviewed(
        is_spot_check=is_spot_check,
        units=units,
        checked=sum(words.values()) - words[OPEN],
        approved=words[APPROVE],
        inaccurate=words[INACCURATE],
        illegal=words[ILLEGAL],
        reviewers=tuple(sorted({each.person for each in found.checks})),
        answers=stored,
        seed=seed.value.hex() if seed else "",
        seed_event=seed.event if seed else 0,
    )
    before = batch.review
    if not found.checks and not before.seq:
        return False
    if (before.answers, before.units, before.checked) == (stored, event.units, event.checked):
        return False
    with desk.workspace.database.transaction() as session:
        entry = desk.workspace.ledger.append(session, actor=desk.actor, subject=batch.id, event=event)
        kinds = ("BatchReviewed", "BatchCollected", "BatchClosed")
        later = desk.workspace.ledger.entries(
            kinds=kinds, subject=batch.id, since=max(before.seq, batch.collected), upto=entry.seq - 1
        )
        if next(later, None) is not None:
            raise GovernanceError(
                f"Somebody else has just taken the batch {batch.id} further.",
                code="annotation.reviewed-meanwhile",
                remedy="Run the same command again.",
            )
    return True


def _body(checks: Sequence[Check], outcomes: Mapping[ItemId, Outcome], said: Sequence[Answer]) -> bytes:
    """Return the decisions as canonical JSON: of each item, with the answers that they are about; no text."""
    by_key: dict[str, list[Json]] = {}
    for each in sorted(said, key=lambda each: (each.task, each.person)):
        word = each.values("decision")[0]
        row: Json = {"person": each.person, "decision": word, "at": each.changed_at, "annotation": each.annotation}
        by_key.setdefault(each.task, []).append(row)
    rows: list[Json] = [
        {
            "item": str(each.item),
            "task": each.key,
            "annotation": each.answer.annotation,
            "annotator": each.answer.person,
            "decisions": by_key.get(each.key, []),
        }
        for each in checks
    ]
    items: dict[str, Json] = {str(item): each.decision for item, each in outcomes.items()}
    return encode({"schema": 1, "checks": rows, "items": items})
