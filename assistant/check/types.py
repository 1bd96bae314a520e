"""Values of a check: what an upper plan asks, what a draft says, what was found between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.period import Period
from index.types import Agency, Clause, Document, Span, Target, Task

Label = Literal["covered", "partial", "missing", "not_applicable"]
Severity = Literal["fault", "notice"]
FindingType = Literal[
    "target_lowered",
    "target_changed",
    "target_dropped",
    "deadline_later",
    "deadline_earlier",
    "deadline_dropped",
    "unit_dropped",
    "unit_wrong",
    "subtask_dropped",
    "local_share",
    "nearer_level",
]
Sub = Literal[
    "",
    "rate",
    "per_year_to_total",
    "threshold",
    "unit_of_measure",
    "scope_widened",
    "metric_changed",
    "less_favourable",
    "exceeds",
    "lead_swapped",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of responsible units; ``span`` covers it with its label."""

    span: Span
    agencies: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Above:
    """A time that governs a sentence from elsewhere: a heading, a cell, words for all tasks.

    ``general``: words for all tasks, which give way to whatever says more of one of them."""

    period: Period
    words: str
    span: Span
    general: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document without numbering and lists of units.

    ``units`` is the list that governs it, ``heading`` is True where it only names what follows
    (``inline``: on the same line), ``above`` is the time that governs it from elsewhere."""

    span: Span
    text: str
    clause_id: str
    units: Listed | None = None
    heading: bool = False
    inline: bool = False
    above: Above | None = None

    @property
    def year(self) -> str | None:
        """The last year that the time above covers."""
        return self.above.period.by if self.above else None


@dataclass(frozen=True, slots=True)
class Requirement:
    """An upper task with its own sentences."""

    task: Task
    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def title(self) -> str:
        return self.task.title


@dataclass(frozen=True, slots=True)
class Edit:
    """An exact repair: the draft's words at ``span`` become ``new`` (empty span width never)."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    type: FindingType
    severity: Severity
    upper_quote: str
    draft_quote: str | None
    note: str
    sub: Sub = ""
    upper_span: Span | None = None
    draft_span: Span | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Match:
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """One upper task with what the draft makes of it; ``judged`` names the model that was asked."""

    clause: str
    document_id: str
    title: str
    label: Label
    reason: str
    upper_spans: tuple[Span, ...]
    upper_text: str
    units: tuple[str, ...]
    matches: tuple[Match, ...] = ()
    findings: tuple[Finding, ...] = ()
    judged: str = ""
    asked: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "fault")

    @property
    def notices(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "notice")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The report. ``copied`` is the share of the draft's words that stand word for word above."""

    upper: tuple[str, ...]
    draft: str
    rows: tuple[Row, ...]
    extra: tuple[Match, ...]
    copied: float
    notices: tuple[str, ...] = ()
    summary: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A clause with its line, in reading order."""

    clause: Clause
    span: Span
    words: str
    first: bool


@dataclass(frozen=True, slots=True)
class TargetPair:
    """A target of the upper plan with the draft's answer to it."""

    upper: Target
    draft: Target | None
