"""Papers that decide item by item: the log and robots.txt of a web source, the authorisations of users, the lists."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.clearance import refusals
from corpus.evidence.addresses import normalise_host
from corpus.evidence.authorisations import Wanted
from corpus.sources.declarations import Declaration
from corpus.sources.states import Source
from corpus.workspace import Workspace
from provenance.canonical import Json
from provenance.errors import GovernanceError
from provenance.ids import Digest

LOG, ROBOTS, CONSENT = "collection_log", "robots", "consent_table"
_WEB, _USERS = "self_collected_web", "user_input"
_ANY_AGENT = "*"


@dataclass(frozen=True)
class WebPapers:
    """What a web source declares of its collection, and the stored files that prove it.

    Attributes:
        hosts: Names of its hosts, in the form of ``corpus.evidence.addresses``.
        agent: Name of the crawler that robots.txt is judged for.
        first_day: First day of collection, ``YYYY-MM-DD``.
        last_day: Last day of collection.
        log: The collection log.
        robots: The snapshots of robots.txt.
    """

    hosts: tuple[str, ...]
    agent: str
    first_day: str
    last_day: str
    log: Path
    robots: Path


@dataclass(frozen=True)
class UserPapers:
    """What a source of user input needs its users to have allowed, and the stored table that says who did."""

    wanted: Wanted
    table: Path


@dataclass(frozen=True)
class ListFile:
    """A list of refusals: which it is (``corpus.clearance.refusals``), and its stored file."""

    name: str
    path: Path


@dataclass(frozen=True)
class ItemPapers:
    """All papers that decide over the items of one source; a stored file's name is its digest.

    Attributes:
        web: Log and robots.txt, for a web source.
        users: Authorisations, for user input.
        lists: What is blocked, refused and withdrawn, for every source.
        tables: Folder where log and authorisations lie prepared, once they do; no part of any decision.
    """

    web: WebPapers | None = None
    users: UserPapers | None = None
    lists: tuple[ListFile, ...] = ()
    tables: Path | None = None

    @property
    def log(self) -> Path:
        """The log as a keyed table."""
        return self._table("log")

    @property
    def user_table(self) -> Path:
        """The authorisations as a keyed table."""
        return self._table("users")

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of all files, sorted."""
        return tuple(sorted({path.name for path in self._files()}))

    def decisive(self) -> Json:
        """Return all that can change a decision: what is declared, and files by their digests."""
        return {
            "web": _by_digest(asdict(self.web)) if self.web else None,
            "users": _by_digest(asdict(self.users)) if self.users else None,
            "lists": [[each.name, each.path.name] for each in self.lists],
        }

    def _table(self, name: str) -> Path:
        assert self.tables is not None, "the papers were not prepared"
        return self.tables / name

    def _files(self) -> Iterator[Path]:
        if self.web:
            yield from (self.web.log, self.web.robots)
        if self.users:
            yield self.users.table
        yield from (each.path for each in self.lists)


def item_papers(workspace: Workspace, source: Source, stated: Declaration) -> ItemPapers:
    """Return the papers that decide over a source's items now.

    Args:
        workspace: Where.
        source: The source with the evidence attached to it.
        stated: Its latest declaration.

    Raises:
        GovernanceError: One is not attached, or missing from the store.

    Clause:
        R-009, R-010, R-014, R-015
    """
    said, last_day = stated.details, stated.collected.last.isoformat()
    web = users = None
    if stated.kind == _WEB:
        hosts = tuple(normalise_host(host) for host in stated.values("details.host"))
        agent = str(said.get("user_agent") or _ANY_AGENT)
        files = (_file(workspace, source, name) for name in (LOG, ROBOTS))
        web = WebPapers(hosts, agent, stated.collected.first.isoformat(), last_day, *files)
    if stated.kind == _USERS:
        wanted = Wanted(str(said["authorisation_version"]), str(said["authorisation_scope"]), last_day)
        users = UserPapers(wanted, _file(workspace, source, CONSENT))
    lists = (ListFile(name, workspace.evidence.path(digest)) for name, digest in refusals.in_force(workspace))
    return ItemPapers(web, users, tuple(lists))


def _file(workspace: Workspace, source: Source, kind: str) -> Path:
    if kind not in source.evidence:
        raise GovernanceError(
            f"The source {source.id} has no {kind}, and no item of it can be judged without.",
            code="corpus.item-paper-missing",
            remedy=f"Attach it: `yuliao source evidence {source.id} {kind} FILE`.",
        )
    return workspace.evidence.path(Digest(source.evidence[kind].digest))


def _by_digest(fields: dict[str, object]) -> Json:
    return {name: value.name if isinstance(value, Path) else _plain(value) for name, value in fields.items()}


def _plain(value: object) -> Json:
    return [str(each) for each in value] if isinstance(value, tuple) else str(value)
