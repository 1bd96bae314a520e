"""By which year a figure is due: by its sentence, by one before it, or by the schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.passage import SCHEDULE, Passage, Piece
from index.period import Period
from index.quantity import Quantity

# 比2016年降低, 从2014年的0.68%, 在2015年基础上: years that something is measured against.
_AGAINST_BEFORE = re.compile(r"(?:比|较|相比|相对于?|以|自|对比)(?:全[省市县国])?$")
_AGAINST_FROM = re.compile(r"(?:从|由|在|将|是|为)$")
_AGAINST_AFTER = re.compile(
    r"^(?:末|底)?(?:的?基础|的?水平上|为基|的\s?\d|的\s?[\d.一二两三四五六七八九十]+倍|相比|\s?[\d.]+%?(?:提|增|上|下|降))"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    place: int
    sentence: int
    by: str | None


class Years:
    """The years that a passage sets, in reading order."""

    def __init__(self, passage: Passage, inherited: str | None) -> None:
        self._passage = passage
        self._inherited = inherited
        self._marks = [
            _Mark(t.span.start, _sentence(passage, t), t.by if t.binds else None)
            for t in passage.times
            if _sets(passage, t)
        ]
        self._numbered = _numbered_lines(passage)

    def due(self, q: Quantity, piece: Piece, yearly: bool) -> str | None:
        """The year for a figure; what recurs each year keeps only a year of its own sentence."""
        earlier = [m for m in self._marks if m.place < q.number.start]
        own = [m for m in earlier if m.sentence == piece.sentence]
        if own and (shared := self._shared(q, piece, own)):
            return shared
        if own:
            return own[-1].by or (None if yearly else self._scheduled(piece))
        if yearly:
            return None
        opening = max((start for start in self._numbered if start <= piece.start), default=-1)
        carried = [m for m in earlier if m.place >= opening and m.by]
        if carried:
            return carried[-1].by
        lead = self._lead_in(opening)
        return lead or self._inherited or self._after(q, piece) or self._scheduled(piece)

    def _shared(self, q: Quantity, piece: Piece, own: list[_Mark]) -> str | None:
        """到2022年和2025年分别达到60%和90%: a year for each figure of the list."""
        text = self._passage.text
        if "分别" not in text[piece.start : q.number.start]:
            return None
        last = own[-1]
        years = [m.by for m in own if re.fullmatch(r"[^,;。]*", text[m.place : last.place])]
        figures = [
            o
            for o in self._passage.quantities
            if last.place < o.number.start < piece.end and o.kind == q.kind
        ]
        if len(years) < 2 or len(years) != len(figures) or q not in figures:
            return None
        return years[figures.index(q)]

    def _lead_in(self, opening: int) -> str | None:
        """到2025年实现以下目标：, the line in front of numbered lines."""
        text = self._passage.text
        for mark in reversed(self._marks):
            if mark.place < opening and mark.by:
                end = text.find("\n", mark.place)
                return mark.by if text[:end].rstrip().endswith(":") else None
        return None

    def _after(self, q: Quantity, piece: Piece) -> str | None:
        """达到60%(到2020年): a year behind the figure in its own piece."""
        for mark in self._marks:
            if q.span.end <= mark.place < piece.end + 12 and mark.sentence == piece.sentence:
                return mark.by if mark.place < piece.end else None
        return None

    def _scheduled(self, piece: Piece) -> str | None:
        """A line without a year (退出任务：…) is due when the schedule (时间节点：…) ends."""
        if not piece.label or SCHEDULE.search(piece.label):
            return None
        lines = {p.line for p in self._passage.pieces if SCHEDULE.search(p.label)}
        ends = [
            m.by
            for m in self._marks
            if m.by
            and any(p.line in lines and p.start <= m.place < p.end for p in self._passage.pieces)
        ]
        return max(ends, default=None)


def _sentence(passage: Passage, time: Period) -> int:
    return passage.piece_at(time.span.start).sentence


def _sets(passage: Passage, time: Period) -> bool:
    """Whether a time expression says when; dates of issue and years of comparison do not."""
    if time.kind == "within":
        return (time.years or 0) >= 1 and time.edge != ""
    if time.kind == "date" or not time.binds:
        return False
    return not is_comparison(passage.text, time)


def is_comparison(text: str, time: Period) -> bool:
    before, after = text[: time.span.start], text[time.span.end :]
    if _AGAINST_BEFORE.search(before):
        return True
    if re.search(r"[与和同]$", before) and re.match(r".{0,6}?(?:相比|持平|相当|比)", after):
        return True
    return bool(_AGAINST_FROM.search(before) and _AGAINST_AFTER.search(after))


def _numbered_lines(passage: Passage) -> tuple[int, ...]:
    starts = [0, *(m.end() for m in re.finditer("\n", passage.text))]
    return tuple(s for s in starts if s and passage.line_is_numbered(s))
