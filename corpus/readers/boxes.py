"""Cut a page's body into lines of text and the boxes (block elements) they stand in."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

_TOKEN: Final = re.compile('<(?:!.*?--|!.*?|\\?.*?|(/?[a-z][^\\s>]*)([^>"]*(?:"[^"]*"[^>"]*)*))>', re.DOTALL)
"""One tag or comment of well-formed HTML."""
_BLOCKS: Final = frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "form", "header", "hgroup", "hr", "legend", "li", "main", "ol", "p", "pre", "section",
     "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS]
)  # fmt: skip
_EMPTY: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "embed",
        "frame",
    ]
)
_PASSED_OVER: Final = frozenset(
    ["nav", "aside", "footer", "button", "dialog", "menu", "rt", "rp", "optgroup", "option", "amp-sidebar", "amp-ad",
     "amp-consent", "amp-sticky-ad", "progress", "meter"]
)  # fmt: skip
_HIDDEN: Final = re.compile(
    '\\shidden(?=[\\s=]|$)|aria-hidden="true"|display:\\s*none|visibility:\\s*hidden'
    '|role="(?:navigation|banner|contentinfo|complementary|search|dialog|alertdialog|menu|menubar|tablist|toolbar)"',
    re.IGNORECASE,
)
_NAMES: Final = re.compile('(?:class|id)="([^"]*)"')
_WORD: Final = re.compile("[A-Za-z]+")
_AROUND: Final = frozenset(
    ["nav", "navbar", "menu", "sidebar", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "footer", "comment",
     "comments",
     "commentlist", "replies", "share", "sharing", "social", "related", "recommend", "recommended", "recommendations",
     "advert", "advertisement", "ad", "ads", "banner", "cookie", "cookies", "consent", "gdpr", "popup", "modal",
     "pagination", "pager", "copyright", "toolbar", "newsletter", "subscribe", "promo", "widget"]
)  # fmt: skip
"""Words in a class or id that say what stands around the main content."""
_INLINE, _LINK, _LINK_END, _BREAKS, _RULE, _PASSES, _BOX, _BOX_END = range(1, 9)
"""What a tag does; those from the rule on end a line."""
_ROLES: Final = {
    **dict.fromkeys(_BLOCKS, _BOX),
    **{f"/{tag}": _BOX_END for tag in _BLOCKS},
    **dict.fromkeys(_PASSED_OVER, _PASSES),
    "a": _LINK,
    "/a": _LINK_END,
    "br": _BREAKS,
    "hr": _RULE,
}
_CELLS: Final = frozenset(["td", "th"])
_BREAK: Final = "\v"
"""Stands for ``<br>`` until white space was joined."""


@dataclass(slots=True)
class Box:
    """A block element: the box around it, its tag and how many links stand in it directly or deeper."""

    up: int
    tag: str
    links: int = 0


class Line(NamedTuple):
    """A line of text (some lines for preformatted text), sizes in bytes of UTF-8.

    ``kind`` is the tag of its box, ``linked`` how much of it are links, ``row`` numbers the table rows of plain cells.
    """

    box: int
    text: str
    size: int
    linked: int
    kind: str
    row: int


def boxes_of(body: str, *, heeds_names: bool) -> tuple[list[Box], list[Line]]:  # noqa: C901, PLR0912, PLR0915  # one loop: a call per tag would cost half of the time
    """Cut a body into boxes, each after the one around it, and lines in the order of the page.

    Args:
        body: Well-formed HTML, see :func:`corpus.readers.dom.body_of`.
        heeds_names: Whether a class or id like ``sidebar`` is believed.
    """
    boxes = [Box(-1, "body")]
    lines: list[Line] = []
    texts: list[str] = []
    known: dict[str, bool] = {}
    box = linked = in_link = in_pre = row = skipped = 0
    parts = _TOKEN.split(body)
    for tag, attributes, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if skipped:
            if tag:
                skipped += -1 if tag[0] == "/" else tag not in _EMPTY
            if skipped or not text:
                continue
        elif tag:
            role = _ROLES.get(tag) or (_role_of(tag) if "-" in tag else _INLINE)
            if attributes and role != _LINK:
                passes = known.get(attributes)
                if passes is None:
                    is_box = role == _BOX and tag != "body"
                    passes = known[attributes] = _is_passed_over(attributes, is_box=is_box, heeds_names=heeds_names)
                if passes and tag not in _EMPTY and tag != "body":
                    role = _PASSES
            if role >= _RULE and texts:
                _end_line(lines, "".join(texts), box, boxes[box].tag, linked, row, in_pre=in_pre)
                texts.clear()
                linked = 0
            if role == _BOX:
                boxes.append(Box(box, tag))
                box = len(boxes) - 1
                if tag == "tr":
                    row += 1
                elif tag == "pre":
                    in_pre += 1
            elif role == _BOX_END:
                box = max(boxes[box].up, 0)
                if tag == "/pre":
                    in_pre -= 1
            elif role == _LINK:
                in_link += 1
                boxes[box].links += 1
            elif role == _LINK_END:
                in_link -= 1
            elif role == _BREAKS:
                texts.append(_BREAK)
            elif role == _PASSES:
                skipped = 1
                continue
        if text and (in_pre or not text.isspace()):
            texts.append(text)
            if in_link:
                linked += len(text) if text.isascii() else len(text.encode())
        elif text and texts:
            texts.append(" ")
    if texts:
        _end_line(lines, "".join(texts), box, boxes[box].tag, linked, row, in_pre=in_pre)
    for each in reversed(boxes[1:]):
        boxes[each.up].links += each.links
    return boxes, lines


def _end_line(lines: list[Line], text: str, box: int, tag: str, linked: int, row: int, *, in_pre: int) -> None:
    """Add what stands in a box between two boundaries: one line, or more where it is broken by ``<br>``."""
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u00a0").replace("&amp;", "&")
    if in_pre:
        found, kind = [text.replace(_BREAK, "\n").strip("\n")], "pre"
    elif _BREAK in text:
        found, kind = [" ".join(each.split()) for each in text.split(_BREAK)], tag
    else:
        found, kind = [" ".join(text.split())], tag
    cell = row if tag in _CELLS else 0
    for each in found:
        if each:
            size = len(each) if each.isascii() else len(each.encode())
            lines.append(Line(box, each, size, min(size, linked), kind, cell))


def _role_of(tag: str) -> int:
    """Return the role of an element of the page's own making: a box."""
    return _BOX_END if tag[0] == "/" else _BOX


def _is_passed_over(attributes: str, *, is_box: bool, heeds_names: bool) -> bool:
    if _HIDDEN.search(attributes):
        return True
    if not (is_box and heeds_names):
        return False
    return any(not _AROUND.isdisjoint(_WORD.findall(names.lower())) for names in _NAMES.findall(attributes))
