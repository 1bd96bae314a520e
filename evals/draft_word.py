"""A .docx against GB/T 9704-2012, read from the file's own XML."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS = 56.6929  # a millimetre
_PAGE = {"w": 210, "h": 297}
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_FACES = {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"}


def faults(path: Path) -> list[str]:
    """What does not follow the standard; empty where all does."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        names = package.namelist()
        footers = [package.read(n).decode() for n in names if re.match(r"word/footer\d", n)]
        settings = package.read("word/settings.xml").decode()
        styles = package.read("word/styles.xml").decode()
    found = [fault for section in body.iter(f"{_W}sectPr") for fault in _section(section)]
    found += _faces(body) + _lines(styles)
    if "evenAndOddHeaders" not in settings:
        found.append("奇偶页页码没有分开")
    if sum("PAGE" in footer and "—" in footer for footer in footers) < 2:
        found.append("页码不是“— 1 —”")
    if 'w:eastAsia="zh-CN"' not in styles:
        found.append("没有注明中文")
    return found


def _section(section: object) -> list[str]:
    found = []
    size = section.find(f"{_W}pgSz")  # type: ignore[attr-defined]
    margins = section.find(f"{_W}pgMar")  # type: ignore[attr-defined]
    grid = section.find(f"{_W}docGrid")  # type: ignore[attr-defined]
    for side, want in _PAGE.items():
        if abs(int(size.get(_W + side)) / _TWIPS - want) > 0.6:
            found.append(f"纸张 {side} 不是 {want} 毫米")
    for side, want in _MARGINS.items():
        if abs(int(margins.get(_W + side)) / _TWIPS - want) > 0.6:
            found.append(f"页边 {side} 不是 {want} 毫米")
    height = 297 - _MARGINS["top"] - _MARGINS["bottom"]
    pitch = int(grid.get(_W + "linePitch")) if grid is not None else 0
    if not pitch or int(height * _TWIPS / pitch) != 22:
        found.append("每页不是 22 行")
    return found


def _faces(body: object) -> list[str]:
    """Each run names its Chinese face, and none but the standard's."""
    faces = {
        fonts.get(_W + "eastAsia")
        for fonts in body.iter(f"{_W}rFonts")  # type: ignore[attr-defined]
    }
    strange = sorted(str(face) for face in faces - _FACES)
    return [f"字体不合规定：{'、'.join(strange)}"] if strange else []


def _lines(styles: str) -> list[str]:
    normal = re.search(r'w:styleId="Normal".*?</w:style>', styles, re.S)
    exact = normal and re.search(r'w:line="57[89]"', normal.group()) and "exact" in normal.group()
    return [] if exact else ["正文行距不是固定值"]
