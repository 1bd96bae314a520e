"""A document as sentences: each with its place, its responsible units and the year above it.

Umbrella words count for every sentence of the draft: 未注明完成时限的，均于2020年底前完成.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.check.types import Listed, Place, Sentence
from index.agencies import registry
from index.period import Period, periods
from index.responsible import is_units_line, unit_lists
from index.types import Agency, Clause, Parsed, Span

_SENTENCE = re.compile(r"[^。；;！!？?\n\t]+[。；;！!？?]?[”\"』」）)]?")
_ASIDE = re.compile(r"/(?:标题|通知|落款|引言)(?:~\d+)?$")
_UMBRELLA = re.compile(
    r"(?:以上|上述|上列|本方案|各项|凡|其他|其余)?[^。；]{0,20}(?:未|没有|无)(?:特别|另行|单独|明确)?"
    r"(?:注明|标明|明确|说明|规定|列明)(?P<what>[^。；，]{0,12})[^。；]{0,30}"
)
_NUMBERED = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十百]+[、．.]|[(（][一二三四五六七八九十\d]{1,3}[)）][、．.]?"
    r"|\d{1,3}(?:[、．)）]|\.(?!\d))|[①-⑳]|——|[-—•●]\s|第[一二三四五六七八九十\d]+[条章])[\s　]*"
)
_UNITS_COLUMN = re.compile(r"单位|部门|牵头|配合|责任|主体")
_TIME_COLUMN = re.compile(r"时限|时间|期限|进度")
_SPLIT_CELL = re.compile(r"[、，,；;\s/]+")


@dataclass(frozen=True, slots=True)
class Umbrella:
    """What the draft says once for all tasks that say nothing themselves."""

    period: Period | None = None
    quote: str = ""
    units: tuple[Agency, ...] = ()


def halved(text: str) -> str:
    """Half width and without white space: how words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def places(clauses: Iterable[Clause]) -> list[Place]:
    """Every line of the clauses in reading order."""
    found = [
        Place(clause, span, words, i == 0)
        for clause in clauses
        for i, (span, words) in enumerate(zip(clause.spans, clause.text.split("\n"), strict=True))
    ]
    return sorted(found, key=lambda place: place.span.start)


def sentences(parsed: Parsed, clauses: Sequence[Clause] | None = None) -> tuple[Sentence, ...]:
    """The sentences of a document, or of some of its clauses, in reading order."""
    chosen = list(parsed.clauses if clauses is None else clauses)
    body = [clause for clause in chosen if not _ASIDE.search(clause.id)]
    parents = {clause.id: clause for clause in parsed.clauses}
    leading = {c.parent for c in parsed.clauses}
    found: list[Sentence] = []
    waiting: list[int] = []
    for place in places(body):
        if place.clause.kind == "row":
            found.extend(_row(place))
            continue
        for event in _events(place):
            if isinstance(event, Listed):
                waiting = _give(event, place, found, waiting, parents)
            else:
                heading = _is_heading(event, place, leading)
                waiting.append(len(found))
                found.append(
                    replace(event, heading=heading, year=_year_above(place.clause, parents))
                )
    return tuple(_inherited(sentence, parents) for sentence in found)


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
    events: list[Sentence | Listed] = [*lists, *_cut(bare, start, place)]
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


def _cut(bare: str, start: int, place: Place) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(bare, start):
        text = match.group()
        left = len(text) - len(text.lstrip(" 　()（）【】[]"))
        right = len(text.rstrip(" 　(（【["))
        if right - left < 2 or not re.search(r"[\w]", text):
            continue
        at = place.span.start + match.start()
        yield Sentence(Span(at + left, at + right), text[left:right], place.clause.id)


def _is_heading(sentence: Sentence, place: Place, leading: set[str | None]) -> bool:
    """The name of a clause whose work is told after it."""
    clause = place.clause
    if not place.first or clause.kind not in ("section", "item", "part", "article"):
        return False
    if not clause.heading or halved(clause.heading) != halved(sentence.text.rstrip("。；;")):
        return False
    if clause.id not in leading and len(clause.heading) > 12 and re.search("[，,]", clause.heading):
        return False  # 推进企业上云，降低上云成本。到2020年…: the work itself
    told = len(clause.spans) > 1 or len(halved(clause.text)) > len(halved(sentence.text)) + 12
    return clause.id in leading or told


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
    """Units that a heading names: in its bracket, on the line under it, or as its own words."""
    at: str | None = sentence.clause_id
    while sentence.units is None and at is not None and at in clauses:
        clause = clauses[at]
        listed = _opening_list(clause) or _department_heading(clause)
        if listed is not None and listed.span.start < sentence.span.end:
            return replace(sentence, units=listed)
        at = clause.parent
    return sentence


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


def _row(place: Place) -> list[Sentence]:
    """A table row: one sentence per cell, units from the cell under a column that names them."""
    columns = place.clause.path[-1].removeprefix("表：").split("｜") if place.clause.path else []
    found: list[Sentence] = []
    agencies: list[Agency] = []
    covered: list[Span] = []
    at = place.span.start
    for i, cell in enumerate(place.words.split("\t")):
        name = columns[i] if i < len(columns) else ""
        if _UNITS_COLUMN.search(name) and not re.search("任务|内容|工作|目标", name):
            agencies.extend(_cell_agencies(cell, at, name))
            covered.append(Span(at, at + max(len(cell), 1)))
        elif len(halved(cell)) > 3 or _TIME_COLUMN.search(name):
            part = Place(place.clause, Span(at, at + max(len(cell), 1)), cell, False)
            found.extend(s for s in _cut(cell, 0, part))
        at += len(cell) + 1
    if not agencies:
        return found
    listed = Listed(Span(covered[0].start, covered[-1].end), tuple(agencies))
    return [replace(sentence, units=listed) for sentence in found]


def _cell_agencies(cell: str, start: int, column: str) -> Iterator[Agency]:
    at = 0
    for name in _SPLIT_CELL.split(cell):
        if not name:
            continue
        at = cell.index(name, at)
        lead = "牵头" in column and "配合" not in column
        role: str = "lead" if lead else "support" if "配合" in column else "unknown"
        span = Span(start + at, start + at + len(name))
        yield Agency(name, role, span)  # type: ignore[arg-type]
        at += len(name)


def umbrella(found: Sequence[Sentence]) -> Umbrella:
    """The sentence that sets a time for whatever sets none itself."""
    for sentence in found:
        if not _UMBRELLA.search(sentence.text):
            continue
        for period in periods(sentence.text):
            if period.kind in ("deadline", "year", "range") and period.by:
                return Umbrella(period, sentence.text)
    return Umbrella()
