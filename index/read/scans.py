"""Scanned pages: recognised one by one, their pictures kept, their lines found in the text."""

from __future__ import annotations

import io
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from index.errors import ReadError
from index.limits import Task
from index.read.imagerules import drawn_rules
from index.read.pdfglyphs import Line
from index.read.pdflines import gathered
from index.read.pdftables import Lattice, lattices
from index.read.recognise import Piece, cut_at, glyphs, open_engine, recognised, sizes
from index.read.reread import reread
from index.read.upright import Image, scaled, turned
from index.types import PageImage, ScanLine, Source, Span

_POINTS = 842.0  # the longer side of A4: pages of any picture are laid out on it
_SMALLEST, _LARGEST = 1600, 2600
_KEPT = 2000
_QUALITY = 50
_WINDOW = 3000
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Page:
    """One recognised page: its lines for the reader of paragraphs, its pieces for the picture."""

    number: int
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    size: tuple[int, int]
    image: bytes


class Scanner:
    """Recognises the pages of one file; the models are loaded at the first of them."""

    def __init__(self, task: Task, total: int) -> None:
        self._task = task
        self._total = total
        self._done = 0
        self._engine: Any = None
        if total > task.limits.scan_pages:
            raise ReadError(
                f"扫描页有 {total} 页，超过上限 {task.limits.scan_pages} 页；"
                "请拆分文件，或在设置里调高 scan_pages"
            )

    def page(self, number: int, image: Image) -> Page:
        if self._engine is None:
            self._engine = open_engine()
        self._task.progress("识别扫描页", self._done, self._total)
        upright = _sized(turned(image, self._engine))
        height, width = upright.shape[:2]
        scale = _POINTS / max(height, width)
        found = recognised(upright, self._engine)
        measured = sizes(found)
        tables = lattices(drawn_rules(upright, scale, statistics.median(measured or [0.0])))
        sized = zip(found, measured, strict=True)
        pieces = [reread(piece, upright, size) for piece, size in sized]
        parts = [part for piece in pieces for part in _parted(piece, tables, height, scale)]
        lines = tuple(gathered(glyphs(parts, height, scale), height * scale, tables))
        self._done += 1
        self._task.progress("识别扫描页", self._done, self._total)
        return Page(number, lines, tuple(parts), (width, height), _kept(upright))


def _sized(image: Image) -> Image:
    """Small type large enough to be told apart, and no page larger than a page can be."""
    longer = max(image.shape[:2])
    wanted = min(max(longer, _SMALLEST), _LARGEST)
    return image if wanted == longer else scaled(image, wanted / longer)


def _parted(piece: Piece, tables: Sequence[Lattice], height: int, scale: float) -> Sequence[Piece]:
    """A piece that runs through the columns of a table, cut at their edges."""
    middle = (height - (piece.top + piece.bottom) / 2) * scale
    for table in tables:
        if table.rows[-1] < middle < table.rows[0]:
            return tuple(cut_at(piece, [edge / scale for edge in table.columns]))
    return (piece,)


def _kept(image: Image) -> bytes:
    from PIL import Image as Picture

    picture = Picture.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    picture.thumbnail((_KEPT, _KEPT))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()


def with_pictures(source: Source, pages: Sequence[Page]) -> Source:
    """The source with the pictures of its pages, and where their lines stand in its text."""
    places = [at for at, char in enumerate(source.text) if not char.isspace()]
    compact = "".join(source.text[at] for at in places)
    cursor = 0
    pictures = []
    for page in pages:
        found, cursor = _found(page, compact, cursor)
        width, height = page.size
        lines = tuple(
            ScanLine(
                Span(places[start], places[end - 1] + 1),
                round(piece.left / width, 4),
                round(piece.top / height, 4),
                round(piece.right / width, 4),
                round(piece.bottom / height, 4),
            )
            for piece, start, end in found
        )
        pictures.append(PageImage(page.number, page.image, lines, round(height / width, 4)))
    return replace(source, pictures=tuple(pictures))


def _found(page: Page, compact: str, cursor: int) -> tuple[list[tuple[Piece, int, int]], int]:
    """The page's pieces with their places in the text without spaces, and where the page ends."""
    keys = [("".join(piece.text.split()), piece) for piece in page.pieces]
    # Pages of text may lie between two scanned ones: the first telling line says where this is.
    first = next((key for key, _ in keys if len(key) >= _TELLING and key in compact[cursor:]), "")
    begin = max(compact.find(first, cursor) - _WINDOW // 4, cursor) if first else cursor
    found, at = [], begin
    for key, piece in keys:
        place = compact.find(key, at, at + (_WINDOW if len(key) >= 4 else 60))
        if place < 0 and len(key) >= 4:
            place = compact.find(key, begin, at)
        if place >= 0:
            found.append((piece, place, place + len(key)))
            at = max(at, place + len(key))
    return found, at
