"""The encoding of a file, told by its bytes."""

import gzip
from pathlib import Path

import pytest

from corpus.readers.charset import BIG5, GB18030, UTF8, Verdict, decide, known
from corpus.readers.formats import HTML, TEXT
from corpus.readers.openings import opening
from corpus.readers.records import USUAL

SIMPLIFIED = "中华人民共和国境内的自然人、法人和其他组织，应当遵守本法的规定。"
TRADITIONAL = "國境之內的自然人、法人和其他組織，應當遵守本法的規定，並為人民服務。"


@pytest.mark.parametrize("encoding", [UTF8, GB18030, "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED[:4], "The law, 的 law"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_encoding_is_told(text: str, encoding: str, mark: str) -> None:
    """With a mark or without one, long or short, Chinese or mixed."""
    verdict = decide((mark + text).encode(encoding))
    assert verdict == Verdict(encoding, len(mark.encode(encoding)))


def test_big5_is_told_from_gb18030() -> None:
    """The same traditional text in both, and simplified text that Big5 does not have."""
    assert decide(TRADITIONAL.encode("big5")).encoding == BIG5
    assert decide(TRADITIONAL.encode("gbk")).encoding == GB18030
    assert decide(TRADITIONAL[:5].encode("big5")).encoding == BIG5


def test_english_in_utf_16_is_no_utf_8() -> None:
    """Text with a NUL in every second byte decodes as UTF-8 and is none."""
    assert decide("plain words".encode("utf-16-le")).encoding == "utf-16-le"
    assert decide(b"plain words").encoding == UTF8
    assert decide(b"plain\0 words, and more of them").encoding == UTF8


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    """One broken character among many is a broken record, not another encoding."""
    good = (SIMPLIFIED * 3).encode()
    assert decide(good + b"\xff\xfe\xb0\n" + good).encoding == UTF8
    assert decide(b"\xff\xff\x80").encoding == UTF8
    assert decide(good[:100], is_cut=True).encoding == UTF8


def test_a_claim_wins_only_where_it_fits() -> None:
    """A page is decoded by what decodes; a claim that proved wrong is kept beside it."""
    chinese = SIMPLIFIED.encode("gb18030")
    assert decide(chinese, "gb2312") == Verdict(GB18030)
    assert str(decide(chinese, "utf-8")) == "gb18030 (claimed utf-8)"
    assert str(decide(SIMPLIFIED.encode(), "gbk")) == "utf-8 (claimed gb18030)"
    assert str(decide(chinese, "no-such-thing\r\nX: y")) == "gb18030 (claimed unknown)"
    assert decide("déjà vu, à côté".encode("cp1252"), "iso-8859-1").encoding == "cp1252"
    assert decide("これは日本語の文章です。".encode("shift_jis"), "shift_jis").encoding == "shift_jis"


LABELS = {"GB2312": GB18030, "gbk": GB18030, "Big5": BIG5, "UTF8": UTF8, "rot13": "unknown", "a" * 10_000: "unknown"}


@pytest.mark.parametrize(("label", "name"), LABELS.items(), ids=lambda value: value[:9])
def test_labels_mean_their_supersets(label: str, name: str) -> None:
    """Browsers read gb2312 as its superset, and so do we; what is no encoding of text is unknown."""
    assert known(label) == name


@pytest.mark.parametrize("compression", ["", "gzip"])
def test_windows_see_what_the_beginning_hides(tmp_path: Path, compression: str) -> None:
    """A file that begins with a long stretch of ASCII is told by what comes behind it."""
    content = b"plain, words\n" * 8000 + (SIMPLIFIED + "\n").encode("gb18030") * 9000
    path = tmp_path / "a.txt"
    path.write_bytes(gzip.compress(content) if compression else content)
    begun = opening(str(path), TEXT, compression, USUAL)
    assert begun.verdict.encoding == GB18030
    assert b"".join(begun.pieces) == content


def test_the_claim_of_a_page_is_found(tmp_path: Path) -> None:
    """Both ways to state it count, and a page that lies is still read."""
    path = tmp_path / "a.html"
    for head in ('<meta charset="gbk">', "<META http-equiv=Content-Type content='text/html; charset=gb2312'>"):
        path.write_bytes((head + SIMPLIFIED).encode("gbk"))
        assert str(opening(str(path), HTML, "", USUAL).verdict) == GB18030
        path.write_bytes((head + SIMPLIFIED).encode())
        assert str(opening(str(path), HTML, "", USUAL).verdict) == "utf-8 (claimed gb18030)"
