"""One line of an upper clause as the county says it: numbers, subjects, bodies, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.draft.bodies import with_county_bodies, with_county_government
from assistant.draft.counterparts import units_of
from assistant.draft.figures import figured
from assistant.draft.held import Held
from assistant.draft.lower import as_county, is_subject
from assistant.draft.places import asked_of_named, only_elsewhere, opens_elsewhere, without_firms
from assistant.draft.setting import Setting
from assistant.draft.types import Omission, Placeholder
from assistant.draft.voice import punctuated, spoken_by_county, tidied
from index.responsible import unit_lists
from index.types import Target

_GRANT = re.compile(
    r"(?:给予|予以)[^，。；]{0,30}(?:补助|补贴|奖励|奖补|资助)|一次性(?:奖励|补助)|奖励资金|奖励\d"
)
_GRANT_SOURCE = re.compile(r"财政|争取|政策|优惠|规定|有关|省级|企业所在地")
_APPEAL = re.compile(r"^(?:我们要|让我们)|更加紧密地?团结在")
_IN_FORCE = re.compile(
    r"^本(?:通知|意见|办法|方案|细则|规定|措施|政策措施|计划)(?:自|从)[^。]*(?:施行|实施|执行)|"
    r"^(?:本(?:通知|意见|办法|方案))?有效期|同时废止|^公开方式"
)
_LAWS = re.compile(r"(?:制定|修订|出台|制订)[^，。；]{0,16}(?:地方性法规|政府规章)")
_OF_THE_STATE = re.compile(
    r"^(?:中央和国家机关|国务院(?!印发|关于)|国家[一-鿿]{2,8}(?:局|委|部)|中央[一-鿿]{2,6}部)[^，。；]{0,20}?"
    r"(?:要|应|会同|负责|组织|牵头)"
)


@dataclass(slots=True)
class Localised:
    text: str = ""
    placeholders: list[Placeholder] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    grants_named: bool = False
    compared: bool = False


def localised(
    line: str, start: int, targets: Sequence[Target], setting: Setting, clause_id: str
) -> Localised:
    """The county's wording of a line; what binds only the level above is left out and listed."""
    held = Held()
    numbers = figured(line, start, targets, setting, clause_id, held)
    out = Localised()
    listed = _with_county_lists(numbers.text, setting, clause_id, held, out)
    text = punctuated(held.protect(listed))
    if setting.is_autonomous:
        text = re.sub(r"(?<![一-鿿])?自治区|(?<=[全我本])区(?!域|间|别|块)", "省", text)
    # Where the lower level is to do likewise (比照设立), the upper level's own sum is its measure.
    out.compared = bool(re.search(r"(?:比照|参照)(?:设立|安排|建立|执行)", text))
    sentences = [s for s in re.split(r"(?<=。)", text) if s.strip()]
    label, sentences = _label(sentences)
    kept = [_sentence(s, setting, clause_id, held, out) for s in sentences]
    body = tidied("".join(s for s in kept if s))
    if setting.is_autonomous:
        body = re.sub(r"省(?!份|外|市|会|区)", "自治区", body)
    body = held.restore(body)
    out.text = label + body if body else ""
    out.placeholders = [p for p in (*numbers.placeholders, *out.placeholders) if p.text in out.text]
    out.placeholders += _others(out, clause_id)
    return out


def _with_county_lists(
    line: str, setting: Setting, clause_id: str, held: Held, out: Localised
) -> str:
    """Brackets with units inside a line, in the one form that the plan uses."""
    for listed in reversed(unit_lists(line)):
        left, right = listed.span.start, listed.span.end
        if not left or right >= len(line):
            continue
        units = units_of(listed.agencies, setting, clause_id, setting.with_lead)
        out.placeholders += units.placeholders
        line = line[: left - 1] + held.keep(units.shown, line[left:right]) + line[right + 1 :]
    return line


def _label(sentences: list[str]) -> tuple[str, list[str]]:
    """时间节点：… keeps its label out of the rules for subjects."""
    found = re.match(r"^(?!公开方式)[一-鿿]{2,8}：", sentences[0]) if sentences else None
    if found:
        return found.group(), [sentences[0][found.end() :], *sentences[1:]]
    return "", sentences


