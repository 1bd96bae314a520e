"""Rates that are no targets: prices, deductions and shares whose worse value hurts those it serves.

土地出让底价不低于70% that becomes 80% is less favourable; 加计扣除50% that becomes 40% too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.check.likeness import Rarity, pairs
from assistant.check.types import Edit, Finding, Requirement, Sentence
from index.quantity import Quantity, quantities
from index.types import Span

_PAYS = re.compile(r"底价|地价|税率|收费|利率|费率|门槛|首付|价格|租金|保证金|自筹|自付|罚")
_LASTS = re.compile(r"连续[^，。；]{0,12}(?:返还|减免|免征|奖励|补贴|补助|优惠|减半|贴息)")
_AROUND = 26
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class _Rate:
    quantity: Quantity
    sentence: Sentence
    span: Span
    around: str


def compare_params(
    requirement: Requirement, draft: Sequence[Sentence], rarity: Rarity, lost: Sequence[Span]
) -> list[Finding]:
    """Every percentage outside the targets against the one that stands among the same words."""
    targets = [*(target.span for target in requirement.task.targets), *lost]
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
    return found


def _rates(sentence: Sentence) -> Iterator[_Rate]:
    for quantity in quantities(sentence.text):
        if _is_rate(quantity, sentence.text):
            start = sentence.span.start
            span = Span(start + quantity.span.start, start + quantity.span.end)
            left = max(quantity.span.start - _AROUND, 0)
            around = sentence.text[left : quantity.span.end + _AROUND // 2]
            yield _Rate(quantity, sentence, span, around)


def _is_rate(quantity: Quantity, text: str) -> bool:
    """A percentage, or for how long a benefit lasts (连续3年全额返还)."""
    if quantity.kind == "percent":
        return bool(quantity.unit)
    near = text[max(quantity.span.start - 8, 0) : quantity.span.end + 14]
    return quantity.kind == "duration" and bool(_LASTS.search(near))


def _differs(want: _Rate, got: _Rate) -> list[Finding]:
    if want.quantity.value == got.quantity.value or want.quantity.kind != got.quantity.kind:
        return []
    higher = got.quantity.value > want.quantity.value
    worse = higher == bool(_PAYS.search(want.around))
    upper, draft = _quote(want), _quote(got)
    unit = want.quantity.unit
    figures = f"由{want.quantity.value:g}{unit}改为{got.quantity.value:g}{unit}"
    if not worse:
        note = f"{figures}，比上级优惠"
        return [
            Finding("target_changed", "notice", upper, draft, note, "exceeds", want.span, got.span)
        ]
    note = f"{figures}，对企业的优惠变小"
    edit = Edit(_number(got), f"{want.quantity.value:g}")
    return [
        Finding(
            "target_changed",
            "fault",
            upper,
            draft,
            note,
            "less_favourable",
            want.span,
            got.span,
            edit,
        )
    ]


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
