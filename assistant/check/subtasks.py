"""Sub-requirements of a task, and which of them the draft has lost.

A sub-requirement is a part of a sentence that asks for something of its own: a verb with an
object that is told nowhere else. Grounds (按照…要求), effects (提高…水平), slogans and figures are
none; figures are compared as targets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.check.align import Alignment, Texts
from assistant.check.asking import Part, asked_by, core_of, parts_of
from assistant.check.cutting import halved
from assistant.check.likeness import Pairs, Rarity, meaning_matrix
from assistant.check.spared import alike_whole, spared
from assistant.check.told import pieces_of, told_otherwise
from assistant.check.types import Requirement, Sentence
from assistant.check.wording import LABEL, WORK
from index.encoder import Encoder
from index.types import Span

_LEAST_NEW = 3.1  # pairs that stand nowhere else, or as much weight
_UNHEARD = 0.065  # share of a small part's words that may stand in the answer by chance
_FAINT = 0.46  # and how like it in meaning the answer may be
_HELD = 0.34
_RARE = 0.8  # weight of a pair that hardly another text holds
_GONE = 0.5
_SENTENCE_HELD = 0.3
_SENTENCE_ALIKE = 0.525
_HELD_ELSEWHERE = 0.55
_MEANT = 0.62
_MEANT_IN_WORDS = 0.55  # enough where the words are shared as well
_WORDS = 0.28
_MEANT_ELSEWHERE = 0.55


@dataclass(frozen=True, slots=True)
class Lost:
    """Words of the upper task that the draft does not answer."""

    span: Span
    quote: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a task is lost, which further sentences answer it, and how much of it was asked."""

    lost: tuple[Lost, ...]
    elsewhere: tuple[int, ...]
    asked: int
    lost_parts: int


def read_parts(
    requirement: Requirement, index: int, alignment: Alignment, encoder: Encoder | None
) -> Reading:
    """Which sub-requirements of one task are lost."""
    texts, answers = alignment.texts, alignment.answers[index]
    here = frozenset().union(*(texts.draft_pairs[j] for j in answers))
    words = halved("".join(texts.draft[j].text for j in answers))
    figures = [target.span for target in requirement.task.targets]
    told = _told(requirement, figures)
    parts = asked_by(requirement, told)
    unheard = _unheard(parts, here, words, texts.rarity)
    answering = [texts.draft[j].text for j in answers]
    task = halved("".join(sentence.text for sentence in told))
    short = {p.span for p in unheard if told_otherwise(p, task, answering, texts.rarity)}
    doubtful = [part for part in unheard if part.span not in short]
    for sentence, row in zip(told, parts, strict=True):  # 倡导健康的生活方式: told in other words
        if not any(p in unheard for p in row):
            doubtful += _unlike(sentence, row, alignment, answers, here)
    found = _found_elsewhere(doubtful, alignment, answers, encoder)
    missed = {p.span for p in unheard if p.span not in short and p.span not in found}
    missed -= spared(told, parts, missed, figures, alignment, answers)
    asked = sum(part.asks for row in parts for part in row)
    if sum(bool(p.core) for row in parts for p in row) == 1:
        missed = set()  # what was aligned as a whole is not lost as a whole
    gone = {
        p.span for row in parts for p in row if texts.rarity.held(p.core or p.words, here) < _GONE
    }
    lost: list[tuple[Span, str]] = []
    for sentence, row in zip(told, parts, strict=True):
        holds = any(sentence.span.contains(figure) for figure in figures)
        meant = any(part.span in found or part.span in short for part in row)
        kept = holds or meant or len(told) == 1
        if not kept and _sentence_lost(sentence, row, alignment, answers, here):
            lost.append(_without_held(sentence, row, gone))
        else:
            lost.extend(_runs(sentence, row, missed, gone))
    weighed = tuple(
        Lost(span, span.of(requirement.document.text), texts.rarity.weight(core_of(s)))
        for span, s in lost
    )
    return Reading(weighed, tuple(sorted(set(found.values()) - {-1})), asked, len(missed))


def _unheard(
    parts: Sequence[Sequence[Part]], here: Pairs, words: str, rarity: Rarity
) -> list[Part]:
    """What is asked and hardly stands in the words of the answers."""
    asking = [part for row in parts for part in row if part.asks]
    return [part for part in asking if _is_new(part, here, rarity) or _work_lost(part, words)]


def _is_new(part: Part, here: Pairs, rarity: Rarity) -> bool:
    """What it is about hardly stands in the answering sentences; nor does what it is about in the
    end: 培养能够突破关键技术的…领军人才 asks for 领军人才."""
    head = core_of(part.text.rpartition("的")[2])
    if 4 <= len(head) < len(part.core) and rarity.held(head, here) >= _GONE:
        return False
    weight = rarity.weight(part.core - here)
    unheard = rarity.held(part.words, here) <= _UNHEARD
    if part.small:
        return unheard and weight >= _RARE * rarity.most
    if unheard and weight >= 2 * _RARE * rarity.most:
        return True
    return rarity.held(part.core, here) < _HELD and weight >= _LEAST_NEW * rarity.most


def _work_lost(part: Part, words: str) -> bool:
    """A piece of work with a name (编制…规划, 建立…台账) that no answering sentence names."""
    made = WORK.search(halved(part.text))
    return made is not None and made["work"] not in words


