"""The table of tasks after a person has rewritten, added, removed or moved clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.draft.table import rewritten
from assistant.draft.types import Draft, DraftClause, TaskRow


def with_clauses(draft: Draft, opening: DraftClause, clauses: Sequence[DraftClause]) -> Draft:
    """The draft with these clauses; rows follow them: kept, rewritten, new, or gone."""
    before = {one.id: one for one in draft.clauses}
    rows = {row.id: row for row in draft.rows}
    out: list[TaskRow] = []
    for clause, where in _placed(clauses):
        row = rows.get(clause.id)
        if row is None:
            if clause.origin == "county" and clause.units.everyone:
                out.append(rewritten(_blank(clause, where), clause))
            continue
        row = row if _alike(before.get(clause.id), clause) else rewritten(row, clause)
        out.append(replace(row, number=where))
    return replace(draft, opening=opening, clauses=tuple(clauses), rows=tuple(out))


def _alike(before: DraftClause | None, clause: DraftClause) -> bool:
    return before is not None and replace(before, number=clause.number) == clause


def _blank(clause: DraftClause, where: str) -> TaskRow:
    return TaskRow(clause.id, where, "", "", "", "", "", "", clause.sources, "县拟定")


def _placed(clauses: Sequence[DraftClause]) -> Iterator[tuple[DraftClause, str]]:
    """Each clause below the sections with its place, as 任务分解表 writes it: 三、…（一）1."""
    section = above = ""
    for clause in clauses:
        if clause.level == 1:
            section, above = clause.number + clause.heading, ""
            continue
        above = clause.number if clause.level == 2 else above
        yield clause, section + ("" if clause.level == 2 else above) + clause.number
