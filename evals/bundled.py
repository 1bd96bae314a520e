"""The bundled digests, read and understood as the product does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.parse import parse
from index.read import read
from index.types import Clause, Document, Parsed, Task

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"

Reader = Callable[[Path], Parsed]


def parsed(path: Path) -> Parsed:
    return parse(read(path), path.stem, path.name)


@dataclass(frozen=True, slots=True)
class Corpus:
    documents: dict[str, Document]
    clauses: dict[str, Clause]
    tasks: dict[str, Task]


def corpus(reader: Reader = parsed, folder: Path = DOCUMENTS) -> Corpus:
    every = [reader(path) for path in sorted(folder.glob("*.md"))]
    return Corpus(
        {one.document.id: one.document for one in every},
        {clause.id: clause for one in every for clause in one.clauses},
        {task.clause_id: task for one in every for task in one.tasks},
    )
