"""Numbers of pupils, students and staff (学号, 学籍号, 工号, 警号, 准考证号): each place numbers for itself.

The label is the proof. The national pupil number (全国学籍号) is G or L and the identity number, and is found as
the latter. Certainty: common knowledge; GB/T 35273-2020 annex A counts them to 个人教育工作信息.
"""

import re
from typing import ClassVar

from pii.gate import REACH, Cue
from pii.recognizers.labels import LabelledRecognizer, followed, label_cue, numbered
from pii.recognizers.words import LINK, words

_LABELS = (
    "学号 学生号 学生编号 学生证 学籍 学籍号 学员号 学员编号 准考证 考生号 考生编号 报名号 考号 校园卡 学生卡 借书证 "
    "工号 员工码 员工代码 学员码 学生码 学籍码 职号 人员编号 人事编号 员编 员工id 司机工号 坐席工号 考勤号 饭卡号 "
    "校园卡号 一卡通号 "
    "xh xuehao gh gonghao ygbh zgbh xsbh emp_no emp_id empno stu_no stu_id stuno staffno staffid payroll_no matric_no "
    "工号 员工号 员工编号 员工卡 雇员编号 职员编号 职工号 职工编号 教工号 教职工号 教师编号 工作证 工牌 警号 "
    "student_id student_no student_number employee_id employee_no employee_number staff_id staff_no staff_number "
    "job_number badge_no badge_number"
)
_CERTIFICATES = (
    "毕业证 毕业证书 学位证 学位证书 学历证书 教师资格证 教师资格证书 资格证书 职业资格证 职业资格证书 "
    "执业证 执业证书 律师证 律师执业证 医师资格证 执业医师证 护士执业证 从业资格证 导游证 记者证 执法证 职称证"
)
_FEWEST_DIGITS = 4


class EducationWorkRecognizer(LabelledRecognizer):
    """Finds numbers of students, staff and their certificates behind their label (no common numbering)."""

    entities: ClassVar = ("EDU_WORK",)
    labels: ClassVar = ("学号", "工号")
    cues: ClassVar = (
        label_cue(f"{_LABELS} {_CERTIFICATES}", 36),
        Cue("[A-Za-z]{0,4}[0-9]{5,14}", before=0, after=REACH),
    )
    expressions: ClassVar = (
        numbered(_LABELS, r"[A-Za-z]{0,6}[\-_]?[0-9]{2,20}(?:-[0-9A-Za-z]{1,8})?[A-Za-z]?"),
        followed("[A-Za-z]{0,4}[0-9]{5,14}", _LABELS),
        re.compile(
            rf"(?<![A-Za-z]){words(_LABELS)}{LINK}(?:[A-Za-z]{{0,4}}[0-9]{{5,14}}[、,，/ "
            rf"]{{1,2}}){{1,2}}(?P<loose>[A-Za-z]{{0,4}}[0-9]{{5,14}})(?![0-9A-Za-z])"
        ),
        numbered(_CERTIFICATES, r"[A-Za-z]{0,4}[0-9](?:-?[0-9]){7,19}"),
    )

    def accepts(self, value: str) -> bool:
        """Demand more digits than a list or a class has."""
        return sum(map(str.isdigit, value)) >= _FEWEST_DIGITS
