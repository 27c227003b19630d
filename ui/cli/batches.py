"""Commands of annotation in batches (标注批次): publish, collect, review, close, status."""

from pathlib import Path

import typer

from annotation.batches.enforcement import REASONS
from provenance.errors import ExitCode, GovernanceError
from rules.annotation.batches import ACCEPTED, INSPECT, PI_CHECK, REDO, SAMPLED, VOID, BatchFact
from ui.bootstrap import House
from ui.cli.shared import JSON, REASON, print_json, print_table, state, tell
from ui.services import batches, inspecting, reading

_PLAN = typer.Argument(None, readable=False, help="YAML file.")
_BATCH = typer.Argument(..., help="Id of the batch.")
_AFTERWARDS = "The server of this batch has no gate: the rules are checked after the fact only (事后核查)."


def add_to(annotate: typer.Typer) -> None:
    """Add the commands to `annotate`."""
    annotate.command("publish")(_publish)
    annotate.command("collect")(_collect)
    annotate.command("review")(_review)
    annotate.command("close")(_close)
    annotate.command("status")(_status)


def _publish(
    context: typer.Context,
    plan: Path | None = _PLAN,
    template: bool = typer.Option(False, "--template", help="Print an example with comments, and stop."),
    as_json: bool = JSON,
) -> None:
    """Publish a batch by its plan (批次计划).

    The same command goes on where an earlier one broke off.
    """
    if template:
        typer.echo(batches.template(), nl=False)
        return
    if plan is None:
        raise GovernanceError(
            "No plan is given.",
            code="ui.no-file",
            remedy="Name its file; `yuliao annotate publish --template` prints an example.",
        )
    house = state(context).house
    done = batches.publish_any(house, plan)
    if as_json:
        print_json({**done.batch.to_json(), "tasks_put": done.tasks_put, "is_new": done.is_new})
    tell(
        f"Batch {done.batch.id} is {'published' if done.is_new else 'published already'}: {done.batch.units} items, "
        f"{done.tasks_put} tasks put now."
    )
    if done.batch.kind == PI_CHECK:
        _tell_raw(house, done.batch)
    if not done.batch.planned_seconds:
        tell("The plan names no planned_seconds; AR-10 will warn.")
    _warn(done.batch)


def _tell_raw(house: House, batch: BatchFact) -> None:
    """Say who is shown raw text, where that is recorded, and what cannot be shown."""
    people = len(batch.people.get(INSPECT, ()))
    tell(
        f"Raw text (原文) of these items is shown to {people} internal people. Each access is a row of the server's "
        "outbox; `yuliao annotate collect` records them in the ledger, and table T11c counts them."
    )
    if missing := inspecting.not_shown(house, batch):
        tell(
            f"{missing} items of the sample are not shown and stay without a verdict: their file is gone or changed, "
            "or stripping gives another text now than is stored. Take them in again (`yuliao ingest SOURCE PATH "
            "--reconsider`), then draw anew."
        )


def _collect(
    context: typer.Context,
    batch: str = typer.Argument("", help="Id of the batch; all that have not ended where it is left out."),
    as_json: bool = JSON,
) -> None:
    """Fetch what people submitted; every rule is held against it.

    What breaks a rule is named and counts in no figure.
    """
    house = state(context).house
    done = batches.collect_any(house, batches.desk_of(house), batch)
    if as_json:
        print_json([{**each.batch.to_json(), "is_new": each.is_new} for each in done])
    for each in done:
        tell(
            f"Batch {each.batch.id}: {each.batch.annotations} annotations, {each.batch.units_done} of "
            f"{each.batch.units} items done."
        )
        if each.batch.kind == PI_CHECK:
            _tell_missed(house, each.batch)
        for project in sorted(each.gone):
            tell(
                f"- project {project} of the batch was deleted in the server, with what was in it: publish its plan "
                f"under another id, and void this one (`yuliao annotate close {each.batch.id} --void --reason REASON`)."
            )
        for kept in each.found.kept_out:
            tell(f"- kept out: annotation {kept.annotation} of {kept.person or 'nobody'}: {REASONS[kept.reason].en}")
        _warn(each.batch)
    if any(each.found.kept_out or each.gone for each in done):
        raise typer.Exit(ExitCode.FINDINGS)


def _tell_missed(house: House, batch: BatchFact) -> None:
    """Say what people marked and stripping leaves, and who was shown raw text."""
    found = next(each for each in reading.facts_of(house).annotation.pi_checks if each.batch == batch.id)
    marked, missed = (sum(getattr(each, name) for each in found.counts) for name in ("marked", "missed"))
    tell(
        f"- {found.items} items judged, {found.items_missed} with something missed; {marked} stretches marked, "
        f"{missed} missed. Raw text was shown to {len(found.shown_to)} people, {found.times_shown} items in all."
    )


