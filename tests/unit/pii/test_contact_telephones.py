"""Telephones and e-mail: every writing that is found, what almost is one, and what only looks like it."""

import pytest

from pii.recognizers import recognizers
from pii.telephones import foreign, is_service, one_form, regional

_ENTITIES = ["MOBILE", "LANDLINE", "EMAIL"]
_RECOGNISERS = [each for each in recognizers() if set(each.get_supported_entities()) & set(_ENTITIES)]


def found(text: str) -> set[tuple[str, str]]:
    """Return type and surface of what our recognisers of contacts find, plain Presidio's way, the longest of each."""
    results = [each for one in _RECOGNISERS for each in one.analyze(text, _ENTITIES)]
    best = sorted(results, key=lambda each: (-each.score, each.start - each.end))
    kept: list[tuple[int, int, str]] = []
    for each in best:
        if all(each.end <= start or end <= each.start for start, end, _ in kept):
            kept.append((each.start, each.end, each.entity_type))
    return {(entity, text[start:end]) for start, end, entity in kept}


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("电话：1381234\n5678。", "MOBILE", "1381234\n5678"),
        ("手机 138-1234-\n5678 谢谢", "MOBILE", "138-1234-\n5678"),
        ("手机 138\r\n12345678", "MOBILE", "138\r\n12345678"),
        ("| 手机 | 1381234 |\n|      | 5678 |", "MOBILE", "1381234 |\n|      | 5678"),
        ("|手机|138|1234|5678|", "MOBILE", "138|1234|5678"),
        ("手机号壹叁捌壹贰叁肆伍陆柒捌", "MOBILE", "壹叁捌壹贰叁肆伍陆柒捌"),
        ("手機號壹參捌壹貳參肆伍陸柒捌", "MOBILE", "壹參捌壹貳參肆伍陸柒捌"),
        ("手机幺三八 幺两三四 五六拐八", "MOBILE", "幺三八 幺两三四 五六拐八"),
        ("手机1三8一2三4五6七8", "MOBILE", "1三8一2三4五6七8"),
        ("手机 ① ③ ⑧ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧", "MOBILE", "① ③ ⑧ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧"),
        ("手机⑴⑶⑻⑴⑵⑶⑷⑸⑹⑺⑻", "MOBILE", "⑴⑶⑻⑴⑵⑶⑷⑸⑹⑺⑻"),
        ("手机：138 - 1234 - 5678", "MOBILE", "138 - 1234 - 5678"),
        ("mobile=13812345678&name=x", "MOBILE", "13812345678"),
        ("<td>手机</td><td>13812345678</td>", "MOBILE", "13812345678"),
        ("2024-01-01 INFO phone:+8613812345678 ok", "MOBILE", "+8613812345678"),
        ("周五13812345678", "MOBILE", "13812345678"),
        ("①13812345678", "MOBILE", "13812345678"),
        ("+852 9123 4567", "MOBILE", "+852 9123 4567"),
        ("(852) 5123-4567 電話", "MOBILE", "(852) 5123-4567"),
        ("00852-91234567 手机", "MOBILE", "00852-91234567"),
        ("香港手机 91234567", "MOBILE", "91234567"),
        ("HK mobile: 6123 4567", "MOBILE", "6123 4567"),
        ("＋８５２　９１２３　４５６７", "MOBILE", "＋８５２　９１２３　４５６７"),
        ("+853 6612 3456", "MOBILE", "+853 6612 3456"),
        ("澳門電話 6612 3456", "MOBILE", "6612 3456"),
        ("電話 0912-345-678", "MOBILE", "0912-345-678"),
        ("手機0912345678", "MOBILE", "0912345678"),
        ("+886 912 345 678", "MOBILE", "+886 912 345 678"),
        ("+886-0912-345-678", "MOBILE", "+886-0912-345-678"),
        ("+44 20 7946 0958", "MOBILE", "+44 20 7946 0958"),
        ("+81 90-1234-5678", "MOBILE", "+81 90-1234-5678"),
        ("+1 (415) 555-2671", "MOBILE", "+1 (415) 555-2671"),
        ("whatsapp +6591234567", "MOBILE", "+6591234567"),
        ("phone: 415-555-2671", "MOBILE", "415-555-2671"),
        ("Call me at (415) 555-2671 ext 12.", "MOBILE", "(415) 555-2671 ext 12"),
        ("UK mobile 07700 900123", "MOBILE", "07700 900123"),
        ("电话：0 1 0 6 2 7 8 1 2 3 4", "LANDLINE", "0 1 0 6 2 7 8 1 2 3 4"),
        ("电话：010-6278\n1234", "LANDLINE", "010-6278\n1234"),
        ("电话 零一零-六二七八一二三四", "LANDLINE", "零一零-六二七八一二三四"),
        ("传真：０５７１－８８８８－１２３４", "LANDLINE", "０５７１－８８８８－１２３４"),
        ("86-10-62781234", "LANDLINE", "86-10-62781234"),
        ("電話：(02) 2345-6789", "LANDLINE", "(02) 2345-6789"),
        ("傳真：02-2345-6789#123", "LANDLINE", "02-2345-6789#123"),
        ("+886-2-2345-6789", "LANDLINE", "+886-2-2345-6789"),
        ("+852 2345 6789", "LANDLINE", "+852 2345 6789"),
        ("香港电话：2345 6789", "LANDLINE", "2345 6789"),
        ("+853 2833 1234", "LANDLINE", "+853 2833 1234"),
    ],
)
def test_telephone_is_found(text: str, entity: str, surface: str) -> None:
    """A telephone is found with its exact borders, whatever hides it and wherever it is registered."""
    assert found(text) == {(entity, surface)}


