"""Time enters the ledger here and nowhere else; order comes from the sequence number, never from the clock."""

import datetime as dt
from typing import Protocol

_CHINA = dt.timezone(dt.timedelta(hours=8))
"""China has one civil time and no summer time."""


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


def day_of(moment: dt.datetime | str) -> str:
    """Return the civil day in China of a moment, aware or as :func:`stamp` prints it, as ``2026-11-22``.

    Contracts, licences and deadlines run by that day, and so does everything that is compared with them.
    """
    aware = dt.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return aware.astimezone(_CHINA).date().isoformat()
