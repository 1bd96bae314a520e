"""What the library holds, counted: for the document table and ``GET /api/documents``."""

from __future__ import annotations

from dataclasses import dataclass

from index.library import Library
from index.types import Document


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with its counts; of its ``texts``, ``encoded`` have their vector."""

    document: Document
    clauses: int
    tasks: int
    encoded: int
    texts: int


def holdings(library: Library) -> list[Holding]:
    """In the order of the library. A document that comes or goes meanwhile may lack counts."""
    clauses, tasks = counted(library, "clauses"), counted(library, "tasks")
    progress = library.progress()
    return [
        Holding(
            document,
            clauses.get(document.id, 0),
            tasks.get(document.id, 0),
            *progress.get(document.id, (0, 0)),
        )
        for document in library.documents()
    ]


def counted(library: Library, table: str) -> dict[str, int]:
    with library.store.reading() as db:
        return dict(db.execute(f"SELECT document, count(*) FROM {table} GROUP BY document"))


def mark(library: Library) -> str:
    """Differs whenever the library has changed, and costs next to nothing."""
    return repr(library.store.generation())
