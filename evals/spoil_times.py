"""Ways to spoil the times of a task."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from evals.county_text import Told
from evals.spoiling import Made, changed
from index.period import periods
from index.types import Task

_TIMES = (
    re.compile(r"(?:^|(?<=[，,。；;]))到20\d\d年(?:底|底前|末)?[，,]?"),
    re.compile(r"20\d\d年(?:底|年底|\d{1,2}月底?)?(?:前|之前)[，,]?"),
    re.compile(r"^20\d\d年[，,]"),
)
_BEAT = {"每月": "每季度", "每季度": "每半年", "每半年": "每年"}


def later(task: Task, told: Told, rng: random.Random) -> Made:
    for at, text in enumerate(told.sentences):
        years = _bound_years(text)
        if len(years) == 1 and len(re.findall(r"20\d\d", text)) == 1:
            moved = changed(told, at, text.replace(years[0], str(int(years[0]) + 1)))
            return replace(moved, movable=False), years[0]
    return None


def drop_time(task: Task, told: Told, rng: random.Random) -> Made:
    """The only time of the task goes, and what it bound stays."""
    timed = [at for at, text in enumerate(told.sentences) if periods(text)]
    if len(timed) != 1 or len(periods(told.sentences[timed[0]])) != 1:
        return None
    text = told.sentences[timed[0]]
    for pattern in _TIMES:
        if len(pattern.findall(text)) == 1:
            found = pattern.search(text)
            assert found is not None
            rest = pattern.sub("", text)
            return replace(changed(told, timed[0], rest), movable=False), found[0]
    return None


def slower_beat(task: Task, told: Told, rng: random.Random) -> Made:
    """每月报 becomes 每季度报."""
    whole = "".join(told.sentences)
    for fast, slow in _BEAT.items():
        if whole.count(fast) == 1 and any(fast in duty.quote for duty in task.duties):
            at = next(i for i, text in enumerate(told.sentences) if fast in text)
            return changed(told, at, told.sentences[at].replace(fast, slow)), fast
    return None


def _bound_years(text: str) -> list[str]:
    return [p.by for p in periods(text) if p.kind == "deadline" and p.by and p.by in text]
