"""What a statement claims, typed, so that two texts can be compared fact by fact."""

from __future__ import annotations

from dataclasses import dataclass

from index.period import Period
from index.quantity import Quantity
from index.types import Basis, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it measures: ``metric`` are the words nearest to it, ``basis`` how it
    counts, ``by`` the year that binds it in its sentence, ``baseline`` True for 由10%… ."""

    quantity: Quantity
    basis: Basis
    metric: str
    by: str | None
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Every typed fact of a text; strings are normalised (half width, no white space)."""

    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    years: frozenset[str]
    document_numbers: tuple[str, ...]
    titles: tuple[str, ...]
    negations: tuple[Span, ...]
    strengths: tuple[str, ...]


def statement_facts(text: str) -> Facts:
    """The facts of any text: an answer, a drafted clause, a model's sentence, a quote."""
    raise NotImplementedError


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities state one value in one unit, whatever spelling (comparator aside)."""
    raise NotImplementedError
