"""The annotation server of a workspace: where its parts lie, and what is said about it."""

from pathlib import Path

from annotation.labelstudio import failures
from annotation.port import AnnotationServer
from annotation.server import accounts, launch, policy, tokens
from annotation.server.environment import Environment, lock_digest
from annotation.server.strength import Strength, ask
from annotation.server.variables import Settings
from provenance.errors import ExitCode, GovernanceError
from ui.bootstrap import House
from ui.settings import server_folder

__all__ = ["Strength", "ask", "client_of", "environment_of", "renew_token", "server_of", "token_file"]


def environment_of() -> Environment:
    """Return the server's environment, which all workspaces share."""
    return Environment(server_folder(lock_digest()))


def server_of(house: House, *, port: int = 8080, workers: int = 2, address: str = "") -> Settings:
    """Return the settings of a workspace's server; its secret lies with the other keys, outside the workspace.

    Args:
        house: The open workspace.
        port: TCP port on the loopback address.
        workers: Processes that serve.
        address: How browsers reach it through a proxy; empty on this machine.

    Raises:
        GovernanceError: The address is none.
    """
    if address and not address.startswith(("http://", "https://")):
        raise GovernanceError(
            "The address under which people reach the server is no http address.",
            code="ui.bad-address",
            remedy="Write it as the browser shows it, for example https://annotate.example.org.",
        )
    folder = house.settings.folder / "annotation"
    return Settings(
        folder=folder / "server",
        key=house.settings.keys / house.workspace.id / "annotation.key",
        policy=folder / "policy.json",
        port=port,
        database_url=house.settings.annotation_database_url,
        workers=workers,
        address=address.rstrip("/"),
    )


def client_of(house: House) -> AnnotationServer:
    """Return the server that a workspace's annotation goes to: the one ``YULIAO_LABEL_STUDIO_URL`` names, else ours.

    For ours a token is made where there is none yet, and the policy lets its account manage. A team's own server
    without the gate says of itself that it is weaker (:meth:`~annotation.port.AnnotationServer.strength`).

    Raises:
        GovernanceError: The library or the token is missing, or our server does not run.
    """
    try:
        from annotation.labelstudio.client import LabelStudioServer  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        raise GovernanceError(
            "The library that speaks to the annotation server is not installed.",
            code="annotation.no-library",
            remedy="Install the extra: `pip install 'yuliao[annotation]'`.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    path, url, gate = token_file(house), house.settings.annotation_server_url, environment_of().gate
    if not url:
        settings = server_of(house)
        running = launch.find(settings.folder)
        if running is None:
            raise failures.not_started()
        if running.gate != gate:
            raise failures.outdated()
        url = running.url
        policy.let_manage(settings.policy, accounts.account_of(accounts.MANAGER), accounts.MANAGER)
        if not tokens.load(path):
            renew_token(house)
    token = tokens.load(path)
    if not token:
        raise failures.no_token()
    return LabelStudioServer(url, token, gate=gate)


def token_file(house: House) -> Path:
    """Return the file with the platform's own token, beside the workspace's other keys."""
    return house.settings.keys / house.workspace.id / "annotation.token"


def renew_token(house: House, given: str = "") -> None:
    """Keep a token in the place of the old one: the one given, or for our own server a new one, which ends the old.

    Raises:
        GovernanceError: The server is a team's own and none was given, or its database cannot be reached.
    """
    if not given and house.settings.annotation_server_url:
        raise failures.no_token()
    if not given:
        (made,) = accounts.make(environment_of(), server_of(house), programs=[accounts.MANAGER])
        given = made.token
    tokens.keep(token_file(house), given)
