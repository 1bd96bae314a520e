"""Word documents (.docx): the text that is printed, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from index.errors import ReadError
from index.read.assemble import Block, assemble
from index.read.furniture import furnished
from index.read.grid import Cell, joined, tabulate
from index.read.html import archived_page, page_blocks
from index.read.package import Package, open_package
from index.read.wordfields import restore_breaks
from index.read.wordnumbers import Numbering, W, load_numbering
from index.read.wordtext import GONE, MC, Words, chosen, words_of
from index.secrecy import secrecy_mark
from index.types import Source

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CONTENTS = re.compile(r"(toc|目录)\s*\d*$", re.I)
_PAGE = re.compile(r"[\t.…· ]\s*(\d+|[ivxIVX]+)\s*$")


@dataclass(frozen=True, slots=True)
class _Document:
    package: Package
    relations: dict[str, tuple[str, str]]
    numbering: Numbering
    notes: dict[tuple[str, str], etree._Element]


def read_word(data: bytes, converted: bool = False) -> Source:
    """``converted``: written by LibreOffice from an older format, with its known losses."""
    package = open_package(data)
    main = _main_part(package)
    root = package.xml(main)
    if converted and root is not None:
        restore_breaks(root)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise ReadError("缺少正文部分，文件不完整；请用 Word/WPS 打开后另存再导入")
    relations = package.related(main)
    parts = {kind: target for kind, target in relations.values()}
    document = _Document(
        package,
        relations,
        load_numbering(_part(package, parts, "styles"), _part(package, parts, "numbering")),
        _notes(package, parts),
    )
    blocks = [*_marks(document), *furnished(list(_blocks(body, document)))]
    return assemble(blocks, _title(body, document))


def _main_part(package: Package) -> str:
    for kind, target in package.related("").values():
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def _part(package: Package, parts: dict[str, str], kind: str) -> etree._Element | None:
    return package.xml(parts[kind]) if kind in parts else None


def _marks(document: _Document) -> Iterator[str]:
    """Heads and feet are left out of the text, but a mark of secrecy there counts."""
    targets = {t for kind, t in document.relations.values() if kind in ("header", "footer")}
    for target in sorted(targets):
        root = document.package.xml(target)
        for line in () if root is None else _texts(_blocks(root, document)):
            if secrecy_mark("", line):
                yield line


def _notes(package: Package, parts: dict[str, str]) -> dict[tuple[str, str], etree._Element]:
    found = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = _part(package, parts, kind)
        for note in () if root is None else root.iter(f"{W}{tag}"):
            if note.get(f"{W}type", "normal") == "normal":
                found[kind, note.get(f"{W}id", "")] = note
    return found


def _title(body: etree._Element, document: _Document) -> str | None:
    for paragraph in body.iterchildren(f"{W}p"):
        if document.numbering.style_name(paragraph.find(f"{W}pPr")).lower() == "title":
            return "".join(words_of(paragraph).text) or None
    return None


def _blocks(parent: etree._Element, document: _Document) -> Iterator[Block]:
    """Paragraphs and tables below ``parent``, through every wrapper that Word puts around them."""
    carried = Words()
    for element in _children(parent):
        if element.tag == f"{W}p":
            words = words_of(element)
            words.text[:0] = carried.text
            carried = Words()
            if _mark_deleted(element):
                carried = words
                continue
            yield from _paragraph(element, words, document)
        elif element.tag == f"{W}tbl":
            yield from _table(element, document)
        elif element.tag == f"{W}altChunk":
            yield from _foreign(element, document)
    if "".join(carried.text).strip():
        yield "".join(carried.text).strip()


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl", f"{W}altChunk"):
            yield element
        elif element.tag == f"{MC}AlternateContent":
            yield from _children(chosen(element))
        elif element.tag == f"{W}sdt":
            gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is None or gallery.get(f"{W}val") != "Table of Contents":
                yield from _children(element)
        elif element.tag not in GONE:
            yield from _children(element)


def _mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end was struck out: what is left runs into the next one."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(
        marks.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


def _paragraph(
    element: etree._Element, words: Words, document: _Document, in_cell: bool = False
) -> Iterator[Block]:
    properties = element.find(f"{W}pPr")
    parts = (part.strip() for part in "".join(words.text).split("\n"))
    text = "\n".join(part for part in parts if part)
    if text and _CONTENTS.match(document.numbering.style_name(properties)) and _PAGE.search(text):
        return
    label = document.numbering.label(properties)
    if text or (in_cell and label):
        yield f"{label}{text}" if text else label.strip()
    for box in words.boxes:
        yield from _blocks(box, document)
    for key in words.notes:
        if key in document.notes:
            note = " ".join(line for line in _texts(_blocks(document.notes[key], document)))
            if note:
                yield f"（注：{note}）"


def _texts(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block.strip()
        else:
            yield from (" ".join(filter(None, row)) for row in block.rows)


def _table(table: etree._Element, document: _Document) -> list[Block]:
    rows = [_row(row, document) for row in _rows(table)]
    if any(nested for row in rows for nested in row.nested):
        # A table of tables only places things on the page.
        return [block for row in rows for blocks in row.blocks for block in blocks]
    return list(tabulate(_merged(rows)))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    blocks: tuple[list[Block], ...]
    continued: tuple[bool, ...]
    nested: tuple[bool, ...]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in GONE:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in GONE and child.tag != f"{W}trPr":
            yield from _cells(child)


def _row(row: etree._Element, document: _Document) -> _Row:
    head = row.find(f"{W}trPr/{W}tblHeader")
    header = head is not None and head.get(f"{W}val", "1") not in ("0", "false", "off")
    cells: list[Cell] = []
    blocks: list[list[Block]] = []
    continued, nested = [], []
    before = _count(row.find(f"{W}trPr/{W}gridBefore"))
    if before:
        cells.append(Cell("", before, 1, header))
        blocks.append([])
        continued.append(False)
        nested.append(False)
    for cell in _cells(row):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        content = list(_cell_blocks(cell, document))
        columns = max(_count(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
        cells.append(Cell(joined(list(_texts(iter(content)))), columns, 1, header))
        blocks.append(content)
        continued.append(merge is not None and merge.get(f"{W}val", "continue") == "continue")
        nested.append(cell.find(f"{W}tbl") is not None)
    return _Row(tuple(cells), tuple(blocks), tuple(continued), tuple(nested))


def _count(element: etree._Element | None) -> int:
    value = "0" if element is None else element.get(f"{W}val", "0")
    return min(int(value), 100) if value.isdigit() else 0


def _cell_blocks(cell: etree._Element, document: _Document) -> Iterator[Block]:
    for element in _children(cell):
        if element.tag == f"{W}p":
            yield from _paragraph(element, words_of(element), document, in_cell=True)
        elif element.tag == f"{W}tbl":
            yield from _table(element, document)


def _merged(rows: list[_Row]) -> list[list[Cell]]:
    """Cells with their true height: a cell that goes on is counted to the one it began in."""
    grid: list[list[Cell]] = []
    began: dict[int, tuple[int, int]] = {}
    for row in rows:
        kept: list[Cell] = []
        column = 0
        for cell, goes_on in zip(row.cells, row.continued, strict=True):
            if goes_on and column in began:
                y, x = began[column]
                top = grid[y][x]
                text = joined([part for part in (top.text, cell.text) if part])
                grid[y][x] = Cell(text, top.columns, top.rows + 1, top.head)
            else:
                began[column] = (len(grid), len(kept))
                kept.append(cell)
            column += cell.columns
        grid.append(kept)
    return grid


def _foreign(chunk: etree._Element, document: _Document) -> list[Block]:
    """A web page that a system put into the document whole."""
    _, target = document.relations.get(chunk.get(f"{_R}id", ""), ("", ""))
    data = document.package.read(target) or b""
    if data[:1024].lower().find(b"mime-version:") >= 0:
        data = archived_page(data)
    if b"<" not in data or data.startswith(b"PK"):
        raise ReadError("正文是嵌入的另一份文件；请用 Word/WPS 打开后另存为 .docx 再导入")
    return page_blocks(data)
