"""What the library holds."""

from __future__ import annotations

import re

from assistant.desk.room import Room, said
from assistant.types import Answer

_ASKED = re.compile(
    r"(?:资料库|文件库|库里|库中|你(?:这里|那里)?|系统里?)(?:里|中|里面)?.{0,4}(?:有|收录|收)(?:了)?"
    r"(?:哪些|什么|几|多少)(?:个|份|件|些)?(?:文件|政策|资料|方案|文档)"
    r"|^(?:有|都有)(?:哪些|什么)(?:文件|政策|资料|方案)(?:可以?查)?[?？]?$"
)
_MOST = 8


def inventory(question: str, room: Room) -> Answer | None:
    if not _ASKED.search(question):
        return None
    shown, citations = [], []
    for document in room.documents[:_MOST]:
        found = room.cite(document, document.title)
        if found is not None:
            citations.append(found)
        shown.append(f"《{document.title}》" + (f"[{len(citations)}]" if found else ""))
    if not shown:
        return said(question, "资料库还没有文件，请到“资料库”页上传。")
    more = "等" if len(room.documents) > _MOST else ""
    return said(question, f"资料库收有：{'、'.join(shown)}{more}。", citations)
