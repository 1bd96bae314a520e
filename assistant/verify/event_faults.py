"""Whether a time of a statement is one of its quotes, said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.cover import uncovered
from assistant.verify.events import Event
from assistant.verify.figures import free_words, pairs_without, unfinished
from assistant.verify.passages import Passage
from assistant.verify.wording import pairs, same_words, wording

ENDING = 8


def event_fault(event: Event, passages: Sequence[Passage], alone: bool) -> str | None:
    """Why no time of the quotes is this one, said of the same thing, or None.

    A time that binds a figure (not ``alone``) was held against it already.
    """
    same = [(p, e) for p in passages for e in p.events if e.when == event.when]
    if same:
        faults = [_event_rival(event, e, p, passages) if alone else None for p, e in same]
        return None if None in faults else str(faults[0])
    for p in passages:
        if event.when in p.inherited and _inherits(event, p):
            return None
        if _issued(event, p):
            return None
    return f"引文中没有时间“{event.shown}”"


def _inherits(event: Event, passage: Passage) -> bool:
    """The words of the time stand in the passage, and under no time of its own."""
    said = pairs(event.own)
    timed = (e for e in passage.events if e.when.by and len(said & pairs(e.own)) * 2 > len(said))
    return not any(timed) and not uncovered(event.own, passage.words, free_words(passage))


def _issued(event: Event, passage: Passage) -> bool:
    """The date of the document itself, told as such."""
    date = passage.document.date or ""
    told = f"{event.when.by}-{event.when.month or 0:02d}-{event.when.day or 0:02d}"
    return date == told and bool(re.search("印发|发布|成文|发文", event.part))


def _told_otherwise(event: Event, quoted: Event) -> str | None:
    """每月5日前报告，由其通报 told as 每月5日前通报: the verb of giving notice is another."""
    said, theirs = (same_words(_first(e.own)) for e in (event, quoted))
    ground = f"{same_words(quoted.prior)}\n{theirs}"
    told = [word for word in wording().telling if word in said]
    known = any(word in ground for word in wording().telling)
    return next((word for word in told if known and word not in ground), None)


def _first(own: str) -> str:
    """What a time is said of, up to the comma."""
    first = own.strip(",、").split(",")[0]
    return first if len(pairs(first)) > 1 else own


def _event_rival(
    event: Event, quoted: Event, passage: Passage, passages: Sequence[Passage]
) -> str | None:
    if (undone := unfinished(event.own, f"{quoted.own}\n{quoted.prior}")) is not None:
        return f"引文中到这时还不是“{undone}”"
    free = free_words(passage)
    if (verb := _told_otherwise(event, quoted)) is not None:
        return f"引文中到“{event.shown}”的不是“{verb}”"
    said, own = pairs_without(event.own, free), pairs_without(f"{quoted.own}\n{quoted.prior}", free)
    ending = pairs_without(event.own.rstrip(",。;")[-ENDING:], free)
    for other in (e for p in passages for e in p.events if e.when != event.when):
        theirs = pairs_without(other.own, free)
        against, for_it = len((said & theirs) - own), len((said & own) - theirs)
        # Of a tie the predicate decides: it stands at the end.
        tied = against and against == for_it and len(ending & theirs) > len(ending & own)
        if against > for_it or tied:
            return f"引文中这件事的时间不是“{event.shown}”"
    return None
