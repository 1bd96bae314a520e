"""Agencies that stand in running text: the county's own, or the upper one where it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.draft.counterparts import counterpart
from assistant.draft.held import Held
from assistant.draft.setting import Setting
from index.agencies import registry

_TO = re.compile(r"(?:报|向|与|报请|报送|上报|提交|抄送|抄报|提请|对接|争取|会同上级)$")
_BY_ORDER = re.compile(r"(?:按照|按|贯彻|落实|根据|遵照|经|通过|争取|配合)$")
_JOINED = {"和", "、", "及", "以及", "与"}
_NO_BODY = re.compile(r"^(?:国家|全国)")


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    name: str


def with_county_bodies(sentence: str, setting: Setting, held: Held, keep_reported: bool) -> str:
    """Upper bodies as actors replaced; those that are reported to stay (报市经信局备案)."""
    out: list[str] = []
    at = 0
    reported = False
    led = False
    mapped_end = -1
    for found in _names(sentence, setting, held):
        if found.start < at:
            continue
        before = sentence[at : found.start]
        given = not led and bool(_TO.search(sentence[: found.start]))
        follows = found.start == mapped_end + 1 and sentence[mapped_end : found.start] == "、"
        own_prefix = _is_upper(found.name, setting)
        if (given or (keep_reported and reported)) and own_prefix:
            reported = True
            out += [before, held.keep(setting.kept(found.name))]
        elif reported and own_prefix and before in _JOINED:
            out += [before, held.keep(setting.kept(found.name))]
        elif own_prefix or follows:
            led = led or _opens_part(sentence, found.start)
            out += [before, held.keep(_county_name(found.name, setting))]
            mapped_end = found.end
        else:
            out += [before, sentence[found.start : found.end]]
        at = found.end
    return _unknown_bodies("".join(out) + sentence[at:], setting, held)


def _opens_part(sentence: str, start: int) -> bool:
    return start == 0 or sentence[start - 1] in "，；。"


def _county_name(name: str, setting: Setting) -> str:
    found = counterpart(name, setting)
    if found.status == "self":
        return f"{setting.own}政府"
    return found.name or name


def _is_upper(name: str, setting: Setting) -> bool:
    bare = name.startswith(setting.upper) and not name.startswith(setting.upper + "场")
    return bare or (bool(setting.region) and name.startswith(setting.region))


def _names(sentence: str, setting: Setting, held: Held) -> Iterator[_Name]:
    short = setting.short
    found = [
        _Name(_with_place(sentence, m.span.start, m.name, short), m.span.end, m.name)
        for m in registry().mentions(sentence)
        if not _NO_BODY.match(m.name)
        and not sentence[m.span.end :].startswith("门")
        and not re.search(r"领导小组|联席会议|政府$|管委会$|办事处$", m.name)
    ]
    level = "国家|国务院" if setting.upper == "国" else setting.upper
    group = re.compile(
        rf"(?:{setting.region or level}|{level})(?!场|级|属|直|县|内|区)"
        r"[^，。；、（）]{1,26}?(?:领导小组|联席会议|指挥部)(?:办公室|成员单位)?(?!制度|机制)"
    )
    for m in group.finditer(sentence):
        if not re.search(r"政府|牵头|负责|成立|建立|由", m.group()):
            found.append(_Name(m.start(), m.end(), held.restore(m.group())))
    yield from sorted(found, key=lambda name: (name.start, -name.end))


def _with_place(sentence: str, start: int, name: str, short: str) -> int:
    """Inside a sentence 甲市发展改革委 is read as 市发展改革委: the place's name belongs to it."""
    led = bool(short) and name[:1] in "省市州" and sentence[:start].endswith(short)
    return start - len(short) if led else start


def _unknown_bodies(sentence: str, setting: Setting, held: Held) -> str:
    """Offices of the upper level that nobody here knows (市目标办): the county has to say."""
    if setting.upper == "国":
        return sentence
    one = rf"{setting.upper}直?(?!场|级|属|委市|政府|直有关|有关)[一-鿿]{{1,6}}?(?:办|局|厅)"
    pattern = re.compile(
        rf"(?:^|(?<=[，；、由报向和与会同]))(?P<name>{one}(?:[、和]{one})*)(?=[，；。、和等将会要的]|$)"
    )

    def asked(found: re.Match[str]) -> str:
        name = found.group("name").replace("和", "、")
        return held.keep(f"【待定：{name}在本{setting.own}的对应单位】")

    return pattern.sub(asked, sentence)


def with_county_government(
    sentence: str, setting: Setting, lower_speaks: bool, upper_leads: bool
) -> str:
    """省政府, 市委: the county's own where they act, kept where they order or are reported to."""
    u, own = setting.upper, setting.own
    if u == "国":
        return sentence

    def swapped(found: re.Match[str]) -> str:
        before = sentence[: found.start()]
        reported = _TO.search(before) and not upper_leads
        if reported or (lower_speaks and _TO.search(before)) or _BY_ORDER.search(before):
            return setting.kept(found.group())
        return found.group().replace(u, own)

    names = (
        rf"{u}委、?{u}(?:人民)?政府",
        rf"{u}委(?=[、，。办])",
        rf"{u}(?:人民)?政府(?!质量|采购|性)",
    )
    pattern = rf"(?<![城都各本我省、县区])(?:{'|'.join(names)})"
    return re.sub(pattern, swapped, sentence)
