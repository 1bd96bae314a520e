"""Tables of a PDF page, where their lines are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.read.grid import Cell
from index.read.pdfrules import Rule, Rules

_NEAR = 3.5


@dataclass(frozen=True, slots=True)
class Lattice:
    """The ruled places of one table: column edges left to right, row edges top to bottom."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: Rules

    def holds(self, x: float, y: float) -> bool:
        return self.columns[0] < x < self.columns[-1] and self.rows[-1] < y < self.rows[0]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point inside."""
        row = sum(edge > y for edge in self.rows) - 1
        column = sum(edge < x for edge in self.columns) - 1
        return row, column


def lattices(rules: Rules) -> list[Lattice]:
    """Tables with at least two columns and two rows."""
    found = []
    for level, upright in _groups(rules):
        columns = _edges(rule.at for rule in upright)
        rows = _edges(rule.at for rule in level)[::-1]
        if len(columns) >= 3 and len(rows) >= 3:
            found.append(Lattice(tuple(columns), tuple(rows), Rules(tuple(level), tuple(upright))))
    return found


def _groups(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for upright in rules.upright:
        touching = [
            group
            for group in groups
            if any(_cross(level, upright) for level in group[0])
            or any(_follows(upright, other) for other in group[1])
        ]
        levels = [level for level in rules.level if _cross(level, upright)]
        merged: tuple[list[Rule], list[Rule]] = ([], [upright])
        for group in touching:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        merged[0].extend(level for level in levels if level not in merged[0])
        groups.append(merged)
    return groups


def _cross(level: Rule, upright: Rule) -> bool:
    return level.covers(upright.at) and upright.covers(level.at)


def _follows(one: Rule, other: Rule) -> bool:
    return (
        abs(one.at - other.at) <= _NEAR
        and one.start <= other.end + _NEAR
        and (other.start <= one.end + _NEAR)
    )


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def cells(
    lattice: Lattice, text_at: Callable[[Sequence[tuple[int, int]]], str]
) -> list[list[Cell]]:
    """The table's cells; ``text_at`` gives the text of the places that one cell covers."""
    owners = _owners(lattice)
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, owner in owners.items():
        covered.setdefault(owner, []).append(place)
    table: list[list[Cell]] = []
    for row in range(len(lattice.rows) - 1):
        line = []
        for column in range(len(lattice.columns) - 1):
            places = covered.get((row, column))
            if places:
                height = 1 + max(r for r, _ in places) - row
                width = 1 + max(c for _, c in places) - column
                line.append(Cell(text_at(places), width, height))
        table.append(line)
    return table


def _owners(lattice: Lattice) -> dict[tuple[int, int], tuple[int, int]]:
    """For every place the upper left place of its cell: places with no line between are one."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(lattice.rows) - 1):
        for column in range(len(lattice.columns) - 1):
            place = (row, column)
            if column and not _wall(lattice, row, column):
                owners[place] = owners[row, column - 1]
            elif row and not _ceiling(lattice, row, column):
                owners[place] = owners[row - 1, column]
            else:
                owners[place] = place
    return owners


def _wall(lattice: Lattice, row: int, column: int) -> bool:
    middle = (lattice.rows[row] + lattice.rows[row + 1]) / 2
    edge = lattice.columns[column]
    return any(abs(r.at - edge) <= _NEAR and r.covers(middle) for r in lattice.rules.upright)


def _ceiling(lattice: Lattice, row: int, column: int) -> bool:
    middle = (lattice.columns[column] + lattice.columns[column + 1]) / 2
    edge = lattice.rows[row]
    return any(abs(r.at - edge) <= _NEAR and r.covers(middle) for r in lattice.rules.level)
