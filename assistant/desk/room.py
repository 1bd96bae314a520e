"""What the desk has before it: the documents in scope, and where their fields stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.lookup.holding import Library
from assistant.types import Answer, Citation, Nearest, cite
from index.types import Document, Scope, Span


@dataclass(frozen=True, slots=True)
class Room:
    shelves: Library
    scope: Scope

    @property
    def documents(self) -> list[Document]:
        return [d for d in self.shelves.documents() if self.scope.admits(d)]

    def named(self, question: str) -> list[Document]:
        """The documents whose place, or title, the question names."""
        plain = squeezed(question)
        return [
            document
            for document in self.documents
            if any(name in plain for name in places(document.region))
            or squeezed(document.title) in plain
        ]

    def cite(self, document: Document, words: str) -> Citation | None:
        """A citation of the first clause of the document that holds the words, whatever width."""
        wanted = squeezed(words)
        for clause in self.shelves.clauses(document.id):
            if span := find(document.text, clause.spans, wanted):
                return cite(document, clause, span)
        return None

    def nearest(self, question: str, document: Document | None = None) -> tuple[Nearest, ...]:
        """The clause that comes nearest, for a decline."""
        scope = self.scope if document is None else Scope(documents=frozenset({document.id}))
        titles = {d.id: d for d in self.documents}
        return tuple(
            Nearest(c.document_id, titles[c.document_id].title, c.id, quote.of(text), quote)
            for evidence in self.shelves.search(question, 1, scope)
            if (c := evidence.clause).document_id in titles
            for text in [titles[c.document_id].text]
            for quote in [Span(c.spans[0].start, min(c.spans[0].end, c.spans[0].start + 120))]
        )


def places(region: str) -> list[str]:
    """The short names of a region's last place: 贵州省六盘水市 → 六盘水."""
    last = re.findall(r"[一-鿿]+?(?:省|自治区|自治州|市|县|区|旗)", region)
    name = re.sub(r"(?:省|自治区|自治州|市|县|区|旗)$", "", last[-1]) if last else region
    return [name] if len(name) > 1 else []


def squeezed(text: str) -> str:
    return (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        .replace("〔", "[")
        .replace("〕", "]")
    )


def find(text: str, spans: Iterable[Span], wanted: str) -> Span | None:
    """Where the squeezed words stand in one of the spans of the text."""
    for span in spans:
        kept = [(i, part) for i in range(span.start, span.end) for part in squeezed(text[i])]
        at = "".join(part for _, part in kept).find(wanted)
        if wanted and at >= 0:
            return Span(kept[at][0], kept[at + len(wanted) - 1][0] + 1)
    return None


def said(question: str, text: str, citations: Iterable[Citation] = ()) -> Answer:
    return Answer(question, "answered", text, tuple(citations))


def declined(question: str, text: str, nearest: tuple[Nearest, ...] = ()) -> Answer:
    return Answer(question, "declined", text, (), nearest=nearest)
