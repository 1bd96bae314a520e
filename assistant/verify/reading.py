"""A text with its figures and times found once, and the stretches around them.

Text is ``wording.plain``; positions are in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.period import Period, periods
from index.quantity import DOCUMENT_NUMBER, HOLE, TITLE, Quantity, quantities
from index.types import Span

SENTENCE_END = "。!?\n"
PART_END = SENTENCE_END + ";"
SEGMENT_END = PART_END + ",:、()"
_NOT_SIGN = re.compile(r"[^\ue300-\ue3ff]")
FROM = re.compile(r"(?:由|从|自)$")
_BASE_BEFORE = re.compile(r"(?:比|较|相比|相较|同比)(?:于|上年)?$")
_BASE_AFTER = re.compile(r"(?:相比|基础上|为基数|为基期)")


@dataclass(frozen=True, slots=True)
class When:
    """A time as it is compared: two spellings of one time are equal."""

    by: str | None = None
    since: str | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    every: str | None = None
    years: float | None = None
    days: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its figures and times found once; ``raw`` still has the names of documents."""

    raw: str
    text: str
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]


@lru_cache(maxsize=2048)
def reading(text: str) -> Reading:
    clear = without_names(text)
    times = periods(clear)
    return Reading(text, clear, quantities(clear), times)


def without_names(text: str) -> str:
    """Titles and document numbers are blanked: their figures are names; signs of titles stay."""
    for pattern in (TITLE, DOCUMENT_NUMBER):
        text = pattern.sub(lambda m: _NOT_SIGN.sub(HOLE, m[0]), text)
    return text


def when(read: Reading, period: Period, year: str | None = None) -> When:
    edge = period.edge.replace("之前", "前").replace("以前", "前").replace("末", "底")
    # 到2020年底 and 2020年底前 are one day; 2020年前 is the day before the year begins.
    edge = {"底前": "底", "期间": "", "内": "", "起": "", "期底": "底"}.get(edge, edge)
    shown = period.span.of(read.text)
    # 次年4月 is not 当年4月, and ten working days are not ten days.
    edge += "".join(re.findall(r"^(?:当年|次年|明年)|工作日", shown))
    if period.days:
        # 每年3月底前 is not 每年3月初前.
        edge += "".join(re.findall(r"(?<=月)[底末初]|[上中下]旬", shown))
    return When(
        by=period.by or (year if period.month else None),
        since=period.since,
        month=period.month,
        day=period.day,
        edge=edge,
        every=period.every,
        years=period.years,
        days=period.days,
    )


def stretch(text: str, span: Span, ends: str) -> Span:
    """The part of ``text`` around ``span`` that ``ends`` delimit."""
    start = max((text.rfind(c, 0, span.start) for c in ends), default=-1) + 1
    stops = [at for c in ends if (at := text.find(c, span.end)) >= 0]
    return Span(start, min(stops, default=len(text)))


def is_base(read: Reading, period: Period) -> bool:
    """The year that a change is counted from: 比2016年降低, 由2014年的0.68%提高."""
    before, after = read.text[: period.span.start], read.text[period.span.end :]
    if _BASE_AFTER.match(after.lstrip("末底度年")):
        return True
    if _BASE_BEFORE.search(before):
        return True
    return bool(FROM.search(before)) and after.startswith("的")


def binds(read: Reading, period: Period) -> bool:
    return period.kind != "recurring" and not is_base(read, period)


def words_of(read: Reading, span: Span, without: Quantity | None, figures: bool = True) -> str:
    """The words of a stretch: times left out, other figures in one spelling or left out too."""
    out, at = [], span.start
    cuts: list[tuple[Span, str]] = [(p.span, "") for p in read.periods]
    for q in read.quantities:
        plainly = q is without or not figures
        shown = "|" if plainly else f"{q.base_value:g}{q.base_unit.removesuffix('元')}"
        cuts.append((q.number if q.unit == "" and q.kind != "percent" else q.span, shown))
    for cut, shown in sorted(cuts, key=lambda c: c[0]):
        if cut.start >= at and cut.end <= span.end:
            out += [read.text[at : cut.start], shown]
            at = cut.end
    return "".join([*out, read.text[at : span.end]])


def any_figure(read: Reading, start: int, end: int) -> bool:
    return any(start <= q.span.start < end for q in read.quantities)
