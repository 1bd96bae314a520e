"""What a page carries beside its text: its number, the table of contents, a table's seam."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.read.assemble import Block
from index.read.grid import Grid, run_on

Row = tuple[str, ...]

_PAGE_NUMBER = re.compile(r"[-—–－─]\s?\d{1,3}\s?[-—–－─]")
_CONTENTS = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"[\s.．…·]*(?:\d{1,4}|[ivxIVX]{1,6})?$")
_DOTS = re.compile(r"\s*[.．…·]{3,}[\s.．…·]*\d{0,4}$")
_FINISHED = re.compile(r"[。！？；：:;”）)》]$")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|第[一二三四五六七八九十百\d]+[编章节条]|——|附"
)
_FEWEST_ENTRIES = 3
_ORDINAL = re.compile(r"[（(]?[\dⅠ-ⅿ一二三四五六七八九十]+[)）.、]?")


def furnished(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a paged document without the furniture of its pages."""
    return _rejoined(_without_contents(_without_page_numbers(blocks)))


def _without_page_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Page numbers that a conversion left in the text go; the sentence that they cut is whole."""
    kept: list[Block] = []
    cut = False
    for block in blocks:
        if isinstance(block, str) and _PAGE_NUMBER.fullmatch(block.strip()):
            cut = True
            continue
        before = kept[-1] if kept else ""
        if cut and _runs_on(before, block):
            kept[-1] = f"{before}{block}"
        else:
            kept.append(block)
        cut = False
    return kept


def _runs_on(before: Block, after: Block) -> bool:
    if not isinstance(before, str) or not isinstance(after, str) or len(before) < 20:
        return False
    return not _FINISHED.search(before) and not _NUMBERED.match(after)


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    """A table of contents names every heading a second time and says nothing."""
    for start, block in enumerate(blocks):
        if isinstance(block, str) and _CONTENTS.fullmatch(block.strip()):
            end = _contents_end(blocks, start + 1)
            return [*blocks[:start], *blocks[end:]] if end else list(blocks)
    return list(blocks)


def _contents_end(blocks: Sequence[Block], start: int) -> int:
    """Where the entries end that come back below as lines; 0 where there are none."""
    later: dict[str, int] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            later[_entry(block)] = number
    end, entries = start, 0
    for number in range(start, len(blocks)):
        block = blocks[number]
        if not isinstance(block, str):
            break
        entry = _entry(block)
        following = blocks[number + 1] if number + 1 < len(blocks) else ""
        if entry and later[entry] == number and not _led(block, following):
            break
        end = number + 1
        entries += bool(entry)
    return end if entries >= _FEWEST_ENTRIES else 0


def _led(line: str, following: Block) -> bool:
    """Whether dots lead from the line to its page number."""
    dots = following if isinstance(following, str) else ""
    return bool(_DOTS.search(line) or _DOTS.match(dots))


def _entry(line: str) -> str:
    return "".join(_LEADER.sub("", line.strip()).split())


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """A table that was cut at the end of a page is one table."""
    kept: list[Block] = []
    for block in blocks:
        before = kept[-1] if kept else ""
        if isinstance(before, Grid) and isinstance(block, Grid) and _continues(before, block):
            kept[-1] = _one_table(before, block)
        else:
            kept.append(block)
    return kept


def _one_table(before: Grid, after: Grid) -> Grid:
    head = before.rows[: before.header_rows]
    rows = after.rows[len(head) :] if after.rows[: len(head)] == head else after.rows
    if rows and _is_rest(before.rows[-1], rows[0]):
        whole = tuple(map(run_on, before.rows[-1], rows[0]))
        return Grid((*before.rows[:-1], whole, *rows[1:]), before.header_rows)
    return Grid(before.rows + rows, before.header_rows)


def _is_rest(row: Row, rest: Row) -> bool:
    """Whether a page cut one row in two: what follows only goes on with cells begun before it."""
    begun = [cell.strip() for cell, more in zip(row, rest, strict=True) if more.strip()]
    if rest[0].strip() or not begun or not all(begun):
        return False
    few = len(begun) * 2 < sum(bool(cell.strip()) for cell in row)
    return few or any(not re.search(r"[。；！]$", cell) for cell in begun)


def _continues(before: Grid, after: Grid) -> bool:
    if len(before.rows[0]) != len(after.rows[0]):
        return False
    if after.rows[: before.header_rows] == before.rows[: before.header_rows]:
        return True
    if _is_rest(before.rows[-1], after.rows[0]):
        return True
    cells = [cell for cell in after.rows[0] if cell.strip()]
    figures = sum(bool(re.search(r"\d", cell)) for cell in cells)
    return figures * 2 > len(cells) or bool(_ORDINAL.fullmatch(after.rows[0][0].strip()))
