"""Rule data: complete, referenced, certain as far as it goes; a damaged file is named with its field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.errors import GovernanceError
from rules import catalog
from rules.certainty import printed, printed_number, weakest

CATALOG = catalog.load()
RULES = Path(catalog.__file__).parent


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the rule data that a test may damage."""
    target = tmp_path / "rules"
    shutil.copytree(RULES, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert catalog.load_from(target).edition == CATALOG.edition
    return target


def test_every_requirement_is_there() -> None:
    """All clauses of the reference are in the catalogue, with words in both languages."""
    assert len(CATALOG.clauses) == 124
    assert {"R-001", "R-161", "R-205", "H-208", "AR-12", "R-307"} <= CATALOG.clauses.keys()
    for clause in CATALOG.clauses.values():
        assert all((clause.title_zh, clause.title_en, clause.requirement_zh, clause.requirement_en))


def test_the_31_risks_sum_up() -> None:
    """31 risks in 8, 9, 5, 7 and 2; 29 count as harmful, 17 need keywords, and their minimums sum to 2,500."""
    groups = [risk.group for risk in CATALOG.risks.values()]
    assert [groups.count(group) for group in CATALOG.risk_groups] == [8, 9, 5, 7, 2]
    assert {name: len(risks) for name, risks in CATALOG.risk_unions().items()} == {"*29": 29, "*17": 17}
    assert sum(risk.kw or 0 for risk in CATALOG.risks.values()) == 2_500
    assert sum(risk.gen or 0 for risk in CATALOG.risks.values()) == 1_130
    assert sum(risk.ref or 0 for risk in CATALOG.risks.values()) == 340


def test_a_profile_may_be_stricter() -> None:
    """Guangdong asks 200 keywords for every risk of A.2, the nation 100."""
    assert CATALOG.keywords_required()["A2a"] == 100
    assert CATALOG.keywords_required("guangdong")["A2a"] == 200


def test_the_law_books_differ_on_the_identity_number() -> None:
    """An identity number is sensitive under GB/T 35273 and ordinary under GB/T 45574; a bank card is both times."""
    books = CATALOG.sensitive()
    assert "CN_ID18" in books["strict_35273"]
    assert "CN_ID18" not in books["gbt45574"]
    assert all("BANK_CARD" in entities and "MOBILE" not in entities for entities in books.values())


@pytest.mark.parametrize(
    ("code", "letter", "zh"),
    [
        ("F", "F", ""),
        ("S", "S", "据公开资料"),
        ("S+D", "D", "征求意见稿 2024-03"),
        ("S+M", "M", "自定规则，待核对"),
        ("H", "H", "自定规则，待核对"),
        ("F+X", "X", None),
    ],
)
def test_a_mixed_certainty_counts_as_its_weaker_letter(code: str, letter: str, zh: str | None) -> None:
    """The weakest letter decides what is printed, and X is never printed."""
    assert weakest(code) == letter
    assert printed(code, "zh") == zh


def test_a_number_marked_s_prints_as_s() -> None:
    """A number seen in a secondary source prints as such, even where its clause is remembered; X stays unprinted."""
    assert printed_number("S+M", "en") == "according to public sources"
    assert printed_number("D", "zh") == "征求意见稿 2024-03"
    assert printed_number("S+X", "zh") is None
    assert CATALOG.thresholds["manual_sample_min"].remark("zh") == "据公开资料"


def test_an_unknown_certainty_is_refused() -> None:
    """A letter that nobody defined raises, so that no requirement passes as certain by mistake."""
    with pytest.raises(GovernanceError, match="certainty"):
        weakest("Q")


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (_replace("thresholds.yaml", "value: 4000", "value: many"), "thresholds.yaml, row 3, field value"),
        (_replace("thresholds.yaml", "clause: R-070", "clause: R-999"), "manual_sample_min, field clause"),
        (_replace("clauses/1-source-safety.yaml", "    computable: Y", "    computable: Q"), "R-001, field computable"),
        (_replace("clauses/1-source-safety.yaml", "title_en:", "title_fr:"), "R-001, field"),
        (_replace("clauses/1-source-safety.yaml", "id: R-002", "id: R-001"), "clauses, R-001"),
        (_replace("profiles/guangdong.yaml", "min_each: 200", "min_each: 50"), "thresholds.keywords_A2_min_each"),
        (_replace("risks.yaml", "kw: 200", "kw: 20"), "risks.yaml, A1a, field kw"),
        (_replace("reasons.yaml", "reasons:", "reasons: ["), "reasons.yaml, line"),
        (_replace("house.yaml", "    unit:", "    value: 1\n    unit:"), "house.yaml, line"),
    ],
)
def test_damaged_data_is_named(copied: Path, damage: Callable[[Path], None], where: str) -> None:
    """Wrong type, unknown reference or key, repeated id or key, looser number, no YAML: file and field are named."""
    damage(copied)
    with pytest.raises(GovernanceError) as caught:
        catalog.load_from(copied)
    assert caught.value.code == "rules.bad-data"
    assert where in caught.value.where


def test_the_edition_changes_with_a_number_and_not_with_a_comment(copied: Path) -> None:
    """Comments are no rules; a changed number is another edition."""
    _replace("thresholds.yaml", "# The hard numbers", "# Numbers")(copied)
    assert catalog.load_from(copied).edition == CATALOG.edition
    _replace("thresholds.yaml", "value: 4000", "value: 4001")(copied)
    assert catalog.load_from(copied).edition != CATALOG.edition
