"""What a passage states, by kind: figures of a unit, dates, lists, and for which year."""

from __future__ import annotations

import re
from typing import Literal

from assistant.lookup.asked import Asked, Kind
from assistant.lookup.passages import Passage
from index.numerals import halved, numeral_value
from index.period import Period
from index.quantity import Quantity, quantities

Standing = Literal["exact", "right", "unknown", "wrong"]

CONTACT = re.compile(r"电话|联系方式|热线")
_YEARLY = re.compile(r"每年|一年(?!级)|年均|每个年度")
_IN_ALL = re.compile(r"累计|\d+年内|期间")
_SUM = re.compile(r"累计[^,，、]{0,6}$")
_BASELINE = re.compile(r"(?:从|由|较|比).{1,24}?(?:提|升|增|降|减|上|下)")
_COUNTED = {"家", "户", "个", "项", "种", "条", "所", "件", "类", "批", "座"}
_WORDED = re.compile(r"全覆盖|零的?突破|翻一?番|三分之[一二]|一半|过半")
_THRESHOLD = re.compile(
    r"多少钱的|多大的|以上|以下|门槛|条件|起步|才|算$|算是|[万亿元]起|就得|就要"
)


def fits(asked: Asked, kind: Kind, passage: Passage) -> bool:
    """Whether a passage states a fact of the asked kind at all."""
    if (
        passage.heading
        or passage.clause.id.endswith("/标题")
        or (asks_baseline(asked) and not _BASELINE.search(passage.text))
    ):
        return False
    if CONTACT.search(asked.text):
        return bool(re.search(r"\d{7}", passage.text))
    if kind == "number" and asked.measure == "frequency":
        return any(t.kind == "recurring" for t in passage.times)
    if kind == "number":
        return bool(figures(asked, passage)) or (
            asked.measure in ("", "percent") and bool(_WORDED.search(passage.text))
        )
    if kind == "date":
        return any(_dated(asked, t) for t in (*passage.times, *passage.inherited))
    if kind == "list":
        return enumerates(asked, passage)
    return "(略)" not in passage.text


def enumerates(asked: Asked, passage: Passage) -> bool:
    """Whether a passage lists things, and as many of them as the question counts."""
    chains = [
        len(re.split(r"、|和|以及|及|或", piece)) for piece in re.split("[,，(（)）]", passage.text)
    ]
    most = max(chains)
    counted = re.search(r"哪([两二三四五六七八九十\d]+)[^几]", asked.text)
    if counted is None:
        return most > 1
    wanted = numeral_value(counted[1])
    return most >= min(wanted, 5) if wanted > 3 else most > 1


def figures(asked: Asked, passage: Passage) -> list[Quantity]:
    """The figures of a passage that could be what is asked for."""
    if asked.measure == "duration":
        return [q for q in quantities(halved(passage.words)) if q.kind == "duration"]
    given = {(a.base_value, a.base_unit) for a in asked.amounts}
    return [
        q
        for q in passage.quantities
        if q.kind != "ordinal"
        and (q.base_value, q.base_unit) not in given
        and measured(asked.measure, q)
        and (asks_threshold(asked) or not is_threshold(passage, q))
    ]


def asks_baseline(asked: Asked) -> bool:
    return bool(re.search(r"基数|原来是|原先|基期|起点是", asked.text))


def asks_threshold(asked: Asked) -> bool:
    """Whether the amount asked for is a condition: which projects are meant."""
    return bool(_THRESHOLD.search(asked.text))


def is_threshold(passage: Passage, quantity: Quantity) -> bool:
    """总投资2000万元以上的项目: an amount that only says which projects are meant."""
    after = halved(passage.words)[quantity.span.end :]
    return quantity.kind == "amount" and bool(
        re.match(r"(?:以上|以下)?的?[^，,、]{0,14}(?:项目|企业|工程)", after)
    )


def measured(measure: str, quantity: Quantity) -> bool:
    """Whether a quantity is of the kind that the question's unit names."""
    unit, kind = quantity.base_unit, quantity.kind
    if measure == "money":
        return kind == "amount" or quantity.unit in ("亿", "万")
    if measure == "percent":
        return kind in ("percent", "points", "multiple")
    if measure == "mass":
        return unit.endswith("吨")
    if measure == "area":
        return unit in ("亩", "平方米", "公顷", "平方公里")
    if measure == "count":
        return unit[:1] in _COUNTED and kind == "count"
    if measure == "machine":
        return unit[:1] in {"台", "套", "辆"}
    if measure == "people":
        return unit[:1] in {"人", "名"}
    if measure == "duration":
        return kind == "duration"
    if measure == "power":
        return unit.endswith(("瓦", "千瓦时"))
    return kind != "duration"


def _dated(asked: Asked, time: Period) -> bool:
    """Whether a time expression is as fine as the question wants it."""
    if re.search(r"几号|哪一?天|哪日|哪一日", asked.text):
        return bool(time.day or time.month or time.days)
    if re.search(r"几月|哪个?月", asked.text):
        return bool(time.month or time.days)
    if re.search(r"哪一?年", asked.text):
        return bool(time.by or time.since)
    if "多久" in asked.text:
        return time.kind in ("recurring", "within")
    if time.kind == "recurring":
        return bool(time.days or time.day or time.edge or time.every in ("month", "quarter"))
    return bool(time.by or time.since or time.month or time.years)


def year_standing(asked: Asked, passage: Passage) -> Standing:
    """Whether a passage speaks of the asked year, of another one, or of none."""
    recurs = any(t.kind == "recurring" for t in passage.times)
    if _YEARLY.search(asked.text) and _IN_ALL.search(passage.text) and not recurs:
        return "wrong"
    if not asked.years and not asked.span:
        return "right"
    if asked.years and any(t.by in asked.years and t.kind != "range" for t in passage.times):
        return "exact"
    times = [t for t in passage.times if t.by or t.since] or [
        t for t in passage.inherited if t.by or t.since
    ]
    yearly = recurs_yearly(asked, passage)
    if not times:
        return "unknown"
    wanted = asked.years or (asked.span or ("", ""))[1:]
    return "right" if any(_covers(t, y, yearly) for t in times for y in wanted) else "wrong"


def recurs_yearly(asked: Asked, passage: Passage) -> bool:
    """Whether the figure asked for is one of every year, and not the sum of them."""
    if not any(t.kind == "recurring" and t.every == "year" for t in passage.times):
        return False
    words = halved(passage.words)
    sums = [q for q in figures(asked, passage) if _SUM.search(words[: q.span.start])]
    return len(sums) < max(1, len(figures(asked, passage)))


def _covers(time: Period, year: str, yearly: bool) -> bool:
    if time.by == year:
        return True
    if time.kind == "since":
        return (time.since or "") <= year
    after = time.since is None or time.since <= year
    return yearly and after and (time.by is None or year <= time.by)
