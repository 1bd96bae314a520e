"""Tables of any format, brought to one line a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_LABEL = 60
_MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that holds data: rows of equal length, the first of them its header."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class _Slot:
    text: str
    cell: Cell | None = None
    first: bool = False


def tabulate(rows: Sequence[Sequence[Cell]]) -> list[str | Grid]:
    """A data table with the captions that stood in its first rows, or the lines of a layout."""
    table = _narrowed([row for row in _spread(rows) if any(slot.text.strip() for slot in row)])
    columns = max((len(_filled(row)) for row in table), default=0)
    if columns < 2 or len(table) < 2:
        return [line for row in table for slot in row if slot.first for line in _lines(slot.text)]
    caption = 0
    while caption < len(table) - 1 and _alone(table[caption]):
        caption += 1
    captions = [
        line for row in table[:caption] for slot in row if slot.first for line in _lines(slot.text)
    ]
    body = table[caption:]
    if len(body) < 2:
        return [*captions, *(line for slot in body[0] for line in _lines(slot.text))]
    heads = _header_rows(body)
    texts = tuple(
        tuple(_shown(slot, number < heads) for slot in row) for number, row in enumerate(body)
    )
    return [*captions, Grid(texts, heads)]


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[_Slot]]:
    """Lay merged cells out over every place that they cover."""
    taken: dict[tuple[int, int], _Slot] = {}
    widest = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if widest * len(rows) > _MOST_PLACES:
        # No table of an office: its cells say that they are wider than any paper.
        rows = [[replace(cell, columns=1, rows=1) for cell in row] for row in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for dy in range(min(max(cell.rows, 1), len(rows) - y)):
                for dx in range(max(cell.columns, 1)):
                    place = _Slot(cell.text, cell, first=not dx and not dy)
                    taken.setdefault((y + dy, x + dx), place)
            x += max(cell.columns, 1)
    width = 1 + max((x for _, x in taken), default=-1)
    empty = _Slot("")
    return [[taken.get((y, x), empty) for x in range(width)] for y in range(len(rows))]


def _narrowed(table: list[list[_Slot]]) -> list[list[_Slot]]:
    """Without the columns that no row uses by themselves: converters cut more than was drawn."""
    width = max(map(len, table), default=0)
    kept = [
        x
        for x in range(width)
        if any(
            row[x].cell is not None and (x == 0 or row[x].cell is not row[x - 1].cell)
            for row in table
        )
    ]
    return [[row[x] for x in kept] for row in table]


def _filled(row: Sequence[_Slot]) -> list[_Slot]:
    """The different cells of a row that have text."""
    seen: dict[int, _Slot] = {}
    for slot in row:
        if slot.cell is not None and slot.text.strip():
            seen.setdefault(id(slot.cell), slot)
    return list(seen.values())


def _alone(row: Sequence[_Slot]) -> bool:
    """Whether one cell takes most of the width: a caption above the table, not a row of it."""
    filled = _filled(row)
    return len(filled) == 1 and sum(slot.cell is filled[0].cell for slot in row) * 2 > len(row)


def _header_rows(body: Sequence[Sequence[_Slot]]) -> int:
    marked = 0
    while marked < len(body) - 1 and all(
        slot.cell is None or slot.cell.head for slot in body[marked]
    ):
        marked += 1
    # A head whose cells reach down beside a parted one (目标 over 2023 and 2025) has two rows.
    first = [slot.cell for slot in body[0] if slot.cell is not None]
    parted = any(cell.columns > 1 for cell in first)
    deep = max((cell.rows for cell in first), default=1)
    return max(marked, deep if parted and 1 < deep < len(body) else 1)


def _shown(slot: _Slot, header: bool) -> str:
    """A merged label stands in each of its rows, running text only where it begins.

    Without the label a row says nothing by itself; running text repeated would state its
    targets twice.
    """
    if slot.first or slot.cell is None or header:
        return slot.text
    down_only = slot.cell.columns == 1
    label = len(slot.text) <= _LABEL and not any(mark in slot.text[:-1] for mark in "。；;")
    return slot.text if down_only and label else ""


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def joined(lines: list[str]) -> str:
    """The paragraphs of a cell; a short label parted over lines (责任 / 单位) is one word."""
    if sum(map(len, lines)) <= 6 and all(re.fullmatch(r"[\u4e00-\u9fff]+", x) for x in lines):
        return "".join(lines)
    return "\n".join(lines)


def run_on(text: str, more: str) -> str:
    """Two lines as one: Latin words keep a space between them, Han characters none."""
    if re.search(r"[a-z]-$", text) and re.match("[a-z]", more):
        return text[:-1] + more
    words = re.search(r"[A-Za-z0-9,.;%)]$", text) and re.match(r"[A-Za-z0-9(]", more)
    letters = words and re.search("[A-Za-z]", text[-1] + more[0])
    return f"{text} {more}" if letters else text + more
