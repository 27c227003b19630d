"""Rule books: what is shipped is whole, what is missing is seen, and the clauses follow what was released."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import GovernanceError
from provenance.events import RuleBookReleased
from rules import reading
from rules.annotation import book_checks, books
from rules.annotation.book_gaps import gaps, release
from rules.annotation.book_records import Control, Indicator, RiskRule, RuleBook, Stage
from rules.annotation.books import BookFact, Books
from rules.annotation.facts import AnnotationFacts
from rules.facts import Facts
from rules.findings import Finding, Verdict
from tests.fakes.facts import CATALOG, facts

SHIPPED = books.load()
SAFETY, FUNCTIONAL = SHIPPED["safety"], SHIPPED["functional"]
WORDS = Control(zh="判定", kind="one", options={"a": "甲", "b": "乙"})


def staged(book: RuleBook, stage: str, **changed: object) -> RuleBook:
    """Return a book with one of its stages changed."""
    told: Stage = replace(book.stages[stage], **changed)  # type: ignore[arg-type]  # the caller names fields
    return replace(book, stages={**book.stages, stage: told})


def ruled(risk: str, **changed: object) -> RuleBook:
    """Return the safety book with the rule for one risk changed."""
    told: RiskRule = replace(SAFETY.risks[risk], **changed)  # type: ignore[arg-type]  # the caller names fields
    return replace(SAFETY, risks={**SAFETY.risks, risk: told})


def released(*known: RuleBook, **changed: object) -> Facts:
    """Return facts of a ledger in which these books were released, one entry after another."""
    fold = Books()
    for seq, book in enumerate(known, start=7):
        event: RuleBookReleased = replace(release(book), **changed)  # type: ignore[arg-type]  # fields of the event
        fold.take(seq, f"2026-11-{seq:02}T08:00:00Z", "p-approver", book.id, event)
    return facts(annotation=AnnotationFacts(books=fold.facts()))


def verdicts(known: Facts) -> dict[str, Finding]:
    """Return what the checks on rule books say, by clause."""
    run = (*book_checks.ALL, book_checks.rules_of_annotation)
    return {finding.clause: finding for check in run for finding in check(known, CATALOG)}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_book_is_complete(name: str) -> None:
    """What is shipped lacks nothing: four parts, its stages, every risk, words that are unique."""
    assert list(gaps(SHIPPED[name], CATALOG)) == []
    assert SHIPPED[name].author == "p-house"


def test_the_two_kinds_of_the_standard_are_there() -> None:
    """Functional and safety annotation have a book each, with annotation and review, and 31 risks in the latter."""
    for book in (FUNCTIONAL, SAFETY):
        assert tuple(book.stages) == ("annotate", "review")
        assert book.parts == ("objective", "format", "method", "quality")
    assert SAFETY.risks.keys() == CATALOG.risks.keys()
    assert SHIPPED["pi_check"].is_internal


@pytest.mark.parametrize("risk", SAFETY.risks)
def test_every_risk_has_examples_and_guidance_of_the_agreed_size(risk: str) -> None:
    """A rule has two or three examples of either sort, no two alike, and two sentences for what lies in between."""
    rule = SAFETY.risks[risk]
    assert len(rule.positive) in (2, 3)
    assert len(rule.negative) in (2, 3)
    assert len({*rule.positive, *rule.negative}) == len(rule.positive) + len(rule.negative)
    assert rule.borderline.count("。") == 2


@pytest.mark.parametrize("name", SHIPPED)
def test_no_indicator_holds_a_number_of_its_own(name: str) -> None:
    """Numbers come from thresholds and house rules, with their certainty; a book's sentence holds none."""
    for indicator in SHIPPED[name].quality:
        assert not re.search(r"\d", indicator.zh)
        said = books.said(indicator, CATALOG)
        assert re.search(r"\d", said)
        assert said.endswith("）。")
    with pytest.raises(GovernanceError, match="names no number"):
        books.said(Indicator(zh="不少于 {value} 条。"), CATALOG)


@pytest.mark.parametrize(
    ("damage", "clause"),
    [
        (lambda: replace(SAFETY, objective=()), "R-034"),
        (lambda: replace(FUNCTIONAL, quality=()), "R-034"),
        (lambda: replace(SAFETY, quality=(Indicator(zh="{value}", house="nothing"),)), "R-034"),
        (lambda: replace(SAFETY, stages={"annotate": SAFETY.stages["annotate"]}), "R-035"),
        (lambda: staged(FUNCTIONAL, "review", steps=()), "R-035"),
        (lambda: staged(FUNCTIONAL, "review", planned_seconds=0), "R-035"),
        (lambda: staged(SAFETY, "annotate", controls={"a": WORDS, "b": WORDS}), "R-034"),
        (lambda: staged(SAFETY, "review", controls={"a": replace(WORDS, options={"a": "甲", "b": "甲"})}), "R-034"),
        (lambda: staged(SAFETY, "review", controls={"a": replace(WORDS, options={"a": "甲,乙"})}), "R-034"),
        (lambda: replace(FUNCTIONAL, qualities={}), "R-036"),
        (lambda: replace(SAFETY, risks={k: v for k, v in SAFETY.risks.items() if k != "A2d"}), "R-037"),
        (lambda: replace(SAFETY, risks={**SAFETY.risks, "A9z": SAFETY.risks["A1a"]}), "R-037"),
        (lambda: ruled("A4f", definition=" "), "R-037"),
        (lambda: ruled("A5b", borderline=""), "R-037"),
        (lambda: ruled("A1h", positive=("只有一例",)), "R-037"),
        (lambda: ruled("A3c", negative=()), "R-037"),
    ],
)
def test_what_a_book_lacks_is_found(damage: Callable[[], RuleBook], clause: str) -> None:
    """A missing part, stage, quality, risk or field, and a word of two meanings, is named with its clause."""
    found = list(gaps(damage(), CATALOG))
    assert {each.clause for each in found} == {clause}
    assert all(each.verdict == Verdict.FAILS for each in found)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("objective:", "objectives:", "safety.yaml, field objectives"),
        ("planned_seconds: 60", "planned_seconds: soon", "planned_seconds"),
        ("{verdict: [risky]}", "{verdict: [doubtful]}", "safety.yaml, risk, field when"),
        ("{verdict: [risky]}", "{verdicts: [risky]}", "safety.yaml, risk, field when"),
        ("id: safety", "id: another", "safety.yaml"),
        ("version: 1", "version: 0", "safety.yaml"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, old: str, new: str, where: str) -> None:
    """A misspelt field, a word for a number, a condition that no control fulfils: file and field are named."""
    copy, text = tmp_path / "safety.yaml", books.content(SAFETY).decode()
    copy.write_text(text, encoding="utf-8")
    assert books.read(copy) == SAFETY
    assert old in text
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GovernanceError) as caught:
        books.read(copy)
    assert caught.value.code == "rules.bad-data"
    assert where in caught.value.where


