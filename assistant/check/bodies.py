"""Responsible units of both sides: who is dropped, who is wrong, and who lost the lead.

A unit answers for another by function, not by name: 市场监管局 for 工商, 质监 and 食药; a county's
工信科技局 for 工信 and 科技. Territorial governments and bodies without a counterpart in the county
are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.cutting import halved
from assistant.check.functions import (
    before_reform,
    county_key,
    departmental,
    kin,
)
from assistant.check.names import Names
from assistant.check.types import Edit, Finding, Listed, Requirement, Sentence
from index.agencies import registry
from index.types import Agency, Span

_OPEN = re.compile(r"等(?:有关|相关)?(?:部门|单位)?|成员单位|有关部门|相关部门|各部门|按职责")


@dataclass(frozen=True, slots=True)
class Answering:
    """The units of the draft that answer a task: from lists, and by name in the words."""

    agencies: tuple[Agency, ...]
    listed: tuple[Listed, ...]
    text: str
    names: Names

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for a in self.agencies for key in self.names.functions(a.name))


def asked(requirement: Requirement) -> tuple[Agency, ...]:
    """The units of a task that a county has a counterpart for."""
    return tuple(a for a in requirement.task.agencies if departmental(a.name))


def answering(sentences: Sequence[Sentence], names: Names) -> Answering:
    listed = tuple(dict.fromkeys(s.units for s in sentences if s.units is not None))
    agencies = tuple(agency for one in listed for agency in one.agencies)
    return Answering(agencies, listed, "".join(s.text for s in sentences), names)


def compare_units(
    requirement: Requirement,
    draft: Sequence[Sentence],
    text: str,
    wanted_elsewhere: frozenset[str],
    names: Names,
    lists_all: bool,
) -> list[Finding]:
    """``wanted_elsewhere``: functions that other tasks ask of the same passages; ``lists_all``:
    whether the draft names units nearly everywhere."""
    wanted = asked(requirement)
    got = answering(draft, names)
    if not got.agencies:
        return _none_listed(requirement, draft, wanted, got) if lists_all else []
    if _of_a_township(got):
        # A town has offices of its own names; only what it names itself can be missed.
        wanted = tuple(agency for agency in wanted if kin(agency.name) & names.known.keys())
    if not wanted:
        lead = None if wanted_elsewhere else _lead(requirement, got, text)
        return [lead] if lead else []
    missed = [agency for agency in wanted if not _answered(agency, got)]
    wanted_keys = frozenset(
        key for agency in wanted for key in (*kin(agency.name), county_key(agency.name))
    )
    extra = [
        agency
        for agency in _of_its_own(got, wanted_keys)
        if names.department(agency.name)
        and not (names.functions(agency.name) & (wanted_keys | wanted_elsewhere))
    ]
    found = _findings(requirement, wanted, missed, extra, got, text)
    if found or wanted_elsewhere:
        return found  # a list over several tasks cannot have the lead of each in front
    lead = _lead(requirement, got, text)
    return [lead] if lead else []


def _of_its_own(got: Answering, wanted: frozenset[str]) -> list[Agency]:
    """A list that shares nobody with the task stands over something else, where another does."""
    own = [
        listed
        for listed in got.listed
        if any(got.names.functions(agency.name) & wanted for agency in listed.agencies)
    ]
    return [agency for listed in own or got.listed for agency in listed.agencies]


def _none_listed(
    requirement: Requirement,
    draft: Sequence[Sentence],
    wanted: Sequence[Agency],
    got: Answering,
) -> list[Finding]:
    """A passage without any unit in a draft that names them everywhere else."""
    missed = [agency for agency in wanted if not _named_in(agency.name, got.text)]
    if not missed or len(missed) < len(wanted):
        return []
    upper = "、".join(agency.name for agency in requirement.task.agencies)
    named = "、".join(dict.fromkeys(_counterpart(a, got) for a in missed))
    last = draft[-1]
    note = f"没有列责任单位，应为{named}"
    return [Finding("unit_dropped", "fault", upper, last.text, note, "", _hull(wanted), last.span)]


def _of_a_township(got: Answering) -> bool:
    names = [halved(agency.name) for agency in got.agencies]
    local = [
        n for n in names if re.match(r"(?:镇|乡|街道|本镇|各村|村)|[一-鿿]{2,3}(?:镇|乡|街道)", n)
    ]
    return len(local) * 2 > len(names)


def _answered(agency: Agency, got: Answering) -> bool:
    keys = kin(agency.name)
    if keys & got.keys or _stem(agency.name) in {_stem(other.name) for other in got.agencies}:
        return True
    if _named_in(agency.name, got.text):
        return True
    if any(_OPEN.search(halved(other.name)) for other in got.agencies):
        return True
    host = county_key(agency.name)
    # 能源 is seen to by the county's 发改局 unless the draft knows a 能源局 of its own.
    return not (keys & got.names.known.keys()) and host in got.keys


def _stem(name: str) -> str:
    """房产管理中心 and 县房产服务中心 do the same."""
    bare = re.sub(r"^(?:[一-鿿]{2,4}(?=[省市州县区]))?[省市州县区旗]?(?:政府)?", "", halved(name))
    return (
        re.sub(r"(?:管理|服务|事务|发展)*(?:局|委员会|委|办公室|办|中心|处|站)$", "", bare) or name
    )


def _named_in(name: str, text: str) -> bool:
    """县发改、经信、规划、国土等部门: named in the words of the passage."""
    body = registry().bodies.get(registry().key_of(halved(name)))
    if body is None:
        return False
    for found in re.finditer(r"[一-鿿、]{2,60}?等?(?:部门|单位)", text):
        if any(
            stem in found.group().split("、")
            or f"{stem}等" in found.group()
            or f"、{stem}" in found.group()
            for stem in body.names
            if len(stem) > 1
        ):
            return True
    return any(
        mention.canonical == body.key and re.match(r"[一-鿿]{0,4}[县市区州旗镇]", mention.name)
        for mention in registry().mentions(text)
    )


def _findings(
    requirement: Requirement,
    wanted: Sequence[Agency],
    missed: Sequence[Agency],
    extra: Sequence[Agency],
    got: Answering,
    text: str,
) -> list[Finding]:
    upper = "、".join(agency.name for agency in requirement.task.agencies)
    first = got.listed[0]
    quote, span = first.span.of(text), first.span
    found: list[Finding] = []
    swapped = missed[: len(extra)]
    if swapped:
        meant = [a for a in missed if len(missed) > len(extra) or a in swapped]
        named = "、".join(dict.fromkeys(_counterpart(a, got) for a in meant))
        note = f"应为{named}，草案写成{'、'.join(a.name for a in extra)}"
        edit = Edit(extra[0].span, named) if len(extra) == 1 else None
        found.append(
            Finding("unit_wrong", "fault", upper, quote, note, "", _hull(wanted), span, edit)
        )
    rest = (
        missed[len(extra) :] if extra and len(missed) < len(wanted) else ([] if extra else missed)
    )
    if rest:
        named = "、".join(dict.fromkeys(_counterpart(a, got) for a in rest))
        last = first.agencies[-1]
        edit = Edit(last.span, f"{last.name}、{named}")
        found.append(
            Finding(
                "unit_dropped", "fault", upper, quote, f"{named}漏列", "", _hull(wanted), span, edit
            )
        )
    return found


def _lead(requirement: Requirement, got: Answering, text: str) -> Finding | None:
    """The lead went to another of the upper plan's own units."""
    lead = requirement.task.lead
    if lead is None or not departmental(lead) or not got.agencies:
        return None
    listed = _closest(requirement, got)
    leaders = [a for a in listed.agencies if a.role == "lead"]
    departments = [a for a in listed.agencies if got.names.department(a.name)]
    if not departments:
        return None
    now = leaders or departments[:1]
    keys = kin(lead)
    if any(got.names.functions(a.name) & keys for a in now):
        return None
    others = {k for a in asked(requirement) for k in kin(a.name)} - keys
    named = bool(leaders) and not asked(requirement)
    if not named and not any(got.names.functions(a.name) & others for a in now):
        return None
    upper = "、".join(agency.name for agency in requirement.task.agencies)
    note = f"牵头单位由{lead}变为{'、'.join(a.name for a in now)}"
    span = listed.span
    return Finding("unit_wrong", "fault", upper, span.of(text), note, "lead_swapped", None, span)


