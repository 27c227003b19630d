"""Tables of figures: scale, composition, personal information, screening, and where every item went."""

from collections.abc import Mapping

from rules.catalog import Catalog
from rules.facts import Amount, Facts, MediaFact, RiskFact
from rules.figures import DISPOSITIONS, MEDIA
from ui.i18n import Words, known, words
from ui.report.table import Cell, Table, column, percent

TYPES = ("zh_text", "en_text", "code", "image", "audio", "video", "other")
"""The types of the form, in its order; all are printed, those without items with zero."""

_ESTIMATE = "yuliao-count/"


def scale(facts: Facts) -> Table:
    """T1: storage size as text and number of tokens (文本语料规模), whole and per source with its item unit.

    Media are no text: they stand in T2.
    """
    units = {source.item_unit for source in facts.sources.values() if source.amount.items}
    whole = (
        label("unit.", units.pop()) if len(units) == 1 else words("report.unit_varies" if units else "report.no_unit")
    )
    rows = [_scale_row(words("report.whole_corpus"), _texts(facts.by_type), facts, whole)]
    rows += [
        _scale_row(source_id, _texts(source.by_type or {}), facts, label("unit.", source.item_unit))
        for source_id, source in sorted(facts.sources.items())
    ]
    return Table(
        "T1",
        words("report.table.T1"),
        (
            column("scope", 14),
            column("storage_bytes", 12),
            column("token_count", 12),
            column("tokenizer_name_version", 18),
            column("item_count"),
            column("item_unit", 14),
        ),
        tuple(rows),
        (words("report.note.admitted_only"), *((words("report.note.estimate"),) if is_estimated(facts) else ())),
    )


def by_type(facts: Facts) -> Table:
    """T2: scale by type (各类型语料规模); audio and video by duration, pictures by neither."""
    amounts = [(kind, facts.by_type.get(kind, Amount())) for kind in TYPES]
    return Table(
        "T2",
        words("report.table.T2"),
        (column("type"), column("items"), column("bytes"), column("tokens_or_duration", 14)),
        tuple(
            (
                label("type.", kind),
                amount.items,
                amount.bytes,
                _duration(kind, amount.duration_ms) if kind in MEDIA else amount.tokens,
            )
            for kind, amount in amounts
        ),
        (words("report.note.tokens_of_text"), words("report.note.duration")),
    )


def unscreened_media(facts: Facts) -> Table:
    """Beside T2: images, audio and video that nothing can screen (未筛查媒体); quarantined, so in no row of T2."""
    found = [(kind, facts.unscreened_media.get(kind, MediaFact())) for kind in MEDIA]
    return Table(
        "media",
        words("report.table.media"),
        (column("type"), column("items"), column("intake_bytes"), column("duration", 14)),
        tuple(
            (label("type.", kind), fact.items, fact.intake_bytes, _duration(kind, fact.duration_ms))
            for kind, fact in found
        ),
        (words("report.note.media"), words("report.note.duration")),
    )


def composition(facts: Facts, catalog: Catalog) -> Table:
    """T3: source composition (语料来源构成) by class, region and type, with shares of the whole."""
    rows: list[tuple[Cell, ...]] = [
        (
            label("class.", part.source_class),
            label("region.", part.region),
            label("type.", part.type),
            part.amount.items,
            part.amount.bytes,
            percent(part.amount.items, facts.total.items),
            percent(part.amount.bytes, facts.total.bytes),
        )
        for part in facts.composition
    ]
    total = words("report.total")
    rows.append(
        (
            total,
            total,
            total,
            facts.total.items,
            facts.total.bytes,
            percent(facts.total.items, facts.total.items),
            percent(facts.total.bytes, facts.total.bytes),
        )
    )
    return Table(
        "T3",
        words("report.table.T3"),
        (
            column("source_class"),
            column("region"),
            column("type"),
            column("items"),
            column("bytes"),
            column("share_items"),
            column("share_bytes"),
        ),
        tuple(rows),
        (words("report.note.rounding"), words("report.note.region"), _class_note(facts, catalog)),
    )


def personal_information(facts: Facts, catalog: Catalog) -> Table:
    """T11: personal information found, its treatment and its legal basis (个人信息数量与类型).

    A type ordered to be stripped that no recogniser finds is 未覆盖, never stripped.
    """
    uncovered = words("report.uncovered")
    rows: list[tuple[Cell, ...]] = [
        (
            fact.source,
            _category(catalog, fact.entity),
            words("report.yes" if fact.sensitive else "report.no"),
            entity(catalog, fact.entity),
            fact.items,
            fact.occurrences,
            fact.basis or words("report.missing_basis"),
            label("treatment.", fact.treatment),
        )
        for fact in facts.personal_information
    ]
    book = catalog.profile(facts.profile).pi_profile
    read = sorted({source for source, _ in facts.uncovered})
    for name in sorted({name for _, name in facts.uncovered}):
        lacking = [source for source, missed in facts.uncovered if missed == name]
        rows.append(
            (
                ", ".join(lacking) if lacking != read else words("report.all_read"),
                _category(catalog, name),
                words("report.yes" if catalog.entities[name].is_sensitive(book) else "report.no"),
                entity(catalog, name),
                *[uncovered] * 4,
            )
        )
    if not rows:
        rows.append((words("report.total"), *[words("report.nothing_found")] * 3, 0, 0, *[words("none")] * 2))
    return Table(
        "T11",
        words("report.table.T11"),
        (
            column("source"),
            column("pi_class"),
            column("sensitive", 7),
            column("entity_type", 16),
            column("items"),
            column("occurrences"),
            column("legal_basis", 18),
            column("treatment", 12),
        ),
        tuple(rows),
        (
            words("report.note.pi_profile", profile=catalog.profile(facts.profile).pi_profile),
            words("report.note.pi_stage"),
            *((words("report.note.uncovered"),) if facts.uncovered else ()),
        ),
    )


