"""A document's own particulars: number, issuer, date, title, what it carries out."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.desk.room import Room, declined, places, said, squeezed
from assistant.types import Answer, Citation, Nearest
from index.metadata import iso_date
from index.types import Document

_DOCUMENT = r"(?:文件|方案|计划|通知|意见|办法|政策|行动计划|实施方案|细则|规定|措施)"
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:文号|文件号|发文字号|几号文)")),
    (
        "issuer",
        re.compile(
            rf"(?:发文|印发|发布|制定)(?:的)?(?:机关|单位|部门)|(?:谁|哪个(?:单位|部门|机关)|哪里|什么单位)"
            rf"(?:发布?|印发|出台|制定)的?(?:{_DOCUMENT})?[?？]?$|{_DOCUMENT}是(?:谁|哪个单位|哪里)(?:印)?发"
        ),
    ),
    (
        "date",
        re.compile(
            rf"(?:成文|印发|发文|发布|出台)(?:的)?(?:日期|时间)"
            rf"|{_DOCUMENT}(?:是)?(?:什么时候|何时|哪年|哪一年|哪天|几号|几月)(?:印发|发布|出台|发|制定|下发)"
        ),
    ),
    (
        "implements",
        re.compile(
            r"(?:依据|根据|贯彻(?:落实)?|落实|上位|对应)(?:的)?(?:是)?(?:什么|哪个|哪些|哪份)(?:上级)?(?:文件|政策|方案)"
            r"|(?:制定|出台|起草)(?:的)?(?:依据|根据)|上级文件(?:是|有)(?:什么|哪)"
        ),
    ),
    ("title", re.compile(rf"(?:{_DOCUMENT}|全称|标题).{{0,4}}(?:全称|标题|全名|叫什么)")),
)


_OTHERS = re.compile(r"依据|根据|照着|按照|贯彻|落实|执行|转发|上级|省里|省政府|国家的|提到")


def particulars(question: str, room: Room) -> Answer | None:
    """Only where one document is meant, and one of its own fields is asked."""
    named = room.named(question)
    if len(named) != 1 or _names_another(question, named[0]):
        return None
    asked = next((name for name, pattern in _FIELDS if pattern.search(question)), None)
    if asked is None:
        return None
    # 依据的是哪个文号 asks for the upper document, which is cited with its number.
    upper = asked == "number" and _OTHERS.search(question)
    return _READERS["implements" if upper else asked](question, named[0], room)


def _names_another(question: str, document: Document) -> bool:
    titles = re.findall(r"《([^《》]+)》", question)
    return any(squeezed(title) not in squeezed(document.title) for title in titles)


def _number(question: str, document: Document, room: Room) -> Answer | None:
    return _field(question, document, room, document.doc_no, "文号")


def _issuer(question: str, document: Document, room: Room) -> Answer | None:
    return _field(question, document, room, document.issuer, "发文机关")


def _title(question: str, document: Document, room: Room) -> Answer | None:
    return _field(question, document, room, document.title, "标题")


def _field(
    question: str, document: Document, room: Room, value: str | None, name: str
) -> Answer | None:
    found = room.cite(document, value) if value else None
    if found is None:
        return declined(
            question,
            f"《{document.title}》的{'摘编' if document.is_digest else '原文'}没有写明{name}。",
            _upper(document, room) if name == "文号" else (),
        )
    return said(question, f"{_place(document)}{name}是{found.quote}[1]。", [found])


def _upper(document: Document, room: Room) -> tuple[Nearest, ...]:
    """A document without a number of its own often cites one of the level above."""
    found = [c for words in document.implements if (c := room.cite(document, words))]
    return tuple(Nearest(c.document_id, c.title, c.clause_id, c.quote, c.span) for c in found[:1])


def _date(question: str, document: Document, room: Room) -> Answer | None:
    found = _dated(document, room)
    if found is None:
        return _field(question, document, room, None, "印发日期")
    return said(question, f"{_place(document)}成文日期是{found.quote}[1]。", [found])


def _dated(document: Document, room: Room) -> Citation | None:
    """Where the day of the document stands, however it is written."""
    if not document.date:
        return None
    days = (m.group() for m in re.finditer(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日", document.text))
    same = dict.fromkeys(day for day in days if iso_date(day) == document.date)
    return next((found for day in same if (found := room.cite(document, day))), None)


def _implements(question: str, document: Document, room: Room) -> Answer | None:
    found = [c for words in document.implements if (c := room.cite(document, words))]
    if not found:
        return _field(question, document, room, None, "依据的上级文件")
    shown = "、".join(f"{citation.quote}[{n}]" for n, citation in enumerate(found[:4], 1))
    return said(question, f"{_place(document)}依据的是{shown}。", found[:4])


def _place(document: Document) -> str:
    name = places(document.region)
    return f"{name[0]}：" if name else ""


_READERS: dict[str, Callable[[str, Document, Room], Answer | None]] = {
    "number": _number,
    "issuer": _issuer,
    "date": _date,
    "implements": _implements,
    "title": _title,
}
