"""The vector leg: exact products for small stores, faiss for large ones.

A clause may own several vectors; its score is that of the best. Rows are sorted by clause.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix
from index.files import read_arrays, write_arrays

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]

# Below this, one product over a plain array is as fast and saves importing faiss (0.1 s).
PLAIN_LIMIT = 20_000
# Above this, 8 bits a dimension: a third of the time, recall 0.99 (measured at a million rows).
EXACT_LIMIT = 100_000
# Above this, only the nearest of some cells are looked into.
WHOLE_LIMIT = 300_000
CELLS = 1024
LOOKED_INTO = 64
TRAINING = 64 * CELLS


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """``owners[i]`` is the clause of row ``i``; ``rows`` is a matrix or a faiss index."""

    owners: NDArray[np.int32]
    rows: Any

    def best(self, query: Scores, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The clauses nearest to the query, at most ``count``, in no particular order."""
        if not len(self.owners):
            return np.empty(0, dtype=np.int64)
        if isinstance(self.rows, np.ndarray):
            found = np.arange(len(self.owners))
            scores = self.rows @ query
            if allowed is not None:
                found = found[allowed[self.owners]]
            if len(found) > count:
                found = found[np.argpartition(-scores[found], count)[:count]]
        else:
            found = self._faiss_best(query, count, allowed)
        return np.unique(self.owners[found]).astype(np.int64)

    def _faiss_best(self, query: Scores, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        import faiss

        cells = isinstance(self.rows, faiss.IndexIVF)
        chosen: Any = faiss.SearchParametersIVF() if cells else faiss.SearchParameters()
        if cells:
            chosen.nprobe = LOOKED_INTO
        if allowed is not None:
            places = np.flatnonzero(allowed[self.owners]).astype(np.int64)
            chosen.sel = faiss.IDSelectorBatch(places)
        _, found = self.rows.search(query[None, :], count, params=chosen)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def of(self, clauses: Numbers, query: Scores) -> Scores:
        """The score of each clause; NaN for one that has no vector yet."""
        first = np.searchsorted(self.owners, clauses, side="left")
        last = np.searchsorted(self.owners, clauses, side="right")
        scores = np.full(len(clauses), np.nan, dtype=np.float32)
        has = np.flatnonzero(last > first)
        if not len(has):
            return scores
        places = np.concatenate([np.arange(first[i], last[i]) for i in has])
        starts = np.cumsum(np.append(0, (last - first)[has]))[:-1]
        scores[has] = np.maximum.reduceat(self._matrix(places) @ query, starts)
        return scores

    def _matrix(self, places: Numbers) -> Matrix:
        if isinstance(self.rows, np.ndarray):
            return np.asarray(self.rows[places], dtype=np.float32)
        return np.asarray(self.rows.reconstruct_batch(places), dtype=np.float32)


def read(db: sqlite3.Connection, encoder: str, clauses: dict[str, int]) -> Vectors:
    """The vectors that this encoder has made so far; ``clauses`` gives each clause its number."""
    query = """
        SELECT pieces.clause, vectors.value FROM pieces
        JOIN vectors ON vectors.encoder = ? AND vectors.text_hash = pieces.text_hash"""
    owners: list[int] = []
    blobs: list[bytes] = []
    for clause, blob in db.execute(query, (encoder,)):
        # An endpoint may have changed the model behind its name: the first length is kept.
        if clause in clauses and len(blob) == len(blobs[0] if blobs else blob):
            owners.append(clauses[clause])
            blobs.append(blob)
    dimension = len(blobs[0]) // 2 if blobs else 1
    order = np.argsort(owners, kind="stable")
    matrix = np.frombuffer(b"".join(blobs), dtype=np.float16).reshape(-1, dimension)
    return arrange(np.array(owners, dtype=np.int32)[order], matrix[order].astype(np.float32))


def arrange(owners: NDArray[np.int32], matrix: Matrix) -> Vectors:
    if len(owners) <= PLAIN_LIMIT:
        return Vectors(owners, matrix)
    import faiss

    index = faiss.index_factory(
        matrix.shape[1], index_kind(len(owners)), faiss.METRIC_INNER_PRODUCT
    )
    index.train(matrix[:: max(1, len(matrix) // TRAINING)])
    index.add(matrix)
    if isinstance(index, faiss.IndexIVF):
        index.make_direct_map()  # a clause's own rows are asked for by their number
    return Vectors(owners, index)


def index_kind(rows: int) -> str:
    """faiss's name for the index of so many rows."""
    if rows <= EXACT_LIMIT:
        return "Flat"
    return "SQ8" if rows <= WHOLE_LIMIT else f"IVF{CELLS},SQ8"


def save(vectors: Vectors, path: Path) -> None:
    import faiss

    write_arrays(path, owners=vectors.owners, index=faiss.serialize_index(vectors.rows))


def load(path: Path) -> Vectors | None:
    """None where the file is missing or not whole: the index is built again."""
    held = read_arrays(path, "owners", "index") if path.exists() else None
    if held is None:
        return None
    import faiss

    return Vectors(held[0], faiss.deserialize_index(held[1]))
