"""The draft as an edited file has it: a new state of the work, with what changed in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.draft.back.answered import answers, put_in
from assistant.draft.back.match import Block, Matched, matched, numbered
from assistant.draft.back.read import Returned, read_returned
from assistant.draft.back.wording import again, split_heading
from assistant.draft.compared import Change, changes_json, compared
from assistant.draft.edit import reworded, with_touch, wording_of
from assistant.draft.lettering import retitled
from assistant.draft.rows import with_clauses
from assistant.draft.types import DraftClause, Units
from assistant.draft.unsourced import grounds_of, unsourced, words_of
from assistant.draft.word.annex import cell_words
from assistant.draft.work import How, Touch, Work
from index.errors import PolicyError

_LEVELS = (
    (r"[一二三四五六七八九十百零]+、", 1),
    (r"[（(][一二三四五六七八九十百零]+[）)]", 2),
    (r"\d{1,2}[.．、]", 3),
    (r"[（(]\d{1,2}[）)]", 4),
    (r"[①-⑳]|\d{1,2}）", 5),
)
_SHORTEST_SHARE = 0.2  # of the draft's clauses that a file must hold to be this draft


@dataclass(frozen=True, slots=True)
class Taken:
    """``by`` says whether bookmarks or the likeness of the words matched the paragraphs;
    ``table_changed``: the annex was edited, which is written anew from the plan."""

    work: Work
    changes: tuple[Change, ...]
    by: str
    table_changed: bool

    @property
    def changed(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.kind != "same" or one.moved)


def take_back(work: Work, path: Path, who: str, at: str) -> Taken:
    """The work as the file has it. New facts in it are open until somebody decides about them."""
    returned = read_returned(path)
    before = work.draft
    found = matched(returned, before)
    kept = [block for block in found.blocks if block.clause is not None]
    if len(kept) < max(1, _SHORTEST_SHARE * len(before.clauses)):
        raise PolicyError(
            f"{path.name} 里只认出本草案的{len(kept)}条，不像是这件草案改出来的；"
            "请核对文件，或打开它所属的草案再收回"
        )
    taken = _taken(work, found, who, at)
    changes = compared(before, taken.draft)
    return Taken(taken, changes, found.by, _table_changed(returned, work))


def _taken(work: Work, found: Matched, who: str, at: str) -> Work:
    clauses: list[DraftClause] = []
    touches: list[Touch] = []
    fills = dict(work.fills)
    plain = {one.id: one for one in (work.plain.opening, *work.plain.clauses)}
    used = set(plain)
    for block in found.blocks:
        if block.clause is None:
            for new in _added(block, used):
                used.add(new.id)
                clauses.append(new)
                touches.append(_touch(work, new, None, (), who, at))
            continue
        own, given, answered = _again(work, block, plain[block.clause.id])
        fills |= given
        clauses.append(own)
        if own.id in plain and worded_otherwise(own, plain[own.id]):
            for key in _asked(plain[own.id]):
                fills.pop(key, None)
            touches.append(_touch(work, own, block.clause, answered, who, at))
    gone = {one.id for one in clauses}
    held = tuple(one for one in work.touches if one.clause in gone)
    opening = next((one for one in clauses if one.id == work.plain.opening.id), None)
    rest = [one for one in clauses if one is not opening]
    empty = replace(work.plain.opening, paragraphs=(), placeholders=())
    draft = with_clauses(work.plain, opening or empty, rest)
    if found.title and found.title != draft.title:
        draft = retitled(draft, found.title)
    out = replace(work, plain=draft, fills=fills, touches=held)
    for touch in touches:
        out = with_touch(out, touch)
    return out


def worded_otherwise(one: DraftClause, other: DraftClause) -> bool:
    return wording_of(one) != wording_of(other)


def _asked(clause: DraftClause) -> tuple[str, ...]:
    return tuple(one.id for one in (*clause.placeholders, *clause.units.placeholders))


def _again(
    work: Work, block: Block, plain: DraftClause
) -> tuple[DraftClause, dict[str, str], tuple[str, ...]]:
    """The clause as the file has it: unchanged, with 待定 answered, or in other words."""
    filled = block.clause
    assert filled is not None
    number, words = again(filled, block.lines)
    if words == wording_of(filled):
        return replace(plain, number=number), {}, ()
    if (given := answers(filled, words)) is not None:
        return replace(plain, number=number), given, ()
    return replace(reworded(filled, words), number=number), {}, put_in(filled, words)


def _touch(
    work: Work,
    clause: DraftClause,
    before: DraftClause | None,
    answered: Sequence[str],
    who: str,
    at: str,
) -> Touch:
    """What the county was asked for is its own; every other new fact waits for a decision."""
    words = wording_of(clause).text
    found = words_of(unsourced(words, grounds_of(before, work.draft, work.county)))
    touch = work.touch_of(clause.id)
    own = [one for one in (touch.own if touch else ()) if one in words]
    still = [one for one in (touch.open if touch else ()) if one in words]
    own += [one for one in found if any(one in answer for answer in answered)]
    left = [one for one in (*still, *found) if one not in own]
    how: How = "edited" if before else "added"
    once, waiting = tuple(dict.fromkeys(own)), tuple(dict.fromkeys(left))
    return Touch(clause.id, how, who, at, once, waiting, reworded=True)


def _added(block: Block, used: set[str]) -> list[DraftClause]:
    """New paragraphs as clauses of the county's own: each numbered one begins another."""
    groups: list[list[str]] = []
    for line in block.lines:
        if groups and not numbered(line)[0]:
            groups[-1].append(line)
        else:
            groups.append([line])
    out: list[DraftClause] = []
    for lines in groups:
        taken = used | {one.id for one in out}
        out.append(_new_clause(lines, taken))
    return out


def _new_clause(lines: Sequence[str], taken: set[str]) -> DraftClause:
    number, first = numbered(lines[0])
    level = next((n for form, n in _LEVELS if re.fullmatch(form, number)), 0)
    opening = re.sub(r"[/#~\s]", "", first)[:14] or "新增"
    bare = DraftClause("", level, number, "", (), (), (), Units(), "county")
    _, words = again(bare, [number + first, *lines[1:]])
    heading, paragraphs = words.heading, words.paragraphs
    if level in (1, 2) and paragraphs:
        heading, split = split_heading(paragraphs[0], paragraphs[1:])
        paragraphs = tuple(one for one in split if one)
    name = f"县拟定/{opening}"
    n = 2
    while name in taken:
        name, n = f"县拟定/{opening}~{n}", n + 1
    return reworded(replace(bare, id=name), replace(words, heading=heading, paragraphs=paragraphs))


def _table_changed(returned: Returned, work: Work) -> bool:
    """Whether a cell of the file says what the annex as written did not."""
    known = {re.sub(r"\s", "", one) for one in cell_words(work.draft.rows)}
    return any(re.sub(r"\s", "", one) not in known for one in returned.cells)


def taken_json(taken: Taken) -> dict[str, Any]:
    """``{"matched_by","changes":[as in compare],"unsourced":[{"clause","facts"}],
    "table_changed"}``."""
    return {
        "matched_by": taken.by,
        "changes": changes_json(taken.changes),
        "unsourced": [
            {"clause": one.clause, "facts": list(one.open)}
            for one in taken.work.touches
            if one.open
        ],
        "table_changed": taken.table_changed,
    }
