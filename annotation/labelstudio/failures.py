"""What can go wrong between the platform and the annotation server, told so that a person knows the next step.

No sentence holds what the server answered: an answer may quote corpus text, a token or an address.
"""

from provenance.errors import ExitCode, GovernanceError, Severity


def of_status(status: int | None) -> GovernanceError:
    """Return what an HTTP status means; None is an answer that never came, or not whole."""
    if status is None or not 400 <= status < 500:
        return down()
    if status in (401, 403):
        return refused()
    if status in (408, 429):
        return busy()
    return gone() if status == 404 else rejected()


def down() -> GovernanceError:
    """Say that no answer came: none at all, too late, torn off, or a fault inside the server."""
    return GovernanceError(
        "The annotation server did not give a whole answer.",
        code="annotation.server-down",
        remedy="Repeat the command: it goes on where it stopped; `yuliao annotate server status` says whether it runs.",
        severity=Severity.RETRY,
        exit_code=ExitCode.ENVIRONMENT,
    )


def not_started() -> GovernanceError:
    """Say that the workspace's own server was not started."""
    return GovernanceError(
        "The annotation server of this workspace does not run.",
        code="annotation.server-not-started",
        remedy="Start it with `yuliao annotate server start`, or name a team's own in YULIAO_LABEL_STUDIO_URL.",
        severity=Severity.RETRY,
        exit_code=ExitCode.ENVIRONMENT,
    )


def outdated() -> GovernanceError:
    """Say that the workspace's own server runs the gate of another release, which lets nobody in."""
    return GovernanceError(
        "The annotation server was started by another release of Yuliao, and its gate lets nobody in.",
        code="annotation.server-outdated",
        remedy="Start it anew: `yuliao annotate server stop`, then `yuliao annotate server start`; nothing is lost.",
        exit_code=ExitCode.ENVIRONMENT,
    )


def refused() -> GovernanceError:
    """Say that the token is not valid, or the gate closed."""
    return GovernanceError(
        "The annotation server refused the platform's own account.",
        code="annotation.server-refused",
        remedy="Its token was ended or it may not manage: run `yuliao annotate server token`, then repeat the command.",
        exit_code=ExitCode.ENVIRONMENT,
    )


def busy() -> GovernanceError:
    """Say that the server takes no more requests for now."""
    return GovernanceError(
        "The annotation server takes no more requests for now.",
        code="annotation.server-busy",
        remedy="Wait a minute and repeat the command: it goes on where it stopped.",
        severity=Severity.RETRY,
        exit_code=ExitCode.ENVIRONMENT,
    )


def gone() -> GovernanceError:
    """Say that a project is no longer there."""
    return GovernanceError(
        "The project is no longer in the annotation server.",
        code="annotation.project-gone",
        remedy="It was deleted by hand: what was collected before stays valid. "
        "Void the batch, and publish it under another id.",
    )


def rejected() -> GovernanceError:
    """Say that the server takes a form, task or hint for wrong."""
    return GovernanceError(
        "The annotation server or its gate does not take what was sent: a form or a hint does not fit.",
        code="annotation.server-rejected",
        remedy="Check the rule book with `yuliao rules check`; the server's log says what did not fit.",
    )


def no_address() -> GovernanceError:
    """Say that the address of a server is none."""
    return GovernanceError(
        "The address of the annotation server is no http address.",
        code="annotation.server-address",
        remedy="Write it as the browser shows it, for example https://annotate.example.org.",
    )


def no_token() -> GovernanceError:
    """Say that a team's own server was named without the platform's token for it."""
    return GovernanceError(
        "There is no token for the annotation server that YULIAO_LABEL_STUDIO_URL names.",
        code="annotation.no-token",
        remedy="Make one there for an account of the platform, and give it: `yuliao annotate server token < FILE`.",
        exit_code=ExitCode.ENVIRONMENT,
    )
