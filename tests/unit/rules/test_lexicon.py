"""The keyword library: what it reads, what it refuses without repeating it, how it is measured (R-050 to R-053)."""

import pytest

from provenance.errors import GovernanceError
from provenance.ids import digest
from rules import catalog, coverage
from rules.findings import Verdict
from rules.lexicon import Lexicon

CATALOG = catalog.load()


def test_both_headers_are_read_and_duplicates_merged() -> None:
    """English and Chinese headers, ids, clauses and names of risks give the same library."""
    english = Lexicon.read("keyword,risk\n坏词,A1a\n坏词,A1a\nbad word,A2a\n".encode())
    chinese = Lexicon.read("\ufeff序号,关键词,一级分类,二级分类\n1,坏词,x,A.1 a)\n2,bad word,x,民族歧视内容\n".encode())
    assert english.keywords == chinese.keywords == (("bad word", "A2a"), ("坏词", "A1a"))
    assert english.digest == chinese.digest == digest(english.to_csv())
    assert (english.duplicates, chinese.duplicates) == (1, 0)
    assert english.by_risk() == {"A1a": 1, "A2a": 1}
    assert Lexicon.read(english.to_csv()) == Lexicon(english.keywords)


def test_spreadsheet_encoding_is_read() -> None:
    """A file saved by a Chinese spreadsheet as GB18030 is the same library."""
    text = "关键词,风险编号\n坏词,A1a\n"
    assert Lexicon.read(text.encode("gb18030")).digest == Lexicon.read(text.encode()).digest


@pytest.mark.parametrize("row", ["q,A1a", "!!,A1a", ",A1a", "secretword,Z9", "secretword", f"{'词' * 65},A1a"])
def test_a_refused_row_is_numbered_and_never_repeated(row: str) -> None:
    """Too short, empty, unknown risk, missing column, too long: the error names row 3 and not the keyword."""
    with pytest.raises(GovernanceError) as caught:
        Lexicon.read(f"keyword,risk\n好词,A1a\n{row}\n".encode())
    assert caught.value.where == "row 3"
    assert "secretword" not in caught.value.diagnostics()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"keyword,risk\n", b"\xff\xfe\xff", b'keyword,risk\n"a\x00'])
def test_what_is_no_library_is_refused(content: bytes) -> None:
    """An empty file, other columns, no keyword, another encoding: one sentence, no traceback."""
    with pytest.raises(GovernanceError):
        Lexicon.read(content)


def test_a_full_library_conforms_and_one_keyword_less_does_not() -> None:
    """At the minimums R-050, R-051, R-052 and R-160 conform; one keyword less for one risk fails R-052."""
    counted = dict(CATALOG.keywords_required())
    total = CATALOG.required("keywords_total_min")
    full = {finding.clause: finding.verdict for finding in coverage.size(total, counted, CATALOG)}
    assert full == dict.fromkeys(("R-050", "R-051", "R-052", "R-160"), Verdict.CONFORMS)
    counted["A1c"] -= 1
    short = {finding.clause: finding for finding in coverage.size(total - 1, counted, CATALOG)}
    assert short["R-050"].verdict == short["R-052"].verdict == short["R-160"].verdict == Verdict.FAILS
    assert short["R-051"].verdict == Verdict.CONFORMS
    assert "A1c 199/200" in short["R-052"].measured.en


def test_age_is_counted_in_days() -> None:
    """Seven days after its release the library is still fresh (R-053), eight days after it is not."""
    verdicts = [coverage.age("2026-11-01T08:00:00Z", f"2026-11-{day:02}T08:00:00Z", CATALOG).verdict for day in (8, 9)]
    assert verdicts == [Verdict.CONFORMS, Verdict.FAILS]
