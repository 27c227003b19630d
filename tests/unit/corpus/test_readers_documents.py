"""DOCX and PDF: what a reader sees of them is their text, and what breaks them breaks nothing else."""

import hashlib
import json
import os
import signal
from pathlib import Path

import pytest

from corpus.readers import ReadOptions, Record, locate, pages, pdf, read
from corpus.readers.records import Bounds
from corpus.slices import WHOLE, Slice, format_of
from provenance.ids import FileId
from tests.fakes import packing
from tests.fakes.packing import WORD, paragraph

LABEL = '{"Label":"1","ContentProducer":"x"}'


def one(path: Path, content: bytes, **options: int | Bounds) -> Record:
    """Write a document and read the one record in it."""
    path.write_bytes(content)
    asked = ReadOptions("record", **options)
    (record,) = read(Slice(FileId(b""), str(path), format_of(path), *WHOLE), asked, lambda _: hashlib.sha256())
    assert isinstance(record, Record)
    assert record.raw_digest == hashlib.sha256(content).digest()
    assert record.size == len(content)
    assert locate(str(path), format_of(path), asked, 0) == content
    return record


def cell(*texts: str) -> str:
    """Return a table's cell of these paragraphs."""
    return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"


def test_docx_gives_paragraphs_tables_and_notes(tmp_path: Path) -> None:
    """A paragraph is a line, a row is a line with tabs, notes come last; what is deleted or code is no text."""
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
        "<w:r><w:t>第一章</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>前</w:t><w:tab/><w:t>后</w:t><w:br/><w:t>次行</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
        f"<w:tbl><w:tr>{cell('甲', '乙')}{cell('丙')}</w:tr><w:tr>{cell('丁')}{cell('')}</w:tr></w:tbl>"
        "<w:p><w:r><w:t>框外</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("注")}</w:footnote></w:footnotes>'
    )
    record = one(tmp_path / "a.docx", packing.docx(body, {"word/footnotes.xml": notes}))
    assert record.text == "第一章\n前\t后\n次行增\n甲 乙\t丙\n丁\t\n框内\n框外\n注"


def test_docx_carries_its_label(tmp_path: Path) -> None:
    """The custom property AIGC is the label of generated content."""
    custom = f'<Properties xmlns:v="v"><property name="AIGC"><v:lpwstr>{LABEL}</v:lpwstr></property></Properties>'
    record = one(tmp_path / "a.docx", packing.docx(paragraph("字"), {"docProps/custom.xml": custom}))
    assert record.beside.label == LABEL


def test_pdf_gives_its_pages_in_order(tmp_path: Path) -> None:
    """Chinese lines are joined without a space, a short line ends its paragraph, a page begins a line."""
    first = "语料治理的第一行写得很长直到行末为止\n第二行接着写下去。\n新的一段"
    record = one(tmp_path / "a.pdf", packing.pdf(first, "第二页"))
    assert record.text == "语料治理的第一行写得很长直到行末为止第二行接着写下去。\n新的一段\n第二页"


def test_pdf_carries_its_label(tmp_path: Path) -> None:
    """Both the document information and XMP may hold the label."""
    info = packing.pdf("字", extra=b"<</AIGC(%s)>>" % LABEL.encode(), trailer=b"/Info 6 0 R")
    assert one(tmp_path / "a.pdf", info).beside.label == LABEL
    xmp = b"<TC260:AIGC>%s</TC260:AIGC>" % LABEL.replace('"', "&quot;").encode()
    packet = b"<</Type/Metadata/Length %d>>stream\n%s\nendstream" % (len(xmp), xmp)
    assert one(tmp_path / "b.pdf", packing.pdf("字", extra=packet)).beside.label == LABEL
    assert one(tmp_path / "c.pdf", packing.pdf("字")).beside.label is None


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a long line of English text\nthat goes on\nEnd", "a long line of English text that goes on\nEnd"),
        ("a word that was di-\nvided at the end", "a word that was divided at the end"),
        ("well-known words like Al-\nGhazali here", "well-known words like Al-Ghazali here"),
        ("soft\u0002\nhyphen", "softhyphen"),
        ("长长的一行汉字直到行末\n  缩进的新段", "长长的一行汉字直到行末\n缩进的新段"),
        ("Mixed line ends in 汉\nletters go on here", "Mixed line ends in 汉letters go on here"),
        ("\r\n\r\n", ""),
        ("", ""),
    ],
)
def test_lines_flow_into_paragraphs(page: str, text: str) -> None:
    """How lines are joined depends on their width and on the characters that meet."""
    assert pages.flow(page) == text


def test_a_document_over_a_cap_is_kept_apart(tmp_path: Path) -> None:
    """Too many pages, too much text, or a package that grows too far: each has its reason."""
    content = packing.pdf("一", "二", "三")
    path = tmp_path / "a.pdf"
    assert one(path, content, bounds=Bounds(pages=3)).reason == ""
    assert one(path, content, bounds=Bounds(pages=2)).reason == "too-many-pages"
    long = packing.docx(paragraph("字" * 2000))
    assert one(tmp_path / "a.docx", long, record_limit_bytes=5999).reason == "record-too-long"
    assert one(tmp_path / "a.docx", long, bounds=Bounds(held_bytes=5000)).reason == "inflates-too-far"


def test_a_crash_of_pdfium_costs_one_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that kills PDFium twice is quarantined, one that met a dying process is read, and so is the next file."""
    path, content = tmp_path / "a.pdf", packing.pdf("语料")
    assert one(path, content).text == "语料"
    os.kill(pdf._Child.running()._process.pid, signal.SIGSEGV)
    assert one(path, content).text == "语料"
    deadly = tmp_path / "deadly.py"
    deadly.write_text("import os, sys\nsys.stdin.buffer.readline()\nos.abort()\n", "utf-8")
    pdf._Child.running().end()
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "_SCRIPT", deadly)
        assert one(path, content).reason == "reader-crashed"
    assert one(path, content).text == "语料"


def test_one_process_serves_many_files(tmp_path: Path) -> None:
    """PDFium is started once, not once a file."""
    one(tmp_path / "a.pdf", packing.pdf("一"))
    first = pdf._Child.running()._process.pid
    assert one(tmp_path / "b.pdf", packing.pdf("二")).text == "二"
    assert pdf._Child.running()._process.pid == first


def test_the_answers_of_pdfium_are_json() -> None:
    """What its script prints is what this side reads: a failure has a code, a success pages and a label."""
    answer = pdf._Child.running().answer(json.dumps({"bytes": 3, "pages": 9}).encode() + b"\nabc")
    assert answer == {"failed": 3}
