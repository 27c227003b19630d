"""Tell the main content (正文) of a page from all that stands around it.

1. The page is cut into lines of text, each in the boxes (block elements) around it; what is hidden, navigation, footer
   or named like one is passed over.
2. A line is strong where it reads like prose: long, or a sentence, and not mostly links.
3. From the body down, the box that holds nearly all strong text of the box around it is entered; the last is the main
   content. Its boxes that are mostly links fall out, and so does all behind a heading like "Comments" (评论).
"""

import re
from typing import Final, NamedTuple

from corpus.readers.boxes import HEADINGS, Box, Line, boxes_of

_NEARLY_ALL: Final = 0.72
"""Share of strong text by which a box takes the lead from the box around it."""
_LONG_BYTES: Final = 75
_SENTENCE_BYTES: Final = 24
_SENTENCE: Final = re.compile("[。！？；…，,.!?;:：、][”’」』）)\"']?\\s|[。！？；…，]|[.!?][\"')]?$")
_MOSTLY: Final = 0.5
_A_PART: Final = 3
"""A box with a third of the strong text is no aside, however many links stand in it."""
_LITTLE: Final = 0.25
"""Share of a page's plain text below which its cues are not believed."""
_ENDS: Final = re.compile(
    "(?:(?:网友|全部|热门|最新|精彩|用户|读者|文章|發表|发表|查看|我要|所有)*"
    "(?:评论|評論|留言|回应|回應|跟帖)(?:列表|区|區|\\s|[（(:：\\d）)条條])*"
    "|(?:相关|相關|推荐|推薦|延伸|热门|熱門|猜你喜欢|更多)"
    "(?:阅读|閱讀|文章|新闻|新聞|推荐|推薦|链接|連結|内容|產品|产品|商品|资讯|帖子|主题)?[:：]?"
    "|(?:leave a |post a |add a )?(?:comments?|reply|replies|responses?|discussion)\\s*(?:\\(?\\d+\\)?)?[:：]?"
    "|\\d+ (?:comments?|replies|responses)"
    "|(?:related|recommended|more|popular|you may also like|read next|see also)\\b.{0,24})",
    re.IGNORECASE,
)
"""Headings behind which a page's own content has ended."""
_IDLE: Final = re.compile(
    "(?:上一[篇页頁]|下一[篇页頁]|返回|分享|分享到|收藏|点赞|打印|关闭|打印本页|关闭窗口|字号|字体|大 中 小|"
    "复制链接|举报|阅读全文|查看更多|加载更多|扫一扫|责任编辑|责编|编辑|share|print|tweet|copy link|edit|previous|next|"
    "load more|read more|back to top|sign in|log in|subscribe|advertisement|广告)[:：>»\\]】]*.{0,16}",
    re.IGNORECASE,
)  # fmt: skip
_IDLE_BYTES: Final = 60


_PARTS: Final = frozenset(
    ["p", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "tr", "tbody", "pre", "blockquote", *HEADINGS]
)
"""Elements whose neighbours belong to the same text."""
_RIGHTS: Final = re.compile(
    "版权所有|版權所有|©|[京沪粤津渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵青藏川宁琼]ICP[备证]|公网安备|增值电信业务"
    "|all rights reserved|copyright (?:©|\\(c\\)|\\d{4})",
    re.IGNORECASE,
)
"""A line at the foot of a page that says whose it is."""
_RIGHTS_BYTES: Final = 300


class _Sum(NamedTuple):
    strong: list[int]
    plain: list[int]
    linked: list[int]


def main_text(body: str) -> str:
    """Return the main content of a page as lines: paragraphs, headings, list entries, code, rows of tables.

    Args:
        body: A page's body, as :func:`corpus.readers.dom.body_of` gives it.
    """
    text = _told(*boxes_of(body, heeds_names=True))
    whole = _told(*boxes_of(body, heeds_names=False)) if len(text) * 50 < len(body) else ""
    return whole if len(text) < len(whole) * _LITTLE else text


