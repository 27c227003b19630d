"""What is told by words: found where it is somebody's, left where the words are nobody's."""

import pytest

from pii.entities import ENTITIES
from pii.recognizers import recognizers
from pii.recognizers.accounts.bank_card import BankCardRecognizer
from tests.fakes.identities import card, near_miss
from tests.fakes.told import TOLD

_OURS = [each for each in recognizers() if set(each.entities) & set(TOLD)]


def found(text: str) -> list[tuple[str, str]]:
    """Return type and surface of every find of these recognisers, overlapping ones too."""
    finds = {(e.start, e.end, e.entity_type) for each in _OURS for e in each.analyze(text, list(each.entities))}
    return [(entity, text[start:end]) for start, end, entity in sorted(finds) if entity in TOLD]


@pytest.mark.parametrize(("entity", "text"), [(entity, text) for entity, texts in TOLD.items() for text in texts])
def test_it_is_found(entity: str, text: str) -> None:
    """Every writing, in either script, split, in tables and records, is found as its type."""
    assert entity in {label for label, _ in found(text)}


def test_every_type_has_writings() -> None:
    """Each type of the table has eight writings at least."""
    assert set(TOLD) <= set(ENTITIES)
    assert all(len(texts) >= 8 for texts in TOLD.values())


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("CVV：123", "123"),
        ("支付密码：135790。", "135790"),
        ("证券账号：A123456789，", "A123456789"),
        ("我的月薪是15000元，", "月薪是15000元"),
        ("姓名：李雷 月薪：8000元", "8000元"),
        ("他被确诊为2型糖尿病，", "2型糖尿病"),
        ("病历号：20230001234", "20230001234"),
        ("我信仰佛教。", "信仰佛教"),
        ("他是一名虔诚的基督徒。", "虔诚的基督徒"),
        ("我是同性恋。", "同性恋"),
        ("张某因盗窃罪被判处有期徒刑三年。", "因盗窃罪被判处有期徒刑三年"),
        ("我坐MU5101，座位12C", "MU5101，座位12C"),
        ("他毕业于北京大学。", "北京大学"),
        ("支\u200b付密码：1357\u200b90。", "1357\u200b90"),
    ],
)
def test_the_value_is_covered(text: str, surface: str) -> None:
    """A find is the value with what makes it personal, not the sentence."""
    assert surface in {value for _, value in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "CVV：12",
        "CVV：12345",
        "安全码长度为3位",
        "支付密码应为6位数字",
        "支付密码：******",
        "有效期：13/28",
        "有效期至2030-01-01",
        "mapping 1234",
        "stats auth admin:pin5cap",
        "基金代码：000001",
        "证券账户共1.5亿户",
        "资金账户余额100000元",
        "我国居民存款余额为140万亿元",
        "全国居民人均可支配收入36883元",
        "公司营业收入15000万元",
        "月薪15000元，五险一金",
        "贷款额度最高不超过50万元",
        "我的银行卡里有余额",
        "芝麻信用分750以上可免押金",
        "张三 13812345678\n李四 13912345678",
        "联系电话 13812345678\n客服热线 13912345678\n传真 13712345678",
        "[10:01] 张三：在吗\n[10:02",
        "2024-01-01 10:00:00 INFO: started\n2024-01-01 10:00:01 WARN: slow\n2024-01-01 10:00:02 INFO: done",
        "2024-01-01 10:00:00 错误：失败\n2024-01-01 10:00:01 警告：重试\n2024-01-01 10:00:02 信息：完成",
        "8:30 集合，9:30 到达故宫，12:00 在饭店午餐，18:00 返回酒店",
        "G102次列车8:00从北京南站发车，12:38到达上海虹桥站",
        "CA1234航班每天一班",
        "会议室302室",
        "学历：本科及以上",
        "具有大学本科以上学历的人员",
        "毕业于",
        "指纹模板应当加密存储",
        "人脸特征向量的维度为512",
        "病毒DNA序列：ATCGATCGATCGATCGATCGATCG",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    """A wrong length, a missing person, a list too short or a rule about the value is no find."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "患有精神病的人，由其监护人代理。",
        "经诊断为职业病的，用人单位应当承担治疗费用。",
        "糖尿病是一种常见的慢性病，患者应当控制饮食。",
        "故障诊断：日志出现异常",
        "正常成人空腹血糖为3.9-6.1mmol/L",
        "公民有宗教信仰自由，信仰佛教的公民应当遵守法律。",
        "佛教于汉代传入，伊斯兰教于唐代传入。",
        "穆斯林是信仰伊斯兰教的人。",
        "社会应当尊重同性恋群体的权利。",
        "性取向歧视应当禁止",
        "犯盗窃罪的，处三年以下有期徒刑、拘役或者管制。",
        "被判处有期徒刑的犯罪分子，可以减刑。",
        "曾因犯罪受过刑事处罚的，不得担任证券公司的董事。",
        "任何人不得因信仰受到歧视",
        "无犯罪记录证明",
        "犯罪记录：无",
        "他没有前科，也无不良记录",
        "The patient group with diabetes was larger.",
        "Salary and income are taxed at 20%.",
        "<MEDICAL>、<CRIME>和<CREDIT_INFO>",
        "我<CREDIT_INFO>，他<CRIME>，患有<MEDICAL>",
    ],
)
def test_general_prose_is_left(text: str) -> None:
    """Illness, belief, crime and money in statutes, teaching and our own tags belong to nobody."""
    assert found(text) == []


def test_a_value_inside_keeps_its_own_type() -> None:
    """Turns of a dialogue score below every number, so that a number inside a turn is found as what it is."""
    chat = next(each for each in _OURS if "CHATLOG" in each.entities)
    finds = chat.analyze(TOLD["CHATLOG"][0], ["CHATLOG"])
    assert finds
    assert all(each.score < 0.5 for each in finds)


_CARDS = [
    ("", "621700", 19, ""),
    ("| ", "622848", 19, " |"),
    ("card_no=", "955880", 19, "&"),
    ('{"acct":"', "436742", 19, '"}'),
    ("<td>", "411111", 16, "</td>"),
    ("Amex ", "378282", 15, "."),
    ("", "220070", 16, ""),
    ("Diners card ", "305693", 14, ""),
    ("Maestro: ", "501800", 18, ""),
    ("匯款帳號：", "888888", 16, ""),
    ("还款卡", "690755", 15, "，"),
]


@pytest.mark.parametrize(("before", "prefix", "length", "behind"), _CARDS)
def test_cards_of_all_networks_are_found(before: str, prefix: str, length: int, behind: str) -> None:
    """A card is found by its network's prefix or a word around, in tables, logs and records; a near miss is left."""
    number = card(5, prefix, length)
    for value, count in ((number, 1), (near_miss(number), 0)):
        finds = BankCardRecognizer().analyze(before + value + behind, ["BANK_CARD"])
        assert [(each.start, each.end) for each in finds] == [(len(before), len(before) + length)] * count
