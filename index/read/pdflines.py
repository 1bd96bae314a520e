"""The lines of a PDF page in reading order; running heads and page numbers found."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from index.read.grid import run_on, tabulate
from index.read.pdfglyphs import Glyph, Line, glyphs_of, line_of, pieces_of, rows_of
from index.read.pdfrules import rules_of
from index.read.pdftables import Lattice, cells, lattices
from index.secrecy import secrecy_mark

_PAGE_NUMBER = re.compile(
    r"[-—–－─·\s]*(第\s*)?(\d{1,4}|[ivxlc]{1,6})(\s*页)?(\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?"
    r"[-—–－─·\s]*",
    re.I,
)
_EDGE = 0.12


def lines_of(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page in reading order; columns of a two-column page one after the other."""
    text_page = page.get_textpage()
    try:
        glyphs = glyphs_of(text_page)
    finally:
        text_page.close()
    return gathered(glyphs, page.get_size()[1] or 1.0, lattices(rules_of(page)))


def gathered(glyphs: Sequence[Glyph], height: float, tables: Sequence[Lattice] = ()) -> list[Line]:
    """Lines in reading order of the glyphs on a page of this height, counted from its foot."""
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        inside = (n for n, table in enumerate(tables) if table.holds(*glyph.middle))
        held.setdefault(next(inside, -1), []).append(glyph)
    free = held.pop(-1, [])
    pieces = [piece for row in rows_of(free) for piece in pieces_of(row)]
    lines = [line for line in (line_of(piece, height) for piece in pieces) if line.text.strip()]
    lines += [_table(tables[number], inside, height) for number, inside in held.items()]
    return _in_order(sorted(lines, key=lambda line: -line.base))


def _table(lattice: Lattice, glyphs: Sequence[Glyph], height: float) -> Line:
    """A whole table in the place of a line."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        places.setdefault(lattice.place(*glyph.middle), []).append(glyph)

    def text_at(covered: Sequence[tuple[int, int]]) -> str:
        inside = [glyph for place in covered for glyph in places.get(place, ())]
        lines = (line_of(row, height).text for row in rows_of(inside))
        return functools.reduce(run_on, filter(str.strip, lines), "")

    blocks = tuple(tabulate(cells(lattice, text_at)))
    text = "".join(glyph.text for glyph in glyphs)
    left, right, base = lattice.columns[0], lattice.columns[-1], lattice.rows[0]
    return Line(text, left, right, base, glyphs[0].size, 1 - base / height, 2, table=blocks)


def _in_order(lines: list[Line]) -> list[Line]:
    """Top to bottom; where the page has two columns, the left before the right."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = (left + right) / 2
    slack = 0.02 * (right - left)
    halves = [_half(line, middle, slack) for line in lines]
    if not _has_columns([(h, x) for h, x in zip(halves, lines, strict=True) if h], right - left):
        return _table_rows(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line, half in zip(lines, halves, strict=True):
        if half:
            band.append(replace(line, column=half))
        else:
            ordered += [*sorted(band, key=lambda one: one.column), line]
            band = []
    return ordered + sorted(band, key=lambda one: one.column)


def _has_columns(sides: Sequence[tuple[int, Line]], width: float) -> bool:
    """Whether the lines on either side are set as text: most of them as wide as their column."""
    column = max((line.right - line.left for _, line in sides), default=0.0)
    full = sum(line.right - line.left > 0.8 * column for _, line in sides)
    both = len({half for half, _ in sides}) == 2
    return both and len(sides) >= 10 and column > 0.35 * width and full > 0.6 * len(sides)


def _half(line: Line, middle: float, slack: float) -> int:
    if line.right <= middle + slack:
        return 1
    return 2 if line.left >= middle - slack else 0


def _table_rows(lines: list[Line]) -> list[Line]:
    """Pieces that share a base line are the cells of one row."""
    rows: list[Line] = []
    for line in lines:
        beside = rows and not (rows[-1].table or line.table)
        if beside and abs(rows[-1].base - line.base) <= 0.35 * max(rows[-1].size, line.size):
            last = rows[-1]
            rows[-1] = replace(
                last, text=f"{last.text}\t{line.text}", right=line.right, cells=last.cells + 1
            )
        else:
            rows.append(line)
    return rows


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers and without the lines that return at their edges."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = max(3, len(pages) // 3) if len(pages) > 2 else 2

    def runs(page: Sequence[Line], line: Line) -> bool:
        if line.table or line not in _edges(page) or secrecy_mark("", line.text):
            return False
        if _PAGE_NUMBER.fullmatch(line.text) and not _EDGE < line.top < 1 - _EDGE:
            return True
        return len(pages) > 1 and seen[_key(line)] >= often

    return [[line for line in page if not runs(page, line)] for page in pages]


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines near the top and the bottom that may be heads and feet."""
    return [line for line in (*page[:3], *page[-3:]) if not _EDGE < line.top < 1 - _EDGE]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.top * 40)
