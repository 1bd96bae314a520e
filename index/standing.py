"""Force and families: where each document of a library stands, by its words and by the others'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.identity import title_key
from index.lines import DOC_NO
from index.types import Change, Document, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands today; ``change`` is what another document (``by``) says of it."""

    status: Status
    note: str
    by: Document | None = None
    change: Change | None = None


def standings(documents: Iterable[Document], today: date) -> Mapping[str, Standing]:
    """Where each document stands, by its own words and by those of the others held with it."""
    held = list(documents)
    found = {document.id: _by_itself(document, today) for document in held}
    known = _known(held)
    for by in sorted(held, key=lambda d: d.in_force or d.date or ""):
        begun = by.in_force or by.date
        if by.status == "征求意见" or (begun and begun > today.isoformat()):
            continue
        for change in by.changes:
            for document in named(change, known):
                if document.id != by.id and not _is_older(by, document):
                    found[document.id] = _changed(found[document.id], by, change)
    return found


def _by_itself(document: Document, today: date) -> Standing:
    now = today.isoformat()
    if document.status in ("废止", "被替代", "失效", "征求意见"):
        return Standing(document.status, document.status_note)
    if document.until and document.until < now:
        return Standing("失效", f"有效期至{_written(document.until)}，已满")
    begun = f"自{_written(document.in_force)}起施行" if document.in_force else ""
    if document.in_force and document.in_force > now:
        return Standing(document.status, f"{begun}，尚未施行")
    if document.until:
        term = f"有效期至{_written(document.until)}"
        return Standing("现行", f"{begun}，{term}" if begun else term)
    return Standing(document.status, document.status_note or begun)


def _changed(before: Standing, by: Document, change: Change) -> Standing:
    number = f"（{by.doc_no}）" if by.doc_no else ""
    when = f"，自{_written(day)}起" if (day := by.in_force or by.date) else ""
    if change.kind == "修改":
        if before.status in ("废止", "被替代"):
            return before
        return Standing(before.status, f"已由《{by.title}》{number}修改{when}", by, change)
    status: Status = "废止" if change.kind == "废止" else "被替代"
    verb = "废止" if change.kind == "废止" else "替代"
    return Standing(status, f"由《{by.title}》{number}{verb}{when}", by, change)


def _written(day: str) -> str:
    year, month, of_month = day.split("-")
    return f"{year}年{int(month)}月{int(of_month)}日"


def _is_older(by: Document, document: Document) -> bool:
    """A document cannot change what was issued after it: another edition bears the same title."""
    return bool(by.date and document.date and by.date < document.date)


def _known(documents: Iterable[Document]) -> Mapping[str, list[Document]]:
    known: dict[str, list[Document]] = {}
    for document in documents:
        for key in {title_key(document.title), _number(document.doc_no)} - {""}:
            known.setdefault(key, []).append(document)
    return known


def named(change: Change, known: Mapping[str, list[Document]]) -> list[Document]:
    """The documents that a change means: by number where one is given, else by title."""
    if change.doc_no and (found := known.get(_number(change.doc_no))):
        return found
    same = known.get(title_key(change.title), [])
    number = _number(change.doc_no)
    return [d for d in same if not number or not d.doc_no or _number(d.doc_no) == number]


def _number(doc_no: str | None) -> str:
    found = DOC_NO.search(doc_no or "")
    return title_key(found.group()) if found else ""


def as_of(documents: Sequence[Document], today: date) -> list[Document]:
    """The documents with the standing that they have today."""
    found = standings(documents, today)
    return [
        replace(d, status=found[d.id].status, status_note=found[d.id].note)
        if (found[d.id].status, found[d.id].note) != (d.status, d.status_note)
        else d
        for d in documents
    ]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another document of the library, and what it is to this one."""

    relation: str
    document: Document


def family(documents: Sequence[Document], document: Document) -> list[Kin]:
    """The policy and its interpretations; what this document changes, and what changes it."""
    known = _known(documents)
    found = [Kin("政策解读", one) for one in interpretations(documents, document)]
    found += [
        Kin("解读的政策", policy)
        for name in document.interprets
        for policy in known.get(title_key(name), [])
    ]
    found += [
        Kin(f"本文件{change.kind}", one)
        for change in document.changes
        for one in named(change, known)
    ]
    found += [
        Kin(f"{change.kind}本文件", by)
        for by in documents
        for change in by.changes
        if any(one.id == document.id for one in named(change, known))
    ]
    return [kin for kin in found if kin.document.id != document.id]


def interpretations(documents: Sequence[Document], policy: Document) -> list[Document]:
    """The interpretations of a policy that are held."""
    key = title_key(policy.title)
    return [d for d in documents if key in {title_key(name) for name in d.interprets}]
