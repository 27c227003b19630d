"""DOCX (Office Open XML, ISO/IEC 29500): paragraphs, tables and notes as text, each paragraph and each row a line.

- Parts are read out of the package in memory, as far as the bounds allow. No relationship is followed out of the
  package; macros, pictures and embedded objects are left alone.
- XML with a document type is refused: no Office program writes one, and entities are what bombs are made of.
- Deleted text, field codes and the second writing of a text box (for old programs) are no text.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO, Final
from xml.parsers import expat

from corpus.readers import zipped
from corpus.readers.inflate import StreamBrokeError
from corpus.readers.jsonl import printed_label
from corpus.readers.pages import Written
from corpus.readers.records import (
    DAMAGED_FILE,
    FILE_ENCRYPTED,
    FORMAT_UNSUPPORTED,
    INFLATES_TOO_FAR,
    LABEL,
    XML_ENTITIES,
    Beside,
    Bounds,
    ReadOptions,
)
from corpus.readers.zipped import Entry

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_NOTES: Final = ("footnotes.xml", "endnotes.xml")
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_PASSED_BY: Final = frozenset({"pPr", "rPr", "Fallback", "moveFrom", "instrText", "delText", "del"})
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class _EntitiesError(Exception):
    """The XML has a document type."""


def extract(_path: str, file: BinaryIO, options: ReadOptions) -> Written:
    """Return the text of a DOCX file."""
    head = file.read(len(_OLE))
    if head == _OLE:
        is_package = _ENCRYPTED in file.read(options.bounds.held_bytes)
        return Written(reason=FILE_ENCRYPTED if is_package else FORMAT_UNSUPPORTED)
    try:
        return _extract(_Package(file, options.bounds))
    except StreamBrokeError as error:
        return Written(reason=error.reason if error.reason == INFLATES_TOO_FAR else DAMAGED_FILE)
    except _EntitiesError:
        return Written(reason=XML_ENTITIES)
    except (expat.ExpatError, ValueError, LookupError):  # a broken part, or an encoding nobody knows
        return Written(reason=DAMAGED_FILE)


def _extract(package: "_Package") -> Written:
    main = _Main()
    package.parse("_rels/.rels", main.start)
    text = _Text()
    if not package.parse(main.part, text.start, text.end, text.characters):
        raise StreamBrokeError
    folder = PurePosixPath(main.part).parent
    for name in _NOTES:
        package.parse(str(folder / name), text.start, text.end, text.characters)
    properties = _Properties()
    package.parse("docProps/custom.xml", properties.start, properties.end, properties.characters)
    return Written("\n".join(text.lines), beside=Beside(label=printed_label(properties.label)))


class _Package:
    """The parts of a package by name, each read at most once and all of them together within bounds."""

    def __init__(self, file: BinaryIO, bounds: Bounds) -> None:
        self._file = file
        self._bounds = bounds
        self._left = bounds.held_bytes
        self._entries: dict[str, Entry] = {}
        for entry in zipped.directory(file, bounds):
            if self._entries.setdefault(entry.name.decode("utf-8", "replace"), entry) is not entry:
                raise StreamBrokeError  # which of two parts of one name is meant nobody can tell

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        characters: Callable[[str], None] | None = None,
    ) -> bool:
        """Give a part's elements to the handlers, by local names; return whether there is such a part."""
        entry = self._entries.get(part)
        if entry is None:
            return False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = lambda name, found: start(_local(name), {_local(k): v for k, v in found.items()})
        if end:
            parser.EndElementHandler = lambda name: end(_local(name))
        if characters:
            parser.CharacterDataHandler = characters
        for piece in zipped.content(self._file, entry, self._bounds):
            self._left -= len(piece)
            if self._left < 0:
                raise StreamBrokeError(INFLATES_TOO_FAR)
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return True


def _refuse(*_: object) -> None:
    raise _EntitiesError


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Main:
    """Finds the name of the main part among the package's relationships."""

    part = "word/document.xml"

    def start(self, name: str, found: dict[str, str]) -> None:
        if name == "Relationship" and found.get("Type", "").endswith("/officeDocument"):
            self.part = found.get("Target", self.part).lstrip("/")


class _Text:
    """Gathers lines: a paragraph's, or a table row's with tabs between its cells."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._run: list[str] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._paragraphs: list[list[str]] = []
        self._passed = 0
        self._is_text = False

    def start(self, name: str, found: dict[str, str]) -> None:
        if self._passed or name in _PASSED_BY or found.get("type") in _SEPARATORS:
            self._passed += 1
        elif name == "p":
            self._paragraphs.append(self._run)
            self._run = []
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
        elif name in _SIGNS and self._paragraphs:
            self._run.append(_SIGNS[name])
        self._is_text = name == "t"

    def end(self, name: str) -> None:
        self._is_text = False
        if self._passed:
            self._passed -= 1
        elif name == "p" and self._paragraphs:
            self._put("".join(self._run))
            self._run = self._paragraphs.pop()
        elif name == "tc" and self._cells and self._rows:
            self._rows[-1].append(" ".join(self._cells.pop()))
        elif name == "tr" and self._rows:
            self._put("\t".join(self._rows.pop()))

    def characters(self, text: str) -> None:
        if self._is_text and not self._passed:
            self._run.append(text)

    def _put(self, line: str) -> None:
        place = self._cells[-1] if self._cells else self.lines
        if line.strip():
            place.append(line)


class _Properties:
    """Finds the label among the custom properties."""

    def __init__(self) -> None:
        self._held: list[str] | None = None
        self.label = ""

    def start(self, name: str, found: dict[str, str]) -> None:
        if name == "property" and found.get("name", "").upper() == LABEL:
            self._held = []

    def end(self, name: str) -> None:
        if name == "property" and self._held is not None:
            self.label, self._held = "".join(self._held).strip(), None

    def characters(self, text: str) -> None:
        if self._held is not None:
            self._held.append(text)
