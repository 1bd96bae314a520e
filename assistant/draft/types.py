"""Values of a drafted plan: each paragraph keeps the upper clauses that it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Asks = Literal["figure", "agency", "name", "text", "choice"]
Origin = Literal["upper", "skeleton", "county"]
Written = Literal["rules", "model"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that only the county can decide; ``text`` stands in the plan (【待定：…】)."""

    id: str
    text: str
    clause_id: str
    asks: Asks
    metric: str = ""
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """An upper clause, or a sentence of one, that is not in the plan, and why."""

    clause_id: str
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Units:
    """Who does it in the county. ``asked`` are bodies that the county can only ask (商请)."""

    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    dropped: tuple[Omission, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    with_lead: bool = False
    within: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """Those of the closing bracket, and those whom brackets within the text name."""
        return tuple(dict.fromkeys((*self.leads, *self.others, *self.within)))

    @property
    def support(self) -> tuple[str, ...]:
        return tuple(name for name in self.everyone if name not in self.leads)

    @property
    def shown(self) -> str:
        """The bracket that closes a paragraph, in the one form that the plan uses."""
        if not self.leads and not self.others:
            return ""
        if not self.with_lead or not self.leads:
            return f"（责任单位：{'、'.join((*self.leads, *self.others))}）"
        support = f"；配合单位：{'、'.join(self.others)}" if self.others else ""
        return f"（牵头单位：{'、'.join(self.leads)}{support}）"


@dataclass(frozen=True, slots=True)
class DraftClause:
    """One numbered unit or paragraph of the plan. ``id`` runs through Word, Excel and the page.

    Where a model ``written`` it, ``ruled`` are the paragraphs as the rules have them, and
    ``accepted`` is who took the model's words as their own.
    """

    id: str
    level: int
    number: str
    heading: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...]
    placeholders: tuple[Placeholder, ...] = ()
    units: Units = Units()
    origin: Origin = "upper"
    written: Written = "rules"
    ruled: tuple[str, ...] = ()
    accepted: str = ""

    @property
    def is_machine_made(self) -> bool:
        """Words of a model that no person has taken as their own yet."""
        return self.written == "model" and not self.accepted

    @property
    def text(self) -> str:
        """The words under the heading, with the bracket of responsible units."""
        return "\n".join(closed(self.paragraphs, self.units.shown))


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of 任务分解表 and of the ledger."""

    id: str
    number: str
    title: str
    goal: str
    deadline: str
    lead: str
    support: str
    asked: str
    sources: tuple[str, ...]
    basis: str
    demands: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What an upper document only refers to and the library does not hold."""

    clause_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    county: str
    opening: DraftClause
    clauses: tuple[DraftClause, ...]
    rows: tuple[TaskRow, ...]
    not_applicable: tuple[Omission, ...]
    omitted: tuple[Omission, ...]
    missing: tuple[Missing, ...]
    unplaced: tuple[str, ...] = ()
    conflicts: tuple[Placeholder, ...] = ()
    letter: Letter = field(default_factory=lambda: Letter())
    quotes: tuple[tuple[str, str], ...] = ()

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        every = (self.opening, *self.clauses)
        return tuple(
            p for clause in every for p in (*clause.placeholders, *clause.units.placeholders)
        )

    def quote_of(self, clause_id: str) -> str:
        """The words of an upper clause, for a comment beside the paragraph."""
        return next((words for at, words in self.quotes if at == clause_id), "")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands around the plan: 主送机关, signature, whether a 通知 comes in front."""

    office: str = ""
    recipients: str = ""
    doc_no: str = ""
    date: str = ""
    notice: str = ""
    notice_title: str = ""
    attached: bool = True
    copied_to: str = ""
    note: str = ""


def closed(paragraphs: Iterable[str], bracket: str) -> list[str]:
    """Paragraphs with the bracket after the last one; alone where there is no other word."""
    lines = [line for line in paragraphs if line]
    if bracket:
        lines = [*lines[:-1], lines[-1] + bracket] if lines else [bracket]
    return lines
