"""Annotation as facts: rule books, people, batches of every outcome, and what was measured of them."""

from dataclasses import replace

from rules.annotation.batches import BatchFact, EndFact, ReviewFact
from rules.annotation.books import BookFact
from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import Agreement, TimesFact
from rules.annotation.personnel import ABILITIES, CONTENTS, ExamFact, PersonFact, TrainingFact
from tests.fakes.facts import CATALOG

WHEN = "2026-11-22T08:00:00Z"
PARTS = ("objective", "format", "method", "quality")


def book(name: str, kind: str, **changed: object) -> BookFact:
    """Return a released rule book with all four parts, and every risk where it is about safety."""
    usual: dict[str, object] = {
        "seq": 50,
        "book": name,
        "version": 1,
        "kind": kind,
        "digest": "b" * 64,
        "stages": ("annotate", "review"),
        "risks": tuple(CATALOG.risks) if kind == "safety" else (),
        "parts": PARTS,
        "lapses": False,
        "author": "p-001",
        "approver": "p-002",
        "at": WHEN,
    }
    return BookFact(**{**usual, **changed})  # type: ignore[arg-type]  # fields of the class


def batch(name: str, kind: str, outcome: str = "", **changed: object) -> BatchFact:
    """Return a batch of 110 items, ten of them gold, with a gate; ended where an outcome is given."""
    end = EndFact(70, WHEN, outcome, "done", changed.pop("released", 0), changed.pop("reworked", 0), "", ())  # type: ignore[arg-type]
    usual: dict[str, object] = {
        "seq": 60,
        "id": name,
        "kind": kind,
        "modality": "text",
        "rule_book": f"{kind}@1",
        "published_at": WHEN,
        "sample": 0,
        "units": 110,
        "overlap": 2,
        "double_units": 20,
        "gold_units": 10,
        "planned_seconds": 60,
        "deadline": "2026-12-01",
        "people": {"annotate": ("p-101", "p-102"), "review": ("p-103",)},
        "projects": (),
        "tasks": "c" * 64,
        "gate": "9" * 64,
        "plan": "",
        "redoes": "",
        "annotations": 130,
        "end": end if outcome else None,
    }
    return BatchFact(**{**usual, **changed})  # type: ignore[arg-type]  # fields of the class


def person(name: str, employment: str, *functions: str, is_trained: bool = True) -> PersonFact:
    """Return somebody who is registered, trained and examined, or registered only."""
    exam = ExamFact(53, WHEN, "safety@1", tuple((each, 9, 10) for each in ABILITIES), 80, "")
    company = "co-1" if employment == "outsourced" else ""
    known = PersonFact(name, employment, company, functions)
    return (
        replace(known, contents=CONTENTS, trained_at=WHEN, minutes=90, sessions=1, exams=(exam,))
        if is_trained
        else known
    )


SAFETY = batch(
    "safety-01",
    "safety",
    "accepted",
    released=100,
    review=ReviewFact(65, units=100, checked=100, approved=100, reviewers=("p-103",)),
)
FUNCTIONAL = batch(
    "functional-01",
    "functional",
    "redo",
    released=94,
    reworked=6,
    gate="",
    kept_out={"AR-1": 2},
    review=ReviewFact(66, is_spot_check=True, units=20, checked=20, approved=14, inaccurate=6, reviewers=("p-103",)),
)
VOID = batch(
    "functional-02",
    "functional",
    "void",
    review=ReviewFact(67, is_spot_check=True, units=20, checked=12, approved=11, illegal=1, reviewers=("p-103",)),
)
OPEN = batch("safety-02", "safety", modality="image")
EXAM = batch("exam-01", "exam", "accepted")

ANNOTATION = AnnotationFacts(
    books=(
        book("functional", "functional"),
        book("safety", "safety"),
        book("inspection", "inspection", parts=PARTS[:3]),
    ),
    people=(
        person("p-101", "internal", "annotate"),
        person("p-102", "outsourced", "annotate", "review", is_trained=False),
        person("p-103", "internal", "review"),
    ),
    trainings=(TrainingFact(52, "t-01", WHEN, "2026-11-20", 100, CONTENTS, (), "p-001", ("p-101", "p-103"), ""),),
    batches=(SAFETY, FUNCTIONAL, VOID, OPEN, EXAM),
    agreements=(
        Agreement(71, "safety-01", "krippendorff", "verdict", 876_543, 20, 2),
        Agreement(71, "safety-01", "cohen", "risk", None, 0, 0),
        Agreement(71, "safety-01", "ac1", "verdict", -12_345, 20, 2),
        Agreement(71, "safety-01", "gold", "*", 900_000, 10, 1, "p-101"),
        Agreement(71, "safety-01", "gold", "*", 800_000, 5, 1, "p-101", "2026-11-22"),
    ),
    times=(
        TimesFact(72, "safety-01", "annotate", 128, 2, 60, (5, 9, 20, 33, 50, 120, 900), 6),
        TimesFact(72, "safety-01", "review", 0, 100, 60, (), 0),
    ),
)
