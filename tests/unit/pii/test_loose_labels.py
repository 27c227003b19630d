"""Labels as people write them: other words for the same, far above, behind the value, in headings of every kind."""

import re

import pytest

from pii.gate import REACH
from pii.recognizers.labels import followed, loosely, numbered
from pii.recognizers.words import FIELD, labelled, value_of, words
from tests.fakes.finds import finds
from tests.fakes.identities import card

PLASTIC = card(5, "622848")


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("SOCIAL_SECURITY", "参保凭证　E63919175", "E63919175"),
        ("SOCIAL_SECURITY", "我那张医保本上的数字 A12345678，记一下", "A12345678"),
        ("SOCIAL_SECURITY", "A12345678是我的社保卡号", "A12345678"),
        ("SECURITIES_ACC", "390785294259是我的公积金个人户头", "390785294259"),
        ("SECURITIES_ACC", '{gjj: "390785294259"}', "390785294259"),
        ("DRIVER_LICENCE", "补证后档案编号 3101.0465.4138　", "3101.0465.4138"),
        ("DRIVER_LICENCE", "准驾证档案310104654138，", "310104654138"),
        ("EDU_WORK", "学号2019744563、2020839942，", "2020839942"),
        ("EDU_WORK", "快递员（员工码2022644101）", "2022644101"),
        ("MAINLAND_TW", "往台自由行，通行证编号L81687879，", "L81687879"),
        ("BANK_CVV_PWD", "存折密码我改成581436了", "581436"),
        ("BANK_CVV_PWD", f"卡号{PLASTIC}，到期月年 07/30，", "07/30"),
        ("QQ", "扣扣2-0-8-3-0-2-1-2-3，暗号", "2-0-8-3-0-2-1-2-3"),
        ("WECHAT", "付款找群主 v: momo751wx", "momo751wx"),
        ("WECHAT", "微讯号：sunny6386wx", "sunny6386wx"),
        ("IMEI", "imei0=490154203237518 ", "490154203237518"),
        ("IDFA", "iOS 端 4BC4AB3D-E548-F4FC-0AA5-4F8AB23F6916，", "4BC4AB3D-E548-F4FC-0AA5-4F8AB23F6916"),
        ("SOCIAL_ACCOUNT", "我的 LINE 是 sunny23_147，", "sunny23_147"),
        ("SOCIAL_ACCOUNT", "上传者 uid hai44_316，", "hai44_316"),
        ("MOBILE", "手機 0999263\n753，不回", "0999263\n753"),
        ("MOBILE", "联 系 我 1 99 006 84 250 晚 上", "1 99 006 84 250"),
        ("EMAIL", "curl -u li.lei5@example.net:Qwe_868fan https", "li.lei5@example.net"),
        ("ACCOUNT_SECRET", "li.lei5@example.net:Qwe_868fan ", "Qwe_868fan"),
    ],
)
def test_other_words_name_a_number_too(entity: str, text: str, value: str) -> None:
    """Synonyms, pinyin, a label behind the value and one that stands a few words before it are understood."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "医保电话 1234567890",
        "社保余额 12345678元",
        "基金规模123456789元",
        "缴费扣12345678元",
        "文件编号L81687879",
        "user@host:22",
        "git@example.com:group/project.git",
        "上传者 uid 1000",
        "iOS 端 12 个问题",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    """Amounts, service lines, ports and paths are no numbers of a person."""
    assert finds(text) == []


@pytest.mark.parametrize("mark", ["、", "\u3000\u3000", "\t", ",", " ", "  "])
def test_headings_are_parted_by_any_mark(mark: str) -> None:
    """A heading parted by the enumeration comma, wide or single blanks names the cells of its rows."""
    rows = [["姓名", "社保卡", "工号"], ["李雷", "A12345678", "202301"], ["王芳", "B87654321", "202302"]]
    table = "\n".join(mark.join(row) for row in rows) + "\n"
    assert {("SOCIAL_SECURITY", "B87654321"), ("EDU_WORK", "202302")} <= set(finds(table))
    strange = table.replace("社保卡", "物料号").replace("工号", "批号")
    assert not {kind for kind, _ in finds(strange)} & {"SOCIAL_SECURITY", "EDU_WORK"}


def test_rows_of_copy_are_parted_by_tabs() -> None:
    """What PostgreSQL copies from standard input is read by the columns that the statement names."""
    text = "COPY public.accounts (login, passwd, wx, qq) FROM stdin;\nli\tTiger!993lwm\thai808wx\t689737580\n\\.\n"
    assert {("QQ", "689737580"), ("WECHAT", "hai808wx"), ("ACCOUNT_SECRET", "Tiger!993lwm")} <= set(finds(text))


def test_words_stand_for_every_writing() -> None:
    """A lexicon matches simplified, traditional and spaced characters, the longest word first, and no other."""
    both = re.compile(words("社保 社保卡 id_card"))
    assert both.fullmatch("社保卡")
    assert both.fullmatch("社 保　卡")
    assert re.fullmatch(words("驾驶证"), "駕駛證")
    assert all(both.fullmatch(each) for each in ("id card", "ID-CARD", "idcard"))
    assert both.fullmatch("社会") is None


def test_links_tell_fields_from_prose() -> None:
    """A field needs a colon or its like; a plain link lets 是 and pronouns of a change stand between."""
    assert labelled("密码", "[0-9]{6}").search("密码我改成123456")
    assert labelled("密码", "[0-9]{6}", FIELD).search("密码：123456")
    assert labelled("密码", "[0-9]{6}", FIELD).search("密码123456") is None


def test_a_label_out_of_reach_is_none() -> None:
    """A value whose label stands further away than the gate looks is no find."""
    near = numbered("工号", "[0-9]{6}").search("工号：123456")
    far = labelled("工号", "[0-9]{6}").search("工号" + "<" + "b" * 20 + ">" + "<" + "b" * 20 + ">" + " " * 8 + "123456")
    assert near is not None
    assert value_of(near, "EDU_WORK", 800)
    assert far is not None
    assert far.start("value") - far.start() >= REACH
    assert value_of(far, "EDU_WORK", 800) is None


def test_loose_labels_stop_at_other_kinds() -> None:
    """Between the head of a label and its number no word of another kind may stand; behind one a copula must."""
    assert loosely("医保", "[0-9]{8}").search("医保那个本子 12345678")
    assert loosely("医保", "[0-9]{8}").search("医保电话 12345678") is None
    assert followed("[0-9]{8}", "医保卡").search("12345678是他的医保卡")
    assert followed("[0-9]{8}", "医保卡").search("12345678 医保卡") is None
