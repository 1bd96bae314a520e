"""A clause in a person's own words: rewritten, checked against its sources, kept or confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft.filling import asked_in
from assistant.draft.table import rewritten
from assistant.draft.types import Draft, DraftClause, Placeholder, TaskRow, Units
from assistant.draft.unsourced import Fact, grounds_of, unsourced
from assistant.draft.work import Touch, Work
from index.errors import NotFound, PolicyError
from index.types import Span

LONGEST = 8000  # characters of one clause
_HOLE = re.compile(r"【待定[^】]*】")
_BETWEEN = re.compile(r"[、，,；;\s]+(?![^（(]*[）)])")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person may change of a clause: paragraphs are lines, units stand apart."""

    heading: str
    paragraphs: tuple[str, ...]
    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, to be searched for facts."""
        return "\n".join((self.heading, *self.paragraphs, *self.leads, *self.others))


def wording_of(clause: DraftClause) -> Wording:
    units = clause.units
    return Wording(clause.heading, clause.paragraphs, units.leads, units.others)


def wording(heading: str, text: str, leads: str = "", others: str = "") -> Wording:
    """From the fields of a form; PolicyError where there is nothing left of the clause."""
    if len(text) > LONGEST:
        raise PolicyError(f"一条最多{LONGEST}字，请分成几条")
    lines = tuple(line for one in text.splitlines() if (line := one.strip("　 \t")))
    found = Wording(
        " ".join(heading.split()).rstrip("。"), lines, names_in(leads), names_in(others)
    )
    if not (found.heading or found.paragraphs):
        raise PolicyError("标题和正文不能都空着")
    return found


def names_in(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in _BETWEEN.split(words.strip()) if name))


def clause_of(draft: Draft, clause_id: str) -> DraftClause:
    every = (draft.opening, *draft.clauses)
    found = next((one for one in every if one.id == clause_id), None)
    if found is None:
        raise NotFound("草案里没有这一条，可能已在别处改过；请重新打开草案")
    return found


def new_facts(work: Work, clause_id: str, words: Wording) -> tuple[Fact, ...]:
    """What the words state that neither the sources nor the profile do, and nobody kept before."""
    draft = work.draft
    found = unsourced(words.text, grounds_of(clause_of(draft, clause_id), draft, work.county))
    touch = work.touch_of(clause_id)
    # What is still open stands in the clause already, but nobody has decided about it.
    still = touch.open if touch else ()
    more = [_again(one, words.text) for one in still if one in words.text]
    return (*found, *(one for one in more if one.words not in {f.words for f in found}))


def _again(words: str, text: str) -> Fact:
    at = text.index(words)
    return Fact("未核", words, Span(at, at + len(words)))


def edited(
    work: Work, clause_id: str, words: Wording, who: str, at: str, own: Sequence[str] = ()
) -> Work:
    """The clause in these words. New facts must be named in ``own``: kept as 本县自拟."""
    facts = dict.fromkeys(one.words for one in new_facts(work, clause_id, words))
    if strange := [one for one in facts if one not in own]:
        some = "、".join(f"“{one}”" for one in strange[:5])
        raise PolicyError(
            f"上级条款和县情里没有{some}：请核对；确属本县自拟的，勾选“本县自拟”后再存"
        )
    before = work.touch_of(clause_id)
    kept = [one for one in (before.own if before else ()) if one in words.text]
    own = tuple(dict.fromkeys([*kept, *facts]))
    touch = Touch(clause_id, "edited", who, at, own, reworded=True)
    clause = reworded(clause_of(work.draft, clause_id), words)
    return with_touch(with_clause(work, answered_for(clause, who)), touch)


def confirmed(work: Work, clause_id: str, who: str, at: str) -> Work:
    """A person has read it and answers for it; what was open is the county's own from now on."""
    clause = clause_of(work.plain, clause_id)
    if clause.is_machine_made:
        work = with_clause(work, answered_for(clause, who))
    before = work.touch_of(clause_id)
    own = (*before.own, *before.open) if before else ()
    once = tuple(dict.fromkeys(own))
    reworded_before = before is not None and before.reworded
    return with_touch(work, Touch(clause_id, "confirmed", who, at, once, (), reworded_before))


def answered_for(clause: DraftClause, who: str) -> DraftClause:
    """Words of a model are a person's own from the moment that a person edits or confirms them."""
    return replace(clause, accepted=who) if clause.is_machine_made else clause


def reworded(clause: DraftClause, words: Wording) -> DraftClause:
    """Placeholders stay as far as their words do; a new 【待定：…】 is asked like any other."""
    units = units_again(clause.units, words.leads, words.others)
    body = "\n".join(words.paragraphs)
    return replace(
        clause,
        heading=words.heading,
        paragraphs=words.paragraphs,
        units=units,
        placeholders=holes(clause, body),
    )


def holes(clause: DraftClause, body: str) -> tuple[Placeholder, ...]:
    waiting = [one for one in asked_in(clause) if one in clause.placeholders]
    found: list[Placeholder] = []
    for at, hole in enumerate(_HOLE.findall(body)):
        same = next((one for one in waiting if one.text == hole), None)
        if same:
            waiting.remove(same)
        elif any(one.text == hole for one in found):
            continue  # one question that the text repeats
        found.append(same or Placeholder(f"{clause.id}#自{at}", hole, clause.id, "text"))
    return tuple(found)


def units_again(units: Units, leads: Sequence[str], others: Sequence[str]) -> Units:
    if (tuple(leads), tuple(others)) == (units.leads, units.others):
        return units
    every = (*leads, *others)
    return replace(
        units,
        leads=tuple(leads),
        others=tuple(one for one in others if one not in leads),
        asked=tuple(one for one in units.asked if one in every),
        with_lead=units.with_lead or bool(leads and not units.everyone),
        placeholders=tuple(one for one in units.placeholders if one.text in every),
    )


def with_clause(work: Work, clause: DraftClause) -> Work:
    """The work with this clause in the place of the one of its id; its answers are words now."""
    plain = work.plain
    answered = {one.id for one in asked_in(clause_of(plain, clause.id))}
    draft = replace(
        plain,
        opening=clause if plain.opening.id == clause.id else plain.opening,
        clauses=tuple(clause if one.id == clause.id else one for one in plain.clauses),
        rows=tuple(_row(row, clause) for row in plain.rows),
    )
    fills = {key: value for key, value in work.fills.items() if key not in answered}
    return replace(work, plain=draft, fills=fills)


def _row(row: TaskRow, clause: DraftClause) -> TaskRow:
    return rewritten(row, clause) if row.id == clause.id else row


def with_touch(work: Work, touch: Touch) -> Work:
    others = [one for one in work.touches if one.clause != touch.clause]
    return replace(work, touches=(*others, touch))
