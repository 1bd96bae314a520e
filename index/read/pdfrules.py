"""The ruled lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_THIN = 3.0
_SHORTEST = 6.0
_MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along one axis: at ``at`` across it, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - _THIN <= place <= self.end + _THIN


@dataclass(frozen=True, slots=True)
class Rules:
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def rules_of(page: pdfium.PdfPage) -> Rules:
    level: list[Rule] = []
    upright: list[Rule] = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        for (left, low), (right, high) in _strokes(drawn):
            width, height = right - left, high - low
            if height <= _THIN and width >= _SHORTEST:
                level.append(Rule((low + high) / 2, left, right))
            elif width <= _THIN and height >= _SHORTEST:
                upright.append(Rule((left + right) / 2, low, high))
        if len(level) + len(upright) > _MOST_RULES:
            # A drawing, not a table.
            return Rules((), ())
    return Rules(tuple(level), tuple(upright))


Point = tuple[float, float]


def _strokes(drawn: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """Corner pairs (lower left, upper right) of each stroke, and of a bar that is only filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
    if not stroke.value:
        left, bottom, right, top = drawn.get_bounds()
        yield (left, bottom), (right, top)
        return
    for (ax, ay), (bx, by) in _segments(drawn):
        yield (min(ax, bx), min(ay, by)), (max(ax, bx), max(ay, by))


def _segments(drawn: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    matrix = drawn.get_matrix()
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(drawn.raw), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(drawn.raw, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield from itertools.pairwise(points)
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from itertools.pairwise(points)
