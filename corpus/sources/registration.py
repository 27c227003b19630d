"""Registering a source (来源登记) with its papers: all in one transaction, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.sources import days, declarations, lineage, plain_yaml
from corpus.sources.declarations import Declaration
from corpus.sources.evidence_files import Scan, locate, take
from corpus.sources.states import NEXT, Source, State, declaration, record, require_declared, sources
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.events import (
    Event,
    EvidenceAttached,
    GeneratingModel,
    PiOrder,
    SourceRegistered,
    SourceStateChanged,
)
from provenance.ids import SourceId
from rules.licences import Stance, judge
from rules.source_kinds import SourceKind, source_kind

_MODEL = ("model", "model_version", "model_filing", "model_side")
"""Fields of a synthetic source that say what generated it."""
_NOT_FILED = {"未备案": "not filed"}


@dataclass(frozen=True, slots=True)
class Registration:
    """What registering did: nothing at all where ``is_changed`` is false and ``attached`` is empty.

    Attributes:
        source: The source as it stands now.
        is_changed: Whether the declaration was new or other than the one known.
        attached: Kinds of evidence that were attached.
    """

    source: Source
    is_changed: bool
    attached: tuple[str, ...]


def register(workspace: Workspace, file: Path, *, actor: str, scan: Scan, correct: bool = False) -> Registration:
    """Register a source (来源登记) with its declaration and all evidence the declaration names.

    Args:
        workspace: Where.
        file: The declaration, YAML; paths of evidence are relative to its folder.
        actor: Id of the person who acts.
        scan: Finds personal information.
        correct: The id is known, and its name or origin was declared wrongly.

    Raises:
        GovernanceError: The declaration or a file is not as it must be, holds personal information, states a day that
            cannot be, belongs to an id of another source or of a withdrawn one, or names parents that cannot be.
            Nothing is recorded then.

    Clause:
        R-007, R-009, R-011, R-014, R-110, R-111, R-112
    """
    read = declarations.read(file)
    stated, kind = read.declaration, source_kind(read.declaration.kind)
    _demand_impersonal(read, scan, str(file))
    _demand_readable_licence(stated.licence, str(file))
    known, today = sources(workspace.ledger), workspace.ledger.today()
    before = known.get(stated.id)
    days.demand_possible(read, registered_on=before.registered_on if before else today, today=today, where=str(file))
    registered = _registered(read, kind, known)
    if before:
        _demand_same_source(before, registered, correct=correct)
    papers = locate(file.parent, kind, stated.papers)
    taken = [take(workspace, kind.evidence_kind(name), path, scan, stated) for name, path in papers.items()]
    workspace.evidence.put_bytes(read.raw)

    is_changed = before is None or before.registered != registered
    fresh = [each for each in taken if before is None or not _is_attached(before, each)]
    events: list[Event] = [*([registered] if is_changed else []), *fresh]
    if before:
        events += _looked_at_anew(before, kind, fresh, is_declared=is_changed)
    record(workspace, stated.id, before, events, actor)
    after = require_declared(workspace.ledger, stated.id)
    return Registration(after, is_changed, tuple(each.evidence_kind for each in fresh))


def attach(workspace: Workspace, source: str, kind: str, file: Path, *, actor: str, scan: Scan) -> Source:
    """Attach a file of evidence (证据) to a source; the same bytes again record nothing.

    A paper that takes the place of another of its kind is looked at anew, so an admitted source has to be admitted
    again; not so one that grows with the source and that every ingest reads.

    Args:
        workspace: Where.
        source: Id of the source.
        kind: Kind of evidence, one of its source kind's.
        file: The file; a copy is stored.
        actor: Id of the person who acts.
        scan: Finds personal information.

    Raises:
        GovernanceError: The source or the kind is unknown, or the file is not as it must be.
    """
    known = require_declared(workspace.ledger, source)
    source_type = source_kind(known.registered.source_kind)
    paper = source_type.evidence_kind(kind)
    event = take(workspace, paper, file, scan, declaration(workspace, known))
    fresh = [] if _is_attached(known, event) else [event]
    record(workspace, known.id, known, [*fresh, *_looked_at_anew(known, source_type, fresh)], actor)
    return require_declared(workspace.ledger, source)


def _looked_at_anew(
    before: Source, kind: SourceKind, fresh: Sequence[EvidenceAttached], *, is_declared: bool = False
) -> list[Event]:
    """Return the step back to registered, where what a decision rested on is another now."""
    replaced = [
        each.evidence_kind
        for each in fresh
        if each.evidence_kind in before.evidence and not kind.evidence_kind(each.evidence_kind).living
    ]
    reasons = ["declared anew"] if is_declared else []
    reasons += [f"another {name}" for name in replaced]
    if not reasons or State.REGISTERED not in NEXT[before.state]:
        return []
    return [SourceStateChanged(before.state, State.REGISTERED, ", ".join(reasons))]


def _demand_same_source(before: Source, registered: SourceRegistered, *, correct: bool) -> None:
    """Refuse a declaration under an id that another source has, or one that was withdrawn."""
    known = before.registered
    if before.state is State.WITHDRAWN:
        raise GovernanceError(
            f"The source {before.id} was withdrawn, and no declaration brings it back.",
            code="corpus.source-withdrawn",
            remedy="Where its owner agreed anew, declare it under another id.",
        )
    if known.source_kind != registered.source_kind:
        raise GovernanceError(
            f"The id {before.id} already belongs to a source of kind {known.source_kind}.",
            code="corpus.source-id-taken",
            remedy="Choose another id for this source.",
        )
    if not correct and (known.name, known.origin) != (registered.name, registered.origin):
        raise GovernanceError(
            f"The id {before.id} already belongs to a source of another name or origin.",
            code="corpus.source-id-taken",
            remedy="Choose another id; where it is the same source and was declared wrongly, give --correct.",
        )


def _registered(read: declarations.Read, kind: SourceKind, known: Mapping[SourceId, Source]) -> SourceRegistered:
    stated = read.declaration
    lineage_field = kind.reported_as.parents
    parents = tuple(map(SourceId, stated.values(f"details.{lineage_field}"))) if lineage_field else ()
    lineage.demand_descent(stated.id, parents, known)
    licence = judge(stated.licence, stated.intended_uses) if stated.licence else None
    publisher = " ".join(stated.values(f"details.{kind.publisher}"))
    return SourceRegistered(
        name=stated.name,
        source_kind=kind.kind,
        source_class=_source_class(stated, kind, parents, known),
        region=stated.region.side,
        region_reason=stated.region.reason,
        item_unit=stated.unit,
        types=tuple(stated.types),
        languages=stated.languages,
        origin=" ".join(stated.values(f"details.{kind.origin}")),
        licence=(licence.expression or stated.licence) if licence else "",
        legal_basis=stated.legal_basis,
        collected_from=stated.collected.first.isoformat(),
        collected_to=stated.collected.last.isoformat(),
        collected_before_registration=stated.collected.before_registration,
        pi_orders=tuple(_pi_orders(stated)),
        declaration=read.digest,
        intended_uses=stated.intended_uses,
        duties=licence.duties if licence else (),
        attribution=" ".join(stated.values("details.attribution")),
        parents=parents,
        model=_model(stated),
        publisher=publisher,
        licence_chosen=licence.chosen if licence else "",
    )


def _source_class(
    stated: Declaration, kind: SourceKind, parents: tuple[SourceId, ...], known: Mapping[SourceId, Source]
) -> str:
    rule = kind.reported_as
    if rule.field:
        return rule.values[stated.values(f"details.{rule.field}")[0]]
    return lineage.common_class(parents, known) if rule.parents else rule.fixed


def _model(stated: Declaration) -> GeneratingModel | None:
    """Return the model that generated a synthetic source; other kinds have none."""
    if stated.kind != "synthetic":
        return None
    name, version, filing, side = (" ".join(stated.values(f"details.{field}")) for field in _MODEL)
    return GeneratingModel(name, version, _NOT_FILED.get(filing, filing), side)


def _pi_orders(stated: Declaration) -> Iterator[PiOrder]:
    pi = stated.personal_information
    for entity, order in pi.stated_apart:
        if order:
            yield PiOrder(entity, pi.treat.get(entity, order), pi.basis)
    for entity, basis in sorted(pi.keep.items()):
        yield PiOrder(entity, "keep", basis)
    for entity, treatment in sorted(pi.treat.items()):
        if entity not in dict(pi.stated_apart):
            yield PiOrder(entity, treatment, "")


def _is_attached(source: Source, event: EvidenceAttached) -> bool:
    paper = source.evidence.get(event.evidence_kind)
    return paper is not None and (paper.digest, paper.valid_from, paper.valid_to) == (
        event.digest,
        event.valid_from,
        event.valid_to,
    )


def _demand_readable_licence(declared: str, where: str) -> None:
    """Refuse a licence that nobody could look up: what was meant is named where something is near."""
    licence = judge(declared)
    if declared and licence.stance is Stance.UNKNOWN:
        raise GovernanceError(
            f"The declaration names a licence that is not known. {' '.join(each.en for each in licence.why)}",
            code="corpus.unknown-licence",
            remedy="Write SPDX identifiers, joined by AND, OR and WITH; own terms are LicenseRef-NAME; where there is "
            "no licence the field stays empty and legal_basis says why.",
            where=where,
        )


def _demand_impersonal(read: declarations.Read, scan: Scan, where: str) -> None:
    """Refuse a declaration with personal information anywhere, comments included, for it is kept as evidence."""
    lines = [at for at, line in enumerate(read.raw.decode("utf-8-sig").split("\n"), start=1) if scan(line)]
    if not lines and not any(map(scan, plain_yaml.texts(read.document.content))):
        return
    place = f" on line {', '.join(map(str, lines))}" if lines else ""
    raise GovernanceError(
        f"The declaration holds personal information{place}, and is kept for good.",
        code="corpus.personal-in-declaration",
        remedy="Take it out, also from comments; name departments and organisations instead of persons.",
        where=where,
    )
