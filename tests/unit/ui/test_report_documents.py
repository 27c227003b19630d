"""DOCX, XLSX and JSON: the same facts give the same bytes, and what is read back is what the facts say."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from provenance.ids import SourceId
from rules.facts import MediaFact
from tests.fakes.facts import CATALOG, HOSTILE, facts, rows, source
from ui.i18n import LANGUAGES, Language
from ui.report.check import check
from ui.report.render import plain, render
from ui.report.section import tables
from ui.report.table import printable

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib, json
from tests.fakes.facts import CATALOG, facts, rows
from ui.report.render import render
files = {**render(facts(), rows(), CATALOG, "zh"), **render(facts(), rows(), CATALOG, "en")}
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in files.items()}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the report in both languages."""
    for lang in LANGUAGES:
        for name, content in render(facts(), rows(), CATALOG, lang).items():
            (tmp_path / name).write_bytes(content)
    return tmp_path


def test_the_same_facts_give_the_same_bytes_in_any_process() -> None:
    """Two processes with other hash seeds write the same documents."""
    digests = []
    for seed in ("1", "77"):
        answer = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=120,
        )
        digests.append(json.loads(answer.stdout))
    assert digests[0] == digests[1]
    assert set(digests[0]) == {
        "report.zh.docx",
        "tables.zh.xlsx",
        "report.en.docx",
        "tables.en.xlsx",
        "attribution.zh.txt",
        "attribution.en.txt",
        "report.json",
    }
    here = hashlib.sha256(render(facts(), rows(), CATALOG, "zh")["report.zh.docx"]).hexdigest()
    assert digests[0]["report.zh.docx"] == here


@pytest.mark.parametrize("name", ["report.zh.docx", "tables.zh.xlsx"])
def test_no_member_carries_the_time_of_writing(folder: Path, name: str) -> None:
    """Times stand in ledger and bundle alone."""
    with zipfile.ZipFile(folder / name) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_finished_documents_agree_with_the_facts(folder: Path) -> None:
    """The check finds nothing in what was just written: without this its findings mean nothing."""
    assert check(folder, facts(), rows(), CATALOG) == []


def test_other_facts_are_told(folder: Path) -> None:
    """One item more in the facts shows in every document."""
    other = facts(blank_lines=4)
    assert {found.file for found in check(folder, other, rows(), CATALOG)} == {
        "report.zh.docx",
        "tables.zh.xlsx",
        "report.en.docx",
        "tables.en.xlsx",
        "report.json",
    }


def test_other_media_are_told(folder: Path) -> None:
    """A millisecond more of waiting film shows in documents and JSON of both languages."""
    other = facts(unscreened_media={**facts().unscreened_media, "video": MediaFact(2, 8_000_000, 3_723_041)})
    found = check(folder, other, rows(), CATALOG)
    assert [each.place.split(" row")[0] for each in found] == [*["media"] * 4, "blocks"]


def test_a_changed_number_in_the_docx_is_named(folder: Path) -> None:
    """A figure touched in the word processor is found with its table, row and column."""
    path = folder / "report.zh.docx"
    document = docx.Document(str(path))
    document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].text = "3,000,001"
    document.save(str(path))
    (found,) = check(folder, facts(), rows(), CATALOG)
    assert str(found) == "report.zh.docx, T1 row 2 column 2: expected '3,000,000', found '3,000,001'"


def test_text_inserted_with_change_tracking_is_seen(folder: Path) -> None:
    """What Word shows is read, not only what python-docx calls text."""
    path = folder / "report.zh.docx"
    document = docx.Document(str(path))
    paragraph = document.paragraphs[3]._p
    run = paragraph.findall(qn("w:r"))[0]
    inserted = paragraph.makeelement(qn("w:ins"), {qn("w:id"): "1", qn("w:author"): "x"})
    copied = docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(run))
    inserted.append(copied)
    paragraph.append(inserted)
    document.save(str(path))
    assert len(check(folder, facts(), rows(), CATALOG)) == 1


def test_a_removed_row_and_an_added_paragraph_are_seen(folder: Path) -> None:
    """Cutting a row out or adding a sentence is a difference."""
    path = folder / "report.zh.docx"
    document = docx.Document(str(path))
    table = next(found for found in document.tables if len(found.rows) == 32)._tbl
    table.remove(table.tr_lst[5])
    document.add_paragraph("全部符合。")
    document.save(str(path))
    places = {found.place.split(" row")[0] for found in check(folder, facts(), rows(), CATALOG)}
    assert "T9b" in places
    assert len(places) == 2


