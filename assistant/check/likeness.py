"""How much two pieces of text say the same: shared character pairs, weighed by rarity, and meaning.

A pair of characters that stands in every clause (推进, 企业) says little; one that stands in two
clauses says much. Meaning is the cosine of the encoder, laid between unrelated (0) and equal (1).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.check.cutting import halved
from index.encoder import Encoder, Matrix

Pairs = frozenset[str]
_KEPT = re.compile(r"[^一-鿿A-Za-z]")
# What plans write long and drafts short.
_SHORT = {
    "技术改造": "技改",
    "规模以上": "规上",
    "研究与开发": "研发",
    "研究开发": "研发",
    "信息化和工业化融合": "两化融合",
    "科学技术": "科技",
    "招商引资": "招商",
    "高新技术企业": "高企",
    "基础设施": "基设",
    "职业院校": "职校",
    "经济和信息化": "经信",
    "发展改革": "发改",
    "联席会议": "领导小组",
    "工作专班": "领导小组",
    "指挥部": "领导小组",
}
_SHORTER = re.compile("|".join(sorted(_SHORT, key=len, reverse=True)))
_FEWEST = 12  # sentences below which their own median says nothing
_UNRELATED = 0.9  # cosine of unrelated official sentences under e5
_READ = 120  # characters of a sentence that its meaning is taken from; words are taken from all
MEANING = 0.5  # weight of meaning beside words


@lru_cache(maxsize=1 << 14)  # targets are held against each other many times
def pairs(text: str) -> Pairs:
    """Neighbouring characters; figures and punctuation are left out, they are compared apart."""
    kept = _KEPT.sub("", _SHORTER.sub(lambda found: _SHORT[found.group()], halved(text)))
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1))


@dataclass(frozen=True, slots=True)
class Rarity:
    """What a pair weighs, by how many of the texts hold it."""

    counts: Counter[str]
    texts: int

    @classmethod
    def of(cls, texts: Iterable[Pairs]) -> Rarity:
        held = list(texts)
        return cls(Counter(pair for one in held for pair in one), max(len(held), 1))

    @property
    def most(self) -> float:
        """The weight of a pair that stands in one text only."""
        return math.log(1 + self.texts)

    def weight(self, some: Iterable[str]) -> float:
        return sum(math.log(1 + self.texts / max(self.counts[pair], 1)) for pair in some)

    def held(self, part: Pairs, whole: Pairs) -> float:
        """The share of ``part`` that stands in ``whole``, by weight."""
        weight = self.weight(part)
        return self.weight(part & whole) / weight if weight else 0.0

    def shared(self, one: Pairs, other: Pairs) -> float:
        """Twice the common weight over both weights."""
        both = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / both if both else 0.0


def shared_matrix(rarity: Rarity, upper: Sequence[Pairs], draft: Sequence[Pairs]) -> Matrix:
    weights = [rarity.weight(one) for one in upper]
    others = [rarity.weight(one) for one in draft]
    rows = np.zeros((len(upper), len(draft)), dtype=np.float32)
    for i, one in enumerate(upper):
        for j, other in enumerate(draft):
            both = weights[i] + others[j]
            if both:
                rows[i, j] = 2 * rarity.weight(one & other) / both
    return rows


def meaning_matrix(
    encoder: Encoder | None, upper: Sequence[str], draft: Sequence[str]
) -> Matrix | None:
    """Cosines laid between what unrelated sentences have (0) and equality (1)."""
    if encoder is None or not upper or not draft:
        return None
    begun = [text[:_READ] for text in (*upper, *draft)]
    texts = list(dict.fromkeys(begun))
    at = {text: i for i, text in enumerate(texts)}
    vectors = encoder.encode(texts)[[at[text] for text in begun]]
    one, other = vectors[: len(upper)], vectors[len(upper) :]
    cosines = one @ other.T
    base = _unrelated(one, cosines)
    return np.asarray((cosines - base) / max(1 - base, 0.02), dtype=np.float32)


def _unrelated(upper: Matrix, cosines: Matrix) -> float:
    """The cosine of sentences that have nothing to do with each other, under this encoder."""
    if len(upper) < _FEWEST:
        return min(float(np.median(cosines)), _UNRELATED) if cosines.size >= 64 else _UNRELATED
    among = upper @ upper.T
    return float(np.median(among[np.triu_indices(len(upper), 1)]))


def likeness(words: Matrix, meaning: Matrix | None) -> Matrix:
    """Words and meaning together; without an encoder, words alone on a like scale."""
    if meaning is None:
        return np.asarray(words * 1.5, dtype=np.float32)
    return np.asarray(words + MEANING * meaning, dtype=np.float32)
