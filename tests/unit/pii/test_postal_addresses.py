"""Addresses: what is one and where it begins and ends, what only looks like one, in all writings."""

import random

import pytest

from pii.addresses import chinese, english
from pii.addresses.regions import is_whole, region_start
from pii.addresses.script import simplify
from pii.recognizers.contact.address import AddressRecognizer
from tests.fakes.addresses import address, writings

RECOGNISER = AddressRecognizer()
PLAIN = "浙江省杭州市西湖区文三路100号3栋2单元501室"


def found(text: str) -> list[str]:
    """Return the widest finds of a text."""
    spans = sorted({(each.start, each.end) for each in RECOGNISER.analyze(text, ["ADDRESS"])})
    return [
        text[start:end]
        for start, end in spans
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b in spans)
    ]


@pytest.mark.parametrize(
    ("before", "value", "behind"),
    [
        ("我家住在", PLAIN, "，欢迎"),
        ("地址：", "上海市浦东新区张杨路５００号１２Ａ室", "。"),
        ("昨天到了", "文三路一百二十三号", "门前"),
        ("", "北京朝阳建国路88号", ""),
        ("现住", "北京市朝阳区来广营东路5号院3号楼1201", "，"),
        ("", "浙江省 杭州市 西湖区 古荡街道 文三路 88 号", "\n"),
        ("| ", "浙江省 | 杭州市 | 西湖区 | 文三路88号", " |"),
        ("户籍：", "湖南省长沙市宁乡县双江口镇双江口村三组12号", "。"),
        ("", "河南省信阳市罗山县莽张镇天桥村第三村民小组", "，"),
        ("", "四川省达州市渠县土溪镇赵家湾5号", ""),
        ("家在", "上海市静安区南京西路1788弄5号602室", "。"),
        ("", "北京市海淀区中关村南大街甲5号", "，"),
        ("", "东城区东四十条5号", "。"),
        ("", "西安市雁塔区小寨东路3号院2号楼4层东户", "。"),
        ('{"address": "', "四川省成都市武侯区人民南路四段27号商鼎国际2栋1单元17层1701号", '"}'),
        ("<td>", "南京市鼓楼区广州路5号2-301", "</td>"),
        ("南京市", "", ""),
        ("", "南京市鼓楼区中山北路 30", ""),
        ("", "阳光小区12-3-402", ""),
        ("住", "金色家园3#楼2单元501", ""),
        ("", "建国路88号1203", "，"),
        ("住", "浙江大学紫金港校区12舍302", "。"),
        ("", "9号楼1单元13楼166号", ""),
        ("", "3栋502室", "的住户"),
        ("", "贵阳市云岩区中华北路 120号 附3号", ""),
        ("地址", "杭州市西湖区\n文三路88号", "\n"),
        ("", "文三路88号\n3栋201室", "\n"),
        ("", "臺北市信義區信義路五段7號12樓之3", "。"),
        ("住", "香港九龍旺角彌敦道688號旺角中心12樓A室", "。"),
        ("", "香港中環皇后大道中88號地下", "。"),
        ("澳门", "", ""),
        ("", "Room 302, Building 5, No. 88 Wensan Road, Xihu District, Hangzhou", "."),
        ("Send it to ", "Flat B, 12/F, Wing Lee Building, 88 Nathan Road, Kowloon, Hong Kong", "\n"),
        ("在", "No. 5 Jianguo Road, Chaoyang District, Beijing 100022, China", "工作"),
    ],
)
def test_it_is_found_with_its_borders(before: str, value: str, behind: str) -> None:
    """An address is found as it stands, however it is written; a place without a number is none."""
    assert found(before + value + behind) == ([value] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "北京市朝阳区",
        "天安门广场上升起国旗",
        "第三十八条第二款",
        "国务院令第5号",
        "京政发〔2020〕5号",
        "地铁3号线到人民路站",
        "人民路3号线施工",
        "2号楼会议室",
        "北京市第二中学3号楼考场",
        "5月3号开学",
        "国道107号，S3号高速，5号公路",
        "铁路8号，通道2号，隧道1号，频道5号",
        "第三层是全连接层，2号卷积核",
        "版本3，C#代码，3#",
        "道路5号，街道3号",
        "神舟5号飞船，嫦娥3号",
        "教学楼201室",
        "澳门四座大桥",
        "求生之路2，公路2",
        "每栋12层，共3座",
        "In 2008 Wall Street collapsed.",
        "The Silk Road 2 and Abbey Road.",
        "<ADDRESS>",
        "",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    """Statutes, decrees, lines, dates, storeys, rooms of schools and places without a number are nobody's address."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("旅游热卖会也将继续在报业大厦一楼举行", "报业大厦一楼"),
        ("上海南锣鼓巷5号", "上海南锣鼓巷5号"),
        ("地址：上海北京南路5号", "上海北京南路5号"),
        ("比赛地点为中原路103号", "中原路103号"),
        ("并携带证件到南京路某号办理", "南京路某号"),
        ("他住和平大街5号", "和平大街5号"),
        ("搬到五一大道5号", "五一大道5号"),
    ],
)
def test_it_begins_with_its_name(text: str, value: str) -> None:
    """Function words end an address on the left, but not where they are part of a name."""
    assert found(text) == [value]


@pytest.mark.parametrize("hide", ["\u200b", "\ufeff"])
def test_zero_width_characters_do_not_hide(hide: str) -> None:
    """Hidden characters inside belong to the find."""
    hidden = hide.join(PLAIN)
    assert found(f"住{hidden}。") == [hidden]


def test_generated_writings_are_covered() -> None:
    """At least 97 in 100 generated addresses are found with both borders, and nothing besides."""
    texts = list(writings(600, seed=11))
    exact = [found(text) == [text[start:end]] for text, start, end in texts]
    assert sum(exact) >= 0.97 * len(texts)


def test_a_taken_away_number_takes_the_find_away() -> None:
    """A seeded fault, the street's number taken out, leaves nothing to find: the test above can fail."""
    assert found("文三路100号") == ["文三路100号"]
    assert found("文三路号") == []


def test_regions_are_those_of_the_standard() -> None:
    """Names end where they end, the longest first; a county's short name counts behind another region only."""
    assert region_start("在浙江省杭州市", 7) == 4
    assert region_start("住内蒙古自治区", 7) == 1
    assert region_start("延边", 2) == 0
    assert region_start("北京朝阳", 4) == 2
    assert region_start("海淀", 2) == 2
    assert region_start("上海北", 3) == 3
    assert region_start("", 0) == 0
    assert is_whole("杭州市")
    assert not is_whole("杭州")


def test_simplifying_keeps_places() -> None:
    """Every traditional character becomes one character."""
    assert simplify("臺灣省臺北市信義區7號12樓") == "台湾省台北市信义区7号12楼"


@pytest.mark.parametrize("seed", range(4))
def test_no_find_is_longer_than_the_windows(seed: int) -> None:
    """Addresses glued to each other, or units without end, are read in bounded windows."""
    rng = random.Random(seed)
    row = "".join(address(rng) for _ in range(30)) + "3号" * 300 + "3号3栋" * 100 + "路" * 300
    assert all(len(each) <= chinese.LEFT + english.BEFORE + english.AFTER for each in found(row))