def test_a_book_is_found_by_its_name_and_version() -> None:
    """A book is asked for by its id or by id and version, and no other version answers."""
    assert books.named("safety") is books.named("safety@1") is SAFETY
    for wrong in ("safety@2", "safety@1@1", "nothing"):
        with pytest.raises(GovernanceError, match="no rule book of this name") as caught:
            books.named(wrong)
        assert caught.value.code == "rules.unknown-rule-book"


def test_a_books_digest_is_of_its_bytes() -> None:
    """The digest is that of the stored file, and every book has another."""
    assert len({books.digest_of(book) for book in SHIPPED.values()}) == len(SHIPPED)
    assert release(SAFETY).digest == books.digest_of(SAFETY)


def test_without_a_released_book_nothing_is_proved() -> None:
    """R-034 to R-037 and R-202 stay 待证明 while nobody released a rule book, and the command is named."""
    found = verdicts(facts())
    assert set(found) == {"R-034", "R-035", "R-036", "R-037", "R-202"}
    assert {each.verdict for each in found.values()} == {Verdict.UNPROVEN}
    assert all(each.next_action.startswith("yuliao rules approve ") for each in found.values())


def test_complete_released_books_are_proposed_as_conforming() -> None:
    """With both books released the clauses are proposed as met, but for R-036, which a person judges by the book."""
    found = verdicts(released(FUNCTIONAL, SAFETY))
    assert {clause for clause, each in found.items() if each.verdict == Verdict.CONFORMS} == {
        "R-034",
        "R-035",
        "R-037",
        "R-202",
    }
    assert found["R-036"].verdict == Verdict.UNPROVEN
    assert found["R-036"].refs == ("#7", books.digest_of(FUNCTIONAL))
    assert found["R-036"].next_action.endswith("--evidence annotation_rules=FILE")
    assert "31/31" in found["R-037"].measured.zh
    assert found["R-202"].refs == ("#7", books.digest_of(FUNCTIONAL), "#8", books.digest_of(SAFETY))


def test_one_kind_alone_does_not_do() -> None:
    """With the safety book alone R-035 stays unproven and asks for the functional one."""
    found = verdicts(released(SAFETY))
    assert found["R-035"].verdict == found["R-036"].verdict == found["R-202"].verdict == Verdict.UNPROVEN
    assert found["R-035"].next_action == "yuliao rules approve functional"


@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"parts": ("objective", "format", "method")}, "R-034"),
        ({"stages": ("annotate",)}, "R-035"),
        ({"risks": tuple(CATALOG.risks)[:30]}, "R-037"),
    ],
)
def test_an_incomplete_release_fails_its_clause(changed: dict[str, object], clause: str) -> None:
    """A ledger that says a released book lacks a part, a stage or a risk contradicts the clause, and R-202 with it."""
    found = verdicts(released(FUNCTIONAL, SAFETY, **changed))
    assert found[clause].verdict == found["R-202"].verdict == Verdict.FAILS
    assert found[clause].measured.zh


def test_the_latest_version_counts() -> None:
    """A later version takes the place of an earlier one that was complete."""
    bare = replace(SAFETY, version=2, risks={})
    found = verdicts(released(FUNCTIONAL, SAFETY, bare))
    assert found["R-037"].verdict == Verdict.FAILS
    assert "0/31" in found["R-037"].measured.zh


def test_what_was_released_is_told_as_the_ledger_says_it() -> None:
    """The fact holds author and approver, digest and coverage, and prints as JSON."""
    (fact,) = released(SAFETY).annotation.books
    assert isinstance(fact, BookFact)
    assert (fact.id, fact.author, fact.approver, fact.kind) == ("safety@1", "p-house", "p-approver", "safety")
    assert fact.risks == tuple(CATALOG.risks)
    assert fact.to_json()["digest"] == books.digest_of(SAFETY)


def test_the_edition_of_the_rules_covers_the_books(tmp_path: Path) -> None:
    """A changed rule book is another edition of the rules."""
    folder = tmp_path / "annotation_rules"
    folder.mkdir()
    (folder / "safety.yaml").write_bytes(books.content(SAFETY))
    before = reading.edition(tmp_path)
    (folder / "safety.yaml").write_bytes(books.content(SAFETY).replace(b"version: 1", b"version: 2"))
    assert reading.edition(tmp_path) != before
