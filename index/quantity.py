"""Quantities in administrative Chinese: value, unit, comparator and place.

A quantity keeps the unit as it is written (700 亿元); ``base_value`` and ``base_unit`` fold 万 and
亿, so that 0.3万家 and 3000家 compare equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.comparators import AFTER, BEFORE, LINK, comparison
from index.numerals import (
    ARABIC_PATTERN,
    CHINESE,
    CHINESE_PATTERN,
    DIGITS,
    halved,
    numeral_value,
)
from index.period import Period, periods
from index.types import Op, Span
from index.units import KINDS, ONLY_ARABIC, UNIT, kind_of, split_unit

Kind = Literal[
    "amount",  # money
    "percent",  # %, ‰, 成, 三分之一
    "points",  # 百分点
    "count",  # 家, 个, 人 …
    "measure",  # 吨, 千瓦, 平方米 …
    "multiple",  # 倍, 番
    "duration",  # 年, 个月, 工作日 …
    "ordinal",  # 第3条, 1号, 前10名
    "number",  # no unit: 指数达到82
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """``span`` holds the numeral, its unit and the comparators that stand against them;
    ``number`` the numeral alone. ``upper`` is the other end of a range (``value`` the lower)."""

    value: float
    unit: str
    op: Op
    kind: Kind
    span: Span
    number: Span
    upper: float | None = None

    @property
    def base_value(self) -> float:
        return round(self.value * split_unit(self.unit)[0], 6)

    @property
    def upper_base(self) -> float | None:
        return None if self.upper is None else round(self.upper * split_unit(self.unit)[0], 6)

    @property
    def base_unit(self) -> str:
        return split_unit(self.unit)[1]


_NUMERAL = rf"(?:{ARABIC_PATTERN}|{CHINESE_PATTERN})"
_PLAIN = re.compile(
    rf"(?P<before>(?:{BEFORE}{LINK}\s?)*)(?<![A-Za-z\d.第\ue000-\uf8ff{CHINESE}])(?!(?<=[数几])[十百千万])(?P<n>{_NUMERAL})(?P<extra>[余多来](?!个?月))?\s?"
    rf"(?:(?P<u1>{UNIT})?\s?(?:[-—~至到]|——)\s?(?P<n2>{_NUMERAL})\s?)?(?P<unit>{UNIT})(?P<after>{AFTER})?"
)
_LONE = re.compile(
    rf"(?P<before>(?:{BEFORE}{LINK}\s?)*)(?<![\d{CHINESE}第数几余多])(?P<unit>[十百千]?亿元)(?!级)(?P<after>{AFTER})?"
)
_BARE = re.compile(
    rf"(?:(?P<before>(?:{BEFORE}){LINK})|(?P<lead>达到|达|[为至到]|稳定在|保持在|控制在|[=:]))\s?"
    rf"(?<![A-Za-z\d.])(?P<n>{ARABIC_PATTERN})(?![\d.]|[A-Za-z]|[-—~/+×:]|[年月日号点版届])(?P<after>{AFTER})?"
)
_FRACTION = re.compile(
    rf"(?P<before>(?:{BEFORE}{LINK}\s?)*)(?:(?P<base>百|千|万|[{CHINESE}]+|\d+)分之(?P<part>{_NUMERAL})(?:[-—~至到](?:百分之)?(?P<part2>{_NUMERAL}))?"
    rf"|(?<![\d/.])(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![\d/.年月日])|(?P<half>半数|一半|过半))(?P<after>{AFTER})?"
)
_TENTHS = re.compile(
    rf"(?P<before>(?:{BEFORE}{LINK}\s?)*)(?P<n>[二三四五六七八九两2-9]|(?<=[长降高到于])一(?=成))成(?P<half>[一二三四五六七八九半])?(?![为立长效果本就员功都品形份交活])(?P<after>{AFTER})?"
)
_DOUBLE = re.compile(r"翻(?P<n>[一两二三1-3])?番")
_FIRST = re.compile(r"[“\"'‘]?零[”\"'’]?的?突破")
_COVERED = re.compile(r"全覆盖|全面覆盖")
_ORDINAL = re.compile(
    rf"第(?P<n>\d+|[{CHINESE}]+)(?P<unit>[条项款章节名位批期季届])|(?P<n2>\d+)(?P<unit2>[#号](?!文|楼|院|公告|令))|前(?P<n3>\d+)(?P<unit3>[名位])"
)

TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
DOCUMENT_NUMBER = re.compile(r"[一-鿿]{0,12}[〔\[【(]\s?(?:19|20)\d\d\s?[〕\]】)]\s?第?\s?\d+\s?号")
_QUOTED = re.compile(r"[“‘「]([^“”‘’「」]{1,14})[”’」]|\"([^\"]{1,14})\"")
# 每千人口, 每10万人, 每百张床位: what the figure is counted over, not a figure.
_PER = re.compile(
    rf"每\s?(?:\d+(?:\.\d+)?|[{CHINESE}]+)?(?:[百千万亿]+)?(?={UNIT}|常住|户籍|名|人口|老年|劳动|从业|居民|适龄)(?:个|名|张|人)?"
)
_PLAN_NAME = re.compile(r"十[一二三四五六]?五(?=规划|时期|期间|以来|末|[”\"])")
# 4.1.2 and 7. at the start of a line; 1.5亿元 is a figure even there.
NUMBERING = re.compile(
    r"^[ \t]*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.](?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}(?=\s?[一-鿿])(?!\s?(?:[万亿元%家户吨亩]|个百分点|平方|公里|千瓦)))",
    re.MULTILINE,
)
_ISSUED = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?=\D|$)|\d{3,4}-\d{7,8}|1[3-9]\d{9}")
HOLE = "□"


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity in ``text``, in reading order, not overlapping."""
    plain = halved(text)
    times = tuple(p for p in periods(plain) if p.kind != "within")
    return quantities_outside(plain, times)


