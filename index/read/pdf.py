"""PDF: lines in reading order, joined into paragraphs; scanned pages are recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import ReadError
from index.limits import Task
from index.read.assemble import assemble
from index.read.furniture import furnished
from index.read.pdfglyphs import Line
from index.read.pdflines import lines_of, without_running_lines
from index.read.pdfparagraphs import paragraphs
from index.types import Source

_FEWEST_CHARACTERS = 30
_SCAN_SHARE = 0.5
_MANY_PATHS = 300
_DPI = 200
_LONGEST = 2600
_BROKEN = "PDF 不完整或已损坏；请重新下载，或用阅读器打开后另存再导入"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page by its text layer, and what else is drawn on it."""

    lines: list[Line]
    picture: bool
    drawing: bool
    hidden: bool


def read_pdf(data: bytes, task: Task) -> Source:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("文件设有打开密码；请去掉密码后另存再导入") from error
        raise ReadError(_BROKEN) from error
    try:
        return _read(document, task)
    except pdfium.PdfiumError as error:
        raise ReadError(_BROKEN) from error
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, task: Task) -> Source:
    seen = [_seen(document[number]) for number in range(len(document))]
    bare = [_characters(p) < _FEWEST_CHARACTERS for p in without_running_lines(_lines(seen))]
    scans = [n for n, page in enumerate(seen) if _is_scan(page, bare[n])]
    if scans:
        return _recognised(document, seen, scans, task)
    return _assembled(_lines(seen))


def _recognised(
    document: pdfium.PdfDocument, seen: Sequence[_Seen], scans: Sequence[int], task: Task
) -> Source:
    # Its packages take half a second to import, which no other file needs.
    from index.read.scans import Scanner, with_pictures

    scanner = Scanner(task, len(scans))
    pages = {number: scanner.page(number + 1, _drawn(document[number])) for number in scans}
    lines = [
        list(pages[number].lines) if number in pages else page.lines
        for number, page in enumerate(seen)
    ]
    return with_pictures(_assembled(lines, scanned=True), list(pages.values()))


def _assembled(pages: Sequence[Sequence[Line]], scanned: bool = False) -> Source:
    kept = without_running_lines(pages)
    if not any(map(_characters, kept)):
        raise ReadError("PDF 里没有文字，也没有认出文字；请确认不是空白文件，或换更清楚的扫描件")
    return assemble(furnished(list(paragraphs(kept))), scanned=scanned)


def _lines(seen: Sequence[_Seen]) -> list[list[Line]]:
    return [page.lines for page in seen]


def _seen(page: pdfium.PdfPage) -> _Seen:
    try:
        return _Seen(lines_of(page), _is_picture(page), _is_drawing(page), _is_hidden(page))
    finally:
        page.close()


def _is_scan(page: _Seen, bare: bool) -> bool:
    """A picture of a page: without text, or with what another program thought to read there.

    A text layer of characters that no script has is a font without its table of characters.
    """
    if bare:
        return page.picture or page.drawing
    return (page.picture and page.hidden) or _is_garbled(page.lines)


def _characters(lines: Sequence[Line]) -> int:
    return sum(len("".join(line.text.split())) for line in lines)


def _is_garbled(lines: Sequence[Line]) -> bool:
    text = "".join("".join(line.text.split()) for line in lines)
    strange = sum(unicodedata.category(char) in ("Co", "Cn", "Cc") for char in text)
    return strange * 3 > len(text)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures fill most of the page: one, or the strips that a scanner cut it into."""
    width, height = page.get_size()
    area = 0.0
    page_area = float(width * height)
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        area += max(float(right - left), 0.0) * max(float(top - bottom), 0.0)
    return area > _SCAN_SHARE * page_area


def _is_drawing(page: pdfium.PdfPage) -> bool:
    """Whether there is so much drawn that it may be type turned into outlines."""
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    return any(number >= _MANY_PATHS for number, _ in enumerate(paths))


def _is_hidden(page: pdfium.PdfPage) -> bool:
    """Whether all text lies unseen over the picture, as programs for recognition put it there."""
    modes = [
        raw.FPDFTextObj_GetTextRenderMode(text.raw)
        for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    ]
    unseen = raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return bool(set(modes) == {unseen})


def _drawn(page: pdfium.PdfPage) -> Any:
    try:
        longer = max(*page.get_size(), 1.0)
        bitmap = page.render(scale=min(_DPI / 72, _LONGEST / longer))
        return bitmap.to_numpy()[:, :, :3].copy()
    finally:
        page.close()
