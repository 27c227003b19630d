"""The handbook (标注人员手册) and the filing annex 语料标注规则, both from the rule books that forms are made from.

What a rule book says is Chinese in either language; headings are ours.
"""

from collections.abc import Iterator, Sequence

from rules.annotation import books
from rules.annotation.book_records import PARTS, Control, RuleBook, Stage
from rules.annotation.books import BookFact
from rules.catalog import Catalog
from ui.i18n import Words, words
from ui.report.table import Block, Cell, Column, Heading, Paragraph, Table


def handbook(
    book: RuleBook, catalog: Catalog, profile: str = "national", stages: Sequence[str] = ()
) -> tuple[Block, ...]:
    """Return the handbook of a rule book: the four parts, its stages with their forms, a rule for every risk.

    Args:
        book: The rule book.
        catalog: Names of the risks, and the numbers that quality indicators name.
        profile: Whose numbers apply.
        stages: The stages it is for; all of the book where empty.

    Clause:
        R-034, R-037
    """
    title = words("handbook.title", book=Words(book.zh, book.en))
    return (Heading(0, title), *_book(book, catalog, profile, 1, stages or tuple(book.stages)))


def annex(
    chosen: Sequence[RuleBook], released: Sequence[BookFact], catalog: Catalog, profile: str = "national"
) -> tuple[Block, ...]:
    """Return the filing annex 语料标注规则: the books one after another, and every risk with its rule.

    Args:
        chosen: The functional and the safety rule book.
        released: What the ledger knows as approved.
        catalog: Names of the risks, and the numbers that quality indicators name.
        profile: Whose numbers apply.

    Clause:
        R-034, R-035, R-036, R-037, R-202
    """
    found: list[Block] = [Heading(0, words("handbook.annex")), Paragraph(words("handbook.annex_scope"))]
    found += [_versions(chosen, released), _coverage(chosen)]
    for book in chosen:
        found += [Heading(1, Words(book.zh, book.en)), *_book(book, catalog, profile, 2, tuple(book.stages))]
    found += [Heading(1, words("handbook.matrix")), *_matrix(chosen, catalog)]
    return tuple(found)


def _book(book: RuleBook, catalog: Catalog, profile: str, level: int, stages: Sequence[str]) -> Iterator[Block]:
    yield Paragraph(words("handbook.version", version=book.version, digest=books.digest_of(book)))
    yield Paragraph(_same(book.effective))
    if book.is_internal:
        yield Paragraph(words("handbook.internal"))
    for part in PARTS:
        yield Heading(level, words(f"handbook.part.{part}"))
        said = (
            [books.said(each, catalog, profile) for each in book.quality] if part == "quality" else getattr(book, part)
        )
        yield from _numbered(said)
    if book.qualities:
        yield Heading(level, words("handbook.qualities"))
        for quality in book.qualities.values():
            name = Words(quality.zh, quality.en)
            yield Paragraph(words("handbook.quality_said", name=name, guidance=quality.guidance))
    for stage in stages:
        yield from _stage(stage, book.stages[stage], level)
    if book.risks:
        yield Heading(level, words("handbook.risks"))
        yield Paragraph(words("handbook.own_words"))
        for group in catalog.risk_groups:
            yield _risks(group, book, catalog)


def _stage(name: str, stage: Stage, level: int) -> Iterator[Block]:
    called = Words(stage.zh, stage.en)
    yield Heading(level, words("handbook.stage", stage=called))
    yield Paragraph(words("handbook.time", seconds=stage.planned_seconds))
    yield from _numbered(stage.steps)
    rows = tuple(
        (_same(control.zh), _values(control), _asked(control, stage), _same(control.hint) if control.hint else _none())
        for control in stage.controls.values()
    )
    columns = (_column("control", 8), _column("options", 14), _column("asked", 16), _column("hint", 22))
    yield Table(f"form-{name}", words("handbook.controls", stage=called), columns, rows)


def _values(control: Control) -> Words:
    if control.options:
        return _same("、".join(control.options.values()))
    if control.kind == "risks":
        return words("handbook.of_risks")
    return words("handbook.of_entities") if control.kind == "entities" else words("handbook.written")


