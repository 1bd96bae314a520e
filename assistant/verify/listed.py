"""甲、乙分别达到1、2: the first figure belongs to the first name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.verify.reading import PART_END, Reading, stretch, words_of
from index.types import Span


@dataclass(frozen=True, slots=True)
class Listing:
    """The names before 分别, the places of the figures after it, and which of them is meant;
    ``inner`` are the figures that are part of a name (产值过10亿元的企业)."""

    names: tuple[str, ...]
    inner: frozenset[int]
    figures: tuple[int, ...]
    at: int


def listing(read: Reading, place: int) -> Listing | None:
    """The list with 分别 that the figure at ``place`` belongs to, if any."""
    q = read.quantities[place]
    part = stretch(read.text, q.span, PART_END)
    at = read.text.rfind("分别", part.start, q.span.start)
    if at < 0:
        return None
    figures = _series(read, at)
    if place not in figures:
        return None
    names = _names(read, part.start, at, len(figures))
    inner = {i for i, o in enumerate(read.quantities) if part.start <= o.span.start < at}
    return Listing(tuple(names), frozenset(inner), tuple(figures), figures.index(place))


def _series(read: Reading, at: int) -> list[int]:
    """The figures after 分别 that only 、 and 和 part."""
    row: list[int] = []
    for i, q in enumerate(read.quantities):
        if q.span.start < at:
            continue
        between = read.text[read.quantities[row[-1]].span.end : q.span.start] if row else ""
        if row and not re.fullmatch(r"(?:、|,|和|及|以及|与)?(?:达到|超过|为)?", between):
            break
        row.append(i)
    return row


def _names(read: Reading, start: int, at: int, count: int) -> list[str]:
    head = read.text[start:at].rstrip(",:")
    cut = max(head.rfind(","), head.rfind(":"))
    offset = start + cut + 1
    pieces = _split(read, offset, start + len(head), "、")
    if len(pieces) != count:
        pieces = [s for p in pieces for s in _split(read, p.start, p.end, "和与及")]
    return [words_of(read, p, None) for p in pieces]


def _split(read: Reading, start: int, end: int, marks: str) -> list[Span]:
    bounds = [start, *(i + 1 for i in range(start, end) if read.text[i] in marks), end + 1]
    return [Span(a, b - 1) for a, b in pairwise(bounds) if a < b - 1]
