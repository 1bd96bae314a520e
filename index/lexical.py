"""BM25 over an inverted index in four arrays.

Built batch by batch without a sort of the whole; saved beside the store for large ones, stamped
with what it was built from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.files import read_arrays, write_arrays
from index.tokens import terms

K1 = 1.2
B = 0.75

# Texts whose terms are sorted at a time: what bounds the memory of a build.
BATCH = 20_000
# Postings that one query may add up: past it, the commonest words, which tell least, are only
# counted for the texts that the rarer ones have found. A million takes about 8 ms.
BUDGET = 1_000_000

Asked = list[tuple[int, float]]
"""Places in the vocabulary, rarest first, with the share that each counts by."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """The postings of ``vocabulary[i]`` are ``owners[starts[i]:starts[i + 1]]`` with their weights.

    A weight is the whole BM25 share of that word in that text, so a query only adds up. The owners
    of one word rise.
    """

    vocabulary: NDArray[np.uint64]
    starts: NDArray[np.int64]
    owners: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    def asked(self, text: str, more: str = "", share: float = 0.0) -> Asked:
        """The known words of a query; a word counts once, those of ``more`` by their share."""
        own = np.unique(terms([text]).keys)
        found = [(place, 1.0) for place in self._places(own)]
        if more:
            extra = np.setdiff1d(terms([more]).keys, own)
            found += [(place, share) for place in self._places(extra)]
        return sorted(found, key=lambda word: self._frequency(word[0]))

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """One score per indexed text, without the commonest words where they are too many."""
        total = np.zeros(self.size, dtype=np.float32)
        for place, share in asked[: self.affordable(asked)]:
            run = slice(self.starts[place], self.starts[place + 1])
            total[self.owners[run]] += np.float32(share) * self.weights[run]
        return total

    def completed(
        self, asked: Asked, totals: NDArray[np.float32], texts: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """The full scores of these few texts, from what ``scores`` gave."""
        full = totals[texts]
        for place, share in asked[self.affordable(asked) :]:
            run = slice(int(self.starts[place]), int(self.starts[place + 1]))
            owners, weights = self.owners[run], self.weights[run]
            at = np.minimum(np.searchsorted(owners, texts), len(owners) - 1)
            full += np.where(owners[at] == texts, np.float32(share) * weights[at], np.float32(0))
        return full

    def affordable(self, asked: Asked) -> int:
        """How many of the words, rarest first, ``BUDGET`` allows for; always the rarest."""
        spent = 0
        for count, (place, _) in enumerate(asked):
            spent += self._frequency(place)
            if spent > BUDGET and count:
                return count
        return len(asked)

    def _frequency(self, place: int) -> int:
        return int(self.starts[place + 1] - self.starts[place])

    def _places(self, keys: NDArray[np.uint64]) -> list[int]:
        places = np.searchsorted(self.vocabulary, keys)
        inside = places < len(self.vocabulary)
        places, keys = places[inside], keys[inside]
        return [int(place) for place in places[self.vocabulary[places] == keys]]


class Batch(NamedTuple):
    """The postings of some texts, sorted by key, then by owner; ``lengths`` counts their terms."""

    keys: NDArray[np.uint64]
    owners: NDArray[np.int32]
    counts: NDArray[np.float32]
    lengths: NDArray[np.float32]


def build(texts: Iterable[str]) -> Lexical:
    batches = list(_batches(texts))
    lengths = np.concatenate([b.lengths for b in batches] or [np.empty(0, dtype=np.float32)])
    mean = lengths.mean() if len(lengths) else 1.0
    vocabulary, frequencies = _vocabulary(batches)
    starts = np.append(0, np.cumsum(frequencies)).astype(np.int64)
    owners = np.empty(starts[-1], dtype=np.int32)
    weights = np.empty(starts[-1], dtype=np.float32)
    rare, free = rarity(frequencies, len(lengths)), starts[:-1].copy()
    while batches:  # each batch is let go as soon as its postings are placed
        batch = batches.pop(0)
        word = np.searchsorted(vocabulary, batch.keys)
        places = free[word] + _ranks(word)
        owners[places] = batch.owners
        weights[places] = weigh(batch.counts, lengths[batch.owners], mean) * rare[word]
        free += np.bincount(word, minlength=len(vocabulary))
    return Lexical(vocabulary, starts, owners, weights, len(lengths))


def _batches(texts: Iterable[str]) -> Iterator[Batch]:
    rest, first = iter(texts), 0
    while part := list(islice(rest, BATCH)):
        yield _batch(part, first)
        first += len(part)


def _batch(texts: Sequence[str], first: int) -> Batch:
    """The postings of texts that are numbered from ``first``."""
    found = terms(texts)
    order = np.lexsort((found.owner, found.keys))
    keys, owners = found.keys[order], found.owner[order]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    at = np.flatnonzero(fresh)
    counts = np.diff(np.append(at, len(keys))).astype(np.float32)
    lengths = np.bincount(found.owner, minlength=len(texts)).astype(np.float32)
    return Batch(keys[at], owners[at] + np.int32(first), counts, lengths)


def _vocabulary(batches: Sequence[Batch]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Every key, sorted, with the number of texts that hold it."""
    counted = [np.unique(batch.keys, return_counts=True) for batch in batches]
    if not counted:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    keys, place = np.unique(np.concatenate([k for k, _ in counted]), return_inverse=True)
    sums = np.bincount(place, weights=np.concatenate([c for _, c in counted]))
    return keys, sums.astype(np.int64)


def _ranks(word: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the same word stand before, in a sorted array: 5 5 7 7 7 → 0 1 0 1 2."""
    first = np.searchsorted(word, word, side="left")
    return np.arange(len(word)) - first


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
