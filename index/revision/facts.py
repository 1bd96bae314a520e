"""Figures and times of a clause with their places, and which of two versions answer each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.period import periods
from index.quantity import quantities
from index.types import Clause, Span

BEFORE, AFTER = 14, 8
LIKE = 40.0


@dataclass(frozen=True, slots=True)
class Fact:
    """``value`` is what must be equal, ``kind`` what may answer it; ``around`` the words beside."""

    value: Hashable
    kind: str
    span: Span
    around: str


def figures(clause: Clause, text: str) -> list[Fact]:
    return [fact for span in clause.spans for fact in _figures(text, span)]


def _figures(text: str, own: Span) -> Iterator[Fact]:
    within = [p.span for p in periods(own.of(text))]  # 5年内 is a time
    for q in quantities(own.of(text)):
        if q.kind == "ordinal" or any(
            p.start < q.span.end and q.span.start < p.end for p in within
        ):
            continue
        span = Span(own.start + q.span.start, own.start + q.span.end)
        value = (q.base_value, q.base_unit, q.op, q.upper_base)
        yield Fact(value, q.kind, span, _around(text, own, span))


def times(clause: Clause, text: str) -> list[Fact]:
    return [fact for span in clause.spans for fact in _times(text, span)]


def _times(text: str, own: Span) -> Iterator[Fact]:
    for p in periods(own.of(text)):
        span = Span(own.start + p.span.start, own.start + p.span.end)
        value = (p.by, p.since, p.month, p.day, p.edge, p.every, p.years, p.days)
        yield Fact(value, p.kind, span, _around(text, own, span))


def _around(text: str, own: Span, span: Span) -> str:
    before = text[max(own.start, span.start - BEFORE) : span.start]
    after = text[span.end : min(own.end, span.end + AFTER)]
    return re.sub(r"\d+(?:\.\d+)?", "0", before + "|" + after)


Answering = tuple[Fact | None, Fact | None]


def answering(old: Sequence[Fact], new: Sequence[Fact]) -> list[Answering]:
    """Facts that are not in both; one that took the place of another stands beside it."""
    left, right = list(old), list(new)
    _drop_equal(left, right)
    found: list[Answering] = []
    for likes in (lambda a, b: a.kind == b.kind, lambda a, b: True):
        found += _paired(left, right, likes)
    found += [(fact, None) for fact in left] + [(None, fact) for fact in right]
    return sorted(found, key=lambda pair: (pair[1] or pair[0]).span.start)  # type: ignore[union-attr]


def _drop_equal(left: list[Fact], right: list[Fact]) -> None:
    """Equal values meet, those in the likest words first."""
    same = [
        (fuzz.ratio(a.around, b.around), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if a.value == b.value
    ]
    gone_left, gone_right = _greedy(same)
    left[:] = [fact for i, fact in enumerate(left) if i not in gone_left]
    right[:] = [fact for j, fact in enumerate(right) if j not in gone_right]


def _paired(
    left: list[Fact], right: list[Fact], likes: Callable[[Fact, Fact], bool]
) -> list[Answering]:
    near = [
        (score, i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if likes(a, b) and (score := fuzz.ratio(a.around, b.around)) >= LIKE
    ]
    gone_left, gone_right = _greedy(near)
    found = [(left[i], right[j]) for i, j in zip(gone_left, gone_right, strict=True)]
    left[:] = [fact for i, fact in enumerate(left) if i not in gone_left]
    right[:] = [fact for j, fact in enumerate(right) if j not in gone_right]
    return list(found)


def _greedy(scored: list[tuple[float, int, int]]) -> tuple[list[int], list[int]]:
    rows: list[int] = []
    columns: list[int] = []
    for _, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if i not in rows and j not in columns:
            rows.append(i)
            columns.append(j)
    return rows, columns
