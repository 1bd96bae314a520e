"""Rates that are no targets: prices, deductions and shares whose worse value hurts those it serves.

土地出让底价不低于70% that becomes 80% is less favourable; 加计扣除50% that becomes 40% too. So are
conditions: 总投资500万元以上的项目 that becomes 1000万元以上 takes fewer in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.check.likeness import Rarity, pairs
from assistant.check.measures import is_condition
from assistant.check.ranks import compare_ranks
from assistant.check.types import (
    Edit,
    Finding,
    FindingType,
    Requirement,
    Sentence,
    Severity,
    Sub,
)
from index.numerals import numeral_value
from index.quantity import Quantity, quantities
from index.types import Span

_PAYS = re.compile(r"底价|地价|税率|收费|利率|费率|门槛|首付|价格|租金|保证金|自筹|自付|罚")
_LASTS = re.compile(
    r"连续[^，。；]{0,12}(?:返还|减免|免征|奖励|补贴|补助|优惠|减半|贴息)|(?:过渡|宽限|免租|优惠|补助|免税)期"
)
_WIDE = re.compile(r"以上|高于|超过|大于|满|及以上|多于")
_NARROW = re.compile(r"以下|低于|不足|不满|小于|少于|以内")
_NOT = re.compile(r"不(?:得|准)?(?:高于|低于|少于|超过|大于|小于|多于)")
_LEAST = re.compile(r"不(?:得|准)?(?:低于|少于|小于)|至少")
_CONDITION = re.compile(r"的|[或、，,](?!达)|且|及其|以及|并|工业|技改|项目|企业|重大|新建|新增")
_NEAR = 4  # characters beside a figure in which its comparator stands
_YEARS = re.compile(
    r"(?:连续(?=[^，。；]{3})|(?=[一二两三四五六七八九十\d]{1,2}年(?:过渡|宽限|免租|优惠|补助|免税)期))"
    r"(?P<n>[一二两三四五六七八九十]|\d{1,2})(?P<unit>个?[年月])"
)
_AROUND = 26
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class _Rate:
    quantity: Quantity
    sentence: Sentence
    span: Span
    around: str
    bound: str = ""


def compare_params(
    requirement: Requirement, draft: Sequence[Sentence], rarity: Rarity, lost: Sequence[Span]
) -> list[Finding]:
    """Every percentage outside the targets against the one that stands among the same words."""
    targets = [*(t.span for t in requirement.task.targets if not is_condition(t)), *lost]
    wanted = [
        rate
        for sentence in requirement.sentences
        for rate in _rates(sentence)
        if not any(target.contains(rate.span) for target in targets)
    ]
    offered = [rate for sentence in draft for rate in _rates(sentence)]
    found: list[Finding] = []
    for rate in wanted:
        scored = [(rarity.shared(pairs(rate.around), pairs(o.around)), o) for o in offered]
        alike = max(scored, key=lambda item: item[0], default=(0.0, None))
        if alike[1] is not None and alike[0] >= _ALIKE:
            found += _differs(rate, alike[1])
    return [*found, *compare_ranks(requirement, draft, rarity, lost)]


def _rates(sentence: Sentence) -> Iterator[_Rate]:
    text, start = sentence.text, sentence.span.start
    for quantity in (*quantities(text), *_lasting(text)):
        bound = _bound(quantity, text)
        if bound or _is_rate(quantity, text):
            span = Span(start + quantity.span.start, start + quantity.span.end)
            left = max(quantity.span.start - _AROUND, 0)
            around = text[left : quantity.span.start] + text[quantity.span.end :][: _AROUND // 2]
            yield _Rate(quantity, sentence, span, around, bound)


def _is_rate(quantity: Quantity, text: str) -> bool:
    """A percentage, for how long a benefit lasts (连续3年全额返还), or what time is the least
    (每天不少于2小时)."""
    if quantity.kind == "percent":
        return bool(quantity.unit)
    near = text[max(quantity.span.start - 8, 0) : quantity.span.end + 14]
    return quantity.kind == "duration" and (_is_least(quantity, text) or bool(_LASTS.search(near)))


def _is_least(quantity: Quantity, text: str) -> bool:
    """Time that must at least be given; 工作不少于3年的 says who is meant."""
    said = bool(_LEAST.search(quantity.span.of(text)))
    return quantity.kind == "duration" and said and not text.startswith("的", quantity.span.end)


def _lasting(text: str) -> Iterator[Quantity]:
    """连续两年, which is no quantity elsewhere."""
    known = [quantity.span for quantity in quantities(text)]
    for found in _YEARS.finditer(text):
        number = Span(found.start("n"), found.end("n"))
        if not any(span.contains(number) for span in known):
            value, span = numeral_value(found["n"]), Span(found.start("n"), found.end())
            yield Quantity(value, found["unit"], "=", "duration", span, number)


def _bound(quantity: Quantity, text: str) -> str:
    """Which way a condition runs: 总投资500万元以上的, 煤耗高于331克的; "" where it is none."""
    if quantity.kind not in ("amount", "measure", "count"):
        return ""
    words = text[quantity.span.start : quantity.span.end]
    beside = text[max(quantity.number.start - _NEAR, 0) : quantity.number.start]
    after = text[quantity.span.end :]
    said = f"{beside}{words}"
    if _NOT.search(said) or not _CONDITION.match(after):
        return ""
    return ">" if _WIDE.search(said) else "<" if _NARROW.search(said) else ""


def _differs(want: _Rate, got: _Rate) -> list[Finding]:
    if want.quantity.base_value == got.quantity.base_value:
        return []
    if want.bound or got.bound:
        return _bounded(want, got)
    if want.quantity.kind != got.quantity.kind:
        return []
    if _is_least(want.quantity, want.sentence.text):
        return _less_time(want, got)
    higher = got.quantity.value > want.quantity.value
    pays = bool(_PAYS.search(want.around)) and want.quantity.kind == "percent"
    worse = higher == pays
    unit = want.quantity.unit
    figures = f"由{want.quantity.value:g}{unit}改为{got.quantity.value:g}{unit}"
    if not worse:
        return [_told("target_changed", want, got, f"{figures}，比上级优惠", "exceeds")]
    edit = Edit(_number(got), f"{want.quantity.value:g}")
    if want.quantity.kind == "duration":
        return [_told("target_lowered", want, got, f"{figures}，优惠年限缩短", "rate", edit)]
    return [
        _told("target_changed", want, got, f"{figures}，对企业的优惠变小", "less_favourable", edit)
    ]


def _less_time(want: _Rate, got: _Rate) -> list[Finding]:
    """每天不少于2小时 that becomes 1.5小时; more than is asked needs no word."""
    if want.quantity.base_unit != got.quantity.base_unit:
        return []
    if got.quantity.base_value > want.quantity.base_value:
        return []
    note = f"由{_figure(want)}改为{_figure(got)}，少于上级要求的时间"
    edit = Edit(got.span, _figure(want))
    return [_told("target_lowered", want, got, note, "rate", edit)]


def _bounded(want: _Rate, got: _Rate) -> list[Finding]:
    """A condition that takes fewer in than the upper one."""
    if want.bound != got.bound or want.quantity.base_unit != got.quantity.base_unit:
        return []
    higher = got.quantity.base_value > want.quantity.base_value
    figures = f"门槛由{_figure(want)}改为{_figure(got)}"
    if higher != (want.bound == ">"):
        return [_told("target_changed", want, got, f"{figures}，范围比上级宽", "exceeds")]
    edit = Edit(got.span, _figure(want))
    return [_told("target_changed", want, got, f"{figures}，适用范围变窄", "threshold", edit)]


def _told(
    kind: FindingType, want: _Rate, got: _Rate, note: str, sub: Sub, edit: Edit | None = None
) -> Finding:
    severity: Severity = "notice" if sub == "exceeds" else "fault"
    return Finding(kind, severity, _quote(want), _quote(got), note, sub, want.span, got.span, edit)


def _figure(rate: _Rate) -> str:
    start = rate.sentence.span.start
    return rate.sentence.text[rate.span.start - start : rate.span.end - start]


def _quote(rate: _Rate) -> str:
    start = rate.span.start - rate.sentence.span.start
    end = rate.span.end - rate.sentence.span.start
    text = rate.sentence.text
    left = max(text.rfind(mark, 0, start) for mark in "，,。；;") + 1
    right = min((i for mark in "，,。；;" if (i := text.find(mark, end)) >= 0), default=len(text))
    return text[left:right].strip()


def _number(rate: _Rate) -> Span:
    start = rate.sentence.span.start
    return Span(start + rate.quantity.number.start, start + rate.quantity.number.end)
