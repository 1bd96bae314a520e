"""Whether a document is in force: only what its text says, never a ruling."""

from __future__ import annotations

import re

from assistant.desk.room import Room, declined, said
from assistant.types import Answer

_ASKED = re.compile(
    r"(?:还|仍|是否|是不是|现在|目前).{0,6}(?:有效|管用|生效|作数|算数)|有没有(?:被)?(?:废止|失效|作废|过期)"
    r"|(?:废止|失效|作废|过期)(?:了)?(?:吗|没有|没|么)|有效期(?:到|至|是|多久|多长|几年|什么时候)"
)


def standing(question: str, room: Room) -> Answer | None:
    if not _ASKED.search(question):
        return None
    named = room.named(question)
    if not named:
        return None
    told = [
        (document, found)
        for document in named[:3]
        if document.status_note and (found := room.cite(document, document.status_note))
    ]
    if told:
        lines = [f"《{d.title}》写明：{found.quote}[{n}]" for n, (d, found) in enumerate(told, 1)]
        text = f"{'；'.join(lines)}。是否仍然执行，以发文机关为准。"
        return said(question, text, [found for _, found in told])
    titles = "、".join(f"《{document.title}》" for document in named[:3])
    return declined(
        question,
        f"{titles}的原文没有写明有效期，也没有写明废止；是否有效，请以发文机关的清理结果为准。",
        room.nearest(question, named[0]),
    )
