"""Checks of the records of drawn items (记录抽样检查), done by the machine: what is stored against what is there.

Every item drawn is read again from its very bytes and its stored row. What is wrong is told by a word of
:data:`FAULTS`, never by the value. An item whose file is gone cannot be judged; who puts the file back may draw again.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.clearance import collection
from corpus.clearance.item_papers import item_papers
from corpus.evidence import keyed_tables
from corpus.evidence.addresses import url_key
from corpus.readers import ReadOptions, Record
from corpus.samples.verdict_files import CANNOT_JUDGE, FAIL, PASS, Verdict
from corpus.sources.states import Source, declaration, require_declared, sources
from corpus.tracing import released
from corpus.tracing.readback import by_source, records, taken_in
from corpus.workspace import Workspace
from provenance.errors import GovernanceError
from provenance.ids import ItemId, SourceId
from provenance.pseudonyms import USER, pseudonym
from rules.notices import Notice

FAULTS: Mapping[str, str] = {
    "raw-digest": "the record in the file is not the one that was taken in",
    "source": "its source is not declared",
    "origin": "its source names no dataset, organisation or address",
    "url": "it carries no address, or another one than its record",
    "url-log": "its address is not in the collection log",
    "user": "it carries no user, or another one than its record",
    "undescribed": "it lacks metadata that its kind of source needs",
    "unscreened": "nothing says that risks were looked for",
    "no-text": "no released text is recorded for it",
    "notices": "the notices found in its text are not those recorded",
}
"""What can be wrong with the records of an item."""

_WEB, _USERS = "self_collected_web", "user_input"


@dataclass(frozen=True)
class Means:
    """What the checks need beside the workspace.

    Attributes:
        options: How a source's files are read.
        logged: Says whether an address, by its key, is in the collection log of a source.
        notices: Finds the marks of other people's rights in a released text.
    """

    options: Callable[[Source], ReadOptions]
    logged: Callable[[Source, bytes], bool]
    notices: Callable[[str], Iterable[Notice]]


@dataclass(frozen=True)
class Evidence:
    """What there is to one item: its source, its row at rest, its record as the file has it now, its stored text."""

    item: ItemId
    source: Source | None
    row: Mapping[str, Any]
    record: Record | None
    text: str | None
    means: Means
    workspace_key: bytes = field(repr=False)


Check = Callable[[Evidence], Iterator[str]]


def metadata(found: Evidence) -> Iterator[str]:
    """Compare an item's metadata with its record and its source (元数据).

    Clause:
        R-120, R-121, R-150, R-151
    """
    assert found.record is not None
    if found.record.raw_digest != found.row["raw_digest"]:
        yield "raw-digest"
        return  # what stands in another record proves nothing about this one
    if found.source is None:
        yield "source"
        return
    registered, beside = found.source.registered, found.record.beside
    if not (registered.name and registered.origin):
        yield "origin"
    if not found.row["described"]:
        yield "undescribed"
    if registered.source_kind == _WEB:
        key = _url_key(found.workspace_key, beside.url)
        if key is None or key != found.row.get("url_key"):
            yield "url"
        elif not found.means.logged(found.source, key):
            yield "url-log"
    if registered.source_kind == _USERS:
        named = (beside.user or "").strip()
        user = pseudonym(found.workspace_key, USER, named) if named else None
        if user is None or user != found.row.get("user_key"):
            yield "user"


def risk_record(found: Evidence) -> Iterator[str]:
    """Demand that an item says it was screened, and of which text (风险识别记录).

    Clause:
        R-122, R-152
    """
    if not found.row["screened"]:
        yield "unscreened"
    if not found.row["commitment"]:
        yield "no-text"


def ip_record(found: Evidence) -> Iterator[str]:
    """Look for notices of rights again and compare them with those recorded (知识产权记录).

    Clause:
        R-123, R-153
    """
    if found.text is None:
        yield "no-text"
    else:
        again = [(each.notice, each.start, each.end) for each in found.means.notices(found.text)]
        if again != [(each["notice"], each["start"], each["end"]) for each in found.row["notices"]]:
            yield "notices"


@dataclass(frozen=True)
class _Kind:
    check: Check
    needs_record: bool = False
    needs_text: bool = False


_KINDS: Mapping[str, _Kind] = {
    "machine:metadata-check/1": _Kind(metadata, needs_record=True),
    "machine:risk-record-check/1": _Kind(risk_record),
    "machine:ip-record-check/1": _Kind(ip_record, needs_text=True),
}


def judge(workspace: Workspace, items: Iterable[ItemId], judge_name: str, means: Means) -> dict[ItemId, Verdict]:
    """Judge the records of items.

    Args:
        workspace: Where.
        items: The items drawn.
        judge_name: The plan's judge, ``machine:NAME/VERSION``.
        means: What the checks need.

    Raises:
        GovernanceError: A stored file is missing or damaged.

    Clause:
        R-151, R-152, R-153
    """
    kind, at = _KINDS[judge_name], workspace.ledger.now()
    verdicts = {}
    for found in _evidence(workspace, sorted(items), kind, means):
        if kind.needs_record and found.record is None:
            verdicts[found.item] = Verdict(found.item, judge_name, CANNOT_JUDGE, (), at)
        else:
            faults = tuple(kind.check(found))
            verdicts[found.item] = Verdict(found.item, judge_name, FAIL if faults else PASS, (), at, faults)
    return verdicts


def _evidence(workspace: Workspace, items: list[ItemId], kind: _Kind, means: Means) -> Iterator[Evidence]:
    of_source = by_source(workspace, items)
    rows = released.rows(workspace, items)
    texts = released.stored(workspace, items) if kind.needs_text else {}
    declared = sources(workspace.ledger)
    for name, mine in of_source.items():
        source = declared.get(name)
        read = {}
        if kind.needs_record and source is not None:
            origins = taken_in(workspace, mine)
            read = dict(records(origins, mine, means.options(source), workspace.item_key))
        for item in mine:
            yield Evidence(item, source, rows[item], read.get(item), texts.get(item), means, workspace.item_key)


def logs(workspace: Workspace, folder: Path) -> Callable[[Source, bytes], bool]:
    """Return a look-up of addresses, by their keys, in the collection logs of web sources.

    Args:
        workspace: Where.
        folder: An empty folder that outlives the look-up.
    """

    @functools.cache
    def log_of(source: SourceId) -> Path:
        known = require_declared(workspace.ledger, source)
        papers = item_papers(workspace, known, declaration(workspace, known))
        return collection.prepare(papers, workspace.item_key, folder).log

    def is_logged(source: Source, key: bytes) -> bool:
        first, behind = keyed_tables.ranges(log_of(source.id), keyed_tables.keys_of([key]))
        return first[0] < behind[0]

    return is_logged


def _url_key(workspace_key: bytes, url: str | None) -> bytes | None:
    try:
        return url_key(workspace_key, url) if url else None
    except GovernanceError:
        return None
