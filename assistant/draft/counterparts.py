"""Upper agencies and what answers to them in the county: own list first, defaults, else 待定."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.draft.setting import Setting
from assistant.draft.types import Omission, Placeholder, Units
from index.agencies import registry
from index.types import Agency

Status = Literal["own", "default", "pending", "none", "self"]

LOWER = (
    r"(?:各|有关|相关|所有|本)(?:设区)?(?:市|州|盟|县|区|旗|地|镇|乡|级)?[、]?"
    r"(?:县|市|区|旗|镇|乡|街道)*(?:[(（〔\[][^)）〕\]]{1,10}[)）〕\]])?(?:县|市|区|旗)*"
)
_LOWER_SEAT = re.compile(
    rf"^{LOWER}(?:人民政府|政府|党委政府|管委会|办事处|街道办事处)?(?:[、和及].*)?$|^(?:县|市|区)[(（〔].*[)）〕](?:人民政府|政府)$"
)
_TOWNSHIP = re.compile(r"^(?:各|有关|相关|所有)?(?:乡镇|镇|乡|街道)")
_EVERYBODY = re.compile(
    r"(?:省、市|国家、省|各|省直|市直|省|市|省级|市级|各级|其他)*"
    r"(?:有关|相关|成员|责任|职能|重点项目|重点工程|项目|行业|主管|行业主管)*(?:部门|单位)(?:和单位)?"
)
_ZONE = re.compile(r"(?:开发区|示范区|园区|高新区|新区|管委会|管委办)")
_GROUP = re.compile(r"领导小组|联席会议|指挥部|专班|工作组|推进组")
_GROUP_TAIL = re.compile(r"(?:领导小组|联席会议|指挥部|专班|工作组|推进组)(.*)$")
_GENERAL_WORDS = re.compile(
    r"^(?:中共)?[一-鿿]{0,3}?[省市县区州](?:委|政府)?|高质量|工作|发展|推进|建设|领导|改革|提升|改造|行动|方案|计划|"
    r"实施|三年|攻坚|促进|加快|新一轮|意见|关于|贯彻|落实|任务|分解|责任|相关"
)
_OF_ITS_OWN = re.compile(
    r"(?:基金|开发建设|项目建设|工程建设)(?:管理)?(?:中心|公司|办公室)$|货运中心|客运段|边检站|铁路局|海事局|"
    r"(?:机场|港|港务|航空|铁路|地铁|轨道)[一-鿿]{0,4}(?:集团|公司)$"
)
_FOREIGN = re.compile(r"大学|学院|研究院|集团|公司|协会|联盟|联合会|商会|银行")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``name`` is what the plan says; empty where nothing in the county answers to the body."""

    name: str
    status: Status
    asked: bool = False
    reason: str = ""


def counterpart(name: str, setting: Setting) -> Counterpart:
    """What answers to one upper body in the county."""
    bare = name.strip()
    if bare in {setting.profile.name + "人民政府", setting.profile.name + "政府"}:
        return Counterpart("", "self")
    if _EVERYBODY.fullmatch(bare):
        return Counterpart("各有关单位", "default")
    if _TOWNSHIP.match(bare):
        return _townships(setting)
    if _LOWER_SEAT.match(bare):
        return Counterpart("", "self")
    if _GROUP.search(bare):
        return _group(bare, setting)
    if re.search(r"政府$", bare):
        return _seat(bare, setting)
    if own := _own(bare, setting):
        return own
    return _default(bare, setting)


def _seat(name: str, setting: Setting) -> Counterpart:
    """省政府, 市人民政府 is the county's own government; any other seat is another place's."""
    if re.fullmatch(rf"(?:{setting.region or setting.upper}|{setting.upper})(?:人民)?政府", name):
        return Counterpart(f"{setting.own}政府", "default")
    return Counterpart("", "none", reason=f"{name}是其他地方的责任")


def _townships(setting: Setting) -> Counterpart:
    if setting.profile.townships:
        return Counterpart(setting.profile.townships, "own")
    return Counterpart("", "none", reason="档案未写明任务是否落实到乡镇（街道）")


def _group(name: str, setting: Setting) -> Counterpart:
    tail = found.group(1) if (found := _GROUP_TAIL.search(name)) else ""
    if "联席会议" in name and setting.founds_meeting:
        own = re.sub(rf"^(?:{setting.region or setting.upper}|{setting.upper})", setting.own, name)
        return Counterpart(own, "default")
    group = setting.profile.leading_group
    if group and _on_one_subject(group, name, setting):
        return Counterpart(group + tail, "own")
    whole = name.removesuffix(tail) if tail else name
    return Counterpart(
        f"【待定：{whole}在本{setting.own}的对应机构】{tail}",
        "pending",
        reason=f"档案没有写明与{whole}对应的县级领导小组",
    )


def _on_one_subject(group: str, name: str, setting: Setting) -> bool:
    """A group for industry is not the county's group for logistics: two characters in common
    with the upper group's name or, where that says nothing, with the plan's title."""
    subject = _subject(_GROUP_TAIL.sub("", name)) or _subject(setting.theme)
    return not subject or bool(subject & _subject(_GROUP_TAIL.sub("", group)))


