"""Verified statements as one text with its citations; a comparison as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.types import Citation, Statement

NOTHING = "未找到"


@dataclass(frozen=True, slots=True)
class Cell:
    """A verified statement with the row (what) and column (where) that it belongs to."""

    statement: Statement
    place: str = ""
    aspect: str = ""


@dataclass
class Numbering:
    """Citations in the order in which they are first marked."""

    citations: list[Citation] = field(default_factory=list)

    def marked(self, statement: Statement) -> str:
        for citation in statement.citations:
            if citation not in self.citations:
                self.citations.append(citation)
        numbers = dict.fromkeys(self.citations.index(c) + 1 for c in statement.citations)
        return statement.text + "".join(f"[{n}]" for n in numbers)


def prose(opening: str, cells: Sequence[Cell], closing: str) -> tuple[str, tuple[Citation, ...]]:
    """``opening，one[1]。other[2]。closing``."""
    numbering = Numbering()
    said = "".join(f"{numbering.marked(cell.statement)}。" for cell in cells)
    return (f"{opening}，" if opening else "") + said + closing, tuple(numbering.citations)


def table(
    opening: str, cells: Sequence[Cell], closing: str, places: Sequence[str]
) -> tuple[str, tuple[Citation, ...]]:
    """A Markdown table, a row for each place and a column for each thing asked about."""
    numbering = Numbering()
    aspects = list(dict.fromkeys(cell.aspect for cell in cells))
    rows = [
        [place, *(_cell(cells, aspect, place, numbering) for aspect in aspects)] for place in places
    ]
    heads = ["地方", *(aspect or "规定" for aspect in aspects)]
    lines = [_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]
    before = [f"{opening}。"] if opening else []
    text = "\n".join([*before, *lines, *([closing] if closing else [])])
    return text, tuple(numbering.citations)


def _cell(cells: Sequence[Cell], aspect: str, place: str, numbering: Numbering) -> str:
    said = [c for c in cells if c.aspect == aspect and c.place == place]
    marked = "；".join(numbering.marked(cell.statement) for cell in said)
    return marked.replace("|", "｜") or NOTHING


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
