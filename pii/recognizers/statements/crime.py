"""Record of a person (违法犯罪记录): a penalty, its cause and its term, said of somebody, or a field of a form.

GB/T 35273-2020 annex B 其他信息 (未公开的违法犯罪记录), GB/T 45574-2025 annex A 特定身份信息. Covered is cause, verdict
and term. Penalties in statutes and of nobody in particular are left; whether a published judgment may stay is for
people.
"""

import re
from typing import ClassVar

from pii.gate import Cue, Sign
from pii.recognizers.clauses import WIDEST
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
_RECORD = "(?:前科|案底|犯罪记录|犯罪紀錄|违法记录|犯罪纪录)"
_ENGLISH = r"(?i:(?:convicted of|sentenced to|arrested for|jailed for|served time for|charged with)[ \t][^.;,\n]{3,40})"
_TERM = (
    r"(?:(?:了|为|處|处)?[ \t]?[一二两兩三四五六七八九十0-9]{1,3}[ \t]?(?:年|个月|個月|日|天|"
    r"次)(?:零?[一二三四五六七八九十0-9]{1,2}[ \t]?个?月|半)?)?"
)
_PASSED = r"(?:被(?!告)|获|獲|受到?|判|遭)"
_FIELDS = "犯罪记录 违法记录 犯罪纪录 违法犯罪纪录 违法犯罪记录 前科 犯罪前科 criminal_record"
_IN_FIELD = f"[^{END}|,，\"'<]"
_DEEDS = "罪|前科|盗窃|吸毒|诈骗|斗殴|赌博|嫖娼|酒驾|醉驾|竊盜|詐騙"
_OFFENCES = (
    "盗窃 偷窃 诈骗 抢劫 抢夺 敲诈勒索 故意伤害 故意杀人 寻衅滋事 聚众斗殴 打架斗殴 危险驾驶 醉酒驾驶 醉驾 酒驾 "
    "酒后驾驶 无证驾驶 "
    "交通肇事 肇事逃逸 贩卖毒品 贩毒 吸毒 容留他人吸毒 非法持有毒品 制毒 运输毒品 开设赌场 聚众赌博 赌博 非法拘禁 "
    "强奸 猥亵 强制猥亵 性侵 卖淫 "
    "嫖娼 组织卖淫 职务侵占 挪用资金 挪用公款 受贿 行贿 贪污 合同诈骗 信用卡诈骗 集资诈骗 电信诈骗 保险诈骗 "
    "非法吸收公众存款 帮助信息网络犯罪活动 "
    "帮信 掩饰隐瞒犯罪所得 妨害公务 袭警 过失致人死亡 放火 洗钱 侵犯公民个人信息 伪造证件 伪造公章 非法经营 传销 "
    "组织领导传销 拐卖 虐待 家暴 遗弃 重婚 "
    "走私 走私普通货物 逃税 偷税 虚开增值税专用发票 非法狩猎 滥伐林木 非法捕捞 拒不执行判决 拒不支付劳动报酬 招摇撞骗 "
    "倒卖文物 生产销售假药"
)
_OFFENCE = f"{words(_OFFENCES)}罪?"
_CAME_OF_IT = (
    "蹲过号子 蹲过大牢 进去过 坐过监 关过 劳改 减刑 减刑出狱 刑满 出狱 刚出来 判过刑 有案底 犯过事 失信被执行人 老赖 "
    "限制高消费 社区矫正 "
    "缓刑考验 监外执行 取保 在逃 网逃 被通缉 追逃"
)
_ENGLISH_NOUNS = (
    r"(?i:(?:an? )?(?:[0-9]{4} )?(?:conviction|arrest|sentence|probation|criminal record|jail term|felony|"
    r"misdemeanou?r)s?(?: (?:for|of|in) [A-Za-z ]{3,32})?)"
)
_TOOK = f"(?:窃得|盗得|盗走|偷走|骗取|骗走|骗得|抢走|抢得|殴打|捅伤|砍伤|撬开|撬锁|侵吞|持刀|入室)[^{END}，,]{{0,20}}"
_FIELD_VALUE = rf"(?!无|没有|無|未)(?={_IN_FIELD}{{0,24}}(?:{words(_PENALTIES)}|{_DEEDS})){_IN_FIELD}{{2,48}}"