def _review(context: typer.Context, batch: str = _BATCH, as_json: bool = JSON) -> None:
    """Publish what is to be checked, take over what was decided.

    Repeat it while people work.
    """
    done = batches.review_batch(batches.desk_of(state(context).house), batch)
    found = done.batch.review
    if as_json:
        print_json({**done.batch.to_json(), "tasks_put": done.tasks_put})
    what = "spot check" if found.is_spot_check else "review"
    if not found.units:
        tell(f"Batch {batch}: {done.tasks_put} tasks put now; {what}: nothing is decided yet.")
        if not done.batch.annotations:
            tell(f"Nothing was collected that could be checked: `yuliao annotate collect {batch}`.")
        return
    tell(
        f"Batch {batch}: {done.tasks_put} tasks put now; {what}: {found.checked} of {found.units} items decided, "
        f"{found.approved} approved, {found.inaccurate} inaccurate, {found.illegal} illegal."
    )
    if found.illegal:
        tell(f"Illegal or harmful content was found: `yuliao annotate close {batch} --void --reason REASON`.")
    elif found.inaccurate and found.is_complete:
        tell(f"What is inaccurate is annotated anew: `yuliao annotate close {batch} --redo --reason REASON`.")
    elif found.is_complete:
        tell(f"All of it is approved: `yuliao annotate close {batch} --accept --reason REASON`.")


def _close(
    context: typer.Context,
    batch: str = _BATCH,
    accept: bool = typer.Option(False, "--accept", help="Accept it (验收)."),
    redo: bool = typer.Option(False, "--redo", help="Release what is approved; the rest is annotated anew (重新标注)."),
    void: bool = typer.Option(False, "--void", help="Void it (作废): nothing of it may be used."),
    reason: str = REASON,
    as_json: bool = JSON,
) -> None:
    """End a batch; its task texts are deleted in the server."""
    asked = [word for word, is_so in ((ACCEPTED, accept), (REDO, redo), (VOID, void)) if is_so]
    if len(asked) != 1:
        raise GovernanceError(
            "A batch ends in one way.",
            code="ui.one-outcome",
            remedy="Give one of --accept, --redo and --void.",
        )
    house = state(context).house
    done, quarantined = batches.close_any(house, batches.desk_of(house), batch, asked[0], reason)
    illegal = [str(item) for item in done.ending.illegal]
    if as_json:
        print_json({**done.batch.to_json(), "illegal": illegal, "quarantined": quarantined})
    left = f" {done.batch.released} items released, {done.batch.reworked} to be annotated anew;"
    tell(
        f"Batch {batch} ended, {asked[0]}:{'' if done.batch.kind in SAMPLED else left} "
        f"{done.batch.texts_deleted} task texts were deleted in the server."
    )
    if illegal:
        tell(f"Illegal or harmful content was found in {len(illegal)} items; {quarantined} were quarantined now.")
    if done.batch.reworked:
        tell(f"Plan a batch with `redoes: {batch}` for them.")


def _status(
    context: typer.Context,
    replay: bool = typer.Option(False, "--replay", help="Replay what was collected, without any server (重放核对)."),
    as_json: bool = JSON,
) -> None:
    """List the batches: how far each is, and what of it counts nowhere."""
    if replay:
        _replay(context, as_json=as_json)
        return
    found = reading.facts_of(state(context).house).annotation.batches
    if as_json:
        print_json([each.to_json() for each in found])
        return
    heads = ("batch", "kind", "deadline", "items", "done", "checked", "approved", "released", "kept out", "state")
    print_table(heads, [_row(each) for each in found])
    if any(not each.is_enforced for each in found):
        tell(f"* {_AFTERWARDS}")


def _replay(context: typer.Context, *, as_json: bool) -> None:
    """Say for each batch whether its stored answers come out of the copy of the outbox again."""
    found = batches.replayed(batches.desk_at_rest(state(context).house))
    if as_json:
        print_json(found)
    for name, is_same in found.items():
        tell(f"{name}: {'the same answers' if is_same else 'OTHER ANSWERS than are stored'}")
    if not all(found.values()):
        raise typer.Exit(ExitCode.VERIFICATION_FAILED)


def _row(batch: BatchFact) -> tuple[object, ...]:
    review = batch.review
    return (
        batch.id if batch.is_enforced else f"{batch.id}*",
        batch.kind,
        batch.deadline,
        batch.units,
        batch.units_done,
        f"{review.checked}/{review.units}",
        review.approved,
        batch.released,
        sum(batch.kept_out.values()),
        batch.outcome,
    )


def _warn(batch: BatchFact) -> None:
    if not batch.is_enforced:
        tell(_AFTERWARDS)
