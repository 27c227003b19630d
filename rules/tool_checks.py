"""Checks on the tools of screening and assessment: the keyword library (关键词库) and the classifier (分类模型)."""

from collections.abc import Iterator

from provenance.ids import ClauseId
from rules import coverage
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Finding, Verdict, confirming, requirement, together
from rules.records import Words

NO_CLASSIFIER = Words("分类模型未配置", "no classifier is configured")
"""What is said wherever a clause asks for a classifier: none can be configured yet."""
_LIBRARY = ("R-050", "R-051", "R-052", "R-053")
"""The clauses of the chapter on the keyword library on which its use in assessment rests."""
_IMPORT = "yuliao rules import-keywords FILE.csv"


def lexicon(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Measure the released keyword library (关键词库) against size, coverage, minimums and age.

    Clause:
        R-050, R-051, R-052, R-053, R-160
    """
    released = facts.lexicon
    if released is None:
        missing = Words("没有发布关键词库", "no keyword library is released")
        for name in (*_LIBRARY, "R-160"):
            yield Finding(ClauseId(name), "lexicon", Verdict.UNPROVEN, missing, requirement(catalog, name), (), _IMPORT)
        return
    found = [*coverage.size(released.keywords, released.by_risk, catalog, facts.profile)]
    found.append(coverage.age(released.at, facts.as_of, catalog, facts.profile))
    for finding in found:
        yield Finding(
            finding.clause,
            finding.subject,
            finding.verdict,
            finding.measured,
            finding.required,
            (f"#{released.seq}", released.digest),
            finding.next_action,
        )


def classifier(_facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say that no classifier (分类模型) is configured, so that its coverage of the risks is unproven.

    Clause:
        R-062, R-161
    """
    for name in ("R-062", "R-161"):
        required, action = requirement(catalog, name), confirming(name, "model_card")
        yield Finding(ClauseId(name), "classifier", Verdict.UNPROVEN, NO_CLASSIFIER, required, (), action)


def assessment_tools(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say whether the tools of the technical sample (技术抽检) meet what is asked of such tools themselves.

    Clause:
        R-072
    """
    asked = (*_LIBRARY, "R-062")
    parts = [each for each in (*lexicon(facts, catalog), *classifier(facts, catalog)) if each.clause in asked]
    verdict = together(parts)
    unmet = [each.clause for each in parts if each.verdict != Verdict.CONFORMS]
    measured = Words(
        f"尚未满足：{'、'.join(unmet)}（{NO_CLASSIFIER.zh}）",
        f"not met yet: {', '.join(unmet)} ({NO_CLASSIFIER.en})",
    )
    action = next((each.next_action for each in parts if each.verdict == verdict), "")
    refs = tuple(dict.fromkeys(ref for each in parts for ref in each.refs))
    yield Finding(ClauseId("R-072"), "tools", verdict, measured, requirement(catalog, "R-072"), refs, action)
