"""A plan cut into lines of 28 characters and pages of 22 lines, as GB/T 9704 sets it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LINES, WIDTH = 22, 28.0
NEVER_FIRST = set("，。；：、！？）》〉”’】〕%‰～…」』,.;:!?)")
NEVER_LAST = set("（《〈“‘【〔「『(")
UNITS = re.compile(r"[0-9A-Za-z.,:/+%‰-]+(?:—\d+)?|——|……|.", re.DOTALL)
Align = Literal["body", "flat", "center", "right", "title", "mark", "rule"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one look: "" | lead | hei | kai | hole | filled; ``key`` names its 待定."""

    text: str
    look: str = ""
    key: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in lines. ``stays`` keeps it on the page of what follows."""

    lines: tuple[Line, ...]
    align: Align = "body"
    anchor: str = ""
    sources: tuple[str, ...] = ()
    stays: bool = False
    breaks: bool = False  # begins a page
    tall: int = 1  # grid lines of each line


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of a block that stand on one page."""

    block: Block
    start: int
    end: int

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.block.lines[self.start : self.end]


Page = tuple[Part, ...]


def paginate(blocks: Sequence[Block]) -> list[Page]:
    pages: list[list[Part]] = [[]]
    left = LINES
    for at, block in enumerate(blocks):
        if (block.breaks and pages[-1]) or left < needed(blocks, at):
            pages.append([])
            left = LINES
        start = 0
        while start < len(block.lines):
            if left < block.tall:
                pages.append([])
                left = LINES
            end = min(len(block.lines), start + left // block.tall)
            pages[-1].append(Part(block, start, end))
            left -= (end - start) * block.tall
            start = end
    return [tuple(page) for page in pages if page]


def needed(blocks: Sequence[Block], at: int) -> int:
    """Grid lines that must be left: a heading wants one line of what it heads."""
    block = blocks[at]
    if not block.stays:
        return block.tall
    below = needed(blocks, at + 1) if at + 1 < len(blocks) else 0
    return len(block.lines) * block.tall + below


def broken(pieces: Iterable[Piece], indent: float = 2, width: float = WIDTH) -> tuple[Line, ...]:
    """Lines as Word breaks them: no closing mark begins one, no opening mark ends one."""
    lines: list[list[Piece]] = [[]]
    used = indent
    for unit in units(pieces):
        size = measured(unit.text)
        if used + size > width and lines[-1]:
            carried = carry(lines[-1], unit)
            lines.append(carried)
            used = sum(measured(one.text) for one in carried)
        lines[-1].append(unit)
        used += size
    return tuple(tuple(joined(line)) for line in lines if line)


def units(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        for found in UNITS.finditer(piece.text):
            yield Piece(found.group(), piece.look, piece.key)


def carry(line: list[Piece], unit: Piece) -> list[Piece]:
    """What the next line takes over from this one so that both may end and begin there."""
    carried: list[Piece] = []
    first = unit
    while len(line) > 1 and (first.text[0] in NEVER_FIRST or line[-1].text[-1] in NEVER_LAST):
        first = line.pop()
        carried.insert(0, first)
    return carried


def measured(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def joined(line: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one look become one piece again."""
    held: Piece | None = None
    for piece in line:
        if held and (held.look, held.key) == (piece.look, piece.key):
            held = Piece(held.text + piece.text, held.look, held.key)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
