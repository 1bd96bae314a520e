"""Which passage answers: one that states a fact of the asked kind, for the asked metric and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lookup.asked import Asked, Kind
from assistant.lookup.match import Lexicon, Match, match
from assistant.lookup.passages import Passage, grams
from index.period import Period
from index.quantity import Quantity

Standing = Literal["right", "unknown", "wrong"]

_COUNTED = {"家", "户", "个", "项", "种", "条", "所", "件", "类", "批", "座"}
_WORDED = re.compile(r"全覆盖|零的?突破|翻一?番|三分之[一二]|一半|过半")
# Against the best passage of any kind, and the share of the question that it must itself name.
LEAST_SHARE, LEAST_CORE = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Found:
    passage: Passage
    match: Match
    fits: bool
    standing: Standing
    rank: float


def ranked(
    asked: Asked, passages: Sequence[Passage], words: Lexicon, units: bool = False
) -> list[Found]:
    """Every passage with how well it answers, the best first; lists of units only if wanted."""
    found = [_found(asked, p, words) for p in passages if units or not p.units]
    return sorted(found, key=lambda f: (-f.rank, f.passage.span.start))


def _found(asked: Asked, passage: Passage, words: Lexicon) -> Found:
    matched = match(asked, passage, words)
    standing = year_standing(asked, passage)
    fit = fits(asked, asked.kind, passage)
    rank = matched.score + 0.06 * _precision(asked, passage)
    rank += {"right": 0.05, "unknown": -0.03, "wrong": -0.1}[standing]
    return Found(passage, matched, fit, standing, rank)


def _precision(asked: Asked, passage: Passage) -> float:
    own = grams(passage.text)
    named = {gram for term in asked.terms for a in term.alternatives for gram in grams(a)}
    return sum(gram in named for gram in own) / len(own) if own else 0.0


def answering(asked: Asked, found: Sequence[Found]) -> Found | None:
    """The passage that answers, or None where the documents do not say."""
    best_of_all = found[0] if found else None
    best = next((f for f in found if f.fits and f.standing != "wrong"), None)
    if best is None or best_of_all is None:
        return None
    enough = best.match.core >= LEAST_CORE
    topical = best.match.score >= LEAST_SHARE * best_of_all.match.score
    return best if enough and topical else None


def fits(asked: Asked, kind: Kind, passage: Passage) -> bool:
    """Whether a passage states a fact of the asked kind at all."""
    if kind == "number":
        return bool(figures(asked, passage)) or (
            asked.measure in ("", "percent") and bool(_WORDED.search(passage.text))
        )
    if kind == "date":
        return any(_dated(asked, t) for t in (*passage.times, *passage.inherited))
    if kind == "list":
        return "、" in passage.text or "和" in passage.text
    return True


def figures(asked: Asked, passage: Passage) -> list[Quantity]:
    """The figures of a passage that could be what is asked for."""
    given = {(a.base_value, a.base_unit) for a in asked.amounts}
    return [
        q
        for q in passage.quantities
        if q.kind != "ordinal"
        and (q.base_value, q.base_unit) not in given
        and measured(asked.measure, q)
    ]


def measured(measure: str, quantity: Quantity) -> bool:
    """Whether a quantity is of the kind that the question's unit names."""
    unit, kind = quantity.base_unit, quantity.kind
    if measure == "money":
        return kind == "amount" or quantity.unit in ("亿", "万")
    if measure == "percent":
        return kind in ("percent", "points", "multiple")
    if measure == "mass":
        return unit.endswith("吨")
    if measure == "area":
        return unit in ("亩", "平方米", "公顷", "平方公里")
    if measure == "count":
        return unit[:1] in _COUNTED and kind == "count"
    if measure == "machine":
        return unit[:1] in {"台", "套", "辆"}
    if measure == "people":
        return unit[:1] in {"人", "名"}
    if measure == "power":
        return unit.endswith(("瓦", "千瓦时"))
    return kind != "duration"


def _dated(asked: Asked, time: Period) -> bool:
    """Whether a time expression is as fine as the question wants it."""
    if re.search(r"几号|哪一?天|哪日|哪一日", asked.text):
        return bool(time.day or time.month or time.days)
    if re.search(r"几月|哪个?月", asked.text):
        return bool(time.month or time.days)
    if re.search(r"哪一?年", asked.text):
        return bool(time.by or time.since)
    if "多久" in asked.text:
        return time.kind in ("recurring", "within")
    return bool(time.by or time.since or time.month or time.days or time.years)


def year_standing(asked: Asked, passage: Passage) -> Standing:
    """Whether a passage speaks of the asked year, of another one, or of none."""
    if not asked.years and not asked.span:
        return "right"
    times = [t for t in passage.times if t.by or t.since] or [
        t for t in passage.inherited if t.by or t.since
    ]
    yearly = any(t.kind == "recurring" and t.every == "year" for t in passage.times)
    if not times:
        return "unknown"
    wanted = asked.years or (asked.span or ("", ""))[1:]
    return "right" if any(_covers(t, y, yearly) for t in times for y in wanted) else "wrong"


def _covers(time: Period, year: str, yearly: bool) -> bool:
    if time.by == year:
        return True
    if time.kind == "since":
        return (time.since or "") <= year
    after = time.since is None or time.since <= year
    return yearly and after and (time.by is None or year <= time.by)
