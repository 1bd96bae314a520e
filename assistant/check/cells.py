"""Table rows of a draft: what they say, who is responsible, and the year over a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.check.context import above_of
from assistant.check.cutting import cut, halved
from assistant.check.types import Above, Listed, Place, Sentence
from index.types import Agency, Span

_UNITS_COLUMN = re.compile(r"单位|部门|牵头|配合|责任|主体")
_TIME_COLUMN = re.compile(r"时限|时间|期限|进度|节点|年度")
_HEAD = re.compile(r"序号|任务|内容|事项|目标|项目|指标|举措|措施|工作|单位|部门|时限")
# How a table is typed where there is none: bars between the cells, or tabs.
_BARS = re.compile(r"[｜|\t]")
_EDGES = " 　|｜"
_LONG_CELL = 30
_SPLIT_CELL = re.compile(r"[、，,；;\s/]+")


def row_sentences(place: Place, columns: Sequence[str] = ()) -> list[Sentence]:
    """A table row: short cells side by side are one sentence, long ones their own; the units are in
    the cell under a column that names them, and so is the time."""
    if not columns and place.clause.path:
        columns = place.clause.path[-1].removeprefix("表：").split("｜")
    cells = _cells(place, columns)
    units = [(cell, name) for cell, name in cells if _is_units_column(name)]
    agencies = [agency for cell, name in units for agency in _cell_agencies(cell, name)]
    above = _time_of(cells) or _year_of(columns, place)
    found = [replace(s, above=above) for run in _runs(cells) for s in _said(run, place)]
    if not agencies:
        return found
    listed = Listed(Span(units[0][0].start, units[-1][0].end), tuple(agencies))
    return [replace(sentence, units=listed) for sentence in found]


def typed_tables(places: Sequence[Place]) -> dict[Span, tuple[str, ...]]:
    """Rows of tables that are typed as lines, each with the names of its columns; the line of
    names itself has none."""
    found: dict[Span, tuple[str, ...]] = {}
    columns: tuple[str, ...] = ()
    for place in places:
        cells = _names(place.words)
        if len(cells) < 2 or place.clause.kind == "row":
            columns = ()
        elif columns and len(cells) == len(columns):
            found[place.span] = columns
        elif (
            all(len(cell) <= 12 for cell in cells)
            and sum(bool(_HEAD.search(c)) for c in cells) >= 2
        ):
            columns = cells
            found[place.span] = ()
    return found


def _names(words: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _BARS.split(words.strip(_EDGES)))


def _time_of(cells: Sequence[tuple[_Cell, str]]) -> Above | None:
    found = [above_of(cell.text, cell.start) for cell, name in cells if _TIME_COLUMN.search(name)]
    return next((above for above in found if above), None)


def _year_of(columns: Sequence[str], place: Place) -> Above | None:
    """The one year over the columns."""
    found = [above for name in columns if (above := above_of(name, place.span.start))]
    return found[0] if len({above.period.by for above in found}) == 1 else None


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + max(len(self.text), 1)


def _cells(place: Place, columns: Sequence[str]) -> list[tuple[_Cell, str]]:
    bars = re.compile(r"\t") if "\t" in place.words else _BARS
    inner = place.words.rstrip(_EDGES)
    at = len(inner) - len(inner.lstrip(_EDGES))
    cells: list[tuple[_Cell, str]] = []
    for i, text in enumerate(bars.split(inner[at:])):
        cells.append((_Cell(text, place.span.start + at), columns[i] if i < len(columns) else ""))
        at += len(text) + 1
    return cells


def _is_units_column(name: str) -> bool:
    return bool(_UNITS_COLUMN.search(name)) and not re.search("任务|内容|工作|目标", name)


def _runs(cells: Sequence[tuple[_Cell, str]]) -> Iterator[list[_Cell]]:
    """Cells that are told together: not the number of the row, not its units."""
    run: list[_Cell] = []
    for cell, name in cells:
        told = not _is_units_column(name) and not re.fullmatch(r"[\s\d.．、]*", cell.text)
        if told and len(cell.text) < _LONG_CELL:
            run.append(cell)
            continue
        if run:
            yield run
        run = []
        if told:
            yield [cell]
    if run:
        yield run


def _said(run: Sequence[_Cell], place: Place) -> list[Sentence]:
    if len(run) == 1 and len(run[0].text) >= _LONG_CELL:
        cell = run[0]
        part = Place(place.clause, Span(cell.start, cell.end), cell.text, False)
        return list(cut(cell.text, 0, part))
    span = Span(run[0].start, run[-1].end)
    words = place.words[span.start - place.span.start : span.end - place.span.start]
    return [Sentence(span, words, place.clause.id)] if len(halved(words)) > 3 else []


def _cell_agencies(cell: _Cell, column: str) -> Iterator[Agency]:
    at = 0
    for name in _SPLIT_CELL.split(cell.text):
        if not name:
            continue
        at = cell.text.index(name, at)
        lead = "牵头" in column and "配合" not in column
        role: str = "lead" if lead else "support" if "配合" in column else "unknown"
        span = Span(cell.start + at, cell.start + at + len(name))
        yield Agency(name, role, span)  # type: ignore[arg-type]
        at += len(name)
