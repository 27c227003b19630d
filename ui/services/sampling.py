"""Sampling (抽样): drawing by a plan, handing out work sheets, recording verdicts, judging records by machine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.decisions import amend
from corpus.measure import Kinds
from corpus.samples import drawing, inspection, record_checks, technical, worksheets
from corpus.samples.drawing import Drawn, Order
from corpus.samples.frames import Framing, Items
from corpus.samples.inspection import LIMIT, Recorded, Rules
from corpus.samples.record_checks import Means
from corpus.samples.verdict_files import Verdict
from corpus.sources.states import State, require_declared, sources
from provenance.errors import GovernanceError
from provenance.ids import ItemId, SourceId
from rules import notices, pass_rates
from rules.notices import NoticeFinder
from rules.sample_plans import ASSESSMENT, TECHNICAL, SamplePlan, plan
from rules.samples import Outcome, SampleFact
from ui.bootstrap import House, holds_personal_information
from ui.parameters import read_options
from ui.services import reading, registering, sample_texts
from ui.services.screening import keyword_screen
from ui.stripping import stripper_for, telling_no_names

_TOLD = 12
"""Digits of the keyword library's digest that name it beside a verdict."""


@dataclass(frozen=True)
class Handed:
    """A sample that was drawn: the items without text on its sheet, and its result where a program judged it."""

    drawn: Drawn
    blind: int = 0
    recorded: Recorded | None = None


def assess(house: House, name: str, paths: Sequence[Path], *, size: int, out: Path | None, reason: str) -> Handed:
    """Draw from the files of a source before anything of it is taken in (采集前安全评估).

    Args:
        house: The open workspace.
        name: Id of the source.
        paths: Files and folders.
        size: Items wanted; 0 for the plan's own number.
        out: Where the work sheet goes; none is written where None.
        reason: Why it is drawn once more, if it is.

    Raises:
        GovernanceError: The source is undeclared or withdrawn, a path is missing, there is nothing to judge, the files
            were drawn from before, or the sheet may not lie there.

    Clause:
        R-001
    """
    source = require_declared(house.workspace.ledger, name)
    if source.state is State.WITHDRAWN:
        raise GovernanceError(
            f"The source {name} was withdrawn, and nothing of it is assessed.",
            code="ui.source-withdrawn",
            remedy="Declare what its owner agrees to anew under another id.",
        )
    _demand_place(house, out)
    order = _order(house, plan(ASSESSMENT), name, size, reason)
    stripper = stripper_for(house, source)
    frame = sample_texts.frame_of(house, source, paths)
    with telling_no_names(stripper):
        drawn = drawing.draw(house.workspace, order, frame, scan=holds_personal_information)
    if out is None:
        return Handed(drawn)
    return Handed(drawn, _write(house, out, drawn.items, sample_texts.of_frame(house, source, frame, drawn.items)))


def draw(house: House, name: str, *, source: str, size: int, out: Path | None, reason: str) -> Handed:
    """Draw from the items of the corpus by a plan; what a program judges is judged at once.

    Args:
        house: The open workspace.
        name: Key of the plan.
        source: The source, for a plan that draws from one.
        size: Items wanted; 0 for the plan's own number.
        out: Where the work sheet goes; none is written where None.
        reason: Why it is drawn once more, if it is.

    Raises:
        GovernanceError: There is no such plan, it draws from something else, its items may stand on no sheet, or as for
            :func:`assess`.

    Clause:
        R-002, R-027, R-070, R-071, R-151, R-152, R-153, R-154, R-156, R-157
    """
    chosen = plan(name)
    _demand_fit(chosen, source)
    _demand_no_sheet(chosen, out)
    _demand_place(house, out)
    order = _order(house, chosen, source, size, reason)
    drawn = drawing.draw(house.workspace, order, _framing(house, chosen, source), scan=holds_personal_information)
    if chosen.is_machine_judged:
        verdicts = _judge(house, chosen, drawn)
        done = inspection.record_machine(house.workspace, drawn.sample, verdicts, _rules(house), actor=house.actor)
        return Handed(drawn, recorded=done)
    if out is None:
        return Handed(drawn)
    return Handed(drawn, _write(house, out, drawn.items, sample_texts.of_sample(house, drawn)))


def record(house: House, seq: int, file: Path) -> Recorded:
    """Record verdicts of a file on a sample, with what follows for its source.

    Raises:
        GovernanceError: As for :func:`corpus.samples.inspection.record`.
    """
    return _followed(house, inspection.record(house.workspace, seq, file, _rules(house), actor=house.actor))


def record_inspected(house: House, seq: int, verdicts: Mapping[ItemId, Verdict]) -> Recorded:
    """Record verdicts that inspectors gave in the annotation server, with what follows for the sample's source.

    Raises:
        GovernanceError: As for :func:`corpus.samples.inspection.record`.
    """
    known = drawing.sample(house.workspace, seq)
    done = inspection.record_inspected(house.workspace, known, verdicts, _rules(house), actor=house.actor)
    return _followed(house, done)


def _followed(house: House, done: Recorded) -> Recorded:
    if done.state in (State.SUSPENDED, State.REFUSED):
        registering.close_descendants(house, SourceId(done.sample.source))
    return done


