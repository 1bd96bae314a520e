"""What a citation shows: its quote in the sentence that it was cut from, and what that inherits.

A quote may be cut so that 不低于 or 不得 is left out of it; the sentence around it still counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.types import Citation
from assistant.verify.events import Event, events
from assistant.verify.frames import Frame, frames
from assistant.verify.reading import Reading, When, binds, reading, when
from assistant.verify.wording import plain, same_words
from index.types import Clause, Document, Span

ClauseOf = Callable[[str], Clause | None]
DocumentOf = Callable[[str], Document | None]
_START, _END = "\ue100", "\ue101"
_SENTENCE_END = "。！？!?\n"
# 贵州省, 杭州市: 州 ends a name only where nothing of a place follows.
_PLACE = re.compile(r"[一-鿿]{1,8}?(?:自治区|自治州|省|市|县|区|州(?![省市区县])|旗)")


@dataclass(frozen=True, slots=True)
class Passage:
    """``quote`` is the place of the quote in ``read.text``; ``head`` what stands over the clause;
    ``frames`` are in the quote, ``around`` in its sentences."""

    document: Document
    clause: Clause
    read: Reading
    quote: Span
    frames: tuple[Frame, ...]
    around: tuple[Frame, ...]
    events: tuple[Event, ...]
    inherited: frozenset[When]
    head: str

    @property
    def quoted(self) -> str:
        return self.quote.of(self.raw)

    @property
    def raw(self) -> str:
        """The sentence with its titles and numbers of documents."""
        return self.read.raw

    @property
    def words(self) -> str:
        """All words that a statement may take from here, one spelling each."""
        return same_words(f"{self.raw}\n{self.head}")


def passage(citation: Citation, document: Document, clause: Clause, clause_of: ClauseOf) -> Passage:
    own = next(s for s in clause.spans if s.contains(citation.span))
    start, end = sentence(document.text, own, citation.span)
    start = min(after_number(clause, document.text, start), citation.span.start)
    text = document.text
    # The clause's own number is no part of what it says: 7．18个县 is not 7.18.
    begin = after_number(clause, text, citation.span.start)
    begin = begin if begin < citation.span.end else citation.span.start
    marked = plain(
        text[start : citation.span.start]
        + _START
        + text[begin : citation.span.end]
        + _END
        + text[citation.span.end : end]
    )
    at = marked.index(_START)
    stop = marked.index(_END) - 1
    read = reading(marked.replace(_START, "").replace(_END, ""))
    quote = Span(at, max(stop, at + 1))
    every = frames(read)
    return Passage(
        document=document,
        clause=clause,
        read=read,
        quote=quote,
        around=every,
        frames=tuple(f for f in every if _inside(f.quantity.number, quote)),
        events=events(read),
        inherited=inherited(document, clause, start, clause_of),
        head=plain("\n".join(heads(document, clause))),
    )


def _inside(span: Span, quote: Span) -> bool:
    return quote.start <= span.start and span.end <= quote.end


def sentence(text: str, own: Span, span: Span) -> tuple[int, int]:
    """The bounds of the whole sentences that ``span`` lies in, within the clause's own words."""
    start, end = span.start, span.end
    while start > own.start and text[start - 1] not in _SENTENCE_END:
        start -= 1
    while end < own.end and text[end - 1] not in _SENTENCE_END:
        end += 1
    return start, end


def after_number(clause: Clause, text: str, start: int) -> int:
    """Past the clause's own number: 2．10个 is no 2.10个."""
    number = re.compile(rf"[（(—\s]*{re.escape(clause.number)}[）)．.、\s]*")
    found = number.match(text, start) if clause.number and start == clause.spans[0].start else None
    return found.end() if found else start


def heads(document: Document, clause: Clause) -> Iterator[str]:
    yield from clause.path
    if clause.heading:
        yield clause.heading
    yield document.title
    yield from (line for line in (document.doc_no, document.issuer) if line)


def region_names(document: Document) -> tuple[str, ...]:
    """The document's own place in full and in short; the places above it are not its own."""
    places = _PLACE.findall(document.region)
    if not places:
        return (document.region,) if document.region else ()
    own = places[-1]
    short = re.sub(r"(?:自治区|自治州|省|市|县|区|州|旗)$", "", own)
    names = {document.region, own, "".join(places[-2:])}
    return tuple(sorted(names | ({short} if len(short) > 1 else set()), key=len, reverse=True))


def inherited(
    document: Document, clause: Clause, start: int, clause_of: ClauseOf
) -> frozenset[When]:
    """The time in force where the sentence states none: from the nearest words before or above."""
    levels = [_own_before(document, clause, start), clause.heading or ""]
    parent = clause_of(clause.parent) if clause.parent else None
    while parent is not None:
        levels += [parent.heading or "", "\n".join(s.of(document.text) for s in parent.spans)]
        parent = clause_of(parent.parent) if parent.parent else None
    for level in [*levels, *reversed(clause.path), document.title]:
        read = reading(plain(level.replace("《", "").replace("》", "")))
        found = [p for p in read.periods if binds(read, p)]
        if found:
            year = next((p.by for p in reversed(found) if p.by), None)
            return frozenset({when(read, found[-1], year)})
    return frozenset()


def _own_before(document: Document, clause: Clause, start: int) -> str:
    return "\n".join(
        document.text[s.start : min(s.end, start)] for s in clause.spans if s.start < start
    )