def test_a_changed_cell_in_the_xlsx_is_named(folder: Path) -> None:
    """A number, a number turned to text, a formula and a new sheet are each a difference."""
    path = folder / "tables.zh.xlsx"
    book = openpyxl.load_workbook(path)
    book["T2"]["B4"] = 1401
    book["T2"]["C4"] = "2800000"
    book["T2"]["D4"] = "=1+1"
    book.create_sheet("T99")
    book.save(path)
    found = {difference.place: difference.found for difference in check(folder, facts(), rows(), CATALOG)}
    assert found == {
        "T2 row 4 column 2": "1401",
        "T2 row 4 column 3": "2800000",
        "T2 row 4 column 4": "=1+1",
        "sheet T99": "True",
    }


@pytest.mark.parametrize("name", ["report.zh.docx", "tables.zh.xlsx", "report.json"])
def test_an_absent_or_broken_document_is_a_difference(folder: Path, name: str) -> None:
    """A document that cannot be read is named, without a traceback."""
    (folder / name).write_bytes(b"PK\x03\x04 torn")
    assert [found.file for found in check(folder, facts(), rows(), CATALOG)] == [name]
    (folder / name).unlink()
    assert [found.file for found in check(folder, facts(), rows(), CATALOG)] == [name]


def test_an_empty_folder_is_no_agreement(tmp_path: Path) -> None:
    """Nothing to read is not 'no differences'."""
    assert len(check(tmp_path, facts(), rows(), CATALOG)) == 4


def test_a_changed_json_is_named(folder: Path) -> None:
    """The JSON is compared byte by byte, and the field that differs is named."""
    content = json.loads((folder / "report.json").read_bytes())
    content["ledger"]["size"] = 42
    (folder / "report.json").write_text(json.dumps(content))
    (found,) = check(folder, facts(), rows(), CATALOG)
    assert found.place == "ledger"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_names_stay_text(tmp_path: Path, text: str, lang: Language) -> None:
    """A source may be called anything: no formula, no link, no crash, nothing lost without a word."""
    named = facts(sources={SourceId("encyclopaedia"): source(name=text, origin=text, licence=text)})
    files = render(named, rows(), CATALOG, lang)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert check(tmp_path, named, rows(), CATALOG) == []
    page = openpyxl.load_workbook(io.BytesIO(files[f"tables.{lang}.xlsx"]))["T3b"]
    cell = page["B4"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", printable(text), None)
    with zipfile.ZipFile(io.BytesIO(files[f"tables.{lang}.xlsx"])) as archive:
        assert not [member for member in archive.namelist() if b"<f>" in archive.read(member)]
        assert not [member for member in archive.namelist() if "rels" in member and b"tracker" in archive.read(member)]


def test_chinese_shapes_are_asked_for(folder: Path) -> None:
    """Fonts are named for both scripts, the language is set, no theme font wins, and headers repeat."""
    document = docx.Document(str(folder / "report.zh.docx"))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "Note"):
        run = document.styles[name].element.rPr
        assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
        assert not [key for key in run.find(qn("w:rFonts")).attrib if key.endswith("Theme")]
        assert run.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_numbers_in_the_workbook_are_numbers(folder: Path) -> None:
    """Counts and shares can be summed in the spreadsheet; ids stay text."""
    book = openpyxl.load_workbook(folder / "tables.en.xlsx")
    assert book["T1"]["B4"].value == 3_000_000
    assert book["T3"]["F4"].value == pytest.approx(6.67)
    assert book["T3b"]["A4"].data_type == "s"


def test_json_holds_every_table_and_both_languages() -> None:
    """One JSON serves both languages: counts are integers, shares decimal strings."""
    content = json.loads(plain(facts(), rows(), CATALOG))
    found = {block["table"]: block for block in content["blocks"] if "table" in block}
    assert set(found) == {table.id for table in tables(facts(), rows(), CATALOG)}
    assert found["T3"]["rows"][0][3:] == [100, 200_000, "6.67", "6.67"]
    assert found["T1"]["title"] == {"zh": "文本语料规模", "en": "Scale of the text corpus"}
