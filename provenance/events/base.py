"""What every event of the ledger (台账) is."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. The class name is the event's kind; the envelope (who, when, about what) is the ledger's."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", hide_input_in_errors=True)
