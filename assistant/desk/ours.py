"""The asker's own county: an upper figure is never divided nor passed off as the county's."""

from __future__ import annotations

import re

from assistant.desk.room import Room, declined
from assistant.types import Answer

_OURS = re.compile(r"(?:我们|咱们|咱|我|本|俺们?)(?:这个)?(?P<level>县|区|镇|乡|街道)(?![域级])")
_SHARE = re.compile(r"多少|几个|几家|几户|百分之几|分到|承担|任务数|指标数|目标")


def our_share(question: str, room: Room) -> Answer | None:
    found = _OURS.search(question)
    if not found or not _SHARE.search(question) or re.search(r"怎么|如何|要不要|是否", question):
        return None
    level = found.group("level")
    return declined(
        question,
        f"资料库没有本{level}的数。上级文件写的是全省、全市的目标，不能当作本{level}数，也不作折算；"
        f"本{level}数请以上级分解下达的文件为准。",
        room.nearest(_OURS.sub("", question)),
    )
