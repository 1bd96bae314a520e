"""Corruptions of statements with two citations: what one document says is told of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from assistant.types import Statement
from assistant.verify.wording import plain
from evals.ground import Ground, arabic
from evals.truths import Truth
from index.agencies import mentions, same_body

PairLie = Callable[[Truth, Truth], str | None]


def _place(truth: Truth) -> str:
    named = re.findall(r"[一-鿿]+?(?:省|市|县)", truth.document.region)
    return named[-1] if named else ""


def _two_places(one: Truth, other: Truth) -> bool:
    return bool(_place(one)) and bool(_place(other)) and _place(one) != _place(other)


def places_swapped(one: Truth, other: Truth) -> str | None:
    if not _two_places(one, other):
        return None
    return f"{_place(other)}：{one.text}{_place(one)}：{other.text}"


def title_of_the_other(one: Truth, other: Truth) -> str | None:
    if one.document.id == other.document.id or "《" in one.document.title + other.document.title:
        return None
    return f"根据《{other.document.title}》，{one.text}"


def figure_of_the_other(one: Truth, other: Truth) -> str | None:
    """The one's sentence with the other's figure, where both are cited."""
    mine, theirs = arabic(one.text), arabic(other.text)
    known = {(q.value, q.unit) for q in mine}
    fitting = [(m, t) for m in mine for t in theirs if t.unit == m.unit]
    for m, t in fitting:
        if (t.value, t.unit) not in known:
            number = t.number.of(other.text)
            return one.text[: m.number.start] + number + one.text[m.number.end :]
    return None


def unit_of_the_other(one: Truth, other: Truth, ground: Ground) -> str | None:
    """A body that only the other task names is said to bear the one."""
    mine = ground.corpus.tasks.get(one.clause.id)
    theirs = ground.corpus.tasks.get(other.clause.id)
    if mine is None or theirs is None or one.clause.id == other.clause.id:
        return None
    text = plain(one.clause.text)
    names = {plain(a.name) for a in mine.agencies} | {m.name for m in mentions(text)}
    foreign = [
        a.name
        for a in theirs.agencies
        if not any(plain(a.name) in n or n in a.name or same_body(a.name, n) for n in names)
    ]
    heading = (one.clause.heading or "").rstrip("。")
    return f"{heading}由{foreign[0]}负责。" if foreign and len(heading) > 5 else None


PAIR_LIES: dict[str, PairLie] = {
    "两地互换": places_swapped,
    "标题用他文": title_of_the_other,
    "数字用他条": figure_of_the_other,
}


def pair_lies(ground: Ground, most: int) -> list[tuple[str, Truth, Statement]]:
    found: list[tuple[str, Truth, Statement]] = []
    row = ground.random.sample(ground.every, len(ground.every))
    couples = list(pairwise(row))
    for kind, lie in PAIR_LIES.items():
        told = [(one, other, lie(one, other)) for one, other in couples]
        made = [(kind, one, _citing(text, one, other)) for one, other, text in told if text]
        found += made[:most]
    tasks = ground.corpus.tasks
    bearing = [t for t in ground.everyone if t.clause.id in tasks and "单位" in t.text]
    bearing = ground.random.sample(bearing, len(bearing))
    told = [(a, b, unit_of_the_other(a, b, ground)) for a, b in pairwise(bearing)]
    made = [("单位用他条", one, _citing(text, one, other)) for one, other, text in told if text]
    return [*found, *made[:most]]


def _citing(text: str, one: Truth, other: Truth) -> Statement:
    return Statement(text, (one.statement.citations[0], other.statement.citations[0]))
