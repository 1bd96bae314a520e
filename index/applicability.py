"""Whether a clause of an upper plan binds a county: applies, province_only or conditional."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.responsible import is_units_line
from index.types import Agency, Clause, County, Level

_LOWER = re.compile(
    r"^(?:各|有关|相关)[^，。]{0,14}(?:县|区|镇|乡|街道|旗|园区|开发区|管委会|市)|成员单位"
)
_UPPER_ACTS = re.compile(
    r"(?:省|自治区|市)(?:政府|人民政府|财政|级财政|本级财政)[^。]{0,30}(?:安排|给予|设立|组织对|统筹安排|奖励|整合)"
    r"|对各(?:地|市|县|部门|单位)[^。]{0,30}(?:评估|督查|考核|通报)"
)
_NAMED = re.compile(
    r"支持(?!企业)[一-鿿]{2,4}(?:市|县|区)(?:开展|建设|创建)|^\d+个[^。]{2,30}(?:县|市|区)"
)
_PILOT = re.compile(
    r"试点地区|试点县|试点市|试点单位|示范县|示范区|激励县|激励的县|省级试点所在|列入[^。]{0,12}试点"
)
# Governments below, whichever they are: 各县市区人民政府, 有关县(市、区)政府.
_GENERAL = re.compile(r"^(?:各|有关|相关)(?!试点)")
_PLACE = re.compile(r"(?!各|有关|相关|市|县|区|州)[一-鿿]{2,4}(?:市|县|区)(?:人民)?政府")
_GATHERS = re.compile(r"领导小组(?:办公室)?[^。]{0,12}(?:统筹|负责|牵头)|联席会议")


def applicability(
    head: Clause, members: Sequence[Clause], agencies: Sequence[Agency], level: Level
) -> tuple[County, str]:
    """The verdict with its reason in Chinese; judged by who is named and who acts."""
    told = _sentences(head, members)
    names = [agency.name for agency in agencies]
    if level in {"county", "township"}:
        return "applies", "本级文件"
    if condition := _condition(head, told, names):
        return "conditional", condition
    if any(_LOWER.search(name) for name in names):
        return "applies", "责任单位包括县（市、区）"
    acts = [found for sentence in told if (found := _UPPER_ACTS.search(sentence))]
    # One subsidy of the upper level beside work for all binds everyone all the same.
    if acts and 2 * len(acts) >= len(told):
        return "province_only", f"只约束上级：{acts[0].group()[:24]}"
    if names and all(_is_vertical(name) for name in names):
        return "province_only", "责任单位均为上级垂直管理机构"
    if len(names) == 1 and "领导小组" in names[0] and any(_GATHERS.search(s) for s in told):
        return "province_only", "由上级领导小组自身承担"
    return "applies", "县级有相应职责"


def _sentences(head: Clause, members: Sequence[Clause]) -> list[str]:
    """What the clause says, without its lists of units and its bare heading."""
    words = "\n".join(re.split(r"[(（]责任单位", member.text)[0] for member in members)
    parts = [part.strip() for part in re.split(r"[。；;\n]", words)]
    told = [part for part in parts if part and not is_units_line(part)]
    heading = head.heading or ""
    return [part for part in told if not heading or not part.endswith(heading)] or told


def _condition(head: Clause, told: Sequence[str], names: Sequence[str]) -> str:
    """Named places and pilots: by who is responsible where the list names nobody for all, by the
    heading, or by most of what is said."""
    general = any(_GENERAL.search(name) for name in names)
    for name in names:
        if not general and (_PILOT.search(name) or _NAMED.search(name) or _PLACE.fullmatch(name)):
            return f"仅限点名地区：{name[:30]}"
    for pattern in (_PILOT, _NAMED):
        found = [match for sentence in told if (match := pattern.search(sentence))]
        heading = pattern.search(head.heading or "")
        if first := heading or (found[0] if 2 * len(found) > len(told) else None):
            return f"以列入试点或点名为前提：{first.group()[:24]}"
    return ""


def _is_vertical(name: str) -> bool:
    return bool(re.search(r"中心支行|银监|证监|保监|海关|金融监管总局", name))
