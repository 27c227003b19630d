"""Whether a statement is about a person (个人信息主体): illness, crime and belief by themselves belong to nobody.

- A *sure* subject is I, a relative, a form of address, an anonymised or a full name right before the statement:
  statutes and handbooks hold none of these.
- An *open* subject (本人, 他, 患者, 客户) stands in statutes too, so the sentence must hold no word of theirs.
- What is *of a record* needs no sentence: a person's number, a part with a name (被保险人某某), a sex between commas
  stand within reach on either side.
"""

import re

from pii.gate import REACH
from pii.recognizers.words import END, HAN, words

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘"
    "杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦史顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚"
    "余覃江凌霍虞柯莫缪裘洪鲁柳鲍祝蓝阮奚樊屠詹裴翁荀甄靳芮滕邢卞巩殷倪褚尉骆佟佘辛冉舒瞿戚葛邝岑"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許瀋呂蘇盧蔣賈葉閻潘鍾範薑譚鄒陸龍萬錢湯黎喬賀賴龔"
)
_NO_NAMES = (
    "高[级等度新中校层]|马上|白[色天血]|石[油家]|易[于燃爆]|万[元一]|程[序度]|何[人种時时]|段落|毛[利病]|"
    "田间|史上|曾[经在任於于]|许[可多]|康复|温度|江[苏西河南北山]|余[额下款地]|洪[水涝灾]|凌晨|霍乱|柳[州树]|舒适|"
    "莫[不名过]|鲁[迅政东]|祝[福贺愿]|[林田陆黄].[区县市省镇乡村路]"
)
_KIN = (
    "爸爸?|妈妈?|爹|娘|父亲|母亲|父母|丈夫|妻子|老公|老婆|儿子|女儿|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥?|"
    "姐姐?|弟弟?|妹妹?"
    "|男友|女友|男朋友|女朋友|对象|同事|室友|闺蜜|朋友|岳父|岳母|婆婆|公公|舅舅?|姑姑?|叔叔?|爱人|媽媽|"
    "母親|父親|兒子|女兒|爺爺"
)
_SURE = re.compile(
    "(?<![自本])我(?![国國省市县區区行司院校部局军軍方党黨们們厂厰队隊会會社处處所办辦委站店镇鎮乡鄉村县縣矿港])"
    f"|我们[家全]|咱|(?<![{HAN}])(?:{_KIN})(?![{HAN}]{{0,2}}[法权權])|她(?!们|們)"
    f"|[{_SURNAMES}][某×Xx*][某×Xx*]?|[小老阿][{_SURNAMES}](?![{HAN}]?[店板路区])|(?:先生|女士|小姐|同学|"
    f"同學|大爷|阿姨)"
    r"|姓[ \t\u3000]?名|尾号(?:为|是)?[0-9]{4}|(?<![A-Za-z])(?:[Nn]ame\"?[:：=]|I(?:'m|'ve)?(?= )|[Mm]y |"
    r"[Hh]is |[Hh]er |[Hh]e |[Ss]he |M(?:rs?|s)\.? )"
    "|(?:该|这名|那名|一名|這名|該)(?:男子|女子|患者|病人|学生|學生|员工|員工|客户|客戶|同志)|网友|樓主|楼主|病友"
)
_OPEN = re.compile(
    "(?<![其吉])他(?![人们們国國方项項种種用物处處山乡鄉律])|本人|患者(?![的应應须])|病人|病患|客户|客戶|"
    "借款人|持卡人|受试者|犯罪嫌疑人|被告人?"
    r"|(?<![A-Za-z])(?:[Pp]atient|[Cc]ustomer|[Cc]lient|[Ss]ubject)(?![A-Za-z])|户主|孩子|宝宝|員工|员工|"
    r"职工|学生|候选人|应聘者"
)
_STATUTE = re.compile(
    "应当|不得|依照|依法|规定|条例|或者|是指|以下简称|下列|凡|情形|有权|必须|可以|予以|机关|主管|"
    "第[一二三四五六七八九十百0-9]{1,5}[条章款项]"
    "|應當|規定|不應|例如|比如|假设|如果|假如|若|人群|群体|研究(?![生员所院員])|指南"
)
_ADVERBS = (
    r"(?:[ \t\u3000]|[（(][^()（）\n]{0,16}[)）]|[,，:：]|[0-9]{2,4}[年月日岁歲]|[0-9]{1,2}[月日]|于|於|在|"
    r"曾经?|已经?|从小|一直|也|都|又|还|因|并|是|系"
    r"|目前|现在?|去年|今年|前年|最近|上周|昨天|近日|被|经|医院|检查|不幸|长期|的|父亲|母亲)*"
)
_NAME = re.compile(
    f"(?<![{HAN}])(?!{_NO_NAMES})(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|司徒|东方|歐陽)[{HAN}]{{1,2}}?{_ADVERBS}$"
)
_PARTS = (
    "患者 病人 伤者 死者 患儿 当事人 被告人 原告 被告 嫌疑人 犯罪嫌疑人 罪犯 被执行人 上诉人 申请人 委托人 被保险人 "
    "受保人 投保人 出险人 借款人 持卡人 持有人 客户 用户 会员 业主 住户 户主 房客 住客 租客 旅客 乘客 乘机人 报销人 "
    "员工 职工 学员 学生 同学 候选人 应聘者 求职者 注册人 登记人 采集人 送检人 受检者 受检人 父亲 母亲 丈夫 妻子 配偶 "
    "儿子 女儿 家属 监护人 联系人 事主 机主 男嘉宾 女嘉宾 会友 信徒 教友 姐妹 弟兄 村民 居民 测试人员 网红 真名 本名"
)
_PART = re.compile(
    f"{words(_PARTS)}(?:[（(][^()（）\n]{{1,8}}[)）])?[:：为為是 \t\u3000]{{0,2}}"
    f"(?!{_NO_NAMES})(?:(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|司徒|尉迟|歐陽)[{HAN}某×*]{{1,2}}|[{HAN}]{{2,7}}·[{HAN}]|"
    "[A-Z][a-z]+ [A-Z])"
)
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-.]?[0-9]){8}(?![0-9])"
    r"|(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx](?![0-9A-Za-z])"
    r"|(?:身[ ]?[份分][ ]?[证證]|[护護]照|工号|学号|學號|社保卡?|住院号|门诊号|病历号|床号|保单号?|会员号|微信号?|警号)"
    r"[号码碼]{0,2}[^0-9A-Za-z\n。，,]{0,4}[A-Z]{0,3}[0-9]{2}"
    r"|(?:手机|手機|(?:联系|聯絡|家庭|住宅)?[电電][话話])[号码碼]{0,2}[^0-9A-Za-z\n。，,]{0,4}[0-9+]{3}[0-9 \-]{5}"
    r"|(?i:(?<![a-z])(?:phone|mobile|cell|passport|id(?: no\.?| number)?|wechat)[\" :=#]{1,4}[+A-Z]{0,3}[0-9]{3})"
)
"""A number that belongs to a person: a mobile, an identity number, one behind its word."""
_TRAITS = re.compile(
    f"(?<![{HAN}])[男女](?:性)?[ \t\u3000]?[，,/|、]|[{HAN}]{{2,8}}·[{HAN}]{{2,8}}"
    r"|(?:姓[ \t\u3000]?名|[Nn]ame|xm|xingming|曾用名|昵称)[\"' ]{0,2}[:：=|\t>\u3000]"
    "|(?:住址|籍贯|籍貫|户籍地?|現居|现住址?|家住|民族|年龄|年齡|婚姻状况|政治面貌)[:：\u3000]"
)
_NAMED = re.compile(
    f"(?<![{HAN}])(?!{_NO_NAMES})(?:[{_SURNAMES}]|欧阳|皇甫|上官|诸葛|司徒|令狐|尉迟)[{HAN}]{{2}}"
    "(?<![区县市省镇乡村路局部厅院会所站法条款项量性力物品类件度率费员])(?=[，,：:（(\\u3000]|[ ]?(?:先生|女士|小姐|"
    "家长))"
)
"""A full name that a comma, a colon or a bracket follows."""
_ENDS = re.compile(f"[{END}]")
_OUT_OF_A_SENTENCE = re.compile(f"[^{END}]*$")


