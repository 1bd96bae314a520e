"""The queue of texts that wait for a vector, worked off in batches.

The queue is what the store lacks, so it survives a crash, and a changed encoder finds it full.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.cache import bundled_vectors
from index.encoder import Encoder
from index.errors import PolicyError
from index.store import Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

FETCH = 256
BATCH = 8  # small, so that a question need not wait long for the processor

log = logging.getLogger(__name__)


def quiet(stage: str, done: int, total: int) -> None:
    return None


def never() -> bool:
    return False


def encode_pending(
    store: Store,
    encoder: Encoder,
    progress: Progress = quiet,
    stop: Callable[[], bool] = never,
) -> int:
    """Encodes until nothing waits or ``stop()`` says so; returns how many texts it encoded."""
    take_bundled(store, encoder)
    total, done = store.pending_count(encoder.fingerprint), 0
    progress("编码", 0, total)
    while waiting := store.pending(encoder.fingerprint, FETCH):
        for start in range(0, len(waiting), BATCH):
            if stop():
                return done
            batch = waiting[start : start + BATCH]
            matrix = encoder.encode([text for _, text in batch])
            store.add_vectors(encoder.fingerprint, [key for key, _ in batch], matrix)
            done += len(batch)
            progress("编码", min(done, total), total)
    return done


def take_bundled(store: Store, encoder: Encoder) -> None:
    """Vectors that come with the program need not be computed again."""
    waiting = [key for key, _ in store.pending(encoder.fingerprint)]
    held = bundled_vectors(encoder.fingerprint) if waiting else {}
    known = [key for key in waiting if key in held]
    if known:
        store.add_vectors(encoder.fingerprint, known, np.stack([held[key] for key in known]))


class Worker:
    """Encodes in a thread of a server, as soon as it is woken or another process has written."""

    def __init__(self, folder: Path, encoder: Encoder, every: float = 5.0) -> None:
        self._store = Store(folder)
        self._encoder = encoder
        self._every = every
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="encoding", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopped.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            try:
                encode_pending(self._store, self._encoder, stop=self._stopped.is_set)
            except PolicyError as error:  # the endpoint is away, or the store busy: try again later
                log.warning("%s", error)
            except Exception:  # without this thread no text would ever get its vector
                log.exception("编码中断，稍后重试")
            self._wake.wait(self._every)
        self._store.close()
