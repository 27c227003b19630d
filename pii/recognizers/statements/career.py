"""Education and work of a person (教育工作信息): school, degree, employer, post.

GB/T 35273-2020 annex A 个人教育工作信息 (职业、职位、工作单位、学历、学位、教育经历、工作经历). Covered is school,
employer with post, or degree; numbers of students and staff have a recogniser of their own. Job advertisements
(本科及以上), rules of qualification and organisations of themselves are left; left to people is a trade named in
passing.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue, Sign
from pii.recognizers.clauses import WIDEST
from pii.recognizers.cued import Found
from pii.recognizers.spoken import SpokenRecognizer
from pii.recognizers.words import COLON, END, FIELD, HAN, labelled, words

_DEGREES = (
    "博士研究生 硕士研究生 研究生 博士后 博士 硕士 学士 大学本科 本科 大学专科 大专 专科 中专 高中 初中 "
    "小学 PhD master bachelor MBA EMBA"
)
_AT = (
    "毕业于 就读于 在读于 就职于 任职于 供职于 工作于 受雇于 服务于 曾任 现任 历任 担任 graduated_from "
    "works_at works_for worked_at worked_for studies_at studied_at employed_by"
)
_KINDS = (
    "大学|大學|学院|學院|学校|學校|中学|中學|小学|职高|党校|公司|集团|集團|银行|銀行|医院|醫院|研究所|研究院|设计院|"
    "事务所|事務所|出版社|电视台|报社|工厂|局|委员会|协会|基金会|证券|厅|法院|检察院"
)
_ORGANISATION = rf"(?!负责|参与|主持|从事|协助)[{HAN}A-Za-z0-9()（）·]{{2,24}}?(?:{_KINDS}|[一-龥]{{1,3}}厂)"
_EMPLOYER = "(?:单位|單位|公司|公司名称|学校|學校)"
_IS_AT = "(?:工作|上班|任职|就职|读书|就读|上学|任教|毕业|當|当)"
_MEMBER = "(?:学生|员工|职工|老师|教师|医生|在校生|研究生|本科生|毕业生|工程师|职员|经理)"
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


_LABELS = (
    "职业 职务 职位 岗位 工种 职称 现职 现职单位 现单位 单位及职务 工作 工作单位 任职 在职 就业 就职 就读学校 学校 "
    "院校 院系 专业 学历 文化程度 教育 教育经历 "
    "工作经历 毕业学校 所属部门 部门 班级 occupation profession job_title position employer school education major "
    "degree zy zhiye gzdw xl byyx"
)
_NOTHING = "无|没有|不详|待业|无业|[a-z_]+[({.]|[0-9]"
_DOES = (
    "打工|上班|工作(?![流区目原负线节站时量日簿表组集])|教书|任教|任职|执教|实习|上学|读书|就读|进修|务工|服役|做工|"
    "做过|开过|当过|当了|做了|兼职|返聘|跑销售"
)
_STUDIES = (
    "考入 考进 考上 考取 录取到 进入 入读 转入 转学到 就读 就读于 在读 读的是 学的是 毕业于 本科毕业于 毕业 "
    "研究生毕业于 肄业于 原就读于 保送 分配到 入职 "
    "受雇于 供职 任职于 就职于 调入 现为 现任 现职 曾任 离职前为 退休前是 职业是 职务为"
)
_PLACES = (
    "大学 学院 中学 小学 学校 职高 技校 卫校 师范 一中 二中 实验班 幼儿园 党校 农大 理工 公司 集团 科技 传媒 物流 "
    "银行 医院 研究所 研究院 设计院 事务所 出版社 "
    "报社 厂 工厂 局 水利局 教育局 委员会 法院 检察院 分行 支行 门店 超市 酒店 饭店 工地 部队 机关 单位 企业 中心 "
    "车间 项目部 工作室 律所 券商 保险 地产 影院 商场 "
    "法拉利 学会 街道办 村委会 供电所 卫生院 派出所 学區 學校 大學 學院 醫院 銀行"
)
_POSTS = (
    "经理 总监 工程师 会计 出纳 教授 讲师 教师 老师 医生 护士 律师 主任 处长 科长 科员 局长 院长 校长 主管 专员 董事 "
    "监事 秘书 助理 顾问 职员 店长 司机 主播 "
    "程序员 设计师 保安 保洁 保姆 月嫂 育儿嫂 电工 焊工 钳工 厨师 服务员 快递员 外卖员 骑手 销售 客服 柜员 法务 前台 "
    "文员 公务员 开发 前端 后端 运维 产品经理 "
    "业务员 采购 编辑 记者 摄影师 店员 技术员 检验员 仓管 组长 班长 队长 站长 所长 大一 大二 大三 大四 研一 研二 研三 "
    "本科 硕士 博士 专业 系 级 届 班"
)
_ONE = f"[^{END}，,、：:|\\u3000]"
_NO_HAN = r"[\x00-\u30ff\uff00-\uffef]|\Z"
"""What may follow a post: signs and letters of ours, and not just anything but Han, which is dear to scan for."""
_ENGLISH_DOES = (
    r"(?i:(?:has |have |had |is |was |been )*(?:works?|worked|working|teaches|teaching|taught|studies|studied|"
    r"studying|interned|graduated|majored|enrolled|employed|lectures)"
    r" (?:[a-z0-9]+ )?(?:as|at|for|in|from|with|by) )[^,.;\n]{3,60}"
)
_ENGLISH_POST = (
    r"(?:[A-Z][A-Za-z]+ ){0,3}(?:Manager|Engineer|Director|Officer|Teacher|Clerk|Analyst|Accountant|Consultant|"
    r"Designer|Developer|Assistant|Nurse|Professor|Lecturer|Intern|Supervisor)"
    r"(?:, | at | of | - )[A-Z][^,.;\n]{2,48}"
)


class CareerRecognizer(SpokenRecognizer):
    """Finds schools, degrees, employers and posts of a person (GB/T 35273-2020 annex A, 个人教育工作信息)."""

    entities: ClassVar = ("EDU_WORK",)
    score: ClassVar[int] = 560
    cues: ClassVar = (
        Cue("[在从]", before=28, after=WIDEST + 64),
        Cue(words(f"{_STUDIES} {_LABELS}"), before=28, after=WIDEST + 64),
        Cue(words(_POSTS), before=60, after=WIDEST + 24),
        Cue(
            "(?i:work|teach|taught|stud|intern|graduated|major|enrolled|employed|lectures)",
            before=64,
            after=WIDEST + 96,
        ),
        Cue(
            "Manager|Engineer|Director|Officer|Teacher|Clerk|Analyst|Accountant|Consultant|Designer|Developer|Assistant|Nurse|Professor|Lecturer|Intern|Supervisor",
            before=96,
            after=WIDEST + 64,
        ),
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
            f"是[{HAN}A-Za-z0-9()（）·]{{4,30}}{_MEMBER}",
            before=0,
            after=0,
        ),
        Cue(f"{_EMPLOYER}{COLON}", before=0, after=64),
        Cue(
            f"[在于於][{HAN}A-Za-z0-9()（）·]{{2,30}}{_IS_AT}",
            before=0,
            after=4,
        ),
    )
    matter: ClassVar = re.compile(
        "学|學|院|系|毕业|畢業|任|职|職|公司|工作|经理|老师|教师|[0-9]级|班|专业|打工|上班|当|科员|工程师|岗"
    )
    expressions: ClassVar = (
        re.compile(
            f"(?P<said>[在从]{_ONE}{{2,14}}?(?:(?:{_DOES})(?:了|过|着)?|(?:当|當|做|任|干)(?:了|过|"
            f"着)?{_ONE}{{0,10}}?{words(_POSTS)}){_ONE}{{0,14}})"
        ),
        re.compile(f"(?P<said>{words(_STUDIES)}{_ONE}{{0,14}}?{words(_PLACES)}{_ONE}{{0,14}})"),
        re.compile(
            f"(?<![{HAN}])(?P<bare>[{HAN}A-Za-z]{{2,12}}?{words(_PLACES)}[ "
            f"·]?[{HAN}]{{0,12}}?{words(_POSTS)})(?={_NO_HAN})"
        ),
        re.compile(f"(?<![A-Za-z])(?P<said>{_ENGLISH_DOES})"),
        re.compile(f"(?<![A-Za-z])(?P<bare>{_ENGLISH_POST})"),
        re.compile(
            f"{words(_LABELS)}[\"']?[ ]?[:：=|\t][ ]?[\"']?(?!{_NOTHING})(?P<bare>[^。！？!?；;，,\n|"
            f"\t\u3000<>\"“”'{{}}：:=]{{2,32}})"
        ),
        re.compile(rf"{words(_AT)}[ \t]?(?P<said>{_ORGANISATION}{_POST}{_STUDY})"),
        re.compile(rf"(?<![A-Za-z]){words(_AT)} (?P<said>{_ENGLISH_ORGANISATION})"),
        re.compile(rf"(?<![现存所内正])[在于於](?P<said>{_ORGANISATION})(?={_IS_AT})"),
        re.compile(rf"是(?P<said>{_ORGANISATION})的?(?={_MEMBER})"),
        re.compile(rf"(?<![{HAN}]){_EMPLOYER}{FIELD}(?P<said>{_ORGANISATION})"),
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
    signs: ClassVar = {
        2: Sign(f"{words(_POSTS)}(?:{_NO_HAN})", late=1),
        8: Sign(f"(?:{_KINDS}|厂){_IS_AT}", late=2),
        9: Sign(f"(?:{_KINDS}|厂)的?{_MEMBER}", late=3),
        10: Sign(f"{_EMPLOYER}{COLON}", early=368, is_first=True),
    }
    general: ClassVar = re.compile(
        r"[ \t]?(?:或|、|/|及其?|和|[（(]含|[)）]?以上|以下|的(?:人员|公民|考生|人)|起|优先|要求|不限|教育|"
        r"毕业生|学校)"
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:
        """Take a statement without a subject too where words of a curriculum vitae stand around."""
        found = super().judge(text, match)
        if found is None and match.lastgroup == "said" and not self.general.match(text, match.end()):
            start, end = match.span("said")
            if match.re not in self.expressions[:6] and _RESUME.search(
                text, max(0, start - REACH + 1), end + REACH - 1
            ):
                return Found(start, end, "EDU_WORK", self.score)
        return found
