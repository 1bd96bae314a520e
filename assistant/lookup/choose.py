"""Which passage answers: one that states a fact of the asked kind, for the asked metric and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lookup.asked import Asked, Kind
from assistant.lookup.expressions import expressions, plain
from assistant.lookup.match import Lexicon, Match, Needle, match, needles
from assistant.lookup.passages import HEADING, PREVIOUS, SENTENCE, Passage, grams
from index.numerals import halved, numeral_value
from index.period import Period
from index.quantity import Quantity, quantities

Standing = Literal["exact", "right", "unknown", "wrong"]

_CALLED = re.compile(r"以下(?:统称|简称|称)为?([^)）,，]{2,16})")
_EXPLAINS = re.compile(r"是指|指的是|即|包括|为主体|的.{2,10}$")
# A condition (对总投资500万元以上的…项目,) is completed by the rest of its sentence.
_CONDITION = re.compile(r"对|凡|经|按|未|已|在|新增|总投资")
_CONDITIONAL = {PREVIOUS: 0.8, SENTENCE: 0.85}
_CONTACT = re.compile(r"电话|联系方式|热线")
_YEARLY = re.compile(r"每年|一年(?!级)|年均|每个年度")
_IN_ALL = re.compile(r"累计|\d+年内|期间")
_BASELINE = re.compile(r"(?:从|由|较|比).{1,24}?(?:提|升|增|降|减|上|下)")
_COUNTED = {"家", "户", "个", "项", "种", "条", "所", "件", "类", "批", "座"}
_WORDED = re.compile(r"全覆盖|零的?突破|翻一?番|三分之[一二]|一半|过半")
# Against the best passage of any kind, and the share of the question that it must itself name.
LEAST_SHARE, LEAST_CORE = 0.8, 0.5
LEAST_LISTED = 0.5
_STANDING = {"exact": 0.12, "right": 0.05, "unknown": -0.03, "wrong": -0.1}
# A list, or what a word means, may run over the whole sentence under its heading.
_WIDER = {PREVIOUS: 0.8, SENTENCE: 0.75, HEADING: 0.75}


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
    sought = needles(asked, words)
    named = frozenset(gram for needle in sought for parts, _ in needle.ways for gram, _ in parts)
    found = [_found(asked, p, sought, named) for p in passages if units or not p.units]
    return sorted(found, key=lambda f: (-f.rank, f.passage.span.start))


def _found(
    asked: Asked, passage: Passage, sought: Sequence[Needle], named: frozenset[str]
) -> Found:
    lift = _WIDER if asked.kind in ("list", "definition", "open") else None
    if asks_threshold(asked) and _CONDITION.match(passage.text):
        lift = _CONDITIONAL
    matched = match(sought, passage, lift)
    if matched.score < 0.15:
        return Found(passage, matched, False, "unknown", matched.score - 1)
    standing = year_standing(asked, passage)
    fit = fits(asked, asked.kind, passage)
    rank = matched.score + 0.18 * matched.core + 0.06 * _precision(passage, named)
    rank += 0.08 * matched.head + _STANDING[standing] + _aptness(asked, passage)
    return Found(passage, matched, fit, standing, rank)


def _aptness(asked: Asked, passage: Passage) -> float:
    """What speaks for a passage beside its words: a deadline for 最晚, an explanation for 是指."""
    apt = 0.0
    if "date" in asked.kinds and any(t.month or t.day or t.edge for t in passage.times):
        apt += 0.05
    if asked.kind == "definition":
        named = _CALLED.search(passage.text)
        if named and named[1] in asked.text:
            apt += 0.5
        elif _EXPLAINS.search(passage.text):
            apt += 0.05
    if "number" in asked.kinds and passage.targets:
        apt += 0.1 if "目标" in asked.text else 0.03
    if asked.kind == "list":
        apt += min(0.12, 0.02 * passage.text.count("、"))
    return apt


def _precision(passage: Passage, named: frozenset[str]) -> float:
    own = grams(passage.text)
    return sum(gram in named for gram in own) / len(own) if own else 0.0


def answering(asked: Asked, found: Sequence[Found], said: Sequence[Passage] = ()) -> Found | None:
    """The passage that answers, or None where the documents do not say.

    ``said`` are passages that an earlier part of the same question was answered with.
    """
    found = [f for f in found if f.passage not in said] or found
    best_of_all = next((f for f in found if not f.passage.heading), None)
    if found and "(略)" in found[0].passage.text:
        return None
    best = next((f for f in found if f.fits and f.standing != "wrong"), None)
    if best is None or best_of_all is None or best.match.absent or lacks(asked, best.passage):
        return None
    if best.standing == "unknown" and any(
        f.fits and f.standing == "wrong" and f.match.score >= best.match.score - 0.12
        for f in found[:20]
    ):
        return None
    if asked.follow_up and _unheard(asked, best):
        return None
    if _CONTACT.search(asked.text):
        return best if best.match.score >= 0.3 else None
    if asked.kind in ("list", "definition", "open"):
        return best if best.match.score >= LEAST_LISTED else None
    enough = best.match.core >= LEAST_CORE or (
        asks_threshold(asked) and bool(_CONDITION.match(best.passage.text))
    )
    topical = best.match.score >= LEAST_SHARE * best_of_all.match.score
    return best if enough and topical else None


def also(asked: Asked, best: Found, found: Sequence[Found]) -> list[Found]:
    """Other places where the same fact stands, so that they are cited with it."""
    amounts = {q.base_value for q in figures(asked, best.passage)}
    return [
        one
        for one in found[:15]
        if one.passage.sentence != best.passage.sentence
        and one.fits
        and one.standing != "wrong"
        and one.match.score >= best.match.score - 0.16
        and _alike(one.passage, best.passage) >= (0.3 if amounts else 0.5)
        and (not amounts or amounts & {q.base_value for q in figures(asked, one.passage)})
    ][:2]


def other_years(asked: Asked, best: Found, found: Sequence[Found]) -> list[Found]:
    """The same metric for other years in the same sentence: 2018年2家,2020年5家."""
    if asked.years or asked.kind != "number":
        return []
    mine = {t.by for t in best.passage.times if t.by}
    return [
        one
        for one in found[:12]
        if mine
        and one.passage.sentence == best.passage.sentence
        and one.passage is not best.passage
        and one.fits
        and one.match.score >= best.match.score - 0.12
        and not mine & {t.by for t in one.passage.times}
        and any(t.by for t in one.passage.times)
    ][:2]


def _alike(one: Passage, other: Passage) -> float:
    a, b = set(grams(one.text)), set(grams(other.text))
    return len(a & b) / max(1, min(len(a), len(b)))


def _unheard(asked: Asked, best: Found) -> bool:
    """那遵义的呢: a follow-up whose own words the passage does not have at all."""
    own = [term for term in asked.terms if term.own and len(term.surface) > 1]
    return bool(own) and all(
        not any(g in best.passage.weights for a in term.alternatives for g in grams(a))
        for term in own
    )


def lacks(asked: Asked, passage: Passage) -> bool:
    """Whether the question has a word that decides (奖, 降, 组长) and the sentence has none like it."""
    sentence = passage.subject + plain(passage.sentence.of(passage.document.text))
    return any(
        any(word in asked.text for word in group) and not any(word in sentence for word in group)
        for group in expressions().deciding
    )


def fits(asked: Asked, kind: Kind, passage: Passage) -> bool:
    """Whether a passage states a fact of the asked kind at all."""
    if passage.heading or passage.clause.id.endswith("/标题") or (asks_baseline(asked) and not _BASELINE.search(passage.text)):
        return False
    if _CONTACT.search(asked.text):
        return bool(re.search(r"\d{7}", passage.text))
    if kind == "number" and asked.measure == "frequency":
        return any(t.kind == "recurring" for t in passage.times)
    if kind == "number":
        return bool(figures(asked, passage)) or (
            asked.measure in ("", "percent") and bool(_WORDED.search(passage.text))
        )
    if kind == "date":
        return any(_dated(asked, t) for t in (*passage.times, *passage.inherited))
    if kind == "list":
        return enumerates(asked, passage)
    return "(略)" not in passage.text


def enumerates(asked: Asked, passage: Passage) -> bool:
    """Whether a passage lists things, and as many of them as the question counts."""
    chains = [
        len(re.split(r"、|和|以及|及|或", piece)) for piece in re.split("[,，(（)）]", passage.text)
    ]
    most = max(chains)
    counted = re.search(r"哪([两二三四五六七八九十\d]+)[^几]", asked.text)
    if counted is None:
        return most > 1
    wanted = numeral_value(counted[1])
    return most >= min(wanted, 5) if wanted > 3 else most > 1


def figures(asked: Asked, passage: Passage) -> list[Quantity]:
    """The figures of a passage that could be what is asked for."""
    if asked.measure == "duration":
        return [q for q in quantities(halved(passage.words)) if q.kind == "duration"]
    given = {(a.base_value, a.base_unit) for a in asked.amounts}
    return [
        q
        for q in passage.quantities
        if q.kind != "ordinal"
        and (q.base_value, q.base_unit) not in given
        and measured(asked.measure, q)
        and (asks_threshold(asked) or not _is_threshold(passage, q))
    ]


def asks_baseline(asked: Asked) -> bool:
    return bool(re.search(r"基数|原来是|原先|基期|起点是", asked.text))


def asks_threshold(asked: Asked) -> bool:
    return bool(re.search(r"多少钱的|多大的|以上|以下|门槛|条件|起步|才|算$|算是|[万亿元]起|就得|就要", asked.text))


def _is_threshold(passage: Passage, quantity: Quantity) -> bool:
    """总投资2000万元以上的项目: an amount that only says which projects are meant."""
    after = halved(passage.words)[quantity.span.end :]
    return quantity.kind == "amount" and bool(
        re.match(r"(?:以上|以下)?的?[^，,、]{0,14}(?:项目|企业|工程)", after)
    )


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
    if measure == "duration":
        return kind == "duration"
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
    if time.kind == "recurring":
        return bool(time.days or time.day or time.edge or time.every in ("month", "quarter"))
    return bool(time.by or time.since or time.month or time.years)


def year_standing(asked: Asked, passage: Passage) -> Standing:
    """Whether a passage speaks of the asked year, of another one, or of none."""
    if _YEARLY.search(asked.text) and _IN_ALL.search(passage.text):
        if not any(t.kind == "recurring" for t in passage.times):
            return "wrong"
    if not asked.years and not asked.span:
        return "right"
    if asked.years and any(t.by in asked.years and t.kind != "range" for t in passage.times):
        return "exact"
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
