"""The stretch of words that tells what one figure counts."""

from __future__ import annotations

import re

from assistant.verify.reading import PART_END, SEGMENT_END, Reading, any_figure, stretch
from index.quantity import Quantity
from index.types import Span

_JOIN = re.compile(r"(?:以及|和|及|与|或)")
_JOINED = re.compile(r"(?:、|以及|和|及|与|或)$")
_NOUN = re.compile(r"(?!以及|和|及|与|或|的)[\u3400-\u9fff“]")


def segment(read: Reading, q: Quantity) -> Span:
    """Around a figure up to the commas; 5所国家级、省级院校和8所特色院校 parts before 8所."""
    own = stretch(read.text, q.span, SEGMENT_END)
    start, end = own.start, own.end
    for other in read.quantities:
        joined = _JOIN.match(read.text, other.span.end)
        if other.span.end <= q.span.start and other.span.start >= start and joined:
            start = joined.end()
        more = joined and joined.end() < end and any_figure(read, joined.end(), end)
        if other.span == q.span and joined and more:
            end = joined.start()
    return _of_leading_figure(read, q, Span(start, max(end, start + 1)))


def _of_leading_figure(read: Reading, q: Quantity, own: Span) -> Span:
    """A figure before its noun (2家甲和5家乙) reaches to the next one that is joined to it."""
    outer = stretch(read.text, q.span, PART_END + ",:()")
    start, end = own.start, own.end
    if not _NOUN.match(read.text, q.span.end):
        return own
    if _JOINED.search(read.text[: q.span.start]) and any_figure(read, outer.start, q.span.start):
        start = q.span.start
    following = [o.span.start for o in read.quantities if q.span.end <= o.span.start < outer.end]
    if not following:
        return Span(start, outer.end)
    joined = _JOINED.search(read.text[q.span.end : following[0]])
    return Span(start, q.span.end + joined.start() if joined else max(end, start + 1))