def _subject(words: str) -> set[str]:
    bare = _GENERAL_WORDS.sub(" ", words.replace("制造业", "工业"))
    return {bare[i : i + 2] for i in range(len(bare) - 1) if " " not in bare[i : i + 2]}


def _own(name: str, setting: Setting) -> Counterpart | None:
    """The county's own list: one match is taken; of several, one with the very same function."""
    known = registry()
    found = [own for own in setting.profile.agencies if known.same_body(own, name)]
    if len(found) > 1:
        exact = [own for own in found if known.key_of(own) == known.key_of(name)]
        found = exact or found
    if len(found) > 1:
        return Counterpart(
            f"【待定：{name}在本{setting.own}对应{'、'.join(found)}，请选定】",
            "pending",
            reason=f"{name}与本县{len(found)}个机构对应",
        )
    return Counterpart(found[0], "own", _is_asked(known.key_of(name))) if found else None


def _default(name: str, setting: Setting) -> Counterpart:
    known = registry()
    key = known.key_of(name)
    body = known.bodies.get(key)
    if body is None:
        return _unknown(name, setting)
    usual = body.county_in(setting.year, setting.province)
    if not usual:
        return Counterpart("", "none", True, f"{name}在县级没有对应机构，需要时商请其支持")
    return Counterpart(_named(usual, setting), "default", _is_asked(key))


def _named(usual: str, setting: Setting) -> str:
    if usual.startswith("人行"):
        return f"人行{setting.profile.name}支行"
    if usual == "团县委":
        return f"团{setting.own}委"
    if usual.startswith("金融监管") and setting.year < 2023:
        return f"{setting.profile.name}银{'' if setting.year <= 2018 else '保'}监办"
    if usual.startswith("金融监管"):
        return f"金融监管总局{setting.profile.name}支局"
    return setting.own + re.sub(r"^县", "", usual)


def _is_asked(key: str) -> bool:
    body = registry().bodies.get(key)
    return bool(body and (body.asked or body.vertical))


def _unknown(name: str, setting: Setting) -> Counterpart:
    if _ZONE.search(name):
        generic = re.search(r"各(?:类)?(?:园区|开发区|产业园)|各[一-鿿]{2,6}(?:园区|开发区)", name)
        parks = [p for p in setting.profile.parks if p in name or name in p or generic]
        if parks:
            return Counterpart(parks[0] if "管委" in parks[0] else parks[0] + "管委会", "own")
        return Counterpart("", "none", reason=f"{name}不是本{setting.own}单位")
    if re.match(rf"{setting.upper}委[一-鿿]{{2,}}", name):
        return Counterpart(setting.own + name.removeprefix(setting.upper), "default", True)
    if _OF_ITS_OWN.search(name):
        reason = f"{name}是{setting.level_word}里专设的单位，在县级没有对应单位，需要时商请"
        return Counterpart("", "none", True, reason)
    if _FOREIGN.search(name):
        return Counterpart(name, "default", True)
    return Counterpart(
        f"【待定：{name}在本{setting.own}的对应单位】",
        "pending",
        reason=f"名录里没有{name}的县级对应单位",
    )


def units_of(
    agencies: Sequence[Agency], setting: Setting, clause_id: str, with_lead: bool
) -> Units:
    """The county's list for an upper list: counterparts once each, the lead first."""
    leads: list[str] = []
    others: list[str] = []
    asked: list[str] = []
    dropped: list[Omission] = []
    self_first = self_named = False
    for i, agency in enumerate(agencies):
        found = counterpart(agency.name, setting)
        if found.status == "self":
            self_named = True
            self_first = self_first or i == 0 or agency.role == "lead"
            continue
        if not found.name:
            dropped.append(Omission(clause_id, found.reason, agency.name))
            continue
        (leads if agency.role == "lead" and with_lead else others).append(found.name)
        if found.asked:
            asked.append(found.name)
    if self_first or (self_named and not leads and not others):
        _county_leads(leads, others, setting, with_lead)
    leads = _once(leads)
    rest = [name for name in _once(others) if name not in leads]
    names = [*leads, *rest]
    return Units(
        tuple(leads),
        tuple(rest),
        tuple(_once(asked)),
        tuple(dropped),
        _asked_for(names, clause_id),
        with_lead,
    )


def _county_leads(leads: list[str], others: list[str], setting: Setting, with_lead: bool) -> None:
    """各市、县政府 means the county itself: the department of the profile leads, else 待定."""
    if setting.profile.lead:
        (leads if with_lead else others).insert(0, setting.profile.lead)
    elif with_lead or not others:
        leads_to = leads if with_lead else others
        leads_to.insert(0, "【待定：上级明确由市、县政府负责，请定牵头部门】")


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _asked_for(names: Sequence[str], clause_id: str) -> tuple[Placeholder, ...]:
    return tuple(
        Placeholder(f"{clause_id}#u{i}", found.group(), clause_id, "agency")
        for i, name in enumerate(names, start=1)
        if (found := re.search(r"【待定[^】]*】", name))
    )