def _others(out: Localised, clause_id: str) -> list[Placeholder]:
    """Placeholders that rules for bodies put into the text."""
    known = {p.text for p in out.placeholders}
    return [
        Placeholder(f"{clause_id}#b{i}", words, clause_id, "agency")
        for i, words in enumerate(dict.fromkeys(re.findall(r"【待定：[^】]*】", out.text)), start=1)
        if words not in known
    ]


def _sentence(sentence: str, setting: Setting, clause_id: str, held: Held, out: Localised) -> str:
    pieces = []
    for piece in re.split(r"(?<=；)", sentence):
        reason = _upper_only(piece, setting)
        places = opens_elsewhere(piece, setting)
        if places and re.match(r"以|依托", piece) and "，" in piece:
            first, piece = piece.split("，", 1)
            out.omitted.append(
                Omission(clause_id, f"只涉及{'、'.join(places)}", held.as_written(first))
            )
        elif places and not reason:
            reason = f"只涉及{'、'.join(places)}"
        if reason and out.compared:
            piece = _own_sums(piece, setting, clause_id, held, out)
        elif reason:
            out.omitted.append(Omission(clause_id, reason, held.as_written(piece.strip("。；"))))
            continue
        pieces.append(_piece(piece, setting, clause_id, held, out))
    text = "".join(pieces)
    if text and sentence.endswith("。") and not text.endswith("。"):
        text = text.rstrip("；，") + "。"
    return text


def _own_sums(piece: str, setting: Setting, clause_id: str, held: Held, out: Localised) -> str:
    """The upper treasury's sums, as the question what the county's own will be."""

    def asked(found: re.Match[str]) -> str:
        whole = f"{setting.level_word}定目标{found.group()}（{setting.scope_word}）"
        text = f"【待定：{whole}，请填本{setting.own}数】"
        out.placeholders.append(
            Placeholder(
                f"{clause_id}#s{found.start()}", text, clause_id, "figure", "", found.group()
            )
        )
        return held.keep(text, found.group())

    return re.sub(r"\d[\d.]*(?:万元|亿元)(?:以上|左右)?", asked, piece)


def _upper_only(piece: str, setting: Setting) -> str:
    """Money and prizes that the upper level itself hands out bind nobody in the county."""
    u = setting.upper
    if _APPEAL.search(piece):
        return "结尾的号召，不是任务"
    if _IN_FORCE.search(piece):
        return "上级文件自身的施行、废止条款"
    if _LAWS.search(piece):
        return "制定法规规章不是县级事权"
    if u == "国":
        return "只约束国家机关" if _OF_THE_STATE.search(piece) else ""
    if re.search(rf"{u}本级(?:财政)?[^。；]*?(?:资金|预算|\d|万元|亿元)", piece):
        return f"只约束{u}本级财政"
    if re.search(
        rf"(?<![通过经报取]){u}(?:人民)?政府(?!{u})[^。；]{{0,40}}(?:安排|给予|设立|整合|拨付)[^。；]*?"
        rf"(?:\d|{u}级|资金|专项|奖励)",
        piece,
    ):
        return f"{u}政府自身的资金安排"
    if re.search(rf"{u}区(?:部分)?[^。；]{{0,40}}{u}级财政", piece):
        return f"只涉及{u}区"
    return ""


def _claims_rank(part: str, setting: Setting) -> bool:
    """What the upper place wants to become (把焦作建设成为…) is not the county's to promise."""
    own = f"[我全]{setting.upper}" if setting.upper != "国" else ""
    names = "|".join(name for name in (setting.region, setting.short, own) if name)
    return bool(names) and bool(
        re.search(
            rf"(?:把|将)(?:{names})(?:建设|打造|建)成|(?:使|让|推动|助力|支撑)(?:{names})[^，。；]{{0,8}}?成为|"
            rf"(?:建成|建设|打造)[一-鿿]{{0,4}}(?:{names})$|"
            rf"(?:创新|平安|健康|数字|美丽|法治|幸福)(?:{names})(?:基本|全面)?建成",
            part,
        )
    )


