"""Target against target: which of the draft's answers which of the upper plan's, and how it differs.

A rate, a ratio or an index binds everyone: less is a fault. A count or an amount of money for a
whole province is shared out: less is the county's share, and only a change of how it is counted
(每年→累计), of the unit or of the size of what counts is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.check.likeness import Rarity, pairs
from assistant.check.passages import halved
from assistant.check.types import Edit, Finding, Sentence, Severity, Sub
from index.facts import targets_in_lines
from index.quantity import Quantity, quantities
from index.types import Span, Target
from index.units import kind_of, split_unit

_COUNTERS = frozenset("家户个所条项座处名人台件种批户次场只支款套类对")
_RATES = frozenset({"percent", "points", "multiple", "number", "duration"})
_EACH = re.compile(
    r"(?:每个?|各)(?:县|市、县|县\(市、区\)|市县|乡镇|镇|企业|园区)[^，。；]{0,16}(?:都|均|至少|不少于|不低于|各)"
)
_SCOPE = ("规模以上", "规上", "大中型", "骨干", "重点", "限额以上")
_PAIRED = 0.42
_PAIRED_AFAR = 0.72


@dataclass(frozen=True, slots=True)
class Stated:
    """A target of the draft with the number of its sentence."""

    target: Target
    sentence: int


def stated_targets(draft: Sequence[Sentence]) -> tuple[Stated, ...]:
    """Every target of the draft, read clause by clause so that years carry on."""
    found: list[Stated] = []
    for indexes in _by_clause(draft):
        lines = [(draft[j].span, draft[j].text) for j in indexes]
        for target in targets_in_lines(lines, draft[indexes[0]].year):
            home = next((j for j in indexes if draft[j].span.contains(target.span)), indexes[0])
            found.append(Stated(target, home))
    return tuple(found)


def _by_clause(draft: Sequence[Sentence]) -> list[list[int]]:
    groups: dict[tuple[str, Span | None], list[int]] = {}
    for j, sentence in enumerate(draft):
        listed = sentence.units.span if sentence.units else None
        groups.setdefault((sentence.clause_id, listed), []).append(j)
    return list(groups.values())


def paired(
    wanted: Sequence[Target], stated: Sequence[Stated], answers: Sequence[int], rarity: Rarity
) -> dict[int, Stated]:
    """The draft's target for each of the upper ones; the likest pairs are made first."""
    scored = sorted(
        (
            (_closeness(upper, one.target, rarity), i, k)
            for i, upper in enumerate(wanted)
            for k, one in enumerate(stated)
        ),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    made: dict[int, Stated] = {}
    taken: set[int] = set()
    for score, i, k in scored:
        least = _PAIRED if stated[k].sentence in answers else _PAIRED_AFAR
        if score >= least and i not in made and k not in taken:
            made[i] = stated[k]
            taken.add(k)
    _left_over(wanted, stated, answers, made, taken, rarity)
    return made


def _closeness(upper: Target, draft: Target, rarity: Rarity) -> float:
    metric = rarity.shared(pairs(_named(upper)), pairs(_named(draft)))
    quote = rarity.shared(pairs(upper.quote), pairs(draft.quote))
    same = 0.2 if same_unit(upper.unit, draft.unit) else 0.0 if metric > 0.5 else -0.15
    return 0.6 * metric + 0.4 * quote + same


def _named(target: Target) -> str:
    """What a target measures, with the words behind its figure (10个亿元以上重点技术改造工程)."""
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            behind = re.split(r"[,，;；。、]", target.quote[quantity.span.end :], maxsplit=1)[0]
            return target.metric + behind[:20]
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
    free = [k for k, one in enumerate(stated) if k not in taken and one.sentence in answers]
    for i, upper in enumerate(wanted):
        alike = [k for k in free if _may_stand_for(upper, stated[k].target, rarity)]
        if i not in made and len(alike) == 1:
            made[i] = stated[alike[0]]
            free.remove(alike[0])


def _may_stand_for(upper: Target, draft: Target, rarity: Rarity) -> bool:
    words = rarity.shared(pairs(upper.quote), pairs(draft.quote))
    if same_unit(upper.unit, draft.unit) and kind(upper) == kind(draft):
        return kind(upper) in _RATES or words >= 0.15
    return words >= 0.35 and kind(draft) not in ("percent", "points")


def same_unit(one: str, other: str) -> bool:
    a, b = split_unit(one)[1].removesuffix("元"), split_unit(other)[1].removesuffix("元")
    money = {"亿", "万", ""}
    if ("元" in one or "亿" in one or "万" == one) and ("元" in other or "亿" in other):
        return a in money and b in money
    return a == b or (a in _COUNTERS and b in _COUNTERS)


def kind(target: Target) -> str:
    if not target.unit:
        return "percent" if target.value < 1 else "number"
    return kind_of(target.unit) or ("amount" if "亿" in target.unit else "count")


def base(target: Target) -> float:
    unit = target.unit
    scale = split_unit(unit)[0]
    if unit == "亿":
        scale = 1e8
    return round(target.value * scale, 6)


def compare(
    upper: Target, draft: Target, sentence: str, rarity: Rarity, text: str
) -> list[Finding]:
    """What differs between a target and its answer; ``sentence`` is the upper one around it."""
    if not same_unit(upper.unit, draft.unit):
        return [
            _changed(
                "unit_of_measure",
                upper,
                draft,
                f"计量单位由{upper.unit or '无单位'}改为{draft.unit or '无单位'}，无法对应考核",
            )
        ]
    if upper.basis == "per_year" and draft.basis in ("cumulative", "total", "increase"):
        return [_changed("per_year_to_total", upper, draft, "上级按年考核，草案改为累计数或总数")]
    if finding := _threshold(upper, draft):
        return [finding]
    binds = kind(upper) in _RATES or bool(_EACH.search(halved(sentence)))
    if binds:
        return _rate(upper, draft, rarity, text)
    return _share(upper, draft)


def _rate(upper: Target, draft: Target, rarity: Rarity, text: str) -> list[Finding]:
    if rarity.shared(pairs(_named(upper)), pairs(_named(draft))) < 0.2:
        return [
            _changed("metric_changed", upper, draft, f"指标由“{upper.metric}”换成“{draft.metric}”")
        ]
    want, got = base(upper), base(draft)
    worse = got > want if upper.op == "<=" else got < want
    if worse:
        note = f"由{_figure(upper)}降为{_figure(draft)}，各地通用的比率不能降低"
        return [
            _finding(
                "target_lowered", "fault", "rate", upper, draft, note, _repair(upper, draft, text)
            )
        ]
    if got != want:
        return [
            _finding(
                "target_changed",
                "notice",
                "exceeds",
                upper,
                draft,
                f"由{_figure(upper)}提高到{_figure(draft)}，高于上级要求",
            )
        ]
    if draft.op == "~" and upper.op in (">=", "=") and re.search("左右|上下|大约|约", draft.quote):
        return [
            _finding(
                "target_lowered", "fault", "rate", upper, draft, "草案加了“左右”一类的字，约束变松"
            )
        ]
    if lost := _scope_lost(upper, draft):
        return [_changed("scope_widened", upper, draft, f"统计范围不再限于“{lost}”，口径改变")]
    return []


def _scope_lost(upper: Target, draft: Target) -> str | None:
    """A limit of the statistics that the draft leaves out altogether."""
    wanted = [word for word in _SCOPE if word in upper.metric]
    held = any(word in draft.metric or word in draft.quote for word in _SCOPE)
    return wanted[0] if wanted and not held and kind(upper) == "percent" else None


def _share(upper: Target, draft: Target) -> list[Finding]:
    want, got = base(upper), base(draft)
    if got < want:
        note = f"上级为全域总数{_figure(upper)}，本县承担{_figure(draft)}，由县里确定"
        return [_finding("local_share", "notice", "", upper, draft, note)]
    if got > want:
        return [
            _finding(
                "target_changed",
                "notice",
                "exceeds",
                upper,
                draft,
                f"本县{_figure(draft)}超过上级总数{_figure(upper)}，请核对",
            )
        ]
    return []


def _threshold(upper: Target, draft: Target) -> Finding | None:
    want, got = _size(upper.threshold), _size(draft.threshold)
    if want is None or (got is not None and got >= want):
        return None
    told = (
        f"由{upper.threshold}降为{draft.threshold}"
        if got is not None
        else f"“{upper.threshold}”不再提"
    )
    return _changed("threshold", upper, draft, f"项目门槛{told}")


def _size(threshold: str | None) -> float | None:
    found = quantities(threshold) if threshold else ()
    return found[0].base_value if found else None


def _figure(target: Target) -> str:
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            return quantity.span.of(halved_same(target.quote))
    return f"{target.value:g}{target.unit}"


def halved_same(text: str) -> str:
    return text


def _repair(upper: Target, draft: Target, text: str) -> Edit | None:
    """The draft's figure written over with the upper plan's, where both stand plainly."""
    place = quantity_in(draft, text)
    figure = _figure(upper)
    return Edit(place, figure) if place is not None and figure in upper.quote else None


def quantity_in(target: Target, text: str) -> Span | None:
    words = target.span.of(text)
    same: list[Quantity] = [
        q for q in quantities(words) if abs(q.value - target.value) < 1e-6 and q.unit == target.unit
    ]
    if len(same) != 1:
        return None
    return Span(target.span.start + same[0].span.start, target.span.start + same[0].span.end)


def _changed(sub: Sub, upper: Target, draft: Target, note: str) -> Finding:
    return _finding("target_changed", "fault", sub, upper, draft, note)


def _finding(
    kind_: str,
    severity: Severity,
    sub: Sub,
    upper: Target,
    draft: Target,
    note: str,
    edit: Edit | None = None,
) -> Finding:
    return Finding(
        type=kind_,  # type: ignore[arg-type]
        severity=severity,
        upper_quote=upper.quote,
        draft_quote=draft.quote,
        note=note,
        sub=sub,
        upper_span=upper.span,
        draft_span=draft.span,
        edit=edit,
    )


def dropped(upper: Target) -> Finding:
    return Finding(
        "target_dropped",
        "fault",
        upper.quote,
        None,
        f"目标“{upper.metric}”{_figure(upper)}未提",
        upper_span=upper.span,
    )


def years_of(stated: Mapping[int, Stated]) -> list[str]:
    return [one.target.by for one in stated.values() if one.target.by]
