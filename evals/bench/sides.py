"""One measurement of one side, in a process of its own, so that its peak memory is its own.

``python -m evals.bench.sides WHAT CLAUSES`` prints one JSON object of seconds and megabytes. The
other side is what a user would pick instead: LlamaIndex's SentenceSplitter, BM25 over jieba's
words (bm25s), and where vectors are asked for, its IngestionPipeline with the same encoder.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.generated import DIMENSION, SYNTHETIC, corpus, fill, questions
from index.encoder import Matrix, open_encoder, unit_rows
from index.encoding import encode_pending
from index.ingest import ingest
from index.library import Library
from index.store import Store

Figures = dict[str, float]
ASKED = 100


class RandomEncoder:
    """Vectors without the time of an encoder: what is measured is the search beside it."""

    fingerprint = SYNTHETIC
    dimension = DIMENSION

    def __init__(self) -> None:
        self._chance = np.random.default_rng(3)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        return unit_rows(
            self._chance.standard_normal((len(texts), self.dimension), dtype=np.float32)
        )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def quantiles(times: Sequence[float]) -> Figures:
    cut = statistics.quantiles([1000 * t for t in times], n=100)
    return {"p50 ms": cut[49], "p95 ms": cut[94]}


def size_of(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def our_words(folder: Path, clauses: int) -> Figures:
    """From files to the first answer by words."""
    paths, asked = corpus(folder / "in", clauses), questions(ASKED)
    started = time.perf_counter()
    store = Store(folder / "store")
    ingest(paths, store, None)
    library = Library(store, None)
    library.search(asked[0])
    seconds = time.perf_counter() - started
    times = [timed(partial(library.search, question)) for question in asked]
    library.close()
    return {"seconds": seconds, "store MB": size_of(folder / "store"), **quantiles(times)}


def their_words(folder: Path, clauses: int) -> Figures:
    paths, asked = corpus(folder / "in", clauses), questions(ASKED)
    _warm_up(paths[:1])
    started = time.perf_counter()
    retrieve = _bm25(_split(paths))
    retrieve(asked[0])
    seconds = time.perf_counter() - started
    return {"seconds": seconds, **quantiles([timed(partial(retrieve, q)) for q in asked])}


def our_vectors(folder: Path, clauses: int) -> Figures:
    """From files to words, and from words to vectors."""
    paths, encoder = corpus(folder / "in", clauses), open_encoder()
    assert encoder is not None
    started = time.perf_counter()
    store = Store(folder / "store")
    ingest(paths, store, None)
    Library(store, None).search("智能工厂")
    words = time.perf_counter() - started
    encode_pending(store, encoder)
    return {"words": words, "seconds": time.perf_counter() - started}


def their_vectors(folder: Path, clauses: int) -> Figures:
    """The pipeline hands over its nodes when all are encoded; only then can they be found."""
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter

    class Same(BaseEmbedding):
        encoder: Any

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in self.encoder.encode([text])[0]]

        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in self.encoder.encode([query], query=True)[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    paths = corpus(folder / "in", clauses)
    _warm_up(paths[:1])
    steps: list[Any] = [SentenceSplitter(), Same(encoder=open_encoder())]
    started = time.perf_counter()
    nodes = IngestionPipeline(transformations=steps).run(documents=_documents(paths))
    _bm25(list(nodes))("智能工厂")
    return {"seconds": time.perf_counter() - started, "nodes": len(nodes)}


def our_search(folder: Path, clauses: int) -> Figures:
    """Both legs over made-up vectors."""
    fill(folder / "store", clauses)
    started = time.perf_counter()
    library = Library(Store(folder / "store"), RandomEncoder())
    library.search("智能工厂")
    built = time.perf_counter() - started
    times = [timed(partial(library.search, question)) for question in questions(ASKED)]
    library.close()
    return {"index s": built, "store MB": size_of(folder / "store"), **quantiles(times)}


def _warm_up(paths: Sequence[Path]) -> None:
    """Imports and jieba's dictionary are not counted against it."""
    import jieba

    jieba.setLogLevel(60)
    _bm25(_split(paths))("智能工厂")


def _documents(paths: Sequence[Path]) -> list[Any]:
    from llama_index.core import Document

    return [Document(text=path.read_text(encoding="utf-8")) for path in paths]


def _split(paths: Sequence[Path]) -> list[Any]:
    from llama_index.core.node_parser import SentenceSplitter

    return list(SentenceSplitter().get_nodes_from_documents(_documents(paths)))


def _bm25(nodes: Sequence[Any]) -> Callable[[str], object]:
    import bm25s
    import jieba

    texts = [node.get_content() for node in nodes]
    index = bm25s.BM25()
    index.index([jieba.lcut(text) for text in texts], show_progress=False)
    count = min(10, len(texts))
    return lambda question: index.retrieve(
        [jieba.lcut(question)], corpus=texts, k=count, show_progress=False
    )


SIDES: dict[str, Callable[[Path, int], Figures]] = {
    "our_words": our_words,
    "their_words": their_words,
    "our_vectors": our_vectors,
    "their_vectors": their_vectors,
    "our_search": our_search,
}


def main(what: str, clauses: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = SIDES[what](Path(folder), int(clauses))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**figures, "peak MB": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
