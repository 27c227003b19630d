"""Bad documents and media: each is wrong in one way and says which reasons it must give."""

import struct
import zipfile
from collections.abc import Iterator

from tests.fakes.bad_file import Bad
from tests.fakes.packing import WORD, assembled, box, docx, mp4, paragraph, pdf, png, wav, zipped

LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
FETCH = "http://127.0.0.1:9/secret"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bad_documents() -> Iterator[Bad]:
    """Yield them all."""
    yield from _docx()
    yield from _pdf()
    yield from _media()


def _docx() -> Iterator[Bad]:
    good = docx(paragraph("语料"))
    heads = {
        "laughs": LAUGHS,
        "quadratic": f'<!DOCTYPE w [<!ENTITY a "{"A" * 60_000}">]>',
        "file": '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "fetch": f'<!DOCTYPE w [<!ENTITY a SYSTEM "{FETCH}">]>',
        "parameter": f'<!DOCTYPE w [<!ENTITY % p SYSTEM "{FETCH}"> %p;]>',
        "dtd": f'<!DOCTYPE w SYSTEM "{FETCH}">',
    }
    for name, head in heads.items():
        yield Bad(f"{name}.docx", docx(paragraph("&c;" if name == "laughs" else "a"), head=head), {"xml-entities"}, 0)
    notes = f"<!DOCTYPE x [<!ENTITY a 'b'>]><w:footnotes xmlns:w='{WORD}'/>"
    yield Bad("notes.docx", docx(paragraph("a"), {"word/footnotes.xml": notes}), {"xml-entities"}, 0)
    yield Bad("empty.docx", b"", {"file-empty"}, 0)
    yield Bad("cut.docx", good[:-30], {"damaged-file"}, 0)
    yield Bad("lie.docx", b"<html>no package</html>", {"damaged-file"}, 0)
    yield Bad("plain-zip.docx", zipped({"a.txt": b"a"}), {"damaged-file"}, 0)
    yield Bad("broken-xml.docx", docx("<w:p><w:r>"), {"damaged-file"}, 0)
    yield Bad("no-main.docx", zipped({"_rels/.rels": b"<Relationships/>"}), {"damaged-file"}, 0)
    yield Bad(
        "password.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), {"file-encrypted"}, 0
    )
    yield Bad("old-word.docx", OLE + bytes(2000), {"format-unsupported"}, 0)
    big = docx(paragraph(" " * 2**26))
    yield Bad("bomb.docx", big, {"inflates-too-far", "record-too-long"}, 0)
    yield Bad("many.docx", docx(paragraph("") * 2_000_000), {"inflates-too-far"}, 0)
    yield Bad("deep.docx", docx("<w:p>" * 200_000 + "</w:p>" * 200_000), {"text-empty"}, None)
    pair = [("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>")]
    yield Bad("two-mains.docx", zipped(pair), {"damaged-file"}, 0)
    lies = docx(paragraph("a")).replace(b"word/document.xml", b"word/documenX.xml", 1)
    yield Bad("two-names.docx", lies, {"damaged-file"}, 0)
    encoded = '<?xml version="1.0" encoding="no-such"?><w:document/>'
    yield Bad("encoding.docx", zipped({"word/document.xml": encoded.encode()}), {"damaged-file"}, 0)
    outside = (
        f'<Relationships><Relationship Type="x/officeDocument" Target="{FETCH}" TargetMode="External"/></Relationships>'
    )
    yield Bad("outside.docx", zipped({"_rels/.rels": outside.encode()}), {"damaged-file"}, 0)
    yield Bad("bzip2.docx", zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_BZIP2), {"damaged-file"}, 0)
    yield Bad("macro.docm", docx(paragraph("语料"), {"word/vbaProject.bin": "evil"}), set(), 1)


