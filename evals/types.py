"""Values of an evaluation: a score explains itself, a suite says what it must reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is None where nothing could be judged: averages skip it and it is counted apart."""

    name: str
    value: float | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its scores; ``input`` is what was asked, for the log."""

    id: str
    kind: str
    scores: tuple[Score, ...]
    input: Mapping[str, object] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Score, ...]:
        return tuple(score for score in self.scores if score.value is not None and score.value < 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach; a figure that is missing misses it."""

    figure: str
    least: float | None = None
    most: float | None = None

    def met(self, figures: Mapping[str, float]) -> bool:
        value = figures.get(self.figure)
        return (
            value is not None
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
        )

    def __str__(self) -> str:
        bounds = [f"≥ {self.least:g}"] if self.least is not None else []
        bounds += [f"≤ {self.most:g}"] if self.most is not None else []
        return f"{self.figure} {' '.join(bounds)}"


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite found. ``skipped`` says why it could not run; then no bar is held against it."""

    suite: str
    cases: tuple[Case, ...]
    figures: Mapping[str, float]
    bars: tuple[Bar, ...]
    skipped: str = ""
    notes: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[Bar, ...]:
        return () if self.skipped else tuple(bar for bar in self.bars if not bar.met(self.figures))


def mean(cases: tuple[Case, ...], name: str) -> float | None:
    values = [
        score.value
        for case in cases
        for score in case.scores
        if score.name == name and score.value is not None
    ]
    return sum(values) / len(values) if values else None