def is_about_person(text: str, said: int, start: int, end: int, *, is_form: bool = False) -> bool:
    """Tell whether a statement is said of a person, from :data:`pii.gate.REACH` characters around the find.

    Args:
        text: Folded text.
        said: Where the statement begins, with the verb or label before the find.
        start: Where the find begins.
        end: Where the find ends.
        is_form: The statement is a field of a form or record, so the subject may stand in another line.
    """
    before = text[max(0, start - REACH + 1) : said]
    if is_of_record(text, said, start, end):
        return True
    if is_form:
        around = before + "\n" + text[end : end + REACH - 1]
        return bool(_SURE.search(around) or (_OPEN.search(around) and not _STATUTE.search(around)))
    sentence = _OUT_OF_A_SENTENCE.search(before)
    assert sentence is not None  # it matches the empty end too
    behind = _ENDS.split(text[end : end + 24], maxsplit=1)[0]
    if _SURE.search(sentence[0]) or _NAME.search(sentence[0]) or _SURE.match(behind.removeprefix("的")):
        return True
    whole = sentence[0] + text[said:end] + behind
    return bool(_OPEN.search(sentence[0]) or "本人" in behind) and not _STATUTE.search(whole)


def is_of_record(text: str, said: int, start: int, end: int) -> bool:
    """Tell whether what stands around ``[start, end)`` is written of one person, whatever the sentences are.

    Args:
        text: Folded text.
        said: Where the statement begins.
        start: Where the find begins.
        end: Where the find ends.
    """
    before, behind = text[max(0, start - REACH + 1) : said], text[end : end + REACH - 1]
    sentence = _ENDS.split(before)[-1] + text[said:end] + _ENDS.split(behind, maxsplit=1)[0]
    if _STATUTE.search(sentence):
        return False
    return any(each.search(part) for each in (_NUMBERS, _TRAITS, _PART, _NAMED) for part in (before, behind))
