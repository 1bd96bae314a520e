"""Which sentences of the draft answer which upper tasks, many to many.

Every draft sentence goes to the task that it is most like; that keeps look-alikes away from a task
that nothing answers, because they are more like their own task. A sentence that merges two tasks
goes to both, where a part of it is plainly the other task's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.check.cutting import halved
from assistant.check.likeness import (
    Pairs,
    Rarity,
    likeness,
    meaning_matrix,
    pairs,
    shared_matrix,
)
from assistant.check.types import Requirement, Sentence
from index.encoder import Encoder, Matrix

ALIKE = 0.27  # below this a sentence answers nothing
_ALONE = 0.34  # what a task's likest answer must reach: a faint likeness alone is none
_SECOND = 0.5  # share of a part's weight that another task must hold
_EQUAL = 0.8  # a task that is nearly as like is answered too: plans repeat 加强督查考核
_PLAIN = 0.45  # and is like enough by itself
_MOST_ADDED = 0.3
_LEAD = 0.2  # and by how much more than the first task holds it
_STATUS = re.compile(
    r"(?:未|没有|尚未|不)(?:被)?(?:列入|纳入|入选|属于|是|在)[^，。；]{0,24}(?:试点|示范|激励|名单|范围|县|园区)"
)
_STANDING = re.compile(
    r"^(?:我|本|全)[县区市镇州旗][^，。；]{0,8}(?:列入|列为|纳入|入选|获批|评为|确定为|属于|是)[^，。；]{0,24}[。；]?$"
)
_PARTS = re.compile(r"[,，、。；;:：]")


@dataclass(frozen=True, slots=True)
class Texts:
    """Sentences of both sides with their pairs and the weights of pairs."""

    upper: tuple[Sentence, ...]
    owner: tuple[int, ...]
    draft: tuple[Sentence, ...]
    upper_pairs: tuple[Pairs, ...]
    draft_pairs: tuple[Pairs, ...]
    rarity: Rarity

    def of(self, requirement: int) -> Pairs:
        """All pairs of one task."""
        found: set[str] = set()
        for own, held in zip(self.owner, self.upper_pairs, strict=True):
            if own == requirement:
                found |= held
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Alignment:
    """``answers[i]``: the draft sentences that answer requirement i; ``best[j]``: how like sentence
    j is to what it is most like; ``likeness``: requirement by draft sentence; ``rows``: upper by
    draft sentence."""

    texts: Texts
    answers: tuple[tuple[int, ...], ...]
    best: tuple[float, ...]
    likeness: Matrix
    rows: Matrix


def speaks(sentence: Sentence) -> bool:
    """Whether a sentence says what is done, and is not a mere name or what the county is.

    推进企业上云。到2020年…: what opens a clause on its line names the work and tells it too."""
    length = len(halved(sentence.text))
    chapter = sentence.clause_id.endswith(")")
    named = sentence.inline and length >= (10 if chapter else 6)
    tells = named if sentence.heading else length > 5
    standing = _STATUS.search(sentence.text) or _STANDING.search(sentence.text)
    return tells and not standing


def texts_of(requirements: Sequence[Requirement], draft: Sequence[Sentence]) -> Texts:
    upper = [(s, i) for i, r in enumerate(requirements) for s in _told(r)]
    upper_pairs = tuple(pairs(sentence.text) for sentence, _ in upper)
    draft_pairs = tuple(pairs(sentence.text) for sentence in draft)
    return Texts(
        tuple(sentence for sentence, _ in upper),
        tuple(i for _, i in upper),
        tuple(draft),
        upper_pairs,
        draft_pairs,
        Rarity.of([*upper_pairs, *draft_pairs]),
    )


def _told(requirement: Requirement) -> list[Sentence]:
    """A task's sentences; its heading counts where it has no others or tells more than a name."""
    told = [s for s in requirement.sentences if not s.heading or len(s.text) > 8]
    return told or list(requirement.sentences)


def align(
    requirements: Sequence[Requirement], draft: Sequence[Sentence], encoder: Encoder | None
) -> Alignment:
    texts = texts_of(requirements, [sentence for sentence in draft if speaks(sentence)])
    count = len(requirements)
    if not texts.draft or not texts.upper:
        empty = np.zeros((count, len(texts.draft)), dtype=np.float32)
        nothing = np.zeros((len(texts.upper), len(texts.draft)), dtype=np.float32)
        none: tuple[tuple[int, ...], ...] = tuple(() for _ in range(count))
        return Alignment(texts, none, (0.0,) * len(texts.draft), empty, nothing)
    rows = _rows(texts, encoder)
    by_task = _by_task(texts, count, rows)
    _add_words_of_one(texts, by_task)
    answers: list[list[int]] = [[] for _ in range(count)]
    for j in range(len(texts.draft)):
        for i in _answered(texts, by_task, j):
            answers[i].append(j)
    for i, answering in enumerate(answers):
        if answering and max(float(by_task[i, j]) for j in answering) < _ALONE:
            answering.clear()
    best = tuple(float(value) for value in by_task.max(axis=0))
    return Alignment(texts, tuple(tuple(a) for a in answers), best, by_task, rows)


def _rows(texts: Texts, encoder: Encoder | None) -> Matrix:
    words = shared_matrix(texts.rarity, texts.upper_pairs, texts.draft_pairs)
    meaning = meaning_matrix(encoder, [s.text for s in texts.upper], [s.text for s in texts.draft])
    return likeness(words, meaning)


def _by_task(texts: Texts, count: int, rows: Matrix) -> Matrix:
    """Likeness of every task (its likest sentence) to every draft sentence."""
    by_task = np.full((count, len(texts.draft)), -1.0, dtype=np.float32)
    for i, row in zip(texts.owner, rows, strict=True):
        by_task[i] = np.maximum(by_task[i], row)
    return by_task


def _add_words_of_one(texts: Texts, by_task: Matrix) -> None:
    """A sentence that sums up a task is like none of its sentences, yet its words stand in that
    task and in no other: by how much more is added."""
    tasks = [texts.of(i) for i in range(len(by_task))]
    if len(tasks) < 2:
        return
    for j, own in enumerate(texts.draft_pairs):
        held = np.array([texts.rarity.held(own, task) for task in tasks])
        second, first = np.argsort(held)[-2:]
        by_task[first, j] += min(float(held[first] - held[second]), _MOST_ADDED)


def _answered(texts: Texts, by_task: Matrix, j: int) -> list[int]:
    first = int(by_task[:, j].argmax())
    if by_task[first, j] < ALIKE:
        return []
    held = texts.of(first)
    others = [
        i
        for i in np.argsort(-by_task[:, j])[1:5].tolist()
        if _as_like(float(by_task[i, j]), float(by_task[first, j]))
        or (by_task[i, j] >= 0.12 and _merged_in(texts, held, texts.of(i), j))
    ]
    return [first, *others]


def _as_like(other: float, best: float) -> bool:
    return other >= max(_PLAIN, _EQUAL * best)


def _merged_in(texts: Texts, first: Pairs, second: Pairs, j: int) -> bool:
    """Whether a part of sentence j is the second task's rather than the first's."""
    for part in _PARTS.split(texts.draft[j].text):
        own = pairs(part)
        if len(own) < 5:
            continue
        here, there = texts.rarity.held(own, second), texts.rarity.held(own, first)
        if here >= _SECOND and here >= there + _LEAD:
            return True
    return False
