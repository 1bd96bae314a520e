"""What looks lost from a task and is told after all, by how its sentence stands to the answers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check.align import Alignment
from assistant.check.asking import Part
from assistant.check.cutting import halved
from assistant.check.types import Sentence
from assistant.check.wording import WORK
from index.types import Span

_OPENS = 12  # characters up to which a part may only open its sentence
_ONE_ALIKE = 0.5  # likeness at which a sentence of one part is answered as a whole
_ONE_OF_MORE = 0.65  # and one whose other parts are grounds and effects


def spared(
    told: Sequence[Sentence],
    parts: Sequence[Sequence[Part]],
    missed: set[Span],
    figures: Sequence[Span],
    alignment: Alignment,
    answers: Sequence[int],
) -> set[Span]:
    """What its sentence shows to be told after all: an opener, or all that it asks."""
    opening = {
        row[0].span for s, row in zip(told, parts, strict=True) if _only_opens(s, row, missed)
    }
    return opening | _answered_whole(told, parts, figures, alignment, answers)


def _answered_whole(
    told: Sequence[Sentence],
    parts: Sequence[Sequence[Part]],
    figures: Sequence[Span],
    alignment: Alignment,
    answers: Sequence[int],
) -> set[Span]:
    """What a sentence asks that asks one thing, and that an answer is like as a whole."""
    return {
        part.span
        for sentence, row in zip(told, parts, strict=True)
        for part in row
        if part.asks
        and sum(one.asks for one in row) == 1
        and not WORK.search(halved(part.text))
        and not any(sentence.span.contains(figure) for figure in figures)
        and alike_whole(sentence, alignment, answers)
        >= (_ONE_ALIKE if len(row) == 1 else _ONE_OF_MORE)
    }


def _only_opens(sentence: Sentence, row: Sequence[Part], missed: set[Span]) -> bool:
    """加大“招才引智”力度，对引进人才给予…: what opens a sentence whose work is all told; what is
    counted (一是…) is work of its own."""
    if row and row[0].span.start > sentence.span.start:
        return False
    rest = [part for part in row[1:] if part.asks]
    short = bool(row) and len(halved(row[0].text)) <= _OPENS
    named = bool(row) and WORK.search(halved(row[0].text))  # a piece of work with a name is asked
    return short and not named and bool(rest) and not any(p.span in missed for p in rest)


def alike_whole(sentence: Sentence, alignment: Alignment, answers: Sequence[int]) -> float:
    k = next(i for i, own in enumerate(alignment.texts.upper) if own.span == sentence.span)
    return max(float(alignment.rows[k, j]) for j in answers)
