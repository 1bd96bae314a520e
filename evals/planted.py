"""Drafts with planted errors: a faithful county draft of a plan, of which some tasks are spoilt.

Everything follows from the seed. The faithful part rewords, reorders, merges and splits, so that a
check which compares letters would raise alarms all over.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.check.align import texts_of
from assistant.check.applicable import Standing, excused, names_lower_level
from assistant.check.asking import asked_by
from assistant.check.bodies import asked
from assistant.check.requirements import requirements
from assistant.check.types import Requirement, Sentence
from index.agencies import registry
from index.period import periods
from index.quantity import quantities
from index.types import Parsed, Target

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
_STRANGERS = ("县民政局", "县文旅局", "县司法局", "县卫健局")
_HEADINGS = ("重点行动", "主要工作", "推进举措", "支撑保障")


@dataclass(frozen=True, slots=True)
class Told:
    """A task as the draft tells it."""

    clause: str
    sentences: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """What was spoilt in a task, and what a check must say of it."""

    kind: str
    clause: str
    label: str | None
    finding: str | None
    was: str


@dataclass(frozen=True, slots=True)
class Mutant:
    text: str
    planted: tuple[Planted, ...]
    clean: tuple[str, ...]


Spoil = Callable[[Requirement, Told, random.Random], tuple[Told | None, str] | None]


def mutants(parsed: Parsed, parts: Sequence[str], rounds: int, seed: int) -> list[Mutant]:
    """Drafts of one plan; in each, about every third task is spoilt in its own way."""
    wanted = requirements(parsed, parts)
    by_level = names_lower_level(wanted)
    bound = [r for r in wanted if not excused(r, Standing("", ()), by_level)]
    return [
        _mutant(bound, random.Random(f"{seed}/{parsed.document.id}/{parts}/{i}"), i)
        for i in range(rounds)
    ]


def _mutant(bound: Sequence[Requirement], rng: random.Random, number: int) -> Mutant:
    told: list[Told] = []
    planted: list[Planted] = []
    for at, requirement in enumerate(bound):
        faithful = _faithful(requirement)
        spoilt = _spoilt(requirement, faithful, rng) if (at + number) % 3 == 0 else None
        if spoilt is None:
            told.append(faithful)
            continue
        made, error = spoilt
        planted.append(error)
        if made is not None:
            told.append(made)
    known = {error.clause for error in planted}
    clean = tuple(r.task.clause_id for r in bound if r.task.clause_id not in known)
    return Mutant(_written(_merged(told, known, rng), rng), tuple(planted), clean)


def _merged(told: Sequence[Told], spoilt: set[str], rng: random.Random) -> list[Told]:
    """Some neighbours told in one paragraph with all their units; never a spoilt one, whose loss
    the other's units might make good."""
    out: list[Told] = []
    for one in told:
        free = out and not {one.clause, *out[-1].clause.split("+")} & spoilt
        if free and "+" not in out[-1].clause and rng.random() < 0.25:
            before = out.pop()
            units = tuple(dict.fromkeys((*before.units, *one.units)))
            sentences = (*before.sentences, *one.sentences)
            out.append(Told(f"{before.clause}+{one.clause}", sentences, units))
        else:
            out.append(one)
    return out


def _faithful(requirement: Requirement) -> Told:
    sentences = [_reworded(s.text) for s in _own(requirement)]
    units = [_county(agency.name) for agency in asked(requirement)]
    return Told(requirement.task.clause_id, tuple(sentences), tuple(dict.fromkeys(units)))


def _own(requirement: Requirement) -> list[Sentence]:
    told = [s for s in requirement.sentences if not s.heading]
    return told or list(requirement.sentences)


def _reworded(text: str) -> str:
    for old, new in _REWORDED.items():
        text = text.replace(old, new)
    return text


def _county(name: str) -> str:
    body = registry().bodies[registry().key_of(name)]
    county = body.county_until.get(2018, "") if body.until else ""
    county = county or (f"{min(body.names, key=len)}局" if body.until else body.county)
    return f"县{county.removeprefix('县')}"


