"""Accounts and devices in the words of chats, logs and records: each class of writing, and what only comes near it."""

import pytest

from pii.checksums import vin_check
from tests.fakes.finds import finds
from tests.fakes.identities import card

SECRET = "Sun@054" + "bkt"
KEY = "0kfAUklqnQEgCBhXk7R83EOE51" + "nQi5P9pa61"
HEX = "84119d64d9570a83401c4788d686a1af27c9c21737c567f0ba6f37302376047a"
UUID = "AC1553CD-30A8-98F7-1FCD-4703B926796A"
HANDSET = card(3, "86", 15)
PLASTIC = card(5, "622588", 16)
FRAME = "LSVUX60L" + vin_check("LSVUX60L0AS240239") + "AS240239"
SCANNED = FRAME[:13] + FRAME[13:].replace("0", "O")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("误将查询密码当众念出（635171），坐席打断", "635171"),
        ("让我把资金密码写在纸上交过去，我写了 038198，不该", "038198"),
        ("存折在米缸底下，取钱按 833924 六个数", "833924"),
        ("WARN ivr - pin retry=2 input=172038 (DEBUG", "172038"),
        ("骗子：“念一下卡背面签名栏最后三个数字。”\n受害人：“950”。", "950"),
        ("CVV2 keyed by merchant 069\n", "069"),
        ("the three digits on the back are 731", "731"),
        ("信用卡“卡片正面月年”10 / 27，用于补录", "10 / 27"),
        ("Card. Valid thru (MM/YY): 02 / 31    ", "02 / 31"),
        (f"客户：{PLASTIC}，01/30\n", "01/30"),
        (f"请填卡号、CVN。\n回填记录：{PLASTIC}、414\n", "414"),
        (f"请回复卡号+有效期+卡背三位+取款密码。\n回复：{PLASTIC} 01/33 368 085730\n", "085730"),
    ],
)
def test_card_secrets_are_told_in_many_ways(text: str, value: str) -> None:
    """Keys to press, answers, logs and what is noted beside a card are secrets of the card."""
    assert ("BANK_CVV_PWD", value) in finds(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("证券指定交易撤至贵司，依次为 A177940277、A706940342；", "A706940342"),
        ("由甲/A363441182 转至乙：300175.SH 3000股", "A363441182"),
        ("另有封闭式基金一户，341915663205，暂不动", "341915663205"),
        ("深市和基金通用的十二位呢\n股民：537773105955，", "537773105955"),
        ("营业部让填“一码通”，我查出来 338243566929，对不对", "338243566929"),
        ("基金账号，十二位的。\n客户：018 769 083 495。", "018 769 083 495"),
        ("公积金职工账号：341915663205", "341915663205"),
    ],
)
def test_investors_accounts_are_told_in_many_ways(text: str, value: str) -> None:
    """A number in the shape of an investor's account counts where shares and funds are spoken of."""
    assert ("SECURITIES_ACC", value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("QQ", "或者口口839261631，备注", "839261631"),
        ("QQ", "私信过来，扣: 7600911598　", "7600911598"),
        ("QQ", "对方 QQ 号系 992854032（页 20）", "992854032"),
        ("QQ", "QQ 交流请加作者本人 958429633，", "958429633"),
        ("QQ", "答：QQ 有两个，4328518563 和 927141312，", "927141312"),
        ("QQ", "Q3：管理审核用的扣号？ A：418342940\n", "418342940"),
        ("WECHAT", "QQ / WeChat: 986937706 / leo_54\n", "leo_54"),
        ("WECHAT", "WeChat works too: lei_li1930\n", "lei_li1930"),
        ("WECHAT", "微信同号不常用，那个是 tony_8459。", "tony_8459"),
        ("SOCIAL_ACCOUNT", "微博小号也给你们贴上：lei_3710", "lei_3710"),
        ("SOCIAL_ACCOUNT", "先用臉書加我，帳號叫 leo88_541，", "leo88_541"),
        ("SOCIAL_ACCOUNT", "脆｜4436498988\n", "4436498988"),
        ("SOCIAL_ACCOUNT", "賴的ID是momo_492", "momo_492"),
        ("SOCIAL_ACCOUNT", "Q2：你的B站账号？ A：8338036344\n", "8338036344"),
        ("SOCIAL_ACCOUNT", "账号 9890617892\n密码 ", "9890617892"),
        ("SOCIAL_ACCOUNT", "用户 5968525884（论坛账号）", "5968525884"),
        ("SOCIAL_ACCOUNT", "微博＿8702078675＿ 知乎＿＿", "8702078675"),
        ("ACCOUNT_SECRET", f"密码“{SECRET}”改了三次", SECRET),
        ("ACCOUNT_SECRET", f"租客：WiFi 密码？\n房东：{SECRET}\n", SECRET),
        ("ACCOUNT_SECRET", f"`lei81@mail.example.org` / `{SECRET}`，", SECRET),
        ("ACCOUNT_SECRET", f"密码由“abc”改成“{SECRET}”", SECRET),
        ("ACCOUNT_SECRET", f"密码：\n{SECRET}\n", SECRET),
        ("ACCOUNT_SECRET", f"login: lei81 / {SECRET}", SECRET),
        ("ACCOUNT_SECRET", f"账号/密码：lei81 / {SECRET}", SECRET),
        ("ACCOUNT_SECRET", f'<string name="saved_password">{SECRET}</string>', SECRET),
        ("ACCOUNT_SECRET", f"API token for the booking engine: {KEY}\n", KEY),
    ],
)
def test_accounts_are_told_in_many_ways(entity: str, text: str, value: str) -> None:
    """Nicknames of the services, clauses between, answers in the same line and pairs name an account or a secret."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("IDFA", f"Identifier for Advertisers stored in plain text: {UUID}\n", UUID),
        ("IDFA", f"苹果给 IDFA\n测试：苹果 {UUID}\n", UUID),
        ("OAID", f"字段 oaid，值 {HEX}\n", HEX),
        ("OAID", f"getOAID success, value -> {HEX}\n", HEX),
        ("OAID", f"open_anonymous_id(HMS)=[{UUID.lower()}]", UUID.lower()),
        ("IMEI", f"getImei(0) -> {HANDSET}\n", HANDSET),
        ("IMEI", f"把十五位念一下。\n顾客：{HANDSET}\n", HANDSET),
        ("VIN", f"车辆识别代号 {SCANNED}\n", SCANNED),
        ("VIN", f"交强险保单 {FRAME}\n", FRAME),
    ],
)
def test_devices_are_told_in_many_ways(entity: str, text: str, value: str) -> None:
    """Sentences, calls of programs and scans of papers name a device or a car."""
    assert (entity, value) in finds(text)


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("BANK_CVV_PWD", "短信验证码482913，请勿泄露"),
        ("BANK_CVV_PWD", "取款密码错误次数3次，工号482913"),
        ("BANK_CVV_PWD", "卡背末三位在签名栏。\n房价：475亿元"),
        ("BANK_CVV_PWD", "编号 336 18675 2946 31 744 97947，CVV 已核"),
        ("SECURITIES_ACC", "型号 A526217098 现货"),
        ("SECURITIES_ACC", "基金代码 000001，交易时间 202401011230"),
        ("SECURITIES_ACC", "股票代码 600519，流水号 341915663205"),
        ("QQ", "QQ群号是 123456789，欢迎加入"),
        ("QQ", "企鹅有 30000000 只"),
        ("WECHAT", "微信小程序 demo_v123"),
        ("WECHAT", "在微信开发者工具中打开 project_2020"),
        ("SOCIAL_ACCOUNT", "抖音播放量 9583023345 次"),
        ("SOCIAL_ACCOUNT", "京东订单号：95830233451"),
        ("ACCOUNT_SECRET", "如果忘记密码，在 **Prerequisites** 部分"),
        ("ACCOUNT_SECRET", "[密码策略](/password-management.md#密码)"),
        ("ACCOUNT_SECRET", "lei29@example.cn [03/Nov/2023:21:40:55 +0800]"),
        ("OAID", f"device_id：\nimp_id：{UUID.lower()}\n"),
        ("IDFA", f"苹果 request {UUID}"),
        ("IMEI", f"订单 {HANDSET} 已发货"),
        ("VIN", f"合同编号 {SCANNED}"),
    ],
)
def test_what_comes_near_is_left(entity: str, text: str) -> None:
    """Codes sent once, figures, groups, software, paths, dates and fields of other names are nobody's."""
    assert entity not in {kind for kind, _ in finds(text)}
