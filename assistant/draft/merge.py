"""Several upper plans on one subject, task by task: placeholder until two levels are merged."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft.gather import Section
from assistant.draft.source import Upper


def merged(read: Sequence[Upper], outline: Sequence[tuple[str, str]]) -> list[Section]:
    """Nothing where the plans are on different subjects."""
    return []
