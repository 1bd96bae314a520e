"""Paragraphs and tables that are themselves suggestions: refused, they leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from assistant.check.ooxml import Node, Signature, W, mark, plain_run

# The indent in characters goes before the one in twentieths of a point: both must be none.
_INDENTS = ("left", "leftChars", "firstLine", "firstLineChars")
_SMALL = "21"  # 五号 in half points: five columns of 三号 would break every word
_WIDTH = 9000  # twentieths of a point between the margins of an official page


def inserted_paragraph(
    text: str, signed: Signature, revision: int, bold: bool = False, flush: bool = False
) -> Node:
    """``flush``: small from the edge on, however the file's own paragraphs are set."""
    paragraph = etree.Element(f"{W}p")
    layout = etree.SubElement(paragraph, f"{W}pPr")
    if flush:
        indent = etree.SubElement(layout, f"{W}ind")
        for name in _INDENTS:
            indent.set(f"{W}{name}", "0")
    properties = etree.SubElement(layout, f"{W}rPr")
    properties.append(mark("ins", signed, revision))
    inserted = mark("ins", signed, revision + 1)
    look = etree.Element(f"{W}rPr")
    if bold:
        etree.SubElement(look, f"{W}b")
    if flush:
        etree.SubElement(look, f"{W}sz").set(f"{W}val", _SMALL)
    run = plain_run(text, look if len(look) else None)
    inserted.append(run)
    paragraph.append(inserted)
    return paragraph


def inserted_table(
    rows: Sequence[Sequence[str]], shares: Sequence[int], signed: Signature, revision: int
) -> Node:
    """A ruled table; ``shares`` are the widths of its columns in relation to each other."""
    widths = [_WIDTH * share // sum(shares) for share in shares]
    table = etree.Element(f"{W}tbl")
    table.append(_properties())
    grid = etree.SubElement(table, f"{W}tblGrid")
    for width in widths:
        etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", str(width))
    ids = iter(range(revision, revision + revisions(rows)))
    for number, cells in enumerate(rows):
        table.append(_row(cells, widths, signed, ids, number == 0))
    return table


def revisions(rows: Sequence[Sequence[str]]) -> int:
    """How many numbers of revisions a table takes."""
    return sum(1 + 2 * len(row) for row in rows)


def _properties() -> Node:
    properties = etree.Element(f"{W}tblPr")
    _sized(etree.SubElement(properties, f"{W}tblW"), _WIDTH)
    borders = etree.SubElement(properties, f"{W}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = etree.SubElement(borders, f"{W}{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(f"{W}{name}", value)
    etree.SubElement(properties, f"{W}tblLayout").set(f"{W}type", "fixed")
    return properties


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    signed: Signature,
    ids: Iterator[int],
    head: bool,
) -> Node:
    row = etree.Element(f"{W}tr")
    properties = etree.SubElement(row, f"{W}trPr")
    etree.SubElement(properties, f"{W}cantSplit")
    if head:
        etree.SubElement(properties, f"{W}tblHeader")
    properties.append(mark("ins", signed, next(ids)))
    for text, width in zip(cells, widths, strict=True):
        cell = etree.SubElement(row, f"{W}tc")
        size = etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}tcW")
        _sized(size, width)
        first, _ = next(ids), next(ids)
        cell.append(inserted_paragraph(text, signed, first, bold=head, flush=True))
    return row


def _sized(node: Node, width: int) -> None:
    node.set(f"{W}w", str(width))
    node.set(f"{W}type", "dxa")
