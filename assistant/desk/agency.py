"""Which tasks an agency has: the clauses that name it in their list of responsible units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.desk.room import Room, declined, places, said
from assistant.types import Answer, Citation, cite
from index.agencies import mentions, registry
from index.types import Agency, Clause, Document, Span, Task

_ASKED = re.compile(
    r"(?:负责|牵头|承担|配合|参与|管|要做|有)(?:的)?(?:是)?(?:哪些|什么|哪几项|几项|多少项?)(?:任务|工作|事情?|活|条款|内容)?"
    r"|(?:哪些|哪几项|什么)(?:任务|工作|事情?|条款|活).{0,8}(?:是|由|归|需要?|该|让)"
    r"|的?(?:任务|职责|分工)(?:是|有|包括)?(?:什么|哪些)"
)
_LEADS = re.compile(r"牵头|主办")
_MOST = 8
_SHORT = 28


def tasks_of_agency(question: str, room: Room) -> Answer | None:
    asked = _agency(question, room)
    if asked is None or not _ASKED.search(question):
        return None
    named = room.named(question) or room.documents
    leads = bool(_LEADS.search(question))
    rows = [row for document in named for row in _rows(document, asked, leads, room)]
    if not rows:
        what = "牵头" if leads else "负责"
        where = "、".join(p for d in named[:3] for p in places(d.region)[:1]) or "资料库"
        return declined(
            question, f"{where}的文件没有列出由“{asked}”{what}的任务。", room.nearest(question)
        )
    return _listed(question, rows, leads)


def _agency(question: str, room: Room) -> str | None:
    """The body that the question names, without the place in front of it."""
    words = question
    for document in room.documents:
        for place in places(document.region):
            words = re.sub(rf"{place}(?:省|市|县|区)?(?=[一-鿿])", _level(place, words), words)
    found = [m for m in mentions(words) if m.canonical in registry().bodies]
    return found[0].name if found else None


def _level(place: str, words: str) -> str:
    found = re.search(rf"{place}(省|市|县|区)", words)
    return found.group(1) if found else ""


def _rows(
    document: Document, asked: str, leads: bool, room: Room
) -> Iterator[tuple[Document, Task, Agency, Citation]]:
    clauses = {clause.id: clause for clause in room.shelves.clauses(document.id)}
    same = registry().same_body
    for task in room.shelves.tasks(document.id):
        for agency in task.agencies:
            if (not leads or agency.role == "lead") and same(agency.name, asked):
                yield document, task, agency, _cited(document, clauses, task, agency)
                break


def _cited(document: Document, clauses: dict[str, Clause], task: Task, agency: Agency) -> Citation:
    """The sentence end that holds the list, from its bracket or label to its end."""
    for clause in (clauses[task.clause_id], *clauses.values()):
        for own in clause.spans:
            if own.contains(agency.span):
                before = document.text[own.start : agency.span.start]
                start = own.start + max(before.rfind("("), before.rfind("（"), 0)
                end = min(own.end, start + 300)
                return cite(document, clause, Span(start, max(end, agency.span.end)))
    raise ValueError(f"责任单位 {agency.name} 不在任何条款之内")


def _listed(
    question: str, rows: list[tuple[Document, Task, Agency, Citation]], leads: bool
) -> Answer:
    shown = rows[:_MOST]
    parts: list[str] = []
    last = ""
    for n, (document, task, agency, _) in enumerate(shown, 1):
        head = "" if document.id == last else f"{_place(document)}{agency.name}{_verb(leads)}："
        last = document.id
        parts.append(f"{head}{_short(task.title)}[{n}]")
    more = "；其余见任务清单" if len(rows) > _MOST else ""
    return said(question, "；".join(parts) + more + "。", [row[3] for row in shown])


def _short(title: str) -> str:
    """A task without a heading is named by its first words, cut where the sense allows."""
    if len(title) <= _SHORT:
        return title
    cut = max(title.rfind(mark, 8, _SHORT) for mark in "，,；;")
    return title[: cut if cut > 0 else _SHORT]


def _place(document: Document) -> str:
    name = places(document.region)
    return f"{name[0]}，" if name else ""


def _verb(leads: bool) -> str:
    return "牵头的任务" if leads else "列为责任单位的任务"
