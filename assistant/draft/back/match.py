"""Which clause of the draft each paragraph of an edited file is: by bookmark, else by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

from assistant.draft.back.read import Line, Returned
from assistant.draft.types import Draft, DraftClause
from assistant.draft.word.marks import TITLE, name_of

ALIKE = 58.0  # per cent from which a paragraph without a bookmark is a clause's
_CERTAIN = 90.0  # … from which it is a line around the plan: the notice, the signature
_HAN = "一二三四五六七八九十百零"
_NUMBER = re.compile(
    rf"^(?:[{_HAN}]+、|[（(][{_HAN}]+[）)]|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)]|\d{{1,2}}）|[①-⑳])"
)
_AFTER = re.compile(r"^附\s*件(?:[:：]|\d?$|任务分解表)|^任务分解表$|^附注")
_STAGE = re.compile(r"^[（(](?:征求意见稿|送审稿|签发稿|清稿|草案|讨论稿)[）)]$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: a clause's (``clause`` given), or new ones."""

    clause: DraftClause | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """``title`` is "" where the file shows none; ``by`` says what the match rests on."""

    title: str
    blocks: tuple[Block, ...]
    by: str


def matched(returned: Returned, draft: Draft) -> Matched:
    clauses = (draft.opening, *draft.clauses)
    names = {name_of(clause.id): n for n, clause in enumerate(clauses)}
    title = "".join(one.text for one in returned.lines if name_of(TITLE) in one.marks)
    lines = [one for one in returned.lines if name_of(TITLE) not in one.marks]
    marked = _without_new([_marked(one, names) for one in lines], lines, clauses)
    by = "书签" if any(owner is not None for owner in marked) else "文字相似"
    owners = _by_likeness(lines, marked, clauses, draft)
    inside = _plan_of(lines, owners, draft)
    return Matched(title, tuple(_blocks(lines, owners, inside, clauses)), by)


def numbered(line: str) -> tuple[str, str]:
    """The number that opens a line, and the rest of it."""
    found = _NUMBER.match(line)
    return (found.group(), line[found.end() :].lstrip()) if found else ("", line)


def printed(clause: DraftClause) -> list[str]:
    """The lines of a clause as the Word file has them."""
    texts = [line for line in clause.text.split("\n") if line]
    if clause.level == 0:
        return texts
    head = clause.number + clause.heading
    if clause.level == 1 or not texts or (len(texts) > 1 and clause.heading):
        return [head, *texts]
    only_units = texts[0].startswith("（") and texts[0] == clause.units.shown
    stop = "。" if clause.heading and not only_units else ""
    return [head + stop + texts[0], *texts[1:]]


def _marked(line: Line, names: dict[str, int]) -> int | None:
    return next((names[mark] for mark in line.marks if mark in names), None)


def _without_new(
    owners: Sequence[int | None], lines: Sequence[Line], clauses: Sequence[DraftClause]
) -> list[int | None]:
    """A numbered paragraph typed at the end of a bookmarked one is new, bookmark or not."""
    out: list[int | None] = []
    for line, owner in zip(lines, owners, strict=True):
        further = owner is not None and owner in out and bool(numbered(line.text)[0])
        known = printed(clauses[owner]) if owner is not None and further else [line.text]
        alike = max((fuzz.ratio(line.text, one) for one in known), default=0)
        out.append(owner if alike >= ALIKE else None)
    return out


def _by_likeness(
    lines: Sequence[Line],
    marked: Sequence[int | None],
    clauses: Sequence[DraftClause],
    draft: Draft,
) -> list[int | None]:
    """Paragraphs without a bookmark, held against the clauses that no bookmark names."""
    owners = list(marked)
    held = {owner for owner in marked if owner is not None}
    known = [(n, line) for n, one in enumerate(clauses) if n not in held for line in printed(one)]
    free = [at for at, owner in enumerate(owners) if owner is None]
    free = [at for at in free if not _is_around(lines[at].text, draft)]
    if not known or not free:
        return owners
    wanted = [numbered(line)[1] for _, line in known]
    have = [numbered(lines[at].text)[1] for at in free]
    taken: set[int] = set()
    # Lines that nobody touched come first, in their order: equal ones are told apart by it.
    for block in SequenceMatcher(None, have, wanted, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            owners[free[block.a + step]] = known[block.b + step][0]
            taken.add(block.b + step)
    scores = process.cdist(have, wanted, scorer=fuzz.ratio, score_cutoff=ALIKE)
    pairs = sorted(
        (
            (float(scores[i][j]), -abs(i / len(free) - j / len(known)), i, j)
            for i in range(len(free))
            for j in range(len(known))
            if scores[i][j] >= ALIKE
        ),
        reverse=True,
    )
    for _, _, i, j in pairs:
        if owners[free[i]] is None and j not in taken:
            owners[free[i]] = known[j][0]
            taken.add(j)
    return owners


def _is_around(line: str, draft: Draft) -> bool:
    letter = draft.letter
    around = (
        letter.notice_title,
        letter.notice,
        letter.recipients,
        letter.office,
        letter.date,
        letter.doc_no,
        letter.note,
    )
    return any(fuzz.ratio(line, one) >= _CERTAIN for one in around if one)


def _plan_of(lines: Sequence[Line], owners: Sequence[int | None], draft: Draft) -> range:
    """From the first paragraph of the plan to the last: notice and signature are not its own."""
    held = [at for at, owner in enumerate(owners) if owner is not None]
    if not held:
        return range(0)
    end = held[-1] + 1
    while end < len(lines) and not _ends(lines[end].text, draft):
        end += 1
    return range(held[0], end)


def _ends(line: str, draft: Draft) -> bool:
    dated = re.fullmatch(r"20[\d×]{2}年[\d×]{1,2}月[\d×]{1,2}日", line)
    return bool(_AFTER.match(line) or dated or _STAGE.match(line)) or _is_around(line, draft)


def _blocks(
    lines: Sequence[Line],
    owners: Sequence[int | None],
    inside: range,
    clauses: Sequence[DraftClause],
) -> Iterator[Block]:
    """Each clause once, where most of its lines stand; new lines where they were written."""
    whole = _filled_in(owners, inside, lines)
    home = {owner: at for at, owner in reversed(list(enumerate(whole))) if owner is not None}
    of_clause: dict[int, list[str]] = {}
    for at in inside:
        owner = whole[at]
        if owner is not None:
            of_clause.setdefault(owner, []).append(lines[at].text)
    new: list[str] = []
    for at in inside:
        owner = whole[at]
        if owner is None:
            new.append(lines[at].text)
            continue
        if new:
            yield Block(None, tuple(new))
            new = []
        if home[owner] == at:
            yield Block(clauses[owner], tuple(of_clause[owner]))
    if new:
        yield Block(None, tuple(new))


def _filled_in(
    owners: Sequence[int | None], inside: range, lines: Sequence[Line]
) -> list[int | None]:
    """A paragraph without a number between two of one clause is that clause's."""
    whole = [owner if at in inside else None for at, owner in enumerate(owners)]
    last = {owner: at for at, owner in enumerate(whole) if owner is not None}
    current: int | None = None
    for at in inside:
        if whole[at] is not None:
            current = whole[at]
        elif current is not None and last[current] > at and not numbered(lines[at].text)[0]:
            whole[at] = current
    return whole