def _closest(requirement: Requirement, got: Answering) -> Listed:
    """Of several lists over the passages, the one that is most the task's own."""
    wanted = {key for agency in asked(requirement) for key in kin(agency.name)}

    def likeness(listed: Listed) -> float:
        keys = [got.names.functions(agency.name) for agency in listed.agencies]
        return sum(bool(k & wanted) for k in keys) / len(keys)

    return max(got.listed, key=likeness)


def _hull(agencies: Sequence[Agency]) -> Span:
    return Span(agencies[0].span.start, agencies[-1].span.end)


def _counterpart(agency: Agency, got: Answering) -> str:
    """The body as the draft calls it elsewhere, else by its usual name in a county, led by the
    word that the draft's own list uses."""
    named = next(
        (got.names.known[key] for key in sorted(kin(agency.name)) if key in got.names.known), None
    )
    if named is not None:
        return named
    body = registry().bodies.get(registry().key_of(halved(agency.name)))
    if body is None or not body.county:
        return agency.name
    county = (before_reform(body) if _is_old(got) else body.county).removeprefix("县")
    if "县" in county:
        return county
    led = (re.match(r"[县区市旗镇乡州]", halved(a.name)) for a in got.agencies)
    prefix = next((found.group() for found in led if found), "县")
    return f"{prefix}{county}"


def _is_old(got: Answering) -> bool:
    """Whether the draft's own list names bodies from before the reforms (国土, 环保, 安监)."""
    bodies = registry().bodies
    keys = [registry().key_of(halved(agency.name)) for agency in got.agencies]
    return any(key in bodies and bodies[key].until for key in keys)
