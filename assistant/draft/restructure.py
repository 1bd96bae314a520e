"""Clauses added to a draft or taken out of it; numbers and the table of tasks follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.draft.edit import Wording, clause_of, reworded, with_touch
from assistant.draft.numbering import number
from assistant.draft.rows import with_clauses
from assistant.draft.types import DraftClause, Units
from assistant.draft.unsourced import Fact, grounds_of, unsourced
from assistant.draft.work import Touch, Work
from index.errors import NotFound, PolicyError

_DEEPEST = 5
_NAMED = 14  # characters of the words that name a new clause


def facts_of_new(work: Work, words: Wording) -> tuple[Fact, ...]:
    """What a new clause states that neither the plan's sources nor the profile do."""
    return unsourced(words.text, grounds_of(None, work.draft, work.county))


def added(
    work: Work, after: str, words: Wording, who: str, at: str, own: Sequence[str] = ()
) -> Work:
    """A clause of the county's own behind ``after``, on its level; below a heading of sections."""
    facts = dict.fromkeys(one.words for one in facts_of_new(work, words))
    if strange := [one for one in facts if one not in own]:
        some = "、".join(f"“{one}”" for one in strange[:5])
        raise PolicyError(f"上级条款和县情里没有{some}：确属本县自拟的，勾选后再存")
    place = _place(work, after)
    above = clause_of(work.draft, after)
    level = 1 if above.level == 0 else max(above.level, 2)
    bare = DraftClause(_free_id(work, words), level, "", "", (), (), (), Units(), "county")
    new = reworded(bare, words)
    clauses = list(work.plain.clauses)
    clauses.insert(place, new)
    touch = Touch(new.id, "added", who, at, tuple(facts), reworded=True)
    return with_touch(_with(work, clauses), touch)


def _place(work: Work, after: str) -> int:
    """Behind the clause and all that stands below it."""
    clauses = work.plain.clauses
    if after == work.plain.opening.id:
        return 0
    at = next((n for n, one in enumerate(clauses) if one.id == after), None)
    if at is None:
        raise NotFound("草案里没有这一条，可能已在别处改过；请重新打开草案")
    level = clauses[at].level
    at += 1
    if level == 1:  # below the heading itself: the first of its section
        return at
    while at < len(clauses) and clauses[at].level > level:
        at += 1
    return at


def _free_id(work: Work, words: Wording) -> str:
    first = words.heading or words.paragraphs[0]
    opening = re.sub(r"[/#~【】\s]", "", first)[:_NAMED]
    name = f"县拟定/{opening or '新增'}"
    taken = {one.id for one in work.plain.clauses}
    n = 2
    chosen = name
    while chosen in taken:
        chosen, n = f"{name}~{n}", n + 1
    return chosen


def dropped(work: Work, clause_id: str) -> Work:
    """The draft without a clause and what stands below it. Its upper task is then missing in the
    plan, which the check says."""
    if clause_id == work.plain.opening.id:
        raise PolicyError("引言不能删去，可以改写")
    clauses = work.plain.clauses
    at = next((n for n, one in enumerate(clauses) if one.id == clause_id), None)
    if at is None:
        raise NotFound("草案里没有这一条，可能已在别处改过；请重新打开草案")
    end = at + 1
    while end < len(clauses) and clauses[end].level > clauses[at].level:
        end += 1
    return _with(work, [*clauses[:at], *clauses[end:]])


def below(work: Work, clause_id: str) -> int:
    """How many clauses stand below one."""
    return len(work.plain.clauses) - len(dropped(work, clause_id).plain.clauses) - 1


def _with(work: Work, clauses: Sequence[DraftClause]) -> Work:
    draft = with_clauses(work.plain, work.plain.opening, list(renumbered(clauses)))
    every = (draft.opening, *draft.clauses)
    held = {one.id for one in every}
    asked = {one.id for clause in every for one in clause.placeholders}
    asked |= {one.id for clause in every for one in clause.units.placeholders}
    return replace(
        work,
        plain=draft,
        fills={key: value for key, value in work.fills.items() if key in asked},
        touches=tuple(one for one in work.touches if one.clause in held),
    )


def in_order(work: Work) -> Work:
    """The same clauses, their numbers without gaps."""
    return _with(work, work.plain.clauses)


def has_gaps(work: Work) -> bool:
    """Whether somebody took clauses out in Word, or put some in, and left the numbers."""
    clauses = work.plain.clauses
    return any(
        one.number != new.number for one, new in zip(clauses, renumbered(clauses), strict=True)
    )


def renumbered(clauses: Sequence[DraftClause]) -> Iterator[DraftClause]:
    """Numbers again from the first of each level; what bears none keeps none."""
    counts: Counter[int] = Counter()
    for clause in clauses:
        # All that is deeper stands on the deepest level, where counting cannot tell them apart.
        if clause.level == 0 or (clause.level == _DEEPEST and clause.number):
            yield clause
            continue
        for deeper in range(clause.level + 1, _DEEPEST + 1):
            counts[deeper] = 0
        counts[clause.level] += 1
        yield replace(clause, number=number(clause.level, counts[clause.level]))
