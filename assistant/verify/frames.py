"""What each figure of a text is said of: the words, times and modes around it.

A frame is made the same way from a statement and from a quote, so that the two can be held against
each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.verify.listed import listing
from assistant.verify.reading import (
    FROM,
    PART_END,
    SEGMENT_END,
    SENTENCE_END,
    Reading,
    When,
    any_figure,
    binds,
    is_base,
    stretch,
    when,
    words_of,
)
from assistant.verify.segments import segment
from assistant.verify.wording import DOWN, UP, pairs, same_words, without_words, wording
from index.period import Period
from index.quantity import Quantity
from index.types import Span

_TO = re.compile(r"(?:到|至|为|达|达到|达至|成)$")
_TOTAL = re.compile(r"合计|总共|一共|共计|(?<!公)共(?:有|达到?|为|建成|培育|新增|安排)?$")
TURN = 6
_PREDICATE = re.compile(
    r"(?<=[一-鿿]{2})(?:要|应当|须|将|用于|均|都|各(?!类|级|种|县|市|地)|每年|实行|给予)"
)
_ELIDED = re.compile(r"的?(?:由|归|则|统一|进入|纳入|报)")
_STEP = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|降低|下降|减少|压减|缩减|下调|上调)了?$")


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
    times = _times(read, q)
    return Frame(
        quantity=q,
        shown=q.span.of(read.text),
        own=_leading(words_of(read, Span(start, around.end), q)),
        # 培育甲5家，建成15家: the noun is the same, the verb is not.
        words=f"{without_words(same_words(borrowed), wording().doing)},{_noun(beside)}",
        scope=shared,
        part=read.text[part.start : part.end],
        when=times,
        base=_base(read, q, part),
        modes=_modes(read, q, around),
        shared=_shared(read, q, part),
        ops=frozenset({_op(q)}),
        role=_role(read, q),
        move=_move(read, q),
        turns=_turns(read, q, around),
        lead=read.text[opening : q.span.end],
        near=read.text[part.start : q.span.end],
        carried=_carried(read, opening),
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


def _carried(read: Reading, opening: int) -> frozenset[When]:
    """The time in force from the sentences before, where the sentence states none."""
    before = [p for p in read.periods if p.span.end <= opening and binds(read, p)]
    year = next((p.by for p in reversed(before) if p.by), None)
    return frozenset({when(read, before[-1], year)}) if before else frozenset()


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


def _base(read: Reading, q: Quantity, part: Span) -> frozenset[str]:
    """The base years of a change: the last one before the figure, and those right after it."""
    bases = [p for p in read.periods if is_base(read, p)]
    before = [p for p in bases if part.start <= p.span.start < q.span.start][-1:]
    own = stretch(read.text, q.span, PART_END + ",")
    after = [p for p in bases if q.span.end <= p.span.start < own.end]
    return frozenset(p.by or "" for p in (*before, *after))


def _times(read: Reading, q: Quantity) -> frozenset[When]:
    """The times in force at a figure: those right before it in its sentence, or right after it."""
    sentence = stretch(read.text, q.span, SENTENCE_END)
    part = stretch(read.text, q.span, PART_END)
    here = [
        p for p in read.periods if binds(read, p) and sentence.start <= p.span.start < sentence.end
    ]
    after = [p for p in here if p.span.start >= q.span.end]
    if after and read.text[q.span.end : after[0].span.start] in ("(", "(到", ",(", "(截至"):
        return frozenset({when(read, after[0])})
    before = [p for p in here if p.span.end <= q.span.start]
    if not before:
        early = [p for p in after if p.span.end <= part.end and not _between(read, q, p)]
        return frozenset({when(read, early[0])}) if early else frozenset()
    year = next((p.by for p in reversed(before) if p.by), None)
    in_force = [when(read, before[-1], year)]
    for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
        if re.search(r"[^,用在]", read.text[earlier.span.end : later.span.start]):
            break
        in_force.append(when(read, earlier, year))
    return frozenset(in_force)


def _between(read: Reading, q: Quantity, p: Period) -> bool:
    """Whether a time after a figure is another's: 共186万吨，其中2017年66万吨."""
    between = read.text[q.span.end : p.span.start]
    own = stretch(read.text, p.span, PART_END + ",:")
    theirs = bool(re.search("[,:]", between)) and any_figure(read, p.span.end, own.end)
    return "其中" in between or theirs or any_figure(read, q.span.end, p.span.start)


