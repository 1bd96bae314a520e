"""How far a check is, and how it is stopped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from index.encoder import Encoder, Matrix
from index.errors import PolicyError

# What a check tells as it goes on: a share from 0 to 1, and what it is doing. What is raised in
# here ends the check.
Progress = Callable[[float, str], None]
READING, COMPARING, WRITING = 0.02, 0.9, 0.96  # where the steps begin; between them is encoding
ENCODING = "正在读懂草案和上级文件的语句"
_BATCH = 8
_SENTENCE = re.compile(r"[^。；;\n\t]{6,}")


class Stopped(PolicyError):
    """The reader has stopped the check, or has left."""


def quiet(share: float, words: str) -> None:
    """For those who only want the result."""


class Watched:
    """An encoder that tells how far it is, between small batches."""

    def __init__(self, encoder: Encoder, expected: int, progress: Progress) -> None:
        self.encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self._expected = max(expected, 1)
        self._progress = progress
        self._done = 0

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        rows = []
        for at in range(0, len(texts), _BATCH):
            self._tell()
            some = texts[at : at + _BATCH]
            rows.append(self.encoder.encode(some, query=query))
            self._done += len(some)
        return np.concatenate(rows) if rows else self.encoder.encode(texts, query=query)

    def _tell(self) -> None:
        share = min(self._done / self._expected, 1.0)
        self._progress(READING + share * (COMPARING - READING), ENCODING)


def sentences_in(texts: Sequence[str]) -> int:
    """About how many sentences will be encoded."""
    return sum(len(_SENTENCE.findall(text)) for text in texts)
