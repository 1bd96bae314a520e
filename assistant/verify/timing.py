"""The times that bind a figure, and the years that a change is counted from."""

from __future__ import annotations

import re

from assistant.verify.reading import (
    PART_END,
    SENTENCE_END,
    Reading,
    When,
    any_figure,
    binds,
    is_base,
    stretch,
    when,
)
from index.period import Period
from index.quantity import Quantity
from index.types import Span


def carried(read: Reading, opening: int) -> frozenset[When]:
    """The time in force from the sentences before, where the sentence states none."""
    before = [p for p in read.periods if p.span.end <= opening and binds(read, p)]
    year = next((p.by for p in reversed(before) if p.by), None)
    return frozenset({when(read, before[-1], year)}) if before else frozenset()


def base_years(read: Reading, q: Quantity, part: Span) -> frozenset[str]:
    """The base years of a change: the last one before the figure, and those right after it."""
    bases = [p for p in read.periods if is_base(read, p)]
    before = [p for p in bases if part.start <= p.span.start < q.span.start][-1:]
    own = stretch(read.text, q.span, PART_END + ",")
    after = [p for p in bases if q.span.end <= p.span.start < own.end]
    return frozenset(p.by or "" for p in (*before, *after))


def times_in_force(read: Reading, q: Quantity) -> frozenset[When]:
    """The times in force at a figure: those right before it in its sentence, or right after it."""
    sentence = stretch(read.text, q.span, SENTENCE_END)
    part = stretch(read.text, q.span, PART_END)
    here = [
        p for p in read.periods if binds(read, p) and sentence.start <= p.span.start < sentence.end
    ]
    after = [p for p in here if p.span.start >= q.span.end]
    if after and read.text[q.span.end : after[0].span.start] in ("(", "(到", ",(", "(截至"):
        return frozenset({when(read, after[0])})
    before = [p for p in here if p.span.end <= q.span.start]
    if not before:
        early = [p for p in after if p.span.end <= part.end and not _between(read, q, p)]
        return frozenset({when(read, early[0])}) if early else frozenset()
    year = next((p.by for p in reversed(before) if p.by), None)
    in_force = [when(read, before[-1], year)]
    for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
        if re.search(r"[^,用在]", read.text[earlier.span.end : later.span.start]):
            break
        in_force.append(when(read, earlier, year))
    return frozenset(in_force)


def _between(read: Reading, q: Quantity, p: Period) -> bool:
    """Whether a time after a figure is another's: 共186万吨，其中2017年66万吨."""
    between = read.text[q.span.end : p.span.start]
    own = stretch(read.text, p.span, PART_END + ",:")
    theirs = bool(re.search("[,:]", between)) and any_figure(read, p.span.end, own.end)
    return "其中" in between or theirs or any_figure(read, q.span.end, p.span.start)
