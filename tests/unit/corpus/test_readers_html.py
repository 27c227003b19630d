"""HTML: what is kept of a page, and what pages cannot do to us."""

import hashlib
import time
import tracemalloc
from pathlib import Path

import pytest

from corpus.readers import ReadOptions, Record, dom, read
from corpus.readers.maintext import main_text
from corpus.slices import WHOLE, Slice, format_of
from provenance.ids import FileId

PROSE = "国家机关应当依照法律规定的权限和程序履行职责，不得超出法定的范围和限度。"


def main_of(page: str) -> str:
    """Return the main content of a page."""
    body = dom.body_of(page)
    assert body is not None
    return main_text(body)


def one(path: Path, content: bytes) -> Record:
    """Write a file and read the one record in it."""
    path.write_bytes(content)
    (record,) = read(
        Slice(FileId(bytes(16)), str(path), format_of(path), *WHOLE), ReadOptions("file"), lambda _: hashlib.sha256()
    )
    assert isinstance(record, Record)
    return record


def test_the_parts_of_a_text_stay_lines() -> None:
    """Headings, paragraphs, lists, rows of tables and code keep their order and their lines."""
    page = (
        f"<h1>标题</h1><p>{PROSE}<br>第二行<p>一 <b>二</b>\n三 &amp; &lt;四&gt;&nbsp;&#x4e94;"
        "<ul><li>甲<li>乙</ul><table><tr><td>a<td>b<tr><td>c<td>d</table><pre>x = 1\n  y = 2</pre>"
    )
    expected = ["标题", PROSE, "第二行", "一 二 三 & <四> 五", "甲", "乙", "a\tb", "c\td", "x = 1", "  y = 2"]
    assert main_of(page).split("\n") == expected


@pytest.mark.parametrize(
    "noise",
    [
        "<script>var a = '<p>噪音。</p>'</script>",
        "<style>p {content: '噪音。'}</style>",
        "<nav><p>噪音。</p></nav>",
        "<aside><p>噪音。</p></aside>",
        "<footer><p>噪音。</p></footer>",
        "<!-- <p>噪音。</p> -->",
        "<template><p>噪音。</p></template>",
        "<p hidden>噪音。</p>",
        '<p style="color:red;display: none">噪音。</p>',
        '<span aria-hidden="true">噪音。</span>',
        '<div role="dialog"><p>我们使用 Cookie，噪音。</p></div>',
        '<div class="cookie-banner"><p>噪音。</p></div>',
        "<svg><text>噪音。</text></svg>",
        "<select><option>噪音。</option></select>",
        "<noscript><p>噪音。</p></noscript>",
        "<iframe>噪音。</iframe>",
        '<p title="噪音>">x</p>',
    ],
)  # fmt: skip
def test_what_stands_around_the_text_is_dropped(noise: str) -> None:
    """Scripts, navigation, banners, comments and hidden elements leave nothing behind."""
    plain = f"<div><p>{PROSE}</p>{{}}<p>{PROSE}</p></div>"
    assert main_of(plain.format("<p>信号。</p>")).count("信号") == 1
    assert "噪音" not in main_of(plain.format(noise))


def test_a_page_whose_names_all_say_navigation_keeps_its_text() -> None:
    """A class name is a hint: where believing it leaves next to nothing, it is not believed."""
    page = f'<div class="menu">{f"<p>{PROSE}</p>" * 20}</div><p>尾</p>'
    assert main_of(page).count(PROSE) == 20


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "p><b id=x", "ul><li", "svg><g", "x-y", "blockquote"])
def test_deep_nesting_costs_neither_time_nor_memory(tmp_path: Path, tag: str) -> None:
    """A million open elements are refused before they are parsed."""
    start = time.process_time()
    record = one(tmp_path / "a.html", f"<{tag}>".encode() * 1_000_000 + PROSE.encode())
    assert record.reason == "too-deep"
    assert time.process_time() - start < 20


def test_formatting_that_is_opened_again_everywhere_is_refused(tmp_path: Path) -> None:
    """Five hundred open formatting elements would be copied into each of many thousand paragraphs."""
    bomb = "".join(f"<b id={n}>" for n in range(500)) + "<p>x" * 100_000
    assert one(tmp_path / "a.html", f"<p>{bomb}".encode()).reason == "too-deep"
    closed = "<p><b>x</b>" * 20_000
    assert one(tmp_path / "a.html", closed.encode()).reason == ""


def test_memory_is_bounded_by_the_page(tmp_path: Path) -> None:
    """Ours is: a large flat page costs a few times its size; the parser's own nodes are bounded by their number."""
    page = ("<p>" + PROSE) * 30_000
    tracemalloc.start()
    record = one(tmp_path / "a.html", page.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert record.text is not None
    assert peak < 20 * len(page.encode())


def test_a_broken_byte_spoils_a_page_only_where_its_text_is(tmp_path: Path) -> None:
    """No byte of a kept text was ever replaced; one in a script does not matter."""
    good = f"<p>{PROSE * 3}".encode()
    assert one(tmp_path / "a.html", b"<script>\xff\xff</script>" + good).reason == ""
    assert one(tmp_path / "a.html", good + "中文".encode()[:-1] + good).reason == "invalid-utf8"


def test_entities_do_not_grow_and_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document type with nested entities is text without a meaning, and no address is asked."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    more = '<img src="http://127.0.0.1/x"><link rel=stylesheet href="http://127.0.0.1/y"><base href="http://z/">'
    record = one(tmp_path / "a.html", f"{bomb}{more}<p>{PROSE}&b;&b;&c;".encode())
    assert record.text is not None
    assert len(record.text) < 200
    assert "root:" not in record.text


def test_a_frameset_gives_the_text_for_those_without_frames() -> None:
    """What stands in noframes is the page."""
    assert main_of(f"<frameset cols=1,2><frame src=a><noframes><body><p>{PROSE}</noframes></frameset>") == PROSE
