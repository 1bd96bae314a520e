"""Values that travel from a source file to evidence.

Each stage keeps the stage before it, and every fact keeps its place: offsets are Unicode code
points in ``Document.text``, half open, so ``document.text[span.start:span.end]`` is what is shown.
Storage and I/O live elsewhere; equal content is equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["national", "province", "city", "county", "township", ""]
Status = Literal["现行", "废止", "被替代", "失效", "征求意见", "未注明"]
ClauseKind = Literal["part", "section", "item", "bullet", "row", "article", "text"]
TaskKind = Literal["goal", "task", "measure", "organisation", "principle"]
Op = Literal[">=", "<=", "=", "~", "+"]
Basis = Literal["total", "per_year", "cumulative", "increase", "coverage"]
County = Literal["applies", "province_only", "conditional"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"区间无效：{self.start}–{self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the text: one line a row, cells joined by a tab."""

    rows: tuple[Span, ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A line on the picture of a page: where it stands in the text, and on the page (0 to 1)."""

    span: Span
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture (WebP, upright) of a page whose words were recognised from it.

    ``ratio`` is its height by its width.
    """

    page: int
    image: bytes
    lines: tuple[ScanLine, ...] = ()
    ratio: float = 1.414


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned page of a document, and the text that was recognised on it."""

    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader made of one file: its text, and what only the format knew."""

    text: str
    tables: tuple[Table, ...] = ()
    front: Mapping[str, object] = field(default_factory=dict)
    title: str | None = None
    scanned: bool = False
    pictures: tuple[PageImage, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """An addressed piece of a document; ``spans`` hold its own words, without its children's."""

    id: str
    document_id: str
    parent: str | None
    kind: ClauseKind
    number: str
    heading: str | None
    path: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str

    @property
    def span(self) -> Span:
        """The hull of the clause's own spans."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Target:
    metric: str
    op: Op
    value: float
    unit: str
    by: str | None
    basis: Basis
    quote: str
    span: Span
    scope: str | None = None
    baseline: float | None = None
    threshold: str | None = None
    strength: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    what: str
    when: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    what: str
    when: str
    to: str | None
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Agency:
    """A responsible unit as the document writes it."""

    name: str
    role: Literal["lead", "support", "unknown"]
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """What a clause asks of somebody; ``lead`` is None where the document does not say."""

    clause_id: str
    path: tuple[str, ...]
    kind: TaskKind
    title: str
    lead: str | None
    agencies: tuple[Agency, ...]
    targets: tuple[Target, ...]
    deadlines: tuple[Deadline, ...]
    duties: tuple[Duty, ...]
    county: County
    county_reason: str


ChangeKind = Literal["废止", "替代", "修改"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a document does to another one, and where it says so."""

    kind: ChangeKind
    title: str
    doc_no: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """``in_force`` and ``until`` are the first and the last day that the text itself names."""

    id: str
    title: str
    doc_no: str | None
    issuer: str | None
    date: str | None
    level: Level
    region: str
    implements: tuple[str, ...]
    status: Status
    status_note: str
    kind: str
    text: str
    tables: tuple[Table, ...] = ()
    parts: tuple[str, ...] = ()
    scanned: bool = False
    scans: tuple[Scan, ...] = ()
    in_force: str | None = None
    until: str | None = None
    changes: tuple[Change, ...] = ()
    interprets: tuple[str, ...] = ()

    @property
    def is_digest(self) -> bool:
        return self.kind == "摘编"

    def scanned_at(self, spans: Sequence[Span]) -> tuple[Scan, ...]:
        """The scanned pages on which any of these words stand."""
        return tuple(
            scan
            for scan in self.scans
            if any(s.start < scan.span.end and scan.span.start < s.end for s in spans)
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """One document, understood: what the store keeps in one transaction."""

    document: Document
    clauses: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    pictures: tuple[PageImage, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents a search may look at; an empty field does not restrict."""

    documents: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    def admits(self, document: Document) -> bool:
        year = (document.date or "")[:4]
        return (
            (not self.documents or document.id in self.documents)
            and (not self.regions or any(region in document.region for region in self.regions))
            and (not self.levels or document.level in self.levels)
            and (not self.years or year in self.years)
            and (not self.statuses or document.status in self.statuses)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    clause: Clause
    score: float
    found_by: tuple[str, ...] = ()
