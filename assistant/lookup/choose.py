"""Which passage answers: one that states a fact of the asked kind, for the metric and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lookup.asked import Asked, Term
from assistant.lookup.expressions import expressions, plain
from assistant.lookup.fitting import CONTACT, Standing, asks_threshold, figures, fits, year_standing
from assistant.lookup.match import Lexicon, Match, Needle, match, needles
from assistant.lookup.passages import HEADING, PREVIOUS, SENTENCE, SUBJECT, Passage, grams

_COUNTER = re.compile(r"(?:多少|几)([家户个项种条所台名人])")
_CALLED = re.compile(r"以?下(?:统称|简称|称)为?([^)）,，]{2,16})")
_EXPLAINS = re.compile(r"是指|指的是|即|包括|为主体|的.{2,10}$")
# A condition (对总投资500万元以上的…项目,) is completed by the rest of its sentence.
_CONDITION = re.compile(r"对|凡|经|按|未|已|在|新增|总投资")
_CONDITIONAL = {PREVIOUS: 0.8, SENTENCE: 0.85}
# Against the best passage of any kind, and the share of the question that it must itself name.
LEAST_SHARE, LEAST_CORE = 0.8, 0.5
LEAST_LISTED = 0.5
_STANDING = {"exact": 0.12, "right": 0.05, "unknown": -0.03, "wrong": -0.1}
# What is in force goes before what is not, and a policy before what is said about it.
_OUT_OF_FORCE = {"废止": 0.3, "被替代": 0.3, "失效": 0.3, "征求意见": 0.2}
_READING = 0.15
# A list, or what a word means, may run over the whole sentence under its heading.
_WIDER = {PREVIOUS: 0.8, SENTENCE: 0.75, HEADING: 0.75}


@dataclass(frozen=True, slots=True)
class Found:
    passage: Passage
    match: Match
    fits: bool
    standing: Standing
    rank: float


def ranked(
    asked: Asked, passages: Sequence[Passage], words: Lexicon, units: bool = False
) -> list[Found]:
    """Every passage with how well it answers, the best first; lists of units only if wanted."""
    sought = needles(asked, words)
    named = frozenset(gram for needle in sought for parts, _ in needle.ways for gram, _ in parts)
    found = [_found(asked, p, sought, named) for p in passages if units or not p.units]
    return sorted(found, key=lambda f: (-f.rank, f.passage.span.start))


def _found(
    asked: Asked, passage: Passage, sought: Sequence[Needle], named: frozenset[str]
) -> Found:
    lift = _WIDER if asked.kind in ("list", "definition", "open") else None
    if asks_threshold(asked) and _CONDITION.match(passage.text):
        lift = _CONDITIONAL
    matched = match(sought, passage, lift)
    if matched.score < 0.15:
        return Found(passage, matched, False, "unknown", matched.score - 1)
    standing = year_standing(asked, passage)
    fit = fits(asked, asked.kind, passage)
    rank = matched.score + 0.18 * matched.core + 0.06 * _precision(passage, named)
    rank += (
        0.15 * matched.context
        + 0.08 * matched.head
        + _STANDING[standing]
        + _aptness(asked, passage)
        - _OUT_OF_FORCE.get(passage.document.status, 0.0)
        - (_READING if passage.document.kind == "解读" else 0.0)
    )
    return Found(passage, matched, fit, standing, rank)


def _aptness(asked: Asked, passage: Passage) -> float:
    """What speaks for a passage beside its words: a deadline for 最晚, an explanation for 是指."""
    apt = 0.0
    if "date" in asked.kinds and any(t.month or t.day or t.edge for t in passage.times):
        apt += 0.05
    at = passage.time_at
    if asked.kind == "date" and not passage.times and at and not passage.sentence.contains(at):
        apt -= 0.08
    apt += sum(0.25 if time in passage.text else -0.1 for time in asked.times)
    if asked.kind == "definition":
        named = _CALLED.search(passage.text)
        if named and named[1] in asked.text:
            apt += 0.5
        elif _EXPLAINS.search(passage.text):
            apt += 0.05
    if "number" in asked.kinds and passage.targets:
        apt += 0.1 if "目标" in asked.text else 0.03
    counter = _COUNTER.search(asked.text)
    if counter and any(q.unit[:1] in _alike_units(counter[1]) for q in figures(asked, passage)):
        apt += 0.08
    if asked.kind == "list":
        apt += min(0.12, 0.02 * passage.text.count("、"))
    return apt


def _alike_units(unit: str) -> str:
    return "家户" if unit in "家户" else unit


def _precision(passage: Passage, named: frozenset[str]) -> float:
    own = grams(passage.text)
    return sum(gram in named for gram in own) / len(own) if own else 0.0


def answering(asked: Asked, found: Sequence[Found], said: Sequence[Passage] = ()) -> Found | None:
    """The passage that answers, or None where the documents do not say.

    ``said`` are passages that an earlier part of the same question was answered with.
    """
    found = [f for f in found if f.passage not in said] or found
    best_of_all = next((f for f in found if not f.passage.heading), None)
    if found and "(略)" in found[0].passage.text:
        return None
    best = next((f for f in found if f.fits and f.standing != "wrong"), None)
    if best is not None and CONTACT.search(asked.text):
        return best if best.match.score >= 0.25 else None
    if best is None or best_of_all is None or best.match.absent or lacks(asked, best.passage):
        return None
    if best.standing == "unknown" and any(
        f.fits and f.standing == "wrong" and f.match.score >= best.match.score - 0.12
        for f in found[:20]
    ):
        return None
    if asked.elliptic and _unheard(asked, best):
        return None
    if asked.kind in ("list", "definition", "open"):
        return best if best.match.score >= LEAST_LISTED else None
    enough = best.match.core >= LEAST_CORE or (
        asks_threshold(asked) and bool(_CONDITION.match(best.passage.text))
    )
    topical = best.match.score >= LEAST_SHARE * best_of_all.match.score
    return best if enough and topical else None


def also(asked: Asked, best: Found, found: Sequence[Found]) -> list[Found]:
    """Other places where the same fact stands, so that they are cited with it."""
    amounts = {q.base_value for q in figures(asked, best.passage)}
    return [
        one
        for one in found[:15]
        if one.passage.sentence != best.passage.sentence
        and one.passage.document.id == best.passage.document.id
        and one.fits
        and one.standing != "wrong"
        and one.match.score >= best.match.score - 0.16
        and _alike(one.passage, best.passage) >= (0.3 if amounts else 0.5)
        and (not amounts or amounts & {q.base_value for q in figures(asked, one.passage)})
    ][:2]


def others_named(asked: Asked, best: Found, found: Sequence[Found]) -> list[Found]:
    """A和B分别多少 in one sentence: the passages for what the best one does not name."""
    if not asked.several or asked.kind != "number":
        return []
    missing = [
        t for t in asked.terms if t.own and len(t.surface) > 1 and not _named_in(t, best.passage)
    ]
    return [
        one
        for one in found[:15]
        if one.passage is not best.passage
        and one.passage.sentence == best.passage.sentence
        and one.fits
        and one.standing != "wrong"
        and any(_named_in(term, one.passage) for term in missing)
    ][:3]


def _named_in(term: Term, passage: Passage) -> bool:
    weights = passage.weights
    return any(all(weights.get(g, 0) >= SUBJECT for g in grams(a)) for a in term.alternatives)


def other_years(asked: Asked, best: Found, found: Sequence[Found]) -> list[Found]:
    """The same metric for other years in the same sentence: 2018年2家,2020年5家."""
    if asked.years or asked.kind not in ("number", "date"):
        return []
    mine = {t.by for t in best.passage.times if t.by}
    return [
        one
        for one in found[:12]
        if mine
        and one.passage.sentence == best.passage.sentence
        and one.passage is not best.passage
        and one.fits
        and one.match.score >= best.match.score - 0.12
        and not mine & {t.by for t in one.passage.times}
        and any(t.by for t in one.passage.times)
    ][:2]


def _alike(one: Passage, other: Passage) -> float:
    a, b = set(grams(one.text)), set(grams(other.text))
    return len(a & b) / max(1, min(len(a), len(b)))


def _unheard(asked: Asked, best: Found) -> bool:
    """那遵义的呢: a follow-up whose own words the passage does not have at all."""
    own = [term for term in asked.terms if not term.earlier and len(term.surface) > 1]
    return bool(own) and all(
        not any(g in best.passage.weights for a in term.alternatives for g in grams(a))
        for term in own
    )


def lacks(asked: Asked, passage: Passage) -> bool:
    """Whether the question has a word that decides (奖, 降) and the sentence has none like it."""
    sentence = passage.subject + plain(passage.sentence.of(passage.document.text))
    return any(
        any(word in asked.text for word in group) and not any(word in sentence for word in group)
        for group in expressions().deciding
    )
