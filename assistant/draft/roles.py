"""Which section of a county plan an upper section belongs to."""

from __future__ import annotations

import re
from collections import Counter

from assistant.draft.source import Node

_BY_HEADING = (
    ("goal", re.compile(r"^(?!.*(?:要求|思路|思想|原则)).*目标(?!任务|责任|考核)")),
    (
        "general",
        re.compile(
            r"总体要求|重要意义|重大意义|总体思路|指导思想|基本思路|基本原则|工作思路|总体考虑|工作原则|总体目标"
        ),
    ),
    ("steps", re.compile(r"步骤|进度安排|时间安排|阶段")),
    ("measure", re.compile(r"保障|支撑措施|政策措施|工作措施|支持政策|扶持政策|支持措施")),
    (
        "organise",
        re.compile(
            r"组织实施|组织领导|加强领导|党的(?:全面)?领导|工作要求|有关要求|组织推进|推进机制|督导|考核|统筹协调|政策落实|工作责任|落实责任|落实到位"
        ),
    ),
    ("task", re.compile(r"任务|重点|举措|行动|工程|工作|攻坚|措施|路径|布局|内容")),
)
_BY_KIND = {
    "measure": "measure",
    "organisation": "organise",
    "goal": "goal",
    "principle": "general",
}


def role_of(section: Node) -> str:
    """By the heading; where it says nothing, by the kind of most of its tasks."""
    units = any(node.units.everyone for node in section.walk())
    if (
        re.fullmatch(r"(?:主要|工作|总体|年度)?(?:目标任务|任务目标)", section.heading)
        and not units
    ):
        return "goal"
    if role := role_by(section.heading):
        return role
    kinds = Counter(node.task.kind for node in section.walk() if node.task)
    return _BY_KIND.get(kinds.most_common(1)[0][0], "task") if kinds else "task"


def role_by(heading: str) -> str:
    return next((role for role, pattern in _BY_HEADING if pattern.search(heading)), "")


def is_goal(node: Node) -> bool:
    return bool(re.search(r"目标(?!任务|责任|考核)", node.heading)) and not re.search(
        r"总体要求|思想|原则", node.heading
    )
