"""A document number in the question: which document bears it, and where it is cited."""

from __future__ import annotations

import re

from assistant.desk.room import Room, declined, find, said, squeezed
from assistant.types import Answer, cite
from index.lines import DOC_NO
from index.types import Span

_ASKED = re.compile(r"是(?:什么|哪个|哪份|啥)|什么文件|哪个文件|哪份文件|全称|标题|叫什么|内容")


_BEGINS = re.compile(r"[一-鿿]{1,12}[〔\[（(【〈「﹝]")


def document_number(question: str, room: Room) -> Answer | None:
    found = DOC_NO.search(question)
    if not found or not _ASKED.search(question):
        return None
    # The words before a number may be the asker's own: the longest ending that is known counts.
    endings = [
        found.group()[k:] for k in range(len(found.group())) if _BEGINS.match(found.group()[k:])
    ]
    for number in endings:
        if given := _known(question, number, room):
            return given
    return declined(question, f"资料库的文件里没有出现文号“{endings[0]}”。")


def _known(question: str, number: str, room: Room) -> Answer | None:
    for document in room.documents:
        if document.doc_no and squeezed(document.doc_no) == squeezed(number):
            found = [c for words in (number, document.title) if (c := room.cite(document, words))]
            marks = "".join(f"[{n}]" for n in range(1, len(found) + 1))
            return said(question, f"{document.doc_no}是《{document.title}》{marks}。", found)
    for document in room.documents:
        for clause in room.shelves.clauses(document.id):
            if span := find(document.text, clause.spans, squeezed(number)):
                quote = _titled(document.text, clause.spans, span)
                return said(
                    question, f"{quote.of(document.text)}[1]。", [cite(document, clause, quote)]
                )
    return None


def _titled(text: str, spans: tuple[Span, ...], number: Span) -> Span:
    """《…》（number） around a number, within its span."""
    own = next(span for span in spans if span.contains(number))
    before = text[own.start : number.start]
    close = before.rstrip("（( ").endswith("》")
    start = before.rfind("《")
    if not close or start < 0:
        return number
    end = number.end + (text[number.end : number.end + 1] in "）)")
    return Span(own.start + start, min(end, own.end))
