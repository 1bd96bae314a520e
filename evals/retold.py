"""True statements told from the typed facts of a task: who leads, who bears it, one target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evals.truths import Truth
from index.types import Task


def led_by(truth: Truth, task: Task | None) -> str | None:
    if task is None or not task.lead or not truth.text.startswith(("（牵头单位", "牵头单位")):
        return None
    return f"由{task.lead}牵头。"


def borne_by(truth: Truth, task: Task | None) -> str | None:
    start = truth.statement.citations[0].span
    inside = [a for a in task.agencies if start.contains(a.span)] if task else []
    if not inside or task is None:
        return None
    names = "、".join(a.name for a in inside)
    return f"{task.path[-1].lstrip('（）一二三四五六七八九十、0123456789．.()')}由{names}负责。"


def borne_reordered(truth: Truth, task: Task | None) -> str | None:
    start = truth.statement.citations[0].span
    inside = [a for a in task.agencies if start.contains(a.span)] if task else []
    return f"责任单位有{'、'.join(a.name for a in reversed(inside))}。" if len(inside) > 1 else None


def told_alone(truth: Truth, task: Task | None) -> Iterator[str]:
    """Each typed target of the sentence by itself, with its year where the sentence states it."""
    span = truth.statement.citations[0].span
    if re.search("降低|压减|下降", truth.text):
        return
    for target in task.targets if task else ():
        if span.contains(target.span) and len(target.metric) > 2 and target.basis == "total":
            years = set(re.findall(r"20\d\d(?=年)", truth.text))
            when = f"到{target.by}年，" if target.by and years == {target.by} else ""
            when = when if when in truth.text else ""
            mode = {">=": "以上", "<=": "以内", "~": "左右"}.get(target.op, "")
            yield f"{when}{target.metric}达到{target.value:g}{target.unit}{mode}。"


WITH_TASKS: dict[str, Callable[[Truth, Task | None], str | None]] = {
    "由……牵头": led_by,
    "由……负责": borne_by,
    "责任单位换序": borne_reordered,
}
