"""A document as sentences: each with its place, its responsible units and the time above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.check.cells import row_sentences, typed_tables
from assistant.check.context import timed_from_above
from assistant.check.cutting import cut, halved, places
from assistant.check.heads import inherited, with_prose
from assistant.check.names import Declared
from assistant.check.types import Listed, Place, Sentence
from index.responsible import is_units_line, unit_lists
from index.types import Clause, Parsed, Span

# Heads the table that the program itself puts behind a draft: never the county's words.
ADDED = "核查发现未落实的上级任务"
_SIGNED = re.compile(r"/(?:标题|落款)(?:~\d+)?$")
_ASIDE = re.compile(r"/(?:标题|通知|落款|引言)(?:~\d+)?$")
_NUMBERED = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十百]+[、．.]|[(（][一二三四五六七八九十\d]{1,3}[)）][、．.]?"
    r"|\d{1,3}(?:[、．)）]|\.(?!\d))|[①-⑳]|——|[-—•●]\s|第[一二三四五六七八九十\d]+[条章])[\s　]*"
)


def sentences(
    parsed: Parsed, clauses: Sequence[Clause] | None = None, declared: Declared | None = None
) -> tuple[Sentence, ...]:
    """The sentences of a document, or of some of its clauses, in reading order."""
    chosen = list(parsed.clauses if clauses is None else clauses)
    parents = {clause.id: clause for clause in parsed.clauses}
    names = declared or {}
    told = with_prose(_told(_body(chosen), parents), names)
    heard = [inherited(sentence, parents, names) for sentence in told]
    return timed_from_above(heard, parents, _told(_beside(chosen), parents))


def _told(body: Sequence[Clause], parents: Mapping[str, Clause]) -> list[Sentence]:
    leading = {clause.parent for clause in parents.values()}
    lines = places(body)
    tables = typed_tables(lines)
    found: list[Sentence] = []
    waiting: list[int] = []
    for place in lines:
        if ADDED in place.words:
            break
        if place.clause.kind == "row" or place.span in tables:
            found.extend(_row(place, tables))
            continue
        for event in _events(place):
            if isinstance(event, Listed):
                waiting = _give(event, place, found, waiting, parents)
            else:
                waiting.append(len(found))
                found.append(_placed(event, place, leading))
    return found


def _row(place: Place, tables: Mapping[Span, tuple[str, ...]]) -> list[Sentence]:
    if place.clause.kind == "row":
        return row_sentences(place)
    columns = tables[place.span]
    return row_sentences(place, columns) if columns else []


def _placed(sentence: Sentence, place: Place, leading: set[str | None]) -> Sentence:
    heading = _is_heading(sentence, place, leading)
    named = heading or _is_theme(sentence, place)
    inline = named and sentence.span.end + 1 < place.span.end
    return replace(sentence, heading=heading, inline=inline)


def _body(clauses: Sequence[Clause]) -> list[Clause]:
    """What stands beside the work is left out, unless a draft without numbers is all there is."""
    inside = [clause for clause in clauses if not _ASIDE.search(clause.id)]
    sizes = [sum(len(clause.text) for clause in some) for some in (inside, clauses)]
    if sizes[0] * 2 >= sizes[1]:
        return inside
    return [clause for clause in clauses if not _SIGNED.search(clause.id)]


def _beside(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if _ASIDE.search(clause.id)]


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
