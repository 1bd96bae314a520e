"""One unit's share of a plan: its clauses under their headings, its rows of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft.types import Draft, DraftClause
from index.agencies import registry
from index.errors import NotFound

_TOWNSHIP = re.compile(r"(?:乡镇|镇|乡|街道|苏木)(?:（街道）)?(?:人民政府|政府|办事处)?$")
_EVERY_TOWNSHIP = re.compile(r"各[^，。；、]{0,6}?(?:乡镇?|镇|街道|苏木)")


def extract(draft: Draft, unit: str) -> Draft:
    """The plan with only what names ``unit`` among those responsible."""
    kept = {clause.id for clause in draft.clauses if _names(clause, unit)}
    if not kept:
        known = "、".join(units_of(draft))
        raise NotFound(f"方案里没有由“{unit}”负责的任务；有：{known}")
    clauses = _with_headings(draft.clauses, kept)
    return replace(
        draft,
        title=f"{unit}任务清单",
        opening=replace(
            draft.opening, paragraphs=(f"摘自《{_inner(draft.title)}》。",), placeholders=()
        ),
        clauses=clauses,
        rows=tuple(row for row in draft.rows if row.id in kept),
        not_applicable=(),
        omitted=tuple(o for o in draft.omitted if o.clause_id in kept),
        letter=replace(draft.letter, attached=False, recipients=f"{unit}："),
    )


def units_of(draft: Draft) -> tuple[str, ...]:
    """Every unit that the plan makes responsible, in order of first mention."""
    every = (name for clause in draft.clauses for name in clause.units.everyone)
    return tuple(dict.fromkeys(name for name in every if "【" not in name))


def _names(clause: DraftClause, unit: str) -> bool:
    if _TOWNSHIP.search(unit):
        return any(_EVERY_TOWNSHIP.search(words) for words in (*clause.units.everyone, clause.text))
    known = registry()
    return any(
        name == unit or (name[:1] == unit[:1] and known.same_body(name, unit))
        for name in clause.units.everyone
        if "【" not in name
    )


def _with_headings(clauses: Sequence[DraftClause], kept: set[str]) -> tuple[DraftClause, ...]:
    """Kept clauses with the headings above and the numbered units below them."""
    out: list[DraftClause] = []
    above: dict[int, DraftClause] = {}
    written: set[str] = set()
    inside = 0
    for clause in clauses:
        above = {level: c for level, c in above.items() if level < clause.level}
        if inside and clause.level > inside:
            out.append(clause)
            continue
        inside = clause.level if clause.id in kept else 0
        if inside:
            for level in sorted(above):
                if above[level].id not in written:
                    written.add(above[level].id)
                    out.append(replace(above[level], paragraphs=(), placeholders=()))
            written.add(clause.id)
            out.append(clause)
        above[clause.level] = clause
    return tuple(out)


def _inner(title: str) -> str:
    return title.replace("《", "〈").replace("》", "〉")
