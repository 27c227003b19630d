"""The section as DOCX (python-docx), and its text read back, insertions and text boxes included.

Fonts are named for both scripts and the language is set on every style: without ``w:lang`` a machine without 宋体 draws
some characters in the shapes of another region.
"""

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ui.i18n import Language, Words, words
from ui.report.archive import rezip
from ui.report.table import Block, Heading, Paragraph, Table, text_of

_SONG, _LATIN = "宋体", "Times New Roman"
_INK = RGBColor(0, 0, 0)
_LANG = {"zh": "zh-CN", "en": "en-GB"}
_WRITTEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""A document of ours carries no time: times stand in ledger and bundle."""
_BODY_CM = 25.7


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as text, header first; ``id`` is its table number."""

    id: str
    rows: tuple[tuple[str, ...], ...]


Part: TypeAlias = Line | Grid


def parts(blocks: Sequence[Block], lang: Language) -> tuple[Part, ...]:
    """Return what the document says, in order: what :func:`read` must find again."""
    return tuple(part for block in blocks for part, _ in _styled(block, lang))


def write(blocks: Sequence[Block], lang: Language) -> bytes:
    """Return the DOCX file."""
    document = docx.Document()
    title = next((block.text for block in blocks if isinstance(block, Heading)), words("report.title"))
    _prepare(document, lang, title)
    for block in blocks:
        for part, style in _styled(block, lang):
            if isinstance(part, Line):
                document.add_paragraph(part.text, style=style)
            elif isinstance(block, Table):
                _draw(document, part, block)
    out = io.BytesIO()
    document.save(out)
    return rezip(out.getvalue())


def read(content: bytes) -> tuple[Part, ...]:
    """Read paragraphs and tables back, in order, by their text alone.

    Text inserted with change tracking or in a content control is read too; deleted text is not.
    """
    body = docx.Document(io.BytesIO(content)).element.body
    return tuple(_read_below(body))


def _styled(block: Block, lang: Language) -> Iterator[tuple[Part, str]]:
    if isinstance(block, Heading):
        yield Line(block.text.say(lang)), "Title" if block.level == 0 else f"Heading {block.level}"
    elif isinstance(block, Paragraph):
        yield Line(text_of(block.text, lang)), "Normal"
    else:
        yield Line(_caption(block).say(lang)), "Caption"
        header = tuple(column.title.say(lang) for column in block.columns)
        yield Grid(block.id, (header, *(tuple(text_of(cell, lang) for cell in row) for row in block.rows))), ""
        for note in block.notes:
            yield Line(text_of(words("report.note_line", note=note), lang)), "Note"


def _caption(table: Table) -> Words:
    """Number the tables that have a number of their own, T1 to T17; the others are supplements."""
    if table.id.startswith("T"):
        return words("report.caption", id=table.id, title=table.title)
    return words("report.supplement", title=table.title)


def _prepare(document: Document, lang: Language, title: Words) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.author, properties.title = "Yuliao", title.say(lang)
    properties.created = properties.modified = _WRITTEN
    properties.comments = ""
    note = document.styles.add_style("Note", 1)  # 1 = paragraph style
    note.base_style = document.styles["Normal"]
    sizes = {"Normal": 10.5, "Title": 20, "Heading 1": 15, "Heading 2": 12, "Caption": 10.5, "Note": 9}
    for name, points in sizes.items():
        _dress(document.styles[name], points, lang)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    note.paragraph_format.space_after = Pt(2)
    _number_pages(page.footer.paragraphs[0])


def _dress(style: Any, points: float, lang: Language) -> None:  # noqa: ANN401  # python-docx types styles loosely
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(points), _INK
    run = style.element.get_or_add_rPr()
    fonts = run.find(qn("w:rFonts"))
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]  # a theme's font would win over the named one
    for script, face in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", _SONG)):
        fonts.set(qn(f"w:{script}"), face)
    spoken = run.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        run.append(spoken)
    spoken.set(qn("w:val"), _LANG[lang])
    spoken.set(qn("w:eastAsia"), "zh-CN")


def _number_pages(paragraph: Any) -> None:  # noqa: ANN401  # as above
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no door to fields


def _draw(document: Document, grid: Grid, table: Table) -> None:
    drawn = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), grid.id)
    drawn._tbl.tblPr.append(caption)  # noqa: SLF001  # python-docx has no door to a table's caption
    unit = _BODY_CM / math.fsum(column.weight for column in table.columns)
    widths = [Cm(unit * column.weight) for column in table.columns]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate(grid.rows):
        row = drawn.add_row()
        _mark(row, "w:cantSplit")
        if number == 0:
            _mark(row, "w:tblHeader")
        values = table.rows[number - 1] if number else ()
        for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[position]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(9), number == 0
            if number == 0:
                _shade(cell)
            elif not isinstance(values[position], str | tuple):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row: Any, name: str) -> None:  # noqa: ANN401  # python-docx rows
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # no door to these marks


def _shade(cell: Any) -> None:  # noqa: ANN401  # python-docx cells
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EDF1")):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  # no door to shading


def _read_below(parent: Any) -> Iterator[Part]:  # noqa: ANN401  # lxml elements
    for child in parent:
        if child.tag == qn("w:p"):
            yield Line(_text(child))
        elif child.tag == qn("w:tbl"):
            yield _read_table(child)
        elif child.tag != qn("w:sectPr"):
            yield from _read_below(child)


def _read_table(table: Any) -> Grid:  # noqa: ANN401  # lxml elements
    caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
    rows = tuple(
        tuple("\n".join(map(_text, cell.iter(qn("w:p")))) for cell in row.iter(qn("w:tc")))
        for row in table.iter(qn("w:tr"))
    )
    return Grid("" if caption is None else caption.get(qn("w:val")), rows)


def _text(element: Any) -> str:  # noqa: ANN401  # lxml elements
    marks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    return "".join((node.text or "") if node.tag == qn("w:t") else marks.get(node.tag, "") for node in element.iter())
