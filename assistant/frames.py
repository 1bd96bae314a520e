"""What each figure and each date of a text is said of: the words, times and modes around it.

A frame is made the same way from a statement and from a quote, so that the two can be held against
each other. Text is ``wording.plain``; positions are in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.wording import DOWN, UP, pairs
from index.period import Period, periods
from index.quantity import DOCUMENT_NUMBER, HOLE, TITLE, Quantity, quantities
from index.types import Span

SENTENCE_END = "。!?\n"
PART_END = SENTENCE_END + ";"
SEGMENT_END = PART_END + ",:、()"
_JOIN = re.compile(r"(?:以及|和|及|与|或)")
_BASE_BEFORE = re.compile(r"(?:比|较|相比|相较|同比|在)(?:于|上年)?$")
_FROM = re.compile(r"(?:由|从|自)$")
_BASE_AFTER = re.compile(r"(?:相比|基础上|为基数|为基期)")
_TO = re.compile(r"(?:到|至|为|达|达到|达至|成)$")
_STEP = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|降低|下降|减少|压减|缩减|下调|上调)了?$")


@dataclass(frozen=True, slots=True)
class When:
    """A time as it is compared: two spellings of one time are equal."""

    by: str | None = None
    since: str | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    every: str | None = None
    years: float | None = None
    days: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """``own`` are the words of the figure's own segment, ``scope`` everything that leads up to it.

    ``modes`` must be told with the figure, ``shared`` may be: they stand before the list that the
    figure is in. ``part`` is the stretch between semicolons.
    """

    quantity: Quantity
    shown: str
    own: str
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

    @property
    def amount(self) -> tuple[float, str, float | None]:
        q = self.quantity
        return (q.base_value, q.base_unit.removesuffix("元") or "", q.upper)


@dataclass(frozen=True, slots=True)
class Event:
    """A time that binds no figure, with the words that it binds."""

    when: When
    shown: str
    own: str
    part: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its figures and times found once; ``raw`` still has the names of documents."""

    raw: str
    text: str
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]


def reading(text: str) -> Reading:
    clear = without_names(text)
    times = periods(clear)
    return Reading(text, clear, quantities(clear), times)


def without_names(text: str) -> str:
    """Titles and document numbers are blanked: their figures are names."""
    for pattern in (TITLE, DOCUMENT_NUMBER):
        text = pattern.sub(lambda m: HOLE * len(m[0]), text)
    return text


def when(period: Period, year: str | None = None) -> When:
    edge = period.edge.replace("之前", "前").replace("以前", "前").replace("末", "底")
    # 到2020年底 and 2020年底前 are one day; 2020年前 is the day before the year begins.
    edge = {"底前": "底", "期间": "", "内": "", "起": "", "期底": "底"}.get(edge, edge)
    return When(
        by=period.by or (year if period.month else None),
        since=period.since,
        month=period.month,
        day=period.day,
        edge=edge,
        every=period.every,
        years=period.years,
        days=period.days,
    )


def stretch(text: str, span: Span, ends: str) -> Span:
    """The part of ``text`` around ``span`` that ``ends`` delimit."""
    start = max((text.rfind(c, 0, span.start) for c in ends), default=-1) + 1
    stops = [at for c in ends if (at := text.find(c, span.end)) >= 0]
    return Span(start, min(stops, default=len(text)))


def is_base(read: Reading, period: Period) -> bool:
    """The year that a change is counted from: 比2016年降低, 由2014年的0.68%提高."""
    before, after = read.text[: period.span.start], read.text[period.span.end :]
    if _BASE_AFTER.match(after.lstrip("末底度年")):
        return True
    if _BASE_BEFORE.search(before) and not before.endswith("在"):
        return True
    return bool(_FROM.search(before)) and after.startswith("的")


def binds(read: Reading, period: Period) -> bool:
    return period.kind != "recurring" and not is_base(read, period)


def _segment(read: Reading, q: Quantity) -> Span:
    """The stretch between commas around a figure, cut where 和 follows another figure."""
    own = stretch(read.text, q.span, SEGMENT_END)
    start, end = own.start, own.end
    for other in read.quantities:
        joined = _JOIN.match(read.text, other.span.end)
        if other.span.end <= q.span.start and other.span.start >= start and joined:
            start = joined.end()
        if (
            other.span == q.span
            and joined
            and joined.end() < end
            and _more(read, joined.end(), end)
        ):
            end = joined.start()
    return Span(start, max(end, start + 1))


def _more(read: Reading, start: int, end: int) -> bool:
    return any(start <= q.span.start < end for q in read.quantities)


def _words(read: Reading, span: Span, without: Quantity | None) -> str:
    """The words of a stretch: times left out, other figures in one spelling."""
    out, at = [], span.start
    cuts: list[tuple[Span, str]] = [(p.span, "") for p in read.periods]
    for q in read.quantities:
        shown = "" if q is without else f"{q.base_value:g}{q.base_unit.removesuffix('元')}"
        cuts.append((q.number if q.unit == "" and q.kind != "percent" else q.span, shown))
    for cut, shown in sorted(cuts, key=lambda c: c[0]):
        if cut.start >= at and cut.end <= span.end:
            out += [read.text[at : cut.start], shown]
            at = cut.end
    return "".join([*out, read.text[at : span.end]])


