"""Yes or no: what the question takes for granted, held against what the passage states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found
from assistant.lookup.expressions import Expressions, plain
from assistant.lookup.fitting import is_threshold, recurs_yearly
from assistant.lookup.passages import Passage, amount_gram, grams
from index.quantity import Quantity, quantities
from index.types import Target

_ONLY = re.compile(
    r"是不是只|只(?=[改对管抓做给])|只要|只用|只有|只能|只是|仅仅?|唯一|一条路|光是|单单"
)
_FORBIDS = re.compile(r"取缔|严禁|禁止|不得|不能|不可|不予|不允许|严控")
_NEGATIVE = re.compile(r"(?:不用|不必|不需要|无需|不|没)[^,，是少低超得到]{1,6}[吧吗]$")
_OPENINGS = (
    (frozenset({"有", "有没有"}), "有", "没有"),
    (frozenset({"能", "能不能", "能否"}), "能", "不能"),
    (frozenset({"可以", "可不可以", "可否"}), "可以", "不可以"),
    (frozenset({"会", "会不会"}), "会", "不会"),
    (frozenset({"需要", "用不用", "要不要", "需不需要"}), "需要", "不需要"),
)
_BODY = re.compile(r"联席会议|领导小组|委员会|指挥部|专班|工作机制|办公室")
# A yes needs every thing that the question names to be spoken of at least so far.
# 力争到2020年 says nothing by itself.
SHORTEST_SAID = 12
LEAST_NAMED, LEAST_FOR_YES = 0.42, 0.7
_YEARLY = re.compile(r"每年|年均|一年(?!级)")
_KEY = re.compile(r"(?:叫|叫做|属于|称为)([^,，]{2,12})[吗吧么]")


@dataclass(frozen=True, slots=True)
class Judged:
    yes: bool
    passage: Passage


def opening(text: str, yes: bool) -> str:
    """The word that answers the question's own verb."""
    if re.search(r"是不是|是否|对吧|对不对|是吧", text):
        return "是" if yes else "否"
    tokens = set(rjieba.cut(text))
    for asks, positive, negative in _OPENINGS:
        if asks & tokens:
            return positive if yes else negative
    return "是" if yes else "否"


def judge(asked: Asked, found: Sequence[Found], words: Expressions) -> Judged | None:
    """Whether the best passage bears the question out; None where none speaks of it."""
    best = _of_the_year(asked, [one for one in found if not one.passage.heading])
    key = _KEY.search(asked.text)
    if best is not None and key and best.match.score >= 0.3:
        shown = next(
            (o for o in found if _BODY.search(key[1]) and _BODY.search(o.passage.text)), best
        )
        return Judged(key[1] in shown.passage.clause.text, shown.passage)
    if best is None or best.match.score < 0.45:
        return None
    passage = best.passage
    if (threshold := by_threshold(asked, found)) is not None:
        return threshold
    against = (
        best.standing == "wrong"
        or contradicts(asked, passage, words)
        or bool(_ONLY.search(asked.text) and _several(passage))
        or _once(asked, passage)
        or _narrower(asked, passage)
    )
    named = best.match.score >= 0.55 and best.match.least >= LEAST_NAMED
    negative = bool(_NEGATIVE.search(asked.text)) and not re.search(
        r"有没有|能不能|是不是|会不会", asked.text
    )
    if not against and not named and best.match.score < (0.72 if negative else 0.76):
        return None
    if not against and (_ONLY.search(asked.text) or (asked.years and best.standing == "unknown")):
        return None
    forbidden = bool(_FORBIDS.search(passage.text)) and not _FORBIDS.search(asked.text)
    yes = not against and not forbidden
    if negative:
        yes = not yes and not against
    return Judged(yes, passage)


def _of_the_year(asked: Asked, found: Sequence[Found]) -> Found | None:
    """The best passage; of nearly as good ones that which speaks of a year, if one is asked."""
    if not found or not asked.years:
        return found[0] if found else None
    top = found[0].match
    near = [
        one
        for one in found[:8]
        if one.match.score >= top.score - 0.12
        and one.match.core >= 0.7 * top.core
        and not (one.passage.times and len(one.passage.text) <= SHORTEST_SAID)
    ]
    for standing in ("exact", "right", "wrong"):
        dated = next((one for one in near if one.standing == standing), None)
        if dated is not None:
            return dated
    return found[0]


def by_figure(asked: Asked, found: Sequence[Found]) -> Judged | None:
    """Whether the figure of the metric is the one that the question takes for granted.

    ``found`` is ranked without that figure, so that a passage is not chosen for holding it.
    """
    claimed = asked.amounts[-1]
    top = next((one for one in found if not one.passage.heading), None)
    best = next((one for one in found if _stated(claimed, one) and one.standing != "wrong"), None)
    if top is None or best is None or best.match.score < 0.8 * top.match.score:
        return None
    if best.match.core < 0.5 or best.match.least_own < LEAST_NAMED:
        return None
    if _other_rate(asked.text, best.passage.text):
        return None
    stated = _of_metric(asked, _stated(claimed, best), best.passage)
    yes = any(_borne_out(asked, q, claimed.base_value, best.passage) for q in stated)
    if yes and _YEARLY.search(asked.text) and not recurs_yearly(asked, best.passage):
        return Judged(False, best.passage)
    return Judged(yes, best.passage) if best.match.least_own >= LEAST_FOR_YES or not yes else None


