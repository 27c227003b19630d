"""Events of the workspace and of the filing (备案): its beginning, its tools and rules, verdicts, reports, seals."""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class WorkspaceCreated(Event):
    """A workspace began: one corpus, one key, one catalogue."""

    workspace: str
    key_fingerprint: str
    """SHA-256 of the public seal key, which must reach the auditor by another route too."""
    item_key_id: str
    """Identifier of the item key: the first 16 hex digits of an HMAC by it over a fixed word."""


@dataclass(frozen=True, slots=True)
class LexiconReleased(Event):
    """A keyword library (关键词库) became the one that screens."""

    digest: str
    keywords: int
    by_risk: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RuleBookReleased(Event):
    """A version of a rule book (标注规则, the subject) was approved by somebody who did not write it."""

    digest: str
    version: int
    kind: str
    """functional (功能性) or safety (安全性)."""
    stages: tuple[str, ...]
    risks: tuple[str, ...]
    """Risks that have a rule in it."""
    parts: tuple[str, ...]
    """Of the four: objective, format, method, quality."""
    lapses: bool
    """Qualifications for earlier versions end with it."""
    author: str


@dataclass(frozen=True, slots=True)
class VerdictConfirmed(Event):
    """A named person confirmed a verdict on a clause (the subject)."""

    verdict: str
    """符合, 不符合 or 不适用."""
    reason: str
    evidence: tuple[str, ...]
    measure: str = ""
    """Equivalent measure or plan, compulsory for 不符合."""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class ExportMade(Event):
    """A report was rendered."""

    facts: str
    files: tuple[tuple[str, str], ...]
    """Name and digest of every file."""


@dataclass(frozen=True, slots=True)
class SealMade(Event):
    """An evidence bundle (证据包) was sealed over the ledger up to a size."""

    bundle: str
    """Digest of the bundle's signed statement."""
    ledger_size: int
    ledger_root: str
    key_fingerprint: str
