"""Statements about a person: the word, the clause around it, and the person it needs."""

import re

import pytest

from pii.recognizers.clauses import clause
from pii.recognizers.statements.illness import ILLNESS, SURGERY
from pii.recognizers.subjects import is_of_record
from tests.fakes.finds import finds
from tests.fakes.identities import mobile

PHONE = mobile(7)


@pytest.mark.parametrize(
    ("entity", "text", "said"),
    [
        ("MEDICAL", f"李雷，男，左股骨颈骨折，电话{PHONE}", "左股骨颈骨折"),
        ("MEDICAL", f"家庭情况：父亲王伟尿毒症，母亲务工，{PHONE}", "尿毒症"),
        ("MEDICAL", f"伤情：左手食指末节离断\n家属 {PHONE}", "左手食指末节离断"),
        ("RELIGION", f"买买提·玉素甫（穆斯林），{PHONE}", "穆斯林"),
        ("RELIGION", f"王芳　去年圣诞受洗　{PHONE}", "去年圣诞受洗"),
        ("SEX_ORIENT", f"李雷是形婚，他喜欢男的，{PHONE}", "形婚"),
        ("CRIME", f"被告人王伟因合同诈骗罪被判处有期徒刑二年，{PHONE}", "因合同诈骗罪被判处有期徒刑二年"),
        ("CRIME", f"买买提·玉素甫，抢劫罪，服刑九年，2020年减刑出狱，{PHONE}", "抢劫罪，服刑九年，2020年减刑出狱"),
        ("CREDIT_INFO", "【某某银行】您尾号4417账户可用余额25526.74元。", "余额25526.74元"),
        ("EDU_WORK", f"王芳女士在县化肥厂当了二十年电工，{PHONE}", "在县化肥厂当了二十年电工"),
        ("EDU_WORK", f"姓名：李雷\n现职：电力设计院助理工程师\n{PHONE}", "电力设计院助理工程师"),
        ("LODGING_TRAVEL", f"旅客：李雷，行程：G7052 二等座 03车11F，{PHONE}", "G7052 二等座 03车11F"),
        ("LODGING_TRAVEL", f"续住 1605 房两晚，{PHONE}", "1605 房两晚"),
        ("BIOMETRIC", f"员工王芳芳，已采十指指纹、虹膜及DNA血卡，工号20230102，{PHONE}", "十指指纹"),
        ("CHATLOG", "他的微信里写着“想你了，你今晚来吧”，当场崩溃", "“想你了，你今晚来吧”"),
        ("CONTACTS", "手机里存着通讯录：老妈、二舅、房东赵哥、修车的", "老妈、二舅、房东赵哥、修车的"),
        ("CONTACTS", f"李雷手机内有通讯录共312人，{PHONE}", "通讯录共312人"),
        ("TRACK", f"李雷，男，上午九时过关，十一时在东门老街，傍晚六时返回上水，{PHONE}", "上午九时过关"),
        ("CN_MINOR", f"留守儿童：王小明，虚岁十一，{PHONE}", "虚岁十一"),
        ("CN_MINOR", f"1. 王小明　小班　妈妈{PHONE}", "小班"),
    ],
)
def test_what_is_said_of_a_person_is_found(entity: str, text: str, said: str) -> None:
    """Beside a person's number or trait the words of each type are found, with the clause that goes with them."""
    assert [value for kind, value in finds(text) if kind == entity and (said in value or value in said)]


@pytest.mark.parametrize(
    "text",
    [
        "左股骨颈骨折是常见的骨折。",
        "抢劫罪处三年以上有期徒刑。",
        "佛教徒到寺庙礼佛，穆斯林做礼拜。",
        "人脸照片及指纹应当加密存储",
        "通讯录共有3个字段",
        "消息“连接失败”表示超时",
        "上午九时开会，十一时结束",
        "幼儿园小班和大班的课程",
        "在集群侧部署工具当中",
        "月均收入三万元以下的家庭可以申请",
        "The patient group with diabetes was larger.",
    ],
)
def test_the_same_words_of_nobody_are_left(text: str) -> None:
    """Without a person around, in statutes, teaching and documentation, the same words are no finds."""
    assert finds(text) == []


def test_illness_is_put_together_from_its_parts() -> None:
    """Qualifier, organ and what is wrong with it make a disease; a hospital ward or a leave is none."""
    for name in (
        "左股骨颈骨折",
        "慢性肾功能不全",
        "右侧锁骨骨折",
        "急性阑尾炎",
        "2型糖尿病",
        "乳癌第二期",
        "室间隔缺损",
    ):
        assert re.fullmatch(ILLNESS, name)
    assert re.fullmatch(SURGERY, "甲状腺结节切除术后")
    assert re.search(ILLNESS, "肺结核病房") is None or re.fullmatch(ILLNESS, "肺结核病房") is None
    assert re.fullmatch(ILLNESS, "系统故障") is None


def test_a_clause_goes_as_far_as_its_matter() -> None:
    """A clause takes its adverbs and its end, and the next clause only where that holds words of the same matter."""
    text = "王伟2018年因诈骗被判刑三年，服刑两年，喜欢钓鱼。"
    start = text.index("诈骗")
    first, last = clause(text, start, start + 2, re.compile("刑"))
    assert text[first:last] == "2018年因诈骗被判刑三年，服刑两年"
    first, last = clause(text, start, start + 2, re.compile("(?!)"))
    assert text[first:last] == "2018年因诈骗被判刑三年"


def test_a_record_needs_a_person_and_no_statute() -> None:
    """A mobile, a sex between commas or a part with a name makes a record; words of a statute unmake it."""
    for person in (f"电话{PHONE}，", "姓名：李雷，", "李雷，男，", "被保险人王伟，", "买买提·玉素甫，"):
        text = person + "尿毒症"
        assert is_of_record(text, len(person), len(person), len(text))
    text = "患者应当申报，男，尿毒症"
    assert not is_of_record(text, 9, 9, len(text))
    assert not is_of_record("透析与尿毒症", 3, 3, 6)
