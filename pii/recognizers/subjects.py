"""Whether a statement is about a person (个人信息主体): illness, crime and belief by themselves belong to nobody.

- A *sure* subject is I, a relative, a form of address, an anonymised or a full name right before the statement:
  statutes and handbooks hold none of these.
- An *open* subject (本人, 他, 患者, 客户) stands in statutes too, so the sentence must hold no word of theirs.
"""

import re

from pii.gate import REACH
from pii.recognizers.words import END, HAN

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘"
    "杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦史顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許瀋呂蘇盧蔣賈葉閻潘鍾範薑譚鄒陸龍萬錢湯黎喬賀賴龔"
)
_NO_NAMES = (
    "高[级等度新中校层]|马上|白[色天血]|石[油家]|易[于燃爆]|万[元一]|程[序度]|何[人种時时]|段落|毛[利病]|"
    "田间|史上|曾[经在任於于]|许[可多]|康复|温度"
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
    if is_form:
        around = before + "\n" + text[end : end + REACH - 1]
        return bool(_SURE.search(around) or (_OPEN.search(around) and not _STATUTE.search(around)))
    sentence = _OUT_OF_A_SENTENCE.search(before)
    assert sentence is not None  # it matches the empty end too
    behind = re.split(f"[{END}]", text[end : end + 24], maxsplit=1)[0]
    if _SURE.search(sentence[0]) or _NAME.search(sentence[0]) or _SURE.match(behind.removeprefix("的")):
        return True
    whole = sentence[0] + text[said:end] + behind
    return bool(_OPEN.search(sentence[0]) or "本人" in behind) and not _STATUTE.search(whole)
