"""Numbers of papers and vehicles: special writings, and not where they only look like one."""

import pytest

from tests.fakes.finds import finds
from tests.fakes.identities import citizen, near_miss
from tests.fakes.papers import (
    disabled,
    foreign_resident,
    hong_kong,
    old_citizen,
    organisation_code,
    taiwan,
    vehicle,
)


def test_ascii_label_may_touch_an_old_number() -> None:
    """The abbreviation that people type, SFZ, may stand right before the number."""
    assert finds("sfz" + old_citizen(4)) == [("CN_ID15", old_citizen(4))]


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("我的学号2021010203，密码忘了", "EDU_WORK", "2021010203"),
        ("持港澳通行证（C12345678）入境", "MAINLAND_HKMO", "C12345678"),
        ("护照（号码E12345678）", "CN_PASSPORT", "E12345678"),
        ("护照号码：E 12345678", "CN_PASSPORT", "E 12345678"),
        ("张三 | 护照 | E12345678", "CN_PASSPORT", "E12345678"),
        ("军官证：南字第0123456号", "MILITARY_ID", "南字第0123456号"),
        ("持军字第0123456号证", "MILITARY_ID", "军字第0123456号"),
        ("武警部队，武字第01234567号", "MILITARY_ID", "武字第01234567号"),
        ("驾驶粤B·12345号小型轿车", "PLATE", "粤B·12345"),
        ("使014578车牌", "PLATE", "使014578"),
        ("WJ京12345车辆", "PLATE", "WJ京12345"),
        ("京A1234警", "PLATE", "京A1234警"),
        ("浙B1234学", "PLATE", "浙B1234学"),
        ("苏A1234挂", "PLATE", "苏A1234挂"),
        ("粤Z1234澳", "PLATE", "粤Z1234澳"),
        ("京A1234应急", "PLATE", "京A1234应急"),
        ("沪A1234领", "PLATE", "沪A1234领"),
        ("粤B·D12345", "PLATE", "粤B·D12345"),
        ("社保电脑号 612345678", "SOCIAL_SECURITY", "612345678"),
        (f"号码{disabled(8)}的", "DISABILITY_CERT", disabled(8)),
        (f"残疾证{disabled(8)[:18]} 43", "DISABILITY_CERT", f"{disabled(8)[:18]} 43"),
        (f"证件{hong_kong(5)}，", "HKID", hong_kong(5)),
        (f"{hong_kong(6, 'K')}的申请", "HKID", hong_kong(6, "K")),
        (f"换了{vehicle(7)}的发动机", "VIN", vehicle(7)),
        (f"全国学籍号：G{citizen(8)}", "CN_ID18", citizen(8)),
        (f"纳税人识别号：{citizen(8)}", "CN_ID18", citizen(8)),
        (f"姓名,证件\n王五,{foreign_resident(9)}", "FOREIGN_PR", foreign_resident(9)),
        ("CAN440385061201客户", "FOREIGN_PR", "CAN440385061201"),
    ],
)
def test_other_writings_are_finds(text: str, entity: str, surface: str) -> None:
    """Chats, notices, table rows and special series are found, glued to Chinese characters or not."""
    assert finds(text) == [(entity, surface)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("一九八五年三月生", "一九八五年三月"),
        ("1985.03.12出生", "1985.03.12"),
        ("85年3月生，", "85年3月"),
        ("八五年三月生", "八五年三月"),
        ("生于1985-03-12。", "1985-03-12"),
        ("男，1985年3月12日生，汉族", "1985年3月12日"),
        ("（1985年3月）出生", "1985年3月"),
        ("我是1985年3月12号生的", "1985年3月12号"),
        ("1985年3月12日出生于北京", "1985年3月12日"),
        ("born on March 12, 1985 in", "March 12, 1985"),
        ("DOB: 12/03/1985", "12/03/1985"),
        ("生日: 19850312", "19850312"),
        ("出生年月 198503", "198503"),
        ("出生日期：85.3.12", "85.3.12"),
        ("民國74年3月12日出生", "民國74年3月12日"),
        ("农历一九八五年三月初五生", "农历一九八五年三月初五"),
        ("出 生 日 期：1985 年 3 月 12 日", "1985 年 3 月 12 日"),
        ("生于1985年的春天", "1985年"),
        ("出生年份：1985", "1985"),
        ("生日是3月12日", "3月12日"),
        ("生日：03-12", "03-12"),
        ('"birthday":"1985-03-12T00:00:00"', "1985-03-12"),
        ("出生日期：１９８５年３月１２日", "１９８５年３月１２日"),
    ],
)
def test_birth_date_is_found_in_every_writing(text: str, surface: str) -> None:
    """A date that a word of birth touches is found whole: figures, Chinese numerals, English, ROC and lunar years."""
    assert finds(text) == [("BIRTH_DATE", surface)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("小明今年12岁", "12岁"),
        ("我女儿8岁", "8岁"),
        ("8岁的女儿", "8岁"),
        ("女，6岁，", "6岁"),
        ("患儿，男，3岁", "3岁"),
        ("刚满十三周岁", "十三周岁"),
        ("年龄：9岁", "9岁"),
        ("孩子8岁了", "8岁"),
        ("5个月大的女儿", "5个月大"),
        ("女兒今年讀小學三年級", "小學三年級"),
        ("就读于朝阳区实验小学三年级（1）班", "小学三年级（1）班"),
        ("三年级（2）班的学生王某", "三年级（2）班"),
        ("上幼儿园大班", "幼儿园大班"),
        ("my son is 8 and", "8"),
        ("a 12-year-old girl", "12-year-old"),
    ],
)
def test_minor_is_finds(text: str, surface: str) -> None:
    """An age below 14 or a year of primary school that a word makes one person's is a minor's."""
    assert finds(text) == [("CN_MINOR", surface)]


