"""Thresholds in words: 达到国内先进水平 that becomes 省内先进水平 takes in what is worse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.check.likeness import Rarity, pairs
from assistant.check.types import Edit, Finding, Requirement, Sentence
from index.types import Span

_REACHES = (
    "国际|世界|全球|国外",
    "国内|全国|国家",
    "省内|全省|自治区内|区内",
    "市内|全市|州内",
    "县内|全县",
)
_WORD = "|".join(_REACHES)
_RANK = re.compile(
    rf"(?:达到|处于|具有|具备|保持)了?(?P<reach>(?:(?:{_WORD})(?:或者?|和|及|、|与)?)+)(?:同行业|同类)?"
    r"(?:先进|领先|一流)(?:水平)?"
)
_AROUND = 24
_ALIKE = 0.3


def compare_ranks(
    requirement: Requirement, draft: Sequence[Sentence], rarity: Rarity, lost: Sequence[Span]
) -> list[Finding]:
    """Every rank that must be reached against the one that stands among the same words."""
    offered = [(sentence, match) for sentence in draft for match in _RANK.finditer(sentence.text)]
    found: list[Finding] = []
    for sentence, want in _asked(requirement, lost):
        around = pairs(_around(sentence, want))
        scored = [
            (rarity.shared(around, pairs(_around(s, m))), i) for i, (s, m) in enumerate(offered)
        ]
        best, at = max(scored, default=(0.0, 0))
        if best >= _ALIKE and _least(offered[at][1]) > _least(want):
            found.append(_lowered(sentence, want, *offered[at]))
    return found


def _asked(
    requirement: Requirement, lost: Sequence[Span]
) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in requirement.sentences:
        for match in _RANK.finditer(sentence.text):
            if not any(span.contains(_span(sentence, match)) for span in lost):
                yield sentence, match


def _least(match: re.Match[str]) -> int:
    """How low the rank may be: 国际或国内先进 is reached in the country already."""
    return max(i for i, words in enumerate(_REACHES) if re.search(words, match["reach"]))


def _around(sentence: Sentence, match: re.Match[str]) -> str:
    left = max(match.start() - _AROUND, 0)
    return sentence.text[left : match.start()] + sentence.text[match.end() :][:_AROUND]


def _span(sentence: Sentence, match: re.Match[str]) -> Span:
    return Span(sentence.span.start + match.start(), sentence.span.start + match.end())


def _lowered(
    sentence: Sentence, want: re.Match[str], answer: Sentence, got: re.Match[str]
) -> Finding:
    return Finding(
        "target_changed",
        "fault",
        want.group(),
        got.group(),
        f"由“{want.group()}”降为“{got.group()}”，要求变低",
        "threshold",
        _span(sentence, want),
        _span(answer, got),
        Edit(_span(answer, got), want.group()),
    )
