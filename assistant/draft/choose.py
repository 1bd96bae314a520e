"""Whether a county takes an upper task over, and if not, why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.counterparts import counterpart
from assistant.draft.lower import BARE, LOWER
from assistant.draft.places import is_for_others
from assistant.draft.setting import Setting
from index.types import Task

_INCENTIVE = re.compile(r"激励(?:的)?(?:县|市|区)|激励县|激励政策县|(?:奖励|补助)县")
_PILOT = re.compile(
    r"(?:各)?试点(?:地区|县|市|单位|园区|城市|所在)|示范(?:县|市)(?!场)|列入[^。；，]{0,12}试点|试点的?(?:县|市|地区)"
)
_CHOSEN = re.compile(
    rf"(?:选择|遴选|选取|确定|评选|挑选|择优选|各选|选)[^。；]{{0,60}}?(?:{BARE}|{LOWER}|(?:个|批)(?:县|市|区))"
)
PILOT_ATTRIBUTE = re.compile(
    r"在?(?:省级|市级|国家级)?试点(?:地区|县|市)(?=[一-鿿]{2})(?!要|应|可|所在|建设|开展)"
)


def left_out(task: Task | None, lines: Sequence[str], heading: str, setting: Setting) -> str:
    """The reason for which a clause is not the county's, or an empty string."""
    text = "\n".join(lines)
    names = [agency.name for agency in task.agencies] if task else []
    aims = task is not None and task.kind in {"principle", "goal"}
    if not aims and (reason := _by_standing(text, names, setting)):
        return reason
    if zone := _other_zone(heading, setting):
        return f"只涉及{zone}，档案未列为本{setting.own}园区"
    if _CHOSEN.search(text) and re.search(r"试点|示范", text) and not _lower_named(names, setting):
        return f"由{setting.level_word}级在各地中选定，本{setting.own}无从实施"
    if places := is_for_others(lines, heading, setting):
        return f"只涉及{'、'.join(places)}"
    if (seats := _other_seats(names, setting)) and (names[0] in seats or _speaks_of(text, seats)):
        return f"只涉及{'、'.join(seats)}的任务"
    return ""


def _other_zone(heading: str, setting: Setting) -> str:
    """A zone that bears the upper place's name (焦作国家高新区) belongs to that place."""
    names = "|".join(name for name in (setting.region, setting.short) if name)
    if not names:
        return ""
    found = re.search(
        rf"(?:{names})[一-鿿]{{0,6}}?(?:高新区|开发区|新区|示范区|产业园|经开区)", heading
    )
    if not found or any(found.group() in park for park in setting.profile.parks):
        return ""
    return found.group()


def _by_standing(text: str, names: Sequence[str], setting: Setting) -> str:
    """Pilots and incentive counties: the profile says what the county is."""
    standing = "、".join(setting.profile.standing)
    named = "、".join(names)
    if _INCENTIVE.search(named) or re.search(r"^\s*\d+个[^，。]{0,24}激励(?:县|市)", text):
        held = "激励" in standing
        return (
            "" if held else f"仅限财政专项激励等名单内的县（市、区），档案未注明本{setting.own}列入"
        )
    in_list = bool(_PILOT.search(named))
    in_text = bool(_PILOT.search(text)) and not (
        _lower_named(names, setting) and PILOT_ATTRIBUTE.search(text)
    )
    if in_list or in_text:
        held = "试点" in standing or "示范" in standing
        return "" if held else f"仅限列入试点（示范）的地区和单位，档案未注明本{setting.own}列入"
    return ""


def _lower_named(names: Sequence[str], setting: Setting) -> bool:
    return any(counterpart(name, setting).status == "self" for name in names)


def _other_seats(names: Sequence[str], setting: Setting) -> list[str]:
    return [
        name
        for name in names
        if re.search(r"(?:市|县|区|旗)(?:人民)?政府$", name)
        and counterpart(name, setting).status == "none"
    ]


def _speaks_of(text: str, seats: Sequence[str]) -> bool:
    return any(re.sub(r"(?:人民)?政府$", "", seat) in text for seat in seats)
