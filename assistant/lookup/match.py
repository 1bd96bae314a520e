"""How well a passage speaks of what a question names: pairs of characters, weighed by rarity."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import rjieba

from assistant.lookup.asked import Asked, Term
from assistant.lookup.passages import PREVIOUS, SUBJECT, Passage, amount_gram, grams

UNKNOWN = 0.5
_EARLIER = 0.45
# The last word before what is asked is the head of the metric: 研发投入占比多少.
_HEAD = 1.25
_ACROSS, _ACROSS_KNOWN = 0.2, 1.0
_CLINGING = frozenset("得用上下的了要在给把是有")
_TITLED, TITLED = 0.4, 0.8
# A synonym counts a little less than the word itself, so that the literal passage wins.
_OTHERWISE = 0.97
# How much a word counts that no document has and that names no thing.
_LOOSE = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """How rare every pair is among the passages."""

    rarity: Mapping[str, float]
    most: float
    passages: tuple[Passage, ...]

    def rare(self, gram: str) -> float:
        return self.rarity.get(gram, self.most * UNKNOWN)


@lru_cache(maxsize=16)
def lexicon(passages: tuple[Passage, ...]) -> Lexicon:
    found: Counter[str] = Counter()
    surroundings = {id(p.weights.around): p.weights.around for p in passages}
    for around in surroundings.values():
        found.update(dict.fromkeys(around, 0))
    for passage in passages:
        found.update(gram for gram, level in passage.weights.near.items() if level >= SUBJECT)
    total = len(passages) + 1
    rarity = {gram: math.log(1 + total / (count + 1)) for gram, count in found.items()}
    return Lexicon(rarity, math.log(1 + total), passages)


@lru_cache(maxsize=16)
def _triples(passages: tuple[Passage, ...]) -> Mapping[tuple[str, str, str], set[str]]:
    """Three characters in a row, with each of them left out: for mending typing errors."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for passage in passages:
        text = passage.text
        for a, b, c in zip(text, text[1:], text[2:], strict=False):
            found["", b, c].add(a)
            found[a, "", c].add(b)
            found[a, b, ""].add(c)
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` counts the surroundings too, ``core`` only the passage and its subject.

    ``head`` is how far the passage itself names the head of the metric, ``context`` how far it
    speaks of the earlier questions; ``absent`` are words that name things and are not spoken of;
    ``least`` and ``least_own`` say how far the worst covered of them is.
    """

    score: float
    core: float
    head: float = 0.0
    context: float = 0.0
    least: float = 1.0
    least_own: float = 1.0
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needle:
    """A term made ready to be looked for: each way to say it as weighed pairs."""

    term: Term
    weight: float
    ways: tuple[tuple[tuple[tuple[str, float], ...], float], ...]
    known: bool = True


def needles(asked: Asked, words: Lexicon) -> tuple[Needle, ...]:
    own = [i for i, term in enumerate(asked.terms) if term.own and term.solid]
    made = [
        _needle(term, words, _HEAD if own and i == own[-1] else 1.0)
        for i, term in enumerate(asked.terms)
    ]
    for amount in asked.amounts:
        gram = amount_gram(amount)
        rare = words.rare(gram)
        term = Term(gram, (gram,), solid=False)
        made.append(Needle(term, rare, ((((gram, rare),), rare),)))
    return tuple(made)


def _weighed(alternative: str, words: Lexicon) -> list[tuple[str, float]]:
    """Its pairs with their rarity; a pair across two words that no document has hardly counts."""
    parts = grams(alternative) or (alternative,)
    unknown = {gram for gram in parts if gram not in words.rarity}
    if len(alternative) < 3:
        return [(gram, words.rare(gram)) for gram in parts]
    cut = rjieba.cut(alternative)
    across = {a[-1] + b[0] for a, b in pairwise(cut) if not _one_word(a, b)}
    return [(gram, words.rare(gram) * _joint(gram, unknown, across)) for gram in parts]


def _one_word(a: str, b: str) -> bool:
    """上云: two characters that the dictionary takes apart and people do not."""
    return len(a) == len(b) == 1 and not {a, b} & _CLINGING


def _joint(gram: str, unknown: set[str], across: set[str]) -> float:
    """How much a pair counts that stands across two words of the question."""
    if gram not in across:
        return 1.0
    return _ACROSS if gram in unknown else _ACROSS_KNOWN


def _needle(term: Term, words: Lexicon, head: float) -> Needle:
    ways = []
    for alternative in term.alternatives:
        trust = 1.0 if alternative == term.surface else _OTHERWISE
        parts = _weighed(alternative, words)
        ways.append((tuple(parts), sum(rare for _, rare in parts) / trust))
    known = term.surface[:1].isascii() or all(
        any(gram in words.rarity for gram, _ in parts) for parts, _ in ways
    )
    return Needle(term, _weight(term, words) * head, tuple(ways), known)


def match(
    sought: Sequence[Needle], passage: Passage, lift: Mapping[float, float] | None = None
) -> Match:
    """How well a passage speaks of all that is sought; ``lift`` revalues the surroundings."""
    # 过百户的是多少: the earlier words help to choose, the new ones must be answered.
    fresh = any(needle.term.own and needle.term.solid for needle in sought)
    held = [_hold(needle, passage, lift or {}) for needle in sought]
    asked = [one for one in held if one.needle.term.own or not fresh]
    earlier = [one.near for one in held if fresh and not one.needle.term.own]
    total = sum(one.weight for one in asked)
    if not total:
        return Match(0.0, 0.0)
    named = [one for one in asked if one.needle.term.own and one.needle.term.solid]
    absent = tuple(
        one.needle.term.surface
        for one in named
        if one.near < 0.42 and one.weight > 0.2 * total and one.needle.known
    )
    return Match(
        score=sum(one.weight * one.near for one in asked) / total,
        core=sum(one.weight * one.own for one in asked) / total,
        head=named[-1].own if named else 0.0,
        context=sum(earlier) / len(earlier) if earlier else 0.0,
        least=min((one.near for one in named), default=1.0),
        least_own=min((one.own for one in named), default=1.0),
        absent=absent,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    needle: Needle
    weight: float
    near: float
    own: float


def _hold(needle: Needle, passage: Passage, lift: Mapping[float, float]) -> _Held:
    near, own = _covered(needle, passage, lift)
    if own < 0.3 and needle.term.surface in passage.document.title:
        # 百企改造每年…: the words of the title say which document, not what in it.
        return _Held(needle, needle.weight * _TITLED, max(near, TITLED), own)
    return _Held(needle, needle.weight, near, own)


def _covered(needle: Needle, passage: Passage, lift: Mapping[float, float]) -> tuple[float, float]:
    best = own = 0.0
    weights = passage.weights
    for parts, total in needle.ways:
        near = core = 0.0
        for gram, rare in parts:
            level = weights.get(gram, 0.0)
            near += rare * (lift.get(level, level) if lift else level)
            core += rare * level if level >= PREVIOUS else 0.0
        best, own = max(best, near / total), max(own, core / total)
    return best, own


def _weight(term: Term, words: Lexicon) -> float:
    known = [a for a in term.alternatives if all(g in words.rarity for g in grams(a))]
    chosen = term.surface if term.surface in known or not known else known[0]
    parts = _weighed(chosen, words)
    weight = sum(rare * (0.4 if len(gram) == 1 else 1.0) for gram, rare in parts)
    if not known and not term.solid:
        weight *= _LOOSE
    return weight * (1.0 if term.own else _EARLIER)


def heard_of(asked: Asked, words: Lexicon) -> bool:
    """Whether the documents have any of the question's words, more or less as it spells them."""
    return any(
        sum(gram in words.rarity for gram in parts) >= 0.5 * len(parts)
        for term in asked.terms
        for alternative in term.alternatives
        if (parts := grams(alternative))
    )


def mended(asked: Asked, words: Lexicon) -> Asked:
    """The question with typing errors read as the words that the documents have."""
    return replace(asked, terms=tuple(_mended(term, words) for term in asked.terms))


def _mended(term: Term, words: Lexicon) -> Term:
    known = any(all(g in words.rarity for g in grams(a)) for a in term.alternatives)
    if known or len(term.alternatives) > 1 or rjieba.has_word(term.surface):
        return term
    readings = _readings(term.surface, words)
    return replace(term, alternatives=(*term.alternatives, *readings)) if readings else term


def _readings(run: str, words: Lexicon) -> Sequence[str]:
    """``run`` with one character replaced where no document has either of its two pairs."""
    readings: list[str] = []
    triples = _triples(words.passages)
    for i, char in enumerate(run):
        left, right = run[max(0, i - 1) : i + 1], run[i : i + 2]
        if (len(left) > 1 and left in words.rarity) or (len(right) > 1 and right in words.rarity):
            continue
        found: set[str] = set()
        for start in range(max(0, i - 2), min(i, len(run) - 3) + 1):
            key = list(run[start : start + 3])
            key[i - start] = ""
            found |= triples.get((key[0], key[1], key[2]), set())
        for other in sorted(found):
            if other != char and "一" <= other <= "鿿" and other not in _CLINGING:
                readings.append(run[:i] + other + run[i + 1 :])
    ranked = sorted(readings, key=lambda r: -sum(g in words.rarity for g in grams(r)))
    return ranked[:3]