@pytest.mark.parametrize(
    "text",
    [
        "热线400-820-8820，客服95588，报警110，市长12345",
        "电话 4008208820",
        "电话：800-810-1234",
        "call +1 800 555 1234",
        "phone: 888-555-1234",
        "+852 1123 4567",
        "+853 5612 3456",
        "0912-345-67",
        "+999 1234 567890",
        "订单号：0912-345-678",
        "415-555-2671",
        "phone: 115-555-2671",
        "1381\n2345678",
        "138\n1234\n5678",
        "2019\n2020\n2021",
        "91234567",
        "金额+44 20 7946 0958元",
        "+2024-12-06",
        "一三八一二三四五六七八九十",
        "第一三八条、第一二三四条",
        "手机138****5678",
        "GMT+0800 20241206",
    ],
)
def test_what_is_no_telephone_is_left(text: str) -> None:
    """Services, prefixes that no plan has, order numbers, columns of figures and dates are nobody's telephone."""
    assert found(text) == set()


@pytest.mark.parametrize(
    "surface",
    [
        "zhangsan[at]163[dot]com",
        "zhangsan(at)163.com",
        "zhangsan（at）163（点）com",
        "zhangsan{at}163{dot}com",
        "zhangsan AT 163 DOT com",
        "zhangsan at 163 dot com",
        "zhangsan_at_163_dot_com",
        "zhang.san [at] gmail [dot] com",
        "zhangsan艾特163点com",
        "zhangsan（艾特）163.com",
        "zhangsan@163点com",
        "zhangsan@163。com",
        "zhangsan @ 163 . com",
        "z h a n g @ 1 6 3 . c o m",
        "zhangsan&#64;163.com",
        "zhangsan#163.com",
        "zhangsan＃ｑｑ．ｃｏｍ",
        "zhangsan@\n163.com",
        "zhang\u200bsan@16\u200b3.com",
        "𝓏𝒽𝒶𝓃𝑔𝓈𝒶𝓃@163.com".replace("𝑔", "𝐠"),
        "ⓩⓗⓐⓝⓖ@163.com",
        "zhangsan@mail.example.com.cn",
        "li.lei@example.com",
        "13812345678@139.com",
    ],
)
def test_email_is_found_in_every_disguise(surface: str) -> None:
    """An address is found with its exact borders among Chinese words, however its signs are written."""
    assert found(f"邮箱是{surface}，谢谢") == {("EMAIL", surface)}


@pytest.mark.parametrize(
    "text",
    [
        "look at github.com",
        "available at docs.python.org",
        "see page#section.name",
        "https://a.com/index.html#foo.bar",
        "git@github.com:owner/repo.git",
        "scp ubuntu@host.example.com:/tmp/x .",
        "mysql://root:pass@db.example.com:3306/x",
        "@app.route @pytest.mark a@b",
        "package@1.2.3 icon@2x.png vue@next.js",
        "user@example.com、test1@example.com、xxxx@example.com、your_name@company.com",
        "C#开发. NET平台",
        "他在@朋友。com是什么",
    ],
)
def test_what_is_no_email_is_left(text: str) -> None:
    """Prose, code, anchors, accounts of machines and placeholders are no addresses."""
    assert {each for each in found(text) if each[0] == "EMAIL"} == set()


@pytest.mark.parametrize(
    "number", ["4008208820", "8008101234", "95588", "955880", "96110", "110", "12345", "10086", "12306"]
)
def test_numbers_of_services_are_told_apart(number: str) -> None:
    """Service numbers are nobody's."""
    assert is_service(number)


def test_people_are_no_services() -> None:
    """A mobile, a fixed and a local number are no services."""
    assert not any(map(is_service, ["13812345678", "01062781234", "62781234"]))


def test_plans_decide_what_is_a_number() -> None:
    """Mobile and fixed are told by the plan of the place, and what no plan has is none."""
    assert regional("852", "91234567") == ("+85291234567", "MOBILE")
    assert regional("852", "23456789") == ("+85223456789", "LANDLINE")
    assert regional("886", "0912345678") == ("+886912345678", "MOBILE")
    assert regional("852", "11234567") is None
    assert regional("853", "6612345") is None
    assert foreign("442079460958") is not None
    assert foreign("9991234567890") is None
    assert foreign("11155552671") is None
    assert one_form("138 1234 5678", is_mobile=True) is None
