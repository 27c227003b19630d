"""Lists of entries (通讯录, 聊天记录, 行踪): one entry is a find where its neighbours have the same shape.

A list can be longer than any stretch that is looked at, and what is found must depend on what stands near: so each
entry stands for itself, and those within reach on both sides are its witnesses.
"""

import re

from pii.gate import REACH

STAMP = (
    r"(?:(?:[0-9]{4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}(?:日|[/.][0-9]{2,4})?,?[ T]?[ \t]?)?"
    r"(?:上午|下午|晚上|凌晨|中午|早上)?[ \t]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[ \t]?[AaPp][Mm])?"
)
"""A time of day, with its date where there is one."""


def neighbours(head: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Count the beginnings of entries within reach of ``[start, end)``, those inside not among them.

    Args:
        head: What an entry begins with.
        text: Folded text.
        start: Where the entry begins.
        end: Where it ends.
    """
    before = text[max(0, start - REACH + 1) : start]
    behind = text[end : end + REACH - 1]
    return sum(1 for _ in head.finditer(before)) + sum(1 for _ in head.finditer(behind))
