"""Ways to lose work: a whole task, or a part of one."""

from __future__ import annotations

import random
import re

from assistant.check.align import texts_of
from assistant.check.asking import parts_of
from assistant.check.types import Requirement
from evals.county_text import Told, own_sentences, reworded
from evals.spoiling import Made, changed, home
from index.period import periods


def drop_task(requirement: Requirement, told: Told, rng: random.Random) -> Made:
    return None, requirement.title


def drop_part(requirement: Requirement, told: Told, rng: random.Random) -> Made:
    """A part that asks for something of its own, told nowhere else in the task."""
    figures = [target.span for target in requirement.task.targets]
    rarity = texts_of([requirement], []).rarity
    own = own_sentences(requirement)
    every = [part for sentence in own for part in parts_of(sentence, figures)]
    for sentence in own:
        parts = parts_of(sentence, figures)
        asking = [part for part in parts if part.asks and len(part.core) >= 6]
        if len(parts) < 3 or not asking or periods(sentence.text):
            continue
        gone = rng.choice(asking)
        words = next((w for w in (reworded(gone.text), gone.text) if home(told, w) is not None), "")
        held = frozenset().union(*(part.core for part in every if part.span != gone.span))
        at = home(told, words) if words else None
        if at is None or rarity.held(gone.core, held) > 0.1:
            continue
        rest = re.sub(rf"{re.escape(words)}[，,：:]?", "", told.sentences[at])
        return changed(told, at, re.sub(r"[，,]([。；;]?)$", r"\1", rest)), gone.text
    return None
