"""A passage cut for reading: lines, sentences, pieces between commas, items of a list.

All places are offsets in the passage; the text is half width, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.numerals import halved
from index.period import Period, periods
from index.quantity import HOLE, TITLE, Quantity, quantities_outside, without_names

_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.、)]|\([一二三四五六七八九十]+\)|——|[①-⑳])")
# 时间节点：… is a label, 2015年主要目标：… a lead-in; both end a piece.
_LABEL = re.compile(r"\s*(?:\d[.、])?\s*([^,;。:\s]{2,8}):")
SCHEDULE = re.compile(r"时间节点|时限|完成时间|时间安排|时间进度|时间要求|进度安排|完成期限")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two commas; a bracket with a figure in it is a piece of its own."""

    start: int
    end: int
    sentence: int
    line: int
    label: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """``clear`` is ``text`` with dates, titles, document numbers and quoted names blanked."""

    text: str
    clear: str
    quantities: tuple[Quantity, ...]
    times: tuple[Period, ...]
    pieces: tuple[Piece, ...]

    def piece_at(self, place: int) -> Piece:
        """The innermost piece that holds a place."""
        holding = [p for p in self.pieces if p.start <= place < p.end]
        return min(holding, key=lambda p: p.end - p.start)

    def sentence_start(self, piece: Piece) -> int:
        return min(p.start for p in self.pieces if p.sentence == piece.sentence)

    def before(self, piece: Piece) -> Piece | None:
        """The piece in front of this one, in the same sentence."""
        same = [p for p in self.pieces if p.sentence == piece.sentence and p.end <= piece.start]
        return same[-1] if same else None

    def run_start(self, q: Quantity, piece: Piece) -> int:
        """Where the list of like figures begins: at 10% in 分别减少10%、15%和20%."""
        at = q.number.start
        for other in reversed(self.quantities):
            if piece.start <= other.number.start < at and other.unit == q.unit:
                if self.text[other.span.end : at].strip(" ") not in ("、", "和", "及", "与"):
                    break
                at = other.number.start
        return at

    def times_in(self, start: int, end: int) -> tuple[Period, ...]:
        return tuple(t for t in self.times if start <= t.span.start and t.span.end <= end)

    def line_is_numbered(self, line_start: int) -> bool:
        return bool(_NUMBERED.match(self.text, line_start))


@lru_cache(maxsize=256)  # targets, deadlines and duties read the same lines one after the other
def read_passage(text: str) -> Passage:
    plain = halved(text)
    times = tuple(t for t in periods(plain) if not _in_title(plain, t))
    dated = tuple(t for t in times if t.kind != "within")
    clear = without_names(plain, dated)
    return Passage(plain, clear, quantities_outside(plain, dated), times, tuple(_pieces(plain)))


def _in_title(plain: str, time: Period) -> bool:
    """《…行动计划(2021—2025年)》 and 三年行动计划(2021—2023年) name a plan; they date nothing."""
    for title in TITLE.finditer(plain):
        if title.start() <= time.span.start < title.end():
            return True
    head = plain[: time.span.start]
    return bool(re.search(r"(?:计划|规划|方案|纲要|意见|办法|行动)\($", head))


def _pieces(plain: str) -> Iterator[Piece]:
    sentence = 0
    shielded = TITLE.sub(lambda m: HOLE * len(m[0]), plain)
    place = 0
    for number, line in enumerate(plain.split("\n")):
        label = _LABEL.match(line)
        name = label[1] if label else ""
        for start, end, closes in _cuts(shielded, place, place + len(line)):
            if plain[start:end].strip():
                yield Piece(start, end, sentence, number, name)
                yield from _inner(shielded, start, end, sentence, number, name)
            sentence += closes
        sentence += 1
        place += len(line) + 1


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether the sentence closes here), at marks outside brackets."""
    depth, since = 0, start
    for at in range(start, end):
        char = text[at]
        if char in "([〔【":
            depth += 1
        elif char in ")]〕】":
            depth = max(depth - 1, 0)
        elif char == "。" or (not depth and char in ",;:!?！？" and not _is_separator(text, at)):
            yield since, at, char in "。!?！？"
            since, depth = at + 1, 0
    if since < end:
        yield since, end, True


def _is_separator(text: str, at: int) -> bool:
    """2,292 and 10:1 are one figure."""
    near = text[at - 1 : at] + text[at + 1 : at + 4]
    if text[at] == ",":
        return bool(re.fullmatch(r"\d{4}", near)) and not text[at + 4 : at + 5].isdigit()
    return text[at] == ":" and near[:2].isdigit() and len(near) >= 2 and near[0].isdigit()


def _inner(
    text: str, start: int, end: int, sentence: int, line: int, label: str
) -> Iterator[Piece]:
    for bracket in re.finditer(r"\(([^()]*\d[^()]*)\)", text[start:end]):
        inner = start + bracket.start(1)
        for from_, to, _ in _cuts(text, inner, start + bracket.end(1)):
            if text[from_:to].strip():
                yield Piece(from_, to, sentence, line, label, inner=True)
