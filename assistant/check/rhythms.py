"""How often something recurs and how long it may take, on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.likeness import Pairs, Rarity, pairs
from assistant.check.times import Timed, pieces, timed, words_at
from assistant.check.types import Edit, Finding, Sentence
from index.period import Period
from index.types import Span

_OFTEN = ("day", "week", "month", "quarter", "half-year", "year", "regular")
_LAST_DAY = 31


def recurring(upper: Sentence, draft: Sequence[Sentence], rarity: Rarity) -> list[Finding]:
    """每月5日前报… against 每月10日前报…; 每月 against 每季度; 3个工作日内 against 5个."""
    for want in timed(upper):
        loose = want.period.every in ("year", "regular") and not want.period.day
        rhythm = want.period.kind == "recurring" and not loose
        if rhythm or want.period.kind == "within":
            piece = next((p for p in pieces(upper) if p.contains(want.span)), upper.span)
            got = _same_piece(pairs(words_at(upper, piece)), draft, rarity)
            if got is not None and (finding := _rhythm(want, got)):
                return [finding]
    return []


def _same_piece(
    wanted: Pairs, draft: Sequence[Sentence], rarity: Rarity
) -> tuple[Sentence, Span] | None:
    """The piece of the draft that says the same."""
    offered = [(s, piece) for s in draft for piece in pieces(s)]
    scored = [(rarity.shared(wanted, pairs(words_at(s, p))), i) for i, (s, p) in enumerate(offered)]
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
    later = _day(least) > _day(want) and want.period.every == least.period.every
    dated = want.period.day and _day(least)[1]
    return _later(want, least, "晚于上级规定的日期") if dated and later else None


def _day(time: Timed) -> tuple[int, int]:
    """每年6月底 is the 31st as far as later and earlier go."""
    end = _LAST_DAY if re.search("[底末]", time.words) else 0
    return time.period.month or 0, time.period.day or end


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
