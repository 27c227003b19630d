"""Clauses, code and tests agree: what is cited exists, what is computed is cited, what is uncertain is not printed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules import catalog, checks, source_kinds
from rules.certainty import printed
from rules.coverage import number
from rules.facts import fold

ROOT = Path(__file__).parents[2]
PACKAGES = ("provenance", "rules", "pii", "corpus", "annotation", "ui")
CATALOG = catalog.load()
_SECTION = re.compile(r"^ *Clause:\n((?: +.*(?:\n|$))+)", re.MULTILINE)
_ID = re.compile(r"\b(?:R-\d{3}|AR-\d{1,2}|H-\d{3})\b")


def _docstrings(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", ast.get_docstring(node) or ""


def _cited(docstring: str) -> set[str]:
    return {name for section in _SECTION.findall(docstring) for name in _ID.findall(section)}


def _computed() -> set[str]:
    return {finding.clause for finding in checks.findings(fold([], CATALOG), CATALOG)} | set(
        checks.source_checks.PAPERS
    )


def test_every_cited_clause_exists() -> None:
    """A docstring cites only clauses that the catalogue knows."""
    cited = {name: _cited(text) for package in PACKAGES for name, text in _docstrings(ROOT / package)}
    assert any(cited.values())
    unknown = {name: clauses - CATALOG.clauses.keys() for name, clauses in cited.items()}
    assert {name: clauses for name, clauses in unknown.items() if clauses} == {}


def test_the_reader_of_citations_sees_an_unknown_clause() -> None:
    """The oracle above finds an invented clause when there is one."""
    assert _cited("Do.\n\nClause:\n    R-001, R-999\n") == {"R-001", "R-999"}
    assert "R-999" not in CATALOG.clauses


def test_every_computed_clause_is_cited_by_a_function_and_a_test() -> None:
    """What a check judges is named in a function's docstring and in a test of this suite."""
    functions = {clause for _, text in _docstrings(ROOT / "rules") for clause in _cited(text)}
    tested = {
        clause
        for path in sorted((ROOT / "tests" / "unit" / "rules").glob("*.py"))
        for clause in _ID.findall(path.read_text(encoding="utf-8"))
    }
    computed = _computed()
    assert computed
    assert computed - functions == set()
    assert computed - tested == set()


def _glossary() -> dict[str, str]:
    terms: dict[str, str] = {}
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and not cells[0].startswith(("---", "English")):
            english, chinese = cells[0].split(";"), cells[1].split(";")
            terms |= {e.strip(): c.strip() for e, c in zip(english, chinese, strict=True)}
    return terms


def _terms_missing(title_en: str, title_zh: str) -> list[str]:
    rest, missing = title_en.lower(), []
    for english, chinese in sorted(_glossary().items(), key=lambda pair: -len(pair[0])):
        pattern = rf"(?<![\w-]){re.escape(english)}s?\b"  # not the source of open-source
        if re.search(pattern, rest):
            rest = re.sub(pattern, " ", rest)
            if chinese not in title_zh:
                missing.append(english)
    return missing


@pytest.mark.parametrize("clause", CATALOG.clauses.values(), ids=lambda clause: clause.id)
def test_every_title_uses_the_glossary(clause: catalog.Clause) -> None:
    """A title that uses an English term has the standard term in Chinese, and no forbidden word."""
    assert _terms_missing(clause.title_en, clause.title_zh) == []
    assert not re.search(r"\b(doc|docs|toxic|PII|data point)\b", clause.title_en)


def test_a_wrong_term_is_noticed() -> None:
    """The glossary's check finds a title with another word than the standard's."""
    assert _terms_missing("filtering of illegal or harmful content", "违法不良信息过滤") == []
    assert _terms_missing("filtering of illegal or harmful content", "有毒内容过滤") == ["illegal or harmful content"]


def test_nothing_of_certainty_x_prints_as_law() -> None:
    """A clause or number that nobody confirmed has no citation as law, and its number is called a hint."""
    uncertain = [clause for clause in CATALOG.clauses.values() if "X" in clause.certainty]
    assert uncertain
    for clause in uncertain:
        assert printed(clause.certainty, "zh") is None
        assert clause.citation("zh") == clause.citation("en") == clause.id
        assert not clause.is_law
    numbers = [threshold for threshold in CATALOG.thresholds.values() if "X" in threshold.certainty]
    assert numbers
    for threshold in numbers:
        assert threshold.remark("en") is None
        words = number(threshold, threshold.value)
        assert "非标准要求" in words.zh
        assert "required by no standard" in words.en
        assert not CATALOG.clause(threshold.clause).is_law


def _naked_numbers(source: str, known: set[int]) -> list[int]:
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in known
    ]


def test_no_threshold_is_written_in_code() -> None:
    """Numbers of the standards live in rule data: none of them stands in the code of rules."""
    known = {threshold.value for threshold in CATALOG.thresholds.values() if threshold.value > 7}
    assert {4000, 96, 98, 10000, 2000} <= known
    for path in sorted((ROOT / "rules").glob("*.py")):
        assert _naked_numbers(path.read_text(encoding="utf-8"), known) == [], path.name
    assert _naked_numbers("limit = 4000", known) == [4000]


def test_every_kind_of_evidence_has_a_name() -> None:
    """A clause asks for kinds of evidence that are named in both languages, of a source or of the clause."""
    of_sources = {paper.name for kind in source_kinds.load().values() for paper in kind.evidence}
    for clause in CATALOG.clauses.values():
        assert set(clause.evidence) <= of_sources | CATALOG.evidence_kinds.keys(), clause.id
        assert clause.evidence, clause.id


def test_every_source_paper_serves_a_known_clause() -> None:
    """Papers and hard checks of a source name clauses of the catalogue."""
    for kind in source_kinds.load().values():
        for paper in (*kind.evidence, *kind.checks):
            assert set(paper.clauses) <= CATALOG.clauses.keys()


@pytest.mark.parametrize("book", catalog.LAW_BOOKS)
def test_law_and_detector_agree_on_what_is_sensitive(book: str) -> None:
    """The table of the rules and that of the detector call the same types sensitive, context aside."""
    from pii.entities import ENTITIES, Sensitivity

    ours = CATALOG.sensitive()[book]
    for name, entity in ENTITIES.items():
        theirs = getattr(entity, book)
        if theirs != Sensitivity.CONTEXT:
            assert (name in ours) == (theirs == Sensitivity.YES), name
    personal = {name for name, entity in ENTITIES.items() if entity.is_personal}
    assert personal <= CATALOG.entities.keys()
