"""Blocks of text and tables, and how they become one ``Source`` with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.read.grid import Grid
from index.types import Source, Span, Table

Block = str | Grid

_NEWLINES = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Invisible: controls other than tab and newline, zero widths, directions, soft hyphen, BOM.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def normalise(text: str) -> str:
    """Newlines to LF, Unicode spaces to a plain one, invisible characters out; nothing else."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", _NEWLINES.sub("\n", text)))


@dataclass(frozen=True, slots=True)
class _Piece:
    lines: tuple[str, ...]
    header_rows: int = 0


def assemble(
    blocks: Iterable[Block],
    title: str | None = None,
    front: Mapping[str, object] | None = None,
    scanned: bool = False,
) -> Source:
    """One line a paragraph and a table row; the spans of a table's rows stand in the text."""
    lines: list[str] = []
    tables: list[Table] = []
    length = 0
    for piece in map(_piece, blocks):
        rows = []
        for line in piece.lines:
            if piece.header_rows:
                rows.append(Span(length, length + len(line)))
            lines.append(line)
            length += len(line) + 1
        if rows:
            tables.append(Table(tuple(rows), min(piece.header_rows, len(rows))))
    name = " ".join(normalise(title).split()) if title else None
    return Source("\n".join(lines), tuple(tables), dict(front or {}), name or None, scanned)


def _piece(block: Block) -> _Piece:
    if isinstance(block, Grid):
        rows = tuple("\t".join(map(flat, row)) for row in block.rows)
        return _Piece(tuple(row for row in rows if row.strip()), block.header_rows)
    return _Piece(tuple(normalise(block).split("\n")))


def flat(cell: str) -> str:
    """A cell on one line, with no tab of its own."""
    return " ".join(normalise(cell).split())
