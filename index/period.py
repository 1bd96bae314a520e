"""Time expressions in administrative Chinese, with their place and what they bind to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.types import Span

Kind = Literal["deadline", "year", "range", "within", "since", "recurring", "date"]
Every = Literal["year", "half-year", "quarter", "month", "week", "day", "regular"]


@dataclass(frozen=True, slots=True)
class Period:
    """``by`` is the last year that the expression covers ("2020"), None where it states none;
    ``since`` the first one of a range; ``edge`` says how the end is meant (底, 前, 底前, 初, 期间)."""

    kind: Kind
    span: Span
    by: str | None = None
    since: str | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    every: Every | None = None
    years: float | None = None


def periods(text: str) -> tuple[Period, ...]:
    """Every time expression in ``text``, in reading order, not overlapping."""
    raise NotImplementedError
