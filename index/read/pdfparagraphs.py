"""Lines of a PDF, joined into the paragraphs that they were broken from."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence

from index.read.pdflines import Line

_OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零\d]+[章节条]|"
    r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|——|附件|注[:：]"
)
_ENDS = re.compile(r"[。！？；：:”）)]$")
_ENTRY = re.compile(r"[.…·．]{3}\s*\d{1,3}$")
_WORD = re.compile(r"[A-Za-z0-9,.;%)]$")
_WORD_START = re.compile(r"[A-Za-z0-9(]")


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Paragraphs over all pages; a table row and a short line stand alone."""
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    full = _margins(pages)
    current = ""
    before: tuple[int, Line] | None = None
    for number, line in lines:
        if before and current and _goes_on(before, (number, line), full):
            current = _joined(current, line.text)
        else:
            if current:
                yield current
            current = line.text
        before = (number, line)
    if current:
        yield current


def _margins(pages: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Left and right edge of the running text of each page."""
    everything = [line for page in pages for line in page if line.cells == 1]
    whole = _edges(everything)
    return [_edges(page) if len(page) >= 12 else whole for page in pages]


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    running = [line for line in lines if line.cells == 1]
    if not running:
        return 0.0, 0.0
    longest = sorted(line.right for line in running)
    right = longest[int(len(longest) * 0.9)]
    wide = [line.left for line in running if line.right > 0.9 * right]
    return (statistics.median_low(wide) if wide else running[0].left), right


def _goes_on(
    before: tuple[int, Line], here: tuple[int, Line], margins: Sequence[tuple[float, float]]
) -> bool:
    (page, last), (next_page, line) = before, here
    if last.cells > 1 or line.cells > 1 or abs(last.size - line.size) > 0.2 * line.size:
        return False
    _, right = margins[page]
    next_left, _ = margins[next_page]
    if _ENTRY.search(last.text) or (_OPENING.match(line.text) and _ENDS.search(last.text)):
        return False
    if page == next_page and line.base > last.base + line.size:
        # The head of the next column: its margins are not those of the page.
        return not _ENDS.search(last.text)
    full = last.right >= right - 2.1 * last.size
    indented = line.left > next_left + 1.2 * line.size
    parted = page == next_page and last.base - line.base > 3.2 * line.size
    return full and not indented and not parted


def _joined(text: str, more: str) -> str:
    if text.endswith("-") and re.search(r"[a-z]-$", text) and re.match("[a-z]", more):
        return text[:-1] + more
    space = (
        " "
        if _WORD.search(text)
        and _WORD_START.match(more)
        and re.search(r"[A-Za-z]", text[-1] + more[0])
        else ""
    )
    return text + space + more