def _written(told: Sequence[Told], rng: random.Random) -> str:
    """The draft as a document: other chapters, another order, some tasks in two paragraphs."""
    lines = ["云溪县实施方案", "", "为贯彻落实上级部署，结合我县实际，制定本方案。"]
    order = list(told)
    cut = len(order) // 2
    order = order[cut:] + order[:cut]
    size = max(len(order) // len(_HEADINGS), 1)
    numerals = "一二三四五六七八九十"
    number = 0
    for i, one in enumerate(order):
        if i % size == 0 and i // size < len(_HEADINGS):
            lines.append(f"{numerals[i // size]}、{_HEADINGS[i // size]}")
        for paragraph in _paragraphs(one, rng):
            number += 1
            lines.append(f"{number}．{paragraph}")
    return "\n".join([*lines, "本方案自印发之日起施行。"])


def _paragraphs(one: Told, rng: random.Random) -> list[str]:
    units = f"（责任单位：{'、'.join(one.units)}）" if one.units else ""
    cut = len(one.sentences) // 2
    groups = [one.sentences]
    if len(one.sentences) >= 4 and rng.random() < 0.4:
        groups = [one.sentences[:cut], one.sentences[cut:]]
    return ["".join(_ended(s) for s in group) + units for group in groups]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "；", ";")) else f"{sentence}。"


def _spoilt(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, Planted] | None:
    """The first way of spoiling, in random order, that fits the task."""
    ways = list(_WAYS)
    rng.shuffle(ways)
    if rng.random() < 0.6:  # figures and times are rarer than units: they go first more often
        ways.sort(key=lambda kind: _WAYS[kind][0] not in _ABOUT_FIGURES)
    for kind in ways:
        spoil, label, finding = _WAYS[kind]
        made = spoil(requirement, told, rng)
        if made is not None:
            return made[0], Planted(kind, told.clause, label, finding, made[1])
    return None


