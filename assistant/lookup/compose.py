"""The words of an answer: the stretch of the document that states it, its place and its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lookup.passages import Passage
from assistant.lookup.places import own_names
from assistant.types import Citation, cite
from index.types import Clause, Document, Span

LONGEST_QUOTE, SHORTEST_QUOTE, LONGEST_LEAD = 200, 8, 90


@dataclass(frozen=True, slots=True)
class Claim:
    """Something an answer says, and where it stands.

    ``checked`` is the part that the quotes must bear out word for word; it differs from ``text``
    only by words about the document itself (列第一位的, 成文日期为).
    """

    text: str
    citations: tuple[Citation, ...]
    checked: str = ""


def place(document: Document) -> str:
    names = own_names(document)
    return names[-1] if names else document.title


def stated(passage: Passage, dated: bool = False) -> Claim:
    """A passage in its own words, with its time and subject where it has them from before.

    A time of an earlier sentence is only given where it is the target's own or asked for.
    """
    text = passage.document.text
    start = passage.anchor
    body = text[start : passage.span.end]
    if len(body) > LONGEST_LEAD:
        start, body = passage.span.start, passage.words
    citations = [cited(passage)]
    own = any(t.binds for t in passage.times)
    at = passage.time_at
    due = {target.by for target in passage.targets} & {t.by for t in passage.inherited}
    near = at is not None and (dated or bool(due - {None}) or passage.sentence.contains(at))
    if not own and near and at and passage.inherited and not start <= at.start < passage.span.end:
        body = f"{_when(passage, at)}，{body}"
        if not citations[0].span.contains(at):
            citations.append(_cite(passage, at))
    if not re.search(r"[一-鿿]", body):  # 电话:3569407 without its label
        body = citations[0].quote
    return Claim(tidy(body), tuple(citations))


def joined(claims: Sequence[Claim]) -> Claim:
    """Several claims as one, each said once."""
    texts = list(dict.fromkeys(claim.text for claim in claims))
    citations = dict.fromkeys(c for claim in claims for c in claim.citations)
    return Claim("；".join(texts), tuple(citations))


def _when(passage: Passage, at: Span) -> str:
    """The time that a passage inherits; how strongly it binds (力争) only within its sentence."""
    words = at.of(passage.document.text)
    if len(words) <= 24 and passage.sentence.contains(at):
        return words
    binding = next((t for t in passage.inherited if t.binds), passage.inherited[0])
    return binding.span.of(words)


def cited(passage: Passage) -> Citation:
    """The sentence of a passage; where that is too long, as much of it as leads to the passage."""
    for start in (
        passage.sentence.start,
        passage.lead.start if passage.lead else -1,
        passage.anchor,
    ):
        if 0 <= start <= passage.span.start:
            end = passage.sentence.end if start == passage.sentence.start else passage.span.end
            for stop in (end, passage.span.end):
                if SHORTEST_QUOTE <= stop - start <= LONGEST_QUOTE:
                    return _cite(passage, Span(start, stop))
    return _cite(passage, passage.span)


def _cite(passage: Passage, span: Span) -> Citation:
    """A citation of at least the shortest length: what is too short goes on to the next pause."""
    own = next(own for own in passage.clause.spans if own.contains(span))
    if span.end - span.start < SHORTEST_QUOTE:
        text = passage.document.text
        pauses = [i for i in range(span.start + SHORTEST_QUOTE, own.end) if text[i] in "，,。；;"]
        span = Span(span.start, pauses[0] if pauses else own.end)
    if span.end - span.start < SHORTEST_QUOTE:
        span = passage.sentence if own.contains(passage.sentence) else own
    return cite(passage.document, passage.clause, span)


def tidy(text: str) -> str:
    cells = re.sub(r"\t+", "，", text)
    joined = re.sub(r"(?<=\d)\s+(?=\d)", " ", cells)
    joined = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", joined)
    return joined.strip("，,；;。：:、")


def written(
    claims: Sequence[tuple[str, Claim]], opening: str = ""
) -> tuple[str, tuple[Citation, ...]]:
    """Claims as one text: ``opening，place：words[1][2]；…。`` and its citations in order."""
    numbered: list[Citation] = []
    parts: list[str] = []
    before = ""
    for name, claim in dict.fromkeys(claims):
        marks: list[str] = []
        for citation in claim.citations:
            if citation not in numbered:
                numbered.append(citation)
            marks.append(f"[{numbered.index(citation) + 1}]")
        said, before = ("" if name == before else name), name
        parts.append((f"{said}：" if said else "") + claim.text + "".join(dict.fromkeys(marks)))
    body = "；".join(parts) + "。"
    return (f"{opening}，{body}" if opening else body), tuple(numbered)


def own_span(document: Document, clause: Clause, span: Span) -> Span | None:
    """The span itself if it lies in one stretch of the clause, else what of it does."""
    for own in clause.spans:
        start, end = max(own.start, span.start), min(own.end, span.end)
        if start < end and end - start >= SHORTEST_QUOTE:
            return Span(start, end)
    return None
