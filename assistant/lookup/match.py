"""How well a passage speaks of what a question names: pairs of characters, weighed by rarity."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.lookup.asked import Asked, Term
from assistant.lookup.passages import OWN, SUBJECT, Passage, amount_gram, grams

UNKNOWN = 0.5
_EARLIER = 0.45
# A synonym counts a little less than the word itself, so that the literal passage wins.
_OTHERWISE = 0.97
# How much a word counts that no document has and that names no thing.
_LOOSE = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """How rare every pair is among the passages, and the triples for mending typing errors."""

    rarity: Mapping[str, float]
    most: float
    triples: Mapping[tuple[str, str, str], frozenset[str]]

    def rare(self, gram: str) -> float:
        return self.rarity.get(gram, self.most * UNKNOWN)


@lru_cache(maxsize=16)
def lexicon(passages: tuple[Passage, ...]) -> Lexicon:
    found: Counter[str] = Counter()
    triples: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for passage in passages:
        found.update(gram for gram, level in passage.weights.items() if level >= SUBJECT)
        for gram, level in passage.weights.items():
            if level < SUBJECT and gram not in found:
                found[gram] = 0
        text = passage.text
        for i in range(len(text) - 2):
            a, b, c = text[i : i + 3]
            triples["", b, c].add(a)
            triples[a, "", c].add(b)
            triples[a, b, ""].add(c)
    total = len(passages) + 1
    rarity = {gram: math.log(1 + total / (count + 1)) for gram, count in found.items()}
    return Lexicon(
        rarity, math.log(1 + total), {key: frozenset(value) for key, value in triples.items()}
    )


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` counts the surroundings too, ``core`` only the passage and its subject."""

    score: float
    core: float
    missing: tuple[str, ...] = ()


def match(asked: Asked, passage: Passage, words: Lexicon) -> Match:
    total = score = core = 0.0
    missing: list[str] = []
    for term in asked.terms:
        weight = _weight(term, words)
        near, own = _covered(term, passage, words)
        total += weight
        score += weight * near
        core += weight * own
        if near < 0.5 and term.own:
            missing.append(term.surface)
    for amount in asked.amounts:
        weight = words.rare(amount_gram(amount))
        held = passage.weights.get(amount_gram(amount), 0.0)
        total += weight
        score += weight * held
        core += weight * (held if held >= SUBJECT else 0.0)
    if not total:
        return Match(0.0, 0.0)
    return Match(score / total, core / total, tuple(missing))


def _weight(term: Term, words: Lexicon) -> float:
    known = [a for a in term.alternatives if all(g in words.rarity for g in grams(a))]
    chosen = term.surface if term.surface in known or not known else known[0]
    weight = sum(words.rare(gram) * (0.4 if len(gram) == 1 else 1.0) for gram in grams(chosen))
    if not known and not term.solid:
        weight *= _LOOSE
    return weight * (1.0 if term.own else _EARLIER)


def _covered(term: Term, passage: Passage, words: Lexicon) -> tuple[float, float]:
    best = own = 0.0
    for alternative in term.alternatives:
        trust = 1.0 if alternative == term.surface else _OTHERWISE
        parts = grams(alternative) or (alternative,)
        total = sum(words.rare(gram) for gram in parts) / trust
        levels = [(words.rare(gram), passage.weights.get(gram, 0.0)) for gram in parts]
        best = max(best, sum(rare * level for rare, level in levels) / total)
        own = max(own, sum(rare * level for rare, level in levels if level >= SUBJECT) / total)
    return best, own


def mended(asked: Asked, words: Lexicon) -> Asked:
    """The question with typing errors read as the words that the documents have."""
    return replace(asked, terms=tuple(_mended(term, words) for term in asked.terms))


def _mended(term: Term, words: Lexicon) -> Term:
    if any(all(g in words.rarity for g in grams(a)) for a in term.alternatives):
        return term
    readings = _readings(term.surface, words)
    return replace(term, alternatives=(*term.alternatives, *readings)) if readings else term


def _readings(run: str, words: Lexicon) -> Sequence[str]:
    """``run`` with one character replaced where no document has either of its two pairs."""
    readings: list[str] = []
    for i, char in enumerate(run):
        left, right = run[max(0, i - 1) : i + 1], run[i : i + 2]
        if (len(left) > 1 and left in words.rarity) or (len(right) > 1 and right in words.rarity):
            continue
        found: set[str] = set()
        for start in range(max(0, i - 2), min(i, len(run) - 3) + 1):
            a, b, c = run[start : start + 3]
            key = [a, b, c]
            key[i - start] = ""
            found |= words.triples.get((key[0], key[1], key[2]), frozenset())
        for other in sorted(found):
            if other != char and "一" <= other <= "鿿":
                readings.append(run[:i] + other + run[i + 1 :])
    ranked = sorted(readings, key=lambda r: -sum(g in words.rarity for g in grams(r)))
    return ranked[:3]
