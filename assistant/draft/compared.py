"""Two versions of a draft side by side: clauses changed, added, removed, and their differences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

import rjieba
from rapidfuzz import fuzz

from assistant.draft.types import Draft, DraftClause

Kind = Literal["same", "changed", "added", "removed"]
_ALIKE = 60.0  # per cent of likeness from which two clauses of different ids are one
_HOLE = re.compile(r"(【[^】]*】)")
_WEAK = {
    "",
    "，",
    "。",
    "、",
    "；",
    "的",
    "和",
    "与",
    "及",
    "等",
    "在",
    "为",
    "了",
}  # no common words


@dataclass(frozen=True, slots=True)
class Change:
    """A clause of either version. ``moved``: it stands elsewhere among its neighbours."""

    kind: Kind
    before: DraftClause | None
    after: DraftClause | None
    moved: bool = False

    @property
    def clause(self) -> DraftClause:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: in both versions, or in one of them only."""

    words: str
    only: bool


def compared(before: Draft, after: Draft) -> tuple[Change, ...]:
    """Every clause of both in the order of the later one; what is gone stands where it stood."""
    old, new = [before.opening, *before.clauses], [after.opening, *after.clauses]
    partner = paired(old, new)
    taken = {id(one) for one in partner.values()}
    held = [partner[at] for at in range(len(new)) if at in partner]
    moved = _out_of_order([old.index(one) for one in held])
    out: list[Change] = []
    for at, clause in enumerate(new):
        was = partner.get(at)
        if was is None:
            out.append(Change("added", None, clause))
            continue
        kind: Kind = "same" if worded(was) == worded(clause) else "changed"
        out.append(Change(kind, was, clause, old.index(was) in moved))
    for at, clause in enumerate(old):
        if id(clause) not in taken:
            out.insert(_place(out, old, at), Change("removed", clause, None))
    return tuple(out)


def worded(clause: DraftClause) -> tuple[str, str]:
    """What a reader reads of it; a new number alone is no change."""
    return clause.heading, clause.text


def paired(old: Sequence[DraftClause], new: Sequence[DraftClause]) -> dict[int, DraftClause]:
    """New position → the old clause: by id, what is left over by the likeness of the words."""
    by_id = {clause.id: clause for clause in old}
    found = {at: by_id[one.id] for at, one in enumerate(new) if one.id in by_id}
    taken = {one.id for one in found.values()}
    rest = [one for one in old if one.id not in taken]
    scores = sorted(
        (
            (_likeness(one, clause), at, n)
            for at, clause in enumerate(new)
            if at not in found
            for n, one in enumerate(rest)
        ),
        reverse=True,
    )
    used: set[int] = set()
    for score, at, n in scores:
        if score >= _ALIKE and at not in found and n not in used:
            found[at] = rest[n]
            used.add(n)
    return found


def _likeness(one: DraftClause, other: DraftClause) -> float:
    return float(fuzz.ratio("".join(worded(one)), "".join(worded(other))))


def _out_of_order(places: Sequence[int]) -> set[int]:
    """Those that are not in the longest run that kept its order."""
    runs: list[list[int]] = [[]]
    for place in places:
        runs.append([*_longest(run for run in runs if not run or run[-1] < place), place])
    return set(places) - set(_longest(runs))


def _longest(runs: Iterable[list[int]]) -> list[int]:
    best: list[int] = []
    for run in runs:
        best = run if len(run) > len(best) else best
    return best


def _place(changes: Sequence[Change], old: Sequence[DraftClause], at: int) -> int:
    """Behind the nearest clause before it that is still shown."""
    shown = {id(one.before): n for n, one in enumerate(changes) if one.before is not None}
    above = next((shown[id(one)] for one in reversed(old[:at]) if id(one) in shown), -1)
    return above + 1


def stretches(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts, cut where they differ: word by word, digits with their units."""
    old, new = list(_words(before)), list(_words(after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    ends = len(old), len(new)
    shared = [
        b
        for b in blocks
        if "".join(old[b.a : b.a + b.size]) not in _WEAK or (b.a + b.size, b.b + b.size) == ends
    ]
    left = _cut(old, [(b.a, b.a + b.size) for b in shared])
    right = _cut(new, [(b.b, b.b + b.size) for b in shared])
    return tuple(left), tuple(right)


def _words(text: str) -> Iterator[str]:
    """Words, and each placeholder whole."""
    for piece in _HOLE.split(text):
        if _HOLE.fullmatch(piece):
            yield piece
        else:
            yield from rjieba.cut(piece)


def _cut(words: Sequence[str], shared: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    at = 0
    for start, end in [*shared, (len(words), len(words))]:
        if at < start:
            yield Stretch("".join(words[at:start]), True)
        if start < end:
            yield Stretch("".join(words[start:end]), False)
        at = end


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """What differs: ``[{"kind","clause","moved","before","after"}]``; the two sides are
    ``{"number","heading","text","only"}`` or null, ``only`` the words that the other lacks."""
    return [_change(one) for one in changes if one.kind != "same" or one.moved]


def _change(one: Change) -> dict[str, Any]:
    texts = [f"{c.heading}\n{c.text}" if c else "" for c in (one.before, one.after)]
    cut = stretches(*texts) if one.before and one.after else ((), ())
    return {
        "kind": "moved" if one.kind == "same" else one.kind,
        "clause": one.clause.id,
        "moved": one.moved,
        "before": _side(one.before, cut[0]),
        "after": _side(one.after, cut[1]),
    }


def _side(clause: DraftClause | None, cut: Sequence[Stretch]) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {
        "number": clause.number,
        "heading": clause.heading,
        "text": clause.text,
        "only": [one.words for one in cut if one.only],
    }
