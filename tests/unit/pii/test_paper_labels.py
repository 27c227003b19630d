"""Numbers of papers and vehicles behind their labels: forms, tables, JSON, HTML, logs and prose."""

import pytest

from tests.fakes.finds import finds
from tests.fakes.identities import citizen
from tests.fakes.papers import (
    disabled,
    foreign_resident,
    hong_kong,
    old_citizen,
    organisation_code,
    taiwan,
    vehicle,
)

WRITINGS = [
    "{label}：{value}",
    "{label}:{value}，请核对。",
    "经查，其{label}为{value}，已登记",
    "{label}{value}已登记",
    "你的{label}是 {value}？",
    '{{"{label}": "{value}", "ok": true}}',
    "<tr><td>{label}</td><td>{value}</td></tr>",
    "<td class='k'>{label}</td>\n<td>{value}</td>",
    "| {label} | {value} |",
    "{label}\t{value}\n",
    "2024-03-01 10:00:00 INFO user {label}={value} ok",
    "{label}（必填）：{value}",
    "**{label}**：`{value}`",
    "“{label}”是{value}",
]
LABELLED = [
    ("身份证", "CN_ID18", citizen(1)),
    ("驾驶证号", "CN_ID18", citizen(2)),
    ("社会保障号", "CN_ID18", citizen(3)),
    ("身份证", "CN_ID15", old_citizen(1)),
    ("身份證", "CN_ID15", old_citizen(2)),
    ("SFZ", "CN_ID15", old_citizen(3)),
    ("居住证", "HKMOTW_RESIDENCE", citizen(4, "830000")),
    ("永居证", "FOREIGN_PR", foreign_resident(5)),
    ("外国人永久居留证", "FOREIGN_PR", "USA110089010112"),
    ("护照", "CN_PASSPORT", "E12345678"),
    ("護照", "CN_PASSPORT", "EB1234567"),
    ("台湾护照", "CN_PASSPORT", "312345678"),
    ("香港护照", "CN_PASSPORT", "KJ1234567"),
    ("Passport", "CN_PASSPORT", "M123A4567"),
    ("回乡证", "HKMO_PERMIT", "H12345678"),
    ("回鄉證", "HKMO_PERMIT", "M1234567801"),
    ("港澳居民来往内地通行证", "HKMO_PERMIT", "H12345678"),
    ("台胞证", "TW_PERMIT", "12345678"),
    ("台胞證", "TW_PERMIT", "0123456789(B)"),
    ("往来港澳通行证", "MAINLAND_HKMO", "C12345678"),
    ("港澳通行证", "MAINLAND_HKMO", "CA1234567"),
    ("往来台湾通行证", "MAINLAND_TW", "L12345678"),
    ("香港身份证", "HKID", hong_kong(1)),
    ("香港身份證", "HKID", hong_kong(2, "WX", "")),
    ("HKID", "HKID", hong_kong(3, "Z", "（）")),
    ("澳门身份证", "MOID", "1234567(8)"),
    ("澳門居民身份證", "MOID", "5/123456/7"),
    ("身分證字號", "TW_ID", taiwan(1)),
    ("台湾身份证", "TW_ID", taiwan(2, "F2")),
    ("居留證統一證號", "TW_ID", taiwan(3, "A8")),
    ("居留证", "TW_ID", taiwan(4, "AC")),
    ("军官证", "MILITARY_ID", "军字第1234567号"),
    ("军官证", "MILITARY_ID", "20191234567"),
    ("士兵證", "MILITARY_ID", "士字第12345678號"),
    ("档案编号", "DRIVER_LICENCE", "110012345678"),
    ("驾驶证档案编号", "DRIVER_LICENCE", "440301234567"),
    ("社保卡", "SOCIAL_SECURITY", "A12345678"),
    ("医保号", "SOCIAL_SECURITY", "1234567890"),
    ("社會保障卡", "SOCIAL_SECURITY", "AB12345678"),
    ("残疾人证", "DISABILITY_CERT", disabled(6)),
    ("學號", "EDU_WORK", "B10901001"),
    ("学号", "EDU_WORK", "2021010203"),
    ("工号", "EDU_WORK", "A10086"),
    ("警号", "EDU_WORK", "012345"),
    ("student_id", "EDU_WORK", "20210102"),
    ("教师资格证书", "EDU_WORK", "20191100112000123"),
    ("车牌号", "PLATE", "京A12345"),
    ("車牌", "PLATE", "粵B12345"),
    ("车牌", "PLATE", "ABC-1234"),
    ("车架号", "VIN", vehicle(1)),
    ("VIN", "VIN", vehicle(2, "WBAFR7")),
    ("组织机构代码", "USCC", organisation_code(1)),
    ("税务登记证", "USCC", "110105" + organisation_code(2, "")),
    ("出生日期", "BIRTH_DATE", "1985-03-12"),
    ("出生年月", "BIRTH_DATE", "1985年3月"),
    ("生日", "BIRTH_DATE", "1985.03.12"),
    ("birthday", "BIRTH_DATE", "1985/3/12"),
    ("DOB", "BIRTH_DATE", "12 March 1985"),
    ("出生", "BIRTH_DATE", "一九八五年三月十二日"),
]


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(("label", "entity", "value"), LABELLED)
def test_value_behind_its_label_is_finds(label: str, entity: str, value: str, writing: str) -> None:
    """In prose, tables, JSON, HTML and logs a value behind its label is found with its exact borders, and alone."""
    gap = " " if label.isascii() else ""  # nobody writes letters without a gap before letters
    assert finds(writing.format(label=label + gap, value=value)) == [(entity, value)]


@pytest.mark.parametrize(("label", "entity", "value"), LABELLED)
def test_gaps_and_hidden_characters_do_not_hide(label: str, entity: str, value: str) -> None:
    """A label read with gaps, and a value with zero-width characters or in full width, are found all the same."""
    if not label.isascii():
        assert finds(f"{' '.join(label)}：{value}") == [(entity, value)]
    hidden = "\u200b".join(value)
    assert finds(f"{label}：{hidden}。") == [(entity, hidden)]
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isalnum() and each.isascii() else each for each in value)
    assert finds(f"{label}：{wide}。") == [(entity, wide)]
