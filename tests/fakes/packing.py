"""Archives, documents and media by hand, so that each can be wrong in one way."""

import io
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
LINES = b'{"text": "one"}\n{"text": "two"}\n'


def zipped(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive; pairs may repeat a name."""
    out = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that repeats is wanted here
        for name, content in pairs:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            archive.writestr(entry, content)
    return out.getvalue()


def raw_zip(
    *entries: tuple[bytes, bytes], crc: int | None = None, flags: int = 0, method: int = 0, mode: int = 0
) -> bytes:
    """Return a zip archive whose names are bytes and whose headers say what they are told to."""
    body, directory = b"", b""
    for name, content in entries:
        check = zlib.crc32(content) if crc is None else crc
        fixed = struct.pack("<5H3L", 20, flags, method, 0, 33, check, len(content), len(content))
        place = len(body)
        body += b"PK\3\4" + fixed + struct.pack("<2H", len(name), 0) + name + content
        made = struct.pack("<H", 3 << 8 | 20)
        directory += b"PK\1\2" + made + fixed + struct.pack("<5H2L", len(name), 0, 0, 0, 0, mode << 16, place) + name
    return body + directory + zip_end(len(entries), len(directory), len(body))


def zip_end(count: int, size: int, begin: int) -> bytes:
    """Return the end of a zip archive's directory."""
    return b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, size, begin, 0)


def overlapping_zip(copies: int) -> bytes:
    """Return a flat bomb: entries one behind the other's header that all inflate the same kernel."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(2**20)
    kernel = packer.compress(zeros) + packer.flush()
    name = b"a.txt"
    fixed = struct.pack("<5H3L", 20, 0, 8, 0, 33, zlib.crc32(zeros), len(kernel), len(zeros))
    body = b"PK\3\4" + fixed + struct.pack("<2H", len(name), 0) + name + kernel
    line = b"PK\1\2" + struct.pack("<H", 20) + fixed + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, 0) + name
    return body + line * copies + zip_end(copies, len(line) * copies, len(body))


def tarred(*members: tuple[tarfile.TarInfo | str, bytes], form: int = tarfile.GNU_FORMAT, mode: str = "w") -> bytes:
    """Return a tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
        for named, content in members:
            entry = tarfile.TarInfo(named) if isinstance(named, str) else named
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Return a tar header of a kind."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


def docx(body: str, parts: Mapping[str, str] | None = None, head: str = "") -> bytes:
    """Return a DOCX file with this XML in its body."""
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    relations = f'<Relationships><Relationship Id="1" Type="{RELATION}" Target="word/document.xml"/></Relationships>'
    return zipped({"_rels/.rels": relations.encode(), "word/document.xml": document.encode(),
                   **{name: content.encode() for name, content in (parts or {}).items()}})  # fmt: skip


def paragraph(text: str) -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*pages: str, extra: bytes = b"", trailer: bytes = b"", font: bytes = b"") -> bytes:
    """Return a PDF with a page of Chinese or other text for each string, a line for each of its lines."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    system = b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    cid = b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo" + system + b"/DW 1000>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        font
        or b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[" + cid + b"]>>",
    ]
    for number, page in enumerate(pages):
        lines = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td\n" for line in page.split("\n") if page)
        stream = f"BT /F 12 Tf 50 750 Td\n{lines}ET".encode()
        resources = b"/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 612 792]"
        objects.append(b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (resources, 5 + 2 * number))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    if extra:
        objects.append(extra)
    return assembled(objects, trailer)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    return out + head + table + end


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return the frame of a PNG."""
    parts = [(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)), *chunks, (b"IEND", b"")]
    packed = (struct.pack(">L", len(c)) + k + c + struct.pack(">L", zlib.crc32(k + c)) for k, c in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def box(kind: bytes, *inner: bytes) -> bytes:
    """Return a box of ISO base media."""
    content = b"".join(inner)
    return struct.pack(">L", len(content) + 8) + kind + content


def mp4(width: int, height: int, milliseconds: int) -> bytes:
    """Return an MP4 with its header at the end."""
    head = box(b"mvhd", bytes(12), struct.pack(">2L", 1000, milliseconds), bytes(80))
    track = box(b"tkhd", bytes(76), struct.pack(">2L", width << 16, height << 16))
    handler = box(b"hdlr", bytes(8), b"vide", bytes(12))
    movie = box(b"moov", head, box(b"trak", track, box(b"mdia", handler)))
    return box(b"ftyp", b"isom", bytes(4), b"isom") + box(b"mdat", bytes(5000)) + movie


def wav(milliseconds: int) -> bytes:
    """Return a silent WAV of 8,000 bytes a second."""
    data = bytes(8 * milliseconds)
    form = b"fmt " + struct.pack("<LHHLLHH", 16, 1, 1, 8000, 8000, 1, 8)
    return b"RIFF" + struct.pack("<L", 36 + len(data)) + b"WAVE" + form + b"data" + struct.pack("<L", len(data)) + data
