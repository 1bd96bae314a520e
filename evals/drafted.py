"""What our own drafter makes of a plan, as tellings of its tasks that can be spoilt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.check.types import Requirement
from assistant.draft import Draft, draft, profile_of
from assistant.draft.types import DraftClause
from evals.county_text import Told
from index.types import Parsed, Source

_PROVINCES = {"zhejiang-2017": "浙江省", "lps-2016": "贵州省", "huanggang-2021": "湖北省"}


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft, and by task the clause that tells it alone."""

    draft: Draft
    clauses: Mapping[str, DraftClause]


def drafted(plan: Parsed, parts: Sequence[str]) -> Drafted:
    document = plan.document
    upper = f"{document.id}/{parts[0]}" if parts else ""
    given = {"name": "清川县", "province": _PROVINCES.get(document.id, ""), "lead": "县经信局"}
    made = draft([(plan, upper)], profile_of(given))
    alone = {one.sources[0]: one for one in made.clauses if len(one.sources) == 1}
    seen = [one.sources for one in made.clauses]
    once = {key: one for key, one in alone.items() if sum(key in s for s in seen) == 1}
    return Drafted(made, once)


def telling(requirement: Requirement, made: Drafted) -> Told | None:
    """How the draft tells a task; None where it tells it together with others, or not in words
    that can be spoilt."""
    clause = made.clauses.get(requirement.task.clause_id)
    if clause is None or not clause.paragraphs or clause.placeholders:
        return None
    sentences = tuple(s for p in clause.paragraphs for s in re.findall(r"[^。]+。?", p))
    units = clause.units.leads + clause.units.others
    return Told(clause.sources, sentences, units, led=clause.units.with_lead)


def written(made: Drafted, spoilt: Mapping[str, Told | None]) -> Source:
    """The draft with some of its tasks told otherwise, or not at all."""
    lines = [made.draft.title, ""]
    for clause in made.draft.clauses:
        own = clause.sources[0] if len(clause.sources) == 1 else ""
        if own not in spoilt:
            body = "\n".join(clause.paragraphs) + clause.units.shown
        elif (told := spoilt[own]) is not None:
            body = "".join(told.sentences) + _units(told)
        else:
            continue
        lines.append(f"{clause.number}{clause.heading}{body}")
    return Source("\n".join(lines))


def _units(told: Told) -> str:
    if not told.units:
        return ""
    if not told.led:
        return f"（责任单位：{'、'.join(told.units)}）"
    rest = f"；配合单位：{'、'.join(told.units[1:])}" if told.units[1:] else ""
    return f"（牵头单位：{told.units[0]}{rest}）"
