"""Health of a person (个人健康生理信息): numbers of records, diagnoses, medicine, results.

GB/T 35273-2020 annex A and B 个人健康生理信息 (病症、住院志、医嘱单、检验报告、用药记录、过敏信息、生育信息、既往病史),
GB/T 45574-2025 annex A 医疗健康信息, GB/T 39725-2020. Covered is the number, the name of the illness or medicine, the
result with its unit. A record's field speaks for itself; a sentence must have a person as its subject. Illness in
statutes, teaching and research is left, and to people is left what no word of the lexicon names (症状 described in free
words).
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.clauses import WIDEST, ClauseRecognizer
from pii.recognizers.cued import Found
from pii.recognizers.statements.illness import ENGLISH_ILLNESS, ILLNESS, ILLNESS_SIGN, SURGERY, SURGERY_SIGN
from pii.recognizers.subjects import is_about_person, is_of_record
from pii.recognizers.words import FIELD, HAN, LINK, labelled, value_of, words

_NUMBERS = (
    "病历号 病历号码 病历编号 病案号 住院号 住院号码 住院编号 门诊号 门诊病历号 就诊卡号 诊疗卡号 就诊号 "
    "检验号 检验单号 标本号 样本号 "
    "诊断编码 疾病编码 影像号 放射号 超声号 病理号 处方号 处方编号 体检号 体检编号 "
    "zyh zyhm mzh mzhm blh bah jzkh jzh brid medical_record_no MRN patient_id inpatient_no outpatient_no admission_no "
    "chart_no"
)
_FIELDS = (
    "诊断 初步诊断 入院诊断 出院诊断 临床诊断 门诊诊断 病理诊断 确诊 诊断结果 诊断结论 诊断意见 疾病 "
    "疾病名称 主诉 既往史 既往病史 病史 现病史 "
    "家族史 家族病史 过敏史 药物过敏史 过敏药物 手术名称 体检结论 健康状况 病情 "
    "伤情 伤势 伤情诊断 致困原因 致贫原因 困难原因 病因 病种 患病情况 患病名称 残疾类别 残疾原因 基础疾病 基础病 "
    "慢性病 慢病 手术史 婚育史 "
    "月经史 生育史 健康告知 健康情况 身体状况 心理状况 精神状况 检查结果 检查所见 检查提示 体检结果 体检异常 超声提示 "
    "影像诊断 医生诊断 "
    "主要诊断 其他诊断 术前诊断 术后诊断 诊断名称 症状 请假事由 请假原因 病假原因 退伙原因 休学原因 "
    "zd zdmc zdjg zdjl jbzd jbmc cyzd ryzd zhenduan jbs gms bingshi guominshi "
    "diagnosis medical_history allergies past_history chief_complaint condition illness disease allergy dx health"
)
_DRUG_FIELDS = "处方 用药 医嘱 用药记录 药品 药品名称 药物 当前用药 长期用药 出院带药 medication prescription"
_TESTS = (
    "血压 收缩压 舒张压 血糖 空腹血糖 餐后血糖 糖化血红蛋白 血脂 总胆固醇 胆固醇 甘油三酯 尿酸 肌酐 "
    "白细胞 白细胞计数 红细胞 血红蛋白 血小板 "
    "转氨酶 谷丙转氨酶 谷草转氨酶 心率 体温 甲胎蛋白 癌胚抗原 HIV HIV抗体 乙肝表面抗原 梅毒抗体 新冠核酸 "
    "核酸检测 核酸 CD4 CD4细胞计数 HbA1c "
    "blood_pressure blood_glucose hemoglobin"
)
_SAID = (
    "确诊为 确诊患有 确诊了 确诊得了 确诊是 确诊 诊断为 诊断出 诊断患有 诊断是 诊断考虑 患有 患上了 患上 "
    "患了 患过 患的是 罹患 身患 查出患有 "
    "检查出 查出来 查出 检出 得了 得过 感染了 感染上 感染过 死于 因患 "
    "diagnosed_with suffers_from suffering_from suffered_from tested_positive_for"
)
_TREATED = "(?:术后|手术|住院|入院|就诊|复查|治疗|去世|离世|病逝|请假|休学)"
_TAKEN = "服用 口服 注射 在吃 吃着 正在用 用的是 开了 开具 静滴 长期吃 每天吃 taking prescribed"
_ILL = (
    "病|症|炎|癌|肿瘤|腫瘤|瘤|综合征|綜合徵|感染|骨折|高血压|高血壓|低血压|高血糖|高血脂|糖尿|结石|結石|"
    "囊肿|囊腫|结节|结核|結核|肿大|增生|溃疡"
    "|出血|梗死|梗塞|梗阻|硬化|衰竭|损伤|过敏|過敏|阳性|陽性|贫血|哮喘|息肉|早搏|失常|房颤|中风|中風|卒中|"
    "偏瘫|痴呆|抑郁|憂鬱|焦虑|失眠|障碍"
    "|癫痫|癲癇|新冠|艾滋|愛滋|HIV|梅毒|淋病|乙肝|丙肝|甲亢|甲减|痛风|痛風|湿疹|早孕|妊娠|怀孕|懷孕|流产|"
    "骨裂|脱位|疝|痔疮|白内障|青光眼|聋|自闭"
    "|畸形|胸闷|胸痛|头痛|头晕|咳嗽|发热|腹痛|腹泻|呕吐|乏力|气促|心悸|水肿|便血|咳血|困难|疼痛|大三阳|"
    "小三阳|怀孕[0-9]{1,2}[周月]|突出|狭窄|積水|积水|反流|脱垂"
    "|(?i:diabetes|cancer|hypertension|asthma|depression|tumou?r|leuk(?:a)?emia|hepatitis|tuberculosis|"
    "covid-19|pneumonia|allergy|disorder|syndrome)"
)
_STEM = rf"[{HAN}A-Za-z0-9Ⅰ-Ⅻ()（）+ \-]"
_NOT_ILL = r"(?!毒库|症结|房|床|人|虫害|假|历|案|例|号|休|区|变量|院)"
_SHORT = rf"[{HAN}]{{0,5}}?(?:{_ILL}){_NOT_ILL}"
_DISEASE = (
    rf"{_STEM}{{0,14}}?(?:(?:{_ILL}){_NOT_ILL}){{1,3}}"
    rf"(?:[、,，伴合并及和与]{{1,2}}{_STEM}{{0,8}}?(?:(?:{_ILL}){_NOT_ILL}){{1,3}}){{0,4}}"
    r"(?:术后|[（(][^()（）\n]{1,12}[)）]|[0-9IVⅠ-Ⅻ一二三四]{1,3}[期级型度]|[早中晚]期)?"
)
_DRUG = (
    rf"[{HAN}A-Za-z]{{1,10}}?(?:片|胶囊|膠囊|颗粒|注射液|口服液|滴丸|缓释|肠溶|洛尔|沙坦|地平|他汀|西林|"
    rf"霉素|黴素|双胍|列净|列汀|替尼|单抗|胰岛素"
    r"|西汀|曲林|哌酮|氮平|拉唑|沙星|头孢[^，,。]{0,4}|布洛芬|阿司匹林|普利|(?i:metformin|insulin|aspirin|"
    r"statin|prozac|sertraline))"
    r"(?:片|胶囊|缓释片|肠溶片|注射液)?(?:[ \t]?[0-9.]{1,6}[ \t]?(?:mg|g|ml|毫克|克|片|粒|单位|U|IU))?"
)
_SURGERY = rf"[{HAN}]{{2,12}}?(?:切除|置换|移植|搭桥|支架|剖宫产|修补|造影|透析|化疗|放疗)(?:手术|植入术|术|治疗)?"
_RESULT = (
    r"(?:[0-9]{1,4}(?:\.[0-9]{1,3})?(?:[/／][0-9]{1,3})?[ \t]?(?:mm[ \t]?Hg|[mμu]?mol/L|g/L|mg/dL|U/L|"
    r"[μu]g/L|ng/m[lL]|[×x*]10|次/分|bpm|℃|°C|%|个/)"
    r"|[（(]?(?:弱|强)?(?:阳性|陽性|阴性|陰性)[)）]?|(?<=[ :：])[+\-](?=[ ,，。\n]))"
)
_NORMAL = re.compile("正常|标准|应|低于|高于|大于|小于|不超过|范围|参考|目标|理想|以上|以下|如果|一般")
_OF_MANY = re.compile(
    r"[ \t]?(?:的?(?:人|患者|病人|儿童|老人|孕妇|女性|男性|学生|职工|人群|可能|风险|概率|几率)|者|时[,，])"
)


_FREE = r"[^。！？!?；;，,\n|\t\u3000<>\"“”'{}\[\]：:=]{2,40}"
_NOTHING = (
    "无|没有|否认|正常|不详|未见|未发现|健康|良好|体健|暂无|同上|见附|[a-z_]+[({.]|[0-9./]+[ \t]*(?:$|\n)|"
    "(?i:none|null|nil|normal|n/a|good|ok|true|false)"
)
_HAS = r"(?i:(?:have|has|had|having|got|diagnosed with|suffers from|being treated for|allergic to)) "
_CLINIC = re.compile("(?i)clinic|hospital|doctor|dr\\.|patient|diagnos|ward|surgery|医院|诊所|门诊")


class MedicalRecognizer(ClauseRecognizer):
    """Finds what records and sentences tell of a person's health (GB/T 35273-2020 annex B, 个人健康生理信息)."""

    entities: ClassVar = ("MEDICAL",)
    labels: ClassVar = ("病历号",)
    cues: ClassVar = (
        Cue(words(f"{_NUMBERS} {_FIELDS} {_DRUG_FIELDS} {_SAID} {_TAKEN}"), before=48, after=REACH + 96 + WIDEST),
        Cue(words("ICD-10编码 ICD编码 ICD-10"), before=48, after=REACH + WIDEST),
        Cue(f"[我他她爸妈母父某][{HAN}]{{0,2}}有[{HAN}]{{2,10}}", before=48, after=WIDEST + 28),
        Cue("有[^\n。]{2,120}史", before=48, after=WIDEST + 0),
        Cue("切除|置换|移植|搭桥|支架|剖宫产|修补|造影|透析|化疗|放疗", before=48, after=WIDEST + 8),
        Cue(
            "因[^\n。]{2,120}(?:术后|手术|住院|入院|就诊|复查|治疗|去世|离世|病逝|请假|休学)",
            before=48,
            after=WIDEST + 0,
        ),
        Cue(rf"{words(_TESTS)}[^0-9\n]{{0,24}}[0-9阳陽阴陰+\-弱强]", before=48, after=REACH + WIDEST),
    )
    matter: ClassVar = re.compile(
        "药|藥|片|术后|手术|治疗|复查|服用|化疗|放疗|住院|病|症|炎|癌|瘤|痛|伤|骨|肿|障碍|不便|跛|瘫|失明|孕|胎|"
        "血[压糖脂]|指标|[0-9]%|支架|躁|"
        "不建议|过敏|CKD|[阳阴]性|体温|渗液|换药|降压|胰岛素|透析|无力|含糊|疫苗|(?i:TSH|mmol|mg|surgery|tablet)"
    )
    expressions: ClassVar = (
        re.compile(rf"(?<![A-Za-z]){words(_FIELDS)}{FIELD}(?!{_NOTHING})(?P<free>{_FREE})"),
        re.compile(rf"(?P<bare>{ILLNESS})"),
        re.compile(rf"(?P<bare>{SURGERY})"),
        re.compile(rf"(?<![A-Za-z]){_HAS}(?P<said>(?:an? |the |my )?{ENGLISH_ILLNESS})(?![A-Za-z])"),
        re.compile(
            r"(?i:(?<![a-z])(?:file|chart|case|record)[ ]?(?:no\.?|number|id|#))[ "
            r"\t:：]{0,3}(?P<file>[A-Z]{0,4}-?[0-9]{5,12})(?![0-9A-Za-z])"
        ),
        labelled(_NUMBERS, r"[A-Za-z]{0,4}[ \-]?[0-9](?:[ \-]?[0-9]){3,15}(?![0-9A-Za-z])"),
        re.compile(rf"(?<![A-Za-z]){words(_FIELDS)}{FIELD}(?P<field>{_DISEASE})"),
        re.compile(rf"(?<![A-Za-z]){words(_DRUG_FIELDS)}{FIELD}(?P<field>{_DRUG})"),
        re.compile(rf"(?<![A-Za-z]){words(_SAID)}[ \t]?(?P<said>{_DISEASE})"),
        labelled("ICD-10编码 ICD编码 ICD-10 诊断编码 疾病编码", r"[A-TV-Z][0-9]{2}(?:\.[0-9]{1,3})?(?![0-9A-Za-z])"),
        re.compile(
            rf"(?<=[我他她爸妈母父某])(?:也|一直|还|还有|从小)?有(?:严重的?|多年的?|"
            rf"点)?(?P<said>(?:{_SHORT}){{1,2}})(?!史)"
        ),
        re.compile(rf"有[ \t]?(?P<said>{_DISEASE}(?:病?史|家族史))"),
        re.compile(rf"(?:做[了过過]|接受[了过]?|[已曾]行|因|行)[ \t]?(?P<said>{_SURGERY})"),
        re.compile(rf"因[ \t]?(?P<said>{_DISEASE})(?={_TREATED})"),
        re.compile(rf"(?<![A-Za-z]){words(_TAKEN)}[ \t]?(?P<said>{_DRUG})"),
        re.compile(rf"(?<![A-Za-z]){words(_TESTS)}(?:结果|检测|值|水平|呈|[:：])?{LINK}(?P<result>{_RESULT})"),
    )

    signs: ClassVar = {
        1: ILLNESS_SIGN,
        2: SURGERY_SIGN,
        8: Sign(words(_SAID), early=268, is_first=True),
        10: Sign("[我他她爸妈母父某](?:也|一直|还|还有|从小)?有", early=48, is_first=True),
        13: Sign(_TREATED, late=2),
    }

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Let a number and a field speak for themselves, demand a person for everything else."""
        group = match.lastgroup or "value"
        start, end = match.span(group)
        if group == "value":
            return value_of(match, "MEDICAL", 860)
        if start - match.start() >= REACH:
            return None
        if group == "field":
            return Found(start, end, "MEDICAL", 620)
        if group == "file":
            is_kept = bool(_CLINIC.search(text, max(0, start - REACH + 1), end + REACH - 1))
            return Found(start, end, "MEDICAL", 640) if is_kept else None
        if group in {"bare", "free"}:
            is_kept = not _OF_MANY.match(text, end) and is_of_record(text, match.start(), start, end)
            return Found(start, end, "MEDICAL", 620 if group == "free" else 610) if is_kept else None
        if group == "result":
            around = text[max(0, start - 24) : end + 8]
            is_kept = not _NORMAL.search(around) and is_about_person(text, match.start(), start, end, is_form=True)
        else:
            is_kept = not _OF_MANY.match(text, end) and is_about_person(text, match.start(), start, end)
        return Found(start, end, "MEDICAL", 620) if is_kept else None
