"""Events of the second pass over what was stripped (残余风险评估)."""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class ResidualCount:
    """What of one type of personal information was left, and how many planted values of it were caught."""

    entity: str
    items: int
    occurrences: int
    planted: int
    """Canaries (金丝雀) put into stored texts in memory."""
    caught: int


@dataclass(frozen=True, slots=True)
class ResidualMeasured(Event):
    """The stored texts of a source were searched again, and canaries planted in some of them: counts, no values."""

    source: str
    sees: int
    """Ledger size whose items were looked at; it and the key outside the workspace decide which texts were drawn."""
    items: int
    """Items with a stored text: admitted and quarantined."""
    items_left: int
    """Those of them in which anything but a name was found that is not kept by order; names stand in their own count,
    for a search at high recall takes other words for names."""
    texts: int
    """Texts into which canaries were planted."""
    setting: str
    """How names were looked for."""
    counts: tuple[ResidualCount, ...]
    configuration: str
    """Digest of how personal information is found and treated."""
    rules_edition: str
    code: str
