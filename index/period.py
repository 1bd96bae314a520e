"""Time expressions in administrative Chinese, with their place and what they bind to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from index.numerals import CHINESE, halved, numeral_value
from index.types import Span

Kind = Literal["deadline", "year", "range", "within", "since", "recurring", "date"]
Every = Literal["year", "half-year", "quarter", "month", "week", "day", "regular"]


@dataclass(frozen=True, slots=True)
class Period:
    """``by`` is the last year that the expression covers ("2020"), None where it states none;
    ``since`` the first one of a range; ``edge`` says how the end is meant (底, 前, 底前, 初, 期间).
    ``days`` holds every (month, day) of a recurring date (每年6月5日、12月5日前)."""

    kind: Kind
    span: Span
    by: str | None = None
    since: str | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    every: Every | None = None
    years: float | None = None
    days: tuple[tuple[int, int], ...] = ()

    @property
    def binds(self) -> bool:
        """Whether it says by when something is to be reached."""
        return self.kind in ("deadline", "year", "range", "date") and self.by is not None


# The first year of each five-year plan; the plan ends four years later.
PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016}
PLANS |= {"十四五": 2021, "十五五": 2026, "十六五": 2031}

YEAR = r"(?:19|20)\d\d|[一二]\s?[〇零○九][〇零○一二三四五六七八九]{2}"
NUM = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+)"
# How the end of a year or month may be written; the longest first.
EDGE = r"(?:年)?(?:底之前|底以前|底前|末前|初前|底|末|初)|之前|以前|前|(?:上|下)半年(?:前)?|年中"
MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]"

_PLAN = re.compile(
    rf"(?:到|至|在)?[“”\"'‘「]?(?P<plan>{'|'.join(sorted(PLANS, key=len, reverse=True))})"
    r"[”“\"'’」]?(?P<edge>(?:规划)?(?:期间|时期)(?:内|末)?|规划期末?内?|期末|末期?|以来)"
)
_RANGE = re.compile(
    rf"(?P<since>{YEAR})年?(?:度)?\s?(?:[-—~至到]{{1,2}}|—+)\s?(?P<by>{YEAR})(?P<tail>年(?:度|期间)?)?"
)
_SINCE = re.compile(
    rf"(?:从|自)?(?P<since>{YEAR})年(?:{MONTH}(?:{DAY})?)?(?P<edge>起|以来|开始|之后|以后)"
)
_DEADLINE = re.compile(
    rf"(?P<lead>到|至|截至|截止到?|截止至)?(?P<by>{YEAR})年(?:度)?"
    rf"(?:(?:的)?(?:{MONTH})(?:{DAY})?)?(?P<edge>{EDGE})?"
)
_ISO = re.compile(
    rf"(?P<by>{YEAR})[-./](?P<month>1[0-2]|0?[1-9])[-./](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_MONTHLY = re.compile(
    rf"(?P<rel>当年|本年|今年|次年|明年)?(?P<lead>到|至)?{MONTH}(?:{DAY})?(?P<edge>{EDGE}|起)?"
)
_BARE = re.compile(
    r"(?P<rel>当年|本年|今年|次年|明年|到)?(?P<edge>年底之前|年底以前|年底前|年末前|年底|年末|月底前|季度末前)"
)
_WITHIN = re.compile(
    rf"(?P<lead>用|利用|力争用|在|未来|今后|连续|近)?(?P<n>{NUM})(?:[-—~至到](?P<n2>{NUM}))?(?P<unit>年|个月|个?工作日|天|日|周|小时)"
    r"(?P<edge>左右(?:的)?(?:时间)?内?|之内|以内|内|(?:的)?时间)"
)
_AHEAD = re.compile(
    rf"(?P<lead>未来|今后)(?P<n>{NUM})(?:[-—~至到](?P<n2>{NUM}))?(?P<unit>年)(?P<edge>)"
)
_DATES = r"(?:(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])日|底|初|末)?(?:[、,和及]\s?)?)+"
_RECURRING = re.compile(
    rf"每(?P<n>{NUM})?(?:个)?(?P<unit>年度?|半年|季度?|月度?|周|日|天|学期|学年)"
    rf"(?P<dates>{_DATES}|(?:3[01]|[12]\d|0?[1-9])[日号])?(?P<edge>{EDGE})?"
)
_REGULAR = re.compile(
    r"(?P<unit>年均|年度均|逐年|按年度|分年度|按月|按季度?|逐月|逐季|月均|季均|不定期|(?<![规约固法一])定期(?![限存货])|每年度)"
)

_EVERY: dict[str, Every] = {
    "年": "year",
    "半": "half-year",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "日": "day",
    "天": "day",
    "学": "half-year",
    "逐": "year",
    "按": "year",
    "分": "year",
    "每": "year",
    "不": "regular",
    "定": "regular",
}
_IN_YEARS = {"年": 1.0, "月": 1 / 12, "周": 7 / 365, "日": 1 / 365, "天": 1 / 365, "时": 1 / 8760}


def periods(text: str) -> tuple[Period, ...]:
    """Every time expression in ``text``, in reading order, not overlapping."""
    plain = halved(text)
    found = [period for scan in _SCANS for period in scan(plain)]
    found.sort(key=lambda period: (period.span.start, -period.span.end))
    kept: list[Period] = []
    for period in found:
        if not kept or period.span.start >= kept[-1].span.end:
            kept.append(period)
    return tuple(kept)


def _plans(text: str) -> Iterator[Period]:
    for match in _PLAN.finditer(text):
        first = PLANS[match["plan"]]
        past = match["edge"] == "以来"
        yield Period(
            "since" if past else "range",
            _span(match),
            by=None if past else str(first + 4),
            since=str(first),
            edge="期末" if "末" in match["edge"] else "期间",
        )


def _ranges(text: str) -> Iterator[Period]:
    for match in _RANGE.finditer(text):
        since, by = _year(match["since"]), _year(match["by"])
        if since < by and (match["tail"] or match["since"].isdigit()):
            yield Period("range", _span(match), by=by, since=since, edge="期间")


def _sinces(text: str) -> Iterator[Period]:
    for match in _SINCE.finditer(text):
        month, day = _month_day(match)
        yield Period(
            "since", _span(match), since=_year(match["since"]), month=month, day=day, edge="起"
        )


def _deadlines(text: str) -> Iterator[Period]:
    for match in _DEADLINE.finditer(text):
        month, day = _month_day(match)
        edge = (match["edge"] or "").removeprefix("年")
        kind: Kind = "deadline" if edge or match["lead"] else "date" if day else "year"
        yield Period(kind, _span(match), by=_year(match["by"]), month=month, day=day, edge=edge)


def _iso_dates(text: str) -> Iterator[Period]:
    for match in _ISO.finditer(text):
        month, day = _month_day(match)
        yield Period("date", _span(match), by=_year(match["by"]), month=month, day=day)


def _months(text: str) -> Iterator[Period]:
    for match in _MONTHLY.finditer(text):
        if match["edge"] is None and match["lead"] is None and match["day"] is None:
            continue
        month, day = _month_day(match)
        edge = (match["edge"] or "").removeprefix("年")
        kind: Kind = "since" if edge == "起" else "deadline"
        yield Period(kind, _span(match), month=month, day=day, edge=edge)
    for match in _BARE.finditer(text):
        yield Period("deadline", _span(match), edge=match["edge"].removeprefix("年"))


def _withins(text: str) -> Iterator[Period]:
    for pattern in (_WITHIN, _AHEAD):
        for match in pattern.finditer(text):
            if len(match["n"]) == 4 and match["unit"] == "年":
                continue
            span = numeral_value(match["n2"] or match["n"]) * _IN_YEARS[match["unit"][-1]]
            edge = "左右" if "左右" in match["edge"] else "内"
            yield Period("within", _span(match), edge=edge, years=span)


def _recurrings(text: str) -> Iterator[Period]:
    for match in _RECURRING.finditer(text):
        if match["n"] and match["unit"][0] not in "年半季月":
            continue
        days = tuple((int(m), int(d or 0)) for m, d in _DATE.findall(match["dates"] or ""))
        day = re.fullmatch(r"(\d+)[日号]", match["dates"] or "")
        yield Period(
            "recurring",
            _span(match),
            edge=(match["edge"] or "").removeprefix("年"),
            every=_EVERY[match["unit"][0]],
            years=numeral_value(match["n"]) if match["n"] and match["unit"][0] == "年" else None,
            month=days[0][0] if days else None,
            day=int(day[1]) if day else (days[0][1] or None if days else None),
            days=days,
        )
    for match in _REGULAR.finditer(text):
        named = next((unit for unit in "月季" if unit in match[0]), match["unit"][0])
        yield Period("recurring", _span(match), every=_EVERY[named])


_DATE = re.compile(r"(1[0-2]|0?[1-9])月(?:(3[01]|[12]\d|0?[1-9])日)?")


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _year(numeral: str) -> str:
    compact = numeral.replace(" ", "")
    return compact if compact.isdigit() and compact.isascii() else f"{numeral_value(compact):.0f}"


def _month_day(match: re.Match[str]) -> tuple[int | None, int | None]:
    month, day = match["month"], match["day"]
    return (int(numeral_value(month)) if month else None, int(day) if day else None)


_SCANS: tuple[Callable[[str], Iterator[Period]], ...] = (
    _plans,
    _ranges,
    _sinces,
    _deadlines,
    _iso_dates,
    _months,
    _withins,
    _recurrings,
)
