"""Where the house is put together: settings become an open workspace, rules and a source become a job's parameters."""

import getpass
import hashlib
import hmac
import os
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import corpus.tables  # noqa: F401  # the catalogue's tables must be known before they are created
from corpus.ingest import Setup
from corpus.item_papers import item_papers
from corpus.language import LanguageParams
from corpus.measure import Kinds
from corpus.pipeline import PipelineParams
from corpus.readers import ReadOptions
from corpus.risk import ScreenParams
from corpus.sources import Source, declaration, sources
from corpus.tokens import counter
from corpus.workspace import Workspace
from pii import entities
from pii.policy import PiiPolicy, Treatment
from pii.strip import Stripper
from provenance import keys
from provenance.clock import Clock, SystemClock
from provenance.database import Database
from provenance.errors import ExitCode, GovernanceError
from provenance.events import LexiconReleased, PiOrder, WorkspaceCreated
from provenance.ids import Digest, WorkspaceId, new_workspace_id
from provenance.keys import SigningKey
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules.catalog import Catalog
from rules.catalog import load as load_catalog
from rules.matcher import house_limits
from rules.records import Profile
from ui import marks
from ui import settings as settings_file
from ui.settings import Settings

VERSION = metadata.version("yuliao")
_MEGABYTE = 2**20


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
    """Say whether a free text (a reason, a name, an address) holds what must not enter the ledger."""
    return any(entities.entity(span.label).is_personal for span in _plain_stripper().detect(text))


def setup_for(house: House, source: Source) -> Setup:
    """Return all that an ingest of this source needs to know.

    Raises:
        GovernanceError: No keyword library was imported yet, or the tokenizer cannot be read.
    """
    settings, catalog = house.settings.file, house.catalog
    lexicon = released_lexicon(house)
    tokenizer = Path(settings.tokens.tokenizer).expanduser() if settings.tokens.tokenizer else None
    registered, declared = source.registered, declaration(house.workspace, source)
    policy = pii_policy(registered.pi_orders, house.profile.pi_profile)
    params = PipelineParams(
        workspace_key=house.workspace.item_key,
        reading=read_options(house, source),
        language=language_params(catalog, is_code=declared.code),
        screen=ScreenParams(catalog.house.strings("screened_languages"), house_limits(catalog)),
        policy=policy,
        papers=item_papers(house.workspace, source, declared),
        labels=marks.label_params(source, sources(house.workspace.ledger)),
        rights=marks.rights_params(source),
        metadata=marks.metadata_params(source, declared),
        lexicon=house.workspace.evidence.path(Digest(lexicon.digest)),
        tokenizer=tokenizer,
        kinds=Kinds(catalog.sensitive(), catalog.risk_unions()),
        items=house.settings.folder / "items",
        scratch=house.workspace.scratch,
    )
    return Setup(
        pipeline=params,
        unit_bytes=settings.ingest.unit_megabytes * _MEGABYTE,
        lot_units=settings.ingest.lot_units,
        rules_edition=catalog.edition,
        lexicon=lexicon.digest,
        tokenizer=counter(tokenizer).name,
        code=code_digest(),
        uncovered=uncovered(policy),
    )


def read_options(house: House, source: Source) -> ReadOptions:
    """Return how a source's files are read."""
    declared = declaration(house.workspace, source)
    return ReadOptions(
        unit=declared.unit,
        text_field=declared.text_field,
        id_field=declared.id_field,
        record_limit_bytes=house.settings.file.ingest.record_limit_megabytes * _MEGABYTE,
        url_field=" ".join(declared.values("details.url_field")),
        user_field=" ".join(declared.values("details.user_field")),
    )


def released_lexicon(house: House) -> LexiconReleased:
    """Return the keyword library that screens now.

    Raises:
        GovernanceError: None was imported yet; nothing can be admitted unscreened.
    """
    latest: LexiconReleased | None = None
    for entry in house.workspace.ledger.entries(kinds=("LexiconReleased",)):
        assert isinstance(entry.event, LexiconReleased)
        latest = entry.event
    if latest is None:
        raise GovernanceError(
            "This workspace has no keyword library yet, and nothing is taken in unscreened.",
            code="ui.no-lexicon",
            remedy="Import one: `yuliao rules import-keywords FILE.csv` (columns keyword,risk).",
        )
    return latest


def pii_policy(orders: tuple[PiOrder, ...], profile: entities.Profile) -> PiiPolicy:
    """Return what a declaration orders in the detector's words: ``strip`` replaces by the type's tag."""
    kept = {order.entity: Treatment.KEEP for order in orders if order.treatment == "keep"}
    return PiiPolicy(kept, profile)


def uncovered(policy: PiiPolicy) -> tuple[str, ...]:
    """Return the types of personal information to be stripped that no recogniser finds yet (未覆盖)."""
    personal = {name for name, entity in entities.ENTITIES.items() if entity.is_personal}
    ordered = {name for name in personal if policy.treatment(name) is not Treatment.KEEP}
    return tuple(sorted(ordered - entities.covered()))


def language_params(catalog: Catalog, *, is_code: bool) -> LanguageParams:
    """Return the numbers of the language rule."""
    return LanguageParams(
        han_share=catalog.house.integer("zh_letter_share_min") // 1000,
        kana_share=catalog.house.integer("kana_share_min") // 1000,
        min_probability=catalog.house.integer("language_probability_min") // 1000,
        is_code=is_code,
        sample_characters=catalog.house.integer("language_prefix_max"),
    )


@cache
def code_digest() -> Digest:
    """Return the digest of the code and data that decide on items: four packages, file by file."""
    root = Path(__file__).parent.parent
    total = hashlib.sha256()
    for package in ("provenance", "rules", "pii", "corpus"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
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
