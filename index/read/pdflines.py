"""Characters of a PDF page, gathered into lines; running heads and page numbers found."""

from __future__ import annotations

import ctypes
import functools
import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.read.assemble import Block
from index.read.grid import run_on, tabulate
from index.read.pdfrules import rules_of
from index.read.pdftables import Lattice, cells, lattices
from index.read.radicals import unified
from index.secrecy import secrecy_mark

_PAGE_NUMBER = re.compile(
    r"[-—–－─·\s]*(第\s*)?(\d{1,4}|[ivxlc]{1,6})(\s*页)?(\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?"
    r"[-—–－─·\s]*",
    re.I,
)
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\u3000-\u303f“”‘’—…"
_WIDE = re.compile(f"[{_HAN}]")
_RAISED = "0123456789①②③④⑤⑥⑦⑧⑨⑩[]〔〕*+-"
_EDGE = 0.12
_GAPS = (0.18, 0.8, 0.45)


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    x: float
    right: float
    base: float
    size: float
    drawn: bool
    raised: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x + self.right) / 2, self.base + 0.3 * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one base line; ``top`` is its distance from the top, 0 to 1."""

    text: str
    left: float
    right: float
    base: float
    size: float
    top: float
    cells: int = 1
    table: tuple[Block, ...] = ()


def lines_of(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page in reading order; columns of a two-column page one after the other."""
    text_page = page.get_textpage()
    try:
        glyphs = _glyphs(text_page)
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
    pieces = [piece for row in _rows(free) for piece in _pieces(row)]
    lines = [line for line in (_line(piece, height) for piece in pieces) if line.text.strip()]
    lines += [_table(tables[number], inside, height) for number, inside in held.items()]
    return _in_order(sorted(lines, key=lambda line: -line.base))


def _table(lattice: Lattice, glyphs: Sequence[Glyph], height: float) -> Line:
    """A whole table in the place of a line."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        places.setdefault(lattice.place(*glyph.middle), []).append(glyph)

    def text_at(covered: Sequence[tuple[int, int]]) -> str:
        inside = [glyph for place in covered for glyph in places.get(place, ())]
        lines = (_line(row, height).text for row in _rows(inside))
        return functools.reduce(run_on, filter(str.strip, lines), "")

    blocks = tuple(tabulate(cells(lattice, text_at)))
    text = "".join(glyph.text for glyph in glyphs)
    left, right, base = lattice.columns[0], lattice.columns[-1], lattice.rows[0]
    return Line(text, left, right, base, glyphs[0].size, 1 - base / height, 2, blocks)


def _glyphs(page: pdfium.PdfTextPage) -> list[Glyph]:
    glyphs: list[Glyph] = []
    handle = page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    high = 0
    for number in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, number)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
        generated = raw.FPDFText_IsGenerated(handle, number) == 1
        if code in (0, 2, 10, 13, 0xFFFE, 0xFFFF) or not 0 <= code < 0x110000:
            continue
        raw.FPDFText_GetCharOrigin(handle, number, x, y)
        raw.FPDFText_GetLooseCharBox(handle, number, box)
        size = max(box.top - box.bottom, 1.0)
        glyphs.append(
            Glyph(
                unified(chr(code)), x.value, max(box.right, x.value), y.value, size, not generated
            )
        )
    return glyphs


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by base line, from the top; drawn twice in the same place (false bold) counts once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if g.drawn or g.text != " "), key=lambda g: -g.base):
        if rows and abs(rows[-1][0].base - glyph.base) <= 0.35 * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda g: g.x)) for row in _lowered(rows)]


def _lowered(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised small figures go into the line that they stand over."""
    kept: list[list[Glyph]] = []
    for row in rows[::-1]:
        below = kept[-1] if kept else []
        if below and _stands_over(row, below):
            below += [replace(glyph, raised=True) for glyph in row]
        else:
            kept.append(row)
    return kept[::-1]


def _stands_over(row: list[Glyph], line: list[Glyph]) -> bool:
    size = max(glyph.size for glyph in line)
    small = all(glyph.size < 0.8 * size and glyph.text in _RAISED for glyph in row)
    return small and row[0].base - line[0].base < 0.7 * size


def _once(row: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in row:
        double = any(
            other.text == glyph.text and abs(other.x - glyph.x) < 0.2 * glyph.size
            for other in kept[-2:]
        )
        if not double or glyph.text in ".…·":
            kept.append(glyph)
    return kept


def _pieces(row: list[Glyph]) -> list[list[Glyph]]:
    """A row cut where a gap is wider than any that stands inside a sentence."""
    pieces: list[list[Glyph]] = []
    for glyph in row:
        if glyph.text == " " and (not pieces or not pieces[-1]):
            continue
        if pieces and glyph.x - pieces[-1][-1].right <= 1.6 * glyph.size:
            pieces[-1].append(glyph)
        elif glyph.text != " ":
            pieces.append([glyph])
    return pieces


def _line(glyphs: list[Glyph], height: float) -> Line:
    solid = [glyph for glyph in glyphs if glyph.text != " "] or glyphs
    text = solid[0].text
    for before, glyph in itertools.pairwise(solid):
        if glyph.raised and (before.raised or _WIDE.match(before.text)):
            # The mark of a footnote; after a letter it is a power (km2).
            continue
        text += " " * (glyph.x - before.right > _space(before, glyph) * glyph.size) + glyph.text
    size = statistics.median(glyph.size for glyph in glyphs)
    base = glyphs[0].base
    return Line(text, solid[0].x, solid[-1].right, base, size, 1 - base / height)


def _space(before: Glyph, after: Glyph) -> float:
    """How wide a gap is a space: printers part words a little, Han and figures by themselves."""
    wide = bool(_WIDE.match(before.text)), bool(_WIDE.match(after.text))
    return _GAPS[sum(wide)]


def _in_order(lines: list[Line]) -> list[Line]:
    """Top to bottom; where the page has two columns, the left before the right."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = (left + right) / 2
    slack = 0.02 * (right - left)
    halves = [_half(line, middle, slack) for line in lines]
    sides = Counter(halves)
    filled = sum(
        line.right - line.left for line, half in zip(lines, halves, strict=True) if half
    ) / max(right - left, 1)
    columns = min(sides[1], sides[2]) >= 8 and filled > 0.35 * (sides[1] + sides[2])
    if not columns or sides[0] > max(sides[1], sides[2]):
        return _table_rows(lines)
    ordered: list[Line] = []
    band: list[tuple[int, Line]] = []
    for line, half in zip(lines, halves, strict=True):
        if half:
            band.append((half, line))
        else:
            ordered += [one for _, one in sorted(band, key=lambda pair: pair[0])]
            ordered.append(line)
            band = []
    return ordered + [one for _, one in sorted(band, key=lambda pair: pair[0])]


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
