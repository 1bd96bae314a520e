"""BM25 over an inverted index in four arrays.

Built in one sort; saved beside the store for large ones, stamped with what it was built from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.files import read_arrays, write_arrays
from index.tokens import terms

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """The postings of ``vocabulary[i]`` are ``owners[starts[i]:starts[i + 1]]`` with their weights.

    A weight is the whole BM25 share of that word in that text, so a query only adds up.
    """

    vocabulary: NDArray[np.uint64]
    starts: NDArray[np.int64]
    owners: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    def scores(self, text: str, more: str = "", share: float = 0.0) -> NDArray[np.float32]:
        """One score per indexed text; a word counts once, those of ``more`` by their share."""
        asked = np.unique(terms([text]).keys)
        total = self._sum(asked)
        if more:
            total += share * self._sum(np.setdiff1d(terms([more]).keys, asked))
        return total

    def _sum(self, asked: NDArray[np.uint64]) -> NDArray[np.float32]:
        places = np.searchsorted(self.vocabulary, asked)
        inside = places < len(self.vocabulary)
        places, asked = places[inside], asked[inside]
        total = np.zeros(self.size, dtype=np.float32)
        for place in places[self.vocabulary[places] == asked]:
            run = slice(self.starts[place], self.starts[place + 1])
            total[self.owners[run]] += self.weights[run]
        return total


def build(texts: Sequence[str]) -> Lexical:
    found = terms(texts)
    order = np.lexsort((found.owner, found.keys))
    keys, owner = found.keys[order], found.owner[order]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owner[1:] != owner[:-1])
    first = np.flatnonzero(fresh)
    counts = np.diff(np.append(first, len(keys))).astype(np.float32)
    keys, owner = keys[first], owner[first]
    vocabulary, starts = np.unique(keys, return_index=True)
    starts = np.append(starts, len(keys)).astype(np.int64)
    lengths = np.bincount(found.owner, minlength=len(texts)).astype(np.float32)
    weights = weigh(counts, lengths[owner], lengths.mean() if len(texts) else 1.0)
    weights *= np.repeat(rarity(np.diff(starts), len(texts)), np.diff(starts))
    return Lexical(vocabulary, starts, owner, weights.astype(np.float32), len(texts))


def weigh(
    counts: NDArray[np.float32], lengths: NDArray[np.float32], mean: float | np.floating
) -> NDArray[np.float32]:
    norm = K1 * (1 - B + B * lengths / max(float(mean), 1e-9))
    return np.asarray(counts * (K1 + 1) / (counts + norm), dtype=np.float32)


def rarity(frequencies: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    return np.log1p((size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)


def save(index: Lexical, path: Path) -> None:
    write_arrays(
        path,
        vocabulary=index.vocabulary,
        starts=index.starts,
        owners=index.owners,
        weights=index.weights,
        size=np.int64(index.size),
    )


def load(path: Path) -> Lexical | None:
    """None where the file is missing or not whole: the index is built again."""
    held = read_arrays(path, "vocabulary", "starts", "owners", "weights", "size")
    if held is None:
        return None
    vocabulary, starts, owners, weights, size = held
    return Lexical(vocabulary, starts, owners, weights, int(size))
