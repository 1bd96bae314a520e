"""What all ways of spoiling a told task share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeAlias

from evals.county_text import Told

# The spoilt telling (None: not told at all) with what was taken or changed; None where it does
# not fit the task.
Made: TypeAlias = tuple[Told | None, str] | None


def changed(told: Told, at: int, text: str) -> Told:
    return replace(told, sentences=(*told.sentences[:at], text, *told.sentences[at + 1 :]))


def home(told: Told, words: str) -> int | None:
    """The one sentence that holds words, once."""
    holding = [at for at, text in enumerate(told.sentences) if words in text]
    once = len(holding) == 1 and told.sentences[holding[0]].count(words) == 1
    return holding[0] if once else None


def whole_parts(sentence: str) -> list[str]:
    return [part for part in re.split(r"(?<=[，,；;])", sentence) if part]
