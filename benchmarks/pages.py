"""Pages with known main text in many layouts, for benchmarks/main_text.py.

Layouts and the extractor's rules were written beside each other, and both were changed after scores were seen, so the
scores are those of a training set. Class names are random unless a layout says it is one of a content system with
speaking names. Texts come from ../shared/data at run time.
"""

# ruff: noqa: D101, D102, D103, E501  # a layout is named for what it is, and is a line of markup

import json
import random
import string
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
"""Beside the checkout; nothing of it is kept."""


class Page(NamedTuple):
    layout: str
    html: str
    main: str


class Stock:
    """Texts to fill pages with, drawn with a seed."""

    def __init__(self, seed: int, data: Path = DATA) -> None:
        if not data.is_dir():
            sys.exit(f"The real corpora are not in {data}; put the shared data beside the checkout.")
        self.random = random.Random(seed)
        self.laws = self._texts(data / "prc-laws")
        self.poems = self._texts(data / "chinese-poetry")
        self.docs = self._texts(data / "paddle-docs-cn") + self._texts(data / "pingcap-docs-cn")
        lines = {line.strip() for text in self.docs for line in text.split("\n")}
        self.english = sorted(line for line in lines if line.isascii() and len(line) > 60 and line.count(" ") > 8)

    @staticmethod
    def _texts(folder: Path) -> list[str]:
        rows = (json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
        return [row["text"] for row in rows if len(row["text"]) > 40]

    def prose(self, least: int = 4, most: int = 30) -> list[str]:
        lines = [line.strip() for line in self.random.choice(self.laws).split("\n") if line.strip()]
        wanted = self.random.randint(least, most)
        start = self.random.randrange(max(1, len(lines) - wanted))
        return lines[start : start + wanted]

    def words(self, least: int = 4, most: int = 20) -> list[str]:
        return self.random.sample(self.english, self.random.randint(least, most))

    def poem(self) -> list[str]:
        return [line.strip() for line in self.random.choice(self.poems).split("\n") if line.strip()]

    def name(self) -> str:
        """One of a page's thirty class names, as a bundler makes them."""
        return self.random.choice(self.names)

    def new_page(self) -> None:
        letters = string.ascii_letters
        self.names = ["".join(self.random.choices(letters, k=self.random.randint(4, 9))) + "_" for _ in range(30)]

    def snippet(self, most: int = 40) -> str:
        line = self.random.choice(self.prose(3, 6) or ["无题"])
        return line[: self.random.randint(min(8, most), most)]

    def when(self) -> str:
        r = self.random
        return f"{r.randint(2003, 2026)}-{r.randint(1, 12):02}-{r.randint(1, 28):02} {r.randint(0, 23):02}:{r.randint(0, 59):02}"


def tag(name: str, inner: str, cls: str = "", more: str = "") -> str:
    attrs = f' class="{cls}"' if cls else ""
    return f"<{name}{attrs}{' ' + more if more else ''}>{inner}</{name}>\n"


SCRIPT_NUMBERS = (100, 3000)
"""Numbers in the script of a page: 2 to 60 kB, about what pages of today carry."""
MENU = [
    "首页",
    "新闻",
    "财经",
    "体育",
    "科技",
    "教育",
    "健康",
    "文化",
    "视频",
    "图片",
    "论坛",
    "专题",
    "地方",
    "评论员",
    "数据",
    "关于我们",
    "联系我们",
    "广告服务",
    "招聘信息",
    "网站地图",
]
ENGLISH_MENU = [
    "Home",
    "News",
    "Products",
    "Pricing",
    "Blog",
    "About",
    "Careers",
    "Contact",
    "Help",
    "Support",
    "Press",
    "Partners",
    "Status",
    "Legal",
]


def links(s: Stock, count: int, words: list[str] | None = None) -> list[str]:
    texts = words or [s.snippet(24) for _ in range(count)]
    return [
        f'<a href="/{s.name()}/{s.random.randint(1, 10**6)}.html" title="{escape(t)}">{escape(t)}</a>'
        for t in s.random.sample(texts, min(count, len(texts)))
    ]


def bar(s: Stock, words: list[str] = MENU) -> str:
    """Navigation as divs or a list, without any word that says so."""
    c = s.name()
    if s.random.random() < 0.5:
        return tag("ul", "".join(tag("li", each, s.name()) for each in links(s, 12, words)), c)
    return tag("div", " | ".join(links(s, 12, words)), c)


def foot(s: Stock) -> str:
    return tag(
        "div",
        tag("p", "版权所有 © 2003-2026 某某网络科技有限公司 未经书面许可，不得转载本站内容。")
        + tag("p", " ".join(links(s, 6, MENU)))
        + tag("p", "京ICP备00000000号-1 增值电信业务经营许可证"),
        s.name(),
    )


def side(s: Stock) -> str:
    """A column of teasers: links, some with a summary."""
    block = tag("h3", "热点") + tag("ul", "".join(tag("li", each) for each in links(s, 10)))
    for _ in range(2):
        block += tag("div", links(s, 1)[0] + tag("p", escape(s.snippet(36)) + "…"), s.name())
    return tag("div", block, s.name())


def head(s: Stock, title: str, extra: str = "") -> str:
    script = (
        "var _q="
        + json.dumps([s.random.random() for _ in range(s.random.randint(*SCRIPT_NUMBERS))])
        + ";if(a<b&&c>d){document.write('<div>x</div>');}"
    )
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)} - 某某网</title><script>{script}</script><style>.{s.name()}{{margin:0 auto;color:#333}}</style>{extra}</head>'


def paragraphs(_: Stock, lines: list[str], cls: str = "") -> str:
    return "".join(tag("p", escape(line), cls) for line in lines)


def page(s: Stock, title: str, body: str, extra: str = "") -> str:
    return (
        head(s, title, extra)
        + f'<body class="{s.name()}">{body}<script>window.x={{"y":"<p>z</p>"}}</script></body></html>'
    )


def title_of(s: Stock) -> str:
    return s.snippet(22)


def remarks(s: Stock, count: int) -> str:
    """Readers' words below a page."""
    out = ""
    for _ in range(count):
        out += tag(
            "div",
            tag("span", f"用户{s.random.randint(100, 999)}", s.name())
            + tag("span", s.when())
            + tag("div", escape(s.snippet(60)), s.name())
            + tag("span", "回复")
            + tag("span", "赞 3"),
            s.name(),
        )
    return out


Layout = Callable[[Stock], tuple[str, list[str]]]


def news(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    meta = tag("div", f"{s.when()} 来源：某某日报 责任编辑：某某", s.name())
    article = tag("h1", escape(t)) + meta + tag("div", paragraphs(s, lines), s.name())
    body = bar(s) + tag("div", tag("div", article, s.name()) + side(s), s.name()) + foot(s)
    return page(s, t, body), [t, *lines]


def news_with_comments(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(8, 30)
    below = tag("div", tag("h3", "网友评论") + remarks(s, s.random.randint(3, 10)), s.name())
    body = (
        bar(s)
        + tag("div", tag("h1", escape(t)) + tag("div", paragraphs(s, lines), s.name()) + below, s.name())
        + foot(s)
    )
    return page(s, t, body), [t, *lines]


def forum(s: Stock) -> tuple[str, list[str]]:
    t = title_of(s)
    posts, main = "", [t]
    for _ in range(s.random.randint(4, 12)):
        lines = s.prose(1, 5)
        main += lines
        user = tag(
            "div",
            f'<img src="/a.png">{links(s, 1, ["老王", "小李", "路人甲", "楼主"])[0]}<br>积分 {s.random.randint(1, 999)}',
            s.name(),
        )
        posts += tag(
            "div",
            user
            + tag(
                "div",
                tag("div", s.when(), s.name())
                + "<br>".join(map(escape, lines))
                + tag("div", " ".join(links(s, 3, ["回复", "举报", "只看他"]))),
                s.name(),
            ),
            s.name(),
        )
    body = bar(s) + tag("div", tag("h1", escape(t)) + posts, s.name()) + foot(s)
    return page(s, t, body), main


def blog(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    article = tag(
        "article",
        tag("header", tag("h1", escape(t)) + tag("time", s.when()))
        + paragraphs(s, lines)
        + tag("footer", "标签：" + " ".join(links(s, 3, MENU))),
    )
    body = (
        tag("header", tag("div", "某某的博客") + tag("nav", bar(s)))
        + tag("main", article)
        + tag("aside", side(s))
        + tag("footer", foot(s))
    )
    return page(s, t, body), [t, *lines]


def wiki(s: Stock) -> tuple[str, list[str]]:
    t = title_of(s)
    content, main = tag("h1", escape(t)), [t]
    toc = tag("div", tag("h2", "目录") + tag("ul", "".join(tag("li", each) for each in links(s, 6))), s.name())
    for at in range(s.random.randint(3, 6)):
        h, lines = s.snippet(10), s.prose(2, 6)
        content += tag("h2", escape(h) + '<span>[<a href="/edit">编辑</a>]</span>')
        linked = [escape(line).replace("的", f'<a href="/w/{at}">的</a>', 2) for line in lines]
        content += "".join(tag("p", each) for each in linked) + (toc if at == 0 else "")
        main += [h, *lines]
    body = tag(
        "div",
        tag("div", content, "mw-body", 'id="content"') + tag("div", bar(s) + bar(s), "", 'id="mw-panel"'),
        s.name(),
    ) + foot(s)
    return page(s, t, body), main


def docs(s: Stock) -> tuple[str, list[str]]:
    t = title_of(s)
    content, main = tag("h1", escape(t)), [t]
    for text in s.random.sample(s.docs, 2):
        lines = [line for line in text.split("\n") if line.strip()][:20]
        code = "\n".join(f"    x_{n} = compute({n})  # {s.name()}" for n in range(6))
        content += paragraphs(s, lines) + tag("pre", tag("code", escape(code)))
        main += [*lines, code]
    tree = tag(
        "ul",
        "".join(tag("li", each + tag("ul", "".join(tag("li", x) for x in links(s, 4)))) for each in links(s, 8)),
        s.name(),
    )
    body = tag(
        "div",
        tag("div", tree, s.name())
        + tag("div", content + tag("div", "".join(links(s, 2, ["上一页", "下一页"]))), s.name()),
        s.name(),
    )
    return page(s, t, body), main


def shop(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(6, 14)
    table, rows = "", []
    for _ in range(6):
        a, b = s.snippet(10), f"{s.random.randint(1, 500)} 毫米"
        table += tag("tr", tag("td", escape(a)) + tag("td", b))
        rows += [a, b]
    buy = tag(
        "div",
        tag("span", "￥199.00") + tag("button", "加入购物车") + tag("select", "<option>红</option><option>蓝</option>"),
        s.name(),
    )
    also = tag(
        "div",
        tag("h4", "猜你喜欢")
        + "".join(
            tag("div", f'<img src="x.jpg">{each}<span>￥{n}9</span>', s.name()) for n, each in enumerate(links(s, 8), 1)
        ),
        s.name(),
    )
    detail = tag("div", tag("table", table) + paragraphs(s, lines), s.name())
    body = bar(s) + tag("div", tag("h1", escape(t)) + buy + detail, s.name()) + also + foot(s)
    return page(s, t, body), [t, *rows, *lines]


def questions(s: Stock) -> tuple[str, list[str]]:
    t = title_of(s)
    asked = s.prose(2, 5)
    content, main = tag("h1", escape(t)) + tag("div", paragraphs(s, asked), s.name()), [t, *asked]
    for n in range(s.random.randint(2, 5)):
        lines = s.prose(2, 7)
        content += tag(
            "div",
            tag("div", f"{s.random.randint(0, 99)}", s.name())
            + tag("div", paragraphs(s, lines), s.name())
            + tag("div", f"答主{n} " + s.when()),
            s.name(),
        )
        main += lines
    return page(s, t, bar(s) + tag("div", tag("div", content, s.name()) + side(s), s.name()) + foot(s)), main


def notice(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(6, 40)
    info = tag(
        "table",
        tag(
            "tr",
            tag("td", "索引号：") + tag("td", "000014349/2024-00001") + tag("td", "发文日期：") + tag("td", s.when()),
        ),
    )
    close = tag("div", "【字体：大 中 小】 打印本页 关闭窗口", s.name())
    body = (
        bar(s)
        + tag(
            "div",
            tag("div", "当前位置：" + " &gt; ".join(links(s, 3, MENU)))
            + info
            + tag("div", escape(t), s.name(), 'style="font-size:24px"')
            + close
            + tag(
                "div",
                "".join(tag("p", "　　" + escape(each), "", 'style="text-indent:2em"') for each in lines),
                s.name(),
            ),
            s.name(),
        )
        + foot(s)
    )
    return page(s, t, body), [t, *lines]


def tables_2003(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    left = "".join(f'<tr><td bgcolor="#eeeeee"><font size=2>{each}</font></td></tr>' for each in links(s, 12, MENU))
    text = "<br><br>\r\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(line) for line in lines)
    body = f"<table width=760 border=0><tr><td colspan=2><img src=logo.gif></td></tr><tr><td width=150 valign=top><table>{left}</table></td><td valign=top><table><tr><td align=center><font size=4 color=red><b>{escape(t)}</b></font></td></tr><tr><td><font size=2>{text}</font></td></tr></table></td></tr><tr><td colspan=2 align=center><font size=1>Copyright 2003 某某网 All Rights Reserved</font></td></tr></table>"
    return f"<HTML><HEAD><TITLE>{escape(t)}</TITLE></HEAD><BODY bgcolor=white>{body}</BODY></HTML>", [t, *lines]


def frames(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    inner = f"<body><h1>{escape(t)}</h1>{paragraphs(s, lines)}</body>"
    return (
        f'<html><head><title>{escape(t)}</title></head><frameset cols="20%,80%"><frame src="menu.htm"><frame src="main.htm"><noframes>{inner}</noframes></frameset></html>',
        [t, *lines],
    )


def div_soup(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()

    def wrap(inner: str, depth: int) -> str:
        for _ in range(depth):
            inner = tag("div", inner, s.name())
        return inner

    text = "".join(wrap(tag("span", escape(line)), s.random.randint(1, 4)) for line in lines)
    body = wrap(bar(s), 3) + wrap(wrap(escape(t), 2) + wrap(text, 3), 4) + wrap(side(s), 2) + wrap(foot(s), 3)
    return page(s, t, body), [t, *lines]


def amp(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    body = (
        f"<amp-sidebar>{bar(s)}</amp-sidebar><amp-ad type=x></amp-ad>"
        + tag(
            "section",
            tag("h1", escape(t))
            + "".join(tag("p", escape(x)) + "<amp-img src=a.jpg width=1 height=1></amp-img>" for x in lines),
            s.name(),
        )
        + f"<amp-consent>{tag('p', '我们使用小型文本文件来改善您的浏览体验，继续浏览即表示您同意。')}</amp-consent>"
        + foot(s)
    )
    return page(s, t, body).replace('<html lang="zh">', "<html amp lang=zh>"), [t, *lines]


def endless_list(s: Stock) -> tuple[str, list[str]]:
    t = "最新动态"
    items, main = "", []
    for _ in range(s.random.randint(10, 30)):
        h, line = s.snippet(20), "".join(s.prose(1, 2))
        items += tag("li", tag("h3", links(s, 1, [h])[0]) + tag("p", escape(line)), s.name())
        main += [h, line]
    return page(s, t, bar(s) + tag("ul", items, s.name()) + tag("div", "加载更多") + foot(s)), main


def english(s: Stock) -> tuple[str, list[str]]:
    t, lines = s.words(1, 1)[0][:50], s.words()
    body = (
        bar(s, ENGLISH_MENU)
        + tag("div", tag("h1", escape(t)) + tag("div", paragraphs(s, lines), s.name()), s.name())
        + tag("div", "© 2026 Example Inc. All rights reserved. " + " ".join(links(s, 4, ENGLISH_MENU)), s.name())
    )
    return page(s, t, body), [t, *lines]


def english_comments(s: Stock) -> tuple[str, list[str]]:
    t, lines = s.words(1, 1)[0][:50], s.words(8, 20)
    below = tag(
        "section",
        tag("h2", "12 Comments")
        + "".join(tag("div", tag("b", "reader") + tag("p", escape(each))) for each in s.words(3, 5)),
    )
    body = bar(s, ENGLISH_MENU) + tag(
        "div", tag("h1", escape(t)) + tag("div", paragraphs(s, lines), s.name()) + below, s.name()
    )
    return page(s, t, body), [t, *lines]


def poem(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.poem()
    lines = [*lines, *s.poem()] if len("".join(lines)) < 60 else lines
    body = (
        bar(s)
        + tag("div", tag("h1", escape(t)) + tag("div", "<br>".join(map(escape, lines)), s.name()), s.name())
        + side(s)
        + foot(s)
    )
    return page(s, t, body), [t, *lines]


def speaking_names(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    body = (
        tag("div", bar(s), "site-nav")
        + tag(
            "div",
            tag("div", " ".join(links(s, 3, MENU)), "breadcrumb")
            + tag(
                "div",
                tag("h1", escape(t), "entry-title")
                + tag("div", paragraphs(s, lines), "entry-content")
                + tag("div", "分享到 微信 微博", "social-share"),
                "post",
            )
            + tag("div", remarks(s, 4), "comments-area", 'id="comments"'),
            "container",
        )
        + tag("div", side(s), "sidebar")
        + tag("div", foot(s), "site-footer")
    )
    return page(s, t, body), [t, *lines]


def banner(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    ask = tag(
        "div",
        tag("p", "本网站使用小型文本文件，以便为您提供更好的服务；继续使用即表示您同意我们的隐私政策与使用条款。")
        + tag("button", "同意")
        + tag("button", "拒绝"),
        s.name(),
        'role="dialog" aria-live="polite"',
    )
    ghost = tag("div", escape("".join(s.prose(1, 3))), s.name(), 'style="display:none"') + tag(
        "p", "请登录后查看", "", "hidden"
    )
    body = ask + bar(s) + tag("div", tag("h1", escape(t)) + paragraphs(s, lines) + ghost, s.name()) + foot(s)
    return page(s, t, body), [t, *lines]


def lists(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(10, 30)
    third = len(lines) // 3
    content = (
        paragraphs(s, lines[:third])
        + tag("ol", "".join(tag("li", escape(x)) for x in lines[third : 2 * third]))
        + tag("dl", "".join(tag("dt", f"第{n}项") + tag("dd", escape(x)) for n, x in enumerate(lines[2 * third :])))
    )
    main = [t, *lines, *(f"第{n}项" for n in range(len(lines) - 2 * third))]
    return page(s, t, bar(s) + tag("div", tag("h2", escape(t)) + content, s.name()) + side(s) + foot(s)), main


def data_table(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(3, 6)
    rows, main = "", []
    for _ in range(s.random.randint(8, 25)):
        cells = [s.snippet(8), str(s.random.randint(1, 9999)), f"{s.random.random():.2f}", s.snippet(6)]
        rows += tag("tr", "".join(tag("td", escape(x)) for x in cells))
        main += cells
    content = paragraphs(s, lines) + tag(
        "table",
        tag("thead", tag("tr", "".join(tag("th", x) for x in ("名称", "数量", "比例", "备注")))) + tag("tbody", rows),
    )
    return page(s, t, bar(s) + tag("div", tag("h1", escape(t)) + content, s.name()) + foot(s)), [
        t,
        *lines,
        "名称",
        "数量",
        "比例",
        "备注",
        *main,
    ]


def recipe(s: Stock) -> tuple[str, list[str]]:
    t, steps = title_of(s), s.prose(4, 10)
    things = [s.snippet(9) for _ in range(6)]
    content = (
        tag("h1", escape(t))
        + tag("h2", "用料")
        + tag("ul", "".join(tag("li", escape(x)) for x in things))
        + tag("h2", "做法")
        + tag("ol", "".join(tag("li", escape(x) + '<img src="1.jpg">') for x in steps))
    )
    related = tag("div", tag("h3", "相关推荐") + tag("ul", "".join(tag("li", each) for each in links(s, 8))), s.name())
    return page(s, t, bar(s) + tag("div", content + related, s.name()) + foot(s)), [t, "用料", *things, "做法", *steps]


def broken_markup(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose()
    text = "".join(f"<p><b>{escape(line)}" if n % 3 else f"<p>{escape(line)}<br>" for n, line in enumerate(lines))
    return (
        f"<title>{escape(t)}</title><body><div>{' '.join(links(s, 10, MENU))}</div><div><h1>{escape(t)}</h2>{text}</td></div></span>",
        [t, *lines],
    )


def portal_sidebars(s: Stock) -> tuple[str, list[str]]:
    t, lines = title_of(s), s.prose(8, 25)
    column = side(s) + side(s)
    body = (
        bar(s)
        + bar(s)
        + tag(
            "div",
            tag("div", column, s.name())
            + tag("div", tag("h1", escape(t)) + tag("div", s.when()) + paragraphs(s, lines), s.name())
            + tag("div", column, s.name()),
            s.name(),
        )
        + tag("div", "友情链接：" + " ".join(links(s, 12, MENU)), s.name())
        + foot(s)
    )
    return page(s, t, body), [t, *lines]


LAYOUTS: tuple[Layout, ...] = (
    news, news_with_comments, forum, blog, wiki, docs, shop, questions, notice, tables_2003, frames, div_soup, amp,
    endless_list, english, english_comments, poem, speaking_names, banner, lists, data_table, recipe, broken_markup,
    portal_sidebars,
)  # fmt: skip


def pages(seed: int, of_each: int, data: Path = DATA) -> Iterator[Page]:
    """Yield so many pages of each layout."""
    stock = Stock(seed, data)
    for layout in LAYOUTS:
        for _ in range(of_each):
            stock.new_page()
            html, main = layout(stock)
            yield Page(layout.__name__, html, "\n".join(main))
