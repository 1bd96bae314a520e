"""An upper plan speaks to 各市、县(市、区); in the county's plan that is the county itself."""

from __future__ import annotations

import re

from assistant.draft.setting import Setting

_PLACE = r"(?:特区|市|州|盟|县|区|旗)"
_PROVINCES = r"省(?:、自治区、直辖市|[（(](?:自治)?区、(?:直辖)?市[）)])?(?:和新疆生产建设兵团)?"
LOWER = (
    rf"(?:各{_PROVINCES}(?:和设区的市)?(?:人民政府)?(?!级|部)|地方各级(?:人民)?政府|各(?:设区)?(?:地区|地方|地|{_PLACE}(?:[、和]?{_PLACE})*(?:[（(〔\[](?:{_PLACE}|、)+[）)〕\]])?{_PLACE}*)"
    r"(?!域|间|块|场|直|级|属|委|标|面|位|类|项|种|环节)"
    r"(?:[（(〔][^（）()〔〕]{2,10}(?:先导区|开发区|园区|新区)[）)〕]|和[一-鿿]{2,6}先导区)?"
    r"(?:党委(?:[、和])?)?(?:人民政府|政府)?(?:、[一-鿿]{2,12}?管委会)*)"
)
BARE = (
    rf"(?:(?<!各)(?:市州?、)?(?:县|市|区)[（(](?:市|区|县|旗|、)+[）)]{_PLACE}*(?:人民政府|政府)?|"
    r"(?:涉农|有关|相关|所有)?(?<![省市县区级、])(?:区市县|县市区|市县区|区县市|旗县市?区|县区|区县)(?![域级内])"
    r"(?:[（(〔][^（）()〔〕]{2,14}[）)〕])?(?:和[一-鿿]{2,6}先导区|人民政府|政府)?|"
    r"(?<![省、级])市、?县(?:人民政府|政府)?(?=至少|均要|都要|要[^素]|应当))"
)
_DEPARTMENTS = (
    r"(?:[、和及]|以及)?(?:各(?:级)?、?)?(?:各)?(?:[省市]直)?(?:[省市])?(?:各)?"
    r"(?:有关|相关)?(?:部门|单位|责任单位)"
)
_MODAL = r"(?:(?:都|均|皆|也|全部)?(?:要|应当|应|须|必须|需)|都|均)(?!求)"
_OPENING = r"(?P<time>(?:(?:从|到|自|截至|在)?\d{4}年?[^，。；]{0,8}?[，,]?)?)"
_SUBJECT = re.compile(
    rf"^{_OPENING}(?P<who>{LOWER}|{BARE}|地方(?:各级)?(?:人民)?政府)"
    rf"(?P<with>{_DEPARTMENTS})?(?P<more>[和及、]|以及)?(?P<modal>{_MODAL})?"
)
_ALL_LEVELS = re.compile(
    rf"^各级(?:各地)?[、,，]?(?:各(?:有关|相关)?(?:部门|单位))(?P<modal>{_MODAL})?"
)
_ALL_OF_ONE_KIND = re.compile(
    r"^各级(?=[一-鿿]{2,8}(?:、[一-鿿]{2,8})*(?:主管)?(?:部门|机关)(?:要|应|须|负责))"
)
_URGED = re.compile(
    rf"(?:引导|督促|推动|指导|鼓励|支持|帮助|要求)(?:{LOWER}|{BARE}|地方(?:人民)?政府)"
    r"(?=不断|加大|加快|加强|积极|制定|建立|开展|进一步|结合|安排|设立|出台|强化)"
)
_WHERE_FIT = re.compile(
    rf"(?:鼓励|支持)(?:和支持)?有条件的(?:{BARE}|{LOWER}|地方|地区|市、?县|市县|县市|县区|市|县|区(?![域内块间]))"
    r"(?=[一-鿿])(?!场|企业|区内)"
)
_EACH_COUNTY = re.compile(rf"每个[一-鿿]{{0,4}}?(?:{BARE}|(?:县|区|市)(?=[一-鿿])(?!级|场|域))")
_OVERSEEN = r"(?:对|评估|督查|考核|通报|指导|督促|检查|评价|调度|组织|研究)"
_SENT = re.compile(
    rf"(?P<verb>(?:抄送|通报|下达|印发|移送)(?:给|至|到)?)(?:{LOWER}|{BARE})(?:党委、?政府)?"
)


def is_subject(part: str) -> bool:
    """Whether the words open with the lower level as their subject."""
    found = _SUBJECT.match(part)
    if not found:
        return False
    joined = found.group("more") and re.match(
        r"[^，。；]{2,14}?(?:对|要|应|负|共同)", part[found.end() :]
    )
    return bool(found.group("modal") or found.group("with") or joined or _acts(part, found))


