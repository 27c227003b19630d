"""Education and work of a person (教育工作信息): school, degree, employer, post.

GB/T 35273-2020 annex A 个人教育工作信息 (职业、职位、工作单位、学历、学位、教育经历、工作经历). Covered is school,
employer with post, or degree; numbers of students and staff have a recogniser of their own. Job advertisements
(本科及以上), rules of qualification and organisations of themselves are left; left to people is a trade named in
passing.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.cued import Found
from pii.recognizers.spoken import SpokenRecognizer
from pii.recognizers.words import FIELD, HAN, labelled, words

_DEGREES = (
    "博士研究生 硕士研究生 研究生 博士后 博士 硕士 学士 大学本科 本科 大学专科 大专 专科 中专 高中 初中 "
    "小学 PhD master bachelor MBA EMBA"
)
_AT = (
    "毕业于 就读于 在读于 就职于 任职于 供职于 工作于 受雇于 服务于 曾任 现任 历任 担任 graduated_from "
    "works_at works_for worked_at worked_for studies_at studied_at employed_by"
)
_ORGANISATION = (
    rf"(?!负责|参与|主持|从事|协助)[{HAN}A-Za-z0-9()（）·]{{2,24}}?(?:大学|大學|学院|學院|学校|學校|中学|中學|小学|职高|党校|公司|集团|"
    rf"集團|银行|銀行|医院|醫院|研究所|研究院|设计院|事务所"
    r"|事務所|出版社|电视台|报社|工厂|[一-龥]{1,3}厂|局|委员会|协会|基金会|证券|厅|法院|检察院)"
)
_POST = (
    rf"(?:[{HAN}]{{0,10}}?(?:董事长|總經理|总经理|经理|總監|总监|工程师|会计师|教授|讲师|研究员|主任|处长|"
    rf"局长|院长|校长|主管|专员|董事|监事|秘书|助理|顾问|教师|老师|医生|护士|律师|科长|部长|书记))?"
)
_RESUME = re.compile(
    "姓名|性别|职[务位][:：]|出生|国籍|居留权|居留權|政治面貌|中共党员|[0-9]年[0-9]{0,2}月?(?:出生|"
    "生[,，])|先生|女士|工程师[,，。]|会计师[,，。]|经济师[,，。]|历任|曾任|现任|個人簡歷|个人简历|"
    "教育经历|工作经历"
)
_STUDY = rf"(?:[{HAN}]{{2,10}}?(?:专业|系))?"
_ENGLISH_ORGANISATION = "(?:[A-Z][A-Za-z&.]{1,20} ?(?:of |and )?){1,5}"


class CareerRecognizer(SpokenRecognizer):
    """Finds schools, degrees, employers and posts of a person (GB/T 35273-2020 annex A, 个人教育工作信息)."""

    entities: ClassVar = ("EDU_WORK",)
    score: ClassVar[int] = 560
    cues: ClassVar = (
        Cue(words(_AT), before=0, after=140),
        Cue(words("学历 学位 文化程度 教育程度 education"), before=24, after=REACH + 16),
        Cue(rf"{words(_DEGREES)}[ \t]?(?:毕业|畢業)", before=0, after=0),
        Cue(
            words(
                "毕业院校 毕业学校 就读学校 所学专业 工作单位 就职单位 任职单位 所在单位 就职公司 教育背景 教育经历 "
                "工作经历 employer alma_mater education"
            ),
            before=0,
            after=REACH + 48,
        ),
        Cue(
            (
                f"是[{HAN}A-Za-z0-9()（）·]{{4,30}}(?:学生|员工|职工|老师|教师|医生|在校生|研究生|本科生|毕业生|工程师|"
                f"职员|经理)"
            ),
            before=0,
            after=0,
        ),
        Cue('(?:单位|單位|公司|公司名称|学校|學校)[ "\'*]{0,3}[:：=|<\t"】]', before=0, after=64),
        Cue(
            f"[在于於][{HAN}A-Za-z0-9()（）·]{{2,30}}(?:工作|上班|任职|就职|读书|就读|上学|任教|毕业|當|当)",
            before=0,
            after=4,
        ),
    )
    expressions: ClassVar = (
        re.compile(rf"{words(_AT)}[ \t]?(?P<said>{_ORGANISATION}{_POST}{_STUDY})"),
        re.compile(rf"(?<![A-Za-z]){words(_AT)} (?P<said>{_ENGLISH_ORGANISATION})"),
        re.compile(
            rf"(?<![现存所内正])[在于於](?P<said>{_ORGANISATION})(?=(?:工作|上班|任职|就职|读书|就读|上学|任教|毕业|"
            rf"當|当))"
        ),
        re.compile(
            rf"是(?P<said>{_ORGANISATION})的?(?=学生|员工|职工|老师|教师|医生|在校生|研究生|本科生|毕业生|工程师|"
            rf"职员|经理)"
        ),
        re.compile(rf"(?<![{HAN}])(?:单位|單位|公司|公司名称|学校|學校){FIELD}(?P<said>{_ORGANISATION})"),
        re.compile(rf"(?P<said>{words(_DEGREES)}[ \t]?(?:学历|学位|學歷|學位|毕业|畢業))"),
        labelled(
            (
                "毕业院校 毕业学校 就读学校 工作单位 就职单位 任职单位 所在单位 就职公司 教育背景 教育经历 工作经历 "
                "employer alma_mater"
            ),
            f"{_ORGANISATION}|{_ENGLISH_ORGANISATION}",
            FIELD,
        ),
        labelled("学历 最高学历 文化程度 学位 教育程度 education", f"{words(_DEGREES)}(?:学历|学位|毕业)?", FIELD),
    )
    general: ClassVar = re.compile(
        r"[ \t]?(?:或|、|/|及其?|和|[（(]含|[)）]?以上|以下|的(?:人员|公民|考生|人)|起|优先|要求|不限|教育|"
        r"毕业生|学校)"
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Take a statement without a subject too where words of a curriculum vitae stand around."""
        found = super().judge(text, match)
        if found is None and match.lastgroup == "said" and not self.general.match(text, match.end()):
            start, end = match.span("said")
            if _RESUME.search(text, max(0, start - REACH + 1), end + REACH - 1):
                return Found(start, end, "EDU_WORK", self.score)
        return found
