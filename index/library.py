"""An opened store with the indexes derived from it: what answers are made from.

Safe to share between the threads of a server. Another process may write meanwhile: every search
first looks at the store's generation and catches up; what was removed is never returned. A large
library catches up in a thread, and what it knew before answers meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from index.encoder import Encoder, open_encoder
from index.errors import NotFound, SettingsError
from index.search import Hit, search
from index.snapshot import Snapshot, answering, take, with_vectors
from index.standing import as_of
from index.store import Store
from index.types import Clause, Document, Evidence, Scope, Task

# Documents whose clauses or tasks are kept in memory for the next question.
KEPT = 400
# Above so many clauses catching up takes seconds, which no question should wait for.
LARGE = 20_000


class Progress(NamedTuple):
    """How many of a document's texts have their vector."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Bundled:
    """Asks ``open_library`` for the encoder that comes with the program."""


BUNDLED = Bundled()


@dataclass(frozen=True, slots=True)
class Today:
    """The documents of one content of the store, as they stand on one day."""

    key: tuple[str, date]
    documents: Mapping[str, Document]


class Library:
    def __init__(self, store: Store, encoder: Encoder | None) -> None:
        self.store = store
        self.encoder = encoder
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._snapshot: Snapshot | None = None
        self._rest_until = 0.0
        self._trouble = ""
        self._today = Today(("", date.min), {})
        self._read: dict[tuple[str, str, str], tuple[Any, ...]] = {}

    @property
    def snapshot(self) -> Snapshot:
        self.refresh()
        assert self._snapshot is not None
        return self._snapshot

    def refresh(self) -> None:
        """Catches up with what this or another process has written."""
        held = self._snapshot
        if held is not None and held.generation == self.store.generation():
            return
        if held is None or len(held.clause_ids) <= LARGE:
            self._catch_up_once()
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._catch_up_once, name="catching up")
                self._thread.start()

    def _catch_up_once(self) -> None:
        with self._lock:
            self._catch_up()

    def _catch_up(self) -> None:
        held, current = self._snapshot, self.store.generation()
        asking = answering(self.store, self.encoder, held.encoder if held else None)
        if held is None or held.generation[:2] != current[:2]:
            self._snapshot = take(self.store, asking)
        elif held.generation != current and time.monotonic() >= self._rest_until:
            started = time.monotonic()
            self._snapshot = with_vectors(held, self.store, asking)
            # While a long queue is encoded, catching up must not eat the server's time.
            self._rest_until = time.monotonic() + min(30.0, 10 * (time.monotonic() - started))

    def search(self, question: str, k: int = 10, scope: Scope | None = None) -> list[Evidence]:
        snapshot = self.snapshot
        allowed = snapshot.allowed(scope or Scope())
        try:
            hits = search(question, snapshot.legs, snapshot.encoder, k, allowed)
            self._trouble = ""
        except SettingsError as error:  # an endpoint that does not answer must not stop the search
            self._trouble = str(error)
            hits = search(question, snapshot.legs, None, k, allowed)
        return [evidence for hit in hits if (evidence := self._evidence(snapshot, hit))]

    def _evidence(self, snapshot: Snapshot, hit: Hit) -> Evidence | None:
        try:
            clause = self.store.clause(snapshot.clause_ids[hit.clause])
        except NotFound:  # removed since the snapshot was taken
            return None
        return Evidence(clause, hit.score, hit.found_by)

    def documents(self) -> list[Document]:
        """With the standing that they have today, by their own words and by each other's."""
        return list(self._standing().values())

    def document(self, document_id: str) -> Document:
        return self._standing().get(document_id) or self.store.document(document_id)

    def _standing(self) -> Mapping[str, Document]:
        """Found once for each content of the store and each day."""
        held, stamp, today = self.snapshot, self.store.generation().stamp, date.today()
        if self._today.key != (stamp, today):
            caught_up = held.generation.stamp == stamp
            documents = list(held.documents.values()) if caught_up else self.store.documents()
            found = {document.id: document for document in as_of(documents, today)}
            self._today = Today((stamp, today), found)
        return self._today.documents

    def clause(self, clause_id: str) -> Clause:
        return self.store.clause(clause_id)

    def clauses(self, document_id: str) -> list[Clause]:
        """In reading order."""
        return self._once("clauses", document_id, self.store.clauses)

    def tasks(self, document_id: str) -> list[Task]:
        return self._once("tasks", document_id, self.store.tasks)

    def _once(self, kind: str, document_id: str, read: Callable[[str], list[Any]]) -> list[Any]:
        """Reads a document's values from the store once for each content of the store."""
        key = (kind, document_id, self.store.generation().stamp)
        held = self._read.get(key)
        if held is None:
            held = tuple(read(document_id))
            if len(self._read) >= KEPT:
                self._read.clear()
            self._read[key] = held
        return list(held)

    def progress(self) -> dict[str, Progress]:
        """For each document, how far its vectors are; all zero without an encoder."""
        fingerprint = self.encoder.fingerprint if self.encoder else ""
        return {
            document: Progress(done, total)
            for document, done, total in self.store.progress(fingerprint)
        }

    def notes(self) -> list[str]:
        """What a user should know about how this library searches just now."""
        if self.encoder is None:
            return ["没有可用的编码器：本次只按字词检索，换个说法的问题可能找不到"]
        notes = [f"本次只按字词检索：{self._trouble}"] if self._trouble else []
        waiting = sum(p.total - p.done for p in self.progress().values())
        if waiting:
            notes.append(f"还有 {waiting} 段文字正在编码，暂时只能按字词找到它们")
        return notes

    def close(self) -> None:
        if self._thread is not None:
            self._thread.join()
        self.store.close()


def open_library(folder: Path, encoder: Encoder | Bundled | None = BUNDLED) -> Library:
    """Opens, or makes, the store in a folder; ``encoder=None`` searches by words only."""
    chosen = open_encoder() if isinstance(encoder, Bundled) else encoder
    return Library(Store(folder), chosen)