def frames(read: Reading) -> tuple[Frame, ...]:
    found = tuple(_frame(read, q) for q in read.quantities)
    return tuple(_with_list(read, i, found) for i in range(len(found)))


def _frame(read: Reading, q: Quantity) -> Frame:
    part = stretch(read.text, q.span, PART_END)
    segment = _segment(read, q)
    own = _words(read, segment, q)
    start = segment.start
    while not pairs(own) and start > part.start:
        wider = stretch(read.text, Span(start - 1, start), SEGMENT_END)
        start = min(wider.start, start - 1)
        own = _words(read, Span(start, segment.end), q)
    shared = _words(read, Span(part.start, segment.end), q) if part.start < segment.end else own
    times = _times(read, q)
    return Frame(
        quantity=q,
        shown=q.span.of(read.text),
        own=own,
        scope=shared,
        part=read.text[part.start : part.end],
        when=times,
        base=_base(read, part),
        modes=_modes(read, q, segment),
        shared=_shared(read, q, part),
        ops=frozenset({_op(q)}),
        role=_role(read, q),
        move=_move(read, q),
        turns=_turns(read, q, segment),
        lead=read.text[stretch(read.text, q.span, SENTENCE_END).start : q.span.end],
    )


def _op(q: Quantity) -> str:
    return "=" if q.op == "+" else q.op


def _base(read: Reading, part: Span) -> frozenset[str]:
    return frozenset(
        p.by or ""
        for p in read.periods
        if part.start <= p.span.start < part.end and is_base(read, p)
    )


def _times(read: Reading, q: Quantity) -> frozenset[When]:
    """The times in force at a figure: those right before it in its sentence, or right after it."""
    sentence = stretch(read.text, q.span, SENTENCE_END)
    part = stretch(read.text, q.span, PART_END)
    here = [
        p for p in read.periods if binds(read, p) and sentence.start <= p.span.start < sentence.end
    ]
    after = [p for p in here if p.span.start >= q.span.end]
    if after and read.text[q.span.end : after[0].span.start] in ("(", "(到", ",(", "(截至"):
        return frozenset({when(after[0])})
    before = [p for p in here if p.span.end <= q.span.start]
    if not before:
        early = [p for p in after if p.span.end <= part.end and not _between(read, q, p)]
        return frozenset({when(early[0])}) if early else frozenset()
    year = next((p.by for p in reversed(before) if p.by), None)
    in_force = [when(before[-1], year)]
    for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
        if _more(read, earlier.span.end, later.span.start):
            break
        in_force.append(when(earlier, year))
    return frozenset(in_force)


def _between(read: Reading, q: Quantity, p: Period) -> bool:
    return _more(read, q.span.end, p.span.start)


