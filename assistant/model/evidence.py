"""Chooses what the model is shown: what the rules would cite, then what the search finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from llama_index.core.schema import NodeWithScore

from assistant.lookup.holding import Holding, Library
from assistant.model.packing import Pack, pack, with_children
from assistant.model.pen import Pen
from assistant.types import Citation
from index.llama import ClauseRetriever
from index.types import Clause, Document, Scope

FOUND = 24


def evidence(
    question: str,
    cited: Sequence[Citation],
    held: Sequence[Holding],
    library: Library,
    pen: Pen,
) -> Pack:
    """One pack for the sides of a question, each with its share of what is found."""
    documents = {d.id: d for side in held for d in side.documents}
    clause_of = {c.id: c for side in held for d in side.documents for c in side.clauses[d.id]}
    first = [clause_of[c.clause_id] for c in cited if c.clause_id in clause_of]
    found = [_found(question, side.documents, library, pen.reranker) for side in held]
    turns = chain.from_iterable(zip_longest(*found))
    every = list(clause_of.values())
    chosen = chain(with_children(first, every), (c for c in turns if c is not None))
    return pack(chosen, documents, pen.evidence_tokens)


def _found(
    question: str, documents: Sequence[Document], library: Library, reranker: str
) -> list[Clause]:
    if not documents:
        return []
    scope = Scope(documents=frozenset(d.id for d in documents))
    nodes = ClauseRetriever(library, FOUND, scope).retrieve(question)
    return list(_clauses(_reranked(question, nodes, reranker), library))


def _reranked(question: str, nodes: list[NodeWithScore], reranker: str) -> list[NodeWithScore]:
    if not reranker or not nodes:
        return nodes
    from assistant.model.rerank import reranked

    return reranked(question, nodes, reranker)


def _clauses(nodes: Sequence[NodeWithScore], library: Library) -> Iterator[Clause]:
    for node in nodes:
        yield library.clause(node.node.node_id)
