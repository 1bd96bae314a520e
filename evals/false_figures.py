"""Corruptions of a figure: value, unit, magnitude, comparator, direction, and which is whose."""

from __future__ import annotations

import re
from itertools import pairwise

from evals.ground import Corruption, Ground, after_unit, arabic, pick, put
from evals.truths import Truth
from index.quantity import quantities
from index.types import Span


def number(truth: Truth, ground: Ground) -> str | None:
    q = pick(truth, ground)
    if q is None:
        return None
    written = q.number.of(truth.text)
    shifted = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10 or 1), written, count=1)
    return put(truth.text, q.number, shifted) if shifted != written else None


def number_tenfold(truth: Truth, ground: Ground) -> str | None:
    q = pick(truth, ground)
    return put(truth.text, q.number, f"{q.value * 10:g}") if q and q.value else None


def number_rounded(truth: Truth, ground: Ground) -> str | None:
    """23.5亿元 → 近24亿元, 18% → 约20%."""
    q = pick(truth, ground)
    if q is None or q.value < 3:
        return None
    nearby = round(q.value) + 1 if q.value != round(q.value) else q.value + 1
    return put(truth.text, q.span, f"约{nearby:g}{q.unit}")


def approximately(truth: Truth, ground: Ground) -> str | None:
    q = pick(truth, ground)
    if q is None or q.op == "~":
        return None
    word = ground.random.choice(("约", "近"))
    return put(truth.text, q.span, f"{word}{q.number.of(truth.text)}{q.unit}")


def sum_of_two(truth: Truth, ground: Ground) -> str | None:
    """培育甲80家、乙25家 → 培育甲105家."""
    figures = arabic(truth.text)
    for one, other in pairwise(figures):
        if one.unit == other.unit and one.value != other.value:
            return put(truth.text, one.number, f"{one.value + other.value:g}")
    return None


UNITS = {"家": "个", "个": "家", "台": "套", "%": "个百分点", "个百分点": "%", "户": "人"}
UNITS |= {"亿元": "亿美元", "万元": "万美元", "万吨": "万千瓦", "万千瓦": "万吨", "万亩": "万公顷"}


def unit(truth: Truth, ground: Ground) -> str | None:
    figures = [q for q in arabic(truth.text) if q.unit in UNITS]
    if not figures:
        return None
    q = ground.random.choice(figures)
    if after_unit(truth.text, q) == q.number.end:
        return None
    return put(truth.text, Span(q.number.end, q.number.end + len(q.unit)), UNITS[q.unit])


def times_for_percent(truth: Truth, ground: Ground) -> str | None:
    figures = [q for q in arabic(truth.text) if q.unit == "%"]
    if not figures:
        return None
    q = ground.random.choice(figures)
    return put(truth.text, Span(q.number.end, q.number.end + 1), "倍")


def magnitude(truth: Truth, ground: Ground) -> str | None:
    q = pick(truth, ground)
    if q is None:
        return None
    end = q.number.end
    following = truth.text[end : end + 1]
    if following in "万亿":
        return truth.text[:end] + ("亿" if following == "万" else "万") + truth.text[end + 1 :]
    return truth.text[:end] + "万" + truth.text[end:] if q.kind in ("count", "amount") else None


def magnitude_lost(truth: Truth, ground: Ground) -> str | None:
    found = re.search(r"(?<=\d)[万亿](?=[元吨千亩人家平])", truth.text)
    return truth.text[: found.start()] + truth.text[found.end() :] if found else None


def comparator_flipped(truth: Truth, ground: Ground) -> str | None:
    for old, new in (
        ("以上", "以下"),
        ("不低于", "不高于"),
        ("不少于", "不超过"),
        ("不超过", "不少于"),
    ):
        for q in quantities(truth.text):
            if old in q.span.of(truth.text):
                return put(truth.text, q.span, q.span.of(truth.text).replace(old, new))
    return None


def comparator_lost(truth: Truth, ground: Ground) -> str | None:
    found = [q for q in arabic(truth.text) if q.op in (">=", "<=", "~")]
    if not found:
        return None
    q = ground.random.choice(found)
    return put(truth.text, q.span, q.number.of(truth.text) + q.unit)


