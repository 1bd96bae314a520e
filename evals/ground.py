"""What a corruption may draw from, and how it edits a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evals.bundled import Corpus
from evals.truths import Truth
from index.quantity import Quantity, quantities
from index.types import Span, Target

Corruption = Callable[[Truth, "Ground"], str | None]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a corruption may draw from: ``every`` truth with figures, and ``everyone`` of them."""

    corpus: Corpus
    every: list[Truth]
    everyone: list[Truth]
    random: Random

    def targets(self, truth: Truth) -> list[Target]:
        """The typed targets whose place is inside the truth's citation."""
        task = self.corpus.tasks.get(truth.clause.id)
        span = truth.statement.citations[0].span
        return [t for t in task.targets if span.contains(t.span)] if task else []


def arabic(text: str) -> list[Quantity]:
    found = [q for q in quantities(text) if q.kind != "ordinal" and q.upper is None]
    return [q for q in found if q.number.of(text)[0] in "0123456789"]


def pick(truth: Truth, ground: Ground) -> Quantity | None:
    figures = arabic(truth.text)
    return ground.random.choice(figures) if figures else None


def put(text: str, span: Span, other: str) -> str:
    return text[: span.start] + other + text[span.end :]


def after_unit(text: str, q: Quantity) -> int:
    return q.number.end + len(q.unit) if text[q.number.end :].startswith(q.unit) else q.number.end


def replaced(text: str, old: str, new: str) -> str | None:
    return text.replace(old, new, 1) if old in text else None