def listing(house: House) -> tuple[SampleFact, ...]:
    """Return all samples in the order of their drawing."""
    return reading.facts_of(house).samples


def limit_percent(house: House) -> int:
    """Return the limit of bad items of one source under the profile that applies; percent."""
    return house.catalog.required(LIMIT, house.profile.id)


def asked(house: House, sample: SampleFact) -> str:
    """Say what the plan of a sample asks, and for a pass rate (合格率) what statistics allow to say beside it."""
    chosen = plan(sample.plan)
    if chosen.limit:
        return f"the limit is {house.catalog.required(chosen.limit, house.profile.id)} percent"
    if chosen.house_limit:
        limit = house.catalog.house.integer(chosen.house_limit)
        return f"{sample.failed} failed, and the house allows {limit} percent"
    found = pass_rates.pass_rate(sample, house.catalog, house.profile.id) if chosen.pass_rate else None
    if found is None:
        return "every item must be right"
    sure = "statistically assured" if found.is_assured else "not statistically assured"
    return f"at least {found.required} percent must pass; {found.passed} of {sample.size} items did ({sure})"


def _order(house: House, chosen: SamplePlan, source: str, size: int, reason: str) -> Order:
    population = reading.facts_of(house).items.admitted if chosen.size.share else 0
    wanted = chosen.required(house.catalog, house.profile.id, population)
    if size and size < wanted and not chosen.size.house:
        raise GovernanceError(
            f"The plan {chosen.id} draws at least {wanted} items, and a smaller number would prove nothing.",
            code="ui.sample-too-small",
            remedy="Leave --sample out, or ask for more.",
        )
    return Order(chosen, source, size or wanted, lambda each: _outcome(house, each) == "failed", reason, house.actor)


def _outcome(house: House, sample: SampleFact) -> Outcome:
    return pass_rates.outcome(sample, house.catalog, house.profile.id)


def _judge(house: House, chosen: SamplePlan, drawn: Drawn) -> dict[ItemId, Verdict]:
    """Judge a sample by the program that its plan names."""
    if chosen.id == TECHNICAL:
        library, screen = keyword_screen(house)
        return technical.judge(house.workspace, drawn.items, f"{chosen.judge}+{library[:_TOLD]}", screen)
    with TemporaryDirectory() as folder:
        return record_checks.judge(house.workspace, drawn.items, chosen.judge, _means(house, Path(folder)))


def _framing(house: House, chosen: SamplePlan, source: str) -> Framing:
    declared = sources(house.workspace.ledger)
    if source:
        strata = {require_declared(house.workspace.ledger, source).id: ""}
    elif chosen.strata:
        strata = {name: each.registered.source_kind for name, each in declared.items()}
    else:
        strata = dict.fromkeys(declared, "")
    return Items(house.workspace, strata, chosen.dispositions, is_synthetic=chosen.only == "synthetic")


def _demand_fit(chosen: SamplePlan, source: str) -> None:
    if chosen.frame == "files":
        raise GovernanceError(
            f"The plan {chosen.id} draws from files that are not taken in.",
            code="ui.plan-of-files",
            remedy="Run `yuliao source assess ID PATH`.",
        )
    if (chosen.frame == "source") != bool(source):
        wanted = "one source" if chosen.frame == "source" else "the whole corpus"
        raise GovernanceError(
            f"The plan {chosen.id} draws from {wanted}.",
            code="ui.plan-frame",
            remedy="Name the source with --source." if chosen.frame == "source" else "Leave --source out.",
        )


def _demand_no_sheet(chosen: SamplePlan, out: Path | None) -> None:
    if chosen.is_raw and out is not None:
        raise GovernanceError(
            f"The plan {chosen.id} is judged by raw text, which no work sheet may hold.",
            code="ui.raw-text-on-sheet",
            remedy="Leave --out out, and publish the sample to the annotation server: a batch plan of kind pi_check, "
            "then `yuliao annotate publish PLAN`.",
        )


def _write(house: House, out: Path, items: Sequence[ItemId], found: Iterable[tuple[ItemId, str]]) -> int:
    return worksheets.write(out, house.settings.folder, _lines(items, iter(found)))


def _lines(items: Sequence[ItemId], found: Iterator[tuple[ItemId, str]]) -> Iterator[tuple[ItemId, str | None]]:
    """Yield every drawn item with its text, or without where none was found; both come in item order."""
    at = next(found, None)
    for item in items:
        if at is not None and at[0] == item:
            yield at
            at = next(found, None)
        else:
            yield item, None


def _demand_place(house: House, out: Path | None) -> None:
    if out is not None:
        worksheets.demand_place(out, house.settings.folder)


def _rules(house: House) -> Rules:
    kinds = Kinds(house.catalog.sensitive(), house.catalog.risk_unions())

    def hold(source: SourceId, cause: str, cause_event: int) -> None:
        amend.hold_source(house.workspace, source, cause=cause, actor=house.actor, kinds=kinds, cause_event=cause_event)

    return Rules(
        house.catalog, limit_percent(house), lambda each: _outcome(house, each), holds_personal_information, hold
    )


def _means(house: House, folder: Path) -> Means:
    return Means(
        options=lambda source: read_options(house, source),
        logged=record_checks.logs(house.workspace, folder),
        notices=NoticeFinder(notices.load()).find,
    )
