"""OFD (GB/T 33190), where the package ofdkit is installed."""

from __future__ import annotations

import importlib
import importlib.util
import io
from typing import Any

from index.errors import ReadError
from index.read.assemble import assemble
from index.read.package import check_package
from index.types import Source


def read_ofd(data: bytes) -> Source:
    if importlib.util.find_spec("ofdkit") is None:
        raise ReadError("未安装 OFD 阅读组件；请安装 ofdkit，或用阅读器另存为 PDF、docx 再导入")
    check_package(data)
    ofdkit: Any = importlib.import_module("ofdkit")
    with ofdkit.open(io.BytesIO(data)) as document:
        pages = [str(page.text()) for page in document.pages]
    if not any(page.strip() for page in pages):
        raise ReadError("OFD 没有文字层（可能是扫描件）；请先用文字识别（OCR）软件转换")
    return assemble(pages)
