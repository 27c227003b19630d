"""Rows of the catalogue: jobs, the files of a plan by name, its work units, and what each of them reads.

File names live here and nowhere else; a row has no behaviour.
"""

from sqlmodel import Field, SQLModel

from provenance.tables import BigInt

END = 2**63 - 1
"""Greater than any position: the ``stop`` of a slice that reads to the end of its file."""


class JobRow(SQLModel, table=True):
    """A job that somebody asked for, and who is at it."""

    __tablename__ = "job"

    id: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInt, index=True)
    """Place in the queue: 1, 2, 3 in the order of asking."""
    kind: str
    subject: str
    parameters: str
    """Canonical JSON."""
    actor: str
    state: str = Field(index=True)
    """queued, running, finished, failed, cancelled, interrupted (by a person), or resumed by a later job."""
    created_at: str
    entry: int | None = Field(default=None, sa_type=BigInt)
    """Sequence number of what it recorded: the plan of an ingest, the seal of a seal."""
    units_done: int = Field(default=0, sa_type=BigInt)
    units_total: int = Field(default=0, sa_type=BigInt)
    message: str = ""
    lease_epoch: int = Field(default=0, sa_type=BigInt)
    """Who holds the job: every taking raises it, and every step demands that it is still theirs."""
    lease_until: int = Field(default=0, sa_type=BigInt)
    """Seconds since 1970 after which the holder counts as dead."""
    holder: str = ""
    """Host and process of the holder."""
    cancel_requested: bool = False


class FileRow(SQLModel, table=True):
    """A file of a plan: the one place where its name stands."""

    __tablename__ = "ingest_file"

    ingest: int = Field(primary_key=True, sa_type=BigInt)
    file: str = Field(primary_key=True, index=True)
    path: str
    format: str
    digest: str
    size: int = Field(sa_type=BigInt)
    modified_ns: int = Field(sa_type=BigInt)
    sealed_to: int = Field(default=0, sa_type=BigInt)
    """What is sealed of this reading: the places before this one, and ``END`` once all of the file is."""


class UnitRow(SQLModel, table=True):
    """A work unit of a plan and how far it is."""

    __tablename__ = "ingest_unit"

    ingest: int = Field(primary_key=True, sa_type=BigInt)
    ordinal: int = Field(primary_key=True, sa_type=BigInt)
    lot: int = Field(sa_type=BigInt)
    state: str
    """planned, done (result kept here, not yet fact), sealed (a ShardSealed event says the same), or dropped."""
    items: str = ""
    """Digest of its item file, once it is done."""
    result: str = ""
    """What it became, as JSON: see ``corpus.pipeline.DecidedUnit``."""


class SliceRow(SQLModel, table=True):
    """The part of a file that a unit reads: the records that start in ``[start, stop)``."""

    __tablename__ = "ingest_slice"

    ingest: int = Field(primary_key=True, sa_type=BigInt)
    ordinal: int = Field(primary_key=True, sa_type=BigInt)
    file: str = Field(primary_key=True, index=True)
    start: int = Field(primary_key=True, sa_type=BigInt)
    stop: int = Field(sa_type=BigInt)