def _drop_task(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    return (None, requirement.title) if rng.random() < 0.5 else None


def _changed(told: Told, at: int, text: str) -> Told:
    return replace(told, sentences=(*told.sentences[:at], text, *told.sentences[at + 1 :]))


def _home(requirement: Requirement, told: Told, target: Target) -> int | None:
    """The told sentence that states a target, if its quote outlived the rewording."""
    for at, sentence in enumerate(_own(requirement)):
        if sentence.span.contains(target.span) and at < len(told.sentences):
            return at
    return None


def _figure(target: Target) -> tuple[str, str] | None:
    """The figure as written, and its numeral."""
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            return quantity.span.of(target.quote), quantity.number.of(target.quote)
    return None


def _lower_rate(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    for target in requirement.task.targets:
        figure, at = _figure(target), _home(requirement, told, target)
        rate = target.unit in ("%", "个百分点", "百分点") and target.op != "<=" and target.value > 2
        if not rate or figure is None or at is None or not re.fullmatch(r"[\d.]+", figure[1]):
            continue
        lower = f"{round(target.value * 0.8, 2):g}"
        changed = figure[0].replace(figure[1], lower)
        if told.sentences[at].count(figure[0]) == 1 and changed != figure[0]:
            return _changed(told, at, told.sentences[at].replace(figure[0], changed)), figure[0]
    return None


def _to_total(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    for target in requirement.task.targets:
        at = _home(requirement, told, target)
        if target.basis != "per_year" or at is None or "每年" not in target.quote:
            continue
        if told.sentences[at].count("每年") == 1 and "累计" not in told.sentences[at]:
            return _changed(told, at, told.sentences[at].replace("每年", "累计")), target.quote
    return None


def _lower_threshold(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    for target in requirement.task.targets:
        at, size = _home(requirement, told, target), target.threshold or ""
        found = re.match(r"(\d+)(?=[万亿])", size)
        if at is None or not found or told.sentences[at].count(size) != 1:
            continue
        smaller = size.replace(found[1], str(max(int(found[1]) // 2, 1)), 1)
        if smaller != size:
            return _changed(told, at, told.sentences[at].replace(size, smaller)), size
    return None


def _drop_target(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    """The part between commas that states one target alone goes."""
    for target in reversed(requirement.task.targets):
        at = _home(requirement, told, target)
        if at is None or _figure(target) is None:
            continue
        parts = re.split(r"(?<=[，,])", told.sentences[at])
        mine = [p for p in parts if _figure(target)[0] in p]  # type: ignore[index]
        others = [t for t in requirement.task.targets if t is not target]
        alone = len(mine) == 1 and not any((_figure(t) or ("\0",))[0] in mine[0] for t in others)
        said = requirement.document.text.count(f"{_figure(target)[1]}{target.unit}")  # type: ignore[index]
        if alone and said == 1 and len(parts) > 2 and not periods(mine[0]) and "、" not in mine[0]:
            rest = "".join(p for p in parts if p is not mine[0]).rstrip("，,。；; ")
            return _changed(told, at, f"{rest}。"), mine[0]
    return None


def _later(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    at = _timed(told)
    if at is None:
        return None
    text = told.sentences[at]
    year = _bound_years(text)[0]
    return _changed(told, at, text.replace(year, str(int(year) + 1))), year


def _drop_time(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    at = _timed(told)
    if at is None or sum(bool(periods(s)) for s in told.sentences) != 1:
        return None
    text = told.sentences[at]
    opening = re.match(r"^到(?:20\d\d)年(?:底|底前|末)?[，,]", text)
    return (_changed(told, at, text[opening.end() :]), opening[0]) if opening else None


def _timed(told: Told) -> int | None:
    """A sentence with one year by which something is to be done."""
    for at, text in enumerate(told.sentences):
        years = _bound_years(text)
        if len(years) == 1 and len(re.findall(r"20\d\d", text)) == 1:
            return at
    return None


def _bound_years(text: str) -> list[str]:
    return [p.by for p in periods(text) if p.kind == "deadline" and p.by and p.by in text]


def _drop_unit(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    loose = [unit for unit in told.units[1:] if not _named(unit, told)]
    if not loose or _merged_names(told):
        return None
    gone = rng.choice(loose)
    return replace(told, units=tuple(u for u in told.units if u != gone)), gone


def _swap_unit(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    loose = [unit for unit in told.units if not _named(unit, told)]
    if not loose or _merged_names(told):
        return None
    gone = rng.choice(loose)
    stranger = rng.choice([s for s in _STRANGERS if s not in told.units])
    return replace(told, units=tuple(stranger if u == gone else u for u in told.units)), gone


def _named(unit: str, told: Told) -> bool:
    """Whether the task's own words name the body: then a list without it loses nothing."""
    names = registry()
    words = "".join(told.sentences)
    body = names.bodies.get(names.key_of(unit))
    stems = body.names if body else (unit[1:],)
    return any(stem in words for stem in stems if len(stem) > 1)


def _merged_names(told: Told) -> bool:
    """Two upper bodies with one counterpart: dropping one is not seen, and is no fault."""
    return len({unit[1:] for unit in told.units}) != len(told.units) or "县市场监管局" in told.units


def _swap_lead(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    lead = requirement.task.lead
    if lead is None or not told.units or "、" in lead or len(told.units) < 2:
        return None
    names = registry()
    if names.key_of(lead) not in names.bodies or _county(lead) != told.units[0]:
        return None
    second = told.units[1]
    return replace(told, units=(second, told.units[0], *told.units[2:])), lead


def _drop_part(
    requirement: Requirement, told: Told, rng: random.Random
) -> tuple[Told | None, str] | None:
    """A part that asks for something of its own, told nowhere else in the task."""
    rarity = texts_of([requirement], []).rarity
    rows = asked_by(requirement, _own(requirement))
    every = [part for row in rows for part in row]
    for at, (sentence, parts) in enumerate(zip(_own(requirement), rows, strict=True)):
        asking = [p for p in parts if p.asks and len(p.core) >= 6]
        dated = bool(periods(sentence.text))
        if at >= len(told.sentences) or len(parts) < 3 or not asking or dated:
            continue
        gone = rng.choice(asking)
        words = _reworded(gone.text)
        held = frozenset().union(*(part.core for part in every if part.span != gone.span))
        if told.sentences[at].count(words) != 1 or rarity.held(gone.core, held) > 0.1:
            continue
        rest = re.sub(rf"{re.escape(words)}[，,：:]?", "", told.sentences[at])
        return _changed(told, at, re.sub(r"[，,]([。；;]?)$", r"\1", rest)), gone.text
    return None


_ABOUT_FIGURES = (_lower_rate, _to_total, _lower_threshold, _drop_target, _later, _drop_time)
_WAYS: dict[str, tuple[Spoil, str | None, str | None]] = {
    "删任务": (_drop_task, "missing", None),
    "降比率": (_lower_rate, None, "target_lowered"),
    "每年改累计": (_to_total, None, "target_changed"),
    "降门槛": (_lower_threshold, None, "target_changed"),
    "删指标": (_drop_target, None, "target_dropped"),
    "推迟时限": (_later, None, "deadline_later"),
    "删时限": (_drop_time, None, "deadline_dropped"),
    "删单位": (_drop_unit, None, "unit_dropped"),
    "换单位": (_swap_unit, None, "unit_wrong"),
    "换牵头": (_swap_lead, None, "unit_wrong"),
    "删子任务": (_drop_part, "partial", "subtask_dropped"),
}
