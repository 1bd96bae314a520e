"""A draft of any format as a .docx that comments can be written into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document as new_word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.check.wordmap import WordMap
from index.errors import ReadError
from index.read.legacy import old_word_as_docx
from index.read.sniff import sniff

CONVERTED = "草案是旧版文档，批注写在转换出的 .docx 里，版式可能与原件略有不同"
SET_ANEW = "草案不是 .docx，批注写在按其文字重排的 .docx 里，版式与原件不同"
_MOSTLY = 0.8  # share of the text that must be found in a converted file
_SIZE = 16  # points: 三号, the size of an official text
_DRESS = (
    ("Normal", "仿宋", _SIZE),
    ("Heading 1", "方正小标宋简体", 22),
    ("Heading 2", "黑体", _SIZE),
)


def as_word(data: bytes, suffix: str, text: str) -> tuple[bytes, str]:
    """The .docx, and what is to be said about it where it is not the county's own file."""
    kind = kind_of(data, suffix)
    if kind == "docx":
        return data, ""
    if kind == "doc" and (converted := _converted(data, suffix.lower(), text)):
        return converted, CONVERTED
    return set_anew(text), SET_ANEW


def kind_of(data: bytes, suffix: str) -> str:
    """What a file is; "" where only its text is known."""
    try:
        return sniff(data, suffix.lower())
    except ReadError:
        return ""


def _converted(data: bytes, suffix: str, text: str) -> bytes | None:
    """None where the conversion fails, or runs the paragraphs of a template's fields together."""
    try:
        made = old_word_as_docx(data, suffix)
    except ReadError:  # it could be read otherwise: then its text can be set anew
        return None
    if made is None or WordMap(new_word(BytesIO(made)).element.body, text).known < _MOSTLY:
        return None
    return made


def set_anew(text: str) -> bytes:
    """The text as it was read: a paragraph a line, a table where lines have cells."""
    document = dressed()
    lines = [line for line in text.split("\n") if line.strip()]
    for cells, group in groupby(lines, key=lambda line: line.count("\t") + 1):
        some = list(group)
        if cells == 1:
            for line in some:
                document.add_paragraph(line.strip())
        else:
            _table(document, some, cells)
    if document.paragraphs:
        document.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.paragraphs[0].paragraph_format.first_line_indent = Pt(0)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def dressed() -> Any:
    """An empty document in the letters of an official text."""
    document = new_word()
    for name, letters, size in _DRESS:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = letters, Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in list(fonts.attrib):  # a theme's fonts would win
            del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(script), letters)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 6)
    document.styles["Normal"].paragraph_format.first_line_indent = Pt(2 * _SIZE)
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Heading 1"].paragraph_format.first_line_indent = Pt(0)
    return document


def _table(document: Any, lines: Sequence[str], width: int) -> None:
    table = document.add_table(0, width, style="Table Grid")
    for line in lines:
        for cell, words in zip(table.add_row().cells, _cells(line), strict=True):
            cell.text = words
            cell.paragraphs[0].paragraph_format.first_line_indent = Pt(0)


def _cells(line: str) -> Iterator[str]:
    for words in line.split("\t"):
        yield words.strip()
