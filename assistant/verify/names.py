"""Agencies with what they are said to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verify.cover import uncovered
from assistant.verify.passages import Passage, region_names
from assistant.verify.wording import pairs, plain
from index.agencies import Mention, mentions, same_body
from index.period import periods
from index.quantity import HOLE
from index.responsible import led_by, unit_lists
from index.types import Span

_LEAD_AFTER = re.compile(r"^(?:要|应|须|将)?(?:负责)?(?:牵头|会同|为牵头|是牵头|作为牵头|抓总)")
_SUPPORT_BEFORE = re.compile(r"(?:(?:配合|协办|参与|协助)(?:单位|部门)?(?:是|为|:|有)?)$")
_SUPPORT_AFTER = re.compile(
    r"^(?:等)?(?:要|应|须|将)?(?:负责)?(?:配合|协助|参与|协办|为配合|是配合)"
)
_TOWARDS = re.compile(r"(?:抄送|报送|上报|报告|报|向|给)$")
_LEADING = re.compile(
    r"(?:责任|牵头|配合)(?:单位|部门)(?:是|为|有|包括)?"
    r"|(?:由|报送|上报|报|抄送|送|向|给|经|请|并|和|与|及)+(?=[省市县区州各国有])"
)
# 联席会议……，办公室设在: the office is named apart from its body.
_SEAT = re.compile("(?:领导小组|联席会议|指挥部)(?:办公室|成员单位)$")
_OTHER_BODY = re.compile(
    r"(?<![一-鿿])[省市县区州](?!级)[一-鿿]{2,8}?(?:委员会|局|厅|委)(?![一-鿿]?员)"
    r"|(?<![一-鿿])[一-鿿]{0,4}[省市县区州]财政(?=[统安给予按每对拨从要将应])"
)
# 印发各镇人民政府, 直接向市科工商务局: a verb and its body.
_VERB = re.compile(r"(?:由|向|报|送|给|对|经|发|交|会同)(?=(?:各|有关|[省市县区州])[一-鿿])")
# 六盘水市建立联席会议制度: what is set up is the body.
_SETS_UP = re.compile(r"[省市县区州]?(?:建立|设立|组建|成立|健全)(?:了|起)?(?=[一-鿿]{2})")
_OFFICE = re.compile("办公室|办公厅|督查室|研究室")
_LEVEL = re.compile(r"^(国家|省|市|县|区|州)")
_ROLE_WORDS = re.compile(
    r"(?:牵头|配合|责任|参与)(?:单位|部门)?(?:是|为|有|:)?\||\|(?:等)?(?:负责|作为|为)?(?:牵头|配合|参与)"
)
_SIGNS = re.compile(r"[\ue200-\uf8ff](?:(?:、|,|和|及|以及|与)[\ue200-\uf8ff])+")
_PLACE = re.compile(r"([一-鿿]{2,6}?(?:省|市|县|区|州|镇|乡))(?=[一-鿿]{2})")
_OWN_LEVEL = {"national": "国家", "province": "省", "city": "市州", "county": "县市区"}
_LIST = re.compile(r"^(?:、|和|及|以及|与)")


def agency_fault(part: str, passages: Sequence[Passage]) -> str | None:
    """A body that the passages do not name, or not as the one that leads, helps or is told."""
    for mentioned, role, relation in _agencies(part):
        name = trimmed(mentioned, passages)
        if not any(_has(p, name) for p in passages):
            return f"引文没有{name}"
        borne = [r for p in passages for n, r in roles(p) if same_name(name, n, p)]
        if role and role not in borne:
            return f"引文没有说{name}{'牵头' if role == 'lead' else '配合'}"
        if fault := _relation_fault(name, relation, passages):
            return fault
    return _task_fault(part, passages)


def _task_fault(part: str, passages: Sequence[Passage]) -> str | None:
    """Whose task it is: the clause that says what is told must name the bodies, too."""
    clauses: dict[str, list[Passage]] = {}
    for p in passages:
        clauses.setdefault(p.clause.id, []).append(p)
    if len(clauses) < 2 or not named_in(part):
        return None
    groups = list(clauses.values())
    if _borne(part, groups) or all(_borne(chunk, groups) for chunk in _chunks(part)):
        return None
    return f"引文没有把这件事交给{named_in(part)[0].name}"


def _borne(text: str, groups: Sequence[Sequence[Passage]]) -> bool:
    """Of the clauses that say most of the text, one names all its bodies."""
    said = pairs(without_agencies(_without_times(text), [p for g in groups for p in g]), ())
    told = [len(said & pairs("\n".join(p.words for p in group), ())) for group in groups]
    nearest = [group for group, count in zip(groups, told, strict=True) if count == max(told)]
    return any(
        all(any(_has(p, trimmed(m.name, group)) for p in group) for m in named_in(text))
        for group in nearest
    )


def _chunks(part: str) -> list[str]:
    """The part cut after each stretch that names bodies."""
    chunks, current = [], ""
    for piece in re.split(r"(?<=,)", part):
        current += piece
        if named_in(current):
            chunks.append(current)
            current = ""
    return [*chunks, current] if current else chunks


def _without_times(text: str) -> str:
    for found in reversed([*periods(text)]):
        text = text[: found.span.start] + "|" + text[found.span.end :]
    return text


def _bodies(text: str) -> list[Mention]:
    """The registry's bodies, and others that their ending gives away (市外经贸局)."""
    known = list(mentions(text))
    taken = {i for m in known for i in range(m.span.start, m.span.end)}
    for found in _OTHER_BODY.finditer(text):
        if not taken & set(range(*found.span())):
            known.append(Mention(found[0], found[0], Span(*found.span())))
    return sorted(known, key=lambda m: m.span)


