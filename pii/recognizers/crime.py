"""Record of a person (违法犯罪记录): a penalty, its cause and its term, said of somebody, or a field of a form.

GB/T 35273-2020 annex B 其他信息 (未公开的违法犯罪记录), GB/T 45574-2025 annex A 特定身份信息. Covered is cause, verdict
and term. Penalties in statutes and of nobody in particular are left; whether a published judgment may stay is for
people.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.spoken import SpokenRecognizer
from pii.recognizers.words import END, HAN, NAMED, labelled, words

_PENALTIES = (
    "有期徒刑 无期徒刑 拘役 管制 死刑 死缓 缓刑 判刑 行政拘留 刑事拘留 司法拘留 治安拘留 刑拘 拘留 逮捕 "
    "批捕 强制隔离戒毒 强制戒毒 社区戒毒 劳动教养 劳教 "
    "行政处罚 治安处罚 获刑 判刑 通缉 取保候审 立案侦查 提起公诉 起诉"
)
_NOUNS = (
    "前科累累 留有案底 留下案底 刑满释放 服过刑 服刑 入狱 坐过牢 坐牢 蹲过监狱 蹲过看守所 吸毒史 吸过毒 假释 劳改过"
)
_ENGLISH = r"(?i:(?:convicted of|sentenced to|arrested for|jailed for|served time for|charged with)[ \t][^.;,\n]{3,40})"
_TERM = (
    r"(?:(?:了|为|處|处)?[ \t]?[一二两兩三四五六七八九十0-9]{1,3}[ \t]?(?:年|个月|個月|日|天|"
    r"次)(?:零?[一二三四五六七八九十0-9]{1,2}[ \t]?个?月|半)?)?"
)
_PASSED = r"(?:被(?!告)|获|獲|受到?|判|遭)"
_FIELDS = "犯罪记录 违法记录 犯罪纪录 违法犯罪纪录 违法犯罪记录 前科 犯罪前科 criminal_record"
_IN_FIELD = f"[^{END}|,，\"'<]"
_DEEDS = "罪|前科|盗窃|吸毒|诈骗|斗殴|赌博|嫖娼|酒驾|醉驾|竊盜|詐騙"
_FIELD_VALUE = rf"(?!无|没有|無|未)(?={_IN_FIELD}{{0,24}}(?:{words(_PENALTIES)}|{_DEEDS})){_IN_FIELD}{{2,48}}"


class CrimeRecognizer(SpokenRecognizer):
    """Finds the record of a person: cause, verdict, term, previous convictions (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("CRIME",)
    cues: ClassVar = (
        Cue(words(_PENALTIES), before=72, after=24),
        Cue(words(_NOUNS), before=8, after=8),
        Cue("前科|案底|(?:犯罪|违法)[记紀纪][录錄]", before=12, after=0),
        Cue("[判坐][了过处刑]{0,2} ?[一二两兩三四五六七八九十0-9]{1,2} ?年", before=2, after=12),
        Cue(words(_FIELDS), before=0, after=72),
        Cue("(?i:convicted|sentenced|arrested|jailed|served|charged)", before=0, after=64),
    )
    expressions: ClassVar = (
        re.compile(
            rf"(?<![原])(?P<said>(?:曾?因|涉嫌|曾?犯|"
            rf"以(?!对))[^{END}]{{1,24}}?(?:{_PASSED}[^{END}]{{0,16}}?{words(_PENALTIES)}|[获獲判]刑){_TERM})"
        ),
        re.compile(rf"(?P<said>{_PASSED}[^{END}，,]{{0,14}}?{words(_PENALTIES)}{_TERM})"),
        re.compile(f"(?P<said>{words(_NOUNS)})"),
        re.compile(f"(?<![没沒未所])(?P<said>有过?[{HAN}]{{0,6}}?(?:前科|案底|犯罪记录|犯罪紀錄|违法记录|犯罪纪录))"),
        re.compile(
            "(?P<said>(?:坐[了过]?|被?判[了处刑]{0,2})[ ]?[一二两兩三四五六七八九十0-9]{1,2}[ ]?年(?:半|"
            "零?[一二三四五六七八九十0-9]{1,2}个月)?牢?)"
        ),
        re.compile(rf"(?<![A-Za-z])(?P<said>{_ENGLISH})"),
        labelled(_FIELDS, _FIELD_VALUE, NAMED),
    )
    general: ClassVar = re.compile(
        r"[ \t]?(?:的?(?:人|人员|犯罪|罪犯|罪|情形|条件|期限|决定|公民|未成年人|单位|个人|处罚)|者|以[上下]|"
        r"或者|、|期满|期间的)"
    )
