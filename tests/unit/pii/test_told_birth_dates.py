"""Dates of birth that stand further from their word: asked for, behind more words, before them, told twice."""

import pytest

from tests.fakes.finds import finds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("问：被保险人哪天出生？　答：1985年7月15日。", "1985年7月15日"),
        ("F1. 哪年哪月哪日生？＿1984/1/27＿", "1984/1/27"),
        ("甲：生日也請再給我一次\n乙：民國87年4月8日。", "民國87年4月8日"),
        ("A: When were you born?\nB: July 15, 1985", "July 15, 1985"),
        ("- 幾時出世？\n- 1985年7月15號", "1985年7月15號"),
        ("什么时候的生日\n小王：7月15日", "7月15日"),
        ("出生日期 Data Nasc.　14-05-1979", "14-05-1979"),
        ("證件，出世日子 1982/4/25", "1982/4/25"),
        ("出生日期｜民國54年10月13日", "民國54年10月13日"),
        ("BDAY:1959-03-14", "1959-03-14"),
        ("生于 民国卅七年六月初九", "民国卅七年六月初九"),
        ("生年月日　昭和60年7月5日", "昭和60年7月5日"),
        ("出生日期：0740506", "0740506"),
        ("DOB 15JUL85", "15JUL85"),
        ("出生日期（必填，须与护照资料页完全一致）：1985-07-15", "1985-07-15"),
        ("出生日期登记为1985-07-15", "1985-07-15"),
        ("出生日期误写为1985-07-15，应为1985-07-16", "1985-07-16"),
        ("生于1965年8月19日（农历乙巳，公历1965年8月20日）", "公历1965年8月20日"),
        ("性别/出生日期：男/1985-07-15", "1985-07-15"),
        ("Age/DOB 38/1985-07-15", "1985-07-15"),
        ("出生：北京，1985年7月15日", "1985年7月15日"),
        ("1985-07-15 是我生日", "1985-07-15"),
        ("1985-07-15 (DOB)", "1985-07-15"),
        ("1985年7月15日，出生于北京", "1985年7月15日"),
        ("宝宝于2020年6月1日在我院出生", "2020年6月1日"),
        ("李四（1985年7月—），女", "1985年7月"),
        ("我85年的，属牛", "85年"),
        ("民國74年次", "民國74年"),
        ("(b. 1985)", "1985"),
        ("born in Peking, the old capital, on 14 January 1989", "14 January 1989"),
    ],
)
def test_date_is_told_from_further_away(text: str, value: str) -> None:
    """A date with its month is found in answers, behind more words of the label, before it, and told anew."""
    assert ("BIRTH_DATE", value) in finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "自2016年1月1日起在国内出生的婴儿",
        "学生于2019年9月1日入学",
        "公司生日会定于2020年3月5日举行",
        "生日快乐！2020年3月5日",
        "出生医学证明签发日期：2020年3月5日",
        "他在北京出生，后于2010年3月毕业",
        "2020年3月5日次日",
        "第74年次会议",
        "项目（2019年3月—2020年4月），由",
        "born to run 2015-09-01",
        "2020年1月2日是我们结婚纪念日",
    ],
)
def test_dates_of_other_things_are_left(text: str) -> None:
    """Days on which something is kept, issued or begun are nobody's birth."""
    assert "BIRTH_DATE" not in {kind for kind, _ in finds(text)}
