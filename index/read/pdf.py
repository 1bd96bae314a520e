"""PDF with a text layer: its lines in reading order, joined into paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import ReadError
from index.read.assemble import assemble
from index.read.furniture import furnished
from index.read.pdfglyphs import Line
from index.read.pdflines import lines_of, without_running_lines
from index.read.pdfparagraphs import paragraphs
from index.types import Source

_FEWEST_CHARACTERS = 30
_SCAN_SHARE = 0.5
_BROKEN = "PDF 不完整或已损坏；请重新下载，或用阅读器打开后另存再导入"


def read_pdf(data: bytes) -> Source:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("文件设有打开密码；请去掉密码后另存再导入") from error
        raise ReadError(_BROKEN) from error
    try:
        return _read(document)
    except pdfium.PdfiumError as error:
        raise ReadError(_BROKEN) from error
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> Source:
    pages: list[list[Line]] = []
    pictures: list[bool] = []
    for page in document:
        try:
            pages.append(lines_of(page))
            pictures.append(_is_picture(page))
        finally:
            page.close()
    kept = without_running_lines(pages)
    bare = [_characters(page) < _FEWEST_CHARACTERS for page in kept]
    scans = [thin and picture for thin, picture in zip(bare, pictures, strict=True)]
    if not any(map(_characters, kept)) or sum(scans) * 2 > len(scans):
        raise ReadError(
            "PDF 是扫描件，没有文字层；请先用文字识别（OCR）软件转换，或向发文单位索取电子版"
        )
    return assemble(furnished(list(paragraphs(kept))), scanned=any(scans))


def _characters(lines: Sequence[Line]) -> int:
    return sum(len("".join(line.text.split())) for line in lines)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether one picture fills most of the page."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _SCAN_SHARE * width * height:
            return True
    return False
