"""What a rule book (标注规则) lacks: one of four parts, a stage of its kind, the rule for a risk, a clear word."""

from collections import Counter
from collections.abc import Iterator

from provenance.events import RuleBookReleased
from provenance.ids import ClauseId
from rules.annotation import books
from rules.annotation.book_records import PARTS, STAGES, RuleBook
from rules.catalog import Catalog
from rules.findings import Finding, Verdict, requirement
from rules.records import Words

PART_NAMES = {"objective": "目标", "format": "数据格式", "method": "标注方法", "quality": "质量指标"}
QUALITIES = ("authenticity", "accuracy", "objectivity", "diversity")
"""What functional annotation is to lead to: 真实性, 准确性, 客观性, 多样性."""
_FIELDS = {"definition": "定义", "positive": "正面示例", "negative": "反面示例", "borderline": "边界处理"}


def gaps(book: RuleBook, catalog: Catalog) -> Iterator[Finding]:
    """Yield what a book lacks; nothing of one that is complete.

    Clause:
        R-034, R-035, R-036, R-037
    """
    yield from _parts(book, catalog)
    for stage in STAGES[book.kind]:
        if stage not in covered_stages(book):
            yield _lacks(book, catalog, "R-035", f"缺少环节 {stage}", f"the stage {stage} is missing")
    yield from _repeated_words(book, catalog)
    if book.kind == "functional":
        for quality in QUALITIES:
            if quality not in book.qualities:
                yield _lacks(book, catalog, "R-036", f"没有指引 {quality}", f"{quality} has no guidance")
    if book.kind == "safety":
        yield from _risks(book, catalog)


def release(book: RuleBook) -> RuleBookReleased:
    """Return the event that says a version was approved, with what the book covers."""
    return RuleBookReleased(
        digest=books.digest_of(book),
        version=book.version,
        kind=book.kind,
        stages=covered_stages(book),
        risks=tuple(risk for risk, rule in book.risks.items() if not rule.lacking),
        parts=book.parts,
        lapses=book.lapses,
        author=book.author,
    )


def covered_stages(book: RuleBook) -> tuple[str, ...]:
    """Return the stages (环节) that have steps, a form and a time planned."""
    return tuple(
        name for name, stage in book.stages.items() if stage.steps and stage.controls and stage.planned_seconds > 0
    )


def _parts(book: RuleBook, catalog: Catalog) -> Iterator[Finding]:
    for part in PARTS:
        if part not in book.parts:
            yield _lacks(book, catalog, "R-034", f"缺少“{PART_NAMES[part]}”", f"the part {part} is missing")
    for indicator in book.quality:
        if not (indicator.threshold in catalog.thresholds or indicator.house in catalog.house.rules):
            yield _lacks(book, catalog, "R-034", "质量指标没有对应的数值", "a quality indicator names no number")


def _repeated_words(book: RuleBook, catalog: Catalog) -> Iterator[Finding]:
    """Look for words of a form that mean two things, or that the server would take apart at a comma."""
    for stage in book.stages.values():
        lists = [[control.zh for control in stage.controls.values()]]
        lists += [list(control.options.values()) for control in stage.controls.values()]
        for words in lists:
            for word, count in Counter(words).items():
                if count > 1 or not word.strip() or "," in word:
                    zh, en = (
                        f"“{stage.zh}”的用词重复或不可用",
                        f"words of the stage {stage.en} are repeated or unusable",
                    )
                    yield _lacks(book, catalog, "R-034", zh, en)


def _risks(book: RuleBook, catalog: Catalog) -> Iterator[Finding]:
    for risk in catalog.risks:
        rule = book.risks.get(risk)
        if rule is None:
            yield _lacks(book, catalog, "R-037", f"{risk} 没有规则", f"{risk} has no rule")
        elif rule.lacking:
            zh = "、".join(_FIELDS[name] for name in rule.lacking)
            yield _lacks(book, catalog, "R-037", f"{risk} 缺少{zh}", f"{risk} lacks {', '.join(rule.lacking)}")
    for risk in sorted(book.risks.keys() - catalog.risks.keys()):
        yield _lacks(book, catalog, "R-037", f"{risk} 不是附录 A 的风险", f"{risk} is no risk of Annex A")


def _lacks(book: RuleBook, catalog: Catalog, clause: str, zh: str, en: str) -> Finding:
    return Finding(ClauseId(clause), book.name, Verdict.FAILS, Words(zh, en), requirement(catalog, clause))
