"""The values under the documents: rounding, foreign text, and tables without holes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import Amount
from tests.fakes.facts import CATALOG, doubtful, facts, rows
from ui.i18n import LANGUAGES, Words, words
from ui.report.section import missing, section, tables
from ui.report.table import LONGEST, Column, Heading, Paragraph, Table, by_key, percent, printable, text_of

ALL = {table.id: table for table in tables(facts(), rows(), CATALOG)}
SECTION = "\n".join(
    block.text.zh for block in section(facts(), rows(), CATALOG) if isinstance(block, Heading | Paragraph)
)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),
        (0, 5, "0.00"),
        (5, 5, "100.00"),
        (10**15, 3 * 10**15, "33.33"),
    ],
)
def test_shares_round_half_up(part: int, whole: int, share: str) -> None:
    """There is one rounding rule, and it works on integers."""
    assert percent(part, whole) == Decimal(share)


def test_a_share_of_nothing_is_words() -> None:
    """An empty corpus has no share of 0 %: it has no items."""
    assert percent(0, 0) == words("report.no_share")


@given(st.text())
def test_printable_text_fits_every_document(text: str) -> None:
    """Whatever a source is called, XML can hold it, UTF-8 can hold it, and no direction mark is left."""
    shown = printable(text)
    shown.encode()
    assert all(character == "\n" or (ord(character) >= 0x20 and ord(character) != 0x7F) for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


def test_long_text_is_cut_with_a_word() -> None:
    """Text over the limit says how much of it is not shown."""
    assert printable("x" * (LONGEST + 7)).endswith("… [+7]")
    assert printable("x" * LONGEST) == "x" * LONGEST


def test_a_hole_in_a_table_is_refused() -> None:
    """A cell is never blank: what is missing has to say so."""
    columns = (Column("a", Words("甲", "A")),)
    assert Table("T0", Words("表", "Table"), columns, (("x",),)).rows == (("x",),)
    with pytest.raises(ValueError, match="empty"):
        Table("T0", Words("表", "Table"), columns, (("",),))
    with pytest.raises(ValueError, match="cells"):
        Table("T0", Words("表", "Table"), columns, (("x", "y"),))


def test_the_tables_of_the_standard_are_there() -> None:
    """T1 to T3c, T8 to T12, T15, T16, labels, media, screening and where every item went."""
    legality = ["T8", "T3b", "T3c", "T10", "T16", "T11", "T11b", "T11c", "T12", "labels"]
    assert list(ALL) == ["T1", "intake", "T2", "media", "T3", *legality, "T9", "T9b", "screening", "T15"]


def test_scale_equals_the_facts() -> None:
    """T1 shows the whole corpus and each source with its unit, and calls an estimate an estimate."""
    first, *others = by_key(ALL["T1"])
    assert (first["storage_bytes"], first["token_count"], first["item_count"]) == (3_000_000, 1_000_000, 1_500)
    assert text_of(first["tokenizer_name_version"], "zh") == "yuliao-count/1（估算）"
    assert [row["item_count"] for row in others] == [1_000, 500, 0]


def test_types_add_up_to_the_whole() -> None:
    """T2 lists all seven types of the form, and their sum is the corpus."""
    found = by_key(ALL["T2"])
    assert len(found) == 7
    assert sum(int(str(row["items"])) for row in found) == facts().total.items


def test_media_stand_beside_the_types_until_they_are_admitted() -> None:
    """Waiting media are in no row of T2; an admitted film is, by its duration, and in no scale of text (T1)."""
    waiting = [[text_of(cell, "zh") for cell in row] for row in ALL["media"].rows]
    assert waiting == [
        ["图片", "3", "9,000", "不适用"],
        ["音频", "0", "0", "0 小时 0 分 0.000 秒"],
        ["视频", "2", "8,000,000", "1 小时 2 分 3.040 秒"],
    ]
    told = {text_of(row[0], "en"): [text_of(cell, "en") for cell in row[1:]] for row in ALL["T2"].rows}
    assert told["Video"] == ["0", "0", "0 h 0 min 0.000 s"]
    film = Amount(1, 5_000_000, 0, 61_001)
    shown = facts(by_type={**facts().by_type, "video": film}, total=facts().total + film)
    found = {table.id: table for table in tables(shown, rows(), CATALOG)}
    told = {text_of(row[0], "en"): [text_of(cell, "en") for cell in row[1:]] for row in found["T2"].rows}
    assert told["Video"] == ["1", "5,000,000", "0 h 1 min 1.001 s"]
    assert told["Images"][-1] == "does not apply"
    assert by_key(found["T1"])[0] == by_key(ALL["T1"])[0]


def test_composition_adds_up_to_the_whole() -> None:
    """T3's rows add up to its total row, items and bytes."""
    *parts, total = by_key(ALL["T3"])
    for measure, whole in (("items", 1_500), ("bytes", 3_000_000)):
        assert total[measure] == whole == sum(int(str(part[measure])) for part in parts)
    assert [part["share_items"] for part in parts] == [Decimal("6.67"), Decimal("60.00"), Decimal("33.33")]


