"""What a person's words state that stands in no source: figures, times, bodies, titles, places.

Typed facts are compared, not characters: 90%以上 is not 90%, and 2019年底 is not 2020年底. Whatever
is left of a text's digits must stand in the grounds too, so that nothing new passes unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import rjieba

from assistant.draft.profile import Profile
from assistant.draft.proper import proper_names
from assistant.draft.types import Draft, DraftClause
from assistant.draft.voice import punctuated
from assistant.verify.names import named_in
from index.agencies import same_body
from index.period import Period, periods
from index.quantity import DOCUMENT_NUMBER, TITLE, Quantity, quantities
from index.types import Span

_HOLE = re.compile(r"【[^】]*】")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|（\d+）)"
)
# What leads up to a document's number and is no part of it.
_LEADING = re.compile(
    r"[一-鿿]*(?:按照|根据|依据|依照|对照|落实|贯彻|执行|印发|转发|参照|以及|和|与|及|按|见)"
)
_SMALLEST_PLACE = 2
# Times of other clauses, and of the plan itself: no deadline rests on the year of drafting.
_ELSEWHERE = {"tasks", "figures", "year", "date"}


@dataclass(frozen=True, slots=True)
class Grounds:
    """``own`` is what the clause itself may rest on; ``around`` also the rest of the plan, where
    a body or a document may be named that this clause did not name. ``dated`` is what a time may
    rest on: a county task's deadline is a ground only where that task is meant, by its name."""

    own: tuple[str, ...]
    around: tuple[str, ...]
    dated: tuple[str, ...]
    by_name: tuple[tuple[str, str], ...] = ()

    def of_times(self, text: str) -> tuple[str, ...]:
        return (*self.dated, *(words for name, words in self.by_name if name in text))


@dataclass(frozen=True, slots=True)
class Fact:
    """``words`` as they stand in the text at ``span``; ``kind`` in a word for the reader."""

    kind: str
    words: str
    span: Span


def grounds_of(clause: DraftClause | None, draft: Draft, profile: Profile) -> Grounds:
    """The clause as it was, the upper clauses that it stands on, and the county's own facts."""
    county = tuple(_strings(profile.model_dump()))
    sources = clause.sources if clause else ()
    upper = tuple(words for at, words in draft.quotes if _stands_on(at, sources))
    was = (clause.heading, clause.text) if clause else ()
    every = (draft.opening, *draft.clauses)
    plan = (draft.title, *(words for one in every for words in (one.heading, one.text)))
    own = tuple(filter(None, (*was, *upper, *county)))
    fixed = tuple(_strings(profile.model_dump(exclude=_ELSEWHERE)))
    dated = tuple(filter(None, (*was, *upper, *fixed)))
    return Grounds(own, tuple(filter(None, (*own, *plan))), dated, tuple(_by_name(profile)))


def _by_name(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from profile.figures.items()
    for task in profile.tasks:
        yield from ((task.heading, words) for words in (task.text, task.deadline))


def _stands_on(quoted: str, sources: Sequence[str]) -> bool:
    return any(quoted == one or quoted.startswith(f"{one}/") for one in sources)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        # 技改投资 = "30亿元": the figure goes with its name
        yield from chain.from_iterable(_strings(one) for pair in value.items() for one in pair)
    elif isinstance(value, (list, tuple)):
        yield from chain.from_iterable(map(_strings, value))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{value}年"


def unsourced(text: str, grounds: Grounds) -> tuple[Fact, ...]:
    """The facts of ``text`` that no ground states, in the order in which they stand."""
    alike = punctuated if len(punctuated(text)) == len(text) else str  # positions are law
    said, own, around, dated = (
        _without_holes(alike(text)),
        [_without_holes(alike(one)) for one in grounds.own],
        [_without_holes(alike(one)) for one in grounds.around],
        [_without_holes(alike(one)) for one in grounds.of_times(text)],
    )
    found = [*_titles(said, around), *_bodies(said, around), *_places(said, around)]
    found += _names(said, around)
    found += [*_times(said, dated), *_figures(said, own)]
    found += _digits(said, own, [*found, *_read(said)])
    return tuple(sorted(_outermost(found), key=lambda one: one.span.start))


def _without_holes(text: str) -> str:
    """What a placeholder quotes of the upper level is no fact of the county's."""
    return _HOLE.sub(lambda found: "　" * len(found.group()), text)


def words_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.words for one in facts))


