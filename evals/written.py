"""Statements written by hand over the bundled digests: true ones told freely, and sly lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.types import Citation, Statement, cite
from evals.bundled import Corpus
from index.types import Span

CASES = Path(__file__).resolve().parent / "cases" / "faithful.jsonl"


def written(corpus: Corpus, cases: Path = CASES) -> Iterator[tuple[bool, Statement]]:
    """(whether it is true, the statement) for every case."""
    for line in cases.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        quotes = tuple(cited(corpus, q["document"], q["quote"]) for q in row["quotes"])
        yield row["true"], Statement(row["text"], quotes)


def cited(corpus: Corpus, document_id: str, quote: str) -> Citation:
    """The citation of the first clause that holds the quote."""
    document = corpus.documents[document_id]
    at = document.text.index(quote)
    span = Span(at, at + len(quote))
    for clause in corpus.clauses.values():
        own = clause.document_id == document_id
        if own and any(s.contains(span) for s in clause.spans):
            return cite(document, clause, span)
    raise LookupError(f"没有条款含有：{quote}")
