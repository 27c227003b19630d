"""The stage that holds every item against the papers of its source and the lists (采集与授权核对).

It stands right behind the signature of the text, in the first pass and in the last: an item that must not be used never
becomes the one that is kept of several. What it decides on keeps neither text nor signature.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from corpus.clearance import origins
from corpus.clearance.item_papers import ItemPapers
from corpus.clearance.origins import Origin, Refusal, Refused
from corpus.evidence import authorisations, collection_log
from corpus.evidence.addresses import parse_url
from corpus.schema import QUARANTINED, REJECTED
from corpus.stage import fill, undecided
from provenance.canonical import encode
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.ids import digest
from provenance.pseudonyms import URL, USER, pseudonym

KEPT_APART = frozenset({"text-withdrawn", "url-withdrawn"})
"""Reasons that quarantine, as the withdrawal itself did; every other reason of this stage rejects."""
FORGOTTEN = frozenset({"text-withdrawn", "url-withdrawn", "user-refused"})
"""Reasons that leave nothing behind by which the item leads to anybody."""

_TAKEN = ("text", "duplicate_key")
_LEADING = ("external_id", "url", "url_key", "user_key")


def prepare(papers: ItemPapers, workspace_key: bytes, scratch: Path) -> ItemPapers:
    """Make the tables that the stage looks into, once per ingest; those of a run that was stopped are found again.

    Args:
        papers: What decides.
        workspace_key: 32 secret bytes that key addresses and users.
        scratch: Folder for unfinished work of the workspace.

    Returns:
        The papers, with their tables.

    Raises:
        GovernanceError: A stored paper does not have its form, or contradicts the latest declaration.
    """
    if not (papers.web or papers.users):
        return papers
    papers = replace(papers, tables=scratch / f"papers-{digest(encode(papers.decisive()))}")
    assert papers.tables is not None
    with told("make room for tables of evidence", papers.tables):
        papers.tables.mkdir(parents=True, exist_ok=True)
    if papers.web and not papers.log.exists():
        days = papers.web.first_day, papers.web.last_day
        collection_log.prepare(papers.web.log, days, workspace_key, papers.log)
    if papers.users and not papers.user_table.exists():
        authorisations.prepare(papers.users.table, papers.users.wanted, papers.user_table)
    return papers


@dataclass(frozen=True)
class CheckCollection:
    """Keep out what was not collected rightly or may not be used.

    Attributes:
        papers: What decides, prepared.
        workspace_key: 32 secret bytes that key addresses and users.
    """

    papers: ItemPapers
    workspace_key: bytes = field(repr=False)
    name: ClassVar[str] = "check-collection"
    version: ClassVar[str] = "1"

    def __call__(self, batch: pa.RecordBatch, /) -> pa.RecordBatch:
        """Batch: reads url, user; writes url_key, user_key and what a refusal is; n rows in, n rows out, same order.

        A refusal is written as disposition, reason and ground; text and duplicate_key of the item become null.

        Clause:
            R-009, R-010, R-014, R-015
        """
        has_origin = any(batch[name].null_count < batch.num_rows for name in ("url", "user"))
        if not has_origin and self.papers == ItemPapers():
            return batch
        found = self._origins(batch)
        keys = {"url_key": [each.url_key for each in found], "user_key": [each.user_key for each in found]}
        refused = dict(self._refused([found[row] for row in undecided(batch)]))
        return fill(batch, **keys) if not refused else fill(batch, **_kept_out(batch, refused, keys))

    def _origins(self, batch: pa.RecordBatch) -> list[Origin]:
        columns = (batch[name].to_pylist() for name in ("url", "user", "duplicate_key"))
        return [self._origin(row, *each) for row, each in enumerate(zip(*columns, strict=True))]

    def _origin(self, row: int, url: str | None, user: str | None, text_key: bytes | None) -> Origin:
        user_key = self._user(user)
        try:
            page = parse_url(url) if url else None
        except GovernanceError:
            page = None
        if page is None:
            return Origin(row, user_key=user_key, text_key=text_key)
        return Origin(row, *page, pseudonym(self.workspace_key, URL, page.url), user_key, text_key)

    def _user(self, user: str | None) -> bytes | None:
        named = (user or "").strip()
        return pseudonym(self.workspace_key, USER, named) if named else None

    def _refused(self, left: Sequence[Origin]) -> Iterator[tuple[int, Refusal]]:
        for check in self._checks():
            found: dict[int, Refusal] = {}
            for row, refusal in check(left):
                found.setdefault(row, refusal)
            yield from found.items()
            left = [each for each in left if each.row not in found]

    def _checks(self) -> Iterator[Callable[[Sequence[Origin]], Refused]]:
        """Yield the checks in their order: the lists, log and robots.txt, the authorisations."""
        for name in sorted({each.name for each in self.papers.lists}):
            files = tuple(each.path for each in self.papers.lists if each.name == name)
            yield partial(origins.listed, name=name, lists=files)
        if self.papers.web:
            yield partial(origins.collected, web=self.papers.web, log=self.papers.log)
        if self.papers.users:
            yield partial(origins.authorised, users=self.papers.user_table)


def _kept_out(
    batch: pa.RecordBatch, refused: Mapping[int, Refusal], keys: Mapping[str, list[bytes | None]]
) -> dict[str, list[Any]]:
    """Return the columns in which a refusal is written, and those it empties."""
    written = ("disposition", "reason", "ground", *_TAKEN, *_LEADING)
    columns = {name: batch[name].to_pylist() for name in written} | dict(keys)
    for row, (reason, ground) in refused.items():
        columns["disposition"][row] = QUARANTINED if reason in KEPT_APART else REJECTED
        columns["reason"][row], columns["ground"][row] = reason, ground
        for name in (*_TAKEN, *(_LEADING if reason in FORGOTTEN else ())):
            columns[name][row] = None
    return columns
