"""What each figure of a text is said of: the words, times and modes around it.

A frame is made the same way from a statement and from a quote, so that the two can be held against
each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.verify.listed import listing
from assistant.verify.modes import modes, move, role, shared_modes, turns
from assistant.verify.reading import (
    PART_END,
    SEGMENT_END,
    SENTENCE_END,
    Reading,
    When,
    stretch,
    words_of,
)
from assistant.verify.segments import segment
from assistant.verify.timing import base_years, carried, times_in_force
from assistant.verify.wording import pairs, same_words, without_words, wording
from index.quantity import Quantity
from index.types import Span

_TOTAL = re.compile(r"合计|总共|一共|共计|(?<!公)共(?:有|达到?|为|建成|培育|新增|安排)?$")
_PREDICATE = re.compile(
    r"(?<=[一-鿿]{2})(?:要|应当|须|将|用于|均|都|各(?!类|级|种|县|市|地)|每年|实行|给予)"
)
_ELIDED = re.compile(r"的?(?:由|归|则|统一|进入|纳入|报)")


@dataclass(frozen=True, slots=True)
class Frame:
    """``own`` are the words of the figure's own segment, ``words`` the same without other figures,
    ``scope`` everything that leads up to it.

    ``modes`` must be told with the figure, ``shared`` may be: they stand before the list that the
    figure is in. ``part`` is the stretch between semicolons, ``near`` and ``lead`` what stands in
    it and in the sentence before the figure, ``row`` the values of a list whose names are unclear.
    ``carried`` is the time in force from the sentences before, ``earlier`` their words; ``total``
    says that the figure is told as a sum, ``single`` that it is one of each named thing; ``head``
    leads up to a figure whose noun is said once, before another.
    """

    quantity: Quantity
    shown: str
    own: str
    words: str
    scope: str
    part: str
    when: frozenset[When]
    base: frozenset[str]
    modes: frozenset[str]
    shared: frozenset[str]
    ops: frozenset[str]
    role: str
    move: str
    turns: frozenset[str]
    lead: str
    near: str
    carried: frozenset[When]
    earlier: str
    head: str
    total: bool
    single: bool
    row: tuple[float, ...] = ()

    @property
    def amount(self) -> tuple[float, str, float | None]:
        q = self.quantity
        if q.kind == "percent" and not q.unit:
            return (round(q.value * 100, 4), "%", q.upper)  # 一半 is 50%
        return (q.base_value, q.base_unit.removesuffix("元") or "", q.upper)


def frames(read: Reading) -> tuple[Frame, ...]:
    found = tuple(_frame(read, q) for q in read.quantities)
    return tuple(frame for i in range(len(found)) for frame in _with_list(read, i, found))


def _frame(read: Reading, q: Quantity) -> Frame:
    part = stretch(read.text, q.span, PART_END)
    around = segment(read, q)
    start = _start(read, q, around, part)
    borrowed = words_of(read, Span(start, around.start), q, False) if start < around.start else ""
    beside = words_of(read, around, q, figures=False)
    reach = _reach(read, q, around)
    shared = words_of(read, Span(part.start, reach), q) if part.start < reach else ""
    opening = stretch(read.text, q.span, SENTENCE_END).start
    times = times_in_force(read, q)
    return Frame(
        quantity=q,
        shown=q.span.of(read.text),
        own=_leading(words_of(read, Span(start, around.end), q)),
        # 培育甲5家，建成15家: the noun is the same, the verb is not.
        words=f"{without_words(same_words(borrowed), wording().doing)},{_noun(beside)}",
        scope=shared,
        part=read.text[part.start : part.end],
        when=times,
        base=base_years(read, q, part),
        modes=modes(read, q, around),
        shared=shared_modes(read, q, part),
        ops=frozenset({_op(q)}),
        role=role(read, q),
        move=move(read, q),
        turns=turns(read, q, around),
        lead=read.text[opening : q.span.end],
        near=read.text[part.start : q.span.end],
        carried=carried(read, opening),
        earlier=read.text[:opening],
        head="",
        total=bool(_TOTAL.search(read.text[around.start : q.number.start])),
        single=read.text.startswith("的", q.span.end),
    )


def _leading(own: str) -> str:
    return _noun(own) if own.startswith("|") else own


def _noun(beside: str) -> str:
    """33家企业要用3年…: what a figure counts ends where its predicate begins."""
    before, bar, after = beside.partition("|")
    return before + bar + _PREDICATE.split(after)[0]


def _reach(read: Reading, q: Quantity, around: Span) -> int:
    """10亿元以上的甲、乙项目: what a figure before 的 describes goes on to the comma."""
    if not read.text.startswith("的", q.span.end):
        return around.end
    return stretch(read.text, q.span, PART_END + ",").end


def _start(read: Reading, q: Quantity, around: Span, part: Span) -> int:
    """Where the words begin that say what is counted: further back if there are none beside it."""
    start = around.start
    while not pairs(words_of(read, Span(start, around.end), q)) and start > part.start:
        start = min(stretch(read.text, Span(start - 1, start), SEGMENT_END).start, start - 1)
    if read.text[part.start : start].endswith("方面,"):  # 甲方面，新增5家: the topic is its name
        start = stretch(read.text, Span(start - 2, start - 1), SEGMENT_END).start
    return start


def _op(q: Quantity) -> str:
    return "=" if q.op == "+" else q.op


def _with_list(read: Reading, place: int, found: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """A figure with its name from a list; of one figure for all, a frame for each name."""
    frame = found[place]
    listed = listing(read, place)
    if listed is None:
        named = any(place in other.inner for i in range(len(found)) if (other := listing(read, i)))
        return (replace(frame, role="name") if named else _with_noun(read, found, place),)
    names, figures, at = listed.names, listed.figures, listed.at
    common = replace(
        frame,
        ops=_list_ops(read, frame, [found[i] for i in figures]),
        shared=frame.shared | found[figures[0]].modes,
        turns=frame.turns | found[figures[0]].turns,
        single=True,
    )
    tail = names[-1].rpartition("的")[2] if "的" in names[-1] else ""
    owns = [*(f"{name},{tail}" for name in names[:-1]), names[-1]]
    if len(figures) == 1:
        return tuple(
            replace(
                common,
                own=name,
                words=name,
                modes=frame.modes - lacking,
                shared=common.shared - lacking,
            )
            for name, lacking in zip(names, listed.lacking, strict=True)
        )
    if len(names) != len(figures):
        row = tuple(found[i].quantity.base_value for i in figures)
        return (replace(common, own="、".join(names), role="unclear", row=row),)
    if len(names[at]) == 1 and len(names[-1]) > 2:
        owns[at] = names[at] + names[-1][1:]  # 中、高等学校: 中等学校
    return (replace(common, own=owns[at], words=owns[at]),)


def _list_ops(read: Reading, frame: Frame, row: list[Frame]) -> frozenset[str]:
    """分别超过500、300亿元 says 超过 of both; 分别为5家、3家左右 may."""
    if frame.ops != {"="}:
        return frame.ops
    first, last = row[0].quantity, row[-1].quantity
    if first.number.start > first.span.start:
        return row[0].ops
    return frame.ops | (row[-1].ops if last.span.end > last.number.end else frozenset())


def _with_noun(read: Reading, found: tuple[Frame, ...], place: int) -> Frame:
    """由1%提高到2%; 2000万元以上的项目进入甲库，2000万元以下的进入乙库: the noun is said once."""
    frame = found[place]
    end = frame.quantity.span.end
    if place + 1 < len(found) and read.text[end : found[place + 1].quantity.span.start] == "、":
        noun = found[place + 1].own  # 6台、10万千瓦机组
        return replace(frame, own=f"{frame.own},{noun}", scope=f"{frame.scope},{noun}")
    if not place:
        return frame
    last = found[place - 1]
    if frame.role == "end" and last.role == "baseline":
        return replace(frame, own=f"{last.own} {frame.own}")
    alone = not pairs(frame.own.partition("|")[0])
    if alone and last.near in frame.near and _ELIDED.match(read.text, frame.quantity.span.end):
        start = read.text.rfind(",", 0, last.quantity.span.start) + 1
        head = read.text[stretch(read.text, last.quantity.span, PART_END).start : start]
        return replace(frame, own=f"{_ELIDED.split(last.own)[0]},{frame.own}", head=head)
    return frame
