"""The county's own tasks, in their place among those from above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.draft.gather import Section
from assistant.draft.profile import CountyTask, Profile
from assistant.draft.source import Node
from assistant.draft.types import Units


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
    return Node(f"县拟定/{i}", task.heading.strip("。"), [text] if text else [], units)


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
