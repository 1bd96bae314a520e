"""An encoder that remembers: a second check of the same texts encodes nothing.

Only hashes and vectors are kept, never a word of the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Matrix, text_hash
from index.files import read_arrays, write_arrays

_MOST = 20_000


class Remembering:
    """Wraps an encoder; ``save`` writes what is new to its file."""

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self.encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self._path = path
        self._held: dict[str, Matrix] = {}
        self._fresh = False
        self._load()

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        keys = [f"{'q' if query else 'p'}{text_hash(text)}" for text in texts]
        unknown = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._held
        }
        if unknown:
            rows = self.encoder.encode(list(unknown.values()), query=query)
            self._held.update(zip(unknown, rows, strict=True))
            self._fresh = True
        if not keys:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._held[key] for key in keys]).astype(np.float32)

    def save(self) -> None:
        if self._path is None or not self._fresh:
            return
        keys = list(self._held)[-_MOST:]
        rows = np.stack([self._held[key] for key in keys]).astype(np.float16)
        fingerprint = np.array(self.fingerprint)
        write_arrays(self._path, fingerprint=fingerprint, keys=np.array(keys), vectors=rows)
        self._fresh = False

    def _load(self) -> None:
        held = read_arrays(self._path, "fingerprint", "keys", "vectors") if self._path else None
        if held is not None and str(held[0]) == self.fingerprint:
            rows = held[2].astype(np.float32)
            self._held = dict(zip(held[1].tolist(), rows, strict=True))
