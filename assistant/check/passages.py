"""A document as sentences: each with its place, its responsible units and the year above it.

Umbrella words count for every sentence of the draft: 未注明完成时限的，均于2020年底前完成.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.check.cells import row_sentences
from assistant.check.cutting import cut, halved, places
from assistant.check.types import Listed, Place, Sentence
from index.agencies import registry
from index.period import Period, periods
from index.responsible import is_units_line, unit_lists
from index.types import Agency, Clause, Parsed, Span

# Heads the table that the program itself puts behind a draft: never the county's words.
ADDED = "核查发现未落实的上级任务"
_SIGNED = re.compile(r"/(?:标题|落款)(?:~\d+)?$")
_ASIDE = re.compile(r"/(?:标题|通知|落款|引言)(?:~\d+)?$")
_UMBRELLA = re.compile(
    r"(?:以上|上述|上列|本方案|各项|凡|其他|其余)?[^。；]{0,20}(?:未|没有|无)(?:特别|另行|单独|明确)?"
    r"(?:注明|标明|明确|说明|规定|列明)(?P<what>[^。；，]{0,12})[^。；]{0,30}"
)
_NUMBERED = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十百]+[、．.]|[(（][一二三四五六七八九十\d]{1,3}[)）][、．.]?"
    r"|\d{1,3}(?:[、．)）]|\.(?!\d))|[①-⑳]|——|[-—•●]\s|第[一二三四五六七八九十\d]+[条章])[\s　]*"
)


@dataclass(frozen=True, slots=True)
class Umbrella:
    """What the draft says once for all tasks that say nothing themselves."""

    period: Period | None = None
    quote: str = ""
    units: tuple[Agency, ...] = ()


def sentences(parsed: Parsed, clauses: Sequence[Clause] | None = None) -> tuple[Sentence, ...]:
    """The sentences of a document, or of some of its clauses, in reading order."""
    chosen = list(parsed.clauses if clauses is None else clauses)
    body = _body(chosen)
    parents = {clause.id: clause for clause in parsed.clauses}
    leading = {c.parent for c in parsed.clauses}
    found: list[Sentence] = []
    waiting: list[int] = []
    for place in places(body):
        if ADDED in place.words:
            break
        if place.clause.kind == "row":
            found.extend(row_sentences(place))
            continue
        for event in _events(place):
            if isinstance(event, Listed):
                waiting = _give(event, place, found, waiting, parents)
            else:
                heading = _is_heading(event, place, leading)
                inline = (
                    heading or _is_theme(event, place)
                ) and event.span.end + 1 < place.span.end
                year = _year_above(place.clause, parents)
                waiting.append(len(found))
                found.append(replace(event, heading=heading, inline=inline, year=year))
    return tuple(_inherited(sentence, parents) for sentence in found)


def _body(clauses: Sequence[Clause]) -> list[Clause]:
    """What stands beside the work is left out, unless a draft without numbers is all there is."""
    inside = [clause for clause in clauses if not _ASIDE.search(clause.id)]
    sizes = [sum(len(clause.text) for clause in some) for some in (inside, clauses)]
    if sizes[0] * 2 >= sizes[1]:
        return inside
    return [clause for clause in clauses if not _SIGNED.search(clause.id)]


def _events(place: Place) -> Iterator[Sentence | Listed]:
    """Sentences and lists of one line, in order."""
    lists = [
        Listed(listed.span, listed.agencies)
        for listed in unit_lists(place.words, place.span.start)
        if listed.agencies
    ]
    chars = list(place.words)
    for listed in lists:
        for i in range(listed.span.start - place.span.start, listed.span.end - place.span.start):
            chars[i] = "\n"
    bare = "".join(chars)
    start = _after_number(bare, place)
    events: list[Sentence | Listed] = [*lists, *cut(bare, start, place)]
    yield from sorted(events, key=lambda event: event.span.start)


def _after_number(bare: str, place: Place) -> int:
    """Where the words begin: 7.18个县 has the number 7, by the outline."""
    number = re.escape(place.clause.number)
    if place.first and place.clause.kind not in ("text", "row"):
        known = re.match(
            rf"[\s　]*(?:第?{number}|[(（]{number[2:-2]}[)）])[、．.)）条章]?[\s　]*", bare
        )
        if known:
            return known.end()
    found = _NUMBERED.match(bare)
    return found.end() if found else 0


def _is_heading(sentence: Sentence, place: Place, leading: set[str | None]) -> bool:
    """The name of a clause whose work is told after it."""
    clause = place.clause
    if not place.first or clause.kind not in ("section", "item", "part", "article"):
        return False
    if not clause.heading or halved(clause.heading) != halved(sentence.text.rstrip("。；;")):
        return False
    alone = clause.id not in leading and len(clause.spans) == 1
    if alone and len(clause.heading) > 12 and re.search("[，,]", clause.heading):
        return False  # 推进企业上云，降低上云成本。到2020年…: the work itself
    listed = sum(len(halved(u.span.of(place.words))) for u in unit_lists(place.words))
    said = len(halved(place.words)) - listed - len(halved(sentence.text))
    return clause.id in leading or len(clause.spans) > 1 or said > 12


def _is_theme(sentence: Sentence, place: Place) -> bool:
    """What opens a numbered section and is told by the rest of its line."""
    clause = place.clause
    named = halved(clause.heading or "") == halved(sentence.text.rstrip("。；;"))
    return place.first and clause.kind == "section" and named


def _give(
    listed: Listed,
    place: Place,
    found: list[Sentence],
    waiting: list[int],
    clauses: Mapping[str, Clause],
) -> list[int]:
    """The list governs what waits for one in its clause or below; the rest goes on waiting."""
    rest: list[int] = []
    own_line = is_units_line(place.words)
    for i in waiting:
        same = place.span.contains(found[i].span)
        below = _within(found[i].clause_id, place.clause.id, clauses)
        if same or (below and (own_line or not same)):
            found[i] = replace(found[i], units=_merged(found[i].units, listed))
        else:
            rest.append(i)
    if own_line and not any(_within(found[i].clause_id, place.clause.id, clauses) for i in waiting):
        _extend(listed, place, found, clauses)
    return rest


def _extend(
    listed: Listed, place: Place, found: list[Sentence], clauses: Mapping[str, Clause]
) -> None:
    """牵头单位：… on one line and 配合单位：… on the next are one list."""
    last = next((s.units for s in reversed(found) if s.units), None)
    if last is None or not re.fullmatch(r"[\s)）;；。]*", _gap(last.span, place)):
        return
    for i, sentence in enumerate(found):
        if sentence.units is last:
            found[i] = replace(sentence, units=_merged(last, listed))


def _gap(span: Span, place: Place) -> str:
    return "" if 0 <= place.span.start - span.end <= 3 else "…"


def _merged(old: Listed | None, new: Listed) -> Listed:
    if old is None:
        return new
    return Listed(Span(old.span.start, new.span.end), (*old.agencies, *new.agencies))


def _within(clause_id: str, above: str, clauses: Mapping[str, Clause]) -> bool:
    at: str | None = clause_id
    while at is not None:
        if at == above:
            return True
        at = clauses[at].parent if at in clauses else None
    return False


def _inherited(sentence: Sentence, clauses: Mapping[str, Clause]) -> Sentence:
    """Units that a heading names: in its bracket, on the line under it, or as its own words.

    A line that names only who helps (配合单位：…) has its lead above."""
    own = sentence.units
    if own is not None and not all(agency.role == "support" for agency in own.agencies):
        return sentence
    at: str | None = sentence.clause_id
    while at is not None and at in clauses:
        clause = clauses[at]
        listed = _opening_list(clause) or _department_heading(clause)
        if listed is not None and listed.span.start < sentence.span.end and listed != own:
            agencies = (*_leading(listed), *(own.agencies if own else ()))
            return replace(sentence, units=Listed((own or listed).span, agencies))
        at = clause.parent
    return sentence


def _leading(listed: Listed) -> Iterator[Agency]:
    """A department that heads a chapter leads what stands in it."""
    for agency in listed.agencies:
        yield replace(agency, role="lead") if len(listed.agencies) == 1 else agency


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


def _department_heading(clause: Clause) -> Listed | None:
    """（一）县经信局: a draft ordered by department."""
    if not clause.heading:
        return None
    mentions = registry().mentions(clause.heading)
    named = "".join(mention.name for mention in mentions)
    if not mentions or len(named) + 6 < len(halved(clause.heading)):
        return None
    start = clause.spans[0].start + clause.text.find(clause.heading)
    agencies = tuple(
        Agency(m.name, "unknown", Span(start + m.span.start, start + m.span.end)) for m in mentions
    )
    return Listed(Span(start, start + len(clause.heading)), agencies)


def _year_above(clause: Clause, clauses: Mapping[str, Clause]) -> str | None:
    """2018年 as the heading of a year's work."""
    for step in reversed(clause.path):
        years = {period.by for period in periods(step) if period.by and period.kind != "range"}
        if len(years) == 1 and len(step) <= 24:
            return years.pop()
    return None


def umbrella(found: Sequence[Sentence]) -> Umbrella:
    """The sentence that sets a time for whatever sets none itself."""
    for sentence in found:
        if not _UMBRELLA.search(sentence.text):
            continue
        for period in periods(sentence.text):
            if period.kind in ("deadline", "year", "range") and period.by:
                return Umbrella(period, sentence.text)
    return Umbrella()
