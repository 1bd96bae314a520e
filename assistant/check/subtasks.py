"""Sub-requirements of a task, and which of them the draft has lost.

A sub-requirement is a part of a sentence that asks for something of its own: a verb with an
object that is told nowhere else. Grounds (按照…要求), effects (提高…水平), slogans and figures are
none; figures are compared as targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.check.align import Alignment, Texts
from assistant.check.cutting import halved
from assistant.check.likeness import Pairs, Rarity, meaning_matrix, pairs
from assistant.check.types import Requirement, Sentence
from assistant.check.wording import (
    BENEFICIARY,
    COMMA,
    CONDITION,
    EFFECT,
    GENERIC,
    GROUND,
    LABEL,
    NAMED,
    SLOGAN,
    UPPER_ALONE,
    WORK,
)
from index.agencies import registry
from index.encoder import Encoder
from index.period import periods
from index.types import Span

_LEAST_PAIRS = 3
_LEAST_NEW = 3.5  # pairs that stand nowhere else, or as much weight
_HELD = 0.34
_GONE = 0.5
_SENTENCE_HELD = 0.3
_SENTENCE_ALIKE = 0.525
_HELD_ELSEWHERE = 0.55
_MEANT = 0.62
_MEANT_ELSEWHERE = 0.55


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence between commas; ``core`` are the pairs of what it is about."""

    span: Span
    text: str
    core: Pairs
    asks: bool
    words: Pairs = frozenset()


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


def parts_of(sentence: Sentence, figures: Sequence[Span]) -> tuple[Part, ...]:
    found: list[Part] = []
    for match in COMMA.finditer(sentence.text):
        text = match.group().strip(" 。；;！!　、")
        if not text:
            continue
        start = sentence.span.start + match.start() + match.group().index(text[0])
        span = Span(start, start + len(text))
        holds = any(span.start < f.end and f.start < span.end for f in figures)
        core = core_of(text)
        asks = len(core) >= _LEAST_PAIRS and not holds and _asks(text, first=not found)
        found.append(Part(span, text, core, asks, pairs(text)))
    if found and _is_subsidy(found):
        return tuple(replace(part, asks=False) for part in found)
    return tuple(found)


def _is_subsidy(parts: Sequence[Part]) -> bool:
    """Who gets what from the upper level: 凡列入名单的，…按20%给予补助."""
    first = halved(parts[0].text)
    return bool(BENEFICIARY.search(first)) and any(
        UPPER_ALONE.search(halved(part.text)) for part in parts
    )


def core_of(text: str) -> Pairs:
    """Pairs of a text without time expressions, figures and the words of every plan."""
    chars = list(text)
    for span in [p.span for p in periods(text)] + [m.span for m in registry().mentions(text)]:
        for i in range(span.start, min(span.end, len(chars))):
            chars[i] = " "
    bare = GENERIC.sub(" ", halved("".join(chars).replace(" ", "|")))
    return frozenset(pair for run in re.split(r"[\s|\d%]+", bare) for pair in pairs(run))


def _asks(text: str, first: bool) -> bool:
    plain = halved(text)
    if UPPER_ALONE.search(plain) or GROUND.search(plain) or SLOGAN.search(plain):
        return False
    if CONDITION.search(plain):
        return False
    return first or not EFFECT.search(plain)


def read_parts(
    requirement: Requirement, index: int, alignment: Alignment, encoder: Encoder | None
) -> Reading:
    """Which sub-requirements of one task are lost."""
    texts, answers = alignment.texts, alignment.answers[index]
    here = frozenset().union(*(texts.draft_pairs[j] for j in answers))
    words = halved("".join(texts.draft[j].text for j in answers))
    figures = [target.span for target in requirement.task.targets]
    told = _told(requirement, figures)
    parts = [parts_of(sentence, figures) for sentence in told]
    doubtful = [
        part
        for row in parts
        for part in row
        if part.asks
        and (_is_new(part, here, texts.rarity) or _work_lost(part, words))
        and not _told_by_name(part, words)
    ]
    found = _found_elsewhere(doubtful, alignment, answers, encoder)
    missed = {part.span for part in doubtful if part.span not in found}
    asked = sum(part.asks for row in parts for part in row)
    if sum(bool(p.core) for row in parts for p in row) == 1:
        missed = set()  # what was aligned as a whole is not lost as a whole
    gone = {
        p.span for row in parts for p in row if texts.rarity.held(p.core or p.words, here) < _GONE
    }
    lost: list[tuple[Span, str]] = []
    for sentence, row in zip(told, parts, strict=True):
        holds = any(sentence.span.contains(figure) for figure in figures)
        meant = any(part.span in found for part in row)
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


def _is_new(part: Part, here: Pairs, rarity: Rarity) -> bool:
    """What it is about hardly stands in the answering sentences."""
    weight = rarity.weight(part.core - here)
    return rarity.held(part.core, here) < _HELD and weight >= _LEAST_NEW * rarity.most


def _told_by_name(part: Part, words: str) -> bool:
    """落实“三品”专项…的意见: told where the names that it quotes are told."""
    names = NAMED.findall(halved(part.text))
    led = re.match(r"(?:贯彻|落实|执行|对接|实施)", part.text)
    return bool(led and names) and all(name in words for name in names)


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
    k = next(i for i, own in enumerate(texts.upper) if own.span == sentence.span)
    return max(float(alignment.rows[k, j]) for j in answers) < _SENTENCE_ALIKE


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
    draft_parts = [(j, part) for j in answers for part in _draft_parts(texts.draft[j].text)]
    meant = meaning_matrix(encoder, [p.text for p in doubtful], [p for _, p in draft_parts])
    for at, part in enumerate(doubtful):
        if meant is not None and float(np.max(meant[at], initial=0)) >= _MEANT:
            found[part.span] = -1
            continue
        best = _elsewhere(part, texts, answers)
        if best is not None and _means(part, texts.draft[best], encoder):
            found[part.span] = best
    return found


def _elsewhere(part: Part, texts: Texts, answers: Sequence[int]) -> int | None:
    """A sentence of another place that holds what the part is about."""
    held = [texts.rarity.held(part.core, one) for one in texts.draft_pairs]
    best = int(np.argmax(held)) if held else -1
    return best if best >= 0 and held[best] >= _HELD_ELSEWHERE and best not in answers else None


def _means(part: Part, sentence: Sentence, encoder: Encoder | None) -> bool:
    """Words alone may be a look-alike: 质量抽检 is not 质量抽查合格率."""
    meant = meaning_matrix(encoder, [part.text], _draft_parts(sentence.text))
    return meant is None or float(np.max(meant, initial=0)) >= _MEANT_ELSEWHERE


def _draft_parts(text: str) -> list[str]:
    return [part for part in re.split(r"[,，:：。；;]", text) if len(halved(part)) > 3]


def _runs(
    sentence: Sentence, parts: Sequence[Part], missed: set[Span], gone: set[Span]
) -> Iterator[tuple[Span, str]]:
    """Neighbouring lost parts as one quote; the whole sentence where all that it asks is lost."""
    asking = [part for part in parts if part.asks]
    lost = [part for part in asking if part.span in missed]
    if not lost:
        return
    if len(lost) == len(asking) and all(part.span in gone or part.span in missed for part in parts):
        text = sentence.text.rstrip("。；; ")
        yield Span(sentence.span.start, sentence.span.start + len(text)), text
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
