"""Which target of the draft answers which upper one: by metric, words, unit, year and value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.check.cutting import halved
from assistant.check.likeness import Pairs, Rarity, pairs
from assistant.check.types import Sentence
from index.facts import targets_in_lines
from index.quantity import quantities
from index.types import Span, Target
from index.units import kind_of, split_unit

_COUNTERS = frozenset("家户个所条项座处名人台件种批户次场只支款套类对")
RATES = frozenset({"percent", "points", "multiple", "number", "duration"})
_COUNTED = "[家个户台项条座所处件]"
_ONE = re.compile(
    rf"(?<=[一-鿿”」）)])一(?={_COUNTED}(?:以上|左右)?(?:[，,。；;、]|$))"
    rf"|(?<=支持|培育|建成|创建|新增|打造|引进|实施|建设|组建|设立)一(?={_COUNTED})"
    rf"|(?<=、)一(?={_COUNTED})"
)
_GRADE = re.compile("国家级|省级|市级|县级")
_COUNT_WORDS = re.compile(
    r"届时|总数|总量|累计|数量|达到|合计|上述|其中|全[县区市镇]|分别|共|再|又|为|到|总|数|新增|新建|增加|压减|减少|完成"
)
_CONTAINED = 0.75
_PAIRED = 0.52
_PAIRED_AFAR = 0.9
_CLAIMED = 0.8  # closeness from which a figure of the draft is plainly some task's own
_CLEARLY = 0.15  # and by how much more than another task's


@dataclass(frozen=True, slots=True)
class Stated:
    """A target of the draft with the number of its sentence."""

    target: Target
    sentence: int


def stated_targets(draft: Sequence[Sentence]) -> tuple[Stated, ...]:
    """Every target of the draft, read clause by clause so that years carry on."""
    found: list[Stated] = []
    for indexes in _by_clause(draft):
        # Between the cells of a table row nothing is said: 技改投资年均增幅 | 10%以上.
        lines = [(draft[j].span, _ones(draft[j].text.replace("\t", "为"))) for j in indexes]
        for target in targets_in_lines(lines, draft[indexes[0]].year):
            home = next((j for j in indexes if draft[j].span.contains(target.span)), indexes[0])
            quote = _as_written(target, draft[home])
            metric = _told_before(target, draft, indexes, home)
            found.append(Stated(replace(target, quote=quote, metric=metric), home))
    return tuple(found)


def _ones(text: str) -> str:
    """综合体一家, 支持一家企业: here 一 counts; the length stays, so that places do."""
    return _ONE.sub("1", text)


def _as_written(target: Target, home: Sentence) -> str:
    start = target.span.start - home.span.start
    if not home.span.contains(target.span):
        return target.quote
    return home.text[start : start + target.span.end - target.span.start]


def _told_before(
    target: Target, draft: Sequence[Sentence], indexes: Sequence[int], home: int
) -> str:
    """届时总数达到2家, 2017年压减15万吨: what is counted was said before."""
    if len(_COUNT_WORDS.sub("", target.metric)) > 1:
        return target.metric
    before = draft[home].text[: max(target.span.start - draft[home].span.start, 0)]
    earlier = [draft[j].text for j in indexes if j < home]
    return f"{before or (earlier[-1] if earlier else '')}{target.metric}"


def _by_clause(draft: Sequence[Sentence]) -> list[list[int]]:
    groups: dict[tuple[str, Span | None, str | None], list[int]] = {}
    for j, sentence in enumerate(draft):
        listed = sentence.units.span if sentence.units else None
        groups.setdefault((sentence.clause_id, listed, sentence.year), []).append(j)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close every target of the plan is to every figure of the draft; ``most``: how close each
    figure is to the target, of all tasks, that it is closest to."""

    rows: Mapping[Target, tuple[float, ...]]
    most: tuple[float, ...]

    @classmethod
    def of(
        cls, tasks: Sequence[Sequence[Target]], stated: Sequence[Stated], rarity: Rarity
    ) -> Closeness:
        every = [target for targets in tasks for target in targets]
        rows = {u: tuple(_closeness(u, one.target, rarity) for one in stated) for u in every}
        most = tuple(
            max((row[k] for row in rows.values()), default=0.0) for k in range(len(stated))
        )
        return cls(rows, most)


def paired(
    wanted: Sequence[Target],
    stated: Sequence[Stated],
    answers: Sequence[int],
    rarity: Rarity,
    close: Closeness,
) -> dict[int, Stated]:
    """The draft's target for each of the upper ones: what answers the task before what stands
    elsewhere (a goal says the same figure again), then the likest pairs first."""
    rows = [close.rows[upper] for upper in wanted]
    best = [max((row[k] for row in rows), default=0.0) for k in range(len(stated))]
    others = {
        k for k, most in enumerate(close.most) if most >= _CLAIMED and most - best[k] > _CLEARLY
    }
    scored = sorted(
        (stated[k].sentence not in answers, -rows[i][k], i, k)
        for i in range(len(wanted))
        for k in range(len(stated))
        if k not in others or stated[k].sentence in answers
    )
    made: dict[int, Stated] = {}
    taken: set[int] = set()
    for afar, score, i, k in scored:
        least = _PAIRED_AFAR if afar else _PAIRED
        if afar and _differ(_years(wanted[i]), _years(stated[k].target)):
            continue  # of another year, and told elsewhere: another task's
        if -score >= least and i not in made and k not in taken:
            made[i] = stated[k]
            taken.add(k)
    _left_over(wanted, stated, answers, made, taken, rarity)
    return made


