"""待定 filled in one place: answers by placeholder, the date and 文号, and a plan without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assistant.draft.source import UNTITLED
from assistant.draft.types import Draft, DraftClause, Placeholder, TaskRow, Units
from index.errors import NotFound


def fill(draft: Draft, answers: Mapping[str, str], doc_no: str = "", date: str = "") -> Draft:
    """The draft with the placeholders answered whose id or text is a key of ``answers``."""
    known = {key for p in draft.placeholders for key in (p.id, p.text)}
    if strange := [key for key in answers if key not in known]:
        raise NotFound(f"草案里没有这处待定：{'、'.join(strange[:3])}")
    given = {key: value.strip() for key, value in answers.items() if value.strip()}
    clauses = tuple(_filled(clause, given) for clause in draft.clauses)
    answered = {clause.id: clause for clause in draft.clauses}
    title = next((_answer(p, given) for p in draft.opening.placeholders if p.text == UNTITLED), "")
    draft = _titled(draft, title) if title else draft
    return replace(
        draft,
        opening=_filled(draft.opening, given),
        clauses=clauses,
        rows=tuple(_row(row, answered.get(row.id), given) for row in draft.rows),
        letter=replace(
            draft.letter, doc_no=doc_no or draft.letter.doc_no, date=date or draft.letter.date
        ),
    )


def _titled(draft: Draft, title: str) -> Draft:
    """The upper document's title wherever the plan and its letter name it."""
    letter = draft.letter
    return replace(
        draft,
        title=draft.title.replace(UNTITLED, title),
        letter=replace(
            letter,
            notice=letter.notice.replace(UNTITLED, title),
            notice_title=letter.notice_title.replace(UNTITLED, title),
        ),
    )


def _answer(asked: Placeholder, given: Mapping[str, str]) -> str:
    return given.get(asked.id) or given.get(asked.text, "")


def _filled(clause: DraftClause, given: Mapping[str, str]) -> DraftClause:
    words = _Words(clause.placeholders, given)
    paragraphs = tuple(words.put(paragraph) for paragraph in clause.paragraphs)
    left = tuple(p for p in clause.placeholders if not _answer(p, given))
    return replace(
        clause, paragraphs=paragraphs, placeholders=left, units=_units(clause.units, given)
    )


def _units(units: Units, given: Mapping[str, str]) -> Units:
    words = _Words(units.placeholders, given)
    leads = tuple(words.put(name) for name in units.leads)
    others = tuple(words.put(name) for name in units.others)
    left = tuple(p for p in units.placeholders if not _answer(p, given))
    once = tuple(dict.fromkeys(name for name in others if name not in leads))
    return replace(units, leads=leads, others=once, placeholders=left)


def _row(row: TaskRow, clause: DraftClause | None, given: Mapping[str, str]) -> TaskRow:
    if clause is None:
        return row
    goal = _Words(clause.placeholders, given).put(row.goal)
    title = _Words(clause.placeholders, given).put(row.title)
    units = _units(clause.units, given)
    return replace(
        row,
        goal=goal,
        title=title,
        lead="、".join(units.leads),
        support="、".join(units.support),
    )


class _Words:
    """Answers in the order in which their placeholders stand: equal texts are told by order."""

    def __init__(self, asked: Iterable[Placeholder], given: Mapping[str, str]) -> None:
        self.queues: dict[str, Iterator[str]] = {}
        listed: dict[str, list[str]] = {}
        for p in asked:
            listed.setdefault(p.text, []).append(_answer(p, given) or p.text)
        self.queues = {text: iter(values) for text, values in listed.items()}

    def put(self, words: str) -> str:
        for text, values in self.queues.items():
            if text not in words:
                continue
            pieces = words.split(text)
            out = pieces[0]
            for piece in pieces[1:]:
                out += next(values, text) + piece
            words = out
        return words
