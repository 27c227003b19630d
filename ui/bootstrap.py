"""Where the house is put together: settings and keys become an open workspace."""

import getpass
import hashlib
import hmac
import os
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import annotation.people.tables  # noqa: F401  # the catalogue's tables must be known before they are created
import corpus.tables  # noqa: F401  # the same
from corpus.workspace import Workspace
from pii import entities
from pii.policy import PiiPolicy
from pii.strip import Stripper
from provenance import keys
from provenance.clock import Clock, SystemClock
from provenance.database import Database
from provenance.errors import ExitCode, GovernanceError
from provenance.events import WorkspaceCreated
from provenance.ids import Digest, WorkspaceId, new_workspace_id
from provenance.keys import SigningKey
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules.catalog import Catalog
from rules.catalog import load as load_catalog
from rules.records import Profile
from ui import settings as settings_file
from ui.settings import Settings

VERSION = metadata.version("yuliao")
_DECISIVE = frozenset({".py", ".yaml", ".csv", ".txt", ".npz"})
"""Code, rules, tables of numbers and regions, words, and the weights of names."""
_CERTAIN = 700
"""Thousandths; scores of names, see :func:`holds_personal_information`."""


@dataclass(frozen=True)
class House:
    """An open workspace with its settings, its rules and its seal key.

    Attributes:
        settings: What was read from ``yuliao.toml`` and the environment.
        workspace: Ledger, catalogue and stores.
        catalog: The rules.
        seal_key: Signs evidence bundles.
        actor: Id of the person at work, as it enters the ledger.
    """

    settings: Settings
    workspace: Workspace
    catalog: Catalog
    seal_key: SigningKey
    actor: str

    @property
    def profile(self) -> Profile:
        """The profile of the rules that this workspace is held to."""
        return self.catalog.profile(self.settings.file.rules.profile)


def create(folder: Path, clock: Clock | None = None) -> House:
    """Make a workspace: settings, catalogue, stores and keys, and the ledger's first entry.

    Raises:
        GovernanceError: The folder holds something already, or cannot be made.
    """
    name = new_workspace_id()
    _make_folder(folder, settings_file.template(name))
    secret = None
    try:
        secret = settings_file.read(folder).keys / name
        keys.load_or_create_item_key(secret / "item.key", workspace=folder)
        keys.load_or_create(secret / "seal.pem", workspace=folder)
        house = open_house(folder, clock)
        house.workspace.database.create_tables()
    except GovernanceError:
        for made in (folder, secret):
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
        raise
    house.workspace.ledger.record(
        actor=house.actor,
        subject=name,
        event=WorkspaceCreated(name, house.seal_key.fingerprint, keys.item_key_id(house.workspace.item_key)),
    )
    return house


def open_house(folder: Path, clock: Clock | None = None) -> House:
    """Open a workspace.

    Raises:
        GovernanceError: It is none, or its settings, keys or catalogue cannot be had.
    """
    settings = settings_file.read(folder)
    name = WorkspaceId(settings.file.workspace.id)
    secret = settings.keys / name
    item_key, seal_key = _keys(secret)
    database = Database(settings.database_url)
    workspace = Workspace(
        id=name,
        database=database,
        ledger=Ledger(database, name, clock or SystemClock()),
        items=ObjectStore(folder / "items"),
        evidence=ObjectStore(folder / "evidence"),
        scratch=folder / "work",
        item_key=item_key,
    )
    return House(
        settings=settings,
        workspace=workspace,
        catalog=load_catalog(),
        seal_key=seal_key,
        actor=settings.actor or _person(item_key),
    )


def _keys(secret: Path) -> tuple[bytes, SigningKey]:
    try:
        return keys.load_item_key(secret / "item.key"), keys.load(secret / "seal.pem")
    except GovernanceError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise
        raise GovernanceError(
            "The keys of this workspace are not where they are looked for.",
            code="ui.keys-missing",
            remedy="Set YULIAO_KEYS to the folder that has them, or restore them from their backup.",
            where=str(secret),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def _make_folder(folder: Path, settings: str) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise GovernanceError(
                "A workspace is made in a new or empty folder, and this one is neither.",
                code="ui.folder-not-empty",
                remedy="Choose another folder.",
                where=str(folder),
            )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / settings_file.FILE).write_text(settings, "utf-8")
    except OSError as error:
        raise GovernanceError(
            "The workspace's folder cannot be made.",
            code="ui.folder-unwritable",
            remedy="Choose a place that can be written, on a disk with room.",
            where=str(folder),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def holds_personal_information(text: str) -> bool:
    """Say whether a free text (a reason, a name, an address) holds what must not enter the ledger.

    A name of a person counts where it is certain: a weaker one may be a firm's, and sources have to be named.
    """
    return any(
        entities.entity(span.label).is_personal and (span.label != "NAME" or span.score >= _CERTAIN)
        for span in _plain_stripper().detect(text)
    )


@cache
def code_digest() -> Digest:
    """Return the digest of the code and data that decide on items: four packages, file by file."""
    root = Path(__file__).parent.parent
    total = hashlib.sha256()
    for package in ("provenance", "rules", "pii", "corpus"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _DECISIVE:
                total.update(f"{path.relative_to(root).as_posix()}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return Digest(total.hexdigest())


@cache
def _plain_stripper() -> Stripper:
    return Stripper(PiiPolicy())


def _person(item_key: bytes) -> str:
    """Return an id for whoever is logged in, which only the holder of the item key can lead back to the login name."""
    try:
        login = getpass.getuser().encode()
    except (KeyError, OSError):  # a container's user may have no name
        login = str(os.getuid()).encode()
    return f"p-{hmac.digest(item_key, b'yuliao/person/1' + login, 'sha256').hex()[:12]}"
