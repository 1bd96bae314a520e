"""The one truth: documents, clauses, tasks and vectors in SQLite, one transaction a document.

Whatever is acknowledged survives a kill at any instruction; whatever is not leaves no trace. Every
change of content raises ``generation().content`` and gives it a new stamp, so that indexes derived
elsewhere know when they are stale.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index import rows
from index.codec import load
from index.encoder import Matrix
from index.errors import NotFound
from index.masking import masked
from index.rows import Generation
from index.schema import connect, explain
from index.types import Clause, Document, PageImage, Parsed, Task

FILE = "policy.sqlite3"
WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read: where it is from, what it holds, and how to parse it under an id."""

    origin: str
    content: str
    wanted_id: str
    parse: Callable[[str], Parsed]


@dataclass(frozen=True, slots=True)
class Stored:
    id: str
    outcome: Literal["new", "replaced", "unchanged"]
    clauses: int = 0
    tasks: int = 0
    digests: tuple[str, ...] = ()


class Store:
    """Safe to share between threads; every process opens its own."""

    def __init__(self, folder: Path, wait: float = WAIT) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._db = connect(self.path, wait)
        self._lock = threading.RLock()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the store, whatever other processes write meanwhile."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute(begin)
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def generation(self) -> Generation:
        with self.reading() as db:
            return rows.read_generation(db)

    def known(self, origin: str, content: str) -> str | None:
        """The id of the document that already holds this content, if nothing has to be done."""
        with self.reading() as db:
            return rows.unchanged(db, origin, content)

    def put(self, incoming: Incoming) -> Stored:
        """Adds or replaces one document in one transaction; identical content changes nothing."""
        draft = incoming.parse(incoming.wanted_id)
        with self.writing() as db:
            held = rows.unchanged(db, incoming.origin, incoming.content) or rows.original_of(
                db, draft
            )
            if held is not None:
                return Stored(held, "unchanged")
            old = rows.replaced_by(db, incoming.origin, draft)
            chosen = rows.choose_id(db, incoming.origin, incoming.wanted_id, old)
            parsed = draft if chosen == incoming.wanted_id else incoming.parse(chosen)
            digests = rows.digests_among(db, old) if not draft.document.is_digest else ()
            hashes = rows.hashes_of(db, old)
            was = rows.contents_of(db, old)
            for gone in old:
                rows.delete(db, gone)
            rows.insert(db, parsed, incoming.origin, incoming.content)
            rows.drop_orphans(db, hashes)
            detail: dict[str, object] = {
                "origin": incoming.origin,
                "content": incoming.content,
                "old": was,
            }
            rows.record(db, "replace" if old else "add", chosen, detail)
            rows.raise_content(db)
        counts = len(parsed.clauses), len(parsed.tasks)
        return Stored(chosen, "replaced" if old else "new", *counts, digests)

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Removes what is there and returns it; the rest was unknown."""
        with self.writing() as db:
            held = {row[0] for row in db.execute("SELECT id FROM documents")}
            gone = [document for document in dict.fromkeys(ids) if document in held]
            hashes, was = rows.hashes_of(db, gone), rows.contents_of(db, gone)
            for document in gone:
                rows.delete(db, document)
                rows.record(db, "remove", document, dict(was[document]))
            if gone:
                rows.drop_orphans(db, hashes)
                rows.raise_content(db)
        if gone:
            # The write-ahead log would otherwise keep the removed text for a while.
            with self._lock, suppress(sqlite3.OperationalError):  # a reader may be in the way
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def documents(self) -> list[Document]:
        with self.reading() as db:
            return rows.read_documents(db)

    def document(self, document_id: str) -> Document:
        with self.reading() as db:
            row = db.execute("SELECT value FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise NotFound(f"资料库里没有文件 {document_id}；请用 assistant documents 查看已有文件")
        return load(Document, row[0])

    def clause(self, clause_id: str) -> Clause:
        with self.reading() as db:
            row = db.execute("SELECT value FROM clauses WHERE id = ?", (clause_id,)).fetchone()
        if row is None:
            raise NotFound(f"资料库里没有条款 {clause_id}；请用 assistant clauses 查看文件的条款")
        return load(Clause, row[0])

    def clauses(self, document_id: str) -> list[Clause]:
        query = "SELECT value FROM clauses WHERE document = ? ORDER BY position"
        return [load(Clause, value) for value in self._values(query, document_id)]

    def tasks(self, document_id: str) -> list[Task]:
        query = "SELECT value FROM tasks WHERE document = ? ORDER BY position"
        return [load(Task, value) for value in self._values(query, document_id)]

    def picture(self, document_id: str, page: int) -> PageImage | None:
        """The picture of a scanned page; None where the page has none."""
        with self.reading() as db:
            return rows.read_picture(db, document_id, page)

    def _values(self, query: str, document_id: str) -> list[str]:
        with self.reading() as db:
            found = db.execute(query, (document_id,)).fetchall()
            if not found:
                held = db.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone()
                if held is None:
                    raise NotFound(f"资料库里没有文件 {document_id}")
        return [row[0] for row in found]

    def pending(self, encoder: str, limit: int = -1) -> list[tuple[str, str]]:
        """Texts that wait for a vector of this encoder: (hash, text), oldest first."""
        query = """
            SELECT text_hash, min(text) FROM pieces
            WHERE text_hash NOT IN (SELECT text_hash FROM vectors WHERE encoder = ?)
            GROUP BY text_hash ORDER BY min(rowid) LIMIT ?"""
        with self.reading() as db:
            return list(db.execute(query, (encoder, limit)))

    def pending_count(self, encoder: str) -> int:
        query = """
            SELECT count(DISTINCT text_hash) FROM pieces
            WHERE text_hash NOT IN (SELECT text_hash FROM vectors WHERE encoder = ?)"""
        with self.reading() as db:
            return int(db.execute(query, (encoder,)).fetchone()[0])

    def vectors(self, encoder: str) -> dict[str, Matrix]:
        """Every vector of an encoder by the hash of its text."""
        query = "SELECT text_hash, value FROM vectors WHERE encoder = ?"
        with self.reading() as db:
            return {
                key: np.frombuffer(value, dtype=np.float16).astype(np.float32)
                for key, value in db.execute(query, (encoder,))
            }

    def encoded(self) -> dict[str, int]:
        """How many texts each encoder has a vector for."""
        with self.reading() as db:
            return dict(db.execute("SELECT encoder, count(*) FROM vectors GROUP BY encoder"))

    def progress(self, encoder: str) -> list[tuple[str, int, int]]:
        """For each document: its id, how many of its texts have a vector, how many there are."""
        query = """
            SELECT documents.id, count(vectors.text_hash), count(pieces.text_hash) FROM documents
            LEFT JOIN pieces ON pieces.document = documents.id
            LEFT JOIN vectors ON vectors.encoder = ? AND vectors.text_hash = pieces.text_hash
            GROUP BY documents.id ORDER BY documents.id"""
        with self.reading() as db:
            return list(db.execute(query, (encoder,)))

    def add_vectors(self, encoder: str, hashes: Sequence[str], matrix: Matrix) -> None:
        """Keeps vectors as half floats; those whose text is gone by now are dropped."""
        values = [
            (encoder, key, row.tobytes(), key)
            for key, row in zip(hashes, matrix.astype(np.float16), strict=True)
        ]
        query = """
            INSERT OR REPLACE INTO vectors SELECT ?, ?, ?
            WHERE EXISTS (SELECT 1 FROM pieces WHERE text_hash = ?)"""
        with self.writing() as db:
            db.executemany(query, values)
            db.execute("UPDATE meta SET value = value + 1 WHERE name = 'vectors'")

    def add_feedback(self, question: str, answer: str, verdict: str, note: str = "") -> None:
        row = (rows.now(), masked(question), masked(answer), verdict, masked(note))
        with self.writing() as db:
            db.execute(
                "INSERT INTO feedback (at, question, answer, verdict, note) VALUES (?,?,?,?,?)", row
            )

    def feedback(self) -> list[dict[str, str]]:
        return self._rows("SELECT at, question, answer, verdict, note FROM feedback ORDER BY id")

    def add_audit(self, action: str, subject: str, detail: dict[str, object]) -> None:
        with self.writing() as db:
            rows.record(db, action, subject, detail)

    def audit(self) -> list[dict[str, str]]:
        return self._rows("SELECT at, action, subject, detail FROM audit ORDER BY id")

    def _rows(self, query: str) -> list[dict[str, str]]:
        with self.reading() as db:
            found = db.execute(query)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]
