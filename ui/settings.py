"""The one place where configuration and environment are read; everything below gets frozen parameters.

``yuliao.toml`` in the workspace holds what belongs to the corpus. The environment holds what belongs to the machine or
must not be written down: ``YULIAO_WORKSPACE``, ``YULIAO_KEYS`` (folder of the secret keys, outside every workspace),
``YULIAO_DATABASE_URL`` (with its password), ``YULIAO_PSEUDONYM_KEY`` (file of the key of shown pseudonyms),
``YULIAO_ACTOR`` (the person id that enters the ledger), ``YULIAO_ANNOTATION_DATABASE_URL`` and ``YULIAO_LABEL_STUDIO``
(the annotation server's database and environment), ``YULIAO_LABEL_STUDIO_URL`` (a team's own server instead of ours).
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from provenance.database import sqlite_url
from provenance.errors import ExitCode, GovernanceError

FILE = "yuliao.toml"
_PERSON = re.compile(r"p-[a-z0-9]{1,30}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, strict=True)


class WorkspaceSection(_Section):
    """Which workspace this is."""

    id: str = Field(pattern=r"^w-[a-z2-7]{26}$")


class CatalogueSection(_Section):
    """Where the catalogue is; empty for SQLite in the workspace."""

    url: str = ""


class IngestSection(_Section):
    """Sizes of the work."""

    unit_megabytes: int = Field(default=64, ge=1, le=4096)
    lot_units: int = Field(default=1000, ge=1, le=1000)
    record_limit_megabytes: int = Field(default=16, ge=1, le=256)
    near_duplicates: bool = True


class TokensSection(_Section):
    """The model's tokenizer, a ``tokenizer.json``; empty for the built-in estimate."""

    tokenizer: str = ""


class PersonalInformationSection(_Section):
    """How personal information is looked for, and with which key pseudonyms are made."""

    pseudonym_key: str = ""
    names: Literal["off", "balanced", "recall"] = "balanced"
    model: str = ""


class RulesSection(_Section):
    """Which profile of the rules applies."""

    profile: str = "national"


class WorkspaceFile(_Section):
    """``yuliao.toml``."""

    workspace: WorkspaceSection
    catalogue: CatalogueSection = CatalogueSection()
    ingest: IngestSection = IngestSection()
    tokens: TokensSection = TokensSection()
    rules: RulesSection = RulesSection()
    personal_information: PersonalInformationSection = PersonalInformationSection()


class Settings(BaseModel):
    """The workspace's file and the machine's environment together."""

    model_config = ConfigDict(frozen=True)

    folder: Path
    keys: Path
    database_url: str
    annotation_database_url: str = ""
    annotation_server_url: str = ""
    actor: str
    file: WorkspaceFile
    pseudonym_key: Path | None = None


def workspace_folder(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the workspace's folder: the one given, else ``YULIAO_WORKSPACE``, else the current one."""
    return (given or Path(environment.get("YULIAO_WORKSPACE", "."))).absolute()


def keys_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the secret keys: ``YULIAO_KEYS``, else ``yuliao/keys`` among the user's settings."""
    if named := environment.get("YULIAO_KEYS"):
        return Path(named).absolute()
    home = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "yuliao" / "keys"


def server_folder(lock: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the annotation server's environment: ``YULIAO_LABEL_STUDIO``, else among the user's data.

    Args:
        lock: Digest of its list of packages; another list is another environment.
        environment: The machine's.
    """
    if named := environment.get("YULIAO_LABEL_STUDIO"):
        return Path(named).absolute()
    home = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "yuliao" / f"label-studio-{lock[:12]}"


def read(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read a workspace's settings.

    Raises:
        GovernanceError: The folder is no workspace, or its file says something that cannot be.
    """
    path = folder / FILE
    try:
        file = WorkspaceFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise GovernanceError(
            "This folder is no Yuliao workspace.",
            code="ui.no-workspace",
            remedy="Name one with -w DIR or YULIAO_WORKSPACE, or make one with `yuliao init DIR`.",
            where=str(folder),
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise GovernanceError(
            "The workspace's settings cannot be read.",
            code="ui.settings-unreadable",
            remedy="Check the file's permissions and that it is UTF-8 text.",
            where=str(path),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise GovernanceError(
            f"The workspace's settings are not right: {_problems(error)}.",
            code="ui.bad-settings",
            remedy="Correct the file; docs/settings.md lists every key.",
            where=str(path),
        ) from error
    keys = keys_folder(environment)
    if any(_is_workspace(place) for place in (keys.resolve(), *keys.resolve().parents)):
        raise GovernanceError(
            "The secret keys lie inside a workspace, where they would be copied with the corpus.",
            code="ui.keys-in-workspace",
            remedy="Set YULIAO_KEYS to a folder outside every workspace and move the keys there.",
            where=str(keys),
        )
    url = environment.get("YULIAO_DATABASE_URL") or file.catalogue.url or sqlite_url(folder / "catalogue.sqlite")
    named = environment.get("YULIAO_PSEUDONYM_KEY") or file.personal_information.pseudonym_key
    return Settings(
        folder=folder,
        keys=keys,
        database_url=url,
        annotation_database_url=environment.get("YULIAO_ANNOTATION_DATABASE_URL", ""),
        annotation_server_url=environment.get("YULIAO_LABEL_STUDIO_URL", ""),
        actor=_actor(environment),
        file=file,
        pseudonym_key=folder / Path(named).expanduser() if named else None,
    )


def _is_workspace(folder: Path) -> bool:
    try:
        return (folder / FILE).is_file()
    except OSError:  # nobody may look, so this is no place where we keep a corpus
        return False


def _actor(environment: Mapping[str, str]) -> str:
    actor = environment.get("YULIAO_ACTOR", "")
    if actor and not _PERSON.fullmatch(actor):
        raise GovernanceError(
            "YULIAO_ACTOR is no person id, and only ids may enter the ledger, never names or numbers.",
            code="ui.bad-actor",
            remedy="Write p- and up to 30 lower-case letters and digits, for example p-0001.",
        )
    return actor


def template(workspace_id: str) -> str:
    """Return the ``yuliao.toml`` of a new workspace, with its defaults spelled out."""
    return f"""\
# Settings of this Yuliao workspace. 本工作区的设置。
[workspace]
id = "{workspace_id}"

[catalogue]
url = ""                    # empty: SQLite; teams: postgresql+psycopg://host/name (password: YULIAO_DATABASE_URL)

[ingest]
unit_megabytes = 64         # size of a work unit
lot_units = 1000            # work units that become fact together
near_duplicates = true      # texts that are nearly the same as a kept one are duplicates too
record_limit_megabytes = 16 # a longer record is quarantined

[tokens]
tokenizer = ""              # path of the model's tokenizer.json; empty: built-in estimate (估算)

[personal_information]
pseudonym_key = ""          # file of the key for keyed pseudonyms (假名化), outside the workspace
names = "balanced"          # how names are looked for: balanced, recall (finds more, more of it false), or off
model = ""                  # a spaCy model that finds names too, by package or folder; empty: none

[rules]
profile = "national"        # thresholds, and which types count as sensitive (敏感个人信息)
"""


def _problems(error: tomllib.TOMLDecodeError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return str(error)
