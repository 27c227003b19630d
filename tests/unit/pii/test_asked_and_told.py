"""How numbers are told: asked for in one line and answered in the next, by field names, before their word, in pairs."""

import pytest

from tests.fakes.finds import finds
from tests.fakes.identities import card
from tests.fakes.papers import hong_kong, old_citizen, taiwan

HEX = "84119d64d9570a83401c4788d686a1af27c9c21737c567f0ba6f37302376047a"
UUID = "AC1553CD-30A8-98F7-1FCD-4703B926796A"
OTHER_UUID = "4A4B8FA5-1F1C-5190-6A41-0F2524337EAD"
HANDSET = card(3, "86", 15)
SUBSCRIBER = "460017799458189"
PLASTIC = card(5, "622588", 16)


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("SOCIAL_SECURITY", "甲：你社保卡上那个号发我一下\n乙：12345678\n", "12345678"),
        ("DRIVER_LICENCE", '甲："档案编号"十二位填一下\n乙：610113091977\n', "610113091977"),
        ("BANK_CVV_PWD", "客服：支付密码也要\n事主：655665\n", "655665"),
        ("BANK_CVV_PWD", "来电：支付密码好像被人看到了，原来是893430，要改", "893430"),
        ("OAID", f"甲：OAID 报给我\n乙：{HEX}\n", HEX),
        ("QQ", "甲：你QQ多少\n乙：那就447275640\n", "447275640"),
        ("WECHAT", "甲：微信给一个\n乙：momo_36\n", "momo_36"),
        ("TW_PERMIT", "客服：台胞证正面的号码，8位数字，不含后面的\n用户：那就04338416\n", "04338416"),
        ("MOID", "主辦：佢報澳門身份證都得\n學員：佢個15123961\n", "15123961"),
        ("SOCIAL_SECURITY", "社保卡丢了要挂失，卡号我抄下来了，F01791438。", "F01791438"),
    ],
)
def test_an_answer_belongs_to_its_question(entity: str, text: str, value: str) -> None:
    """A number that one line asks for and the next one gives is found, and so is one told a clause later."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("IMEI", f'"deviceImei":"{HANDSET}"', HANDSET),
        ("IMSI", f'{{"subscriberId":"{SUBSCRIBER}"}}', SUBSCRIBER),
        ("SOCIAL_SECURITY", "hsa-gw ssc_no=K45937205 ip=", "K45937205"),
        ("SECURITIES_ACC", '"stockholderAcc":"A789218320"', "A789218320"),
        ("DRIVER_LICENCE", "OR dabh = '110105493501'", "110105493501"),
        ("DRIVER_LICENCE", "Driving licence file no.: 610113950313\n", "610113950313"),
        ("MAINLAND_TW", "(1, 'MAINLAND_TO_TAIWAN_PERMIT', 'T29262999')", "T29262999"),
        ("MAINLAND_HKMO", "doc=HKMOPASS no=CB3748347 result=PASS", "CB3748347"),
        ("HKMO_PERMIT", "home_visit_permit: M50338033", "M50338033"),
        ("OAID", f"body: oa_id%3D{HEX}&x=1", HEX),
        ("IDFA", f"&adv_id={UUID}", UUID),
        ("BANK_CVV_PWD", "payPwd=156551 ", "156551"),
        ("MILITARY_ID", '"certType": "SOLDIER", "certNo": "士字第8623024号"', "士字第8623024号"),
    ],
)
def test_field_names_name_a_number(entity: str, text: str, value: str) -> None:
    """Field names of programs count as labels: camel case, initials of pinyin, English, the query of a URL."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("IMEI", f"拿到 {HANDSET}（IMEI，仅旧机）、", HANDSET),
        ("IMSI", f"拿到 {SUBSCRIBER}（IMSI）；", SUBSCRIBER),
        ("IDFA", f"拿到 {UUID}（IDFA）；", UUID),
        ("OAID", f"拿到 {HEX}（OAID）、", HEX),
        ("DRIVER_LICENCE", "3301 0631 0214 ← 驾照档案编号，年审要用", "3301 0631 0214"),
        ("SOCIAL_ACCOUNT", "hai44_316（微博）", "hai44_316"),
        ("TW_ID", f"報案人 賈華曉（{taiwan(2)}），", taiwan(2)),
        ("CN_ID15", f"中华人民共和国居民身份证\n编号 {old_citizen(1)}\n", old_citizen(1)),
        ("MOBILE", "打这个 139●5874●1295 ，", "139●5874●1295"),
        ("CN_ID15", f"职工档案 {old_citizen(2)}", old_citizen(2)),
    ],
)
def test_a_word_behind_or_around_names_a_number(entity: str, text: str, value: str) -> None:
    """The word in brackets behind, the name of the person and the name of the paper tell what a number is."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text", "values"),
    [
        ("OAID", f"WHERE oaid IN ('{HEX}', '{HEX[::-1]}')", (HEX, HEX[::-1])),
        ("IDFA", f'"idfa": ["{UUID}", "{OTHER_UUID}"]', (UUID, OTHER_UUID)),
        ("QQ", "QQ：656225271/445955599", ("656225271", "445955599")),
        ("CN_PASSPORT", "我和孩子两本，E79581206、EA3092493", ("E79581206", "EA3092493")),
        ("BANK_CVV_PWD", f"{PLASTIC} / 03-27 / 575\n", ("03-27", "575")),
        ("LANDLINE", "电话0571-87654321/87654322", ("0571-87654321", "87654322")),
    ],
)
def test_one_label_names_two(entity: str, text: str, values: tuple[str, ...]) -> None:
    """What stands beside a named value, parted from it by a comma or a stroke, is named too."""
    assert {(entity, value) for value in values} <= set(finds(text))


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("SOCIAL_SECURITY", "甲：社保卡丢了怎么办？\n客服电话：12345678\n"),
        ("SOCIAL_ACCOUNT", "INSERT INTO kol (real_name, douyin_id, xhs_id, wechat, qq) VALUES"),
        ("BANK_CVV_PWD", "https://example.edu/csc321/slides"),
        ("BANK_CVV_PWD", "12345678 / 03-27 / 575"),
        ("MOID", "澳门口岸今日通关 15123961 人次"),
        ("MILITARY_ID", "府教文字第1000123号"),
        ("IMEI", f"订单 {HANDSET} 已发货"),
        ("OAID", f"oaid 为空，commit {HEX}"),
        ("IDFA", f"idfa=,request_id={UUID}"),
        ("OAID", f"oaid= evt=click reqid={UUID}"),
        ("IDFA", f'"idfa_md5":"{HEX[:32]}"'),
        ("TW_PERMIT", "工号 04338416"),
        ("CN_PASSPORT", "配件 E79581206、E79581207"),
    ],
)
def test_a_word_near_is_not_enough(entity: str, text: str) -> None:
    """The next column, a telephone that answers, a citation and a part number name nobody."""
    assert entity not in {kind for kind, _ in finds(text)}


def test_a_closing_tag_is_no_label() -> None:
    """What follows the end of an element belongs to the next one."""
    found = finds("<ybkh>E28955409</ybkh>\n <yqip>192.168.0.39</yqip>")
    assert [value for entity, value in found if entity == "SOCIAL_SECURITY"] == ["E28955409"]


def test_a_card_number_has_no_letter_before() -> None:
    """Digits that go on from letters are a serial number even beside a word for cards, unless an issuer is known."""
    number = card(4, "9494", 17)
    assert ("BANK_CARD", number) in finds(f"银行卡 {number}")
    assert ("BANK_CARD", number) not in finds(f"手机银行支付密码\nP/N B{number}")


def test_eight_characters_in_brackets_behind_a_name_are_a_card() -> None:
    """A Hong Kong number behind a name needs no word, and none without the name is taken."""
    number = hong_kong(3).replace("(", "").replace(")", "")
    assert ("HKID", number) in finds(f"何軒靜（{number}）茲授權")
    assert ("HKID", number) not in finds(f"型号 {number} 现货")
