"""Deadlines of both sides: later, earlier, dropped; and how often something recurs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.passages import Umbrella
from assistant.check.types import Edit, Finding, Sentence
from index.period import Period, periods
from index.types import Span

_OFTEN = ("day", "week", "month", "quarter", "half-year", "year", "regular")
_MONTH_OF_EDGE = {"底": 12, "底前": 12, "末": 12, "末前": 12, "期间": 12, "期末": 12, "初": 1}


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with the sentence that holds it and its place in the document."""

    period: Period
    sentence: Sentence
    span: Span

    @property
    def words(self) -> str:
        start = self.sentence.span.start
        return self.sentence.text[self.span.start - start : self.span.end - start]


def timed(sentence: Sentence) -> list[Timed]:
    start = sentence.span.start
    return [
        Timed(p, sentence, Span(start + p.span.start, start + p.span.end))
        for p in periods(sentence.text)
    ]


def binding(sentence: Sentence) -> list[Timed]:
    """Times by which something is to be done: 到2020年, 2017年底前, “十三五”期间; not the year
    that a figure is compared with (比2015年下降)."""
    return [
        t
        for t in timed(sentence)
        if t.period.kind in ("deadline", "year", "range") and t.period.by and not _compared(t)
    ]


def _compared(t: Timed) -> bool:
    start = t.span.start - t.sentence.span.start
    before, behind = t.sentence.text[:start], t.sentence.text[start + len(t.words) :]
    return bool(re.search(r"[比较从由自]$", before)) and not re.match(r"底前|起?至|开始", behind)


def month_of(period: Period) -> tuple[int, int]:
    """The end of a period as (year, month)."""
    return int(period.by or 0), period.month or _MONTH_OF_EDGE.get(period.edge, 12)


def compare_deadlines(
    upper: Sentence,
    draft: Sequence[Sentence],
    others: Sequence[Sentence],
    umbrella: Umbrella,
    governs: str | None,
) -> list[Finding]:
    """One upper sentence against the draft sentences that answer it.

    ``others`` are all that answer its task: a sentence with several dates may be told in several.
    ``governs`` is a year that the draft sets above the sentences (a heading, the clause)."""
    wanted = binding(upper)
    if not wanted:
        return _recurring(upper, draft)
    found = [t for sentence in draft for t in binding(sentence)]
    if len({_months(t.period) for t in wanted}) > 1:
        found += [t for sentence in others for t in binding(sentence)]
    if found:
        moved = [f for want in wanted for f in _against(want, _nearest(want, found))]
        return moved[:1] + _recurring(upper, draft)
    want = wanted[0]
    if governs is not None:
        return _year_against(want, governs, draft)
    if umbrella.period is not None:
        return _year_against(want, umbrella.period.by or "", draft)
    quote = draft[0].text if draft else None
    span = draft[0].span if draft else None
    note = f"完成时限“{want.words}”未写"
    edit = _led_by(want, quote, span) if quote and span else None
    return [
        Finding("deadline_dropped", "fault", upper.text, quote, note, "", want.span, span, edit)
    ]


def _led_by(want: Timed, quote: str, span: Span) -> Edit:
    """The upper plan's time put in front of the draft's sentence."""
    return Edit(Span(span.start, span.start + 1), f"{want.words}，{quote[:1]}")


def _nearest(want: Timed, found: Sequence[Timed]) -> Timed:
    return min(found, key=lambda t: abs(_months(t.period) - _months(want.period)))


def _months(period: Period) -> int:
    year, month = month_of(period)
    return year * 12 + month


def _against(want: Timed, got: Timed) -> list[Finding]:
    later = _months(got.period) - _months(want.period)
    if later == 0:
        return []
    note = f"由“{want.words}”改为“{got.words}”"
    if later < 0:
        return [
            Finding(
                "deadline_earlier",
                "notice",
                want.sentence.text,
                got.sentence.text,
                f"{note}，早于上级要求",
                "exceeds",
                want.span,
                got.span,
            )
        ]
    return [
        Finding(
            "deadline_later",
            "fault",
            want.sentence.text,
            got.sentence.text,
            f"{note}，晚于上级时限",
            "",
            want.span,
            got.span,
            Edit(got.span, want.words),
        )
    ]


def _year_against(want: Timed, year: str, draft: Sequence[Sentence]) -> list[Finding]:
    if not year or int(year) <= int(want.period.by or 0):
        return []
    quote = draft[0].text if draft else None
    note = f"由“{want.words}”改为{year}年，晚于上级时限"
    return [Finding("deadline_later", "fault", want.sentence.text, quote, note, "", want.span)]


def _recurring(upper: Sentence, draft: Sequence[Sentence]) -> list[Finding]:
    """每月5日前报… against 每月10日前报…; 每月 against 每季度; 3个工作日内 against 5个."""
    for want in timed(upper):
        if want.period.kind == "recurring" and want.period.day:
            same = [t for s in draft for t in timed(s) if t.period.kind == "recurring"]
            if finding := _recurring_day(want, same, draft):
                return [finding]
        elif want.period.kind == "within" and want.period.years:
            for got in (t for s in draft for t in timed(s) if t.period.kind == "within"):
                if (got.period.years or 0) > want.period.years * 1.001:
                    return _later(want, got, "时限放宽")
    return _less_often(upper, draft)


def _recurring_day(want: Timed, same: Sequence[Timed], draft: Sequence[Sentence]) -> Finding | None:
    dated = [t for t in same if t.period.day and t.period.every == want.period.every]
    if dated:
        got = dated[0]
        month, other = want.period.month or 0, got.period.month or 0
        if (other, got.period.day or 0) > (month, want.period.day or 0):
            return _later(want, got, "晚于上级规定的日期")[0]
        return None
    rarer = [t for t in same if _rank(t.period) > _rank(want.period)]
    if rarer:
        return _later(want, rarer[0], "次数少于上级要求")[0]
    if any(t.period.every == want.period.every for t in same):
        return None
    quote = draft[0].text if draft else None
    span = draft[0].span if draft else None
    note = f"“{want.words}”的时间要求未写"
    return Finding(
        "deadline_dropped", "fault", want.sentence.text, quote, note, "", want.span, span
    )


def _less_often(upper: Sentence, draft: Sequence[Sentence]) -> list[Finding]:
    """A month's rhythm that the draft makes a quarter's."""
    for want in timed(upper):
        if want.period.kind != "recurring" or want.period.every in (None, "year", "regular"):
            continue
        same = [t for s in draft for t in timed(s) if t.period.kind == "recurring"]
        ranks = [_rank(t.period) for t in same]
        if ranks and min(ranks) > _rank(want.period):
            return _later(want, same[0], "次数少于上级要求")
    return []


def _rank(period: Period) -> int:
    return _OFTEN.index(period.every) if period.every in _OFTEN else len(_OFTEN)


def _later(want: Timed, got: Timed, why: str) -> list[Finding]:
    note = f"由“{want.words}”改为“{got.words}”，{why}"
    return [
        Finding(
            "deadline_later",
            "fault",
            want.sentence.text,
            got.sentence.text,
            note,
            "",
            want.span,
            got.span,
            Edit(got.span, want.words),
        )
    ]
