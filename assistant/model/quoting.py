"""Which words of the named clauses are quoted for a statement: the narrowest first, then all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.model.packing import Numbered
from assistant.types import Citation, cite
from index.types import Span

SHORTEST, LONGEST = 8, 200
_STOP = re.compile(r"[。！？!?\n]")
_PAUSE = re.compile(r"[；;\n]")


def quotings(text: str, named: Sequence[Numbered]) -> Iterator[tuple[Citation, ...]]:
    """Ways to quote the same clauses; a statement is true if one of them bears it out."""
    narrow = tuple(c for one in named for c in _narrow(text, one))
    yield narrow
    whole = tuple(
        cite(one.document, one.clause, span) for one in named for span in one.clause.spans
    )
    if whole != narrow:
        yield whole


def _narrow(text: str, one: Numbered) -> list[Citation]:
    """The sentences that say most of the statement, neighbours as one quote."""
    wanted = _grams(text)
    pieces = [span for own in one.clause.spans for span in sentences(one.document.text, own)]
    said = {span: _grams(span.of(one.document.text)) & wanted for span in pieces}
    chosen: list[Span] = []
    covered: set[str] = set()
    while len(chosen) < len(pieces):
        best = max((s for s in pieces if s not in chosen), key=lambda s: len(said[s] - covered))
        gain = len(said[best] - covered)
        if chosen and gain < max(3, len(wanted) // 6):
            break
        chosen.append(best)
        covered |= said[best]
    return [cite(one.document, one.clause, span) for span in _merged(sorted(chosen), one)]


def sentences(text: str, own: Span) -> list[Span]:
    """The sentences of a stretch; what is too long is cut at its semicolons."""
    found: list[Span] = []
    for span in _cut(text, own, _STOP):
        found += _cut(text, span, _PAUSE) if span.end - span.start > LONGEST else [span]
    return found


def _cut(text: str, own: Span, marks: re.Pattern[str]) -> list[Span]:
    spans: list[Span] = []
    start = own.start
    for mark in marks.finditer(text, own.start, own.end):
        if len(text[start : mark.end()].strip()) >= SHORTEST:
            spans.append(Span(start, mark.end()))
            start = mark.end()
    if text[start : own.end].strip():
        spans.append(Span(start, own.end))
    return [_trimmed(text, span) for span in spans]


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.end - (len(words) - len(words.rstrip())))


def _merged(spans: Sequence[Span], one: Numbered) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        between = one.document.text[last.end : span.start] if last else ""
        joined = Span(last.start, span.end) if last else span
        inside = any(own.contains(joined) for own in one.clause.spans)
        if last and not between.strip() and inside and joined.end - joined.start <= LONGEST:
            merged[-1] = joined
        else:
            merged.append(span)
    return merged


def _grams(text: str) -> set[str]:
    bare = re.sub(r"[^\w%]", "", text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
