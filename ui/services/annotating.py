"""The annotation server of a workspace: where its parts lie, and what is said about it."""

from annotation.server.environment import Environment, lock_digest
from annotation.server.strength import Strength, ask
from annotation.server.variables import Settings
from provenance.errors import GovernanceError
from ui.bootstrap import House
from ui.settings import server_folder

__all__ = ["Strength", "ask", "environment_of", "server_of"]


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