def _modes(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    """How the figure counts, by the words of its own segment and a 每年 in force before it."""
    text = read.text[segment.start : segment.end]
    before = read.text[segment.start : q.number.start]
    found = set()
    behind = read.text[q.span.end : min(q.span.end + 2, segment.end)]
    if re.search(r"每年|逐年", before + behind) or _yearly(read, q, near=True):
        found.add("每年")
    if re.search(r"年均|年度均", text):
        found.add("年均")
    if re.search("累计", text):
        found.add("累计")
    if re.search(r"新增|净增", before):
        found.add("新增")
    return frozenset(found)


def _move(read: Reading, q: Quantity) -> str:
    """step (降低18%), level (降到18%) or neither."""
    before = read.text[: q.span.start]
    # 由0.68%提高2017年末的1.0% is no level either.
    closing = next((p for p in read.periods if _closes(p, before)), None)
    if closing is not None and not closing.span.of(before).startswith(("到", "至")):
        before = before[: closing.span.start]
    return "step" if _STEP.search(before) else "level" if _TO.search(before) else ""


def _closes(period: Period, before: str) -> bool:
    return period.span.end <= len(before) and before[period.span.end :] in ("", "的")


def _turns(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    part = stretch(read.text, q.span, PART_END)
    # 压减186万吨，其中2017年66万吨: the parts move as the whole does.
    start = part.start if "其中" in read.text[part.start : q.span.start] else segment.start
    text = read.text[start : q.span.start] + read.text[q.span.end : segment.end][:TURN]
    return frozenset(name for name, word in (("up", UP), ("down", DOWN)) if re.search(word, text))


def _yearly(read: Reading, q: Quantity, near: bool) -> bool:
    """A 每年 stands before the figure, with no other time in between (and no comma, if near)."""
    part = stretch(read.text, q.span, PART_END)
    for p in reversed([p for p in read.periods if part.start <= p.span.start < q.span.start]):
        if p.kind == "recurring" and p.every == "year" and p.span.of(read.text).startswith("每"):
            between = read.text[p.span.end : q.span.start]
            return not (near and "," in between and any_figure(read, p.span.end, q.span.start))
        if binds(read, p):
            return False
    return False


def _shared(read: Reading, q: Quantity, part: Span) -> frozenset[str]:
    """Modes that stand before the list that the figure is in."""
    lead = read.text[part.start : q.number.start]
    found = {"每年"} if _yearly(read, q, near=False) else set()
    for word, mode in (("累计", "累计"), ("新增", "新增"), ("净增", "新增")):
        at = lead.rfind(word)
        # 新增甲的目标是，到2020年达到5家: nothing of another name may stand between.
        cut = re.search("[,:]", lead[at:]) if at >= 0 else None
        between = Span(part.start + at + cut.end(), q.number.start) if cut else None
        if at >= 0 and (between is None or not pairs(words_of(read, between, q))):
            found.add(mode)
    return frozenset(found)


def _role(read: Reading, q: Quantity) -> str:
    """baseline (由0.68%…), end (…提高到1.0%) or plain."""
    before = read.text[: q.span.start]
    if _starts_from(read, q):
        return "baseline"
    earlier = [o for o in read.quantities if o.span.end <= q.span.start]
    between = before[earlier[-1].span.end :] if earlier else "。"
    moved = re.fullmatch(r",?[一-鿿]{0,6}", between)
    return "end" if moved and _starts_from(read, earlier[-1]) else "plain"


def _starts_from(read: Reading, q: Quantity) -> bool:
    before = read.text[: q.span.start]
    for p in read.periods:
        if p.span.end <= q.span.start and before[p.span.end :] in ("", "的"):
            before = before[: p.span.start]
            break
    after = read.text[q.span.end : q.span.end + 10]
    moves = re.match(r",?[一-鿿]{0,4}(?:到|至|为|达)|[一-鿿]{2,4}\d", after)
    return bool(FROM.search(before) and moves)


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
