"""The one door of the HTML parser: any page in, its body out as well-formed HTML; nothing is fetched or run.

The parser (lexbor) follows the standard, and the standard allows pages that take quadratic time (nesting) or memory
(formatting elements that are opened again in every paragraph). Such pages are refused before they are parsed.
"""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

_MEANINGLESS: Final = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "noembed", "noframes", "xmp", "object", "embed",
    "canvas", "audio", "video", "select", "textarea", "datalist", "map", "head", "title",
]  # fmt: skip
"""Elements that hold no running text, or raw text that is no HTML."""
_TAG: Final = re.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)")
_FRAMES: Final = re.compile("(?i)</?(?:frameset|frame|noframes)\\b[^>]*>")
_FORMATTING: Final = frozenset(["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"])
_CLOSED_ALONE: Final = frozenset(
    ["a", "nobr", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
     "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt", "source", "tbody",
     "td", "tfoot", "th", "thead", "tr", "track", "wbr"]
)  # fmt: skip
"""Elements that hold nothing, or that the next of their kind closes."""
_FEW: Final = 1024
_DEEPEST: Final = 1000
"""Levels of elements that are open at a time; browsers stop at 512 and close what lies deeper."""
_MOST_NODES: Final = 400_000
"""Elements, those opened again counted; each costs some 400 bytes here and in the parser, so a page some 160 MB."""


def body_of(page: str) -> str | None:
    """Return the body of a page in its one well-formed spelling, scripts and the like taken out.

    Args:
        page: The page; anything is one.

    Returns:
        HTML whose tags are balanced and whose attributes are quoted, or None where the page is nested too deeply.
    """
    page = page.replace("\0", "")
    if "<frame" in page or "<FRAME" in page:
        page = _FRAMES.sub("", page)
    if _is_tangled(page):
        return None
    tree = LexborHTMLParser(page)
    tree.strip_tags(_MEANINGLESS, recursive=True)
    body = tree.body
    return (body.html or "") if body is not None else ""


def _is_tangled(page: str) -> bool:
    """Say whether parsing could take too long or too much memory."""
    tags = page.count("<")
    if tags <= _FEW:
        return False
    opened: dict[str, int] = {}
    deep = formatted = most = 0
    for found in _TAG.finditer(page):  # a list of them all could be large
        tag = found[1].lower()
        name = tag.lstrip("/")
        if name in _CLOSED_ALONE:
            continue
        step = 1
        if name is not tag and tag[0] == "/":
            if not opened.get(name):
                continue
            step = -1
        opened[name] = opened.get(name, 0) + step
        deep += step
        if name in _FORMATTING:
            formatted += step
            most = max(most, formatted)
        if deep > _DEEPEST:
            return True
    return tags * (most + 1) > _MOST_NODES
