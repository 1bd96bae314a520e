"""The words of an answer: the stretch of the document that states it, its place and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lookup.passages import Passage
from assistant.lookup.places import own_names
from assistant.types import Citation, cite
from index.types import Clause, Document, Span

LONGEST_QUOTE, SHORTEST_QUOTE, LONGEST_LEAD = 200, 8, 90


@dataclass(frozen=True, slots=True)
class Claim:
    """Something an answer says: words of ours or the document's, and where they stand."""

    text: str
    citations: tuple[Citation, ...]


def place(document: Document) -> str:
    names = own_names(document)
    return names[-1] if names else document.title


def stated(passage: Passage) -> Claim:
    """A passage in its own words, with its time and subject where it has them from before."""
    text = passage.document.text
    start = passage.anchor
    body = text[start : passage.span.end]
    if len(body) > LONGEST_LEAD:
        body = passage.words
    citations = [cited(passage)]
    own = any(t.binds for t in passage.times)
    if not own and passage.inherited and passage.time_at:
        when = passage.time_at.of(text)
        inside = body.startswith(when) or start <= passage.time_at.start < passage.span.end
        if not inside:
            words = _when(passage)
            body = f"{words}，{body}" if not body.startswith(words) else body
            if not citations[0].span.contains(passage.time_at):
                citations.append(_cite(passage, passage.time_at))
    return Claim(tidy(body), tuple(citations))


def joined(claims: Sequence[Claim]) -> Claim:
    """Several claims as one, each said once."""
    texts = list(dict.fromkeys(claim.text for claim in claims))
    citations = dict.fromkeys(c for claim in claims for c in claim.citations)
    return Claim("，".join(texts), tuple(citations))


def _when(passage: Passage) -> str:
    """The time that a passage inherits, as the document words it."""
    text = passage.document.text
    assert passage.time_at is not None
    words = passage.time_at.of(text)
    if len(words) <= 24:
        return words
    binding = next(t for t in passage.inherited if t.binds)
    return binding.span.of(words) if binding.span.end <= len(words) else words


def cited(passage: Passage) -> Citation:
    """The sentence of a passage; where that is too long, as much of it as leads to the passage."""
    for start in (passage.sentence.start, passage.lead.start if passage.lead else -1, passage.anchor):
        if 0 <= start <= passage.span.start:
            end = passage.sentence.end if start == passage.sentence.start else passage.span.end
            for stop in (end, passage.span.end):
                if SHORTEST_QUOTE <= stop - start <= LONGEST_QUOTE:
                    return _cite(passage, Span(start, stop))
    return _cite(passage, passage.span)


def _cite(passage: Passage, span: Span) -> Citation:
    """A citation of at least the shortest length."""
    if span.end - span.start < SHORTEST_QUOTE:
        span = passage.sentence
    return cite(passage.document, passage.clause, span)


def tidy(text: str) -> str:
    joined = "".join(text.split())
    return joined.strip("，,；;。：:、")


def written(claims: Sequence[tuple[str, Claim]], opening: str = "") -> tuple[str, tuple[Citation, ...]]:
    """Claims as one text: ``opening，place：words[1][2]；…。`` and its citations in order."""
    numbered: list[Citation] = []
    parts: list[str] = []
    for name, claim in dict.fromkeys(claims):
        marks: list[str] = []
        for citation in claim.citations:
            if citation not in numbered:
                numbered.append(citation)
            marks.append(f"[{numbered.index(citation) + 1}]")
        parts.append((f"{name}：" if name else "") + claim.text + "".join(dict.fromkeys(marks)))
    body = "；".join(parts) + "。"
    return (f"{opening}，{body}" if opening else body), tuple(numbered)


def own_span(document: Document, clause: Clause, span: Span) -> Span | None:
    """The span itself if it lies in one stretch of the clause, else what of it does."""
    for own in clause.spans:
        start, end = max(own.start, span.start), min(own.end, span.end)
        if start < end and end - start >= SHORTEST_QUOTE:
            return Span(start, end)
    return None
