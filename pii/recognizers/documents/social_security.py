"""Social security and medical insurance (社会保障卡, 医疗保险): numbers of cards and of the insured, by their label.

LD/T 32 gives the social security number as the identity number, which is found as one; the card has one or two letters
and eight digits or digits alone, by place. Certainty: common knowledge; there is no national numbering of cards.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import Found, is_something_else
from pii.recognizers.documents.alone import stands_alone
from pii.recognizers.labels import (
    LabelledRecognizer,
    answered,
    followed,
    is_mentioned,
    label_cue,
    loosely,
    numbered,
)
from pii.recognizers.words import words

_LABELS = (
    "社保 社保卡 社保账号 社保编号 社保个人编号 社保电脑 社会保障卡 社会保障号 社会保障编号 "
    "社会保险号 社会保险编号 社会保险登记 养老保险号 养老保险编号 养老保险账号 "
    "医保 医保卡 医保账号 医保个人编号 医疗保险号 医疗保险编号 医疗保险卡 医疗保险证 医疗证 医疗卡 "
    "新农合 农合证 合作医疗证 参保号 参保编号 参保人 参保人编号 个人参保 个人编号 健保 健保卡 劳保 "
    "医保编号 医保证 医保电子凭证 医保个人账号 社保证 社保序 社保个人账号 社保个人账户 "
    "参保凭证 社保凭证 医保凭证 电子社保卡 电子医保卡 参保卡 社保码 社会保障码 医疗证号 社保个人号 医保个人号 "
    "参保序号 参保个人编号 社会保障 社会保险个人编号 养老保险 "
    "工伤保险编号 失业保险编号 生育保险编号 参保证 参保人员编号 保障卡 保障号 农保 新农保 市民卡 民生卡 惠民卡 "
    "ybkh ybh ybbh ybzh ybk sbkh sbh sbbh sbzh shbzh shbzkh grbh ylbxh cbh ssn sscard "
    "ssc ssc_card ssc_card_no si_card si_card_no shebao shebao_card yibao yibao_card mi_card hi_card med_card "
    "medical_card insurance_card insurance_card_no insured_no psn_no mdtrt_cert_no shbzhm sbkhm ybkhm sbk ylbxkh "
    "social_security social_security_card social_insurance medical_insurance health_insurance insured"
)

_HEADS = (
    "社保 医保 参保 社会保障 社会保险 医疗保险 养老保险 工伤保险 生育保险 失业保险 健保 农合 农保 劳保 医疗证 医疗卡 "
    "保障卡"
)
_ENGLISH = "social_security social_insurance medical_insurance health_insurance medicare_card social_card"
_NUMBER = "(?:[A-Za-z]{1,2}[0-9]{6,12}|[0-9]{8,12})"
_CARD = "[A-HJ-Za-hj-z][0-9]{8}"
"""A letter and eight digits: the commonest numbering of cards."""
_CARD_ONLY = re.compile("[A-Za-z][ \t\\-]?[0-9]{8}")
_LABELLED_CARD = 860
"""Score of one behind its label: above that of a permit or passport of that form, whose word may stand further off."""
_WORDS = re.compile(
    words(
        f"{_HEADS} 持卡 卡面 补卡 制卡 领卡 卡片 就医 就诊 药店 购药 报销 缴费基数 待遇 统筹 人社 养老 医疗 低保 "
        "灵活就业 城乡居民 市民卡 民生卡 惠民卡 保险卡 12333"
    )
    + "|(?i:social[ _-]?(?:security|insurance)|medicare|insured"
    r"|she_?bao|med_?ins|shbz|yi_?bao|yb_?(?:card|ka)|sb_?(?:card|ka)|(?:health|medical|insurance)[ _-]?card"
    r"|(?<![a-z])(?:ssc|ssn|sbk|ybk|sbkh|ybkh|si_?(?:card|no))(?![a-z]))"
)
_LISTED = re.compile(f"(?:{_CARD}[ \t\u3000]?[、，,;；/\n][ \t]?){{2}}$")
_GAP = r"[ \t\u3000]{0,2}[,，;；|、\t\u3000 /][ \t\u3000]{0,2}"
_PERSON_BEFORE = re.compile(f"(?<![0-9])(?:[1-8][0-9]{{16}}[0-9Xx]|1[3-9][0-9]{{9}}){_GAP}$")
_PERSON_BEHIND = re.compile(f"{_GAP}(?:[1-8][0-9]{{16}}[0-9Xx]|1[3-9][0-9]{{9}})(?![0-9])")
"""An identity number or a mobile number in the cell beside it."""
_PART = re.compile(r"(?i)(?:[PS]/N|LOT|小票|[批型料款]号)[^0-9A-Za-z]{0,3}$")
"""What is before the number of a thing."""
_OTHER_PAPER = re.compile(words("护照 通行证 台胞 回乡 港澳 台湾 签证 证券 股东") + "|(?i:passport|permit|visa)")


class SocialSecurityRecognizer(LabelledRecognizer):
    """Finds numbers of social security and medical insurance behind their label (LD/T 32)."""

    entities: ClassVar = ("SOCIAL_SECURITY",)
    labels: ClassVar = ("社保卡号",)
    cues: ClassVar = (label_cue(f"{_LABELS} {_HEADS} {_ENGLISH}", 64), Cue(f"{_NUMBER}", before=0, after=REACH))
    expressions: ClassVar = (
        numbered(
            _LABELS,
            r"(?:[A-Za-z]{0,2}[ \t\-]?[0-9](?:[ \t\u3000.\-]?[0-9]){5,18}[0-9Xx]"
            r"|[A-Za-z](?:[ \t]?[|/ _][ \t]?[0-9]){8})",
        ),
        loosely(_HEADS, _NUMBER),
        followed(_NUMBER, f"{_HEADS} {_ENGLISH}"),
        loosely(_ENGLISH, _NUMBER),
        answered(_HEADS, _NUMBER),
        re.compile(f"(?<![0-9A-Za-z])(?P<bare>{_CARD})(?![0-9A-Za-z])"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Demand the label, or of a number in the form of a card that it is spoken of, or in a row of a person's."""
        if match.lastgroup != "bare":
            found = super().judge(text, match)
            is_card = found and match.lastgroup == "value" and _CARD_ONLY.fullmatch(match["value"])
            return found._replace(score=_LABELLED_CARD) if found and is_card else found
        start, end = match.span()
        if is_something_else(text, start, end) or _PART.search(text, max(0, start - 8), start):
            return None
        if is_mentioned(_WORDS, text, start, end) and not is_mentioned(_OTHER_PAPER, text, start, end):
            return Found(start, end, "SOCIAL_SECURITY", 540)
        is_in_row = _PERSON_BEHIND.match(text, end) or _PERSON_BEFORE.search(text, max(0, start - 28), start)
        is_in_row = is_in_row or _LISTED.search(text, max(0, start - 28), start)
        return Found(start, end, "SOCIAL_SECURITY", 510) if is_in_row and stands_alone(text, start, end) else None
