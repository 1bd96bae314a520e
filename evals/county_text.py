"""A faithful county draft of a plan: tasks told in the county's words, in several shapes.

Everything follows from the seed. What is told rewords, reorders, merges and splits, and names
bodies as they were called before or after a reform, so that a check which compares letters would
raise alarms all over.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.check.bodies import asked
from assistant.check.types import Requirement, Sentence
from index.agencies import registry
from index.types import Source, Span, Table

_REWORDED = {
    "推进": "推动",
    "加快": "加速",
    "鼓励": "引导",
    "加强": "强化",
    "全省": "全县",
    "全市": "全县",
    "我市": "我县",
    "开展": "组织开展",
    "建成": "建设",
    "力争": "",
    "大力": "",
}
_HEADINGS = ("重点行动", "主要工作", "推进举措", "支撑保障")
_OPENING_YEAR = re.compile(r"^到(20\d\d)年(?:底|底前|末)?[，,]")
_NUMERALS = "一二三四五六七八九十"
_OPENING = ("云溪县实施方案", "", "为贯彻落实上级部署，结合我县实际，制定本方案。")
_CLOSING = "本方案自印发之日起施行。"


@dataclass(frozen=True, slots=True)
class Told:
    """One or several tasks as the draft tells them; ``how`` says what was done to them faithfully.

    ``led`` is True where the first unit leads, ``movable`` where a chapter may give the year."""

    clauses: tuple[str, ...]
    sentences: tuple[str, ...]
    units: tuple[str, ...]
    how: str = ""
    led: bool = False
    movable: bool = True


def faithful(requirement: Requirement, year: int) -> Told:
    sentences = tuple(reworded(s.text) for s in own_sentences(requirement))
    upper = [agency.name for agency in asked(requirement)]
    units = tuple(dict.fromkeys(county_name(name, year) for name in upper))
    usual = tuple(dict.fromkeys(county_name(name, 2017) for name in upper))
    how = "机构改名" if units != usual else ""
    clauses = (requirement.task.clause_id,)
    return Told(clauses, sentences, units, how, led=requirement.task.lead is not None)


def own_sentences(requirement: Requirement) -> list[Sentence]:
    told = [s for s in requirement.sentences if not s.heading]
    return told or list(requirement.sentences)


def reworded(text: str) -> str:
    for old, new in _REWORDED.items():
        text = text.replace(old, new)
    return text


def county_name(name: str, year: int) -> str:
    """The county's body of that year; one that a reform dissolved bears its own name before it."""
    bodies = registry().bodies
    body = bodies[registry().key_of(name)]
    if body.until and year <= body.until:
        county = body.county_until.get(body.until) or f"{min(body.names, key=len)}局"
    elif body.until and body.heir:
        county = bodies[body.heir].county_in(year)
    else:
        county = body.county_in(year)
    return county if "县" in county else f"县{county}"


def merged(told: Sequence[Told], spoilt: set[str], rng: random.Random) -> list[Told]:
    """Some neighbours told in one paragraph with all their units; never a spoilt one, whose loss
    the other's units might make good."""
    out: list[Told] = []
    for one in told:
        free = bool(out) and not {*one.clauses, *out[-1].clauses} & spoilt
        if free and len(out[-1].clauses) == 1 and rng.random() < 0.25:
            before = out.pop()
            units = tuple(dict.fromkeys((*before.units, *one.units)))
            sentences = (*before.sentences, *one.sentences)
            out.append(Told((*before.clauses, *one.clauses), sentences, units, "合并"))
        else:
            out.append(one)
    return out


def parted(told: Sequence[Told], spoilt: set[str], rng: random.Random) -> list[Told]:
    """Some told in two paragraphs, each with all units."""
    out: list[Told] = []
    for one in told:
        cut = len(one.sentences) // 2
        if cut >= 2 and not set(one.clauses) & spoilt and rng.random() < 0.4:
            out.append(replace(one, sentences=one.sentences[:cut], how="拆分"))
            out.append(replace(one, sentences=one.sentences[cut:], how="拆分"))
        else:
            out.append(one)
    return out


def in_chapters(told: Sequence[Told]) -> Source:
    """Other chapters, another order, the units behind each paragraph."""
    cut = len(told) // 2
    order = [*told[cut:], *told[:cut]]
    size = max(-(-len(order) // len(_HEADINGS)), 1)
    groups = {
        name: [paragraph(one) for one in order[i * size : (i + 1) * size]]
        for i, name in enumerate(_HEADINGS)
    }
    return _chapters(groups)


def by_department(told: Sequence[Told]) -> Source:
    """A chapter for every department that leads; the others stand in brackets."""
    groups: dict[str, list[str]] = {}
    for one in told:
        head = f"{one.units[0]}牵头事项" if one.units and one.led else "各单位共同事项"
        rest = one.units[1:] if one.units and one.led else one.units
        label = "配合" if one.units and one.led else "责任单位"
        tail = f"（{label}：{'、'.join(rest)}）" if rest else ""
        groups.setdefault(head, []).append("".join(map(ended, one.sentences)) + tail)
    return _chapters(groups)


def by_year(told: Sequence[Told]) -> Source:
    """Chapters give the year, and the sentences below them no more."""
    groups: dict[str, list[str]] = {}
    for one in told:
        years = {m[1] for s in one.sentences if (m := _OPENING_YEAR.match(s))}
        if one.movable and len(years) == 1 and _OPENING_YEAR.match(one.sentences[0]):
            rest = tuple(_OPENING_YEAR.sub("", s) for s in one.sentences)
            one = replace(one, sentences=rest, how="年份在标题")
            groups.setdefault(f"{min(years)}年底前完成的工作", []).append(paragraph(one))
        else:
            groups.setdefault("全过程推进的工作", []).append(paragraph(one))
    return _chapters(groups)


def as_table(told: Sequence[Told]) -> Source:
    """One row a task, as a spreadsheet would have it."""
    rows = ["序号\t工作任务\t责任单位"]
    for number, one in enumerate(told, 1):
        rows.append(f"{number}\t{''.join(map(ended, one.sentences))}\t{'、'.join(one.units)}")
    head = "\n".join((*_OPENING, "一、任务分解", ""))
    spans, at = [], len(head)
    for row in rows:
        spans.append(Span(at, at + len(row)))
        at += len(row) + 1
    return Source("\n".join([head + rows[0], *rows[1:], _CLOSING]), (Table(tuple(spans)),))


def paragraph(one: Told) -> str:
    units = f"（责任单位：{'、'.join(one.units)}）" if one.units else ""
    return "".join(map(ended, one.sentences)) + units


def ended(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "；", ";")) else f"{sentence}。"


def _chapters(groups: Mapping[str, Sequence[str]]) -> Source:
    return Source("\n".join([*_OPENING, *_lines(groups), _CLOSING]))


def _lines(groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    filled = [(name, some) for name, some in groups.items() if some]
    for at, (name, some) in enumerate(filled):
        mark = _NUMERALS[at] if at < 10 else f"十{_NUMERALS[at - 10]}"
        yield f"{mark}、{name}"
        for number, words in enumerate(some, 1):
            yield f"{number}．{words}"


SHAPES: Mapping[str, Callable[[Sequence[Told]], Source]] = {
    "换章节": in_chapters,
    "按部门": by_department,
    "按年度": by_year,
    "列表": as_table,
}
