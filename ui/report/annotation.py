"""Tables on annotation (语料标注): volume (T4), rules (T6), check of accuracy (T7); annotators (T5) stand apart."""

from collections.abc import Callable, Iterator, Mapping

from rules.annotation.batches import ACCEPTED, FUNCTIONAL, REDO, SAFETY, VOID, BatchFact
from rules.annotation.book_records import PARTS
from rules.annotation.books import BookFact
from rules.annotation.workforce import workforce
from rules.catalog import Catalog
from rules.facts import Facts
from ui.i18n import Words, words
from ui.report import annotators
from ui.report.figures import label
from ui.report.table import Cell, Table, column, percent

_KINDS = (FUNCTIONAL, SAFETY)
_MODALITIES = ("text", "image")
"""What the form asks for: text and pictures."""


def volume(facts: Facts) -> Table:
    """T4: annotation volume (标注数量) by kind and modality; only what may be used counts, void batches stand apart."""
    return Table(
        "T4",
        words("report.table.T4"),
        (
            column("annotation_kind", 12),
            column("modality", 8),
            column("units"),
            column("tasks"),
            column("batches"),
            column("batches_redo"),
            column("batches_void"),
            column("batches_open"),
        ),
        tuple(_amount(kind, modality, facts) for kind in _KINDS for modality in _MODALITIES),
        (words("report.note.volume"),),
    )


def rule_books(facts: Facts, catalog: Catalog) -> Table:
    """T6: rules of annotation (标注规则), every released version with its four parts, stages and the risks covered."""
    return Table(
        "T6",
        words("report.table.T6"),
        (
            column("rule_id", 12),
            column("version", 7),
            column("book_kind"),
            column("has_objective", 8),
            column("has_format", 8),
            column("has_method", 8),
            column("has_quality", 8),
            column("stages", 12),
            column("risks_covered", 12),
            column("released", 16),
        ),
        tuple(_book(each, catalog) for each in facts.annotation.books),
        (words("report.note.rule_books"),),
    )


def accuracy(facts: Facts) -> Table:
    """T7: check of accuracy (标注准确性核验) of every batch, the share checked by hand, and how rules were enforced."""
    batches = _worked(facts)
    wanted, checked = sum(each.wanted for each in batches), sum(each.review.checked for each in batches)
    none = words("none")
    whole: tuple[Cell, ...] = (
        words("report.total"),
        none,
        wanted,
        checked,
        percent(checked, wanted),
        sum(each.review.inaccurate for each in batches),
        sum(each.review.illegal for each in batches),
        sum(each.reworked for each in batches),
        sum(_voided(each) for each in batches),
        none,
        none,
    )
    return Table(
        "T7",
        words("report.table.T7"),
        (
            column("batch_id", 14),
            column("annotation_kind", 12),
            column("units", 8),
            column("manually_checked"),
            column("check_ratio"),
            column("inaccurate", 8),
            column("illegal", 8),
            column("reworked", 8),
            column("voided", 8),
            column("batch_outcome"),
            column("enforcement", 14),
        ),
        (*(_batch(each) for each in batches), whole),
        (words("report.note.accuracy"), words("report.note.enforcement")),
    )


_IS_THERE: Mapping[str, Callable[[Facts], bool]] = {
    "annotation_volume": lambda facts: bool(_worked(facts)),
    "annotators": lambda facts: bool(workforce(facts.annotation.people, facts.annotation.trainings)),
    "annotation_rules": lambda facts: bool(facts.annotation.books),
    "accuracy": lambda facts: any(each.review.checked for each in _worked(facts)),
}
"""Contents (4) to (7) of the section, and whether the ledger has anything on them."""


def lacking(facts: Facts) -> tuple[str, ...]:
    """Return the contents on which the ledger has nothing, which are therefore missing (缺失)."""
    return tuple(name for name, is_there in _IS_THERE.items() if not is_there(facts))


def contents(facts: Facts, catalog: Catalog) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """Yield contents (4) to (7) in order, each with its tables as they are for these facts."""
    yield "annotation_volume", (volume(facts),)
    yield "annotators", (annotators.by_employment(facts), annotators.by_company(facts))
    yield "annotation_rules", (rule_books(facts, catalog),)
    yield "accuracy", (accuracy(facts),)


def _worked(facts: Facts) -> list[BatchFact]:
    """Return the batches that annotate; others inspect or examine."""
    return [each for each in facts.annotation.batches if each.kind in _KINDS]


def _amount(kind: str, modality: str, facts: Facts) -> tuple[Cell, ...]:
    mine = [each for each in _worked(facts) if (each.kind, each.modality) == (kind, modality)]
    used = [each for each in mine if each.outcome in (ACCEPTED, REDO)]
    return (
        words(f"report.book_kind.{kind}"),
        words(f"report.modality.{modality}"),
        sum(each.released for each in used),
        sum(each.annotations for each in used),
        *(sum(each.outcome == outcome for each in mine) for outcome in (ACCEPTED, REDO, VOID, "open")),
    )


def _book(book: BookFact, catalog: Catalog) -> tuple[Cell, ...]:
    stages = [words(f"report.stage.{each}") for each in book.stages]
    covered = words("report.covered", covered=len(set(book.risks) & catalog.risks.keys()), risks=len(catalog.risks))
    return (
        book.book,
        book.version,
        label("report.book_kind.", book.kind),
        *(words("report.yes" if part in book.parts else "report.no") for part in PARTS),
        Words("、".join(each.zh for each in stages), ", ".join(each.en for each in stages))
        if stages
        else words("none"),
        covered if book.risks or book.kind == SAFETY else words("report.no_duration"),
        words("report.released", day=book.at, approver=book.approver, entry=book.seq),
    )


def _batch(batch: BatchFact) -> tuple[Cell, ...]:
    kept_out = sum(batch.kept_out.values())
    mode = words("report.enforcement.gate" if batch.is_enforced else "report.enforcement.afterwards")
    return (
        batch.id,
        words(f"report.book_kind.{batch.kind}"),
        batch.wanted,
        batch.review.checked,
        percent(batch.review.checked, batch.wanted),
        batch.review.inaccurate,
        batch.review.illegal,
        batch.reworked,
        _voided(batch),
        words(f"report.batch.{batch.outcome}"),
        words("report.enforcement.kept_out", mode=mode, count=kept_out) if kept_out else mode,
    )


def _voided(batch: BatchFact) -> int:
    return batch.wanted if batch.outcome == VOID else 0
