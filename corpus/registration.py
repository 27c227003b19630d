"""Registering a source (来源登记) with its papers: all in one transaction, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import declarations, evidence_files, plain_yaml
from corpus.declarations import Declaration
from corpus.evidence_files import Scan
from corpus.source_states import Source, State, declaration, record, require_declared, sources
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.events import Event, EvidenceAttached, PiOrder, SourceRegistered, SourceStateChanged
from provenance.ids import SourceId
from rules.source_kinds import SourceKind, source_kind


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


def register(workspace: Workspace, file: Path, *, actor: str, scan: Scan) -> Registration:
    """Register a source (来源登记) with its declaration and all evidence the declaration names.

    Args:
        workspace: Where.
        file: The declaration, YAML; paths of evidence are relative to its folder.
        actor: Id of the person who acts.
        scan: Finds personal information.

    Raises:
        GovernanceError: The declaration or a file is not as it must be, holds personal information, belongs to an id
            of another kind, or names unregistered parents. Nothing is recorded then.

    Clause:
        R-007, R-009, R-011, R-014, R-110, R-111, R-112
    """
    read = declarations.read(file)
    stated, kind = read.declaration, source_kind(read.declaration.kind)
    _demand_impersonal(read, scan, str(file))
    known = sources(workspace.ledger)
    before = known.get(stated.id)
    if before and before.registered.source_kind != kind.kind:
        raise GovernanceError(
            f"The id {stated.id} already belongs to a source of kind {before.registered.source_kind}.",
            code="corpus.source-id-taken",
            remedy="Choose another id for this source.",
        )
    registered = _registered(read, kind, known)
    papers = evidence_files.locate(file.parent, kind, stated.papers)
    taken = [
        evidence_files.take(workspace.evidence, kind.evidence_kind(name), path, scan, stated.details)
        for name, path in papers.items()
    ]
    workspace.evidence.put_bytes(read.raw)

    is_changed = before is None or before.registered != registered
    fresh = [each for each in taken if before is None or not _is_attached(before, each)]
    events: list[Event] = [*([registered] if is_changed else []), *fresh]
    if is_changed and before and before.state is State.ADMITTED:
        events.append(SourceStateChanged(before.state, State.REGISTERED, "declared anew"))
    record(workspace, stated.id, before, events, actor)
    after = require_declared(workspace.ledger, stated.id)
    return Registration(after, is_changed, tuple(each.evidence_kind for each in fresh))


def attach(workspace: Workspace, source: str, kind: str, file: Path, *, actor: str, scan: Scan) -> Source:
    """Attach a file of evidence (证据) to a source; the same bytes again record nothing.

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
    paper = source_kind(known.registered.source_kind).evidence_kind(kind)
    details = declaration(workspace, known).details
    event = evidence_files.take(workspace.evidence, paper, file, scan, details)
    record(workspace, known.id, known, [] if _is_attached(known, event) else [event], actor)
    return require_declared(workspace.ledger, source)


def _registered(read: declarations.Read, kind: SourceKind, known: dict[SourceId, Source]) -> SourceRegistered:
    stated = read.declaration
    return SourceRegistered(
        name=stated.name,
        source_kind=kind.kind,
        source_class=_source_class(stated, kind, known),
        region=stated.region.side,
        region_reason=stated.region.reason,
        item_unit=stated.unit,
        types=tuple(stated.types),
        languages=stated.languages,
        origin=" ".join(stated.values(f"details.{kind.origin}")),
        licence=stated.licence,
        legal_basis=stated.legal_basis,
        collected_from=stated.collected.first.isoformat(),
        collected_to=stated.collected.last.isoformat(),
        collected_before_registration=stated.collected.before_registration,
        pi_orders=tuple(_pi_orders(stated)),
        declaration=read.digest,
    )


def _source_class(stated: Declaration, kind: SourceKind, known: dict[SourceId, Source]) -> str:
    rule = kind.reported_as
    if rule.field:
        return rule.values[stated.values(f"details.{rule.field}")[0]]
    if not rule.parents:
        return rule.fixed
    parents = [SourceId(each) for each in stated.values(f"details.{rule.parents}")]
    classes = {known[each].registered.source_class for each in parents if each in known}
    if len(classes) != 1 or stated.id in parents or not known.keys() >= set(parents):
        raise GovernanceError(
            "The parents of a derived source must be other sources, registered, and all of one class.",
            code="corpus.bad-parents",
            remedy="Register the parents first with `yuliao source add`; split what comes from several classes.",
        )
    return classes.pop()


def _pi_orders(stated: Declaration) -> Iterator[PiOrder]:
    pi = stated.personal_information
    for entity, order in (("NAME", pi.names), ("ADDRESS", pi.addresses)):
        if order:
            yield PiOrder(entity, order, pi.basis)
    for entity, basis in sorted(pi.keep.items()):
        yield PiOrder(entity, "keep", basis)


def _is_attached(source: Source, event: EvidenceAttached) -> bool:
    paper = source.evidence.get(event.evidence_kind)
    return paper is not None and (paper.digest, paper.valid_from, paper.valid_to) == (
        event.digest,
        event.valid_from,
        event.valid_to,
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
