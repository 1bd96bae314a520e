"""The statements behind ``Store``: each runs inside the transaction that it is given."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from index.codec import dump, load
from index.encoder import text_hash
from index.identity import fits, free_id, same_work, title_key
from index.masking import masked, masked_values
from index.pieces import pieces, searched
from index.types import Document, PageImage, Parsed, ScanLine


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page's picture, as they are kept beside it."""

    lines: tuple[ScanLine, ...]
    ratio: float


class Generation(NamedTuple):
    """``stamp`` differs between any two contents, ``vectors`` counts batches of new vectors."""

    content: int
    stamp: str
    vectors: int


def read_generation(db: sqlite3.Connection) -> Generation:
    meta = dict(db.execute("SELECT name, value FROM meta"))
    return Generation(int(meta["content"]), meta["content_stamp"], int(meta["vectors"]))


def raise_content(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'content'")
    # A number alone would be met again after an old copy of the file is put back.
    stamp = secrets.token_hex(8)
    db.execute("UPDATE meta SET value = ? WHERE name = 'content_stamp'", (stamp,))


def read_documents(db: sqlite3.Connection) -> list[Document]:
    return [load(Document, row[0]) for row in db.execute("SELECT value FROM documents ORDER BY id")]


def unchanged(db: sqlite3.Connection, origin: str, content: str) -> str | None:
    """The document that makes storing needless: the same place, or any place with this content."""
    row = db.execute("SELECT id, content FROM documents WHERE origin = ?", (origin,)).fetchone()
    if row is not None:
        return str(row[0]) if row[1] == content else None
    row = db.execute("SELECT id FROM documents WHERE content = ?", (content,)).fetchone()
    return None if row is None else str(row[0])


def original_of(db: sqlite3.Connection, parsed: Parsed) -> str | None:
    """The original of a digest, where it is here already: the digest is not wanted then."""
    if not parsed.document.is_digest:
        return None
    held = namesakes(db, parsed.document, digest=False)
    return next((d.id for d in held if same_work(d, parsed.document)), None)


def replaced_by(db: sqlite3.Connection, origin: str, parsed: Parsed) -> list[str]:
    """What goes when this comes: the old text from the same place, and a digest of it."""
    query = "SELECT id FROM documents WHERE origin = ?"
    old = [row[0] for row in db.execute(query, (origin,))]
    if not parsed.document.is_digest:
        held = namesakes(db, parsed.document, digest=True)
        old += [d.id for d in held if same_work(parsed.document, d) and d.id not in old]
    return old


def namesakes(db: sqlite3.Connection, document: Document, digest: bool) -> list[Document]:
    query = "SELECT value FROM documents WHERE digest = ? AND (id = ? OR title_key = ?)"
    found = db.execute(query, (digest, document.id, title_key(document.title)))
    return [load(Document, row[0]) for row in found]


def digests_among(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[str, ...]:
    query = "SELECT id FROM documents WHERE digest = 1 AND id = ?"
    return tuple(row[0] for document in ids for row in db.execute(query, (document,)))


def choose_id(db: sqlite3.Connection, origin: str, wanted: str, old: Sequence[str]) -> str:
    row = db.execute("SELECT id FROM documents WHERE origin = ?", (origin,)).fetchone()
    if row is not None and fits(row[0], wanted):
        return str(row[0])
    taken = {row[0] for row in db.execute("SELECT id FROM documents")}
    return free_id(wanted, taken - set(old))


def delete(db: sqlite3.Connection, document_id: str) -> None:
    for table in ("pictures", "pieces", "tasks", "clauses"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (document_id,))
    db.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def insert(db: sqlite3.Connection, parsed: Parsed, origin: str, content: str) -> None:
    document = parsed.document
    db.execute(
        "INSERT INTO documents VALUES (?,?,?,?,?,?,?)",
        (
            document.id,
            origin,
            content,
            title_key(document.title),
            document.is_digest,
            dump(document),
            now(),
        ),
    )
    db.executemany(
        "INSERT INTO clauses VALUES (?,?,?,?)",
        [(c.id, document.id, place, dump(c)) for place, c in enumerate(parsed.clauses)],
    )
    db.executemany(
        "INSERT INTO tasks VALUES (?,?,?,?)",
        [(document.id, place, t.clause_id, dump(t)) for place, t in enumerate(parsed.tasks)],
    )
    db.executemany(
        "INSERT INTO pieces VALUES (?,?,?,?,?)",
        [
            (document.id, clause.id, place, text_hash(text), text)
            for clause in searched(parsed.clauses)
            for place, text in enumerate(pieces(document, clause))
        ],
    )
    db.executemany(
        "INSERT INTO pictures VALUES (?,?,?,?)",
        [(document.id, p.page, dump(Lines(p.lines, p.ratio)), p.image) for p in parsed.pictures],
    )


def read_picture(db: sqlite3.Connection, document_id: str, page: int) -> PageImage | None:
    query = "SELECT image, lines FROM pictures WHERE document = ? AND page = ?"
    row = db.execute(query, (document_id, page)).fetchone()
    if row is None:
        return None
    placed = load(Lines, row[1])
    return PageImage(page, row[0], placed.lines, placed.ratio)


def hashes_of(db: sqlite3.Connection, document_ids: Sequence[str]) -> list[tuple[str]]:
    query = "SELECT DISTINCT text_hash FROM pieces WHERE document = ?"
    return [row for document in document_ids for row in db.execute(query, (document,))]


def contents_of(db: sqlite3.Connection, document_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the audit trail keeps of documents that go: the hash of each file, and since when."""
    query = "SELECT content, added FROM documents WHERE id = ?"
    found = {document: db.execute(query, (document,)).fetchone() for document in document_ids}
    return {document: {"content": row[0], "since": row[1]} for document, row in found.items()}


def drop_orphans(db: sqlite3.Connection, hashes: Sequence[tuple[str]]) -> None:
    """Drops the vectors of those texts that no clause has any more."""
    db.executemany(
        "DELETE FROM vectors WHERE text_hash = ? "
        "AND text_hash NOT IN (SELECT text_hash FROM pieces)",
        hashes,
    )


def record(db: sqlite3.Connection, action: str, subject: str, detail: dict[str, object]) -> None:
    told = json.dumps(masked_values(detail), ensure_ascii=False)
    row = (now(), action, masked(subject), told)
    db.execute("INSERT INTO audit (at, action, subject, detail) VALUES (?,?,?,?)", row)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
