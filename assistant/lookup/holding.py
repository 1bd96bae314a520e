"""The evidence that a question is held against: passages and tasks of the documents it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Protocol

from assistant.lookup.expressions import plain
from assistant.lookup.match import Lexicon, lexicon
from assistant.lookup.passages import Passage, passages
from assistant.lookup.places import gazetteer, own_names
from index.types import Clause, Document, Evidence, Scope, Task

# So many documents are read in full; of more, those that the search finds first.
READ_IN_FULL, SEARCHED = 8, 40
# A longer text is not read in full; so many characters of its title name a document.
LONG, TITLE_WORDS = 60_000, 9
_ABOUT = re.compile(r"^.{0,30}?关于印发|的通知$|[《》]")


class Library(Protocol):
    def documents(self) -> list[Document]: ...
    def clause(self, clause_id: str) -> Clause: ...
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
    chosen = titled(question, admitted) or _likely(question, admitted, library, scope)
    clauses = {d.id: _clauses(question, d, library) for d in chosen}
    return (
        Holding(tuple(chosen), clauses, {d.id: tuple(library.tasks(d.id)) for d in chosen}),
        known,
    )


def titled(question: str, documents: Sequence[Document]) -> list[Document]:
    """The documents that a question names by a good part of their titles, or by number."""
    asked = plain(question)
    shared = {d.id: shared_title(asked, d) for d in documents}
    longest = max((len(words) for words in shared.values()), default=0)
    numbered = [d for d in documents if d.doc_no and plain(d.doc_no) in asked]
    if numbered:
        return numbered
    return [d for d in documents if len(shared[d.id]) == longest] if longest else []


def shared_title(asked: str, document: Document) -> str:
    """The longest stretch of the title's own name that the question has; "" if it is short."""
    title = _ABOUT.sub("", plain(document.title))
    found = SequenceMatcher(None, asked, title, autojunk=False).find_longest_match()
    enough = found.size >= TITLE_WORDS or (found.size == len(title) and found.size > 5)
    return asked[found.a : found.a + found.size] if enough else ""


def without_title(question: str, documents: Sequence[Document]) -> str:
    """The question with the name of a document that it gives replaced by the document's place."""
    asked = plain(question)
    shared = max(
        ((shared_title(asked, d), d) for d in documents), key=lambda s: len(s[0]), default=None
    )
    if shared is None or not shared[0] or len(asked) - len(shared[0]) < 2:
        return question
    names = own_names(shared[1])
    return asked.replace(shared[0], f"{names[-1]}的" if names else "")


def _clauses(question: str, document: Document, library: Library) -> tuple[Clause, ...]:
    """All clauses; of a long document those that the search finds, and those above them."""
    if len(document.text) <= LONG:
        return tuple(library.clauses(document.id))
    only = Scope(documents=frozenset({document.id}))
    found = {e.clause.id: e.clause for e in library.search(question, k=SEARCHED, scope=only)}
    waiting = [clause.parent for clause in found.values()]
    while waiting:
        parent = waiting.pop()
        if parent is not None and parent not in found:
            found[parent] = library.clause(parent)
            waiting.append(found[parent].parent)
    return tuple(sorted(found.values(), key=lambda clause: clause.span))


def _likely(
    question: str, documents: Sequence[Document], library: Library, scope: Scope
) -> list[Document]:
    """Documents of the regions that the question names, then those that the search finds."""
    if len(documents) <= READ_IN_FULL:
        return list(documents)
    evidence = library.search(question, k=SEARCHED, scope=scope)
    order = list(dict.fromkeys(e.clause.document_id for e in evidence))
    by_id = {d.id: d for d in documents}
    found = [by_id[i] for i in order if i in by_id]
    named = [d for d in documents if any(name in question for name in own_names(d))]
    named.sort(key=lambda d: order.index(d.id) if d.id in order else len(order))
    return list(dict.fromkeys([*named[:READ_IN_FULL], *found[:READ_IN_FULL]]))
