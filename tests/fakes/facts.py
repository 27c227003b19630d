"""A small corpus as facts: three sources, one of them not admitted, with every kind of figure the documents show."""

from dataclasses import replace

from provenance.ids import Digest, SourceId, WorkspaceId
from rules import sample_plans
from rules.catalog import load
from rules.complaints import ComplaintFact
from rules.evidence import ClauseRow, assess
from rules.facts import (
    Amount,
    Composition,
    Dispositions,
    EvidenceFact,
    Facts,
    LexiconFact,
    MediaFact,
    PiFact,
    PiTotal,
    RiskFact,
    SourceFacts,
)
from rules.findings import Verdict
from rules.marks import LabelFact, NoticeFact
from rules.samples import SampleFact

CATALOG = load()


def source(**changed: object) -> SourceFacts:
    """Return an admitted open-source source from abroad, with what the caller changes."""
    usual = SourceFacts(
        id=SourceId("encyclopaedia"),
        name="中文百科导出",
        source_kind="open_source",
        source_class="open_source",
        region="overseas",
        region_reason="发布者设立于境外",
        item_unit="record",
        types=("zh_text",),
        languages=("zh",),
        origin="https://encyclopaedia.example.org/dump",
        licence="CC-BY-SA-4.0",
        legal_basis="",
        collected_from="2026-09-01",
        collected_to="2026-09-02",
        collected_before_registration=False,
        state="admitted",
        missing=(),
        evidence=(EvidenceFact("licence_text", Digest("ab" * 32), 18_021, 3),),
        items=Dispositions(1_234, 1_000, 120, 100, 14),
        by_reason={"": 1_000, "risk-keyword": 100, "broken-json": 20, "exact-duplicate": 100, "file-empty": 14},
        by_type={"zh_text": Amount(900, 1_800_000, 600_000), "code": Amount(100, 200_000, 70_000)},
        by_language={"zh": Amount(900, 1_800_000, 600_000), "": Amount(100, 200_000, 70_000)},
        intake_bytes=2_500_000,
        amount=Amount(1_000, 2_000_000, 670_000),
        ingests=(5,),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the caller names fields of the class


def facts(**changed: object) -> Facts:
    """Return the facts of the corpus, with what the caller changes."""
    encyclopaedia = source()
    essays = source(
        id=SourceId("essays"),
        name="自有作者文章",
        source_kind="self_produced",
        source_class="self_collected",
        region="domestic",
        origin="编辑部",
        licence="",
        legal_basis="职务作品",
        items=Dispositions(500, 500, 0, 0, 0),
        by_reason={"": 500},
        by_type={"zh_text": Amount(500, 1_000_000, 330_000)},
        intake_bytes=1_100_000,
        amount=Amount(500, 1_000_000, 330_000),
        ingests=(9,),
    )
    refused = source(
        id=SourceId("scraped"),
        name="来路不明的抓取",
        source_kind="self_collected_web",
        source_class="self_collected",
        licence="",
        state="refused",
        missing=("licence-document",),
        evidence=(),
        items=Dispositions(0, 0, 0, 0, 0),
        by_reason={},
        by_type={},
        intake_bytes=0,
        amount=Amount(0, 0, 0),
        ingests=(),
    )
    usual = Facts(
        workspace=WorkspaceId("w-abcdefghijklmnopqrstuvwxyz"),
        ledger_size=41,
        ledger_head=Digest("9f" * 32),
        as_of="2026-11-22T08:30:00Z",
        rules_edition=CATALOG.edition,
        profile="national",
        items=Dispositions(1_734, 1_500, 120, 100, 14),
        by_reason={"": 1_500, "risk-keyword": 100, "broken-json": 20, "exact-duplicate": 100, "file-empty": 14},
        intake_bytes=3_600_000,
        blank_lines=3,
        total=Amount(1_500, 3_000_000, 1_000_000),
        tokenizers=("yuliao-count/1",),
        by_type={"zh_text": Amount(1_400, 2_800_000, 930_000), "code": Amount(100, 200_000, 70_000)},
        by_source_class={
            "open_source": Amount(1_000, 2_000_000, 670_000),
            "self_collected": Amount(500, 1_000_000, 330_000),
        },
        by_region={"overseas": Amount(1_000, 2_000_000, 670_000), "domestic": Amount(500, 1_000_000, 330_000)},
        unscreened_media={"image": MediaFact(3, 9_000, 0), "video": MediaFact(2, 8_000_000, 3_723_040)},
        composition=(
            Composition("open_source", "overseas", "code", Amount(100, 200_000, 70_000)),
            Composition("open_source", "overseas", "zh_text", Amount(900, 1_800_000, 600_000)),
            Composition("self_collected", "domestic", "zh_text", Amount(500, 1_000_000, 330_000)),
        ),
        personal_information=(
            PiFact(SourceId("encyclopaedia"), "CN_ID18", "replace", "开源许可", True, 7, 9),
            PiFact(SourceId("encyclopaedia"), "MOBILE", "replace", "开源许可", False, 70, 81),
        ),
        pi_totals={"*any": PiTotal(75, 90, False), "CN_ID18": PiTotal(7, 9, True), "MOBILE": PiTotal(70, 81, False)},
        uncovered=((SourceId("encyclopaedia"), "NAME"),),
        risks={
            **dict.fromkeys(CATALOG.risks, RiskFact()),
            "A1f": RiskFact(60, 75),
            "A2c": RiskFact(45, 45),
            "*any": RiskFact(100, 120),
        },
        checks={},
        sources={each.id: each for each in (encyclopaedia, essays, refused)},
        lexicon=LexiconFact(Digest("1e" * 32), 640, {"A1f": 400, "A2c": 240}, 2, "2026-11-22T08:00:00Z"),
        ingests=(),
        unfinished=(),
        evidence={},
        confirmations={},
        labels=(
            LabelFact(SourceId("encyclopaedia"), "generated", False, "admitted", 12),
            LabelFact(SourceId("encyclopaedia"), "stated", False, "quarantined", 2),
        ),
        notices=(
            NoticeFact(SourceId("encyclopaedia"), "*any", "admitted", 30),
            NoticeFact(SourceId("encyclopaedia"), "copyright", "admitted", 25),
            NoticeFact(SourceId("encyclopaedia"), "licence:MIT", "admitted", 7),
            NoticeFact(SourceId("essays"), "*any", "quarantined", 1),
            NoticeFact(SourceId("essays"), "book", "quarantined", 1),
        ),
        complaints=(
            ComplaintFact("c-0001", "copyright", "email", "2026-11-01", "2026-11-16", "essays", "", 30),
            ComplaintFact(
                "c-0002", "copyright", "post", "2026-11-02", "2026-11-17", "essays", "", 33, "2026-11-09", "rejected"
            ),
        ),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the caller names fields of the class


def rows() -> tuple[ClauseRow, ...]:
    """Return a clause matrix with each of the four words, proposals of three kinds, and one clause of certainty X."""
    assessed = {row.clause: row for row in assess(facts(), CATALOG)}
    failing = next(row for row in assessed.values() if row.proposed == Verdict.FAILS and row.next_action)
    unproven = next(row for row in assessed.values() if row.proposed == Verdict.UNPROVEN)
    looks_met = next(row for row in assessed.values() if row.proposed == Verdict.CONFORMS)
    by = {"confirmed_by": "p-017", "confirmed_at": "2026-11-22T08:20:00Z", "next_action": ""}
    met = replace(assessed["R-070"], verdict=Verdict.CONFORMS, refs=("#3", "ab" * 32), **by)
    planned = replace(
        assessed["R-071"],
        verdict=Verdict.FAILS,
        reason="抽检尚未做",
        measure="十二月补做",
        owner="p-018",
        due="2026-12-20",
        **by,
    )
    unneeded = replace(assessed["R-072"], verdict=Verdict.NOT_APPLICABLE, reason="没有商业语料", **by)
    doubted = replace(unproven, clause=doubtful(), required_zh="境外开源不超过三成")
    return failing, unproven, looks_met, met, planned, unneeded, doubted


def sampled(plan: str, source: str = "", **changed: object) -> SampleFact:
    """Return a closed sample of 100 of 2,000 items, all passed, with what the caller changes."""
    usual = SampleFact(
        seq=12,
        plan=plan,
        source=source,
        clause=sample_plans.plan(plan).clause,
        drawn_at="2026-11-21T08:00:00Z",
        sees=11,
        frame="f" * 64,
        population=2_000,
        unreadable=10,
        size=100,
        seed_event=10,
        drawn="d" * 64,
        verdicts=13,
        judged_at="2026-11-22T08:00:00Z",
        judged=100,
        passed=100,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the caller names fields of the class


def doubtful() -> str:
    """Return a clause that was asserted by somebody and never confirmed (certainty X)."""
    return next(clause.id for clause in CATALOG.clauses.values() if not clause.is_law)


HOSTILE = (
    "=1+1",
    "{=1+1}",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "https://tracker.example/x.png",
    "mailto:someone@example.org",
    "![t](http://tracker.example/x.png)",
    "<script>alert(1)</script> & <b>",
    "tab\tand\rreturn\x0b\x00\x1b[31m",
    "_x0041_ _x000B_",
    "\u202egnp.exe",
    "\ud800 lone",
    "\ufffe\uffff",
    "00123",
    "1e5",
    "TRUE",
    "骨直令𠮷",
    "  spaces  ",
    "x" * 40_000,
)
"""Texts that other writers turn into formulas, links, numbers, markup or nothing."""