def _sentence_lost(
    sentence: Sentence,
    parts: Sequence[Part],
    alignment: Alignment,
    answers: Sequence[int],
    here: Pairs,
) -> bool:
    """A sentence of a task that no answering sentence is like, in words or in meaning."""
    texts = alignment.texts
    core = core_of(sentence.text)
    if not any(part.asks for part in parts) or texts.rarity.held(core, here) >= _SENTENCE_HELD:
        return False
    if texts.rarity.weight(core - here) < _LEAST_NEW * texts.rarity.most:
        return False
    return alike_whole(sentence, alignment, answers) < _SENTENCE_ALIKE


def _unlike(
    sentence: Sentence,
    row: Sequence[Part],
    alignment: Alignment,
    answers: Sequence[int],
    here: Pairs,
) -> list[Part]:
    """What a sentence asks that would be lost as a whole, though none of its parts is unheard."""
    lost = _sentence_lost(sentence, row, alignment, answers, here)
    return [part for part in row if part.asks and lost]


def _without_held(sentence: Sentence, parts: Sequence[Part], gone: set[Span]) -> tuple[Span, str]:
    """The lost sentence from its first part on that the draft does not hold."""
    first = next((i for i, part in enumerate(parts) if part.span in gone or not part.core), 0)
    start = parts[first].span.start if any(p.asks for p in parts[first:]) else sentence.span.start
    text = sentence.text[start - sentence.span.start :].rstrip("。；; ")
    label = LABEL.match(text)
    skip = label.end() if label and label.end() < len(text) else 0
    return Span(start + skip, start + len(text)), text[skip:]


def _told(requirement: Requirement, figures: Sequence[Span]) -> list[Sentence]:
    """Sentences that ask: not headings, nor the name that opens a dash (绿色发展水平提高。)."""
    told = [s for s in requirement.sentences if not s.heading] or list(requirement.sentences)
    if len(told) > 1 and told[0].inline:  # a section's heading, spelt out by what follows
        asking = [any(p.asks for p in parts_of(s, figures)) for s in told[1:]]
        told = told[1:] if any(asking) else told
    if len(told) > 1 and len(halved(told[0].text)) <= 18 and requirement.task.kind == "goal":
        first = told[0].span
        if not any(first.start < f.end and f.start < first.end for f in figures):
            return told[1:]
    return told


def _found_elsewhere(
    doubtful: Sequence[Part], alignment: Alignment, answers: Sequence[int], encoder: Encoder | None
) -> dict[Span, int]:
    """Doubtful parts that the draft says in other words (-1) or in another sentence."""
    texts = alignment.texts
    found: dict[Span, int] = {}
    draft_parts = [(j, part) for j in answers for part in pieces_of(texts.draft[j].text)]
    meant = meaning_matrix(encoder, [p.text for p in doubtful], [p for _, p in draft_parts])
    for at, part in enumerate(doubtful):
        least = _FAINT if part.small else _least(part, texts, answers)
        if meant is not None and float(np.max(meant[at], initial=0)) >= least:
            found[part.span] = -1
            continue
        best = _elsewhere(part, texts, answers)
        if best is None or _work_lost(part, halved(texts.draft[best].text)):
            continue
        if _means(part, texts.draft[best], encoder):
            found[part.span] = best
    return found


def _least(part: Part, texts: Texts, answers: Sequence[int]) -> float:
    """How like in meaning an answer must be; less where it holds the part's words as well."""
    here = frozenset().union(*(texts.draft_pairs[j] for j in answers))
    return _MEANT_IN_WORDS if texts.rarity.held(part.words, here) >= _WORDS else _MEANT


def _elsewhere(part: Part, texts: Texts, answers: Sequence[int]) -> int | None:
    """A sentence of another place that holds what the part is about."""
    held = [texts.rarity.held(part.core, one) for one in texts.draft_pairs]
    best = int(np.argmax(held)) if held else -1
    return best if best >= 0 and held[best] >= _HELD_ELSEWHERE and best not in answers else None


def _means(part: Part, sentence: Sentence, encoder: Encoder | None) -> bool:
    """Words alone may be a look-alike: 质量抽检 is not 质量抽查合格率."""
    meant = meaning_matrix(encoder, [part.text], pieces_of(sentence.text))
    return meant is None or float(np.max(meant, initial=0)) >= _MEANT_ELSEWHERE


def _runs(
    sentence: Sentence, parts: Sequence[Part], missed: set[Span], gone: set[Span]
) -> Iterator[tuple[Span, str]]:
    """Neighbouring lost parts as one quote; the whole sentence where all that it asks is lost."""
    asking = [part for part in parts if part.asks]
    lost = [part for part in asking if part.span in missed]
    if not lost:
        return
    if len(lost) == len(asking) and all(part.span in gone or part.span in missed for part in parts):
        skip = parts[0].span.start - sentence.span.start  # 一是
        text = sentence.text[skip:].rstrip("。；; ")
        yield Span(parts[0].span.start, parts[0].span.start + len(text)), text
        return
    yield from ((part.span, part.text) for part in _joined(lost, parts))


def _joined(lost: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    order = {part.span: i for i, part in enumerate(parts)}
    runs: list[list[Part]] = []
    for part in lost:
        if runs and order[part.span] == order[runs[-1][-1].span] + 1:
            runs[-1].append(part)
        else:
            runs.append([part])
    return [
        Part(
            Span(run[0].span.start, run[-1].span.end),
            "，".join(part.text for part in run),
            frozenset().union(*(part.core for part in run)),
            True,
        )
        for run in runs
    ]
