"""Which clause of the new version is which of the old one: by its words, figures aside."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from index.types import Clause

LEAST = 58.0  # of 100: below this two clauses have other things to say
HEADING = 14.0
PLACE = 6.0


class Pair(NamedTuple):
    old: Clause | None
    new: Clause | None


def pairs(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    """Every clause of both once, in the new order; what went comes where it stood."""
    partner = _equal(old, new)
    _alike(old, new, partner)
    taken = set(partner.values())
    gone = [(place, one) for place, one in enumerate(old) if one.id not in partner]
    found: list[Pair] = []
    back = {new_id: old_id for old_id, new_id in partner.items()}
    by_id = {one.id: (place, one) for place, one in enumerate(old)}
    for one in new:
        if one.id not in taken:
            found.append(Pair(None, one))
            continue
        place, before = by_id[back[one.id]]
        while gone and gone[0][0] < place:
            found.append(Pair(gone.pop(0)[1], None))
        found.append(Pair(before, one))
    return found + [Pair(one, None) for _, one in gone]


def _equal(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, str]:
    """Equal words pair first; of several the one at the same address, then in order."""
    waiting: dict[str, list[Clause]] = defaultdict(list)
    for one in new:
        waiting[words(one)].append(one)
    partner: dict[str, str] = {}
    for one in old:
        same = waiting.get(words(one), [])
        if same:
            chosen = next((other for other in same if address(other) == address(one)), same[0])
            same.remove(chosen)
            partner[one.id] = chosen.id
    return partner


def _alike(old: Sequence[Clause], new: Sequence[Clause], partner: dict[str, str]) -> None:
    left = [one for one in old if one.id not in partner]
    taken = set(partner.values())
    right = [one for one in new if one.id not in taken]
    if not left or not right:
        return
    scores = process.cdist(
        [shape(one) for one in left],
        [shape(one) for one in right],
        scorer=fuzz.ratio,
        dtype=np.float32,
    )
    scores += HEADING * _agree([_heading(one) for one in left], [_heading(one) for one in right])
    scores += PLACE * _agree([address(one) for one in left], [address(one) for one in right])
    for row, column in _best(scores):
        partner[left[row].id] = right[column].id


def _agree(
    left: Sequence[str], right: Sequence[str]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    ours, theirs = np.array(left)[:, None], np.array(right)[None, :]
    return np.asarray((ours == theirs) & (ours != ""))


def _best(scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Iterator[tuple[int, int]]:
    """The likest pair, then the likest of the rest."""
    rows, columns = np.nonzero(scores >= LEAST)
    order = np.argsort(-scores[rows, columns], kind="stable")
    used_rows, used_columns = set(), set()
    for at in order:
        row, column = int(rows[at]), int(columns[at])
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            yield row, column


def words(clause: Clause) -> str:
    """The words of a clause; width, spaces and its number do not count."""
    return _plain(clause.text).removeprefix(_plain(clause.number))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def shape(clause: Clause) -> str:
    """The words with every figure alike, and without marks."""
    return re.sub(r"\W+", "", re.sub(r"\d+(?:\.\d+)?", "0", words(clause)))


def _heading(clause: Clause) -> str:
    return re.sub(r"\W+", "", clause.heading or "")


def address(clause: Clause) -> str:
    return clause.id.partition("/")[2]