def named_in(text: str) -> list[Mention]:
    """Agencies without the words that lead up to them: 5日前报市政府办公室 → 市政府办公室."""
    clear = text.replace("由", HOLE)
    for p in periods(text):
        clear = clear[: p.span.start] + HOLE * (p.span.end - p.span.start) + clear[p.span.end :]
    found = []
    for m in _bodies(clear):
        lead = _LEADING.match(m.name)
        start = m.span.start + (lead.end() if lead else 0)
        if set_up := _SETS_UP.match(m.name):
            start = m.span.start + set_up.end()
        for verb in _VERB.finditer(text, start, m.span.end):
            start = verb.end()
        # 由副市长召集的联席会议: the body is what stands last.
        start += text[start : m.span.end].rfind("的") + 1
        office = _OFFICE.match(text, m.span.end)
        end = office.end() if office else m.span.end
        found.append(Mention(text[start:end], m.canonical, Span(start, end)))
    return found


def _relation_fault(name: str, relation: str, passages: Sequence[Passage]) -> str | None:
    """Who reports and who is reported to must not change places."""
    if not relation:
        return None
    others = [r for p in passages for n, r in relations(p.raw) if same_name(name, n, p)]
    if relation == "to" and "to" not in others:
        return f"引文没有说报{name}"
    return f"引文说的是报{name}" if relation == "by" and set(others) == {"to"} else None


def _agencies(part: str) -> Iterator[tuple[str, str, str]]:
    """Each agency of a text with the role that the words beside it assert, and its relation."""
    role, end = "", -1
    found = named_in(part)
    for i, m in enumerate(found):
        before = part[: m.span.start]
        listed = end >= 0 and _LIST.fullmatch(part[end : m.span.start])
        if not listed:
            role = _asserted(before, _after_list(part, found, i))
        relation = "to" if _TOWARDS.search(before) else "by" if before.endswith("由") else ""
        yield m.name, role, relation
        end = m.span.end


def _after_list(part: str, found: Sequence[Mention], i: int) -> str:
    """What follows the list that begins with the i-th agency."""
    end = found[i].span.end
    for m in found[i + 1 :]:
        if not _LIST.fullmatch(part[end : m.span.start]):
            break
        end = m.span.end
    return part[end:]