def screening(facts: Facts, catalog: Catalog) -> Table:
    """Screening hits by risk (关键词筛查命中): all 31 risks, those without a hit with zero."""
    missing = words("report.missing_lexicon")
    rows: list[tuple[Cell, ...]] = []
    for risk in catalog.risks.values():
        fact = facts.risks.get(risk.id, RiskFact())
        found: tuple[Cell, ...] = (fact.items, fact.hits, fact.cleared_items)
        rows.append(
            (risk.id, risk.clause, Words(risk.zh, risk.en), *((missing,) * 3 if facts.lexicon is None else found))
        )
    return Table(
        "screening",
        words("report.table.screening"),
        (
            column("risk", 6),
            column("risk_clause", 8),
            column("risk_name", 40),
            column("items"),
            column("hits"),
            column("cleared"),
        ),
        tuple(rows),
        (words("report.note.screening"),),
    )


def intake(facts: Facts, catalog: Catalog) -> Table:
    """Where every item went (条目去向): taken in = admitted + quarantined + duplicate + rejected, with reasons."""
    rows: list[tuple[Cell, ...]] = [(words("disposition.taken_in"), words("report.all_reasons"), facts.items.taken_in)]
    counted = sorted((_disposition(catalog, code), code, n) for code, n in facts.by_reason.items() if code)
    for disposition in DISPOSITIONS:
        rows.append(
            (words(f"disposition.{disposition}"), words("report.all_reasons"), getattr(facts.items, disposition))
        )
        rows += [
            (words(f"disposition.{disposition}"), reason(catalog, code), n)
            for at, code, n in counted
            if at == disposition
        ]
    return Table(
        "intake",
        words("report.table.intake"),
        (column("disposition"), column("reason", 30), column("items")),
        tuple(rows),
        (words("report.note.conservation", blank=facts.blank_lines, intake=facts.intake_bytes),),
    )


def is_estimated(facts: Facts) -> bool:
    """Tell whether tokens are an estimate, because no model tokenizer counted them."""
    return not facts.tokenizers or any(name.startswith(_ESTIMATE) for name in facts.tokenizers)


def label(prefix: str, code: str) -> Cell:
    """Return the words for a code of the catalogue, or the code itself."""
    return words(prefix + code) if known(prefix + code) else code or words("report.not_declared")


def entity(catalog: Catalog, name: str) -> Cell:
    """Return a type of personal information with its Chinese name and its code."""
    known_entity = catalog.entities.get(name)
    return Words(f"{known_entity.zh}（{name}）", name) if known_entity else name


def reason(catalog: Catalog, code: str) -> Words:
    """Return the words of a reason code, and the code."""
    known_reason = catalog.reasons.get(code)
    return Words(f"{known_reason.zh}（{code}）", f"{known_reason.en} ({code})") if known_reason else Words(code, code)


def _scale_row(scope: Cell, amount: Amount, facts: Facts, unit: Cell) -> tuple[Cell, ...]:
    counted_by = ", ".join(facts.tokenizers)
    tokenizer = words("report.estimated", tokenizer=counted_by) if is_estimated(facts) and counted_by else counted_by
    return (scope, amount.bytes, amount.tokens, tokenizer or words("report.missing_tokenizer"), amount.items, unit)


def _texts(by_type: Mapping[str, Amount]) -> Amount:
    return sum((amount for kind, amount in by_type.items() if kind not in MEDIA), start=Amount())


def _duration(kind: str, milliseconds: int) -> Words:
    """Return a duration to the millisecond, nothing rounded; a picture has none."""
    if kind == "image":
        return words("report.no_duration")
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return words("report.duration", hours=f"{hours:,}", minutes=minute, seconds=f"{second}.{rest:03}")


def _category(catalog: Catalog, name: str) -> Cell:
    known_entity = catalog.entities.get(name)
    return label("pi_class.", known_entity.category) if known_entity else words("report.unknown")


def _disposition(catalog: Catalog, code: str) -> str:
    known_reason = catalog.reasons.get(code)
    return known_reason.disposition if known_reason else "quarantined"


def _class_note(facts: Facts, catalog: Catalog) -> Words:
    rows = {part.source_class for part in facts.composition}
    under = [name for name in ("user_input", "synthetic") if name in rows]
    if not under:
        return words("report.note.class")
    reported = catalog.profile(facts.profile).reported_under
    pairs = [
        words("report.counts_under", name=label("class.", name), under=label("class.", reported[name]))
        for name in under
    ]
    return words("report.note.class_under", pairs=Words("；".join(p.zh for p in pairs), "; ".join(p.en for p in pairs)))
