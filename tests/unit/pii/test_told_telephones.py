"""Telephones as people write them: classes of writing that no single expression of a number's shape covers."""

import pytest

from tests.fakes.finds import finds

HONG_KONG = "6123 " + "4567"
OFFICE = "2123" + "4567"
MACAO = "6612" + "3456"
TAIWAN = "0912" + "345678"
LOCAL = "8812" + "3456"
MAINLAND = "138" + "1234" + "5678"


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("MOBILE", f"手提：{HONG_KONG}", HONG_KONG),
        ("MOBILE", f"- 手提呢？\n- {HONG_KONG}，成日開住", HONG_KONG),
        ("MOBILE", f"甲：你電話幾多\n乙：{HONG_KONG}", HONG_KONG),
        ("MOBILE", f"補習 包筆記\n{HONG_KONG} 街坊轉介", HONG_KONG),
        ("MOBILE", f"陳小姐：{HONG_KONG}", HONG_KONG),
        ("MOBILE", f"轉數快 FPS {HONG_KONG}", HONG_KONG),
        ("MOBILE", f"Mobile: {HONG_KONG}", HONG_KONG),
        ("MOBILE", f"M (852){HONG_KONG}", f"(852){HONG_KONG}"),
        ("MOBILE", f"852-{MACAO}", f"852-{MACAO}"),
        ("MOBILE", f"{MACAO}（澳門）", MACAO),
        ("LANDLINE", f"Office: {OFFICE}", OFFICE),
        ("LANDLINE", f"訂座：{OFFICE}", OFFICE),
    ],
)
def test_numbers_of_hong_kong_and_macao_are_told(entity: str, text: str, value: str) -> None:
    """Eight digits are found behind labels, as an answer, beside who is called, and among traditional characters."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"王先生 {TAIWAN}", TAIWAN),
        (f"王小明｜{TAIWAN}", TAIWAN),
        (f"<sj>{TAIWAN}</sj>", TAIWAN),
        (f"LINE：{TAIWAN}", TAIWAN),
        ("手機 (0912)345-678", "(0912)345-678"),
        ("手機 0912/345/678", "0912/345/678"),
        ("+886 (0)912-345-678", "+886 (0)912-345-678"),
        ("如需取消請撥 (02) 2956-8181 ，謝謝", "(02) 2956-8181"),
        ("02｜林｜02-28961762｜", "02-28961762"),
    ],
)
def test_numbers_of_taiwan_are_told(text: str, value: str) -> None:
    """The trunk zero is found with names, labels and in the groups that are printed."""
    assert value in [found for _, found in finds(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"座机号码：{LOCAL}", LOCAL),
        (f"甲：座机多少\n乙：{LOCAL}", LOCAL),
        (f"{LOCAL}（座机）", LOCAL),
        (f"(办){LOCAL} (宅)88123457", LOCAL),
        (f"区号 0571，{LOCAL}", f"0571，{LOCAL}"),
        (f"电话：0571-{LOCAL}、88123457", "88123457"),
        ("电话（区号＋号码）(0532) 385264", "(0532) 385264"),
        ("宅电：022-3371846", "022-3371846"),
        ("宅电：371846", "371846"),
        (f"(86)571-{LOCAL}", f"(86)571-{LOCAL}"),
        (f"+86571{LOCAL}", f"+86571{LOCAL}"),
        (f"主叫：0571{LOCAL}", f"0571{LOCAL}"),
        (f"电话：【0571】{LOCAL}", f"【0571】{LOCAL}"),
        (f"座机0571杠{LOCAL}", f"0571杠{LOCAL}"),
        (f"付方电话（0571-{LOCAL}）核实", f"0571-{LOCAL}"),
    ],
)
def test_fixed_telephones_are_told(text: str, value: str) -> None:
    """Fixed ones are found by every label, behind another, with old lengths, and without the bracket around them."""
    assert value in [found for kind, found in finds(text) if kind == "LANDLINE"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("手机：138\\1234\\5678", "138\\1234\\5678"),
        ("手机：138；1234；5678", "138；1234；5678"),
        ("手机：138杠1234杠5678", "138杠1234杠5678"),
        ("(138)1234-5678", "(138)1234-5678"),
        ("138/1234/5678", "138/1234/5678"),
        ("张三 138-1234 5678", "138-1234 5678"),
        ("张三 1381234 5678 浙江", "1381234 5678"),
        (f"V信{MAINLAND}", MAINLAND),
        (f"1.{MAINLAND}", MAINLAND),
        ("日本手机 09012345678", "09012345678"),
        ("携帯：090-1234-5678", "090-1234-5678"),
        ("美国手机：4155552671", "4155552671"),
        ("(415) 555-2671", "(415) 555-2671"),
        ("+14155552671", "+14155552671"),
    ],
)
def test_mobile_numbers_are_found_in_odd_groups(text: str, value: str) -> None:
    """Groups of any usual size and mark, numbers of countries that are named, and what North America prints."""
    assert ("MOBILE", value) in finds(text)


@pytest.mark.parametrize(
    "text",
    [
        f"檔號 {HONG_KONG} 已歸檔",
        "保單號碼：" + MACAO,
        "參考編號 " + HONG_KONG,
        "HK$ " + HONG_KONG,
        "2018-2019學年，學會發表",
        "2018 2019 年度報告，學會發表",
        "電話登記 20161211",
        "手机 13812345678\n登记日 20161211",
        "编号 " + LOCAL,
        "预约 88123456 人次",
        "帳號：" + TAIWAN,
        "resolution 3840 2160",
        "(555) 555-5555",
        "1733011200",
        "作者 ID 为 2299112019 的书",
        "水表读数344 8029 95",
    ],
)
def test_other_figures_are_no_telephone(text: str) -> None:
    """File and account numbers, amounts, years, dates and sizes near a word for telephone are none."""
    assert [value for kind, value in finds(text) if kind in {"MOBILE", "LANDLINE"} and value != MAINLAND] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("电邮：__sunny08@mail.example.org__", "sunny08@mail.example.org"),
        ("发件人：momo_60\n@example.com.cn", "momo_60\n@example.com.cn"),
        ("纪要发送 xiaom\ni_fan@mail.example.org", "xiaom\ni_fan@mail.example.org"),
        ("邮箱：sunny08★qq.com", "sunny08★qq.com"),
        ("邮箱：sunny08@qq，com", "sunny08@qq，com"),
    ],
)
def test_addresses_in_forms_and_broken_lines_are_found(text: str, value: str) -> None:
    """Blanks of a form are no part of an address; what goes on in the next line and odd signs are."""
    assert ("EMAIL", value) in finds(text)


def test_the_name_of_a_message_is_no_address() -> None:
    """What stands behind Message-ID names a message."""
    assert finds("Message-ID: <20240101.abc@mx.example.org>") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("手提：6l234567", "6l234567"),
        ("Mobile: 6123\n4567", "6123\n4567"),
        ("電話：O223456789", "O223456789"),
        ("市話 02234\n56789", "02234\n56789"),
        ("座机 0571-B8123456", "0571-B8123456"),
        ("传真：(0571)8812\n3456", "(0571)8812\n3456"),
        ("电话：(零五七一)八八一二三四五六", "(零五七一)八八一二三四五六"),
        ("Cell: 2l25550123", "2l25550123"),
    ],
)
def test_disguised_telephones_need_their_label(text: str, value: str) -> None:
    """Letters for digits and broken lines hide no number behind its label, and make none of what has no label."""
    assert value in [found for _, found in finds(text)]
    bare = value if value.startswith("(零") else f"共 {value}"
    assert value.startswith("(零") or "MOBILE" not in {kind for kind, _ in finds(bare)}
