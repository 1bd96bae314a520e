"""OFD (GB/T 33190), where the package ofdkit is installed."""

from __future__ import annotations

import importlib
import importlib.util
import io
from typing import Any

from index.errors import ReadError
from index.read.assemble import assemble
from index.read.furniture import furnished
from index.read.package import check_package
from index.read.pdfglyphs import Glyph, Line
from index.read.pdflines import gathered, without_running_lines
from index.read.pdfparagraphs import paragraphs
from index.types import Source


def read_ofd(data: bytes) -> Source:
    if importlib.util.find_spec("ofdkit") is None:
        raise ReadError("未安装 OFD 阅读组件；请安装 ofdkit，或用阅读器另存为 PDF、docx 再导入")
    check_package(data)
    ofdkit: Any = importlib.import_module("ofdkit")
    try:
        with ofdkit.open(io.BytesIO(data)) as document:
            pages = [_lines(page) for page in document.pages]
    except ofdkit.OFDError as error:
        raise ReadError("OFD 不完整或已损坏；请重新下载，或用阅读器打开后另存再导入") from error
    return assemble(furnished(list(paragraphs(without_running_lines(pages)))))


def _lines(page: Any) -> list[Line]:
    """The runs of a page as lines; OFD counts downwards, in millimetres."""
    height = float(page.height)
    return gathered([_glyph(run, height) for run in page.runs if run.text.strip()], height)


def _glyph(run: Any, height: float) -> Glyph:
    """A run where its words begin: some writers indent by spaces inside it."""
    text = str(run.text)
    blank = len(text) - len(text.lstrip())
    left = run.x + run.width * blank / len(text)
    return Glyph(text.strip(), left, run.x + run.width, height - run.y, run.size, drawn=True)
