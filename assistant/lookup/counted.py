"""Two questions that no single passage answers: 哪两个库, and which year a plan aims at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found
from assistant.lookup.compose import Claim, joined, stated
from assistant.lookup.expressions import plain
from assistant.lookup.holding import Holding
from assistant.lookup.passages import Passage
from index.numerals import numeral_value

_COUNTED = re.compile(r"哪([两二三四])[个张类大项种条家]?([一-鿿]{1,3})$")
_PLAN_ONLY = re.compile(r"方案|计划|行动|文件|三份|两份|目标|奔")


def counted_things(asked: Asked, found: Sequence[Found]) -> Claim | None:
    """哪两个库: the passages of one clause that name each of the things counted."""
    asks = _COUNTED.search(asked.text)
    if asks is None or not found:
        return None
    wanted, noun = int(numeral_value(asks[1])), asks[2]
    clause = found[0].passage.clause
    named = [
        one.passage
        for one in found
        if one.passage.clause is clause
        and re.search(rf"[一-鿿]{{3,}}{noun}", one.passage.text)
        and not re.search(rf"[两二三四]{noun}", one.passage.text)
        and not one.passage.heading
    ]
    named.sort(key=lambda passage: passage.span.start)
    return joined([stated(passage) for passage in named]) if len(named) == wanted else None


def goal_year(asked: Asked, held: Holding) -> Passage | None:
    """The passage that says by when a plan's goals are to be reached, if only that is asked."""
    if asked.kind != "date" or "目标" not in asked.text:
        return None
    if any(term.own and not _PLAN_ONLY.search(term.surface) for term in asked.terms):
        return None
    goals = [
        p for p in held.passages
        if "目标" in plain("".join(p.clause.path)) and any(t.binds for t in p.times)
    ]  # fmt: skip
    years = Counter(t.by for p in goals for t in p.times if t.by and t.kind != "range")
    if not years:
        return goals[0] if goals else None
    aimed = max(years, key=lambda year: (years[year], year))
    first = next(p for p in goals if any(t.by == aimed and t.kind != "range" for t in p.times))
    after = [
        p for p in held.passages if p.sentence == first.sentence and p.span.start > first.span.start
    ]
    return first if len(first.text) > 12 or not after else after[0]