def _modes(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    """How the figure counts, by the words of its own segment and a 每年 in force before it."""
    text = read.text[segment.start : segment.end]
    before = read.text[segment.start : q.number.start]
    found = set()
    if re.search(r"年均|每年|逐年|年度均|一年", text) or _yearly(read, q, near=True):
        found.add("每年")
    if re.search(r"累计|总计|合计|共计", text):
        found.add("累计")
    if re.search(r"新增|净增", before):
        found.add("新增")
    return frozenset(found)


def _move(read: Reading, q: Quantity) -> str:
    """step (降低18%), level (降到18%) or neither."""
    before = read.text[: q.span.start]
    return "step" if _STEP.search(before) else "level" if _TO.search(before) else ""


def _turns(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    text = _without_comparator(read, q, segment)
    return frozenset(name for name, word in (("up", UP), ("down", DOWN)) if re.search(word, text))


def _without_comparator(read: Reading, q: Quantity, segment: Span) -> str:
    return read.text[segment.start : q.span.start] + read.text[q.span.end : segment.end]


def _yearly(read: Reading, q: Quantity, near: bool) -> bool:
    """A 每年 stands before the figure, with no other time in between (and no comma, if near)."""
    part = stretch(read.text, q.span, PART_END)
    for p in reversed([p for p in read.periods if part.start <= p.span.start < q.span.start]):
        if p.kind == "recurring" and p.every == "year" and p.span.of(read.text).startswith("每"):
            between = read.text[p.span.end : q.span.start]
            return not (near and "," in between and _more(read, p.span.end, q.span.start))
        if binds(read, p):
            return False
    return False


def _shared(read: Reading, q: Quantity, part: Span) -> frozenset[str]:
    """Modes that stand before the list that the figure is in."""
    lead = read.text[part.start : q.number.start]
    found = {"每年"} if _yearly(read, q, near=False) else set()
    for word, mode in (("累计", "累计"), ("新增", "新增"), ("净增", "新增")):
        at = lead.rfind(word)
        if at >= 0 and not re.search(r"[,:]", lead[at:]):
            found.add(mode)
    return frozenset(found)


def _role(read: Reading, q: Quantity) -> str:
    """baseline (由0.68%…), end (…提高到1.0%) or plain."""
    before = read.text[: q.span.start]
    if _starts_from(read, q):
        return "baseline"
    earlier = [o for o in read.quantities if o.span.end <= q.span.start]
    moved = re.fullmatch(
        rf"[,]?(?:{UP}|{DOWN})?(?:到|至|为|达到)?",
        before[earlier[-1].span.end :] if earlier else "x",
    )
    return "end" if moved and _starts_from(read, earlier[-1]) else "plain"


def _starts_from(read: Reading, q: Quantity) -> bool:
    before = read.text[: q.span.start]
    for p in read.periods:
        if p.span.end <= q.span.start and before[p.span.end :] in ("", "的"):
            before = before[: p.span.start]
            break
    after = read.text[q.span.end : q.span.end + 6]
    return bool(_FROM.search(before)) and bool(
        re.match(rf"[,]?(?:{UP}|{DOWN}|到|至|增至|升至)", after)
    )


# --- 分别: the first figure belongs to the first name ------------------------------------------


def _with_list(read: Reading, place: int, found: tuple[Frame, ...]) -> Frame:
    frame = found[place]
    listed = _list(read, place)
    if listed is None:
        return _after_baseline(found, place)
    names, figures, at = listed
    common = replace(
        frame,
        ops=_list_ops(read, frame, [found[i] for i in figures]),
        shared=frame.shared | found[figures[0]].modes,
        turns=frame.turns | found[figures[0]].turns,
    )
    if len(figures) == 1:
        return replace(common, own="、".join(names))
    if len(names) != len(figures):
        return replace(common, own="、".join(names), role="unclear")
    tail = names[-1].rpartition("的")[2] if "的" in names[-1] else ""
    return replace(common, own=f"{names[at]},{tail}" if at + 1 < len(names) else names[at])


def _list_ops(read: Reading, frame: Frame, row: list[Frame]) -> frozenset[str]:
    """分别超过500、300亿元 says 超过 of both; 分别为5家、3家左右 may."""
    if frame.ops != {"="}:
        return frame.ops
    first, last = row[0].quantity, row[-1].quantity
    if first.number.start > first.span.start:
        return row[0].ops
    return frame.ops | (row[-1].ops if last.span.end > last.number.end else frozenset())


def _list(read: Reading, place: int) -> tuple[list[str], list[int], int] | None:
    """The names before 分别, the places of the figures after it, and which of them this one is."""
    q = read.quantities[place]
    part = stretch(read.text, q.span, PART_END)
    at = read.text.rfind("分别", part.start, q.span.start)
    if at < 0:
        return None
    figures = _series(read, at)
    if place not in figures:
        return None
    names = _names(read, part.start, at, len(figures))
    return names, figures, figures.index(place)


def _series(read: Reading, at: int) -> list[int]:
    """The figures after 分别 that only 、 and 和 part."""
    row: list[int] = []
    for i, q in enumerate(read.quantities):
        if q.span.start < at:
            continue
        between = read.text[read.quantities[row[-1]].span.end : q.span.start] if row else ""
        if row and not re.fullmatch(r"(?:、|,|和|及|以及|与)?(?:达到|超过|为)?", between):
            break
        row.append(i)
    return row


def _names(read: Reading, start: int, at: int, count: int) -> list[str]:
    head = read.text[start:at].rstrip(",:")
    cut = max(head.rfind(","), head.rfind(":"))
    offset = start + cut + 1
    pieces = _split(read, offset, start + len(head), "、")
    if len(pieces) != count:
        pieces = [s for p in pieces for s in _split(read, p.start, p.end, "和与及")]
    return [_words(read, p, None) for p in pieces]


def _split(read: Reading, start: int, end: int, marks: str) -> list[Span]:
    bounds = [start, *(i + 1 for i in range(start, end) if read.text[i] in marks), end + 1]
    return [Span(a, b - 1) for a, b in pairwise(bounds) if a < b - 1]


def _after_baseline(found: tuple[Frame, ...], place: int) -> Frame:
    frame = found[place]
    if frame.role == "end" and place and found[place - 1].role == "baseline":
        return replace(frame, own=f"{found[place - 1].own} {frame.own}")
    return frame


# --- times without figures ---------------------------------------------------------------------


def events(read: Reading) -> tuple[Event, ...]:
    """Every time that is not a base year, with the words up to the next one."""
    found = []
    for i, p in enumerate(read.periods):
        if is_base(read, p):
            continue
        sentence = stretch(read.text, p.span, SENTENCE_END)
        part = stretch(read.text, p.span, PART_END)
        following = [n.span.start for n in read.periods[i + 1 :] if binds(read, n)]
        stop = min([sentence.end, *(n for n in following if n > p.span.end)])
        own = _words(read, Span(p.span.end, stop), None) if p.span.end < stop else ""
        if len(pairs(own)) < 3:
            segment = stretch(read.text, p.span, PART_END + ",")
            own = _words(read, segment, None) + own
        year = next((o.by for o in reversed(read.periods[:i]) if o.by), None)
        shown = p.span.of(read.text)
        found.append(Event(when(p, year), shown, own, read.text[part.start : part.end], p.span))
    return tuple(found)