def quantities_outside(plain: str, times: tuple[Period, ...]) -> tuple[Quantity, ...]:
    """As ``quantities``, over half-width text whose time expressions are already known."""
    clear = without_names(plain, times)
    found = [quantity for quantity in _scan(plain, clear)]
    found.sort(key=lambda q: (q.number.start, -q.span.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.number.start >= kept[-1].span.end:
            kept.append(quantity)
    return tuple(kept)


def without_names(plain: str, times: tuple[Period, ...] = ()) -> str:
    """``plain`` with titles, document numbers, quoted names, numbering and dates blanked out."""
    clear = plain
    for pattern in (TITLE, DOCUMENT_NUMBER, _ISSUED, NUMBERING, _PLAN_NAME):
        clear = pattern.sub(_hole, clear)
    clear = _PER.sub(lambda m: _hole(m) if re.search(r"\d|[十百千万]", m[0]) else m[0], clear)
    clear = _QUOTED.sub(lambda m: _hole(m) if _is_name(m[1] or m[2]) else m[0], clear)
    for time in times:
        clear = (
            clear[: time.span.start]
            + HOLE * (time.span.end - time.span.start)
            + clear[time.span.end :]
        )
    return clear


def _hole(match: re.Match[str]) -> str:
    return HOLE * len(match[0])


def _is_name(quoted: str) -> bool:
    if re.search(r"[%以不]|百分", quoted):
        return False
    return not re.search(r"\d", quoted) or len(quoted) <= 4 or "+" in quoted


def _scan(plain: str, clear: str) -> Iterator[Quantity]:
    # Most texts lack these signs, and looking for one costs far less than trying the pattern.
    if "分之" in clear or "/" in clear or "半" in clear:
        yield from _fractions(clear)
    if "成" in clear:
        yield from _tenths(clear)
    for match in _DOUBLE.finditer(clear):
        times = 2.0 ** numeral_value(match["n"] or "1")
        yield Quantity(times, "倍", "=", "multiple", _whole(match), _whole(match))
    for match in _FIRST.finditer(plain):
        yield Quantity(1.0, "个", ">=", "count", _whole(match), _whole(match))
    for match in _COVERED.finditer(clear):
        yield Quantity(100.0, "%", "=", "percent", _whole(match), _whole(match))
    yield from _ordinals(clear)
    yield from _plain(clear)
    for match in _LONE.finditer(clear) if "亿元" in clear else ():
        if match["before"] or match["after"]:
            yield Quantity(
                1.0, match["unit"], comparison(match), "amount", _whole(match), _whole(match)
            )
    for match in _BARE.finditer(clear):
        value, number = numeral_value(match["n"]), Span(match.start("n"), match.end("n"))
        start = match.start("before") if match["before"] else number.start
        yield Quantity(value, "", comparison(match), "number", Span(start, match.end()), number)


def _plain(clear: str) -> Iterator[Quantity]:
    at = 0
    while match := _PLAIN.search(clear, at):
        at = match.end()
        quantity = _from_match(match)
        if quantity is None or not _stands(clear, match, quantity):
            at = match.end("n")
            continue
        yield quantity


def _from_match(match: re.Match[str]) -> Quantity | None:
    numeral, unit = match["n"], match["unit"]
    upper = match["n2"]
    low, unit_read = _readings(numeral, unit if upper is None else (match["u1"] or unit))
    if low is None:
        return None
    high: float | None = None
    if upper is not None:
        high, unit_read = _readings(upper, unit)
        if high is None or (high <= low and not match["u1"]):
            return None
        if match["u1"]:
            low = low * split_unit(match["u1"])[0] / split_unit(unit_read)[0]
    elif len(numeral) == 2 and all(c in DIGITS for c in numeral):
        # 两三家 is a range, 三五 an idiom.
        low, high = float(DIGITS[numeral[0]]), float(DIGITS[numeral[1]])
        if high != low + 1:
            return None
    kind = kind_of(unit_read) or ("amount" if "亿" in unit_read else "count")
    op: Op = "~" if high is not None and not match["after"] else comparison(match)
    if match["extra"] and op == "=":
        op = ">="
    number = Span(match.start("n"), match.end("n2") if upper else match.end("n"))
    return Quantity(low, unit_read, op, kind, _whole(match), number, high)


def _readings(numeral: str, unit: str) -> tuple[float | None, str]:
    """两万 + 家 reads 2 万家, but 一亿两千 + 万元 120000000 元."""
    if not numeral[0].isascii():
        if unit.startswith("瓦") and numeral.endswith("千") and len(numeral) > 1:
            numeral, unit = numeral[:-1], f"千{unit}"  # 一万千瓦
        if unit[0] in "万亿" and set(numeral) & set("万亿"):
            return numeral_value(numeral + unit[0]), unit[1:]
        if numeral[-1] + unit in KINDS and len(numeral) == 1:
            return None, unit  # 千瓦 is a unit, not a thousand watts
    return numeral_value(numeral), unit


def _stands(clear: str, match: re.Match[str], quantity: Quantity) -> bool:
    """Whether the match is a figure and not an ordinary word (一个, 一批, 三年行动)."""
    if re.search(r"(?<!超)过$", match["before"] or ""):
        return quantity.kind == "amount"
    if match["n"][0].isascii():
        return not re.match(r"[A-Za-z]", clear[match.end("unit") : match.end("unit") + 1]) or not (
            match["unit"][-1].isascii()
        )
    bare = split_unit(match["unit"])[1]
    if bare == "批" and match["n"] == "一":
        return False  # 突破一批关键技术: the verb is no comparator, and a batch no number
    if bare in ONLY_ARABIC and not match["before"] and not match["after"]:
        return False
    if match["n"] == "一" and quantity.kind == "count" and quantity.upper is None:
        return bool(match["before"] or match["after"]) or bool(
            _BUILDS.search(clear[: match.start()])
        )
    return quantity.kind != "duration" or bool(match["before"] or match["after"]) or bare != "年"


_BUILDS = re.compile(r"(?:[各设建办]|建成|建设|打造|培育|创建|引进|新建|至少|组建|成立|开展|举办)$")


def _fractions(clear: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(clear):
        upper = None
        if match["half"]:
            value, unit, number = 0.5, "", Span(match.start("half"), match.end("half"))
        elif match["top"]:
            value, unit = int(match["top"]) / int(match["bottom"]), ""
            number = Span(match.start("top"), match.end("bottom"))
        else:
            scale = {"百": 1.0, "千": 0.1, "万": 0.01}.get(match["base"])
            part = numeral_value(match["part"])
            value, unit = (
                (part * scale, "%") if scale else (part / numeral_value(match["base"]), "")
            )
            upper = numeral_value(match["part2"]) if match["part2"] else None
            number = Span(match.start("base"), match.end("part2" if upper else "part"))
        op: Op = ">=" if match["half"] == "过半" else "~" if upper else comparison(match)
        yield Quantity(value, unit, op, "percent", _whole(match), number, upper)


def _tenths(clear: str) -> Iterator[Quantity]:
    for match in _TENTHS.finditer(clear):
        half = match["half"]
        value = numeral_value(match["n"]) * 10
        value += (5 if half == "半" else numeral_value(half)) if half else 0
        number = Span(match.start("n"), match.end("half") if half else match.end("n") + 1)
        yield Quantity(value, "%", comparison(match), "percent", _whole(match), number)


def _ordinals(clear: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(clear):
        numeral = match["n"] or match["n2"] or match["n3"]
        unit = match["unit"] or match["unit2"] or match["unit3"]
        at = clear.index(numeral, match.start())
        op: Op = "<=" if match["n3"] else "="
        number = Span(at, at + len(numeral))
        yield Quantity(numeral_value(numeral), unit, op, "ordinal", _whole(match), number)


def _whole(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