class CrimeRecognizer(SpokenRecognizer):
    """Finds the record of a person: cause, verdict, term, previous convictions (GB/T 35273-2020 annex B)."""

    entities: ClassVar = ("CRIME",)
    cues: ClassVar = (
        Cue(words(_OFFENCES), before=64, after=WIDEST + 48),
        Cue(words(f"{_CAME_OF_IT}"), before=32, after=WIDEST + 24),
        Cue(
            "(?i:conviction|arrest|sentence|probation|criminal record|jail term|felony|misdemean)",
            before=48,
            after=WIDEST + 64,
        ),
        Cue("窃得|盗得|盗走|偷走|骗|抢|殴打|捅伤|砍伤|撬|侵吞|持刀|入室", before=32, after=WIDEST + 32),
        Cue(words(_PENALTIES), before=96, after=WIDEST + 24),
        Cue(words(_NOUNS), before=32, after=WIDEST + 8),
        Cue("前科|案底|(?:犯罪|违法)[记紀纪][录錄]", before=40, after=WIDEST),
        Cue("[判坐][了过处刑]{0,2} ?[一二两兩三四五六七八九十0-9]{1,2} ?年", before=28, after=WIDEST + 12),
        Cue(words(_FIELDS), before=0, after=WIDEST + 72),
        Cue("(?i:convicted|sentenced|arrested|jailed|served|charged)", before=28, after=WIDEST + 64),
    )
    matter: ClassVar = re.compile(
        "[0-9一二三四五六七八九十两]年|判|刑|狱|牢|拘|罚|罪|毒|盗|窃|骗|号子|假释|进去|出来|案底|罪名|(?i:served|"
        "sentence|jail|fine)"
    )
    expressions: ClassVar = (
        re.compile(
            f"(?P<bare>(?:曾?因|涉嫌|涉|犯有?|以|有)?{_OFFENCE}(?:[^{END}，,]{{0,14}}?{words(_PENALTIES)}{_TERM})?)"
        ),
        re.compile(f"(?<![没未无])(?P<bare>{words(f'{_CAME_OF_IT} {_NOUNS} 前科')})"),
        re.compile(f"(?P<bare>{words(_PENALTIES)}{_TERM})"),
        re.compile(f"(?<![A-Za-z])(?P<bare>{_ENGLISH_NOUNS})(?![A-Za-z])"),
        re.compile(f"(?P<said>{_TOOK})"),
        re.compile(
            rf"(?<![原])(?P<said>(?:曾?因|涉嫌|曾?犯|"
            rf"以(?!对))[^{END}]{{1,24}}?(?:{_PASSED}[^{END}]{{0,16}}?{words(_PENALTIES)}|[获獲判]刑){_TERM})"
        ),
        re.compile(rf"(?P<said>{_PASSED}[^{END}，,]{{0,14}}?{words(_PENALTIES)}{_TERM})"),
        re.compile(f"(?P<said>{words(_NOUNS)})"),
        re.compile(f"(?<![没沒未所])(?P<said>有过?[{HAN}]{{0,6}}?{_RECORD})"),
        re.compile(
            "(?P<said>(?:坐[了过]?|被?判[了处刑]{0,2})[ ]?[一二两兩三四五六七八九十0-9]{1,2}[ ]?年(?:半|"
            "零?[一二三四五六七八九十0-9]{1,2}个月)?牢?)"
        ),
        re.compile(rf"(?<![A-Za-z])(?P<said>{_ENGLISH})"),
        labelled(_FIELDS, _FIELD_VALUE, NAMED),
    )
    signs: ClassVar = {0: Sign(_OFFENCE, early=72), 8: Sign(_RECORD)}
    general: ClassVar = re.compile(
        r"[ \t]?(?:的?(?:人|人员|犯罪|罪犯|罪|情形|条件|期限|决定|公民|未成年人|单位|个人|处罚)|者|以[上下]|"
        r"或者|、|期满|期间的)"
    )
