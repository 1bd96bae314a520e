"""Whether a document is in force: only what its text says, never a ruling."""

from __future__ import annotations

import re
from datetime import date

from assistant.desk.room import Room, declined, said, squeezed
from assistant.types import Answer, Citation
from index.standing import standings
from index.types import Document

_TERM = re.compile(
    r"(?:有效期|试行期)[^。；，\n]{1,24}|自[^。；，\n]{2,20}(?:施行|实施|执行)(?:，有效期[^。；，\n]{1,24})?"
)
_ASKED = re.compile(
    r"(?:还|仍|是否|是不是|现在|目前).{0,6}(?:有效|管用|生效|作数|算数)|有没有(?:被)?(?:废止|失效|作废|过期)"
    r"|(?:废止|失效|作废|过期)(?:了)?(?:吗|没有|没|么)|有效期(?:到|至|是|多久|多长|几年|什么时候)"
)


def standing(question: str, room: Room) -> Answer | None:
    if not _ASKED.search(question):
        return None
    named = room.named(question)
    titled = [d for d in named if squeezed(d.title) in squeezed(question)]
    named = titled or named
    if not named:
        return None
    told = [found for document in named[:3] if (found := _told(document, room))]
    if told:
        lines = [f"{words}[{n}]" for n, (words, _) in enumerate(told, 1)]
        text = f"{'；'.join(lines)}。是否仍然执行，以发文机关为准。"
        return said(question, text, [found for _, found in told])
    titles = "、".join(f"《{document.title}》" for document in named[:3])
    return declined(
        question,
        f"{titles}的原文没有写明有效期，也没有写明废止；是否有效，请以发文机关的清理结果为准。",
        room.nearest(question, named[0]),
    )


def _told(document: Document, room: Room) -> tuple[str, Citation] | None:
    """What another document says of this one, else what it says of itself, with the place."""
    found = standings(room.shelves.documents(), date.today())[document.id]
    if found.by and found.change:
        words = found.change.span.of(found.by.text)
        if cited := room.cite(found.by, words):
            return f"《{document.title}》{found.note}，原文：{cited.quote}", cited
    for words in _own(document):
        if cited := room.cite(document, words):
            standing = f"（{found.note}）" if found.note and found.note != cited.quote else ""
            return f"《{document.title}》写明：{cited.quote}{standing}", cited
    return None


def _own(document: Document) -> list[str]:
    """The document's own words on its force."""
    said_there = [document.status_note] if document.status_note else []
    return said_there + [found.group() for found in _TERM.finditer(document.text)]
