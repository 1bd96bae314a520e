"""Quantities in administrative Chinese: value, unit, comparator and place.

A quantity keeps the unit as it is written (700 亿元); ``base_value`` and ``base_unit`` fold 万/亿, so
that 0.3万家 and 3000家 compare equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.types import Op, Span

Kind = Literal[
    "amount",  # money
    "percent",  # %, ‰, 成, 三分之一
    "points",  # 百分点
    "count",  # 家, 个, 人 …
    "measure",  # 吨, 千瓦, 平方米 …
    "multiple",  # 倍, 番
    "duration",  # 年, 个月, 工作日 …
    "ordinal",  # 第3, 1号, 前10名
    "number",  # no unit: 指数达到82
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """``span`` holds the numeral, its unit and the comparators that stand against them;
    ``number`` the numeral alone. ``upper`` is the other end of a range (``value`` the lower)."""

    value: float
    unit: str
    op: Op
    kind: Kind
    span: Span
    number: Span
    upper: float | None = None

    @property
    def base_value(self) -> float:
        raise NotImplementedError

    @property
    def base_unit(self) -> str:
        raise NotImplementedError


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity in ``text``, in reading order."""
    raise NotImplementedError
