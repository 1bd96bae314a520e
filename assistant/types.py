"""Values that travel from evidence to a verified answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.types import Clause, Document, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim that ``quote`` stands at ``span`` in a clause of a document; ``verify`` checks it."""

    document_id: str
    title: str
    doc_no: str | None
    clause_id: str
    span: Span
    quote: str


def cite(document: Document, clause: Clause, span: Span) -> Citation:
    """The only way that the product builds a citation: the quote is the text at the span."""
    if not any(own.contains(span) for own in clause.spans):
        raise ValueError(f"引文区间 {span.start}–{span.end} 不在条款 {clause.id} 之内")
    return Citation(
        document.id, document.title, document.doc_no, clause.id, span, span.of(document.text)
    )


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    statement: Statement
    status: Literal["supported", "unsupported"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    document_id: str
    title: str
    clause_id: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Withheld:
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets. ``text`` carries marks ``[n]`` that number ``citations`` from 1."""

    question: str
    status: Literal["answered", "partial", "declined"]
    text: str
    citations: tuple[Citation, ...]
    withheld: tuple[Withheld, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    notes: tuple[str, ...] = ()
    mode: Literal["extractive", "model"] = "extractive"
    seconds: float = 0.0