def _titles(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    joined = _squeezed("".join(grounds))
    for kind, pattern in (("文件", TITLE), ("文号", DOCUMENT_NUMBER)):
        for found in pattern.finditer(text):
            start = found.start()
            if kind == "文号" and (lead := _LEADING.match(found.group())):
                start += lead.end()
            if _squeezed(text[start : found.end()]) not in joined:
                yield Fact(kind, text[start : found.end()], Span(start, found.end()))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s〈〉《》“”（）()]", "", text)


def _bodies(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    clear = _without_titles(text)
    known = {one.name for ground in grounds for one in named_in(ground)}
    joined = "".join(grounds)
    for one in named_in(clear):
        if one.name in joined or any(_same(one.name, other) for other in known):
            continue
        yield Fact("单位", one.name, one.span)


def _same(one: str, other: str) -> bool:
    """县工信局 and 工信局 are one body; 省工信厅 and 县工信局 are not."""
    return one[:1] == other[:1] and same_body(one, other)


def _without_titles(text: str) -> str:
    return TITLE.sub(lambda found: "　" * len(found.group()), text)


def _places(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    joined, at = "".join(grounds), 0
    for word, flag in rjieba.tag(_without_titles(text)):
        start, at = at, at + len(word)
        if flag == "ns" and len(word) >= _SMALLEST_PLACE and word not in joined:
            yield Fact("地名", word, Span(start, at))


def _names(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    joined = _squeezed("".join(grounds))
    for kind, span in proper_names(_without_titles(text)):
        if _squeezed(span.of(text)) not in joined:
            yield Fact(kind, span.of(text), span)


def _times(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    known = {_time_key(one) for ground in grounds for one in periods(ground)}
    for one in periods(text):
        if _time_key(one) not in known:
            yield Fact("时间", one.span.of(text), one.span)


def _time_key(one: Period) -> tuple[object, ...]:
    """底 and 底前 are one deadline; 初 is another."""
    edge = next((mark for mark in ("初", "上半年", "下半年", "起", "以来") if mark in one.edge), "")
    return (one.by, one.since, one.month, one.day, edge, one.every, one.years, one.days)


def _figures(text: str, grounds: Sequence[str]) -> Iterator[Fact]:
    known = {_figure_key(one) for ground in grounds for one in quantities(ground)}
    taken = [one.span for one in periods(text)]
    for one in quantities(text):
        if any(_meets(one.span, span) for span in taken) or _figure_key(one) in known:
            continue
        if not _only_number(text, one.span):
            yield Fact("数字", one.span.of(text).strip(), one.span)


def _figure_key(one: Quantity) -> tuple[object, ...]:
    return (one.base_value, one.base_unit, one.op, one.upper_base)


def _only_number(text: str, span: Span) -> bool:
    """The number of a clause is no figure."""
    line = text.rfind("\n", 0, span.start) + 1
    opened = _NUMBER.match(text[line:])
    return bool(opened) and span.end <= line + (opened.end() if opened else 0)


def _read(text: str) -> list[Fact]:
    """What was read as something already, so that its digits are not read again."""
    spans = [one.span for one in periods(text)] + [one.span for one in quantities(text)]
    spans += [Span(*found.span()) for found in TITLE.finditer(text)]
    spans += [Span(*found.span()) for found in DOCUMENT_NUMBER.finditer(text)]
    return [Fact("", span.of(text), span) for span in spans]


def _digits(text: str, grounds: Sequence[str], read: Sequence[Fact]) -> Iterator[Fact]:
    known = {digits for ground in grounds for digits in _DIGITS.findall(ground)}
    for found in _DIGITS.finditer(text):
        span = Span(*found.span())
        if any(_meets(span, one.span) for one in read) or _only_number(text, span):
            continue
        if found.group() not in known:
            yield Fact("数字", found.group(), span)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _outermost(facts: Sequence[Fact]) -> list[Fact]:
    once = {(one.span.start, one.span.end): one for one in reversed(facts)}
    return [
        one
        for one in once.values()
        if not any(other.span != one.span and other.span.contains(one.span) for other in facts)
    ]
