"""When a sentence says that something is done: its times, and what each of them governs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.check.likeness import Pairs, pairs
from assistant.check.types import Sentence
from assistant.check.wording import TITLES
from index.period import Period, periods
from index.types import Span

MONTH_OF_EDGE = {"底": 12, "底前": 12, "末": 12, "末前": 12, "期间": 12, "期末": 12, "初": 1}
_NO_YEAR = "0"  # a month whose year is said nowhere near
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
        held = pairs(words_at(sentence, span))
        found.append(Stretch(span, sentence, time or above, held))
    return found


def _cuts(sentence: Sentence, times: Sequence[Timed]) -> Iterator[tuple[Span, Timed | None]]:
    """Pieces by the time in them or before them; one that is hardly more than a time (…，2018年底前
    完成) dates what leads to it."""
    begun, waiting = sentence.span.start, sentence.span.start
    now: Timed | None = None
    for piece in pieces(sentence):
        inside = [t for t in times if piece.contains(t.span)]
        if not inside:
            continue
        bare = len(pairs(words_at(sentence, piece))) < _LEAST and piece.start > waiting
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


def pieces(sentence: Sentence) -> Iterator[Span]:
    start = sentence.span.start
    for match in _PIECE.finditer(sentence.text):
        yield Span(start + match.start(), start + match.end())


def words_at(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]


def _from_above(sentence: Sentence) -> Timed | None:
    above = sentence.above
    if above is None:
        return None
    return Timed(above.period, sentence, above.span, above.words, above.general)


def timed(sentence: Sentence) -> list[Timed]:
    """Its times; a month alone (9月底前) is of the year that is named before it. The years of a
    document's title (《…规划（2009—2020年）》) are its name."""
    start, year = sentence.span.start, sentence.year
    titles = [Span(m.start(), m.end()) for m in TITLES.finditer(sentence.text)]
    found: list[Timed] = []
    for p in periods(sentence.text):
        if any(title.contains(p.span) for title in titles):
            continue
        if p.kind == "deadline" and p.by is None and (p.month or p.edge in MONTH_OF_EDGE):
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
        if t.period.kind in ("deadline", "year", "range")
        and t.period.by
        and not (_compared(t) or _of_that_year(t))
    ]


def _of_that_year(t: Timed) -> bool:
    """2015年度目标任务: the year that they belong to, not the one by which they are broken down."""
    behind = t.sentence.text[t.span.end - t.sentence.span.start :]
    return t.words.endswith("年度") or bool(
        re.match(r"(?:[、和及至到—-]+20\d\d年)*的?年度", behind)
    )


def _compared(t: Timed) -> bool:
    start = t.span.start - t.sentence.span.start
    before, behind = t.sentence.text[:start], t.sentence.text[start + len(t.words) :]
    return bool(re.search(r"[比较从由自]$", before)) and not re.match(r"底前|起?至|开始", behind)