def _asked(control: Control, stage: Stage) -> Words:
    if not control.is_required:
        return words("handbook.optional")
    if not control.when:
        return words("handbook.always")
    conditions = [
        words("handbook.under", control=other.zh, option="、".join(other.options[each] for each in options))
        for other, options in ((stage.controls[name], options) for name, options in control.when.items())
    ]
    return Words(*(words("handbook.or").say(lang).join(each.say(lang) for each in conditions) for lang in ("zh", "en")))


def _risks(group: str, book: RuleBook, catalog: Catalog) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for risk in catalog.risks.values():
        rule = book.risks.get(risk.id)
        if risk.group == group and rule is not None:
            name = Words(f"{risk.clause} {risk.zh}", f"{risk.clause} {risk.en}")
            texts = (rule.definition, _lines(rule.positive), _lines(rule.negative), rule.borderline)
            rows.append((name, *(_same(each) if each else words("handbook.lacks") for each in texts)))
    names = catalog.risk_groups[group]
    columns = (
        _column("risk", 12),
        _column("definition", 22),
        _column("positive", 22),
        _column("negative", 22),
        _column("borderline", 22),
    )
    return Table(
        f"risks-{group}", words("handbook.group", id=group, name=Words(names.zh, names.en)), columns, tuple(rows)
    )


def _versions(chosen: Sequence[RuleBook], released: Sequence[BookFact]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for book in chosen:
        digest = books.digest_of(book)
        fact = next((each for each in released if (each.id, each.digest) == (book.name, digest)), None)
        approval = words("handbook.not_approved")
        if fact is not None:
            approval = words("handbook.approved", approver=fact.approver, at=fact.at, seq=fact.seq)
        lapses = words("report.yes") if book.lapses else words("report.no")
        rows.append((book.name, Words(book.zh, book.en), digest, book.author, approval, lapses))
    columns = (
        _column("book", 8),
        Column("name", words("report.column.name"), 14),
        _column("digest", 28),
        _column("author", 7),
        _column("approval", 18),
        _column("lapses", 9),
    )
    return Table("versions", words("handbook.versions"), columns, tuple(rows))


def _coverage(chosen: Sequence[RuleBook]) -> Table:
    yes, no = words("handbook.has"), words("handbook.lacks")
    rows: list[tuple[Cell, ...]] = [
        (book.name, *(yes if part in book.parts else no for part in PARTS), _stages(book)) for book in chosen
    ]
    columns = (_column("book"), *(_column(part) for part in PARTS), _column("stages"))
    return Table("parts", words("handbook.coverage"), columns, tuple(rows))


def _matrix(chosen: Sequence[RuleBook], catalog: Catalog) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    covered = 0
    for risk in catalog.risks.values():
        book = next((each for each in chosen if risk.id in each.risks), None)
        rule = book.risks[risk.id] if book is not None else None
        covered += rule is not None and not rule.lacking
        if book is None or rule is None:
            said: tuple[Cell, ...] = (words("handbook.no_rule"), _none(), _none())
        else:
            examples = words("handbook.examples", positive=len(rule.positive), negative=len(rule.negative))
            said = (f"{book.name} {risk.id}", _stages(book), examples)
        rows.append((risk.clause, Words(risk.zh, risk.en), *said))
    yield Paragraph(words("handbook.matrix_said", risks=len(rows), covered=covered))
    columns = (
        _column("clause", 6),
        _column("risk", 26),
        _column("rule", 9),
        _column("stages", 9),
        _column("parts", 14),
    )
    yield Table("risk-rules", words("handbook.matrix"), columns, tuple(rows))


def _stages(book: RuleBook) -> Words:
    stages = book.stages.values()
    return Words("、".join(each.zh for each in stages), ", ".join(each.en for each in stages))


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _numbered(texts: Sequence[str]) -> Iterator[Block]:
    for number, text in enumerate(texts, start=1):
        yield Paragraph(words("handbook.numbered", number=number, text=text))


def _column(key: str, weight: int = 10) -> Column:
    return Column(key, words(f"handbook.column.{key}"), weight)


def _same(text: str) -> Words:
    return Words(text, text)


def _none() -> Words:
    return words("none")