def _closeness(upper: Target, draft: Target, rarity: Rarity) -> float:
    metric = _metric_likeness(pairs(named(upper)), pairs(named(draft)), rarity)
    quote = rarity.shared(pairs(upper.quote), pairs(draft.quote))
    same = 0.2 if same_unit(upper.unit, draft.unit) else 0.0 if metric > 0.5 else -0.15
    alike = 0.15 * (upper.basis == draft.basis) + 0.1 * (base(upper) == base(draft))
    other = -0.3 * (
        _differ(_sizes(upper), _sizes(draft)) or _differ(_grades(upper), _grades(draft))
    )
    return 0.6 * metric + 0.4 * quote + same + alike + other + 0.1 * (upper.by == draft.by)


def is_milestone(i: int, wanted: Sequence[Target], made: Mapping[int, Stated]) -> bool:
    """2018年1家，2020年达到5家 against 2家 without a year: one figure for both, without a date.
    Nor is a figure lost that the task itself says twice."""
    upper = wanted[i]
    others = [
        (k, other) for k, other in enumerate(wanted) if k in made and other.unit == upper.unit
    ]
    same = [k for k, other in others if halved(other.metric) == halved(upper.metric)]
    undated = any(wanted[k].by != upper.by and made[k].target.by is None for k in same)
    return undated or any(
        base(other) == base(upper) and _alike_in_name(other.metric, upper.metric)
        for _, other in others
    )


def _alike_in_name(one: str, other: str) -> bool:
    """应用机器人(数控机床) and 机器人: one holds the half of the other."""
    fewer, more = sorted((pairs(one), pairs(other)), key=len)
    return bool(fewer) and 2 * len(fewer & more) >= len(fewer)


def _differ(one: Sequence[object], other: Sequence[object]) -> bool:
    """Both say something, and not the same."""
    return bool(one) and bool(other) and list(one) != list(other)


def _years(target: Target) -> list[str]:
    return [target.by] if target.by else []


def _grades(target: Target) -> list[str]:
    """省级 and 市级 centres are two things."""
    return _GRADE.findall(target.metric)[:1]


def _metric_likeness(upper: Pairs, draft: Pairs, rarity: Rarity) -> float:
    """达到国内先进水平、美誉度高的工业精品 is answered by 工业精品."""
    shared = rarity.shared(upper, draft)
    fewer = min((upper, draft), key=len)
    if len(fewer) < 3:
        return shared
    return max(shared, _CONTAINED * rarity.held(fewer, upper if fewer is draft else draft))


@lru_cache(maxsize=2048)
def _sizes(target: Target) -> list[float]:
    """How big what is counted must be: 过百亿元的企业 is not 过10亿元的企业."""
    sized = quantities(f"{target.metric}{target.threshold or ''}")
    return [quantity.base_value for quantity in sized if quantity.kind == "amount"]


@lru_cache(maxsize=2048)
def named(target: Target) -> str:
    """What a target measures, with the words behind its figure (10个亿元以上重点技术改造工程)."""
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            behind = re.split(r"[,，;；。、]", target.quote[quantity.span.end :], maxsplit=1)[0]
            return target.metric if behind[:20] in target.metric else target.metric + behind[:20]
    return target.metric


def _left_over(
    wanted: Sequence[Target],
    stated: Sequence[Stated],
    answers: Sequence[int],
    made: dict[int, Stated],
    taken: set[int],
    rarity: Rarity,
) -> None:
    """One target left on each side among the same words: changed, not dropped."""
    said = {_figure_of(one.target) for one in made.values()}
    free = [
        k
        for k, one in enumerate(stated)
        if k not in taken and one.sentence in answers and _figure_of(one.target) not in said
    ]
    for i, upper in enumerate(wanted):
        alike = [k for k in free if _may_stand_for(upper, stated[k].target, rarity)]
        if len(alike) > 1 and upper.by:
            alike = [k for k in alike if stated[k].target.by == upper.by]
        if i not in made and len(alike) == 1:
            made[i] = stated[alike[0]]
            free.remove(alike[0])


def _figure_of(target: Target) -> tuple[float, str, str]:
    """What a repeated figure has in common: a goal and its task both say it."""
    return base(target), target.unit, halved(target.metric)[-4:]


def _may_stand_for(upper: Target, draft: Target, rarity: Rarity) -> bool:
    words = rarity.shared(pairs(upper.quote), pairs(draft.quote))
    if same_unit(upper.unit, draft.unit) and kind(upper) == kind(draft):
        return kind(upper) in RATES or words >= 0.15
    return words >= 0.35 and kind(draft) not in ("percent", "points")


def same_unit(one: str, other: str) -> bool:
    a, b = split_unit(one)[1].removesuffix("元"), split_unit(other)[1].removesuffix("元")
    money = {"亿", "万", ""}
    if ("元" in one or "亿" in one or one == "万") and ("元" in other or "亿" in other):
        return a in money and b in money
    return a == b or (a in _COUNTERS and b in _COUNTERS)


def kind(target: Target) -> str:
    if not target.unit:
        return "percent" if target.value < 1 else "number"
    return kind_of(target.unit) or ("amount" if "亿" in target.unit else "count")


def base(target: Target) -> float:
    return round(target.value * split_unit(target.unit)[0], 6)