def _asserted(before: str, after: str) -> str:
    if _LEAD_AFTER.match(after) or re.search(r"牵头(?:单位|部门)?(?:是|为|:)?$", before):
        return "lead"
    if _SUPPORT_AFTER.match(after) or _SUPPORT_BEFORE.search(before):
        return "support"
    return ""


def trimmed(name: str, passages: Sequence[Passage]) -> str:
    """责任单位有街道办事处 → 街道办事处, where the rest of the words are nobody's name."""
    for at in range(len(name) - 2):
        if any(name[at:] in p.quoted for p in passages):
            return name if uncovered(name[:at], "") else name[at:]
    return name


def with_cited_names(text: str, passages: Sequence[Passage]) -> str:
    """Every agency under the name that the quotes use, where they name the same body."""
    for m in reversed(named_in(text)):
        quoted = [(p, n) for p in passages for n in named_in(p.quoted)]
        same = [n.name for p, n in quoted if same_name(m.name, n.name, p)]
        if same and m.name not in same and not any(m.name in p.quoted for p in passages):
            text = text[: m.span.start] + same[0] + text[m.span.end :]
    return text


def _has(p: Passage, name: str) -> bool:
    if _SEAT.search(name) and not uncovered(name, p.words):
        return True
    return name in p.quoted or any(same_name(name, m.name, p) for m in named_in(p.quoted))


def same_name(said: str, quoted: str, p: Passage) -> bool:
    """One body at one level; a list names the level once, for all that follow."""
    a, b = plain(said), plain(quoted)
    if a == b:
        return True
    if a.endswith("财政") != b.endswith("财政"):
        return False  # the money of a level is not its bureau
    mine, theirs = _LEVEL.match(a), _LEVEL.match(b)
    level = theirs[0] if theirs else _OWN_LEVEL.get(p.document.level, "")
    if mine and level and mine[0] not in level:
        return False
    here, there = _PLACE.match(a), _PLACE.match(b)
    if here and not (there and here[1] == there[1]):
        own = region_names(p.document)
        if there or here[1] not in own:
            return False
    return same_body(said, quoted)


def roles(p: Passage) -> list[tuple[str, str]]:
    """(agency, lead or support) as the clause says it."""
    found: list[tuple[str, str]] = []
    for span in p.clause.spans:
        for line in span.of(p.document.text).split("\n"):
            for listed in unit_lists(line):
                leads = any(a.role == "lead" for a in listed.agencies)
                first = listed.first_leads or _first_leads(p)
                for i, a in enumerate(listed.agencies):
                    role = (
                        "lead"
                        if a.role == "lead" or (first and i == 0 and not leads)
                        else "support"
                    )
                    if leads or first or a.role == "support":
                        found.append((a.name, role))
    if by := led_by(p.raw):
        found += [(name, "lead") for name in by.split("、")]
    found += [(n, r) for n, r, _ in _agencies(p.raw) if r]
    return found


def _first_leads(p: Passage) -> bool:
    return bool(re.search(r"列第一位者?的?为牵头", p.document.text))


def relations(text: str) -> list[tuple[str, str]]:
    return [(n, relation) for n, _, relation in _agencies(text)]


def with_signs(text: str, signs: dict[str, str]) -> str:
    """Each body as one sign, lists of them in one order, so that texts can be laid side by side."""
    for m in reversed(named_in(text)):
        sign = signs.setdefault(m.name, chr(0xE200 + len(signs)))
        text = text[: m.span.start] + sign + text[m.span.end :]
    return _SIGNS.sub(lambda m: "、".join(sorted(re.findall(r"[\ue200-\uf8ff]", m[0]))), text)


def without_agencies(text: str, passages: Sequence[Passage]) -> str:
    """Bodies and the words that say their role are judged by themselves (``agency_fault``)."""
    for m in reversed(named_in(text)):
        if any(_has(p, trimmed(m.name, passages)) for p in passages):
            text = text[: m.span.start] + "|" + text[m.span.end :]
    return _ROLE_WORDS.sub("|", text)
