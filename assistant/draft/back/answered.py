"""待定 that somebody filled in the Word file itself: the answers, found between the old words."""

from __future__ import annotations

import re

from assistant.draft.edit import Wording
from assistant.draft.filling import asked_in
from assistant.draft.types import DraftClause

_HOLE = re.compile(r"【待定[^】]*】")
_ANSWER = r"([^。；【】\n]{1,60}?)"
_BESIDE = 4  # characters beside a placeholder that tell its place


def answers(clause: DraftClause, words: Wording) -> dict[str, str] | None:
    """Placeholder id → answer, where nothing but placeholders was overwritten; else None."""
    units = (*clause.units.leads, *clause.units.others)
    if words.heading != clause.heading or (*words.leads, *words.others) != units:
        return None
    if len(words.paragraphs) != len(clause.paragraphs):
        return None
    asked = list(asked_in(clause))
    found: dict[str, str] = {}
    for before, after in zip(clause.paragraphs, words.paragraphs, strict=True):
        holes = _HOLE.findall(before)
        pattern = _ANSWER.join(map(re.escape, _HOLE.split(before)))
        whole = re.fullmatch(pattern.replace(_ANSWER, f"(【待定[^】]*】|{_ANSWER[1:]}"), after)
        if whole is None:
            return None
        for hole, answer in zip(holes, whole.groups(), strict=True):
            one = next((one for one in asked if one.text == hole), None)
            if one is None:
                return None
            asked.remove(one)
            if answer != hole:
                found[one.id] = answer
    return found or None


def put_in(clause: DraftClause, words: Wording) -> tuple[str, ...]:
    """What stands where the clause had a placeholder, although other words changed as well."""
    before, after = "\n".join(clause.paragraphs), "\n".join(words.paragraphs)
    places = (_there(before, hole, after) for hole in _HOLE.finditer(before))
    units = (*clause.units.leads, *clause.units.others)
    named = [one for one in (*words.leads, *words.others) if one not in units]
    asked = any(_HOLE.search(one) for one in units)
    return (*(found[1] for found in places if found), *(named if asked else ()))


def _there(before: str, hole: re.Match[str], after: str) -> re.Match[str] | None:
    left, right = before[: hole.start()], before[hole.end() :]
    ends = [re.escape(part) for part in (left[-_BESIDE:], right[:_BESIDE])]
    return re.search(_ANSWER.join(ends), after) if all(ends) else None
