"""How the gate says no: one Chinese sentence that tells the person what to do, with the rule it comes from."""

from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException

_CALLED = {"annotate": "标注", "review": "审核", "inspect": "抽检", "examine": "考核", "manage": "管理"}


class Refused(APIException):
    """A request that breaks a rule; nothing of it is stored.

    Args:
        sentence: What the person reads.
        code: ``gate.reason``, stable.
        rule: Id of the role rule (AR-1 to AR-12) or of the clause that it rests on, empty where there is none.
        status_code: HTTP status.
    """

    def __init__(self, sentence: str, code: str, rule: str = "", status_code: int = status.HTTP_403_FORBIDDEN) -> None:
        super().__init__(f"{sentence}（{rule}）" if rule else sentence, code)
        self.status_code = status_code
        self.display_context: dict[str, Any] = {"code": code, "rule": rule}


def closed() -> Refused:
    """Refuse because there is no usable policy."""
    return Refused("标注服务尚未开放：上岗规则缺失或无效，请联系管理员。", "gate.no-policy", status_code=503)


def stranger() -> Refused:
    """Refuse an account that the policy does not name."""
    return Refused("您的账号不在上岗名单中，请联系管理员。", "gate.stranger", "AR-3")


def not_for_you() -> Refused:
    """Refuse a page or call that is not open to the person's function."""
    return Refused("此功能不对您的岗位开放。", "gate.not-open", "AR-2")


def no_project() -> Refused:
    """Refuse a project that the policy does not open."""
    return Refused("本项目未开放，请联系管理员。", "gate.project-closed")


def void() -> Refused:
    """Refuse a batch in which illegal or harmful content was found."""
    return Refused("本批次含违法不良信息，已整批作废，不能再标注。", "gate.void", "AR-9")


def wrong_function(function: str) -> Refused:
    """Refuse a person who does not hold the project's function."""
    return Refused(f"您没有被指派“{_CALLED[function]}”岗位，不能进入本项目。", "gate.function", "AR-2")


def other_function(held: str, wanted: str) -> Refused:
    """Refuse a second function in one batch."""
    rule = "AR-1" if {held, wanted} == {"annotate", "review"} else "AR-2"
    sentence = f"您在本批次已承担“{_CALLED[held]}”，同一批次不能再做“{_CALLED[wanted]}”。"
    return Refused(sentence, "gate.second-function", rule)


def own_work() -> Refused:
    """Refuse a reviewer who annotated the very item."""
    return Refused("这一条由您标注，须由他人审核。", "gate.own-work", "AR-1")


def unqualified() -> Refused:
    """Refuse a person without a qualification for the rule book."""
    return Refused("您没有本标注规则的上岗资格，请先参加考核。", "gate.unqualified", "AR-3")


def expired() -> Refused:
    """Refuse a qualification that is not in force now."""
    return Refused("您的上岗资格已过期或尚未生效，请联系管理员安排复考。", "gate.expired", "AR-3")


def suspended() -> Refused:
    """Refuse a suspended qualification."""
    return Refused("您的上岗资格已被暂停，请联系管理员。", "gate.suspended", "AR-3")


def untrained() -> Refused:
    """Refuse a person whose training is not on record before the work."""
    return Refused("您尚未完成上岗培训，请先参加培训。", "gate.untrained", "AR-4")


def unexamined() -> Refused:
    """Refuse a qualification that was given without a score in each of the four abilities."""
    return Refused("您的四项能力考核不完整，请联系管理员补考。", "gate.unexamined", "AR-5")


def forged() -> Refused:
    """Refuse work that names another author."""
    return Refused("标注只能由本人以本人名义提交。", "gate.forged", "AR-2")


def not_yours() -> Refused:
    """Refuse to show or change a colleague's work."""
    return Refused("不能查看或修改他人的标注。", "gate.not-yours", "AR-2")


def twice() -> Refused:
    """Refuse a second annotation of one item by one person."""
    return Refused("您已标注过这一条，请修改原标注，不要重复提交。", "gate.twice", status_code=409)


def full(cap: int) -> Refused:
    """Refuse an annotation over the cap."""
    return Refused(f"这一条已有 {cap} 人标注，名额已满，请继续下一条。", "gate.full", status_code=409)


def too_soon(seconds: int) -> Refused:
    """Refuse a submission before the minimum time has passed."""
    return Refused(f"请至少再看 {seconds} 秒再提交。", "gate.too-soon", "AR-10", 409)


def never_opened() -> Refused:
    """Refuse a submission on an item that was never shown to the person."""
    return Refused("请先打开这一条，阅读后再提交。", "gate.never-opened", "AR-10", 409)


def no_skipping() -> Refused:
    """Refuse to skip."""
    return Refused("本项目不允许跳过，无法判断时请按规则选择相应选项。", "gate.skipped", status_code=400)


def no_gold() -> Refused:
    """Refuse to mark a ground truth: gold answers are kept outside this server."""
    return Refused("标准答案不存放在本系统中。", "gate.gold")


def no_deletion() -> Refused:
    """Refuse to delete work."""
    return Refused("标注不能删除，请直接修改。", "gate.deletion")


def no_back_door() -> Refused:
    """Refuse a write that is no person's single submission: imports, bulk actions, programs without a caller."""
    return Refused("标注只能由本人逐条提交，不能导入、批量生成或改写。", "gate.back-door", "AR-2")


def bad_form(where: str) -> Refused:
    """Refuse a result that does not fit the form."""
    return Refused(f"提交内容与标注表单不符：{where}。", "gate.form", "R-034", 400)


def incomplete(where: str) -> Refused:
    """Refuse a result that lacks what form or rule book demand."""
    return Refused(f"标注不完整：{where}。", "gate.incomplete", "R-034", 400)


def bad_place(where: str) -> Refused:
    """Refuse a span whose text is not what stands at its offsets."""
    return Refused(f"选中的文字与原文位置不一致：{where}，请刷新页面后重新选择。", "gate.place", status_code=400)


def bad_prediction(where: str) -> Refused:
    """Refuse a hint that does not fit the form."""
    return Refused(f"预标注与标注表单不符：{where}。", "gate.prediction", status_code=400)


def no_peeking() -> Refused:
    """Refuse a filter or an order over what others wrote."""
    return Refused("不能按他人的标注筛选或排序。", "gate.peeking")


def untold() -> Refused:
    """Refuse to show raw text where the access cannot be recorded."""
    return Refused("现在无法记录对原文的查看，因此不显示；请稍后再试。", "gate.untold", status_code=503)
