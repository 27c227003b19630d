"""The published language of the ledger (台账): every kind of thing that can be recorded, and nothing else.

An auditor who reads this folder knows all that a ledger can say; there is one file per part of the work. Events hold
identifiers, digests, counts and reasons; never corpus text, never a value found by the detector, never the name of a
person. Integers stay below 2^53; seeds and 64-bit hashes are hexadecimal strings. A released event is never changed: a
new version gets a new ``SCHEMA`` and one upcasting function.
"""

from collections.abc import Mapping
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from provenance.canonical import Json
from provenance.errors import ExitCode, GovernanceError
from provenance.events.amendments import ComplaintReceived, ComplaintResolved, ItemsAmended, TextErased, WithdrawalMade
from provenance.events.base import Event
from provenance.events.batches import (
    AgreementMeasured,
    BatchClosed,
    BatchCollected,
    BatchPublished,
    BatchReviewed,
    MarkCount,
    PersonalInformationChecked,
    RawTextShown,
    TaskTextsDeleted,
    TimesMeasured,
)
from provenance.events.filing import (
    ExportMade,
    LexiconReleased,
    RuleBookReleased,
    SealMade,
    VerdictConfirmed,
    WorkspaceCreated,
)
from provenance.events.ingests import IngestAborted, IngestCompleted, IngestPlanned, PlannedFile, ShardSealed
from provenance.events.people import ExamScored, NameErased, PersonRegistered, QualificationChanged, TrainingHeld
from provenance.events.residuals import ResidualCount, ResidualMeasured
from provenance.events.samples import SampleDrawn, SeedCommitted, VerdictsRecorded
from provenance.events.sources import (
    EvidenceAttached,
    GeneratingModel,
    ListReleased,
    PiOrder,
    SourceRegistered,
    SourceStateChanged,
)

__all__ = [
    "KINDS",
    "SCHEMA",
    "AgreementMeasured",
    "BatchClosed",
    "BatchCollected",
    "BatchPublished",
    "BatchReviewed",
    "ComplaintReceived",
    "ComplaintResolved",
    "Event",
    "EvidenceAttached",
    "ExamScored",
    "ExportMade",
    "GeneratingModel",
    "IngestAborted",
    "IngestCompleted",
    "IngestPlanned",
    "ItemsAmended",
    "LexiconReleased",
    "ListReleased",
    "MarkCount",
    "NameErased",
    "PersonRegistered",
    "PersonalInformationChecked",
    "PiOrder",
    "PlannedFile",
    "QualificationChanged",
    "RawTextShown",
    "ResidualCount",
    "ResidualMeasured",
    "RuleBookReleased",
    "SampleDrawn",
    "SealMade",
    "SeedCommitted",
    "ShardSealed",
    "SourceRegistered",
    "SourceStateChanged",
    "TaskTextsDeleted",
    "TextErased",
    "TimesMeasured",
    "TrainingHeld",
    "VerdictConfirmed",
    "VerdictsRecorded",
    "WithdrawalMade",
    "WorkspaceCreated",
    "payload",
    "read",
]

SCHEMA = 1
"""Version of the envelope and of the payloads in this folder."""

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
_READERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


def payload(event: Event) -> dict[str, Json]:
    """Return the event's fields as JSON values."""
    return asdict(event)


def read(kind: str, schema: int, fields: Mapping[str, Json]) -> Event:
    """Rebuild an event from its kind, schema version and fields.

    Raises:
        GovernanceError: The kind or version is unknown to this release, or the fields do not fit it.
    """
    if schema != SCHEMA or kind not in _READERS:
        raise GovernanceError(
            f"The ledger holds an event {kind} of schema {schema}, which this release cannot read.",
            code="provenance.unknown-event",
            remedy="Use the release of Yuliao that wrote it, or a later one.",
            exit_code=ExitCode.ENVIRONMENT,
        )
    try:
        return _READERS[kind].validate_python(fields)
    except ValidationError as error:
        raise GovernanceError(
            f"An event {kind} in the ledger does not have the fields of its kind.",
            code="provenance.damaged-event",
            remedy="Run `yuliao doctor`; restore the catalogue from a backup if the chain is broken.",
            exit_code=ExitCode.VERIFICATION_FAILED,
        ) from error
