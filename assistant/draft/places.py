"""Other places and firms that an upper clause names, which a county cannot simply take over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import rjieba

from assistant.draft.held import Held
from assistant.draft.setting import Setting
from assistant.draft.types import Placeholder

_ENDS = "市县旗"
_ELSEWHERE = re.compile(
    r"(?:率先|首先|先行|重点|选择|支持|推动|巩固和)?(?:在|支持|推动|选择|提升|巩固|发挥|增强)"
    r"(?P<places>[一-鿿]{2,3}(?:市|县|区)?(?:、[一-鿿]{2,3}(?:市|县|区)?)+(?:和[一-鿿]{2,3}(?:市|县|区)?)?)"
    r"(?=等|[一-鿿]{0,8}(?:地位|优势|作用)|试点|开展|先行|建设|打造|率先|布局)"
)
_OPENS = re.compile(
    r"(?:重点|积极|加快|大力)?(?:支持|推动|推进|鼓励|指导|依托|以|在|将|把)?"
    r"(?P<place>[一-鿿]{2,3}[市县旗](?!场|区|级|域|政|民|容|值|内|外))"
)
_NOT_PLACES = {
    "省市县",
    "各市县",
    "市县",
    "县市",
    "各市",
    "各县",
    "城市",
    "都市",
    "上市",
    "全县",
    "我县",
    "全市",
    "我市",
}
_FIRM_END = (
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|电厂|热电厂|钢铁|铝业|水泥厂)"
)
_FIRM = re.compile(rf"[一-鿿（）()]{{2,24}}?{_FIRM_END}")
_PUBLIC = re.compile(
    r"担保|投资|融资|供电|国有|上市|跨国|股份|龙头|服务|子|母|企业集团|行业|发展|行政|培育|大企业|主体|支持|鼓励|引导"
)
_EXAMPLES = re.compile(
    r"(?P<verb>依托|支持|引进和培育|引进|培育|围绕|推动|发挥|全面取缔|取缔|关停|淘汰)"
    r"(?P<names>[^，。；]{2,80}?)等(?P<what>[一-鿿]{0,10}(?:企业|公司|园区|院校|商))"
)
_SUBJECTS = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<names>[^，。；：关取淘]{2,40}?)等企业(?=的|[\ue000-\uf8ff])"
)
_MACHINE = (
    r"[^，。；：、关于\ue000-\uf8ff]{2,40}?(?:公司|电厂|厂)"
    r"[^，。；：、关于]{0,12}?\d+号(?:、\d+号)*机组"
)
_MACHINES = re.compile(rf"{_MACHINE}(?:[，、]{_MACHINE})*")
_PLANT = re.compile(
    r"(?P<verb>关闭|关停|取缔|拆除|停产)(?P<names>[^，。；、]{2,40}?\d+号[^，。；]*)"
)


def foreign_places(words: str, setting: Setting) -> tuple[str, ...]:
    """Cities and counties that the words name, other than the county's own and those above it."""
    profile = setting.profile
    known = {profile.name, profile.city, profile.province, setting.region}
    found = [
        token
        for token, flag in rjieba.tag(re.sub(r"《[^《》]*》", "", words))
        if flag == "ns"
        and token[-1] in _ENDS
        and 2 <= len(token) <= 6
        and token not in _NOT_PLACES
        and not any(token in place or place.endswith(token) for place in known if place)
    ]
    return tuple(dict.fromkeys(found))


def only_elsewhere(part: str, setting: Setting) -> tuple[str, ...]:
    """The places for which a part of a sentence is meant, where it names several of them
    (率先在甲、乙、丙试点)."""
    found = _ELSEWHERE.search(part)
    if not found:
        return ()
    places = tuple(re.split(r"[、和]", found.group("places")))
    own = {setting.profile.name, setting.profile.name[:-1]}
    flags = {place: dict(rjieba.tag(place)).get(place, "") for place in places}
    named = [place for place in places if flags[place] == "ns" and place not in own]
    return places if len(named) * 3 >= len(places) * 2 else ()


