"""What each time of a text is said of."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Event:
    """A time that binds no figure, with the words that it binds."""

    when: When
    shown: str
    own: str
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
        year = next((o.by for o in reversed(read.periods[:i]) if o.by), None)
        figures = any(
            p.span.end <= q.span.start < stop and q.kind != "ordinal" for q in read.quantities
        )
        shown, around = p.span.of(read.text), part.of(read.text)
        found.append(Event(when(read, p, year), shown, own, around, p.span, figures))
    return tuple(found)
