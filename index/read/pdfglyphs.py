"""Characters of a PDF page, gathered into lines of text."""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.read.assemble import Block
from index.read.radicals import unified

_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\u3000-\u303f“”‘’—…"
_WIDE = re.compile(f"[{_HAN}]")
_RAISED = "0123456789①②③④⑤⑥⑦⑧⑨⑩[]〔〕*+-"
_GAPS = (0.18, 0.8, 0.25)


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
    column: int = 0
    table: tuple[Block, ...] = ()


def glyphs_of(page: pdfium.PdfTextPage) -> list[Glyph]:
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


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
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


def pieces_of(row: list[Glyph]) -> list[list[Glyph]]:
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


def line_of(glyphs: list[Glyph], height: float) -> Line:
    solid = [glyph for glyph in glyphs if glyph.text != " "] or glyphs
    text = solid[0].text
    usual = _usual_gap(solid)
    for before, glyph in itertools.pairwise(solid):
        if glyph.raised and (before.raised or _WIDE.match(before.text)):
            # The mark of a footnote; after a letter it is a power (km2).
            continue
        text += " " * (_is_space(before, glyph, usual)) + glyph.text
    size = statistics.median(glyph.size for glyph in glyphs)
    base = glyphs[0].base
    return Line(text, solid[0].x, solid[-1].right, base, size, 1 - base / height)


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """What stands between two Han characters of this line, stretched to the margin or not."""
    gaps = [
        after.x - before.right
        for before, after in itertools.pairwise(glyphs)
        if _WIDE.match(before.text) and _WIDE.match(after.text)
    ]
    return max(statistics.median(gaps), 0.0) if gaps else 0.0


def _is_space(before: Glyph, after: Glyph, usual: float) -> bool:
    """Printers part words a little, Han and figures by themselves."""
    wide = sum(bool(_WIDE.match(glyph.text)) for glyph in (before, after))
    gap = after.x - before.right - (usual if wide == 2 else 0.0)
    return gap > _GAPS[wide] * after.size
