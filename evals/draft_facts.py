"""Typed facts of a draft against its own upper clauses: figures with unit and direction, and times.

The plain scan looks every number up in the whole upper document; here a clause may only say what
the clauses that it names say, or what the county's profile states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.draft.types import Draft, DraftClause
from evals.draft_scan import Found, plain
from index.agencies import registry, same_body
from index.period import periods
from index.quantity import quantities
from index.types import Parsed

_PENDING = re.compile(r"【待定[^】]*】")

_LOWER = re.compile(r"^(?:各|有关|相关|市|县)[^局委办厅]*(?:政府|管委会|办事处|[县区市）)])$")
_KINDS = (
    re.compile(r"领导小组|联席会议|指挥部|专班"),
    re.compile(r"(?:部门|单位)$"),
    re.compile(r"管委会|管委办|园区|开发区"),
    re.compile(r"政府$"),
)

Fact = tuple[str, ...]


def ungrounded(draft: Draft, parsed: Parsed, given: str) -> list[Found]:
    """Figures and times of a clause that neither its sources nor the profile state."""
    texts = {clause.id: clause.text for clause in parsed.clauses}
    own = facts(given)
    found: list[Found] = []
    for clause in (draft.opening, *draft.clauses):
        if clause.origin == "county":
            continue
        grounds = own | facts("\n".join(_grounds(clause, texts, parsed)))
        loose = facts(plain(clause)) - grounds
        found += [Found("ungrounded", clause.id, " ".join(fact)) for fact in sorted(loose)]
    return found


def _grounds(clause: DraftClause, texts: dict[str, str], parsed: Parsed) -> Iterable[str]:
    """The title, the sources with what stands below them; for the opening the whole document."""
    yield parsed.document.title
    if clause.level == 0:
        yield parsed.document.text
        return
    for source in clause.sources:
        for at, text in texts.items():
            if at == source or at.startswith(source + "/"):
                yield text


def facts(text: str) -> set[Fact]:
    """年均增长10%以上 → ("%", "10", ">="); 2020年底 → its year and month; words alone are none."""
    bare = re.sub(r"[-–－~～]", "—", _PENDING.sub("〓", text))
    figures = {
        (q.unit, f"{q.value:g}", q.op)
        for q in quantities(bare)
        if re.search(r"\d", q.span.of(bare))
    }
    times = {("时间", p.span.of(bare)) for p in periods(bare) if re.search(r"\d", p.span.of(bare))}
    return figures | {(kind, re.sub(r"\s|以?前$", "", words)) for kind, words in times}


def miscounted(draft: Draft) -> list[Found]:
    """Holes in the text that are in no list, and listed ones that stand nowhere."""
    found: list[Found] = []
    for clause in (draft.opening, *draft.clauses):
        asked = [p.text for p in (*clause.placeholders, *clause.units.placeholders)]
        stands = _PENDING.findall(clause.heading + clause.text)
        if sorted(asked) != sorted(stands):
            odd = set(asked) ^ set(stands) or set(asked)
            found.append(Found("hole", clause.id, "；".join(sorted(odd))))
    return found


def unmapped(draft: Draft, parsed: Parsed) -> list[Found]:
    """Upper agencies of placed tasks that nobody in the county answers for, and no reason why."""
    reasons = {(o.clause_id, o.quote) for o in draft.omitted if o.reason}
    found: list[Found] = []
    for task in parsed.tasks:
        units = [
            unit
            for clause in draft.clauses
            if task.clause_id in clause.sources
            for unit in (*clause.units.everyone, *_PENDING.findall(clause.text))
        ]
        found += [
            Found("unmapped", task.clause_id, agency.name)
            for agency in task.agencies
            if units
            and (task.clause_id, agency.name) not in reasons
            and not any(_answers(unit, agency.name) for unit in units)
        ]
    return found


def _answers(unit: str, upper: str) -> bool:
    """The same body by function; groups, parks and everybody by their kind; a question by name."""
    if upper in unit or same_body(unit, upper):
        return True
    body = registry().bodies.get(registry().key_of(upper))
    kinds = (body.county_until, body.county_by_province) if body else ()
    usual = (body.county if body else "", *(name for kind in kinds for name in kind.values()))
    if any(name and unit.endswith(name.removeprefix("县")) for name in usual):
        return True
    if _LOWER.search(upper):
        return True  # 各市、县政府: the county itself, which leads by whichever department it chose
    return any(kind.search(upper) and kind.search(unit) for kind in _KINDS)


def misnamed(draft: Draft) -> list[Found]:
    """One id runs through the plan: no id twice, and each row of the table is a clause."""
    ids = [clause.id for clause in (draft.opening, *draft.clauses)]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    lost = [row.id for row in draft.rows if row.id not in ids]
    return [Found("id", one, "重复") for one in twice] + [
        Found("id", one, "无段落") for one in lost
    ]
