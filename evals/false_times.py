"""Corruptions of how a figure counts and of when it is due."""

from __future__ import annotations

import re
from itertools import pairwise

from evals.ground import Corruption, Ground, arabic, put
from evals.truths import Truth
from index.types import Span


def basis(truth: Truth, ground: Ground) -> str | None:
    for old, new in (("年均", "累计"), ("累计", "年均"), ("每年", "累计"), ("新增", "累计")):
        for q in arabic(truth.text):
            near = truth.text[max(0, q.number.start - 14) : q.number.start]
            if old in near and "，" not in near[near.rfind(old) :]:
                at = truth.text.rfind(old, 0, q.number.start)
                return truth.text[:at] + new + truth.text[at + len(old) :]
    return None


def yearly_added(truth: Truth, ground: Ground) -> str | None:
    q = next((q for q in arabic(truth.text) if q.kind in ("count", "amount")), None)
    if q is None or re.search("每年|年均|逐年", truth.text):
        return None
    return truth.text[: q.span.start] + "每年" + truth.text[q.span.start :]


def yearly_lost(truth: Truth, ground: Ground) -> str | None:
    found = re.search(r"每年(?=[^，。；]*\d)|年均", truth.text)
    return truth.text[: found.start()] + truth.text[found.end() :] if found else None


def _years(truth: Truth) -> list[re.Match[str]]:
    bare = re.sub(r"《[^》]*》|〔\d{4}〕", lambda m: "□" * len(m[0]), truth.text)
    return list(re.finditer(r"20\d\d(?=年)", bare))


def year(truth: Truth, ground: Ground) -> str | None:
    years = _years(truth)
    if not years:
        return None
    found = ground.random.choice(years)
    other = int(found[0]) + ground.random.choice((-5, -1, 1, 5))
    return put(truth.text, Span(*found.span()), str(other))


def year_of_another(truth: Truth, ground: Ground) -> str | None:
    """The other year of the same sentence: 2017年66万吨，2018年120万吨 exchanged."""
    years = _years(truth)
    pairs = [(a, b) for a, b in pairwise(years) if a[0] != b[0]]
    if not pairs or re.search(r"20\d\d[年]?[-—]", truth.text):
        return None
    one, other = pairs[0]
    text = put(truth.text, Span(*other.span()), one[0])
    return put(text, Span(*one.span()), other[0])


def yearly_for_average(truth: Truth, ground: Ground) -> str | None:
    """年均增长10% is no promise for every year."""
    return truth.text.replace("年均", "每年", 1) if "年均" in truth.text else None


def deadline(truth: Truth, ground: Ground) -> str | None:
    """2018年底前 → 2018年, 到2020年 → 2020年前, 每月5日 → 每月15日."""
    for old, new in (
        (r"(20\d\d年)底前", r"\1"),
        (r"每月5日", "每月15日"),
        (r"(\d)月底前", r"\1月初前"),
    ):
        told = re.sub(old, new, truth.text, count=1)
        if told != truth.text:
            return told
    found = re.match(r"到(20\d\d年)，", truth.text)
    return f"{found[1]}前，{truth.text[found.end() :]}" if found else None


def relative_time(truth: Truth, ground: Ground) -> str | None:
    """当年4月 → 次年4月, 10个工作日 → 10日, 5年内 → 3年内."""
    swaps = [("当年(?=.?.月)", "次年"), ("个工作日", "日")]
    swaps += [(r"\d+(?=年内)", "8"), ("每月", "每季度")]
    for old, new in swaps:
        told = re.sub(old, new, truth.text, count=1)
        if told != truth.text:
            return told
    return None


def year_planted(truth: Truth, ground: Ground) -> str | None:
    """A year where the clause states none, and none is in force."""
    above = f"{truth.document.title}{truth.clause.path}{truth.clause.text}"
    dated = re.search(r"20\d\d|十[一二三四]五|每年|每月", above + truth.text)
    if dated or not arabic(truth.text):
        return None
    return f"到2025年，{truth.text}"


TIME_LIES: dict[str, Corruption] = {
    "口径": basis,
    "添每年": yearly_added,
    "丢每年": yearly_lost,
    "年份": year,
    "年份互换": year_of_another,
    "期限": deadline,
    "添年份": year_planted,
    "年均→每年": yearly_for_average,
    "相对时间": relative_time,
}
