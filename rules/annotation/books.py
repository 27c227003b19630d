"""Rule books (标注规则): the files of this release, loaded once, and the versions that the ledger knows as released."""

import functools
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable

from provenance.canonical import Json
from provenance.errors import GovernanceError
from provenance.events import Event, RuleBookReleased
from provenance.ids import Digest, digest
from rules import reading
from rules.annotation.book_records import Indicator, RuleBook
from rules.catalog import Catalog
from rules.certainty import printed_number

_MILLION = 1_000_000


@functools.cache
def load() -> Mapping[str, RuleBook]:
    """Load the rule books of this release, once per process.

    Returns:
        Books by id.

    Raises:
        GovernanceError: A file is not as it must be; file and field are named.
    """
    return {book.id: book for book in map(read, _files())}


def read(file: Traversable) -> RuleBook:
    """Read one rule book.

    Raises:
        GovernanceError: A field is missing, unknown or of another type, or a control waits for what is not there.
    """
    book = reading.shaped(reading.plain(file), RuleBook, file.name)
    if file.name != f"{book.id}.yaml" or book.version < 1:
        raise reading.damaged(file.name, "the file is not called as its book, or the version is below 1")
    for stage in book.stages.values():
        for name, control in stage.controls.items():
            for other, options in control.when.items():
                if not set(options) <= getattr(stage.controls.get(other), "options", {}).keys():
                    raise reading.damaged(f"{file.name}, {name}, field when", "it waits for an unknown option")
    return book


def is_internal(name: str) -> bool:
    """Say whether only internal people (内部人员) may work by a rule book, whatever its version: it shows raw text.

    Args:
        name: Its id, or id and version as in ``safety@1``; a book that this release does not have is for everybody.
    """
    known = load().get(name.partition("@")[0])
    return known is not None and known.is_internal


def named(name: str) -> RuleBook:
    """Return a book of this release.

    Args:
        name: Its id, or id and version as in ``safety@1``.

    Raises:
        GovernanceError: There is no such book, or not in this version.
    """
    book_id, _, version = name.partition("@")
    book = load().get(book_id)
    if book is None or version not in ("", str(book.version)):
        raise GovernanceError(
            "This release has no rule book of this name and version.",
            code="rules.unknown-rule-book",
            remedy=f"Use one of: {', '.join(each.name for each in load().values())}.",
        )
    return book


def content(book: RuleBook) -> bytes:
    """Return the file of a book, byte for byte: what is approved and kept as evidence."""
    (file,) = [each for each in _files() if each.name == f"{book.id}.yaml"]
    return file.read_bytes()


def digest_of(book: RuleBook) -> Digest:
    """Return the digest of a book's file."""
    return digest(content(book))


def said(indicator: Indicator, catalog: Catalog, profile: str = "national") -> str:
    """Return a quality indicator (质量指标) with its number and how certain that is.

    Raises:
        GovernanceError: It names no number that there is.
    """
    if indicator.threshold in catalog.thresholds:
        value = str(catalog.required(indicator.threshold, profile))
        certainty = catalog.thresholds[indicator.threshold].certainty
    elif indicator.house in catalog.house.rules:
        rule = catalog.house.rules[indicator.house]
        number, certainty = catalog.house.integer(rule.id), rule.certainty
        value = f"{number / _MILLION:g}" if rule.unit.startswith("millionths") else str(number)
    else:
        raise reading.damaged("annotation_rules, field quality", "an indicator names no number that there is")
    remark = printed_number(certainty, "zh")
    words = indicator.zh.format(value=value)
    return f"{words.rstrip('。')}（{remark}）。" if remark else words


def _files() -> list[Traversable]:
    folder = resources.files("rules").joinpath("annotation_rules")
    return sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name)


@dataclass(frozen=True, slots=True)
class BookFact:
    """A released version of a rule book: who wrote it, who approved it, what it covers."""

    seq: int
    book: str
    version: int
    kind: str
    digest: str
    stages: tuple[str, ...]
    risks: tuple[str, ...]
    parts: tuple[str, ...]
    lapses: bool
    author: str
    approver: str
    at: str

    @property
    def id(self) -> str:
        """The book with its version, ``safety@1``."""
        return f"{self.book}@{self.version}"

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return asdict(self)


@dataclass
class Books:
    """A fold over the ledger that hears of rule books."""

    released: list[BookFact] = field(default_factory=list)

    def take(self, seq: int, at: str, actor: str, subject: str, event: Event) -> None:
        """Hear the next entry."""
        if isinstance(event, RuleBookReleased):
            self.released.append(
                BookFact(
                    seq,
                    subject,
                    event.version,
                    event.kind,
                    event.digest,
                    event.stages,
                    event.risks,
                    event.parts,
                    event.lapses,
                    event.author,
                    actor,
                    at,
                )
            )

    def facts(self) -> tuple[BookFact, ...]:
        """Return the released versions in order."""
        return tuple(self.released)


def in_force(released: tuple[BookFact, ...]) -> Mapping[str, BookFact]:
    """Return the latest released version of each book, by its id."""
    return {each.book: each for each in sorted(released, key=lambda each: each.version)}
