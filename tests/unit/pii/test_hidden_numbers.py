"""Numbers that are broken, misread or named by the heading of a column are found; what only looks like them is not."""

import pytest

from pii.identify import canonical
from pii.lookalikes import LETTERS, meant
from pii.recognizers import CuedRecognizer, recognizers
from tests.fakes.identities import card, citizen, mobile

_OURS = recognizers()
NUMBER, PLASTIC, PHONE = citizen(3), card(5), mobile(7)


def found(text: str) -> set[tuple[str, str]]:
    """Return what our recognisers find, in plain Presidio's way."""
    return {
        (each.entity_type, text[each.start : each.end])
        for recognizer in _OURS
        for each in recognizer.analyze(text, list(recognizer.entities))
    }


@pytest.mark.parametrize("break_", ["\n", "\r\n", " \n  ", "<br>", "&nbsp;", "</b>", "\\n", " |\n| "])
@pytest.mark.parametrize("at", [3, 6, 14])
def test_a_number_that_proves_itself_may_be_broken(break_: str, at: int) -> None:
    """The end of a line, mark-up or the border of a cell does not hide an identity number or a card."""
    broken = NUMBER[:at] + break_ + NUMBER[at:]
    assert ("CN_ID18", broken) in found(f"身份证{broken}，")
    plastic = PLASTIC[:at] + break_ + PLASTIC[at:]
    assert ("BANK_CARD", plastic) in found(f"卡号{plastic}。")
    assert canonical("CN_ID18", broken) == NUMBER
    assert canonical("BANK_CARD", plastic) == PLASTIC


@pytest.mark.parametrize(
    ("entity", "label", "value"),
    [
        ("CN_PASSPORT", "护照", "E123\n45678"),
        ("CN_PASSPORT", "passport number ", "EA12-34567"),
        ("HKMO_PERMIT", "回乡证", "H1234\n5678"),
        ("MAINLAND_HKMO", "港澳通行证", "C1234 5678"),
        ("IMEI", "IMEI ", "4901542\n03237518"),
        ("FOREIGN_PR", "永久居留身份证", "USA310-198081-977"),
        ("QQ", "QQ：", "1234\n5678"),
        ("MOBILE", "聯絡電話", "954\n66730"),
        ("MOBILE", "手機：", "O912345678"),
        ("EMAIL", "邮箱：", "li.lei@\n163.com"),
        ("EMAIL", "邮箱：", "li.lei@163.c\nom"),
        ("EMAIL", "发我邮箱", "lil\nei90@163.com"),
        ("EMAIL", "邮箱 ", "li.lei@example.com\n.cn"),
        ("EMAIL", "contact ", "lilei\n.90@example.com"),
        ("GPS", "", "N31°13.825' E121°28.422'"),
        ("ACCOUNT_SECRET", "密码原来是", "Qwe_055ejm"),
        ("ACCOUNT_SECRET", "log in with password ", "Tiger@591rzw"),
        ("ACCOUNT_SECRET", 'login(phone, "', "Zz@120are"),
        ("ACCOUNT_SECRET", "mysql -uroot -p", "Xy9!kk21z"),
        ("ACCOUNT_SECRET", "redis://:", "Rd!s2023xx"),
        ("BANK_CVV_PWD", f'card pan="{PLASTIC}" exp="', "0129"),
        ("SOCIAL_ACCOUNT", "宽带账号", "tony789_000"),
    ],
)
def test_hidden_values_are_found_whole(entity: str, label: str, value: str) -> None:
    """A value is one however the line is broken and whatever stands for its label."""
    behind = {"ACCOUNT_SECRET": '")' if "(" in label else "@h:1" if "//" in label else " 。"}.get(entity, '"，谢谢')
    assert (entity, value) in found(label + value + behind)


def test_a_broken_mobile_needs_words_before_it() -> None:
    """A line of prose goes on in the next; a column of figures does not."""
    broken = f"{PHONE[:5]}\n{PHONE[5:]}"
    assert ("MOBILE", broken) in found(f"面试名单：李雷 {broken}；韩梅梅")
    assert not found(f"1024\n{broken}\n4096")


def test_letters_that_look_like_digits_are_read_as_them() -> None:
    """A misread number is found if it still proves itself or stands alone, and is the number itself."""
    assert meant(LETTERS).isdigit()
    for number, label in ((NUMBER, "身份证"), (PLASTIC, "卡号")):
        misread = number[:8] + number[8:].replace("1", "l", 1).replace("0", "O", 1)
        kind = "CN_ID18" if number == NUMBER else "BANK_CARD"
        assert (kind, misread) in found(f"{label}{misread}，")
        assert canonical(kind, misread) == number
    phone = PHONE[:4] + "S" + PHONE[5:]
    assert ("MOBILE", phone) in found(f"1,{phone},李雷")
    assert not {kind for kind, _ in found(f"https://example.com/{phone}/x")} & {"MOBILE"}
    assert not found(f"型号 {NUMBER[:8]}OOOO{NUMBER[12:]}")


TABLES = [
    "姓名,护照号,QQ\n李雷,{},{}\n",
    "姓名\t护照号\tQQ\n李雷\t{}\t{}\n",
    "| 姓名 | 护照号 | QQ |\n|:--|---|--:|\n| 李雷 | {} | {} |\n",
    "姓名  护照号  QQ\n李雷  {}  {}\n",
    '"name";"passport_no";"qq"\n"Li";"{}";"{}"\n',
    "<table><tr><th>姓名</th><th>护照号</th><th>QQ</th></tr><tr><td>李雷</td><td>{}</td><td>{}</td></tr></table>",
]


@pytest.mark.parametrize("table", TABLES)
def test_the_heading_of_a_column_names_its_values(table: str) -> None:
    """A value far from the word that names it is found, in all rows, and without the word it is not."""
    rows = table.format("141234567", "88776655")
    assert {("CN_PASSPORT", "141234567"), ("QQ", "88776655")} <= found(rows)
    filler = (
        rows[rows.rfind("李雷") - 1 if "<" not in rows else rows.rfind("<tr>") :]
        if "李雷" in rows
        else "\n".join(rows.split("\n")[1:])
    )
    long = rows + filler * 20
    assert ("CN_PASSPORT", "141234567") in found(long)
    strange = rows.replace("护照", "货物").replace("passport", "product").replace("QQ", "数").replace("qq", "n")
    assert not {kind for kind, _ in found(strange)} & {"CN_PASSPORT", "QQ"}


def test_prose_behind_a_heading_is_no_row() -> None:
    """Lines with other cells than the heading end the table."""
    prose = "这一段讲的是型号与编码的来历，和上面的表头没有关系，只是碰巧写在它的下面。\n" * 3
    assert ("CN_PASSPORT", "141234567") in found("姓名,护照号\n" + "李雷,G12345678\n" * 5 + "李雷,141234567")
    assert not found(f"姓名,护照号\n{prose}李雷,141234567")


def test_a_recogniser_that_does_not_read_columns_is_noticed() -> None:
    """A seeded fault: without the reader of columns the values above are not found."""
    rest = [each for each in _OURS if each.name != "ColumnsRecognizer"]
    text = TABLES[1].format("141234567", "88776655")
    seen = {each.entity_type for one in rest for each in one.analyze(text * 1, list(one.entities))}
    assert len(rest) == len(_OURS) - 1
    assert "QQ" not in seen
    assert isinstance(_OURS[0], CuedRecognizer)