def asked_of_named(
    part: str, places: Sequence[str], setting: Setting, clause_id: str, held: Held
) -> tuple[str, list[Placeholder]]:
    """The places of a list, as the question which the county's are."""
    asked: list[Placeholder] = []
    found = re.search(r"[、和]".join(map(re.escape, places)), part)
    if found:
        text = _ask(found.group(), setting, clause_id, held, asked)
        part = part[: found.start()] + text + part[found.end() :]
    return part, asked


def opens_elsewhere(piece: str, setting: Setting) -> tuple[str, ...]:
    """The other place that a sentence opens with (支持甲市开展…, 以乙市…为契机)."""
    found = _OPENS.match(piece)
    return foreign_places(found.group("place"), setting) if found else ()


def is_for_others(paragraphs: Iterable[str], heading: str, setting: Setting) -> tuple[str, ...]:
    """The places for which a whole clause is meant: each of its sentences names another place."""
    lines = [s for line in paragraphs for s in re.split(r"(?<=。)", line) if len(s) > 8]
    named = [foreign_places(line, setting) for line in lines]
    if in_heading := foreign_places(heading, setting):
        return in_heading
    if lines and all(named):
        return tuple(dict.fromkeys(place for places in named for place in places))
    return ()


def without_firms(
    part: str, setting: Setting, clause_id: str, held: Held
) -> tuple[str, list[Placeholder]]:
    """Named firms of other places go; where they are the very object, the county says which."""
    part = re.sub(r"[（(][^（）()]{0,20}(?:集团|公司|矿|厂)[）)]", "", part)
    asked: list[Placeholder] = []

    def examples(found: re.Match[str]) -> str:
        names = found.group("names")
        if not _names_firms(names) or any(firm in names for firm in setting.profile.firms):
            return found.group()
        if re.search(r"取缔|关停|淘汰", found.group("verb")):
            return found.group("verb") + _ask(
                names + "等" + found.group("what"), setting, clause_id, held, asked
            )
        what = found.group("what")
        return found.group("verb") + ("骨干" + what if what in {"企业", "公司"} else what)

    def subjects(found: re.Match[str]) -> str:
        names = found.group("names")
        if not _names_firms(names) or any(firm in names for firm in setting.profile.firms):
            return found.group()
        return _ask(names + "等企业", setting, clause_id, held, asked)

    part = _places_listed(part, setting, clause_id, held, asked)
    part = _EXAMPLES.sub(examples, part)
    part = _SUBJECTS.sub(subjects, part)
    part = _PLANT.sub(
        lambda found: (
            found.group("verb") + _ask(found.group("names"), setting, clause_id, held, asked)
        ),
        part,
    )
    part = _MACHINES.sub(lambda found: _ask(found.group(), setting, clause_id, held, asked), part)
    return part, asked


def _places_listed(
    part: str, setting: Setting, clause_id: str, held: Held, asked: list[Placeholder]
) -> str:
    """Two or more projects or events that bear the upper place's or its counties' names."""
    names = [name for name in (setting.region, setting.short) if name]
    if not names or part.count("、") < 1:
        return part
    item = rf"(?:{'|'.join(names)})(?!市?的|实际|特色)[^，。；、的等]{{3,24}}"
    run = re.compile(
        rf"{item}(?:、[^，。；、的等]{{3,24}})*?、{item}(?:、[^，。；、的等]{{4,24}})*"
    )
    return run.sub(lambda m: _ask(m.group(), setting, clause_id, held, asked), part)


def _names_firms(names: str) -> bool:
    """A list of proper names, as against a list of kinds (行业龙头企业、高新技术企业)."""
    if _FIRM.search(names) and not _PUBLIC.search(names):
        return True
    items = [item for item in re.split(r"[、和]", names) if item]
    if len(items) < 2 or re.search(r"企业|产业|行业|技术|机构|高校|院所|平台|项目", names):
        return False
    return any(
        flag in {"nz", "nr", "nrt", "nrfg", "ns", "nt"}
        for item in items
        for _, flag in rjieba.tag(item)
    )


def _ask(names: str, setting: Setting, clause_id: str, held: Held, asked: list[Placeholder]) -> str:
    shown = held.restore(names)
    text = f"【待定：{setting.level_word}里点名{shown}，请核定本{setting.own}对象】"
    asked.append(
        Placeholder(
            f"{clause_id}#p{len(asked) + 1}:{shown[:12]}", text, clause_id, "name", "", shown
        )
    )
    return held.keep(text)
