"""True statements of the bundled corpus: every sentence of every clause, cited exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.types import Statement, cite
from evals.bundled import Corpus
from index.quantity import quantities
from index.types import Clause, Document, Span

_SENTENCE = re.compile(r"[^。\n]+。?")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、]|——)"
)
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Truth:
    """``text`` is true by the one citation of ``statement``."""

    statement: Statement
    document: Document
    clause: Clause

    @property
    def text(self) -> str:
        return self.statement.text

    def saying(self, text: str) -> Truth:
        return replace(self, statement=replace(self.statement, text=text))


def sentences(document: Document, clause: Clause) -> Iterator[Span]:
    """Every sentence of a clause's own words, without the numbering in front."""
    for own in clause.spans:
        for found in _SENTENCE.finditer(own.of(document.text)):
            numbering = _NUMBERING.match(found[0])
            start = own.start + found.start() + (numbering.end() if numbering else 0)
            if own.start + found.end() - start >= SHORTEST:
                yield Span(start, own.start + found.end())


def truths(corpus: Corpus) -> list[Truth]:
    found = []
    for clause in corpus.clauses.values():
        document = corpus.documents[clause.document_id]
        for span in sentences(document, clause):
            citation = cite(document, clause, span)
            statement = Statement(span.of(document.text), (citation,))
            found.append(Truth(statement, document, clause))
    return found


def stating_figures(every: list[Truth]) -> list[Truth]:
    return [t for t in every if any(q.kind != "ordinal" for q in quantities(t.text))]
