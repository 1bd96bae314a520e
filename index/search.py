"""Two legs, one ranking: words and meaning are fused by clause, then by document.

z-scores over the union of the best of each leg, as measured in the project's retrieval notes;
a clause also gains from the document that it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.lexical import Lexical
from index.tokens import without_question_words
from index.vectors import Numbers, Vectors
from index.wording import official

DEPTH = 200
WORDS = 0.4
MEANING = 0.6
DOCUMENT = 0.3
OFFICIAL = 0.35
VARIETY = 5

Real = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """What a search looks into: clause ``i`` belongs to document ``document_of[i]``."""

    clauses: Lexical
    documents: Lexical
    document_of: NDArray[np.int32]
    vectors: Vectors | None
    wording: Mapping[str, str]


class Hit(NamedTuple):
    clause: int
    score: float
    found_by: tuple[str, ...]


def search(
    question: str,
    legs: Legs,
    encoder: Encoder | None,
    count: int,
    allowed: NDArray[np.bool_] | None = None,
) -> list[Hit]:
    """The best clauses, best first; ``allowed`` says which clauses may be found at all."""
    if not any(character.isalnum() for character in question):
        return []
    asked = without_question_words(question)
    more = official(asked, legs.wording)
    terms = legs.clauses.asked(asked, more, OFFICIAL)
    totals = legs.clauses.scores(terms)
    by_words = best(totals, allowed)
    meaning = None
    candidates = by_words
    if encoder is not None and legs.vectors is not None and len(legs.vectors.owners):
        query = encoder.encode([question], query=True)[0]
        by_meaning = legs.vectors.best(query, DEPTH, allowed)
        candidates = np.union1d(by_words, by_meaning)
        meaning = legs.vectors.of(candidates, query)
    if not len(candidates):
        return []
    words = legs.clauses.completed(terms, totals, candidates)
    fused = fuse(words, meaning)
    fused += DOCUMENT * document_share(asked, more, legs, candidates)
    order = spread(np.lexsort((candidates, -fused)), legs.document_of[candidates], count)
    return [
        Hit(int(candidates[i]), float(fused[i]), found_by(words, meaning, int(i))) for i in order
    ]


def best(scores: Real, allowed: NDArray[np.bool_] | None) -> Numbers:
    found = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    if len(found) > 100 * DEPTH:
        # Among very many, those that beat a sample's best are enough, and far quicker to sort.
        sample = scores[found[:: len(found) // (20 * DEPTH)]]
        high = found[scores[found] >= np.partition(sample, -DEPTH)[-DEPTH]]
        found = high if len(high) >= DEPTH else found
    if len(found) > DEPTH:
        found = found[np.argpartition(-scores[found], DEPTH)[:DEPTH]]
    return found.astype(np.int64)


def fuse(words: Real, meaning: Real | None) -> Real:
    """A clause that has no vector yet is held to mean as much as its words say."""
    lexical = standard(words)
    if meaning is None or np.isnan(meaning).all():
        return lexical
    has = ~np.isnan(meaning)
    vector = lexical.copy()
    vector[has] = standard(meaning[has])
    return WORDS * lexical + MEANING * vector


def standard(values: Real) -> Real:
    """z-scores; zero where all are alike."""
    spread = float(values.std())
    if spread < 1e-9:
        return np.zeros(len(values), dtype=np.float32)
    return np.asarray((values - values.mean()) / spread, dtype=np.float32)


def document_share(asked: str, more: str, legs: Legs, candidates: Numbers) -> Real:
    """How well the whole document of each candidate fits, among the documents found."""
    numbers, place = np.unique(legs.document_of[candidates], return_inverse=True)
    terms = legs.documents.asked(asked, more, OFFICIAL)
    scores = legs.documents.completed(terms, legs.documents.scores(terms), numbers.astype(np.int64))
    return np.asarray(standard(scores)[place], dtype=np.float32)


def spread(order: Numbers, document_of: NDArray[np.int32], count: int) -> Numbers:
    """The first ``count``, but so that ``VARIETY`` documents show where so many were found.

    Ten clauses of one document would hide the right one whenever that document is wrong; the last
    places of a list are worth little, so they go to the best clause of each further document.
    """
    listed = document_of[order]
    _, firsts = np.unique(listed, return_index=True)
    firsts = np.sort(firsts)[: min(VARIETY, count // 2)]
    late = firsts[firsts >= count - len(firsts)]
    kept = np.setdiff1d(np.arange(min(count, len(order))), late)[: count - len(late)]
    return np.asarray(order[np.sort(np.concatenate([kept, late]))], dtype=np.int64)


def found_by(words: Real, meaning: Real | None, place: int) -> tuple[str, ...]:
    said = ("words",) if words[place] > 0 else ()
    if meaning is not None and not np.isnan(meaning[place]):
        return (*said, "meaning")
    return said
