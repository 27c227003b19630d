"""Batches of annotation (标注批次) of a workspace: the desk at which they are done, each step, and how they stand."""

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import cast

import pyarrow as pa

from annotation.batches import keys as task_keys
from annotation.batches import plans
from annotation.batches.close import Closed, close
from annotation.batches.collect import Collected, collect
from annotation.batches.desk import Desk
from annotation.batches.labels import Ending
from annotation.batches.publish import Published, publish
from annotation.batches.replay import is_replayed
from annotation.batches.review import Reviewed, review
from annotation.batches.stores import Stores
from annotation.people.access import policy_people
from annotation.port import AnnotationServer
from annotation.server.accounts import MANAGER, account_of
from annotation.server.policy import Person
from corpus.decisions.amend import MOVES, amend
from corpus.measure import Kinds
from corpus.schema import ADMITTED, QUARANTINED
from corpus.tracing import released
from provenance import keys
from provenance.ids import ItemId
from rules.annotation import books
from rules.annotation.batches import SAMPLED, VOID, BatchFact
from ui.bootstrap import House, holds_personal_information
from ui.services import annotating, inspecting, measuring, rule_books

ILLEGAL = "annotation-illegal"
"""Reason of items in which illegal or harmful content was found by annotation."""


def desk_of(house: House, server: AnnotationServer | None = None) -> Desk:
    """Return the desk at which the workspace's batches are done.

    Args:
        house: The open workspace.
        server: The annotation server; by default the one that the workspace's annotation goes to.

    Raises:
        GovernanceError: The server does not run, or its token or key cannot be had.
    """
    return _desk(house, server or annotating.client_of(house))


def desk_at_rest(house: House) -> Desk:
    """Return a desk whose server is asked for nothing: what is stored and recorded is enough.

    Raises:
        GovernanceError: The server's key cannot be had.
    """
    return _desk(house, cast("AnnotationServer", None))


def _desk(house: House, server: AnnotationServer) -> Desk:
    settings = annotating.server_of(house)
    secret = keys.load_or_create_item_key(settings.key, workspace=house.settings.folder)
    desk = Desk(
        workspace=house.workspace,
        server=server,
        stores=Stores.under(house.settings.folder / "annotation"),
        catalog=house.catalog,
        profile=house.profile.id,
        books={each.name: each for each in books.load().values()},
        policy=settings.policy,
        policy_people={account_of(MANAGER): Person(MANAGER, ("manage",))},
        gate=annotating.environment_of().gate,
        text_digest=lambda text: task_keys.text_digest(secret, text),
        actor=house.actor,
        scan=holds_personal_information,
        instruction=partial(rule_books.instruction, house),
    )
    return desk.with_people(policy_people(desk.facts().people))


def template() -> str:
    """Return an example of a batch plan with comments."""
    return resources.files("annotation.batches").joinpath("templates", "plan.yaml").read_text("utf-8")


def publish_plan(desk: Desk, plan: Path) -> Published:
    """Publish a batch by its plan, or go on where that broke off.

    Raises:
        GovernanceError: As for :func:`annotation.batches.plans.read` and :func:`annotation.batches.publish.publish`.
    """
    return publish(desk, plans.read(plan))


def collect_batches(desk: Desk, name: str = "") -> tuple[Collected, ...]:
    """Collect a batch, or all that have not ended.

    Raises:
        GovernanceError: As for :func:`annotation.batches.collect.collect`.
    """
    names = [name] if name else [each.id for each in listing(desk) if each.end is None and each.kind not in SAMPLED]
    return tuple(collect(desk, each) for each in names)


def review_batch(desk: Desk, name: str) -> Reviewed:
    """Publish what is to be checked, and take decisions over.

    Raises:
        GovernanceError: As for :func:`annotation.batches.review.review`.
    """
    return review(desk, name)


def close_batch(desk: Desk, name: str, outcome: str, reason: str) -> tuple[Closed, int]:
    """End a batch: measure it, release, and delete its texts in the server; of a void one quarantine what was found.

    Returns:
        The batch that ended, and how many items were quarantined now.

    Raises:
        GovernanceError: As for :func:`annotation.batches.close.close`.
    """
    if desk.batch(name).end is None:
        if outcome != VOID:
            review(desk, name)
        measuring.measure_batch(desk, name)  # of a void one, too: its times were worked
    closed = close(desk, name, outcome, reason, scan=holds_personal_information)
    cause = closed.batch.end.seq if closed.batch.end else 0
    return closed, _quarantine(desk, closed.ending.illegal, cause)


def listing(desk: Desk) -> tuple[BatchFact, ...]:
    """Return the batches that annotate, in the order of their publication."""
    return tuple(each for each in desk.facts().batches if each.kind in plans.CHECKS)


def publish_any(house: House, plan: Path) -> Published:
    """Publish a batch of any kind by its plan; the items of an inspection are those of a drawn sample.

    The plan is read before the server is asked for anything, so that a mistake in it is told as that.

    Raises:
        GovernanceError: As for :func:`publish_plan` and :func:`ui.services.inspecting.publish`.
    """
    order = plans.read(plan)
    desk = desk_of(house)
    return inspecting.publish(house, desk, order) if order.plan.kind in SAMPLED else publish(desk, order)


def collect_any(house: House, desk: Desk, name: str = "") -> tuple[Collected, ...]:
    """Collect a batch of any kind, or all that have not ended; verdicts on samples are recorded with it.

    Raises:
        GovernanceError: As for :func:`collect_batches` and :func:`ui.services.inspecting.collect`.
    """
    wanted = [desk.batch(name)] if name else [each for each in listing(desk) if each.end is None]
    return tuple(
        inspecting.collect(house, desk, each)[0].collected if each.kind in SAMPLED else collect(desk, each.id)
        for each in wanted
    )


def close_any(house: House, desk: Desk, name: str, outcome: str, reason: str) -> tuple[Closed, int]:
    """End a batch of any kind.

    Raises:
        GovernanceError: As for :func:`close_batch` and :func:`ui.services.inspecting.close`.
    """
    batch = desk.batch(name)
    if batch.kind not in SAMPLED:
        return close_batch(desk, name, outcome, reason)
    return Closed(inspecting.close(house, desk, batch, outcome, reason), Ending(), batch.end is None), 0


def replayed(desk: Desk) -> Mapping[str, bool]:
    """Replay the copy of the outbox for every batch that was collected from a server with the gate.

    Returns:
        For each whether the same answers come out of it that are stored.

    Raises:
        GovernanceError: Something stored is missing or damaged.
    """
    mine = [each for each in listing(desk) if each.is_enforced and each.answers and each.kind not in SAMPLED]
    return {each.id: is_replayed(desk, each) for each in mine}


def _quarantine(desk: Desk, items: Sequence[ItemId], cause: int) -> int:
    """Take items out in which illegal content was found, as far as they are admitted."""
    rows = released.rows(desk.workspace, items) if items else {}
    moved = [item for item, row in sorted(rows.items()) if row["disposition"] == ADMITTED]
    if not moved:
        return 0
    columns = zip(*((*item, QUARANTINED, ILLEGAL) for item in moved), strict=True)
    table = pa.table([pa.array(column, field.type) for column, field in zip(columns, MOVES, strict=True)], MOVES)
    kinds = Kinds(desk.catalog.sensitive(), desk.catalog.risk_unions())
    amend(desk.workspace, table, cause=ILLEGAL, actor=desk.actor, kinds=kinds, cause_event=cause)
    return len(moved)
