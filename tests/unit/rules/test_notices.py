"""Notices of rights: every way of writing one is found where it stands, and what only looks like one is not (R-123)."""

import re
import time

import pytest

from rules import check_digits, notices
from rules.cues import Cues
from rules.notices import NoticeFinder, is_stricter, load

RULES = load()
FINDER = NoticeFinder(RULES)
USES = ("commercial-training",)


def isbn(body: str) -> str:
    """Return a made-up ISBN-13 with its check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(body, (1, 3) * 6, strict=True))
    return body + str(-total % 10)


FOUND = [
    ("© 2020 某公司", "copyright", "© 2020"),
    ("Copyright (c) 2019 ACME Inc.", "copyright", "Copyright (c)"),
    ("COPYRIGHT 2019", "copyright", "COPYRIGHT 2019"),
    ("(c) 2020 ACME", "copyright", "(c) 2020"),
    ("本站版权所有", "copyright", "版权所有"),
    ("本文著作权归作者所有。", "copyright", "著作权归作者所有"),
    ("All rights reserved.", "rights-reserved", "All rights reserved"),
    ("保留所有权利", "rights-reserved", "保留所有权利"),
    ("侵权必究", "rights-reserved", "侵权必究"),
    ("未经授权，不得转载", "rights-reserved", "未经授权，不得转载"),
    ("本书内容未经出版社许可不得以任何方式复制", "rights-reserved", "本书内容未经出版社许可不得以任何方式复制"),
    ("不得将本文用于人工智能模型训练", "no-training", "不得将本文用于人工智能模型训练"),
    ("It may not be used to train models.", "no-training", "may not be used to train"),
    ("No AI training", "no-training", "No AI training"),
    ("// SPDX-License-Identifier: MIT */", "licence:MIT", "SPDX-License-Identifier: MIT "),
    ("# spdx-license-identifier: gpl-2.0", "licence:GPL-2.0-only", "spdx-license-identifier: gpl-2.0"),
    ("SPDX-License-Identifier: LicenseRef-Zhang", "licence:other", None),
    ("SPDX-License-Identifier: Apache-2.0 OR MIT", "licence:Apache-2.0 OR MIT", None),
    ("Licensed under the Apache License, Version 2.0", "licence:Apache-2.0", None),
    ("Permission is hereby granted, free of charge, to any\nperson obtaining a copy", "licence:MIT", None),
    (
        "the terms of the GNU General Public License, either version 3, or any later version.",
        "licence:GPL-3.0-or-later",
        None,
    ),
    ("under the terms of the GNU General Public License version 2 only.", "licence:GPL-2.0-only", None),
    ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "licence:CC-BY-NC-ND-4.0", None),
    ("licensed under CC BY-NC", "licence:CC-BY-NC", None),
    ("本作品采用知识共享署名-非商业性使用-相同方式共享 4.0 国际许可协议", "licence:CC-BY-NC-SA-4.0", None),
    (f"ISBN {isbn('978730600000')}", "book", None),
    ("ISBN：0-306-40615-2", "book", "ISBN：0-306-40615-2"),
    ("图书在版编目（CIP）数据", "book", None),
    ("中国版本图书馆CIP数据核字（2015）第123456号", "book", None),
    ("doi:10.1000/xyz123", "paper", "doi:10.1000/xyz123"),
    ("ISSN 0378-5955", "paper", "ISSN 0378-5955"),
    ("arXiv:2101.00001v2", "paper", "arXiv:2101.00001v2"),
    ("ISRC CN-A01-98-00123", "music", None),
    ("ISWC T-034.524.680-1", "music", None),
    ("[00:01.00]作词：某某", "music", "作词："),
    ("ISAN 0000-0000-D07A-0090", "film", None),
]


@pytest.mark.parametrize(("text", "notice", "place"), FOUND, ids=lambda part: str(part)[:40])
def test_a_notice_is_found_where_it_stands(text: str, notice: str, place: str | None) -> None:
    """The kind is told and the place is exact, alone and amid other text; the words are not kept."""
    for before, after in (("", ""), ("山路很长。\n", "\n湖面很静。"), ("𠮷" * 300 + "\n", "\n" + "𠮷" * 300)):
        whole = before + text + after
        found = [each for each in FINDER.find(whole) if each.notice == notice]
        assert found, [each.notice for each in FINDER.find(whole)]
        if place:
            assert whole[found[0].start : found[0].end] == place
        assert all(len(before) <= each.start < each.end <= len(before) + len(text) + 1 for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "© 苹果\n© 香蕉",
        "(c) 2020年的营业收入",
        "(c) handle this case",
        "// (c) the third branch",
        "侵犯版权所有者的权利",
        "copyright law protects works",
        "除著作权人声明不得转载、摘编的外，其他报刊可以转载",
        "未经商标注册人许可不得使用注册商标",
        "他不保留所有权利",
        "训练有素的运动员",
        "he had no training for that",
        "ISBN 978-7-306-00000-1",
        "9787306000000 是一个数字",
        "ISSN 0378-5954",
        "ISWC T-034.524.680-2",
        "作曲家谭先生创作了这部作品",
        "他负责作词和作曲。",
        "doing 10.5 of it",
        "An MIT student licensed the patent",
        "GPL 是一种许可证",
        "CC BY 是最宽松的一种",
        "",
    ],
)
def test_what_only_looks_like_a_notice_is_none(text: str) -> None:
    """Bullets, lists, laws, prose about rights and numbers whose check digit is wrong are no notices."""
    assert FINDER.find(text) == ()


def test_every_expression_is_proved_and_holds_a_cue() -> None:
    """Each expression of the rules matches an example above, and a look at the whole text finds nothing more."""
    texts = [text for text, _, _ in FOUND]
    for kind in RULES.kinds:
        cues = Cues(kind.cues)
        for each in kind.expressions:
            pattern = re.compile(each.expression, re.IGNORECASE)
            matches = [match[0] for text in texts for match in pattern.finditer(text)]
            if kind.id not in ("licence", "copyright", "rights-reserved"):
                assert matches, each.expression
            assert all(list(cues.find(match)) for match in matches), each.expression


def test_no_kind_crowds_out_another() -> None:
    """Of a kind that stands everywhere only the first places are kept; the others lose none of theirs."""
    found = FINDER.find("版权所有。" * 1000 + "ISSN 0378-5955")
    assert sum(each.notice == "copyright" for each in found) == RULES.places_max
    assert [each.notice for each in found][-1] == "paper"


@pytest.mark.parametrize(
    "text", ["版权" * 100_000, "未经" * 100_000, "doi:10." * 50_000, "(c) " * 100_000, "cc by " * 60_000]
)
def test_hostile_texts_cost_little(text: str) -> None:
    """Cues by the hundred thousand are looked through in seconds, whatever their order."""
    began = time.perf_counter()
    FINDER.find(text)
    assert time.perf_counter() - began < 5


def test_what_a_source_of_a_kind_keeps_out() -> None:
    """Reserved rights keep an item out of open source and web without authorisation, nowhere else (R-022, R-132)."""
    assert RULES.withheld("open_source", {"licence_text"}) == ("rights-reserved", "no-training")
    assert RULES.withheld("open_source", {"authorisation"}) == ()
    assert RULES.withheld("self_collected_web", ()) == ("rights-reserved", "no-training")
    for kind in ("commercial", "cooperation", "self_produced", "user_input", "outside_copyright", "synthetic"):
        assert RULES.withheld(kind, ()) == ()


@pytest.mark.parametrize(
    ("found", "declared", "stricter"),
    [
        ("GPL-3.0-only", "CC0-1.0", True),
        ("CC-BY-NC-ND-4.0", "CC-BY-4.0", True),
        ("CC-BY-NC", "CC-BY-4.0", True),
        ("MIT", "CC0-1.0", False),
        ("GPL-3.0-only", "GPL-2.0-only", False),
        ("Apache-2.0 OR MIT", "CC0-1.0", False),
        ("other", "CC0-1.0", False),
    ],
)
def test_which_licence_contradicts_which(found: str, declared: str, *, stricter: bool) -> None:
    """A header contradicts the declaration where it needs a decision or forbids what the declared one lets through."""
    assert is_stricter(found, declared, USES) is stricter


def test_check_digits() -> None:
    """Well-formed numbers pass, a changed digit or length does not."""
    assert check_digits.is_isbn(isbn("978730600000"))
    assert check_digits.is_isbn("0-8044-2957-X")
    assert not check_digits.is_isbn("0-8044-2957-1")
    assert not check_digits.is_isbn("X804429570")
    assert check_digits.is_issn("0378-5955")
    assert not check_digits.is_issn("0378-595")
    assert check_digits.is_iswc("T-034.524.680-1")
    assert not check_digits.is_iswc("T-034.524.68-1")
    assert not any(
        check("９７８７３０６０００００１") or check("") or check("²²²²²²²²²²")
        for check in check_digits.CHECKS.values()
    )


def test_cues_stand_where_they_are_told() -> None:
    """Places are code points whatever stands before, and spellings of Latin cues are one cue."""
    text = "𠮷é版权 Isbn ISBN isbn 版权"
    assert [(text[at : at + 2], cue) for at, cue in Cues(["版权", "isbn"]).find(text)] == [
        ("版权", 0),
        ("Is", 1),
        ("IS", 1),
        ("is", 1),
        ("版权", 0),
    ]


def test_the_edition_names_both_files() -> None:
    """What decides on notices has one digest, part of a plan's configuration."""
    assert re.fullmatch("[0-9a-f]{64}", notices.edition())