def _piece(piece: str, setting: Setting, clause_id: str, held: Held, out: Localised) -> str:
    lower_speaks = False
    parts: list[str] = []
    for part in re.split(r"(?<=，)", piece):
        bare = part.rstrip("，。；")
        tail = part[len(bare) :]
        lower_speaks = lower_speaks or is_subject(bare)
        if _claims_rank(bare, setting):
            out.omitted.append(
                Omission(clause_id, f"{setting.region}自身的定位", held.as_written(bare))
            )
            continue
        places = only_elsewhere(bare, setting)
        if places and re.search(r"\d|全覆盖", bare):
            # A target set for named places: whether it is the county's, the county must say.
            bare, asked = asked_of_named(bare, places, setting, clause_id, held)
            out.placeholders += asked
        elif places:
            reason = f"只涉及{'、'.join(places)}"
            out.omitted.append(Omission(clause_id, reason, held.as_written(bare)))
            if parts and tail in {"。", "；"}:
                parts[-1] = parts[-1].rstrip("，") + tail
            continue
        spoken = as_county(bare, setting)
        if spoken is None:
            out.omitted.append(
                Omission(clause_id, "只涉及上级与各市、县之间的往来", held.as_written(bare))
            )
            parts = [parts[0].rstrip("，") + tail, *parts[1:]] if len(parts) == 1 else parts
            continue
        if lower_speaks and parts:
            spoken = re.sub(r"^要(?=把|将|按|加|做|认|切)", "", spoken)
        if not parts:
            spoken = re.sub(r"^比照(?=设立|安排|建立)", f"比照{setting.upper}级", spoken)
        if spoken.strip():
            parts.append(spoken + tail)
    return _by_county_bodies("".join(parts), setting, clause_id, held, out, lower_speaks)


def _by_county_bodies(
    text: str, setting: Setting, clause_id: str, held: Held, out: Localised, lower_speaks: bool
) -> str:
    """Whoever acts in a sentence, and its words of level, as the county says them."""
    leads = _upper_leads(held.restore(text), setting)
    text = _carried_out(text, setting, held)
    text, asked = without_firms(text, setting, clause_id, held)
    out.placeholders.extend(asked)
    text = _granted(text, setting, out)
    text = with_county_bodies(text, setting, held, keep_reported=lower_speaks)
    text = with_county_government(text, setting, lower_speaks, leads)
    return spoken_by_county(text, setting)


def _carried_out(piece: str, setting: Setting, held: Held) -> str:
    """A document that the upper level drew up is there for the county to carry out."""

    def swapped(found: re.Match[str]) -> str:
        title = held.restore(found.group("title"))
        u = setting.upper
        names = "|".join(name for name in (setting.region, setting.short, f"全?{u}") if name)
        own = re.match(rf"《(?:中共)?(?:关于[^》]{{0,12}})?(?:{names})", title)
        return "落实" + found.group("title") if own else found.group()

    return re.sub(
        r"(?:研究|认真|抓紧)?(?:制定|出台|印发|发布|公布|修订|颁布)(?:并?(?:发布|出台|印发|实施))?了?(?P<title>[\ue000-\uf8ff])(?![一-鿿]{0,2}(?:方案|意见|工程|计划|标准))",
        swapped,
        piece,
    )


def _upper_leads(piece: str, setting: Setting) -> bool:
    """The upper level's own body opens the sentence: whom it reports to becomes the county's."""
    return bool(
        re.match(
            rf"{setting.upper}(?!场|级|、)[^，。；]{{0,24}}?(?:政府|领导小组|联席会议|办公室|局|委|办|厅)",
            piece,
        )
    )


def _granted(piece: str, setting: Setting, out: Localised) -> str:
    """What the upper treasury pays is striven for; a grant without payer is upper policy."""
    u = setting.upper
    if u == "国":
        return piece
    payer = re.compile(
        rf"(?<![一-鿿]){u}(?:级)?财政(?!局|厅|部门|专项|资金|政策|性|激励)|(?:省、市|省市)财政(?!局|厅|部门|专项|资金)"
    )
    if (found := payer.search(piece)) and not re.search(r"争取|申报|申请", piece[: found.start()]):
        paying = setting.kept(found.group())
        return f"{piece[: found.start()]}积极争取{paying}{piece[found.end() :]}"
    if not out.grants_named and _GRANT.search(piece) and not _GRANT_SOURCE.search(piece):
        out.grants_named = True
        return f"落实{setting.kept(u)}级支持政策，" + piece
    return piece
