"""Measure a keyword library (关键词库) against the standards: total, risks covered, minimum per risk, age."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.ids import ClauseId
from rules.catalog import Catalog
from rules.findings import Finding, Verdict
from rules.records import Threshold, Words

_IMPORT = "yuliao rules import-keywords FILE.csv"


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Keywords of one risk beside the minimum; a row of table T14."""

    risk: str
    keywords: int
    minimum: int

    @property
    def is_covered(self) -> bool:
        """Whether the minimum is reached."""
        return self.keywords >= self.minimum


def by_risk(counted: Mapping[str, int], catalog: Catalog, profile: str = "national") -> tuple[RiskCoverage, ...]:
    """Return the coverage of the risks that the library must cover.

    Args:
        counted: Keywords by risk id.
        catalog: Risks and thresholds.
        profile: Name of the profile whose minimums apply.

    Clause:
        R-052
    """
    minimums = catalog.keywords_required(profile)
    return tuple(RiskCoverage(risk, counted.get(risk, 0), minimum) for risk, minimum in minimums.items())


def size(keywords: int, counted: Mapping[str, int], catalog: Catalog, profile: str = "national") -> Iterator[Finding]:
    """Compare total, coverage and minimum per risk with what the clauses ask.

    Args:
        keywords: Distinct keywords.
        counted: Keywords by risk id.
        catalog: Risks and thresholds.
        profile: Name of the profile whose numbers apply.

    Clause:
        R-050, R-051, R-052, R-160
    """
    rows = by_risk(counted, catalog, profile)
    total = catalog.required("keywords_total_min", profile)
    absent = [row.risk for row in rows if not row.keywords]
    short = [f"{row.risk} {row.keywords}/{row.minimum}" for row in rows if not row.is_covered]
    enough, all_there, all_filled = keywords >= total, not absent, not short
    yield _finding("R-050", enough, _count(keywords), number(catalog.thresholds["keywords_total_min"], total))
    yield _finding("R-051", all_there, _listed(len(rows) - len(absent), len(rows), absent), _clause(catalog, "R-051"))
    yield _finding("R-052", all_filled, _listed(len(rows) - len(short), len(rows), short), _clause(catalog, "R-052"))
    whole = Words(
        f"{_count(keywords).zh}；{_listed(len(rows) - len(short), len(rows), short).zh}",
        f"{_count(keywords).en}; {_listed(len(rows) - len(short), len(rows), short).en}",
    )
    yield _finding("R-160", enough and all_there and all_filled, whole, _clause(catalog, "R-160"))


def age(released: str, today: str, catalog: Catalog, profile: str = "national") -> Finding:
    """Compare the library's age with the period of update.

    Args:
        released: When it was released, RFC 3339.
        today: The moment of the facts, RFC 3339.
        catalog: Thresholds.
        profile: Name of the profile whose number applies.

    Clause:
        R-053
    """
    days = (dt.datetime.fromisoformat(today) - dt.datetime.fromisoformat(released)).days
    longest = catalog.required("keywords_update_days", profile)
    measured = Words(f"距上次更新 {days} 天", f"{days} days since the last update")
    return _finding("R-053", days <= longest, measured, number(catalog.thresholds["keywords_update_days"], longest))


def number(threshold: Threshold, value: int) -> Words:
    """Print a threshold with its hardness and certainty; one of certainty X is printed as a hint, never as law."""
    zh_remark, en_remark = threshold.remark("zh"), threshold.remark("en")
    if zh_remark is None or en_remark is None:
        return Words(f"提示线，非标准要求：{value}", f"a hint, required by no standard: {value}")
    sign = {"min": "≥", "max": "≤"}[threshold.direction]
    hardness = {"shall": ("应", "shall be"), "should": ("宜", "should be")}.get(threshold.hardness, ("取", "taken as"))
    zh = f"{threshold.zh}{hardness[0]} {sign} {value}"
    en = f"{threshold.en} {hardness[1]} {sign} {value}"
    return Words(f"{zh}（{zh_remark}）" if zh_remark else zh, f"{en} ({en_remark})" if en_remark else en)


def _finding(clause: str, is_met: bool, measured: Words, required: Words) -> Finding:
    verdict = Verdict.CONFORMS if is_met else Verdict.FAILS
    return Finding(ClauseId(clause), "lexicon", verdict, measured, required, next_action="" if is_met else _IMPORT)


def _clause(catalog: Catalog, clause: str) -> Words:
    found = catalog.clause(clause)
    return Words(found.requirement_zh, found.requirement_en)


def _count(keywords: int) -> Words:
    return Words(f"关键词 {keywords} 个", f"{keywords} keywords")


def _listed(met: int, of: int, lacking: list[str]) -> Words:
    zh, en = f"{met}/{of} 种风险达到", f"{met} of {of} risks"
    if not lacking:
        return Words(zh, en)
    return Words(f"{zh}；不足：{'、'.join(lacking)}", f"{en}; lacking: {', '.join(lacking)}")
