"""How a target of the draft differs from the upper one that it answers.

A rate, a ratio or an index binds everyone: less is a fault. A count or an amount of money for a
whole province is shared out: less is the county's share, and only a change of how it is counted
(每年→累计), of the unit or of the size of what counts is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.cutting import halved
from assistant.check.likeness import Rarity, pairs
from assistant.check.measures import (
    another_metric,
    another_name,
    other_magnitude,
    other_measure,
    scope_added,
    scope_lost,
)
from assistant.check.pairing import RATES, base, kind, named, same_unit
from assistant.check.types import Edit, Finding, Sentence, Severity, Sub
from index.quantity import Quantity, quantities
from index.types import Span, Target

_BEFORE, _BEHIND = 40, 40  # characters beside a figure that may say what it counts
_CORE = 4
_SAID = 0.8
_ENOUGH = {"amount": 0.45, "count": 0.6}  # of a figure that no other target has
_EQUAL = 0.3
_EACH = re.compile(
    r"(?:每个?|各)(?:县|市、县|县\(市、区\)|市县|乡镇|镇|企业|园区)[^，。；]{0,16}(?:都|均|至少|不少于|不低于|各)"
)
# One figure for several: 营业收入、税收年均增幅均在10%左右.
_LISTED = re.compile(
    r"、[^，。；]{2,}(?:均|各|都|分别|皆)|[一-鿿]、[一-鿿]{2,}[^，。；]{0,30}(?:[两三四五六]类|[两三四五六]项|[两三四五六]个)"
)
# Where counties are counted, a county that does it is one.
_EVERY_COUNTY = re.compile(r"^(?!.*[乡镇村社户企校人]).*(?:市县|县[(（]?市|县区|区县|各县)")
_SET_UP = 0.4  # share of the name of what covers all counties that this county must tell
_OF_COUNTIES = re.compile(r"整县|县域|(?:示范|试点|先进|达标|强)县|县[(（]市")


def compare(
    upper: Target, draft: Target, sentence: str, around: str, rarity: Rarity, text: str
) -> list[Finding]:
    """What differs between a target and its answer.

    ``sentence`` is the upper one that holds the target, ``around`` the draft's, ``text`` the draft.
    """
    if not same_unit(upper.unit, draft.unit) or other_magnitude(upper, draft):
        return [
            _changed(
                "unit_of_measure",
                upper,
                draft,
                f"计量单位由{upper.unit or '无单位'}改为{draft.unit or '无单位'}，无法对应考核",
            )
        ]
    if _by_year(upper) and draft.basis in ("cumulative", "total", "increase"):
        return [_changed("per_year_to_total", upper, draft, "上级按年考核，草案改为累计数或总数")]
    if finding := _threshold(upper, draft, text):
        return [finding]
    binds = kind(upper) in RATES or bool(_EACH.search(halved(sentence)))
    if binds:
        return _rate(upper, draft, around, rarity, text)
    if another_name(upper, draft) or other_measure(upper, draft):
        note = f"“{upper.metric}”换成“{draft.metric}”，不是同一指标"
        return [_changed("metric_changed", upper, draft, note)]
    if added := scope_added(upper, draft, sentence):
        return [_changed("scope_widened", upper, draft, f"把“{added}”也统计进来，口径比上级宽")]
    return _share(upper, draft)


def _rate(upper: Target, draft: Target, around: str, rarity: Rarity, text: str) -> list[Finding]:
    if another_metric(upper, draft, rarity):
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
    if lost := scope_lost(upper, draft, around):
        return [_changed("scope_widened", upper, draft, f"统计范围不再限于“{lost}”，口径改变")]
    return []


def _by_year(upper: Target) -> bool:
    """Counted year by year, and said so: 年均增长20%，累计700亿元 has a total behind it."""
    before = upper.quote.partition(_figure(upper))[0]
    return upper.basis == "per_year" and not re.search("累计[^，,、]{0,8}$", before)


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


def _threshold(upper: Target, draft: Target, text: str) -> Finding | None:
    if not _stands_by(upper):
        return None
    want, got = _size(upper.threshold), _size(draft.threshold)
    if want is None or (got is not None and got >= want):
        return None
    if any(q.base_value == want for q in quantities(draft.quote)):
        return None  # 过10亿元、过30亿元的企业分别达到…: the size stands elsewhere in the list
    told = (
        f"由{upper.threshold}降为{draft.threshold}"
        if got is not None
        else f"“{upper.threshold}”不再提"
    )
    edit = _threshold_edit(upper, draft, text)
    return _changed("threshold", upper, draft, f"项目门槛{told}", edit)


def _stands_by(target: Target) -> bool:
    """The size stands right by the figure, not elsewhere in a list."""
    if "分别" in target.quote:
        return False
    size, figure = target.threshold or "", _figure(target)
    found = re.search(
        rf"{re.escape(size)}[^、，,]{{0,14}}{re.escape(figure)}"
        rf"|{re.escape(figure)}[^、，,]{{0,14}}{re.escape(size)}",
        target.quote,
    )
    return bool(size) and (found is not None or _overlaps(size, figure, target.quote))


def _overlaps(size: str, figure: str, quote: str) -> bool:
    """10个亿元以上…: figure and size touch."""
    return f"{figure}{size}" in quote or quote.find(size) - quote.find(figure) in range(0, 6)


def _threshold_edit(upper: Target, draft: Target, text: str) -> Edit | None:
    if not draft.threshold or not upper.threshold:
        return None
    at = draft.span.of(text).find(draft.threshold)
    if at < 0:
        return None
    start = draft.span.start + at
    return Edit(Span(start, start + len(draft.threshold)), upper.threshold)


def _size(threshold: str | None) -> float | None:
    found = quantities(threshold) if threshold else ()
    return found[0].base_value if found else None


def _figure(target: Target) -> str:
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            return quantity.span.of(target.quote)
    return f"{target.value:g}{target.unit}"


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


def _changed(
    sub: Sub, upper: Target, draft: Target, note: str, edit: Edit | None = None
) -> Finding:
    return _finding("target_changed", "fault", sub, upper, draft, note, edit)


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


def said_plainly(
    upper: Target, answering: Sequence[Sentence], taken: Sequence[Target], rarity: Rarity
) -> bool:
    """Whether the figure, or a count of the same thing, stands in the answering sentences, though
    it was not read as a target (有33家…; …、上云标杆企业各1家). ``taken`` answer other targets."""
    wanted = pairs(named(upper))
    # 工业发展资金等财政专项资金: what comes behind 等 is what it is.
    core = pairs(re.split("等(?!级)", named(upper))[-1])
    core = core if len(core) >= _CORE else wanted
    if _OF_COUNTIES.search(upper.metric) and upper.unit in ("个", ""):
        told = frozenset().union(*(pairs(sentence.text) for sentence in answering))
        if rarity.held(wanted, told) >= _SAID:
            return True
    if upper.basis == "coverage" and _EVERY_COUNTY.search(upper.quote):
        pieces = [piece for s in answering for piece in re.split("[，,；;]", s.text)]
        if any(rarity.held(wanted, pairs(piece)) >= _SET_UP for piece in pieces):
            return True  # 服务点市县全覆盖: a county that sets one up is covered
    for sentence in answering:
        for quantity in quantities(sentence.text):
            start = sentence.span.start + quantity.number.start
            used = any(
                t.span.start <= start < t.span.end and abs(quantity.base_value - base(t)) < 1e-6
                for t in taken
            )
            around = sentence.text[
                max(quantity.span.start - _BEFORE, 0) : quantity.span.end + _BEHIND
            ]
            if not same_unit(upper.unit, quantity.unit) or (used and not _LISTED.search(around)):
                continue
            held = max(rarity.held(words, pairs(around)) for words in (wanted, core))
            equal = abs(quantity.base_value - base(upper)) < 1e-6
            if used and held < _SAID:
                continue
            least = _ENOUGH.get(kind(upper), _SAID) if not used else _SAID
            if (equal and held >= _EQUAL) or (kind(upper) not in RATES and held >= least):
                return True
    return False


def is_size(target: Target) -> bool:
    """过10亿元 in 产值过亿元、过10亿元的企业…: what is counted, not how much."""
    figure = _figure(target)
    before, _, behind = target.quote.partition(figure)
    money = kind(target) == "amount"
    sized = bool(re.match("过|超", figure)) or bool(re.search("[过超]$", before))
    return money and sized and bool(re.match(r"的?企业|、|的|和", behind))


def dropped(upper: Target) -> Finding:
    return Finding(
        "target_dropped",
        "fault",
        upper.quote,
        None,
        f"目标“{upper.metric}”{_figure(upper)}未提",
        upper_span=upper.span,
    )