@pytest.mark.parametrize(
    "text",
    [
        near_miss(foreign_resident(1)),
        f"残疾人证{near_miss(disabled(1)[:18])}43",
        f"号码{disabled(1, '8', '3')}",
        f"号码{disabled(1, '4', '5')}",
        f"身份证{old_citizen(1, '190105')}",
        f"身份证{old_citizen(1)[:8]}1332{old_citizen(1)[12:]}",
        f"香港身份证{hong_kong(1)[:-2]}{'0' if hong_kong(1)[-2] != '0' else '1'})",
        f"身分證{near_miss(taiwan(1))}",
        f"车架号{near_miss(vehicle(1))}",
        f"车架号{'1' * 17}",
        vehicle(2, "WBAFR7"),
        f"组织机构代码{near_miss(organisation_code(3))}",
        "C12345678",
        "证件12345678",
        "USA999999999999",
        "出生日期：1985年13月40日",
        "出生日期：1985-02-30",
        "学号 12",
        "110105********1234",
        "身份证号：110105********123X",
    ],
)
def test_near_misses_of_papers_are_left(text: str) -> None:
    """A wrong check, area, date or length, a missing word and a masked number mean that nothing is found."""
    assert finds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "京政发〔2019〕文字第123号",
        "（1985）军字第1234567号民事判决书",
        "中华人民共和国主席令第七十六号",
        "京房权证朝字第1234567号",
        "护照的签发机关为国家移民管理局，自2007年1月1日起施行",
        "社会保险费征缴暂行条例（1999年1月22日国务院令第259号）",
        "医保支付12345678元",
        "参保人数：1360000000人",
        "员工：12345人，学生证工本费20元",
        "工号为必填项，长度6位",
        "CREATE TABLE t (student_id INT, employee_id BIGINT(20))",
        "档案2020年移交",
        "车牌识别准确率99.5%",
        "川菜A级，苏打B12气泡水，西宁A12012型",
        "新A12版本，最新B760M2主板",
        "ISBN 978-7-04-050123-4，ISSN 1000-1234",
        "型号 LX-A12345678，序列号：SN12345678901234567",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "订单号：A123456789",
        "本法自1985年3月12日起施行",
        "1985年生产，2000年出生人口1771万，2010年出生率下降",
        "问题发生于1987年1月1日以前",
        "生于60年代，1990年代出生",
        "1985年1月1日以后出生的公民",
        "不满十二周岁的未成年人，三周岁以下婴幼儿，年满八周岁的未成年人",
        "6-12岁儿童适用，12岁以下免票",
        "小学三年级语文教材，义务教育一年级起点",
        "今年14岁，今年32岁，公司成立10年",
        "税号在发票上，代码12345678",
        "使用123456条记录，使100 200和300相加",
        "WJ10001型水泵",
    ],
)
def test_what_only_looks_like_a_paper_is_left(text: str) -> None:
    """Statutes, amounts, schemas, models, hashes and general talk of births and ages are nobody's data."""
    assert finds(text) == []


@pytest.mark.parametrize("seed", range(40))
def test_checks_hold_for_every_seed(seed: int) -> None:
    """Whatever passes the defining congruence is found, and with another check character it is not."""
    for label, entity, value in [
        ("永居证", "FOREIGN_PR", foreign_resident(seed)),
        ("香港身份证", "HKID", hong_kong(seed, "K", "")),
        ("身分證", "TW_ID", taiwan(seed, "B2")),
        ("车架号", "VIN", vehicle(seed)),
        ("组织机构代码", "USCC", organisation_code(seed)),
    ]:
        assert finds(f"{label}：{value}") == [(entity, value)]
    assert finds(f"身分證：{near_miss(taiwan(seed, 'B2'))}") == []
    assert finds(f"车架号：{vehicle(seed)[:8]}{'1' if vehicle(seed)[8] != '1' else '2'}{vehicle(seed)[9:]}") == []
