"""Blocks as HTML: a fragment that the annotation server shows as instructions, or a page of its own; all is escaped."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from ui.i18n import Language
from ui.report.table import Block, Heading, Paragraph, Table, text_of

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }}
body {{ font: 16px/1.7 "Songti SC", "SimSun", "Noto Serif CJK SC", serif; color: #111; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
caption {{ text-align: left; font-weight: bold; }}
th, td {{ border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
th {{ background: #e8edf1; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def fragment(blocks: Sequence[Block], lang: Language) -> str:
    """Return blocks as HTML without scripts, addresses or styles; whatever they say is escaped.

    The annotation server takes all lines and distances away from it: headings bring theirs as empty lines, and a
    table's rows are told one below the other.
    """
    lines = (line for block in blocks for line in _lines(block, lang, _told))
    return "\n".join(line.replace("<h", "<br><h", 1) if line.startswith("<h") else line for line in lines)


def page(blocks: Sequence[Block], lang: Language) -> bytes:
    """Return blocks as a page that needs nothing else, titled by its first heading."""
    title = next((block.text.say(lang) for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(line for block in blocks for line in _lines(block, lang, _table))
    return _PAGE.format(lang=lang, title=escape(title), body=body).encode()


def _lines(block: Block, lang: Language, tell: Callable[[Table, Language], Iterator[str]]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level + 1}>{_said(block.text.say(lang))}</h{block.level + 1}>"
    elif isinstance(block, Paragraph):
        yield f"<p>{_said(text_of(block.text, lang))}</p>"
    else:
        yield from tell(block, lang)


def _table(table: Table, lang: Language) -> Iterator[str]:
    whole = sum(column.weight for column in table.columns)
    yield f'<table border="1" width="100%"><caption>{_said(table.title.say(lang))}</caption>'
    yield "".join(f'<col width="{column.weight * 100 // whole}%">' for column in table.columns)
    yield f"<tr>{''.join(f'<th>{_said(column.title.say(lang))}</th>' for column in table.columns)}</tr>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{_said(text_of(cell, lang))}</td>' for cell in row)}</tr>"
    yield "</table>"
    for note in table.notes:
        yield f"<p>{_said(text_of(note, lang))}</p>"


def _told(table: Table, lang: Language) -> Iterator[str]:
    """Tell a table without one: what each row is about as a heading, and its other cells below it."""
    yield f"<h2>{_said(table.title.say(lang))}</h2>"
    colon = "：" if lang == "zh" else ": "
    titles = [column.title.say(lang) for column in table.columns]
    for row in table.rows:
        first, *others = (text_of(cell, lang) for cell in row)
        yield f"<h3>{_said(first)}</h3>"
        for title, said in zip(titles[1:], others, strict=True):
            begun = "\n" if "\n" in said else ""
            yield f"<p>{_said(title + colon + begun + said)}</p>"
    for note in table.notes:
        yield f"<p>{_said(text_of(note, lang))}</p>"


def _said(text: str) -> str:
    return escape(text).replace("\n", "<br>")
