"""Lines of a PDF, joined into the paragraphs that they were broken from."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.read.assemble import Block
from index.read.grid import run_on
from index.read.pdfglyphs import Line

_OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零\d]+[章节条]|"
    r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|——|附件|注[:：]"
)
_ENDS = re.compile(r"[。！？；：:”）)]$")
# A quotation mark holds on to both its neighbours (Unicode line breaking, class QU).
_GLUED = re.compile(
    r"[“”‘’]|[（(《〔\[].|.[）)》〕\]，。、；：！？%％]|[)）〕\]][!-~]|[!-~]{2}|\d.", re.S
)
_LONGEST_WORD, _CLEARANCE = 16, 0.5
_MARK = re.compile(r"\s*(?:[\[〔]?\d{1,2}[\]〕]?|[①-⑳*])\s*(?=[^\s\d.．、年月%％])")
_ENTRY = re.compile(r"[.…·．]{3}\s*\d{1,3}$")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Left and right edge of the text of each column; whether paragraphs are indented."""

    edges: dict[tuple[int, int], tuple[float, float]]
    indented: bool


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """Paragraphs and tables over all pages; a table row and a short line stand alone."""
    bodies, notes = _without_notes(pages)
    lines = [(number, line) for number, page in enumerate(bodies) for line in page]
    layout = _layout(bodies)
    paragraph: list[Block] = []
    waiting: list[str] = []
    for place, (number, line) in enumerate(lines):
        before = lines[place - 1] if place else None
        if before and paragraph and _goes_on(before, (number, line), layout):
            paragraph = [run_on(str(paragraph[0]), line.text)]
        else:
            # A note waits for the end of the paragraph, which the foot of the page may cut.
            yield from (*paragraph, *waiting)
            waiting = []
            paragraph = list(line.table or (line.text,))
        if place + 1 == len(lines) or lines[place + 1][0] != number:
            waiting += notes[number]
    yield from (*paragraph, *waiting)


def _without_notes(
    pages: Sequence[Sequence[Line]],
) -> tuple[list[Sequence[Line]], list[list[str]]]:
    """The pages' text, and their footnotes: small lines at the foot that begin with a mark."""
    sizes = [line.size for page in pages for line in page for _ in line.text]
    body = statistics.median(sizes) if sizes else 0.0
    texts: list[Sequence[Line]] = []
    notes: list[list[str]] = []
    for page in pages:
        end = len(page)
        while end and page[end - 1].size < 0.9 * body and page[end - 1].top > 0.4:
            end -= 1
        if end == len(page) or not end or not _MARK.match(page[end].text):
            end = len(page)
        texts.append(page[:end])
        notes.append(_notes(page[end:]))
    return texts, notes


def _notes(lines: Sequence[Line]) -> list[str]:
    written: list[str] = []
    for line in lines:
        if found := _MARK.match(line.text):
            written.append(line.text[found.end() :])
        else:
            written[-1] = run_on(written[-1], line.text)
    return [f"（注：{note}）" for note in written]


def _layout(pages: Sequence[Sequence[Line]]) -> _Layout:
    columns: dict[tuple[int, int], list[Line]] = {}
    for number, page in enumerate(pages):
        for line in page:
            columns.setdefault((number, line.column), []).append(line)
    whole = _edges([line for (_, column), lines in columns.items() if not column for line in lines])
    edges = {
        place: _edges(lines) if place[1] or len(lines) >= 12 else whole
        for place, lines in columns.items()
    }
    begun = [
        line.left > edges[place][0] + line.size
        for place, lines in columns.items()
        for before, line in itertools.pairwise(lines)
        if _ENDS.search(before.text)
        and before.right < edges[place][1] - 3 * before.size
        # Headings may stand at the margin where paragraphs do not.
        and not _OPENING.match(line.text)
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
    if line.left > layout.edges[next_page, line.column][0] + 1.2 * line.size:
        return False
    below = page == next_page and last.column == line.column
    if below and last.base - line.base > 3.2 * line.size:
        return False
    broken = layout.indented and not finished and not _OPENING.match(line.text)
    room = 0.0 if finished else 1.1 * _glued(line.text) * line.size
    return _is_full(last, layout.edges[page, last.column], broken, room)


def _glued(text: str) -> float:
    """The width, in ems, of what no printer parts at the head of a line: 〔2016〕28, 造”工."""
    width = _CLEARANCE
    for before, char in itertools.pairwise(f"\n{text[:_LONGEST_WORD]}"):
        if width > _CLEARANCE and not _GLUED.search(before + char):
            return width
        width += 0.5 if char.isascii() else 1.0
    return width


def _is_full(line: Line, edges: tuple[float, float], broken: bool, room: float) -> bool:
    """Whether the line ran on to the margin, or as near as the next ``room`` let it.

    Where paragraphs are indented, a line that is not and follows an unfinished sentence goes on
    with it, even if the line before was set narrower than the page.
    """
    left, right = edges
    if line.left > (left + right) / 2:
        # A signature or a date, set to the right.
        return False
    flush = line.left <= left + 3 * line.size
    if broken and flush and line.right >= left + 0.65 * (right - left):
        return True
    return line.right >= right - max(2.1 * line.size, room)
