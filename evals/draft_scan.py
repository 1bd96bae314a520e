"""An independent look at a draft: what it kept, what it invented, whose voice it speaks in.

Nothing here asks the drafting code how it decided: numbers, agencies, titles and 文号 are read
off the draft with plain patterns and looked up in the upper document and the profile.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.draft.types import Draft, DraftClause
from index.agencies import registry
from index.types import Document, Parsed, Target

_PENDING = re.compile(r"【待定[^】]*】")
_TITLE = re.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》")
_DOC_NO = re.compile(r"[一-鿿]{1,12}〔\d{4}〕\d+号")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r"“[^“”]*”")
_ACTS = r"(?<![报经向由过照实取、])"
_LEFTOVERS = {
    "province": (
        rf"全省|我省|本省|{_ACTS}省(?:人民)?政府|省委|省级有关|省直|"
        r"各市、县|各县|各市(?!场)|各地|市、县（市"
    ),
    "city": (
        rf"全市(?!场)|我市(?!场)|本市(?!场)|{_ACTS}市(?:人民)?政府|市直|市级有关|"
        r"各县|各地|县（市|（市）区|县市区"
    ),
}
_REPORTED = re.compile(r"(?:报|向)[省市]委、?[省市](?:人民)?政府")
_OWN = ("任务分解表",)


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    clause: str
    words: str


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("—", "-")


def plain(clause: DraftClause) -> str:
    """The clause's words without what is still to be decided."""
    return _PENDING.sub("〓", clause.heading + "。" + clause.text)


def invented(draft: Draft, parsed: Parsed, given: str) -> list[Found]:
    """Numbers, titles, 文号 and agencies that neither the upper document nor the profile holds."""
    ground = squeezed(parsed.document.text + given + parsed.document.title)
    numbers = set(_NUMBER.findall(ground))
    found: list[Found] = []
    upper = _functions(parsed)
    for clause in (draft.opening, *draft.clauses):
        text = plain(clause)
        found += [Found("title", clause.id, t) for t in _unknown(_TITLE, text, ground)]
        found += [Found("doc_no", clause.id, t) for t in _unknown(_DOC_NO, text, ground)]
        found += [
            Found("number", clause.id, n)
            for n in _NUMBER.findall(squeezed(text))
            if n not in numbers
        ]
        found += [Found("agency", clause.id, a) for a in _strange_agencies(text, upper, given)]
    return found


def _unknown(pattern: re.Pattern[str], text: str, ground: str) -> Iterable[str]:
    for words in pattern.findall(text):
        bare = squeezed(words).strip("《》")
        if bare.strip("〓") and bare not in ground and bare not in _OWN:
            yield words


def _functions(parsed: Parsed) -> set[str]:
    """What the upper document's bodies do, with those that took it over or share it in a county."""
    known = registry()
    upper = {known.key_of(m.name) for m in known.mentions(parsed.document.text)}
    upper |= {known.key_of(a.name) for task in parsed.tasks for a in task.agencies}
    heirs = {body.heir for key in upper if (body := known.bodies.get(key)) and body.heir}
    shared = {
        other.key
        for key in upper
        if (body := known.bodies.get(key))
        for other in known.bodies.values()
        if body.county and other.county == body.county
    }
    return upper | heirs | shared


def _strange_agencies(text: str, upper: set[str], given: str) -> Iterable[str]:
    """County bodies whose function no upper body, and nobody in the profile, has."""
    known = registry()
    for mention in known.mentions(_QUOTED.sub("", _TITLE.sub("", text))):
        key = known.key_of(mention.name)
        named = re.search(r"(?:局|委|办|厅|院|会|行)$", mention.name) and key in known.bodies
        if named and key not in upper and mention.name not in given:
            yield mention.name


def leftovers(draft: Draft, document: Document, county: str) -> list[Found]:
    """Words of the upper level outside titles, quotes and what is to be decided."""
    pattern = _LEFTOVERS.get(document.level, "")
    if county.endswith("市"):
        pattern = pattern.replace("全市(?!场)|我市(?!场)|本市(?!场)|", "")
    if not pattern:
        return []
    return [
        Found("leftover", clause.id, text[max(0, m.start() - 8) : m.end() + 12])
        for clause in (draft.opening, *draft.clauses)
        for text in [_REPORTED.sub("", _QUOTED.sub("", _TITLE.sub("", plain(clause))))]
        for m in re.finditer(pattern, text)
    ]