def _told(boxes: list[Box], lines: list[Line]) -> str:
    lines = [line for line in lines if line.size > _RIGHTS_BYTES or not _RIGHTS.search(line.text)]
    if not lines:
        return ""
    sums = _sums(boxes, lines)
    main = _main_box(boxes, sums)
    inside = _inside(boxes, sums, main)
    kept = _title(lines, inside, main)
    ended: set[int] = set()
    for line in lines:
        if not inside[line.box] or (ended and _is_under(boxes, line.box, ended)):
            continue
        if line.size <= _IDLE_BYTES and line.kind != "pre":
            if _ENDS.fullmatch(line.text) and kept:
                ended.add(_section(boxes, sums, line.box, main))
                continue
            if _IDLE.fullmatch(line.text) and line.kind not in HEADINGS:
                continue
        if (
            line.linked * 2 > line.size
            and line.kind not in HEADINGS
            and line.kind not in ("td", "th", "li", "dt", "dd")
        ):
            continue
        kept.append(line)
    return _written(kept)


def _is_strong(line: Line) -> bool:
    own = line.size - line.linked
    if line.linked * 3 > line.size:
        return False
    return own >= _LONG_BYTES or (own >= _SENTENCE_BYTES and bool(_SENTENCE.search(line.text)))


def _sums(boxes: list[Box], lines: list[Line]) -> _Sum:
    strong, plain, linked = [0] * len(boxes), [0] * len(boxes), [0] * len(boxes)
    for line in lines:
        own = line.size - line.linked
        plain[line.box] += own
        linked[line.box] += line.linked
        if _is_strong(line):
            strong[line.box] += own
    for box in range(len(boxes) - 1, 0, -1):
        up = boxes[box].up
        strong[up] += strong[box]
        plain[up] += plain[box]
        linked[up] += linked[box]
    return _Sum(strong, plain, linked)


def _main_box(boxes: list[Box], sums: _Sum) -> int:
    """Go down from the body to the box that stands for the main content."""
    heaviest = [-1] * len(boxes)
    weights = sums.strong if sums.strong[0] else sums.plain
    for box in range(1, len(boxes)):
        up = boxes[box].up
        if heaviest[up] < 0 or weights[box] > weights[heaviest[up]]:
            heaviest[up] = box
    main = 0
    while (below := heaviest[main]) > 0 and weights[below] >= _NEARLY_ALL * weights[main] and weights[below]:
        main = below
    # A single paragraph is never all: its neighbours are short lines of the same text.
    while main and boxes[main].tag in _PARTS:
        main = boxes[main].up
    return main


def _inside(boxes: list[Box], sums: _Sum, main: int) -> list[bool]:
    """Say of every box whether it lies in the main one and in none that is mostly links."""
    inside = [False] * len(boxes)
    inside[main] = True
    for box in range(main + 1, len(boxes)):
        up = boxes[box].up
        if inside[up]:
            linked, plain = sums.linked[box], sums.plain[box]
            is_aside = sums.strong[box] * _A_PART <= sums.strong[main]
            heavy = boxes[box].links > 1 and linked > _MOSTLY * (linked + plain) and is_aside
            inside[box] = not heavy
    return inside


def _title(lines: list[Line], inside: list[bool], main: int) -> list[Line]:
    """Return the page's heading where it stands before the main content and not in it."""
    if any(line.kind == "h1" and inside[line.box] for line in lines):
        return []
    before = [line for line in lines if line.kind == "h1" and line.box < main and line.linked * 2 <= line.size]
    return before[-1:]


def _section(boxes: list[Box], sums: _Sum, box: int, main: int) -> int:
    """Return the widest box around a heading that holds little of the main content."""
    while boxes[box].up > main and sums.strong[boxes[box].up] * 2 < sums.strong[main]:
        box = boxes[box].up
    return box


def _is_under(boxes: list[Box], box: int, ended: set[int]) -> bool:
    while box >= 0:
        if box in ended:
            return True
        box = boxes[box].up
    return False


def _written(lines: list[Line]) -> str:
    """Join lines; the cells of a table's row stand on one line, a tab between them."""
    parts: list[str] = []
    row = 0
    for line in lines:
        if parts:
            parts.append("\t" if row and row == line.row else "\n")
        parts.append(line.text)
        row = line.row
    return "".join(parts)