def test_intake_is_conserved() -> None:
    """Taken in = admitted + quarantined + duplicate + rejected, and reasons add up to their disposition."""
    counts: dict[str, list[int]] = {}
    for row in by_key(ALL["intake"]):
        counts.setdefault(text_of(row["disposition"], "en"), []).append(int(str(row["items"])))
    assert counts["Taken in"][0] == sum(
        counts[name][0] for name in ("Admitted", "Quarantined", "Duplicate", "Rejected")
    )
    for name in ("Quarantined", "Duplicate", "Rejected"):
        whole, *reasons = counts[name]
        assert whole == sum(reasons)


def test_an_uncovered_type_is_never_stripped() -> None:
    """A type no recogniser finds prints 未覆盖 in every figure and in its treatment."""
    uncovered = [row for row in by_key(ALL["T11"]) if "NAME" in text_of(row["entity_type"], "zh")]
    assert len(uncovered) == 1
    for key in ("items", "occurrences", "treatment"):
        assert text_of(uncovered[0][key], "zh") == "未覆盖"
    assert "NAME 申报去除，但尚无识别器（未覆盖）" in SECTION


def test_screening_lists_every_risk() -> None:
    """All 31 risks are printed, those without a hit with zero; without a keyword library none of them is zero."""
    found = {str(row["risk"]): row for row in by_key(ALL["screening"])}
    assert len(found) == 31
    assert (found["A1f"]["items"], found["A1f"]["hits"]) == (60, 75)
    assert found["A1a"]["items"] == 0
    blind = {table.id: table for table in tables(facts(lexicon=None, risks={}), rows(), CATALOG)}["screening"]
    assert {text_of(row["items"], "zh") for row in by_key(blind)} == {"缺失：没有关键词库"}


def test_every_clause_is_printed_with_its_certainty() -> None:
    """The print rule stands beside every requirement, and an unconfirmed claim is not printed as one."""
    found = by_key(ALL["T15"])
    assert len(found) == len(rows())
    for row, clause in zip(found, rows(), strict=True):
        cited = text_of(row["clause"], "zh")
        assert clause.clause in cited
        marked = any(word in cited for word in ("据公开资料", "征求意见稿 2024-03", "待核对"))
        assert marked or clause.clause == doubtful() or CATALOG.clauses[clause.clause].certainty == "F"
    doubted = next(row for row, clause in zip(found, rows(), strict=True) if clause.clause == doubtful())
    assert "三成" not in text_of(doubted["requirement"], "zh")


def test_a_proposal_is_told_from_a_confirmed_verdict() -> None:
    """Yuliao proposes, a named person confirms: the cell says which."""
    verdicts = [text_of(row["verdict"], "zh") for row in by_key(ALL["T15"])]
    assert verdicts[0] == "待证明（拟：不符合）"
    assert verdicts[3] == "符合（p-017 确认）"
    assert "十二月补做（p-018，2026-12-20）" in text_of(by_key(ALL["T15"])[4]["reason"], "zh")


def test_what_is_missing_is_named() -> None:
    """Annotation, sampling, signatures, the model tokenizer: each is named with the reason."""
    gaps = "\n".join(gap.zh for gap in missing(facts(), rows()))
    for word in ("标注数量", "标注人员", "标注规则", "人工核验", "抽检", "未签署", "无模型分词器"):
        assert word in gaps
    assert "无模型分词器" not in "\n".join(gap.zh for gap in missing(facts(tokenizers=("model:1a2b",)), rows()))
    assert "第 9 条" in "\n".join(gap.zh for gap in missing(facts(unfinished=(9,)), rows()))


def test_an_empty_workspace_still_makes_a_report() -> None:
    """With nothing taken in, every table stands and says what is missing."""
    nothing = facts(
        sources={},
        items=type(facts().items)(0, 0, 0, 0, 0),
        by_reason={},
        total=type(facts().total)(0, 0, 0),
        tokenizers=(),
        by_type={},
        composition=(),
        personal_information=(),
        pi_totals={},
        uncovered=(),
        risks={},
        lexicon=None,
    )
    found = {table.id: table for table in tables(nothing, (), CATALOG)}
    assert text_of(found["T3b"].rows[0][0], "zh") == "缺失：没有登记来源"
    assert text_of(found["T1"].rows[0][3], "zh") == "缺失：尚无词元计数"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_follows_the_form(lang: str) -> None:
    """The eight contents and four conclusions of the report stand in their order."""
    order = [block.text for block in section(facts(), rows(), CATALOG) if isinstance(block, Heading)]
    assert len(order) == 1 + 5 + 8 + 4
    assert getattr(order[0], lang) == getattr(words("report.title"), lang)