def broken(draft: Draft) -> list[Found]:
    """Sentences that a removed word left lame: doubled marks, a verb without object, 对进行."""
    pattern = re.compile(
        r"[，。；、：]{2,}|(?:^|。)[，；、]|对(?:进行|开展)|由(?:负责|牵头)(?!单位|部门)|(?:(?<![之饱缓温平柔总涉调])和|(?<![参给赠])与|(?<![以普涉波可])及|、)[，。；]|的的|"
        r"(?<![存所内潜外现])在(?:，|。)|（）|将(?:，|。)|\(|,|纳入，|到，|申报申报|(?<![调缓温平柔总涉普饱])[和及]的|争创创建|力争争创|要要|县县[一-鿿]"
    )
    return [
        Found("broken", clause.id, clause.text[max(0, m.start() - 10) : m.end() + 10])
        for clause in (draft.opening, *draft.clauses)
        for m in pattern.finditer(clause.text)
    ]


def lost(draft: Draft, parsed: Parsed, figures: Mapping[str, str]) -> list[Found]:
    """Targets of placed tasks whose number is neither carried over, asked for, nor the county's."""
    texts: dict[str, str] = {}
    for clause in draft.clauses:
        for source in clause.sources:
            texts[source] = texts.get(source, "") + squeezed(clause.heading + clause.text)
    omitted: dict[str, str] = {}
    for o in draft.omitted:
        omitted[o.clause_id] = omitted.get(o.clause_id, "") + squeezed(o.quote)
    found: list[Found] = []
    for task in parsed.tasks:
        text = "".join(t for at, t in texts.items() if at.startswith(task.clause_id))
        if not text:
            continue
        text += omitted.get(task.clause_id, "")
        found += [
            Found("lost", task.clause_id, f"{t.metric} {t.value:g}{t.unit}")
            for t in task.targets
            if t.unit != "批" and not _stands(t, text, figures)
        ]
    return found


def _stands(target: Target, text: str, figures: Mapping[str, str]) -> bool:
    number = f"{target.value:g}"
    if target.value == 100 and target.unit == "%":
        return "100%" in text or bool(re.search(r"全覆盖|全部|所有|普遍|完成", text))
    if target.unit == "" and 0.33 < target.value < 0.34:
        return "三分之一" in text
    words = {
        number,
        *_han(target),
        f"{int(target.value)}" if target.value == int(target.value) else number,
    }
    if any(word in text for word in words):
        return True
    return any(squeezed(value) in text for value in figures.values()) or "零" in text


def _han(target: Target) -> set[str]:
    names = {10: "十家", 100: "百家", 1: "一个"}
    return {names[int(target.value)]} if int(target.value) in names else set()


def misnumbered(clauses: Sequence[DraftClause]) -> list[Found]:
    """Numbers that do not count on from the one before at their level."""
    han = "一二三四五六七八九十"
    counters = [0] * 6
    found: list[Found] = []
    for clause in clauses:
        if clause.level == 0:
            continue
        counters[clause.level] += 1
        for deeper in range(clause.level + 1, 6):
            counters[deeper] = 0
        digits = re.sub(r"[（）()、.]", "", unicodedata.normalize("NFKC", clause.number))
        n = counters[clause.level]
        want = str(n) if digits.isdigit() else _chinese(n, han)
        if digits != want:
            found.append(Found("numbering", clause.id, clause.number))
    return found


def _hundreds(rest: int, han: str) -> str:
    if rest < 10:
        return "零" + han[rest - 1]
    return ("一" if rest < 20 else "") + _chinese(rest, han)


def _chinese(n: int, han: str) -> str:
    if n <= 10:
        return han[n - 1]
    if n >= 100:
        return f"{han[n // 100 - 1]}百" + ("" if not n % 100 else _hundreds(n % 100, han))
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else han[tens - 1]) + "十" + (han[ones - 1] if ones else "")
