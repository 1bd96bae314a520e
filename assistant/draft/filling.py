"""What the county fills in for 待定: values set into a draft, one by one, and nowhere else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.draft.types import Draft, DraftClause, Placeholder, TaskRow

LONGEST = 2000  # characters of one value
Fills = Mapping[str, str]


def filled(draft: Draft, fills: Fills) -> Draft:
    """The draft with every given value in the place of its placeholder."""
    if not fills:
        return draft
    clauses = tuple(in_clause(clause, fills) for clause in draft.clauses)
    asked: defaultdict[str, tuple[Placeholder, ...]] = defaultdict(tuple)
    for clause in draft.clauses:  # two sections may bear the same id
        asked[clause.id] += asked_in(clause)
    return replace(
        draft,
        opening=in_clause(draft.opening, fills),
        clauses=clauses,
        rows=tuple(in_row(row, asked[row.id], fills) for row in draft.rows),
    )


def asked_in(clause: DraftClause) -> tuple[Placeholder, ...]:
    return tuple(sorted((*clause.placeholders, *clause.units.placeholders), key=place))


def place(placeholder: Placeholder) -> int:
    """Where it stood in the upper text, which is the order in which it stands in the draft."""
    at = placeholder.id.rpartition("@")[2]
    return int(at) if at.isdecimal() else 0


def in_clause(clause: DraftClause, fills: Fills) -> DraftClause:
    asked = asked_in(clause)
    if not any(fills.get(one.id) for one in asked):
        return clause
    put = putting(asked, fills)
    units = clause.units
    return replace(
        clause,
        paragraphs=tuple(map(put, clause.paragraphs)),
        placeholders=open_ones(clause.placeholders, fills),
        units=replace(
            units,
            leads=tuple(map(put, units.leads)),
            others=tuple(map(put, units.others)),
            asked=tuple(map(put, units.asked)),
            placeholders=open_ones(units.placeholders, fills),
        ),
    )


def in_row(row: TaskRow, asked: Sequence[Placeholder], fills: Fills) -> TaskRow:
    if not any(fills.get(one.id) for one in asked):
        return row
    return replace(
        row,
        goal=putting(asked, fills)(row.goal),
        lead=putting(asked, fills)(row.lead),
        support=putting(asked, fills)(row.support),
        asked=putting(asked, fills)(row.asked),
    )


def open_ones(asked: Sequence[Placeholder], fills: Fills) -> tuple[Placeholder, ...]:
    return tuple(one for one in asked if not fills.get(one.id))


def putting(asked: Sequence[Placeholder], fills: Fills) -> Callable[[str], str]:
    """Replaces by turns: the second of two equal placeholders is the second that was asked."""
    waiting: defaultdict[str, list[Placeholder]] = defaultdict(list)
    for one in asked:
        waiting[one.text].append(one)
    either = re.compile("|".join(re.escape(text) for text in waiting) or r"(?!)")

    def turn(found: re.Match[str]) -> str:
        queue = waiting[found.group()]
        one = queue.pop(0) if len(queue) > 1 else queue[0]
        value = fills.get(one.id, "")
        return said(one, value) if value else found.group()

    return lambda text: either.sub(turn, text)


def said(placeholder: Placeholder, value: str) -> str:
    """A bare number takes the upper level's unit: 12 for 市定260家以上 becomes 12家以上."""
    if placeholder.asks == "figure" and re.fullmatch(r"\d+(?:\.\d+)?", value):
        return value + unit(placeholder)
    return value


def unit(placeholder: Placeholder) -> str:
    """What follows the number in the upper level's figure, where there is one number."""
    found = re.fullmatch(r"\D*?[\d.,]+(\D*)", placeholder.upper)
    return found[1] if found and placeholder.asks == "figure" else ""


def cleaned(value: str) -> str:
    """One line without the brackets that only a placeholder has."""
    return re.sub(r"[【】\x00-\x1f]|\s+", "", value)[:LONGEST]
