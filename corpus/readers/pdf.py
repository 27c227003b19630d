"""PDF: the text of all pages in order, by PDFium in a process of its own (see :mod:`corpus.readers.pdfium`).

That process serves one file after another. Where a file makes it die it is asked once more by a fresh one, since the
machine may have been at fault; a file that does so twice is quarantined and the job goes on.
"""

import atexit
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

from corpus.readers import archives, labels
from corpus.readers.jsonl import printed_label
from corpus.readers.pages import Written, is_garbled, text_of
from corpus.readers.records import (
    DAMAGED_FILE,
    FILE_BROKE_OFF,
    FILE_ENCRYPTED,
    NO_TEXT_LAYER,
    READER_CRASHED,
    TEXT_GARBLED,
    TOO_MANY_PAGES,
    Beside,
    ReadOptions,
)

_SCRIPT: Final = Path(__file__).with_name("pdfium.py")
_TAIL_BYTES: Final = 65_536
_REASONS: Final = {4: FILE_ENCRYPTED, 5: FILE_ENCRYPTED, -2: TOO_MANY_PAGES}
"""By PDFium's code: a password or a security handler that it lacks; the second is our own."""


def extract(path: str, file: BinaryIO, options: ReadOptions) -> Written:
    """Return the text of a PDF.

    A file without the mark of its end was cut short: PDFium would repair it and say nothing of the lost pages.
    """
    if not _has_end(file):
        return Written(reason=FILE_BROKE_OFF if _has_beginning(file) else DAMAGED_FILE)
    answer = _asked(path, file, options.bounds.pages)
    if answer is None:
        return Written(reason=READER_CRASHED)
    if "failed" in answer:
        return Written(reason=_REASONS.get(answer["failed"], DAMAGED_FILE))
    file.seek(0)
    beside = Beside(label=printed_label(answer["label"]) or labels.found_in(file))
    text = text_of(answer["pages"])
    if not text.strip():
        return Written(reason=NO_TEXT_LAYER, beside=beside)
    if is_garbled(text, options.bounds.garbled_share):
        return Written(reason=TEXT_GARBLED, beside=beside)
    return Written(text, beside=beside)


def _has_beginning(file: BinaryIO) -> bool:
    file.seek(0)
    return b"%PDF-" in file.read(1024)


def _has_end(file: BinaryIO) -> bool:
    file.seek(max(file.seek(0, 2) - _TAIL_BYTES, 0))
    return b"%%EOF" in file.read()


def _asked(path: str, file: BinaryIO, pages: int) -> dict[str, Any] | None:
    question: dict[str, object] = {"pages": pages}
    content = b""
    if archives.is_member(path):
        file.seek(0)
        content = file.read()
        question["bytes"] = len(content)
    else:
        question["path"] = path
    asked = json.dumps(question).encode() + b"\n" + content
    first = _Child.running().answer(asked)
    return first if first is not None else _Child.running().answer(asked)


class _Child:
    """The process that reads PDF for this one."""

    _running: "_Child | None" = None

    def __init__(self) -> None:
        # -I: neither the user's folder nor his environment has a part in what is imported.
        command = [sys.executable, "-I", str(_SCRIPT)]
        self._process = subprocess.Popen(  # noqa: S603  # our own script
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        atexit.register(self.end)

    @classmethod
    def running(cls) -> "_Child":
        if cls._running is None:
            cls._running = cls()
        return cls._running

    def answer(self, asked: bytes) -> dict[str, Any] | None:
        """Return the answer to a question; None where the process died over it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(asked)
            self._process.stdin.flush()
            length = int.from_bytes(self._process.stdout.read(8), "big")
            content = self._process.stdout.read(length) if length else b""
        except OSError:
            content = b""
        if content:
            answer: dict[str, Any] = json.loads(content)
            return answer
        self.end()
        return None

    def end(self) -> None:
        """Let the process go."""
        atexit.unregister(self.end)
        _Child._running = None
        self._process.kill()
        self._process.communicate()
