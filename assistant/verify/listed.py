"""甲、乙分别达到1、2: the first figure belongs to the first name; 甲和乙均为3: to each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.verify.reading import PART_END, Reading, stretch, words_of
from index.types import Span

_AND = re.compile(
    r"以及|(?<![共饱温缓])和(?![谐平睦])|(?<!参)与(?!会)|(?<![普涉推遍])及(?![时格其第])"
)
_EACH = re.compile(
    r"(?<![年平人户月日地亩])均(?![价衡等匀])|(?<![首成古])都(?![市匀江])"
    r"|各(?=(?:为|达到?|有|建设|培育)?\d)"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The names before 分别, the places of the figures after it, and which of them is meant;
    ``inner`` are the figures that are part of a name (产值过10亿元的企业), ``lacking`` the modes
    that stand in other names and not in this one (甲增速和乙年均增速)."""

    names: tuple[str, ...]
    lacking: tuple[frozenset[str], ...]
    inner: frozenset[int]
    figures: tuple[int, ...]
    at: int


def listing(read: Reading, place: int) -> Listing | None:
    """The list with 分别 or 均 that the figure at ``place`` belongs to, if any."""
    q = read.quantities[place]
    part = stretch(read.text, q.span, PART_END)
    at = read.text.rfind("分别", part.start, q.span.start)
    figures = _series(read, at) if at >= 0 else []
    if place not in figures:
        at, figures = _each(read, part.start, q.span.start), [place]
    if at < 0:
        return None
    # 均 has as many names as the list before it; 分别 as many as figures follow.
    names = _names(read, part.start, at, len(figures) if read.text[at] == "分" else 0)
    if len(names) < 2:
        return None
    told = [span.of(read.text) for span in names]
    inner = {i for i, o in enumerate(read.quantities) if part.start <= o.span.start < at}
    shown = tuple(words_of(read, span, None) for span in names)
    lacking = tuple(_lacking(name, told) for name in told)
    return Listing(shown, lacking, frozenset(inner), tuple(figures), figures.index(place))


def _lacking(name: str, told: list[str]) -> frozenset[str]:
    shared = told[-1].partition("的")[2]
    grows = re.search("增[速幅长]", name)
    return frozenset(m for m in ("年均",) if grows and m not in name and m not in shared)


def _each(read: Reading, start: int, end: int) -> int:
    """Where 均, 都 or 各 gives one figure to each name of a list, or -1."""
    found = [m.start() for m in _EACH.finditer(read.text, start, end)]
    if not found or "," in read.text[found[-1] : end]:
        return -1
    between = any(found[-1] <= q.span.start < end for q in read.quantities)
    return -1 if between else found[-1]


def _series(read: Reading, at: int) -> list[int]:
    """The figures after 分别 that only 、 and 和 part."""
    row: list[int] = []
    for i, q in enumerate(read.quantities):
        if q.span.start < at:
            continue
        between = read.text[read.quantities[row[-1]].span.end : q.span.start] if row else ""
        if row and not re.fullmatch(r"(?:、|,|和|及|以及|与)?(?:达到|超过|为)?", between):
            break
        row.append(i)
    return row


def _names(read: Reading, start: int, at: int, count: int) -> list[Span]:
    head = read.text[start:at].rstrip(",:")
    cut = max(head.rfind(","), head.rfind(":"))
    offset = start + cut + 1
    pieces = _split(read, offset, start + len(head), re.compile("、"))
    if len(pieces) != count:
        pieces = [s for p in pieces for s in _split(read, p.start, p.end, _AND)]
    return pieces


def _split(read: Reading, start: int, end: int, mark: re.Pattern[str]) -> list[Span]:
    cuts = [m.span() for m in mark.finditer(read.text, start, end)]
    bounds = [start, *(i for cut in cuts for i in cut), end]
    return [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
