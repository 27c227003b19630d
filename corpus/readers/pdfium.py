"""The one door of PDFium, a process of its own: native code that a hostile file may crash must not take us with it.

Run as a script and never imported. It is asked, on standard input, by a line of JSON: ``{"path", "pages"}``, or
``{"bytes", "pages"}`` followed by so many bytes; and answers, on standard output, with eight bytes of length and JSON:
``{"pages": [text, ...], "label": text}``, or ``{"failed": code}`` with PDFium's code. It ends when nobody asks more.
"""

import io
import json
import resource
import signal
import sys
from pathlib import Path

import pypdfium2

_MEMORY_BYTES = 2**28
_SECONDS = 120
"""Processor time for one file. PDFium has no limit of steps; what takes longer is killed as if it had crashed."""
_PAGE_FAILED = -1
_TOO_MANY_PAGES = -2


def main() -> None:
    """Answer until standard input ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        if "path" in asked:
            with Path(asked["path"]).open("rb") as file:
                answer = extract(file, asked["pages"])
        else:
            answer = extract(io.BytesIO(sys.stdin.buffer.read(asked["bytes"])), asked["pages"])
        content = json.dumps(answer).encode()
        sys.stdout.buffer.write(len(content).to_bytes(8, "big") + content)
        sys.stdout.buffer.flush()


def extract(file: io.BufferedReader | io.BytesIO, most_pages: int) -> dict[str, object]:
    """Return the text of every page as PDFium lays out its lines, and the label among the metadata."""
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        return {"failed": error.err_code or 0}
    try:
        if len(document) > most_pages:
            return {"failed": _TOO_MANY_PAGES}
        label = document.get_metadata_value("AIGC")
        return {"pages": [_page(document, number) for number in range(len(document))], "label": label}
    except pypdfium2.PdfiumError:
        return {"failed": _PAGE_FAILED}
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
    finally:
        page.close()


if __name__ == "__main__":
    main()
