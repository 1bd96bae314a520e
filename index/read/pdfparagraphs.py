"""Lines of a PDF, joined into the paragraphs that they were broken from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.read.assemble import Block
from index.read.grid import run_on
from index.read.pdflines import Line

_OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零\d]+[章节条]|"
    r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|——|附件|注[:：]"
)
_ENDS = re.compile(r"[。！？；：:”）)]$")
_ENTRY = re.compile(r"[.…·．]{3}\s*\d{1,3}$")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Left and right edge of the running text of each page; whether paragraphs are indented."""

    edges: tuple[tuple[float, float], ...]
    indented: bool


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """Paragraphs and tables over all pages; a table row and a short line stand alone."""
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    layout = _layout(pages)
    current = ""
    for place, (number, line) in enumerate(lines):
        if line.table:
            if current:
                yield current
            yield from line.table
            current = ""
        elif current and _goes_on(lines[place - 1], (number, line), layout):
            current = run_on(current, line.text)
        else:
            if current:
                yield current
            current = line.text
    if current:
        yield current


def _layout(pages: Sequence[Sequence[Line]]) -> _Layout:
    whole = _edges([line for page in pages for line in page])
    edges = tuple(_edges(page) if len(page) >= 12 else whole for page in pages)
    begun = [
        line.left > left + line.size
        for (left, right), page in zip(edges, pages, strict=True)
        for before, line in itertools.pairwise(page)
        if _ENDS.search(before.text) and before.right < right - 3 * before.size
    ]
    return _Layout(edges, sum(begun) * 2 > len(begun))


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    running = [line for line in lines if line.cells == 1]
    if not running:
        return 0.0, 0.0
    rights = sorted(line.right for line in running)
    lefts = sorted(line.left for line in running)
    return lefts[int(len(lefts) * 0.1)], rights[int(len(rights) * 0.9)]


def _goes_on(before: tuple[int, Line], here: tuple[int, Line], layout: _Layout) -> bool:
    (page, last), (next_page, line) = before, here
    if last.cells > 1 or line.cells > 1 or abs(last.size - line.size) > 0.2 * line.size:
        return False
    finished = bool(_ENDS.search(last.text))
    if _ENTRY.search(last.text) or (_OPENING.match(line.text) and finished):
        return False
    if page == next_page and line.base > last.base + line.size:
        # The head of the next column: its margins are not those of the page.
        return not finished
    if line.left > layout.edges[next_page][0] + 1.2 * line.size:
        return False
    if page == next_page and last.base - line.base > 3.2 * line.size:
        return False
    return _is_full(last, layout.edges[page], layout.indented and not finished)


def _is_full(line: Line, edges: tuple[float, float], broken: bool) -> bool:
    """Whether the line ran on to the margin.

    Where paragraphs are indented, a line that is not and follows an unfinished sentence goes on
    with it, even if the line before was set narrower than the page.
    """
    left, right = edges
    flush = line.left <= left + 3 * line.size
    if broken and flush and line.right >= left + 0.65 * (right - left):
        return True
    return line.right >= right - 2.1 * line.size
