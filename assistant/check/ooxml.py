"""Word paragraphs as text with places: find words, cut runs around them, comment and suggest.

Runs are split where words begin and end; everything else in the file stays as it is. What was
deleted in tracked changes is no text, what was inserted is.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
Node: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Signature:
    """Who suggests, and when."""

    author: str
    when: str

    @classmethod
    def now(cls, author: str) -> Signature:
        return cls(author, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One ``w:t`` with its place in the paragraph's text."""

    node: Node
    start: int
    end: int


def pieces(paragraph: Node) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for node in _texts(paragraph):
        length = len(node.text or "")
        found.append(Piece(node, at, at + length))
        at += length
    return found


def _texts(node: Node) -> Iterator[Node]:
    for child in node:
        if child.tag == f"{W}t":
            yield child
        elif child.tag not in _GONE and child.tag != f"{W}p":
            yield from _texts(child)


def text_of(paragraph: Node) -> str:
    return "".join(piece.node.text or "" for piece in pieces(paragraph))


def squeezed(text: str) -> tuple[str, list[int]]:
    """Half width without white space, and for every character where it came from."""
    kept: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        for plain in re.sub(r"\s+", "", unicodedata.normalize("NFKC", char)):
            kept.append(plain)
            origin.append(i)
    return "".join(kept), origin


def find(paragraph: Node, words: str, occurrence: int = 0) -> tuple[int, int] | None:
    """Where words stand in a paragraph, spelling of width and spaces aside."""
    wanted, _ = squeezed(words)
    text, origin = squeezed(text_of(paragraph))
    at = -1
    for _ in range(occurrence + 1):
        at = text.find(wanted, at + 1)
        if at < 0:
            return None
    return (origin[at], origin[at + len(wanted) - 1] + 1) if wanted else None


def isolate(paragraph: Node, start: int, end: int) -> list[Node]:
    """The runs that hold exactly the characters from start to end."""
    _split(paragraph, start)
    _split(paragraph, end)
    runs: list[Node] = []
    for piece in pieces(paragraph):
        run = _run_of(piece.node)
        inside = start <= piece.start and piece.end <= end and piece.start < piece.end
        if inside and run is not None and run not in runs:
            runs.append(run)
    return runs


def _run_of(node: Node) -> Node | None:
    parent = node.getparent()
    return parent if parent is not None and parent.tag == f"{W}r" else None


def _split(paragraph: Node, at: int) -> None:
    """Make a run begin at a place of the paragraph's text."""
    for piece in pieces(paragraph):
        run = _run_of(piece.node)
        if run is None or not piece.start <= at < piece.end:
            continue
        if at > piece.start:
            _cut_text(piece, at - piece.start)
        elif not _leads(piece.node, run):
            _move_on(run, piece.node)
        return


def _leads(node: Node, run: Node) -> bool:
    return next(child for child in run if child.tag != f"{W}rPr") is node


def _cut_text(piece: Piece, at: int) -> None:
    node, run = piece.node, _run_of(piece.node)
    assert run is not None
    text = node.text or ""
    rest = etree.Element(f"{W}t")
    rest.text = text[at:]
    rest.set(_SPACE, "preserve")
    node.text = text[:at]
    node.set(_SPACE, "preserve")
    node.addnext(rest)
    _move_on(run, rest)


def _move_on(run: Node, first: Node) -> None:
    """A second run takes over from ``first`` on, with the same formatting."""
    other = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        other.append(copy.deepcopy(properties))
    moved = [first, *first.itersiblings()]
    for child in moved:
        other.append(child)
    run.addnext(other)


def suggest(runs: list[Node], new: str, signed: Signature, revision: int) -> tuple[Node, Node]:
    """Old words struck out and new ones put behind them; only an addition where new goes on."""
    old = "".join(node.text or "" for run in runs for node in run.iter(f"{W}t"))
    properties = runs[0].find(f"{W}rPr")
    inserted = _mark("ins", signed, revision + 1)
    added = new.removeprefix(old) if new.startswith(old) else new
    inserted.append(plain_run(added, properties))
    if new.startswith(old):
        runs[-1].addnext(inserted)
        return runs[0], inserted
    if new.endswith(old):
        inserted = _mark("ins", signed, revision + 1)
        inserted.append(plain_run(new.removesuffix(old), properties))
        runs[0].addprevious(inserted)
        return inserted, runs[-1]
    strikes = [_strike(run, signed, revision) for run in runs]
    strikes[-1].addnext(inserted)
    return strikes[0], inserted


def _strike(run: Node, signed: Signature, revision: int) -> Node:
    struck = _mark("del", signed, revision)
    run.addprevious(struck)
    struck.append(run)
    for node in run.findall(f"{W}t"):
        node.tag = f"{W}delText"
        node.set(_SPACE, "preserve")
    return struck


def plain_run(text: str, properties: Node | None = None) -> Node:
    run = etree.Element(f"{W}r")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    node = etree.SubElement(run, f"{W}t")
    node.text = text
    node.set(_SPACE, "preserve")
    return run


def _mark(kind: str, signed: Signature, revision: int) -> Node:
    mark = etree.Element(f"{W}{kind}")
    mark.set(f"{W}id", str(revision))
    mark.set(f"{W}author", signed.author)
    mark.set(f"{W}date", signed.when)
    return mark


def bracket(first: Node, last: Node, comment: str) -> None:
    """Lay a comment's range around neighbouring elements."""
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    for mark in (start, end):
        mark.set(f"{W}id", comment)
    first.addprevious(start)
    last.addnext(end)
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", comment)
    end.addnext(run)


def inserted_paragraph(text: str, signed: Signature, revision: int, bold: bool = False) -> Node:
    """A paragraph that is itself a suggestion."""
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}rPr")
    properties.append(_mark("ins", signed, revision))
    inserted = _mark("ins", signed, revision + 1)
    run = plain_run(text)
    if bold:
        run.insert(0, etree.Element(f"{W}rPr"))
        etree.SubElement(run[0], f"{W}b")
    inserted.append(run)
    paragraph.append(inserted)
    return paragraph


def inserted_table(rows: list[list[str]], signed: Signature, revision: int) -> Node:
    """A ruled table whose rows are suggestions."""
    table = etree.Element(f"{W}tbl")
    properties = etree.SubElement(table, f"{W}tblPr")
    borders = etree.SubElement(properties, f"{W}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = etree.SubElement(borders, f"{W}{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(f"{W}{name}", value)
    grid = etree.SubElement(table, f"{W}tblGrid")
    longest = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    shares = [min(max(length, 4), 40) for length in longest]
    widths = [str(9000 * share // sum(shares)) for share in shares]
    for width in widths:
        etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", width)
    for i, cells in enumerate(rows):
        row = etree.SubElement(table, f"{W}tr")
        etree.SubElement(row, f"{W}trPr").append(_mark("ins", signed, revision + 2 * i))
        for text, width in zip(cells, widths, strict=True):
            cell = etree.SubElement(row, f"{W}tc")
            size = etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}tcW")
            size.set(f"{W}w", width)
            size.set(f"{W}type", "dxa")
            cell.append(inserted_paragraph(text, signed, revision + 2 * i + 1, bold=i == 0))
    return table
