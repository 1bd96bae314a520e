"""The county's own tasks, in their place among those from above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.draft.gather import Section
from assistant.draft.profile import CountyTask, Profile
from assistant.draft.source import Node
from assistant.draft.types import Units
from index.period import Period, periods


def with_county_tasks(sections: Sequence[Section], profile: Profile) -> None:
    """Each task goes under the heading that its ``under`` names; else to the end of the tasks."""
    for i, task in enumerate(profile.tasks, start=1):
        node = _node(task, i, sections)
        home = _home(task, sections)
        if isinstance(home, Node):
            home.children.append(node)
        else:
            home.nodes.append(node)


def _node(task: CountyTask, i: int, sections: Sequence[Section]) -> Node:
    leads = any(n.units.with_lead for s in sections for top in s.nodes for n in top.walk())
    names = tuple(name for name in (task.lead, *task.support) if name)
    units = (
        Units((task.lead,), task.support, with_lead=True)
        if leads and task.lead
        else Units((), names)
    )
    text = task.text.strip()
    if text and text[-1] not in "。！":
        text += "。"
    text = _timed(text, task.deadline.strip("。；，、 "))
    return Node(f"县拟定/{i}", task.heading.strip("。"), [text] if text else [], units)


def _timed(text: str, deadline: str) -> str:
    """The text with its deadline: opening its one sentence, else behind what it says."""
    due, said = periods(deadline), periods(text)
    if not deadline or deadline in text or any(_one_day(a, b) for a in due for b in said):
        return text
    plain = len(due) == 1 and due[0].span.of(deadline) == deadline
    if not plain or said or len(re.findall("[。！？；]", text)) != 1:
        return f"{text}完成时限：{deadline}。"
    return f"{_opening(deadline)}，{text}"


def _one_day(one: Period, other: Period) -> bool:
    return one.by is not None and (one.by, one.month, one.day) == (other.by, other.month, other.day)


def _opening(deadline: str) -> str:
    """2020年 alone could be read as a year of work; a month or a day needs its 前."""
    if re.fullmatch(r"20\d\d年", deadline):
        return f"到{deadline}"
    return f"{deadline}前" if re.search(r"\d年.*[月日底末]$", deadline) else deadline


def _home(task: CountyTask, sections: Sequence[Section]) -> Section | Node:
    tasks = next((s for s in sections if s.role == "task"), sections[0])
    if not task.under:
        return tasks
    wanted = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.]\s*", "", task.under)
    nodes = [n for s in sections for n in s.nodes if n.children or n.heading]
    best = max(nodes, key=lambda n: fuzz.partial_ratio(wanted, n.heading), default=None)
    named = next((s for s in sections if wanted in s.heading), None)
    if best is not None and fuzz.partial_ratio(wanted, best.heading) >= 80:
        return best if best.children else tasks
    return named or tasks
