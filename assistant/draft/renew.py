"""A draft drawn up anew, after the county's facts or the upper plan changed, with what people had
done to it: their wording, their own clauses, their confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft.edit import with_clause, with_touch, wording_of
from assistant.draft.lettering import head_of, is_numbered, retitled
from assistant.draft.restructure import renumbered
from assistant.draft.rows import with_clauses
from assistant.draft.types import Draft, DraftClause
from assistant.draft.work import Work


@dataclass(frozen=True, slots=True)
class Renewed:
    """``kept`` clauses are as a person left them; ``lost`` ones have no place any more."""

    work: Work
    kept: int
    lost: tuple[DraftClause, ...]


def renewed(before: Work, fresh: Work) -> Renewed:
    """``fresh`` with the touches of ``before``. Where a confirmed clause now reads otherwise, it
    has to be confirmed again."""
    old = {one.id: one for one in (before.plain.opening, *before.plain.clauses)}
    new = {one.id: one for one in (fresh.plain.opening, *fresh.plain.clauses)}
    work, kept = _with_head(before, fresh), 0
    lost: list[DraftClause] = []
    for touch in before.touches:
        clause = old.get(touch.clause)
        if clause is None:
            continue
        if clause.origin == "county" and clause.id not in new:
            work = _put_in(work, clause, before.plain.clauses)
        elif clause.id not in new:
            lost.append(clause)
            continue
        elif touch.reworded:
            work = with_clause(work, replace(clause, number=new[clause.id].number))
        elif wording_of(clause) != wording_of(new[clause.id]):
            continue  # what was confirmed is not what stands there now
        work, kept = with_touch(work, touch), kept + 1
    asked = {one.id for one in work.plain.placeholders}
    fills = {key: value for key, value in before.fills.items() if key in asked}
    return Renewed(replace(work, fills=fills), kept, tuple(lost))


def _with_head(before: Work, fresh: Work) -> Work:
    """A title, number or date that somebody gave the draft stays, unless the profile gives one."""
    head, letter = head_of(before.draft), fresh.plain.letter
    draft: Draft = fresh.plain
    letter = replace(
        letter,
        doc_no=letter.doc_no if is_numbered(letter.doc_no) else head.doc_no or letter.doc_no,
        date=letter.date or head.date,
        copied_to=letter.copied_to or head.copied_to,
    )
    draft = replace(draft, letter=letter)
    if fresh.uppers == before.uppers and before.plain.county == draft.county:
        draft = retitled(draft, before.plain.title)
    return replace(fresh, plain=draft, stage=before.stage)


def _put_in(work: Work, clause: DraftClause, order: Sequence[DraftClause]) -> Work:
    """A clause of the county's own, behind the nearest one that it stood behind."""
    held = {one.id: at for at, one in enumerate(work.plain.clauses)}
    if clause.id in held:
        return work
    at = next(n for n, one in enumerate(order) if one.id == clause.id)
    behind = next((held[one.id] for one in reversed(order[:at]) if one.id in held), -1)
    clauses = list(work.plain.clauses)
    clauses.insert(behind + 1, clause)
    draft = with_clauses(work.plain, work.plain.opening, list(renumbered(clauses)))
    return replace(work, plain=draft)
