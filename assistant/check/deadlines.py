"""Deadlines of both sides: later, earlier, dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.check.likeness import Rarity
from assistant.check.rhythms import recurring
from assistant.check.times import MONTH_OF_EDGE, Stretch, Timed, stretches
from assistant.check.types import Edit, Finding, Sentence
from index.period import Period
from index.types import Span

_THE_SAME = 0.45  # share of the best likeness from which the very time counts as kept
_AS_LIKE = 0.85  # share of the best likeness from which two passages are as like


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
    return [*found.values(), *recurring(upper, draft, rarity)]


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


def month_of(period: Period) -> tuple[int, int]:
    """The end of a period as (year, month)."""
    return int(period.by or 0), period.month or MONTH_OF_EDGE.get(period.edge, 12)
