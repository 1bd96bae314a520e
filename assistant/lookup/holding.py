"""The evidence that a question is held against: passages and tasks of the documents it may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from assistant.lookup.match import Lexicon, lexicon
from assistant.lookup.passages import Passage, passages
from assistant.lookup.places import gazetteer, own_names
from index.types import Clause, Document, Evidence, Scope, Task

# So many documents are read in full; of more, those that the search finds first.
READ_IN_FULL, SEARCHED = 8, 40


class Library(Protocol):
    def documents(self) -> list[Document]: ...
    def clauses(self, document_id: str) -> list[Clause]: ...
    def tasks(self, document_id: str) -> list[Task]: ...
    def search(self, question: str, k: int = ..., scope: Scope = ...) -> list[Evidence]: ...


@dataclass(frozen=True, eq=False)
class Holding:
    """Documents with everything that answers need of them."""

    documents: tuple[Document, ...]
    clauses: Mapping[str, tuple[Clause, ...]]
    tasks: Mapping[str, tuple[Task, ...]]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(
            passage
            for document in self.documents
            for passage in passages(document, self.clauses[document.id], self.tasks[document.id])
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.passages)

    @cached_property
    def task_of(self) -> Mapping[str, Task]:
        return {task.clause_id: task for found in self.tasks.values() for task in found}

    @cached_property
    def clause_of(self) -> Mapping[str, Clause]:
        return {clause.id: clause for found in self.clauses.values() for clause in found}

    def document_of(self, clause_id: str) -> Document:
        return next(d for d in self.documents if clause_id.startswith(f"{d.id}/"))

    def of(self, document_ids: Iterable[str]) -> Holding:
        """The same for some of the documents."""
        wanted = set(document_ids)
        return Holding(tuple(d for d in self.documents if d.id in wanted), self.clauses, self.tasks)

    def at(self, places: Sequence[str]) -> Holding:
        """The documents issued for one of the places; all of them where none is named."""
        if not places:
            return self
        return self.of(d.id for d in self.documents if set(own_names(d)) & set(places))


def hold(question: str, library: Library, scope: Scope) -> tuple[Holding, Mapping[str, str]]:
    """What a question may be answered from, and the names of all regions of the corpus."""
    documents = library.documents()
    known = gazetteer(documents)
    admitted = [document for document in documents if scope.admits(document)]
    chosen = _likely(question, admitted, library, scope)
    return (
        Holding(
            tuple(chosen),
            {d.id: tuple(library.clauses(d.id)) for d in chosen},
            {d.id: tuple(library.tasks(d.id)) for d in chosen},
        ),
        known,
    )


def _likely(
    question: str, documents: Sequence[Document], library: Library, scope: Scope
) -> list[Document]:
    """Documents of the regions that the question names, then those that the search finds."""
    if len(documents) <= READ_IN_FULL:
        return list(documents)
    named = [d for d in documents if any(name in question for name in own_names(d))]
    evidence = library.search(question, k=SEARCHED, scope=scope)
    order = dict.fromkeys(e.clause.document_id for e in evidence)
    by_id = {d.id: d for d in documents}
    found = [by_id[i] for i in order if i in by_id]
    ranked = sorted(named, key=lambda d: list(order).index(d.id) if d.id in order else len(order))
    return list(dict.fromkeys([*ranked[:READ_IN_FULL], *found[:READ_IN_FULL]]))[: 2 * READ_IN_FULL]
