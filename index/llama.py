"""The one adapter to LlamaIndex: clauses as nodes, the library as a retriever.

A node's id is the clause's address. ``start_char_idx`` and ``end_char_idx`` are the hull of the
clause in the document's stored text; ``metadata["spans"]`` are the exact pieces that make its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import (
    BaseNode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
    TransformComponent,
)

from index.identity import clean_id
from index.parse import parse
from index.types import Clause, Document, Evidence, Scope, Source

# Titles and headings help to embed and to read a node; places and ids are for programs.
FOR_PROGRAMS = ["document_id", "kind", "spans", "status"]


def node_of(document: Document, clause: Clause) -> TextNode:
    metadata: dict[str, Any] = {
        "document_id": document.id,
        "title": document.title,
        "doc_no": document.doc_no or "",
        "path": " › ".join(clause.path),
        "kind": clause.kind,
        "status": document.status,
        "spans": [[span.start, span.end] for span in clause.spans],
    }
    return TextNode(
        id_=clause.id,
        text=clause.text,
        start_char_idx=clause.span.start,
        end_char_idx=clause.span.end,
        metadata=metadata,
        excluded_embed_metadata_keys=FOR_PROGRAMS,
        excluded_llm_metadata_keys=FOR_PROGRAMS,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document.id)},
    )


class Searched(Protocol):
    """What is asked of a library here; ``index.library.Library`` is one."""

    def documents(self) -> list[Document]: ...
    def search(self, question: str, k: int = ..., scope: Scope = ...) -> list[Evidence]: ...


class ClauseRetriever(BaseRetriever):
    """The library's own search, for any LlamaIndex program."""

    def __init__(self, library: Searched, k: int = 10, scope: Scope | None = None) -> None:
        super().__init__()
        self._library = library
        self._k = k
        self._scope = scope or Scope()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._library.search(query_bundle.query_str, self._k, self._scope)
        documents = {d.id: d for d in self._library.documents()}
        return [
            NodeWithScore(node=node_of(documents[e.clause.document_id], e.clause), score=e.score)
            for e in found
            if e.clause.document_id in documents
        ]


class ClauseParser(TransformComponent):
    """Cuts LlamaIndex documents into clauses, for an ``IngestionPipeline``.

    The offsets hold in ``node.metadata``'s document as it was given: the text is not changed.
    """

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        return [clause for node in nodes for clause in clauses_of(node)]


def clauses_of(node: BaseNode) -> list[BaseNode]:
    name = str(node.metadata.get("file_name") or node.node_id)
    parsed = parse(
        Source(node.get_content()), clean_id(node.node_id), name.rpartition(".")[0] or name
    )
    found: list[BaseNode] = []
    for clause in parsed.clauses:
        made = node_of(parsed.document, clause)
        made.metadata = {**node.metadata, **made.metadata}
        made.relationships = {NodeRelationship.SOURCE: node.as_related_node_info()}
        found.append(made)
    return found
