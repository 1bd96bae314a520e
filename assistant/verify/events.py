"""What each time of a text is said of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.verify.reading import (
    PART_END,
    SENTENCE_END,
    Reading,
    When,
    binds,
    is_base,
    stretch,
    when,
    words_of,
)
from assistant.verify.wording import pairs
from index.types import Span

_AT = re.compile(r"[于在]$")


@dataclass(frozen=True, slots=True)
class Event:
    """A time that binds no figure, with the words that it binds; ``prior`` stands before them."""

    when: When
    shown: str
    own: str
    prior: str
    part: str
    span: Span
    figures: bool


def events(read: Reading) -> tuple[Event, ...]:
    """Every time that is not a base year, with the words up to the next one."""
    found = []
    for i, p in enumerate(read.periods):
        if is_base(read, p):
            continue
        sentence = stretch(read.text, p.span, SENTENCE_END)
        part = stretch(read.text, p.span, PART_END)
        following = [n.span.start for n in read.periods[i + 1 :] if binds(read, n)]
        stop = min([sentence.end, *(n for n in following if n > p.span.end)])
        own = words_of(read, Span(p.span.end, stop), None) if p.span.end < stop else ""
        if len(pairs(own)) < 3:
            segment = stretch(read.text, p.span, PART_END + ",")
            own = words_of(read, segment, None) + own
        prior = _prior(read, p.span)
        if _AT.search(read.text[: p.span.start]) and len(pairs(prior)) > 1:
            # 1号机组于2017年关闭: what it is said of stands before it.
            end = stretch(read.text, p.span, PART_END + ",").end
            own = prior + (words_of(read, Span(p.span.end, end), None) if p.span.end < end else "")
        year = next((o.by for o in reversed(read.periods[:i]) if o.by), None)
        figures = any(
            p.span.end <= q.span.start < stop and q.kind != "ordinal" for q in read.quantities
        )
        shown, around = p.span.of(read.text), part.of(read.text)
        found.append(Event(when(read, p, year), shown, own, prior, around, p.span, figures))
    return tuple(found)


def _prior(read: Reading, span: Span) -> str:
    """What stands before a time in its sentence, back to the time before it or two commas."""
    part = stretch(read.text, span, PART_END)
    start = max([part.start, *(p.span.end for p in read.periods if p.span.end <= span.start)])
    commas = [i for i in range(start, span.start) if read.text[i] == ","]
    start = commas[-2] + 1 if len(commas) > 1 else start
    return words_of(read, Span(start, span.start), None) if start < span.start else ""
