"""Whether a clause of an upper plan binds a county: applies, province_only or conditional."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_GATHERS = re.compile(r"领导小组(?:办公室)?[^。]{0,12}(?:统筹|负责|牵头)|联席会议")


def applicability(
    head: Clause, members: Sequence[Clause], agencies: Sequence[Agency], level: Level
) -> tuple[County, str]:
    """The verdict with its reason in Chinese; judged by who is named and who acts."""
    text = "\n".join(member.text for member in members)
    names = [agency.name for agency in agencies]
    if level in {"county", "township"}:
        return "applies", "本级文件"
    if condition := _condition(text, names):
        return "conditional", condition
    if any(_LOWER.search(name) for name in names):
        return "applies", "责任单位包括县（市、区）"
    if found := _UPPER_ACTS.search(text):
        return "province_only", f"只约束上级：{found.group()[:24]}"
    if names and all(_is_vertical(name) for name in names):
        return "province_only", "责任单位均为上级垂直管理机构"
    if _GATHERS.search(text) and names and len(names) == 1 and "领导小组" in names[0]:
        return "province_only", "由上级领导小组自身承担"
    return "applies", "县级有相应职责"


def _condition(text: str, names: Sequence[str]) -> str:
    for name in names:
        if (
            _PILOT.search(name)
            or _NAMED.search(name)
            or re.fullmatch(r"[一-鿿]{2,4}(?:市|县|区)(?:人民)?政府", name)
        ):
            return f"仅限点名地区：{name[:30]}"
    body = re.split(r"[(（]责任单位", text)[0]
    for pattern in (_PILOT, _NAMED):
        if found := pattern.search(body):
            return f"以列入试点或点名为前提：{found.group()[:24]}"
    return ""


def _is_vertical(name: str) -> bool:
    return bool(re.search(r"中心支行|银监|证监|保监|海关|金融监管总局", name))