def _borne_out(asked: Asked, stated: Quantity, claimed: float, passage: Passage) -> bool:
    """Whether a figure is the claimed one; of a threshold (500万元以上), whether it admits it."""
    if is_threshold(passage, stated) and stated.op in (">=", "<="):
        return _admits(stated, claimed)
    least = stated.op == ">=" or bool(re.search(r"不低于|不少于|至少", passage.text))
    most = stated.op == "<=" or bool(re.search(r"不超过|不高于|至多", passage.text))
    if least and re.search(r"(?<!不)(?:低于|少于|小于|不到)", asked.text):
        return stated.base_value < claimed
    if most and re.search(r"(?<!不)(?:超过|高于|多于|大于)", asked.text):
        return stated.base_value > claimed
    return _meets(asked.text, stated.base_value, claimed)


def _other_rate(asked: str, said: str) -> bool:
    """A share asked about (占比) and a growth stated (增长), or the other way round."""
    share, growth = re.compile(r"占|比重|比例"), re.compile(r"增速|增长|增幅|涨")
    return (bool(share.search(asked)) and not share.search(said)) or (
        bool(growth.search(asked)) and not growth.search(said)
    )


def _stated(claimed: Quantity, one: Found) -> list[Quantity]:
    return [q for q in one.passage.quantities if _comparable(q, claimed)]


def _of_metric(asked: Asked, stated: Sequence[Quantity], passage: Passage) -> Sequence[Quantity]:
    """Of several figures in a row (分别达到70%和60%) the one whose metric is asked about."""
    named = {g for t in asked.terms for a in t.alternatives for g in grams(a)}
    named |= {amount_gram(a) for a in asked.amounts[:-1]}
    liked = [(sum(g in named for g in _metric_grams(target)), target) for target in passage.targets]
    if len(stated) < 2 or not liked:
        return stated
    best = max(score for score, _ in liked)
    values = {t.value for score, t in liked if score == best}
    return [q for q in stated if q.value in values] or stated


def _metric_grams(target: Target) -> list[str]:
    words = plain(target.metric + (target.threshold or ""))
    return [*grams(words), *(amount_gram(q) for q in quantities(words))]


def _meets(text: str, stated: float, claimed: float) -> bool:
    """Whether what is stated bears out 超过…, 不超过…, or the bare figure."""
    if re.search(r"(?<!不)超过|(?<!不)高于|不少于|不低于|至少|以上|突破", text):
        return stated >= claimed
    if re.search(r"不超过|不高于|至多|以下|以内|低于|少于", text):
        return stated <= claimed
    return stated == claimed


def _narrower(asked: Asked, passage: Passage) -> bool:
    """所有企业…吗, held against what only some (规模以上, 重点) have to do."""
    every = re.search(r"所有|全部|任何|每个|一律", asked.text)
    some = re.findall(r"规模以上|重点|符合条件|有关|部分|试点", passage.text)
    words = asked.text.replace("规上", "规模以上")
    return bool(every and some) and not any(word in words for word in some)


def _once(asked: Asked, passage: Passage) -> bool:
    """报一次就行: held against dates that recur more often."""
    often = any(len(t.days) > 1 for t in passage.times + passage.inherited)
    return often and bool(re.search(r"一[次回遍]", asked.text))


def _several(passage: Passage) -> bool:
    return "、" in passage.text or "或" in passage.text


def contradicts(asked: Asked, passage: Passage, words: Expressions) -> bool:
    """Whether the passage says one of a set of exclusive things and the question another."""
    said = passage.subject + passage.text
    for contrast in words.contrasts:
        asks = _values(contrast.values, asked.text)
        says = _values(contrast.values, said)
        if asks and says and not asks & says:
            return True
    return False


def _values(values: Sequence[Sequence[str]], text: str) -> set[int]:
    return {i for i, words in enumerate(values) if any(word in text for word in words)}


def _comparable(one: Quantity, other: Quantity) -> bool:
    bare = [q for q in (one, other) if q.unit in ("万", "亿", "千万", "百万")]
    if bare and {one.kind, other.kind} & {"amount"}:
        return True
    return one.kind == other.kind and one.base_unit == other.base_unit


def by_threshold(asked: Asked, found: Sequence[Found]) -> Judged | None:
    """2000万元以上的…; 2000万元以下的…: which side the question's amount falls on."""
    for amount in asked.amounts:
        sides = [
            (one, q)
            for one in found[:20]
            for q in one.passage.quantities
            if _comparable(q, amount) and q.op in (">=", "<=") and one.match.score > 0.3
        ]
        for one, limit in sides:
            if found[0].match.score > one.match.score + 0.08:
                continue
            same = [
                (other, q) for other, q in sides
                if q.base_value == limit.base_value and other.passage.clause is one.passage.clause
            ]  # fmt: skip
            if len({q.op for _, q in same}) == 2 and amount.base_value != limit.base_value:
                return _side_of(amount.base_value, same)
    return None


def _side_of(value: float, sides: Sequence[tuple[Found, Quantity]]) -> Judged:
    fits = [one for one, q in sides if _admits(q, value)]
    others = [one for one, q in sides if not _admits(q, value)]
    return Judged(fits[0].match.core >= others[0].match.core - 0.01, fits[0].passage)


def _admits(limit: Quantity, value: float) -> bool:
    return value >= limit.base_value if limit.op == ">=" else value <= limit.base_value
