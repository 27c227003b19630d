"""Time enters the ledger here and nowhere else; order comes from the sequence number, never from the clock."""

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        """Return the present moment in UTC."""
        return dt.datetime.now(dt.UTC)


def stamp(moment: dt.datetime) -> str:
    """Print a moment as ``2026-11-22T08:30:00Z``: UTC, whole seconds (RFC 3339)."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
