"""Lists of responsible units: where they stand in a clause and whom they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.types import Agency, Span

Role = Literal["lead", "support", "unknown"]

_LEAD = "牵头单位|牵头部门|牵头责任单位|主办单位|牵头负责单位|牵头"
_SUPPORT = "配合单位|协办单位|协助单位|参与单位|参加单位|配合部门|协同单位|配合|参与"
_PLAIN = "责任单位|责任部门|责任主体|实施单位|落实单位|负责单位|承办单位|完成单位|责任领导单位"
_LABEL = re.compile(rf"[【\[]?(?P<label>{_LEAD}|{_SUPPORT}|{_PLAIN})[】\]]?[ ]*[:：][ ]*")
_LINE = re.compile(rf"^[(（【\[]?(?:{_LEAD}|{_SUPPORT}|{_PLAIN})[】\]]?[ ]*[:：]")
_FIRST_LEADS = re.compile(r"(?:列|排)(?:在)?(?:第一|首)位(?:者|的)?为?(?:的)?牵头")
_UNIT_END = re.compile(
    r"(?:局|委|办|厅|部|政府|管委会|管委办|办事处|中心|支行|分局|法院|检察院|公司|大学|学院|单位|部门|委员会|"
    r"银行|总会|工会|总工会|协会|科协|工商联|妇联|残联|团委|院|社|队|支队|大队|总队|站|所|署|银监局|证监局|保监局|"
    r"行|小组|办公室|督查室|研究室|集团|联社|供电|邮政|海关|街道|园区|开发区|乡镇|镇|各级|会|室|处|馆|军分区|武装部)"
    r"(?:[〔(（][^〔〕()（）]*[〕)）])?(?:等)?(?:单位|部门)?$"
)
# What a name's verb makes of it and of the names before it: （甲局牵头，乙局、丙局配合）.
_VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", r"(?:共同|联合)?牵头(?:负责|组织|落实|推进|会同)?"),
    ("support", r"(?:协同|协助|协作|协办|共同)?(?:配合|参与|参加|协助|协办)(?:落实|实施)?"),
    (
        "unknown",
        r"(?:等)?(?:按照?(?:各自)?职责(?:分工)?)?(?:分工|分别|共同|具体)?(?:负责|落实)|"
        r"按照?(?:各自)?职责(?:分工)?",
    ),
)
_VERB = re.compile("(?:" + "|".join(f"(?P<{role}>{verb})" for role, verb in _VERBS) + r")$")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:单位|部门)?)$")
_ASIDE = re.compile(r"[（(][^（）()]*(?:下同|分工)[^（）()]*[)）]$")
_INLINE = re.compile(rf"(?<=[。；;！])[ ]*(?:{_LEAD}|{_PLAIN})[ ]*[:：][^。]{{2,300}}。?$")
_OPEN, _CLOSE = "(（〔[", ")）〕]"
_LED_BY = re.compile(
    r"(?:^|[。；，;,:：\n])[^。；;\n]{0,12}?由(?P<who>[^。；，,;：:由\n]{2,40}?)(?P<verb>牵头|会同)"
)


@dataclass(frozen=True, slots=True)
class UnitList:
    """Agencies of one list in order; ``span`` covers the list with its label and brackets."""

    span: Span
    agencies: tuple[Agency, ...]
    first_leads: bool


def is_units_line(line: str) -> bool:
    """A labelled line such as 责任单位：… (a clause's last line, not its bracket)."""
    return bool(_LINE.match(line))


def ends_with_units(line: str) -> bool:
    """A bracket with responsible units closes the line."""
    return any(True for _ in _brackets(line))


def unit_lists(line: str, offset: int = 0) -> tuple[UnitList, ...]:
    """Every list of responsible units in one line; spans are moved by ``offset``."""
    if is_units_line(line) and line[0] not in _OPEN:
        return (_list(line, 0, len(line), offset),)
    bounds = list(_brackets(line))
    if (closing := _INLINE.search(line)) and not any(end > closing.start() for _, end in bounds):
        bounds.append((closing.start(), len(line)))
    return tuple(_list(line, start, end, offset) for start, end in bounds)


def led_by(text: str) -> str | None:
    """Who leads by the words of the text (由X牵头, 由X会同), or None."""
    for found in _LED_BY.finditer(text):
        who = found.group("who").strip()
        parts = _split(who, 0)
        if parts and all(_UNIT_END.search(name) and not name.startswith("各") for name, _ in parts):
            return "、".join(name for name, _ in parts)
    return None


def _brackets(line: str) -> Iterator[tuple[int, int]]:
    """Inner bounds of bracket groups that are labelled, or end the line and hold only units."""
    depth, start = 0, 0
    for i, char in enumerate(line):
        if char in _OPEN:
            start = i if depth == 0 else start
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if depth == 0 and _is_list(line, start, i):
                yield start + 1, i


def _is_list(line: str, start: int, end: int) -> bool:
    inner = line[start + 1 : end]
    if _LABEL.match(inner):
        return True
    if _VERB.search(inner) and _mostly_units(inner):
        return True
    if line[end + 1 :].strip("。；;. ") or start == 0 or "、" not in inner + "、":
        return False
    names = [name for name, _, _ in _named(inner, 0, "unknown")]
    closes_a_sentence = line[start - 1] in "。；;.!！）)"
    return closes_a_sentence and bool(names) and all(_UNIT_END.search(name) for name in names)


def _mostly_units(inner: str) -> bool:
    """A verb closes the bracket, and what stands before it are bodies (another word may be)."""
    names = [name for name, _, _ in _named(inner, 0, "unknown")]
    units = [name for name in names if len(name) <= 30 and _UNIT_END.search(name)]
    return bool(names) and len(units) * 3 >= len(names) * 2 and not re.search(r"\d{2}|《", inner)


def _list(line: str, start: int, end: int, offset: int) -> UnitList:
    inner = line[start:end]
    labels = list(_LABEL.finditer(inner))
    agencies: list[Agency] = []
    bounds = [(m.end(), n.start(), _role(m.group("label"))) for m, n in pairwise(labels)]
    if labels:
        bounds.append((labels[-1].end(), len(inner), _role(labels[-1].group("label"))))
    else:
        bounds.append((0, len(inner), "unknown"))
    named = [each for left, right, role in bounds for each in _named(inner[left:right], left, role)]
    led = any(role == "lead" for _, _, role in named)
    for name, at, role in named:
        span = Span(offset + start + at, offset + start + at + len(name))
        agencies.append(Agency(name, "support" if led and role == "unknown" else role, span))
    span = Span(offset + start, offset + end)
    return UnitList(span, tuple(agencies), bool(_FIRST_LEADS.search(inner)))


def _role(label: str) -> Role:
    if re.fullmatch(_LEAD, label):
        return "lead"
    return "support" if re.fullmatch(_SUPPORT, label) else "unknown"


def _named(text: str, base: int, given: Role) -> list[tuple[str, int, Role]]:
    """Names with places and roles; a verb speaks for the names since the verb before it."""
    out: list[tuple[str, int, Role]] = []
    waiting: list[tuple[str, int]] = []
    for name, at in _split(text, base):
        found = _VERB.search(name)
        bare = _TAIL.sub("", name[: found.start()] if found else name)
        if bare:
            waiting.append((bare, at))
        if found:
            role: Role = "unknown"
            for known, _ in _VERBS:
                role = known if found.group(known) else role
            out += [(one, place, given if role == "unknown" else role) for one, place in waiting]
            waiting = []
    return [*out, *((name, at, given) for name, at in waiting)]


def _split(text: str, base: int) -> list[tuple[str, int]]:
    """Names with their places, broken at 、，；; outside brackets; 各市、县政府 stays one."""
    parts: list[tuple[str, int]] = []
    depth, start = 0, 0
    for i, char in enumerate(text + "、"):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth <= 0 and char in "、，,；;。 \t":
            parts.append((text[start:i], base + start))
            start = i + 1
    return _cleaned(_joined(parts, text, base))


def _joined(parts: list[tuple[str, int]], text: str, base: int) -> list[tuple[str, int]]:
    """各市、县(市、区)政府 is one name: 各市 alone is nobody."""
    out: list[tuple[str, int]] = []
    for name, at in parts:
        if out and _is_half(out[-1][0], name):
            began = out[-1][1]
            out[-1] = (text[began - base : at - base + len(name)], began)
        else:
            out.append((name, at))
    return out


def _is_half(name: str, following: str) -> bool:
    if name in {"省", "市", "县", "区", "国家", "中央"}:
        return True
    return bool(
        re.search(r"[市州盟县区旗镇乡]$", name)
        and not re.search(r"(?:园区|开发区|新区|示范区)$", name)
        and re.search(r"(?:政府|管委会|办事处)$", following)
    )


def _cleaned(parts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    out = []
    for name, at in parts:
        lead = len(name) - len(name.lstrip())
        bare = _ASIDE.sub("", name.strip())
        if not bare or _FIRST_LEADS.search(bare) or re.fullmatch(r"以下同|下同|以下简称.*", bare):
            continue
        out.append((bare, at + lead))
    return out