def _pdf() -> Iterator[Bad]:
    good = pdf("语料")
    lock = b"<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>"
    yield Bad("encrypted.pdf", pdf("语料", extra=lock, trailer=b"/Encrypt 6 0 R/ID[<00><00>]"), {"file-encrypted"}, 0)
    handler = b"<</Filter/NoSuch/V 9/R 9>>"
    yield Bad("handler.pdf", pdf("语料", extra=handler, trailer=b"/Encrypt 6 0 R/ID[<00><00>]"), {"file-encrypted"}, 0)
    yield Bad("scanned.pdf", pdf("", "", ""), {"no-text-layer"}, 0)
    yield Bad("cut.pdf", good[:-40], {"file-broke-off"}, 0)
    yield Bad("half.pdf", good[: len(good) // 2], {"file-broke-off"}, 0)
    yield Bad("lie.pdf", b"<html>no pdf</html>", {"damaged-file"}, 0)
    yield Bad("head.pdf", b"%PDF-1.7\n%%EOF\n", {"damaged-file"}, 0)
    yield Bad("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n", {"damaged-file"}, 0)
    yield Bad("empty.pdf", b"", {"file-empty"}, 0)
    yield Bad("no-pages.pdf", assembled([b"<</Type/Catalog>>"]), {"damaged-file", "no-text-layer"}, 0)
    loop = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])
    yield Bad("loop.pdf", loop, {"damaged-file", "no-text-layer"}, 0)
    count = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>"])
    yield Bad("count.pdf", count, {"damaged-file", "no-text-layer", "too-many-pages"}, 0)
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    cid = b"<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo" + system + b">>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[" + cid + b"]>>"
    space = b"1 begincodespacerange <0000> <FFFF> endcodespacerange"
    cmap = b"begincmap " + space + b" 1 beginbfrange <0000> <FFFF> <E000> endbfrange endcmap"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap)
    yield Bad(
        "private.pdf",
        pdf("\u0001\u0002\u0003\u0004" * 20, font=font, extra=stream),
        {"text-garbled", "no-text-layer"},
        0,
    )
    bomb = b"<</Length 9/Filter[/ASCIIHexDecode/RunLengthDecode]>>stream\n" + b"8100" * 10**6 + b"\nendstream"
    yield Bad("stream.pdf", pdf("", extra=bomb), {"no-text-layer", "damaged-file"}, 0)


def _media() -> Iterator[Bad]:
    yield Bad("good.png", png(640, 480), {"unscreened"}, 0)
    yield Bad("good.mp4", mp4(1920, 1080, 5000), {"unscreened"}, 0)
    yield Bad("good.wav", wav(1500), {"unscreened"}, 0)
    yield Bad("lie.jpg", png(2, 3), {"unscreened"}, 0)
    yield Bad("html.png", b"<html>no picture</html>", {"damaged-file"}, 0)
    yield Bad("cut.png", png(2, 3)[:20], {"damaged-file"}, 0)
    yield Bad("head.jpg", b"\xff\xd8\xff\xe0\xff\xff", {"damaged-file"}, 0)
    yield Bad("fill.jpg", b"\xff\xd8" + b"\xff" * 2**20, {"damaged-file"}, 0)
    yield Bad("loop.tiff", b"II*\0\x02\0\0\0" + bytes(100), {"damaged-file"}, 0)
    yield Bad("far.tiff", b"II*\0" + struct.pack("<L", 2**32 - 1), {"damaged-file"}, 0)
    yield Bad("huge.png", png(2**32 - 1, 2**32 - 1), {"unscreened"}, 0)
    yield Bad("text.mp3", b"no sound at all", {"damaged-file"}, 0)
    yield Bad("tag.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", {"damaged-file"}, 0)
    yield Bad("chunk.wav", b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff", {"damaged-file"}, 0)
    yield Bad("boxes.mp4", box(b"ftyp", b"isom") + struct.pack(">L", 0) + b"moov", {"damaged-file"}, 0)
    yield Bad("many-boxes.mp4", box(b"ftyp", b"isom") + box(b"free") * 100_000, {"damaged-file"}, 0)
    yield Bad("wide-box.mp4", box(b"ftyp", b"isom") + struct.pack(">L4sQ", 1, b"free", 2**64 - 1), {"damaged-file"}, 0)
    yield Bad("zero.mkv", b"\x1a\x45\xdf\xa3" + bytes(100), {"damaged-file"}, 0)
    yield Bad("empty.gif", b"", {"file-empty"}, 0)