def _acts(part: str, found: re.Match[str]) -> bool:
    """A verb follows the subject; a noun would make it an attribute (各地进展情况)."""
    rest = part[found.end() :]
    return bool(
        re.match(
            r"(?:按|分|比照|结合|制定|建立|组织|负责|设立|落实|及时|根据|参照|对|将|把|与|向|在|可|自|定期|加强|加快|"
            r"开展|推进|每|于|成立|明确|研究|认真|进一步|不得|严禁|统筹|安排|细化|做好|抓好|完成|确保|启动|"
            r"分别|同步|全面|积极|不断|着力|切实|强化|实行|实施|依托|围绕|因地制宜)",
            rest,
        )
    )


def as_county(part: str, setting: Setting) -> str | None:
    """One comma-part with the lower level spoken for; None where nothing of it is the county's."""
    part = _own_subject(part, setting)
    part = _SENT.sub(rf"\g<verb>{setting.profile.townships or '各有关单位'}", part)
    part = re.sub(
        rf"每个[一-鿿]{{0,4}}?(?:{BARE}|(?:县|区|市)(?=[一-鿿])(?!级|场|域))", setting.whole, part
    )
    part = re.sub(rf"[为给在](?:{LOWER}|{BARE})(?=至少|均|都|建|培|配)", "", part)
    part = re.sub(rf"^(?:{LOWER}|{BARE})、(?=各)", "", part)
    part = _WHERE_FIT.sub("积极创造条件", part)
    part = _URGED.sub(_of_equal_strength, part)
    part = re.sub(rf"(?:{LOWER}|{BARE})[、和](?:各)?(?:有关|相关)?部门", "各有关部门", part)
    part = re.sub(rf"(?:{LOWER})各(?:有关|相关)?部门", "各有关部门", part)
    part = re.sub(rf"(?:{BARE})(?:和|、)(?=[省市]直)", "", part)
    part = re.sub(rf"由(?:{LOWER}|{BARE})", f"由{setting.own}政府", part)
    part = re.sub(rf"(?<=负责)(?:{LOWER}|{BARE})", "", part)
    part = re.sub(rf"(?P<v>纳入|列入|进入|计入)(?:{LOWER}|{BARE})", rf"\g<v>{setting.own}", part)
    part = re.sub(rf"、(?:{LOWER}|{BARE})(?=负责|分别|按|共同|要|应|落实)", "", part)
    towns = setting.profile.townships
    ends = "" if not towns else "(?=要|应|须|都|均|负责|分别|按|的|$)"
    part = re.sub(rf"(?:、|和|及|以及)(?:{LOWER}|{BARE}){ends}", "", part)
    part = re.sub(
        rf"(?P<v>到|至)(?:{LOWER}|{BARE})(?=$|[，。；]|的)", rf"\g<v>{towns or '各有关单位'}", part
    )
    part = re.sub(rf"(?:{BARE})(?=部分)", setting.ours, part)
    part = re.sub(rf"(?P<v>相关|有关)(?:{BARE})", r"\g<v>单位", part)
    if towns:
        part = re.sub(rf"(?P<v>{_OVERSEEN})(?:{LOWER}|{BARE})", rf"\g<v>{towns}", part)
    return re.sub(rf"(?:{LOWER}|{BARE})", "", part)


_NAMED_LIST = re.compile(
    r"^(?:\d+个)(?P<what>[^，。]{2,30}?(?:激励|试点|示范))(?:的)?(?:县市|县[（(][^）)]*[）)]|县|市|区)(?:要|应)?"
)
_PILOTS = re.compile(r"^各(?P<what>[一-鿿]{0,4}试点)(?:地区|县|市|单位)(?P<modal>要|应|须)")


def _of_equal_strength(found: re.Match[str]) -> str:
    """What counties are encouraged to do is not a firm duty: 鼓励各县加大 → 积极加大."""
    wished = found.group().startswith(("鼓励", "支持", "引导"))
    firm = re.match(r"不断|积极|进一步", found.string[found.end() :])
    return "积极" if wished and not firm else ""


def _own_subject(part: str, setting: Setting) -> str:
    if found := _NAMED_LIST.match(part) or _PILOTS.match(part):
        return f"作为{found.group('what')}{setting.own}，" + part[found.end() :]
    if found := _ALL_LEVELS.match(part):
        return "各有关部门" + part[found.end() - len(found.group("modal") or "") :]
    if found := re.match(r"^各级党委(?:和|、)?政府(?=要|应|须|必须|将)", part):
        return f"{setting.own}委、{setting.own}政府" + part[found.end() :]
    if found := re.match(r"^各级(?:人民)?政府(?=要|应|须|必须|将)", part):
        return f"{setting.own}政府" + part[found.end() :]
    if found := _ALL_OF_ONE_KIND.match(part):
        return setting.own + part[found.end() :]
    found = _SUBJECT.match(part)
    if not found or not is_subject(part):
        return part
    rest = part[found.end() :]
    time, modal = found.group("time"), found.group("modal") or ""
    if found.group("with"):
        return f"{time}各有关部门{found.group('more') or ''}{modal}{rest}"
    if found.group("more"):
        return f"{time}{setting.ours}{found.group('more')}{modal}{rest}"
    return time + rest
