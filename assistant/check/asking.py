"""What a sentence of a plan asks: its parts between commas, each with what it is about.

A part asks where a verb has an object of its own. Grounds (按照…要求), effects (提高…水平), labels,
slogans, products and firms ask nothing; figures are compared as targets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.check.cutting import halved
from assistant.check.likeness import Pairs, pairs
from assistant.check.types import Requirement, Sentence
from assistant.check.wording import (
    BENEFICIARY,
    BUILT,
    COMMA,
    CONDITION,
    DONE,
    EFFECT,
    FIRMS,
    GENERIC,
    GROUND,
    NUMBERED,
    PRODUCTS,
    RESULT,
    SLOGAN,
    TITLES,
    UPPER_ALONE,
    VERB,
)
from index.agencies import registry
from index.period import periods
from index.types import Span

_LEAST_PAIRS = 3
_SHORTEST = 8  # characters of a part that asks for one thing (加大企业转贷支持力度)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence between commas; ``core`` are the pairs of what it is about.

    ``small``: it asks for so little that its words must be quite unheard to count as lost."""

    span: Span
    text: str
    core: Pairs
    asks: bool
    words: Pairs = frozenset()
    small: bool = False


def parts_of(sentence: Sentence, figures: Sequence[Span]) -> tuple[Part, ...]:
    found: list[Part] = []
    for match in COMMA.finditer(sentence.text):
        text = match.group().strip(" 。；;！!　、")
        if not text:
            continue
        start = sentence.span.start + match.start() + match.group().index(text[0])
        if (numbered := NUMBERED.match(text)) and numbered.end() < len(text):
            start, text = start + numbered.end(), text[numbered.end() :]
        span = Span(start, start + len(text))
        holds = any(span.start < f.end and f.start < span.end for f in figures)
        core = core_of(text)
        labels = sentence.text[match.end() : match.end() + 1] in (":", "：") and len(text) <= 8
        asks = bool(core) and not (holds or labels) and _asks(text, first=not found)
        small = asks and len(core) < _LEAST_PAIRS
        if small:
            asks = len(halved(text)) >= _SHORTEST and bool(VERB.search(halved(text)))
        found.append(Part(span, text, core, asks, pairs(text), small))
    if found and _is_subsidy(found):
        return tuple(replace(part, asks=False) for part in found)
    return tuple(found)


def asked_by(requirement: Requirement, told: Sequence[Sentence]) -> list[tuple[Part, ...]]:
    """The parts of each sentence of a task. In a goal, a sentence without time or figure is what
    the plan steers by (总体要求), and asks nothing."""
    figures = [target.span for target in requirement.task.targets]
    title = pairs(requirement.document.title)
    found = [
        tuple(_without_title(part, title) for part in parts_of(sentence, figures))
        for sentence in told
    ]
    if requirement.task.kind != "goal":
        return found
    return [
        row if _sets(sentence, figures) else tuple(replace(p, asks=False) for p in row)
        for sentence, row in zip(told, found, strict=True)
    ]


def _without_title(part: Part, title: Pairs) -> Part:
    """The plan's own name (实施…三年行动计划) is not what a part is about."""
    core = part.core - title
    return replace(part, core=core) if len(core) >= _LEAST_PAIRS else part


def _sets(sentence: Sentence, figures: Sequence[Span]) -> bool:
    return bool(periods(sentence.text)) or any(sentence.span.contains(f) for f in figures)


def _is_subsidy(parts: Sequence[Part]) -> bool:
    """Who gets what from the upper level: 凡列入名单的，…按20%给予补助."""
    first = halved(parts[0].text)
    return bool(BENEFICIARY.search(first)) and any(
        UPPER_ALONE.search(halved(part.text)) for part in parts
    )


def core_of(text: str) -> Pairs:
    """Pairs of a text without time expressions, figures and the words of every plan."""
    chars = list(text)
    known = [p.span for p in periods(text)] + [m.span for m in registry().mentions(text)]
    found = [m for pattern in (TITLES, FIRMS) for m in pattern.finditer(text)]
    for span in [*known, *(Span(m.start(), m.end()) for m in found)]:
        for i in range(span.start, min(span.end, len(chars))):
            chars[i] = " "
    bare = GENERIC.sub(" ", halved("".join(chars).replace(" ", "|")))
    return frozenset(pair for run in re.split(r"[\s|\d%]+", bare) for pair in pairs(run))


def _asks(text: str, first: bool) -> bool:
    plain = BUILT.sub("", halved(text))
    none = (UPPER_ALONE, GROUND, SLOGAN, CONDITION, DONE, PRODUCTS)
    if any(pattern.search(plain) for pattern in none):
        return False
    return not RESULT.search(plain) and (first or not EFFECT.search(plain))
