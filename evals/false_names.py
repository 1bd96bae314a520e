"""Corruptions of places, bodies, documents, subjects, and of what is asked of them."""

from __future__ import annotations

import re

from evals.ground import Corruption, Ground, arabic, put, replaced
from evals.truths import Truth
from index.agencies import mentions, same_body
from index.types import Span

ELSEWHERE = ("遵义市", "襄阳市", "茂名市", "洛阳市", "杭州市", "贵阳市")
LEVELS = (
    ("省级", "市级"),
    ("市级", "省级"),
    ("国家级", "省级"),
    ("全市", "全省"),
    ("国家", "省级"),
)
SUBJECTS: tuple[tuple[str, str], ...] = (
    ("规模以上", "全部"),
    ("规上", "全部"),
    ("重点企业", "所有企业"),
    ("大中型", "所有"),
)
SUBJECTS += (("战略性新兴产业", "传统产业"), ("中小企业", "大型企业"))
SUBJECTS += (("骨干企业", "小微企业"),)


def region(truth: Truth, ground: Ground) -> str | None:
    return f"{ground.random.choice(ELSEWHERE)}{truth.text}" if arabic(truth.text) else None


def region_of_another(truth: Truth, ground: Ground) -> str | None:
    """The name of another document's place."""
    if not arabic(truth.text):
        return None
    others = [d.region for d in ground.corpus.documents.values() if d.id != truth.document.id]
    places = [re.findall(r"[一-鿿]+?[省市]", region)[-1:] for region in others]
    elsewhere = [p for named in places for p in named if p not in truth.document.region]
    if not elsewhere or not truth.document.region:
        return None
    place = ground.random.choice(elsewhere)
    return f"{place}的目标：{truth.text}"


def level(truth: Truth, ground: Ground) -> str | None:
    if not arabic(truth.text):
        return None
    found = [(a, b) for a, b in LEVELS if a in truth.text and b not in truth.text]
    return replaced(truth.text, *ground.random.choice(found)) if found else None


def subject(truth: Truth, ground: Ground) -> str | None:
    found = [(a, b) for a, b in SUBJECTS if a in truth.text and b not in truth.text]
    return replaced(truth.text, *ground.random.choice(found)) if found else None


NARROW = ("规模以上", "规上", "大中型", "高新技术", "战略性新兴", "传统")


def widened(truth: Truth, ground: Ground) -> str | None:
    """规模以上工业企业 → 工业企业, of a figure that only the narrower ones were given."""
    for word in NARROW:
        found = re.search(rf"{word}(?=(?:工业)?(?:企业|产业)[^，。；、]*\d)", truth.text)
        if found and truth.text.count("企业") + truth.text.count("产业") == 1:
            return truth.text[: found.start()] + truth.text[found.end() :]
    return None


BODIES = (
    "市水利局",
    "市民政局",
    "市卫生健康委",
    "市司法局",
    "省民政厅",
    "市教育局",
    "市交通运输局",
)


def agency(truth: Truth, ground: Ground) -> str | None:
    named = [m for m in mentions(truth.text) if len(m.name) < 12]
    others = [b for b in BODIES if not any(same_body(b, m.name) for m in named)]
    if not named or not others:
        return None
    one = ground.random.choice(named)
    return put(truth.text, one.span, ground.random.choice(others))


def agency_of_another_level(truth: Truth, ground: Ground) -> str | None:
    found = re.search(r"(?<=[、：（，])市(?=[^、，）]{2,8}[局委])", truth.text)
    return truth.text[: found.start()] + "省" + truth.text[found.end() :] if found else None


def lead_and_support(truth: Truth, ground: Ground) -> str | None:
    """A unit that only takes part is said to lead."""
    task = ground.corpus.tasks.get(truth.clause.id)
    span = truth.statement.citations[0].span
    inside = [a for a in task.agencies if span.contains(a.span)] if task else []
    if task is None or not inside:
        return None
    others = [a for a in inside if a.role != "lead" and a.name not in (task.lead or "")]
    return f"由{ground.random.choice(others).name}牵头。" if others else None


def document_number(truth: Truth, ground: Ground) -> str | None:
    found = re.search(r"(?<=〕)\d+(?=号)", truth.text)
    if not found:
        return None
    return put(truth.text, Span(*found.span()), str(int(found[0]) + ground.random.randint(1, 9)))


def document_number_year(truth: Truth, ground: Ground) -> str | None:
    found = re.search(r"(?<=〔)20\d\d(?=〕)", truth.text)
    return put(truth.text, Span(*found.span()), str(int(found[0]) - 1)) if found else None


def document_numbers_swapped(truth: Truth, ground: Ground) -> str | None:
    found = list(re.finditer(r"[一-鿿]{2,6}〔20\d\d〕\d+号", truth.text))
    if len(found) < 2:
        return None
    text = put(truth.text, Span(*found[1].span()), found[0][0])
    return put(text, Span(*found[0].span()), found[1][0])


def title_named(truth: Truth, ground: Ground) -> str | None:
    """A title in 《》 with one word of it another."""
    found = re.search(r"《[^《》]+》", truth.text)
    swaps = (
        ("方案", "规划"),
        ("意见", "办法"),
        ("通知", "决定"),
        ("计划", "规划"),
        ("目录", "清单"),
    )
    for old, new in swaps:
        if found and old in found[0]:
            return put(truth.text, Span(*found.span()), found[0].replace(old, new))
    return None


NEGATIONS: tuple[tuple[str, str], ...] = (
    ("实施", "不实施"),
    ("支持", "不支持"),
    ("鼓励", "不鼓励"),
    ("完成", "不完成"),
    ("建立", "取消"),
)
NEGATIONS += (("推动", "停止"), ("培育", "不再培育"), ("允许", "不允许"), ("落实", "不落实"))
AFFIRMED = (("没有", "有"), ("未", "已"), ("不得", "可以"), ("严禁", "鼓励"), ("不变", "改变"))
STRENGTHS = (
    ("力争", "确保"),
    ("鼓励", "必须"),
    ("争取", "务必"),
    ("确保", "力争"),
    ("引导", "强制"),
)


def negation(truth: Truth, ground: Ground) -> str | None:
    found = [(a, b) for a, b in NEGATIONS if a in truth.text]
    return replaced(truth.text, *ground.random.choice(found)) if found else None


def negation_lost(truth: Truth, ground: Ground) -> str | None:
    bare = re.sub(r"不(?=低于|少于|超过|高于|断|仅|同)", "□", truth.text)
    found = [(a, b) for a, b in AFFIRMED if a in bare]
    return replaced(truth.text, *ground.random.choice(found)) if found else None


def strength(truth: Truth, ground: Ground) -> str | None:
    found = [(a, b) for a, b in STRENGTHS if a in truth.text and b not in truth.text]
    return replaced(truth.text, *ground.random.choice(found)) if found else None


NAME_LIES: dict[str, Corruption] = {
    "地区": region,
    "地区用他文": region_of_another,
    "层级": level,
    "主体": subject,
    "范围放宽": widened,
    "机构": agency,
    "机构层级": agency_of_another_level,
    "牵头与配合": lead_and_support,
    "文号": document_number,
    "文号年份": document_number_year,
    "文号互换": document_numbers_swapped,
    "标题": title_named,
    "否定": negation,
    "否定丢失": negation_lost,
    "力度": strength,
}
