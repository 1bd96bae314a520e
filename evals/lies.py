"""Planted corruptions: each makes one fact of a true statement, or of its citation, wrong.

A corruption gives None where a truth gives no occasion to it. Nothing here knows how ``verify``
works; a corruption is counted as a lie by its construction alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import TypeVar

from assistant.types import Statement, cite
from evals.bundled import Corpus
from evals.false_citations import CITATION_LIES
from evals.false_figures import FIGURE_LIES
from evals.false_names import NAME_LIES
from evals.false_pairs import pair_lies
from evals.false_times import TIME_LIES
from evals.ground import Ground, arabic
from evals.truths import Truth, stating_figures, truths
from index.types import Span

SEED = 20161104
TEXT_LIES = FIGURE_LIES | TIME_LIES | NAME_LIES
T = TypeVar("T")


def lies(
    corpus: Corpus, seed: int = SEED, most: int = 25
) -> Iterator[tuple[str, Truth, Statement]]:
    """Up to ``most`` corruptions of each kind: (kind, the truth, the lie)."""
    every = truths(corpus)
    ground = Ground(corpus, stating_figures(every), every, Random(seed))
    for kind, corrupt in TEXT_LIES.items():
        row = ground.random.sample(every, len(every))
        told = ((t, corrupt(t, ground)) for t in row)
        for truth, text in _first(most, told):
            yield kind, truth, replace(truth.statement, text=text)
    for kind, recite in CITATION_LIES.items():
        row = ground.random.sample(ground.every, len(ground.every))
        cited = ((t, recite(t, ground)) for t in row)
        for truth, citation in _first(most, cited):
            yield kind, truth, replace(truth.statement, citations=(citation,))
    yield from _cut(ground, most)
    yield from pair_lies(ground, most)


def _first(most: int, row: Iterator[tuple[Truth, T | None]]) -> Iterator[tuple[Truth, T]]:
    given = ((truth, made) for truth, made in row if made is not None)
    yield from islice(given, most)


def _cut(ground: Ground, most: int) -> Iterator[tuple[str, Truth, Statement]]:
    """A quote cut so that it loses its comparator, told as the plain figure."""
    count = 0
    for truth in ground.every:
        citation = truth.statement.citations[0]
        for q in arabic(citation.quote):
            before = q.number.start > q.span.start and q.op in (">=", "<=")
            once = citation.quote.count(q.number.of(citation.quote)) == 1
            if before and once and count < most:
                count += 1
                at = citation.span.start
                span = Span(
                    at + q.number.start, at + max(q.number.end + len(q.unit), q.number.start + 2)
                )
                if not citation.span.contains(span):
                    continue
                cut = cite(truth.document, truth.clause, span)
                yield "引文截断", truth, Statement(f"{cut.quote}。", (cut,))
