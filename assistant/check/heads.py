"""Responsible units that stand above a sentence or in its words: headings, lines, prose.

（一）县科经局 leads what stands under it; 由县环保局牵头，会同县发改局 names two without any list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.check.cutting import halved
from assistant.check.names import Declared, functions_of
from assistant.check.types import Listed, Sentence
from index.agencies import registry
from index.responsible import is_units_line, unit_lists
from index.types import Agency, Clause, Span

_BODY = re.compile(
    r"[一-鿿]{2,16}(?:局|委员会|委|办公室|办|中心|管委会|部|会|院|社|行|队|公司)(?=[、，,和及与]|牵头|负责|主办|$)"
)
_MERGED = re.compile(r"[县区市旗镇乡州][一-鿿]{2,8}$")
_AROUND = re.compile(
    r"牵头|主办|承办|负责|落实|承担|实施|任务|工作|事项|部分|职责|单位|部门|"
    r"的|由|等|[0-9()（）:：、，,和及与 ]"
)
_LEADS = re.compile(
    r"由(?P<by>[^。；;]{2,60}?)(?P<verb>(?:共同|联合|分别)?牵头|会同|负责牵头)"
    r"|与(?P<with>[^。；;，,()（）]{2,30}?)(?:共同|联合)牵头"
    r"|(?:^|[，,。；;(（])(?P<who>[^。；;，,由]{2,30}?)(?:负责)?牵头(?!单位|部门|[:：])"
    r"|由(?P<alone>[^。；;，,]{2,24}?)(?:具体|统筹|总体)?负责(?:组织)?(?:实施|落实|推进)?(?=[。；;]|$)"
)
_HELPS = re.compile(
    r"(?:会同|协同|联合)(?P<with>[^。；;]{2,80}?)(?=等|部门|单位|共同|开展|组织|制定|推进|实施|抓好|[。；;]|$)"
    r"|[，,](?P<who>[^。；;]{2,80}?)(?:等(?:部门|单位)?)?(?:予以|给予|积极|做好|按职责)?(?:配合|协助|参与)"
)


_JOINT = re.compile(r"与(?P<with>[^。；;，,()（）]{2,30}?)(?:共同|联合)牵头")


def inherited(sentence: Sentence, clauses: Mapping[str, Clause], declared: Declared) -> Sentence:
    """Units that a heading names: in its bracket, on the line under it, or as its own words.

    A line that names only who helps (配合单位：…) has its lead above."""
    own, joint = sentence.units, _joint_leads(sentence, clauses, declared)
    if own is not None and _has_lead(own) and not joint:
        return sentence
    at: str | None = sentence.clause_id
    while at is not None and at in clauses:
        clause = clauses[at]
        over = _department_heading(clause, declared)
        listed = _opening_list(clause) or over
        free = own is None or over is listed or _only_help(own)
        if listed and listed != own and free and listed.span.start < sentence.span.end:
            agencies = _together(own, [*_leading(listed), *joint])
            return replace(sentence, units=Listed((own or listed).span, agencies))
        at = clause.parent
    return sentence


def _has_lead(listed: Listed) -> bool:
    return any(agency.role == "lead" for agency in listed.agencies)


def _joint_leads(
    sentence: Sentence, clauses: Mapping[str, Clause], declared: Declared
) -> tuple[Agency, ...]:
    """资金支持（与县科经局共同牵头）: who leads beside the department of the chapter."""
    clause = clauses.get(sentence.clause_id)
    found = _JOINT.search(clause.text.partition("\n")[0]) if clause else None
    if clause is None or found is None:
        return ()
    return bodies_in(found["with"], clause.spans[0].start + found.start("with"), "lead", declared)


def _only_help(listed: Listed) -> bool:
    return all(agency.role == "support" for agency in listed.agencies)


def _together(own: Listed | None, above: Sequence[Agency]) -> tuple[Agency, ...]:
    """Who leads from above, then who stands in the list itself."""
    names = {halved(agency.name) for agency in above}
    rest = [a for a in (own.agencies if own else ()) if halved(a.name).lstrip("与") not in names]
    return (*above, *rest)


def _leading(listed: Listed) -> list[Agency]:
    """A department that heads a chapter leads what stands in it."""
    alone = len(listed.agencies) == 1
    return [replace(a, role="lead") if alone else a for a in listed.agencies]


def _opening_list(clause: Clause) -> Listed | None:
    """A list on the clause's heading line or on the line right under it."""
    if not clause.heading or clause.kind == "row":
        return None
    for i, (span, words) in enumerate(zip(clause.spans, clause.text.split("\n"), strict=True)):
        if i > 1:
            break
        for listed in unit_lists(words, span.start):
            rest = len(halved(words)) - (listed.span.end - listed.span.start)
            if listed.agencies and (is_units_line(words) or rest <= len(clause.heading) + 12):
                return Listed(listed.span, listed.agencies)
    return None


