"""What a database says when it refuses, in words that tell a person the next step.

SQLite is read by its result codes (sqlite.org/rescode.html), PostgreSQL by its SQLSTATE classes (manual, appendix A);
never by the message, which changes with version and language and may quote a row.
"""

import sqlite3
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from provenance.errors import ExitCode, GovernanceError, Severity


class _Refusal(NamedTuple):
    message: str
    code: str
    remedy: str
    severity: Severity = Severity.STOP


_BUSY = _Refusal(
    "Another process kept the catalogue locked for too long.",
    "provenance.database-busy",
    "Wait for the other command or worker to finish, or stop it; then repeat, nothing was changed.",
    Severity.RETRY,
)
_FULL = _Refusal(
    "The disk of the catalogue is full.",
    "provenance.disk-full",
    "Free space on that disk, then repeat the command; nothing was changed.",
)
_UNREACHABLE = _Refusal(
    "The catalogue's database cannot be reached.",
    "provenance.database-unreachable",
    "Check that the server runs and that address, name and network are right; then repeat the command.",
    Severity.RETRY,
)
_DENIED = _Refusal(
    "The catalogue's database does not let this user in or lets it not write.",
    "provenance.database-denied",
    "Check user, password and rights on the database or the file.",
)
_MISSING = _Refusal(
    "The catalogue's database or a table of it does not exist.",
    "provenance.no-catalogue",
    "Run `yuliao init` for this workspace, or check the catalogue's address.",
)
_DAMAGED = _Refusal(
    "The catalogue's file is damaged or no SQLite database.",
    "provenance.database-damaged",
    "Restore the catalogue from a backup, then run `yuliao doctor`.",
)
_BROKEN_DISK = _Refusal(
    "The disk of the catalogue reports an error.",
    "provenance.disk",
    "Check the disk, then repeat the command; run `yuliao doctor` afterwards.",
)
_CONFLICT = _Refusal(
    "The catalogue refused a row: it breaks a rule of its table.",
    "provenance.database-conflict",
    "Repeat the command; if it fails again, report it with the rule named here.",
)
_OTHER = _Refusal(
    "The catalogue's database refused a statement.",
    "provenance.database-refused",
    "Repeat the command; if it fails again, report it with the code named here.",
)

_SQLITE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_CANTOPEN": _Refusal(
        "The catalogue's file cannot be opened.",
        "provenance.no-catalogue",
        "Check that its folder exists and may be read and written; `yuliao init` makes a workspace.",
    ),
    "SQLITE_READONLY": _DENIED,
    "SQLITE_PERM": _DENIED,
    "SQLITE_AUTH": _DENIED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": _BROKEN_DISK,
    "SQLITE_CONSTRAINT": _CONFLICT,
}
_SQLSTATE = {
    "53100": _FULL,
    "55P03": _BUSY,
    "40": _BUSY,
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "53": _UNREACHABLE,
    "28": _DENIED,
    "42501": _DENIED,
    "25006": _DENIED,
    "3D": _MISSING,
    "42P01": _MISSING,
    "58": _BROKEN_DISK,
    "23": _CONFLICT,
}
"""By the longest prefix."""


def explain(error: DBAPIError, place: str) -> GovernanceError:
    """Translate what a driver raised.

    Args:
        error: What SQLAlchemy wrapped.
        place: Where the database is, without user and password.

    Returns:
        An error whose place names the database and the code or constraint, never a value.
    """
    raised = error.orig
    if isinstance(raised, sqlite3.Error):
        sign, refusal = _of_sqlite(raised)
    else:
        sign, refusal = _of_postgresql(error)
    return GovernanceError(
        refusal.message,
        code=refusal.code,
        remedy=refusal.remedy,
        where=f"{place}, {sign}",
        severity=refusal.severity,
        exit_code=ExitCode.ENVIRONMENT,
    )


def _of_sqlite(raised: sqlite3.Error) -> tuple[str, _Refusal]:
    sign = getattr(raised, "sqlite_errorname", None) or type(raised).__name__
    for known, refusal in _SQLITE.items():
        if sign == known or sign.startswith(f"{known}_"):
            return sign, refusal
    if str(raised).startswith("no such table"):  # SQLite has no code of its own for this
        return "no such table", _MISSING
    return sign, _OTHER


def _of_postgresql(error: DBAPIError) -> tuple[str, _Refusal]:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # not the server's words: it never answered, the line broke, or the driver refused a value
        refusal = _UNREACHABLE if isinstance(error, (OperationalError, InterfaceError)) else _OTHER
        return type(error.orig).__name__, refusal
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    sign = f"SQLSTATE {state}" + (f", {constraint}" if constraint else "")
    for length in range(len(state), 1, -1):
        if state[:length] in _SQLSTATE:
            return sign, _SQLSTATE[state[:length]]
    return sign, _OTHER
