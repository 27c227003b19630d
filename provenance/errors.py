"""One error for people: what happened, where, and what to do.

Only broken programs, broken machines and refused requests raise. Bad data never does: it is marked with a reason.
"""

import enum


class Severity(enum.Enum):
    """What an engine does with a failure: stop the job, fail the work unit, or try the unit again."""

    STOP = "stop"
    FAIL_UNIT = "fail-unit"
    RETRY = "retry"


class ExitCode(enum.IntEnum):
    """What the command line returns to its caller."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    VERIFICATION_FAILED = 3
    ENVIRONMENT = 4
    FILES_REJECTED = 5
    INTERRUPTED = 130


class GovernanceError(Exception):
    """A request that cannot be carried out, told so that a person knows the next step.

    Args:
        message: What happened, one sentence without corpus text, personal data or secrets.
        code: Stable identifier ``floor.reason``, for example ``corpus.source-not-admitted``.
        remedy: What to do next, one sentence; a command where there is one.
        where: File, offset or identifier concerned; empty where there is none.
        severity: What an engine does with it.
        exit_code: What the command line returns.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        remedy: str,
        where: str = "",
        severity: Severity = Severity.STOP,
        exit_code: ExitCode = ExitCode.USAGE,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.remedy = remedy
        self.where = where
        self.severity = severity
        self.exit_code = exit_code

    def diagnostics(self) -> str:
        """Return the whole of it in one paragraph: message, place, remedy and code."""
        place = f" ({self.where})" if self.where else ""
        return f"{self.message}{place} {self.remedy} [{self.code}]"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, which rebuilds an exception from its arguments."""
        return (_rebuild, (self.message, self.code, self.remedy, self.where, self.severity, self.exit_code))


def _rebuild(
    message: str, code: str, remedy: str, where: str, severity: Severity, exit_code: ExitCode
) -> GovernanceError:
    return GovernanceError(message, code=code, remedy=remedy, where=where, severity=severity, exit_code=exit_code)