def comparator_added(truth: Truth, ground: Ground) -> str | None:
    found = [
        q for q in arabic(truth.text) if q.op == "=" and q.span.end == after_unit(truth.text, q)
    ]
    found = [q for q in found if not re.match("左右|以|的", truth.text[q.span.end :])]
    listed = "分别" in truth.text
    if not found or listed:
        return None
    q = ground.random.choice(found)
    word = ground.random.choice(("以上", "左右", "以内"))
    return truth.text[: q.span.end] + word + truth.text[q.span.end :]


def increase_for_level(truth: Truth, ground: Ground) -> str | None:
    """提高到50% → 提高50%; 降低18% → 降低到18%."""
    for verb in ("提高", "降低", "提升"):
        found = re.search(rf"{verb}到(?=\d)", truth.text)
        if found:
            return truth.text[: found.end() - 1] + truth.text[found.end() :]
        found = re.search(rf"{verb}(?=\d)", truth.text)
        if found:
            return truth.text[: found.end()] + "到" + truth.text[found.end() :]
    return None


def direction(truth: Truth, ground: Ground) -> str | None:
    for q in arabic(truth.text):
        near = truth.text[max(0, q.number.start - 8) : q.number.start]
        for old, new in (("提高", "降低"), ("降低", "提高"), ("提升", "降低"), ("上升", "下降")):
            if old in near and "，" not in near:
                at = truth.text.rfind(old, 0, q.number.start)
                return truth.text[:at] + new + truth.text[at + 2 :]
    return None


def baseline_as_target(truth: Truth, ground: Ground) -> str | None:
    """由0.68%提高到1.0% → 提高到0.68%."""
    found = re.search(r"由(?:\d{4}年的)?([\d.]+%)提高到[\d.]+%", truth.text)
    return put(truth.text, Span(*found.span()), f"提高到{found[1]}") if found else None


def swapped(truth: Truth, ground: Ground) -> str | None:
    """Two figures of one unit change places."""
    figures = arabic(truth.text)
    for i, one in enumerate(figures):
        for other in figures[i + 1 :]:
            if one.unit == other.unit and one.value != other.value:
                text = put(truth.text, other.number, one.number.of(truth.text))
                return put(text, one.number, other.number.of(truth.text))
    return None


def swapped_metrics(truth: Truth, ground: Ground) -> str | None:
    """One target told with the value of its neighbour of the same unit."""
    found = ground.targets(truth)
    for one, other in pairwise(found):
        same = one.metric == other.metric or one.value == other.value
        if one.unit == other.unit and not same and len(one.metric) > 3 and "累计" not in one.metric:
            return f"{one.metric}达到{other.value:g}{other.unit}。"
    return None


def moved(truth: Truth, ground: Ground) -> str | None:
    """A figure of another clause in this one's place."""
    q = pick(truth, ground)
    others = [t for t in ground.every if t.clause.id != truth.clause.id]
    if q is None or not others:
        return None
    other = ground.random.choice(others).text
    mine = {(m.value, m.unit) for m in arabic(truth.text)}
    fresh = [o for o in arabic(other) if (o.value, o.unit) not in mine]
    return put(truth.text, q.span, fresh[0].span.of(other)) if fresh else None


FIGURE_LIES: dict[str, Corruption] = {
    "数字": number,
    "数字十倍": number_tenfold,
    "四舍五入": number_rounded,
    "加约、近": approximately,
    "两目标相加": sum_of_two,
    "单位": unit,
    "百分数→倍": times_for_percent,
    "万、亿": magnitude,
    "万、亿丢失": magnitude_lost,
    "以上→以下": comparator_flipped,
    "比较词丢失": comparator_lost,
    "比较词添加": comparator_added,
    "提高到→提高": increase_for_level,
    "升降相反": direction,
    "基数当目标": baseline_as_target,
    "目标互换": swapped,
    "指标张冠李戴": swapped_metrics,
    "他条数字": moved,
}