def _department_heading(clause: Clause, declared: Declared) -> Listed | None:
    """（一）县经信局, or 二、由县发改局牵头的任务: a draft ordered by department."""
    if not clause.heading or clause.kind == "row":
        return None
    start = clause.spans[0].start + clause.text.find(clause.heading)
    agencies = bodies_in(clause.heading, start, "unknown", declared)
    named = sum(len(halved(agency.name)) for agency in agencies)
    bare = len(_AROUND.sub("", halved(clause.heading)))
    if not agencies or named + 2 < bare:
        return None
    return Listed(Span(start, start + len(clause.heading)), agencies)


def bodies_in(text: str, start: int, role: str, declared: Declared) -> tuple[Agency, ...]:
    """Bodies that a text names: those of the register, and the draft's own short names."""
    spans = [_whole(mention.span, text, declared) for mention in registry().mentions(text)]
    for match in _BODY.finditer(text):
        known = functions_of(match.group(), declared) & registry().bodies.keys()
        if known and not any(s.start < match.end() and match.start() < s.end for s in spans):
            spans.append(Span(match.start(), match.end()))
    return tuple(
        Agency(span.of(text), role, Span(start + span.start, start + span.end))  # type: ignore[arg-type]
        for span in sorted(spans)
    )


def _whole(span: Span, text: str, declared: Declared) -> Span:
    """区工信科技局, of which the register knows 科技局."""
    led = _MERGED.search(text[: span.start])
    if led is None:
        return span
    whole = Span(led.start(), span.end)
    more = functions_of(whole.of(text), declared) > functions_of(span.of(text), declared)
    known = functions_of(whole.of(text), declared) & registry().bodies.keys()
    return whole if more or len(known) > 1 else span


def in_prose(sentence: Sentence, declared: Declared) -> Listed | None:
    """由县环保局牵头，会同县工信局、县发改局…: who leads and who helps, by the words."""
    led = list(_named(sentence, _LEADS, "lead", declared))
    if not led:
        return None
    leaders = {agency.span for agency in led}
    helping = [a for a in _named(sentence, _HELPS, "support", declared) if a.span not in leaders]
    agencies = tuple(sorted((*led, *helping), key=lambda agency: agency.span))
    return Listed(Span(agencies[0].span.start, agencies[-1].span.end), agencies)


def _named(
    sentence: Sentence, pattern: re.Pattern[str], role: str, declared: Declared
) -> Iterator[Agency]:
    for match in pattern.finditer(sentence.text):
        for group, words in match.groupdict().items():
            if words and group != "verb":
                at = sentence.span.start + match.start(group)
                yield from bodies_in(words, at, role, declared)


def with_prose(told: Sequence[Sentence], declared: Declared) -> list[Sentence]:
    """Words that say who leads count for what leads up to them (以上工作由…牵头), and for what
    follows the last of them in their clause; a list beside adds who helps."""
    found = [in_prose(sentence, declared) for sentence in told]
    last: dict[str, Listed] = {}
    for sentence, listed in zip(told, found, strict=True):
        if listed is not None:
            last[sentence.clause_id] = listed
    coming: dict[str, Listed] = {}
    led: list[Sentence] = []
    for sentence, listed in zip(reversed(told), reversed(found), strict=True):
        if listed is not None:
            coming[sentence.clause_id] = listed
        at = sentence.clause_id
        led.append(_led(sentence, coming.get(at) or last.get(at)))
    return led[::-1]


def _led(sentence: Sentence, prose: Listed | None) -> Sentence:
    own = sentence.units
    if prose is None:
        return sentence
    if own is None:
        return replace(sentence, units=prose)
    if _has_lead(own):
        return sentence
    leading = [agency for agency in prose.agencies if agency.role == "lead"]
    return replace(sentence, units=Listed(own.span, _together(own, leading)))
