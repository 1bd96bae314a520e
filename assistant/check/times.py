"""Deadlines of both sides: later, earlier, dropped; and how often something recurs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.check.likeness import Pairs, Rarity, pairs
from assistant.check.types import Edit, Finding, Sentence
from index.period import Period, periods
from index.types import Span

_OFTEN = ("day", "week", "month", "quarter", "half-year", "year", "regular")
_MONTH_OF_EDGE = {"底": 12, "底前": 12, "末": 12, "末前": 12, "期间": 12, "期末": 12, "初": 1}


_NO_YEAR = "0"  # a month whose year is said nowhere near
_THE_SAME = 0.45  # share of the best likeness from which the very time counts as kept
_AS_LIKE = 0.85  # share of the best likeness from which two passages are as like
_PIECE = re.compile(r"[^，,；;：:。]+[，,；;：:。]?")
_LEAST = 4  # pairs that a piece must have to be about something


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with the sentence that holds it and its place in the document.

    ``above``: its words, where it governs the sentence from elsewhere."""

    period: Period
    sentence: Sentence
    span: Span
    above: str = ""
    general: bool = False

    @property
    def words(self) -> str:
        if self.above:
            return self.above
        start = self.sentence.span.start
        return self.sentence.text[self.span.start - start : self.span.end - start]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a sentence that one time governs; without any, the whole sentence."""

    span: Span
    sentence: Sentence
    time: Timed | None
    pairs: Pairs


def stretches(sentence: Sentence) -> list[Stretch]:
    """到2018年建成2家，到2020年建成5家 are two; a time at the end governs what stands before it."""
    times, above = binding(sentence), _from_above(sentence)
    found: list[Stretch] = []
    for span, time in _cuts(sentence, times):
        held = pairs(_words(sentence, span))
        found.append(Stretch(span, sentence, time or above, held))
    return found


def _cuts(sentence: Sentence, times: Sequence[Timed]) -> Iterator[tuple[Span, Timed | None]]:
    """Pieces by the time in them or before them; one that is hardly more than a time (…，2018年底前
    完成) dates what leads to it."""
    begun, waiting = sentence.span.start, sentence.span.start
    now: Timed | None = None
    for piece in _pieces(sentence):
        inside = [t for t in times if piece.contains(t.span)]
        if not inside:
            continue
        bare = len(pairs(_words(sentence, piece))) < _LEAST and piece.start > waiting
        alone = piece.end - piece.start <= inside[-1].span.end - inside[-1].span.start + 1
        if bare and (not alone or piece.end >= sentence.span.end):
            yield Span(begun, piece.end), inside[-1]
            begun, now = piece.end, None
        else:
            if begun < piece.start:
                yield Span(begun, piece.start), now
            begun, now = piece.start, inside[-1]
        waiting = piece.end
    if begun < sentence.span.end:
        yield Span(begun, sentence.span.end), now


def _pieces(sentence: Sentence) -> Iterator[Span]:
    start = sentence.span.start
    for match in _PIECE.finditer(sentence.text):
        yield Span(start + match.start(), start + match.end())


def _words(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]


def _from_above(sentence: Sentence) -> Timed | None:
    above = sentence.above
    if above is None:
        return None
    return Timed(above.period, sentence, above.span, above.words, above.general)


def timed(sentence: Sentence) -> list[Timed]:
    """Its times; a month alone (9月底前) is of the year that is named before it."""
    start, year = sentence.span.start, sentence.year
    found: list[Timed] = []
    for p in periods(sentence.text):
        if p.kind == "deadline" and p.by is None and (p.month or p.edge in _MONTH_OF_EDGE):
            p = replace(p, by=year or _NO_YEAR)
        elif p.by:
            year = p.by
        found.append(Timed(p, sentence, Span(start + p.span.start, start + p.span.end)))
    return found


def binding(sentence: Sentence) -> list[Timed]:
    """Times by which something is to be done: 到2020年, 2017年底前, “十三五”期间; not the year
    that a figure is compared with (比2015年下降)."""
    return [
        t
        for t in timed(sentence)
        if t.period.kind in ("deadline", "year", "range") and t.period.by and not _compared(t)
    ]


def _compared(t: Timed) -> bool:
    start = t.span.start - t.sentence.span.start
    before, behind = t.sentence.text[:start], t.sentence.text[start + len(t.words) :]
    return bool(re.search(r"[比较从由自]$", before)) and not re.match(r"底前|起?至|开始", behind)


def month_of(period: Period) -> tuple[int, int]:
    """The end of a period as (year, month)."""
    return int(period.by or 0), period.month or _MONTH_OF_EDGE.get(period.edge, 12)


def compare_deadlines(
    upper: Sentence, draft: Sequence[Sentence], homes: Mapping[Span, Span], rarity: Rarity
) -> list[Finding]:
    """One upper sentence against the draft sentences that answer its task.

    ``homes`` are the places of the draft's targets by those of the upper ones: a date goes with its
    own figure, else with its own words."""
    wanted = [s for s in stretches(upper) if s.time is not None and not s.time.above]
    offered = [stretch for sentence in draft for stretch in stretches(sentence)]
    found: dict[str, Finding] = {}
    for want in wanted:
        for finding in _timed_as(want, offered, homes, rarity):
            found.setdefault(finding.type, finding)
    return [*found.values(), *_recurring(upper, draft, rarity)]


def _timed_as(
    want: Stretch, offered: Sequence[Stretch], homes: Mapping[Span, Span], rarity: Rarity
) -> list[Finding]:
    places = [place for target, place in homes.items() if want.span.contains(target)]
    own = [s for s in offered if s.time and any(s.span.contains(place) for place in places)]
    if not any(s.time and not s.time.general for s in own):
        own = [s for s in offered if _is_row(s)] or own
    if want.time is not None and own:
        moved = [f for s in own if s.time for f in _against(want.time, s.time)]
        return [f for f in moved if f.severity == "fault"] or moved[:1]
    got = _likest(want, offered, rarity)
    if got is None or want.time is None:
        return []
    if got.time is None:
        beside = [s for s in offered if s.time and s.sentence.clause_id == got.sentence.clause_id]
        got = _closest(want.time, beside) or got
    if got.time is None or got.time.general:
        got = next((s for s in offered if _is_row(s)), got)
    return [_gone(want.time, got)] if got.time is None else _against(want.time, got.time)


def _is_row(stretch: Stretch) -> bool:
    """A row of a table that dates its task, in an annex to the words."""
    above = stretch.sentence.above
    return bool(above and not above.general and "\t" in stretch.sentence.text)


def _likest(want: Stretch, offered: Sequence[Stretch], rarity: Rarity) -> Stretch | None:
    """The words that are likest; of those nearly as like, the nearest in time."""
    scored = [(rarity.shared(want.pairs, one.pairs), one) for one in offered]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    kept = [one for score, one in scored if score >= _THE_SAME * best and _same_time(want, one)]
    equal = [one for score, one in scored if score >= _AS_LIKE * best]
    timely = _closest(want.time, [s for s in equal if s.time]) if want.time else None
    return next(iter(kept), None) or timely or equal[0]


def _same_time(one: Stretch, other: Stretch) -> bool:
    if one.time is None or other.time is None or other.time.general:
        return False
    return _apart(one.time, other.time) == 0


def _closest(want: Timed, offered: Sequence[Stretch]) -> Stretch | None:
    def apart(one: Stretch) -> int:
        return abs(_apart(one.time, want)) if one.time else 0

    return min(offered, key=apart, default=None)


def _gone(want: Timed, got: Stretch) -> Finding:
    quote, span = got.sentence.text, got.sentence.span
    note = f"完成时限“{want.words}”未写"
    edit = Edit(Span(span.start, span.start + 1), f"{want.words}，{quote[:1]}")
    return Finding(
        "deadline_dropped", "fault", want.sentence.text, quote, note, "", want.span, span, edit
    )


def _apart(one: Timed, other: Timed) -> int:
    """How many months ``one`` is later; of a month without a year, by the month alone."""
    (year, month), (other_year, other_month) = month_of(one.period), month_of(other.period)
    years = year - other_year if year and other_year else 0
    return years * 12 + month - other_month


def _against(want: Timed, got: Timed) -> list[Finding]:
    later = _apart(got, want)
    if later == 0:
        return []
    note = f"由“{want.words}”改为“{got.words}”"
    if later < 0:
        return [
            Finding(
                "deadline_earlier",
                "notice",
                want.sentence.text,
                got.sentence.text,
                f"{note}，早于上级要求",
                "exceeds",
                want.span,
                got.span,
            )
        ]
    return [
        Finding(
            "deadline_later",
            "fault",
            want.sentence.text,
            got.sentence.text,
            f"{note}，晚于上级时限",
            "",
            want.span,
            got.span,
            None if got.above else Edit(got.span, want.words),
        )
    ]


def _recurring(upper: Sentence, draft: Sequence[Sentence], rarity: Rarity) -> list[Finding]:
    """每月5日前报… against 每月10日前报…; 每月 against 每季度; 3个工作日内 against 5个."""
    for want in timed(upper):
        rhythm = want.period.kind == "recurring" and want.period.every not in ("year", "regular")
        if rhythm or want.period.kind == "within":
            piece = next((p for p in _pieces(upper) if p.contains(want.span)), upper.span)
            got = _same_piece(pairs(_words(upper, piece)), draft, rarity)
            if got is not None and (finding := _rhythm(want, got)):
                return [finding]
    return []


def _same_piece(
    wanted: Pairs, draft: Sequence[Sentence], rarity: Rarity
) -> tuple[Sentence, Span] | None:
    """The piece of the draft that says the same."""
    offered = [(s, piece) for s in draft for piece in _pieces(s)]
    scored = [(rarity.shared(wanted, pairs(_words(s, p))), i) for i, (s, p) in enumerate(offered)]
    best, at = max(scored, default=(0.0, 0))
    return offered[at] if best > 0 else None


def _rhythm(want: Timed, got: tuple[Sentence, Span]) -> Finding | None:
    """The rhythm of the piece itself, else of its sentence where that has the same kind."""
    sentence, piece = got
    same = [t for t in timed(sentence) if t.period.kind == want.period.kind]
    near = [t for t in same if piece.contains(t.span)] or [
        t for t in same if _rank(t.period) <= _rank(want.period)
    ]
    if want.period.kind == "within":
        longer = (t for t in near if (t.period.years or 0) > (want.period.years or 0) * 1.001)
        return next((_later(want, t, "时限放宽") for t in longer if want.period.years), None)
    if not near:
        return _unsaid(want, sentence) if want.period.day else None
    least = min(near, key=lambda t: _rank(t.period))
    if _rank(least.period) > _rank(want.period):
        return _later(want, least, "次数少于上级要求")
    later = _day(least.period) > _day(want.period) and want.period.every == least.period.every
    dated = want.period.day and least.period.day
    return _later(want, least, "晚于上级规定的日期") if dated and later else None


def _day(period: Period) -> tuple[int, int]:
    return period.month or 0, period.day or 0


def _unsaid(want: Timed, sentence: Sentence) -> Finding:
    note = f"“{want.words}”的时间要求未写"
    return Finding(
        "deadline_dropped",
        "fault",
        want.sentence.text,
        sentence.text,
        note,
        "",
        want.span,
        sentence.span,
    )


def _rank(period: Period) -> int:
    return _OFTEN.index(period.every) if period.every in _OFTEN else len(_OFTEN)


def _later(want: Timed, got: Timed, why: str) -> Finding:
    note = f"由“{want.words}”改为“{got.words}”，{why}"
    return Finding(
        "deadline_later",
        "fault",
        want.sentence.text,
        got.sentence.text,
        note,
        "",
        want.span,
        got.span,
        Edit(got.span, want.words),
    )
