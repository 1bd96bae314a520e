"""What differs between two versions of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.types import Span

Kind = Literal["figure", "deadline", "unit", "added", "removed", "words"]
NAMES: dict[Kind, str] = {
    "figure": "指标数字",
    "deadline": "时间",
    "unit": "责任单位",
    "added": "新增",
    "removed": "删去",
    "words": "文字",
}


@dataclass(frozen=True, slots=True)
class Side:
    """Where it stands in one of the versions: ``quote`` is the text at ``span``."""

    clause: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Change:
    """``old`` or ``new`` is None where one version has nothing of the kind; ``task`` says whether
    a clause that came or went asks something of somebody."""

    kind: Kind
    what: str
    old: Side | None
    new: Side | None
    note: str
    task: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """``same`` counts the clauses that did not change."""

    old: str
    new: str
    changes: tuple[Change, ...]
    same: int
