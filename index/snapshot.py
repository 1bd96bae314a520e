"""One consistent state of a store, as arrays to search in.

Clauses and documents have numbers here, in the order of their ids and places. Large indexes are
kept in files beside the store, stamped with the content that they were made from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import lexical, vectors
from index.encoder import Encoder, reopen, text_hash
from index.lexical import Lexical
from index.rows import Generation, read_documents, read_generation
from index.search import Legs
from index.store import Store
from index.types import Document, Scope
from index.vectors import Vectors
from index.wording import wording

# Fewer clauses than this are indexed at open in less time than a file takes to be read and checked.
SMALL = 3_000
# Raise it when the terms or the weights of a word index change: older files are then left alone.
LAYOUT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    generation: Generation
    documents: dict[str, Document]
    clause_ids: tuple[str, ...]
    legs: Legs
    encoder: Encoder | None

    def allowed(self, scope: Scope) -> NDArray[np.bool_] | None:
        """Which clauses a scope admits; None where it admits all."""
        if scope == Scope():
            return None
        admitted = np.array([scope.admits(d) for d in self.documents.values()], dtype=np.bool_)
        return np.asarray(admitted[self.legs.document_of], dtype=np.bool_)


def take(store: Store, encoder: Encoder | None) -> Snapshot:
    with store.reading() as db:
        generation = read_generation(db)
        documents = {document.id: document for document in read_documents(db)}
        numbers = {document: number for number, document in enumerate(documents)}
        query = "SELECT clause, document FROM pieces WHERE position = 0 ORDER BY document, rowid"
        placed = db.execute(query).fetchall()
        ids = tuple(row[0] for row in placed)
        clauses, whole = word_indexes(db, store.folder, generation, list(documents.values()))
        found = read_vectors(db, store.folder, generation, encoder, ids)
    owner = np.array([numbers[row[1]] for row in placed], dtype=np.int32)
    legs = Legs(clauses, whole, owner, found, wording(store.folder))
    return Snapshot(generation, documents, ids, legs, encoder)


def with_vectors(held: Snapshot, store: Store, encoder: Encoder | None) -> Snapshot:
    """The same content with the vectors that have come since; other content is left alone."""
    with store.reading() as db:
        generation = read_generation(db)
        if generation[:2] != held.generation[:2]:
            return held
        found = read_vectors(db, store.folder, generation, encoder, held.clause_ids)
    return replace(
        held, generation=generation, legs=replace(held.legs, vectors=found), encoder=encoder
    )


def word_indexes(
    db: sqlite3.Connection, folder: Path, generation: Generation, documents: Sequence[Document]
) -> tuple[Lexical, Lexical]:
    """The index of clauses and the index of whole documents."""
    names = [f"{kind}-{LAYOUT}-{generation.stamp}.npz" for kind in ("words", "whole")]
    paths = [derived(folder) / name for name in names]
    held = [lexical.load(path) if path.exists() else None for path in paths]
    if held[0] is not None and held[1] is not None:
        return held[0], held[1]
    clauses = lexical.build(clause_texts(db))
    whole = lexical.build([f"{document.title}\n{document.text}" for document in documents])
    if clauses.size > SMALL:
        for index, path in zip((clauses, whole), paths, strict=True):
            keep(path, partial(lexical.save, index))
    return clauses, whole


def clause_texts(db: sqlite3.Connection) -> list[str]:
    """Each clause with its title and headings once, though it may be indexed in several pieces."""
    texts: list[str] = []
    query = "SELECT position, text FROM pieces ORDER BY document, rowid"
    for position, text in db.execute(query):
        if position == 0:
            texts.append(text)
        else:
            texts[-1] += text.partition("\n")[2]
    return texts


def read_vectors(
    db: sqlite3.Connection,
    folder: Path,
    generation: Generation,
    encoder: Encoder | None,
    clause_ids: Sequence[str],
) -> Vectors | None:
    if encoder is None:
        return None
    mark = text_hash(encoder.fingerprint)[:12]
    path = derived(folder) / f"vectors-{mark}-{generation.stamp}-{generation.vectors}.npz"
    held = vectors.load(path)
    if held is not None:
        return held
    numbers = {clause: number for number, clause in enumerate(clause_ids)}
    found = vectors.read(db, encoder.fingerprint, numbers)
    if not isinstance(found.rows, np.ndarray):
        keep(path, partial(vectors.save, found))
    return found


def derived(folder: Path) -> Path:
    return folder / "derived"


def keep(path: Path, write: Callable[[Path], None]) -> None:
    """Saves an index and drops its forerunners; where nothing may be written, it is not kept."""
    kind = path.name.rpartition("-")[0].partition("-")[0]
    try:
        write(path)
        for old in path.parent.glob(f"{kind}-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


def answering(store: Store, chosen: Encoder | None, held: Encoder | None) -> Encoder | None:
    """The encoder to ask with: the chosen one, or while it catches up the one that was before."""
    counts = store.encoded()
    if chosen is None or counts.get(chosen.fingerprint, 0) >= max(counts.values(), default=0):
        return chosen
    fullest = max(counts, key=lambda fingerprint: counts[fingerprint])
    if held is not None and held.fingerprint == fullest:
        return held
    return reopen(fullest) or chosen
