"""What reading one file may cost, and who is told how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def quiet(stage: str, done: int, total: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Limits:
    """``scan_pages`` bounds what is recognised in one file: a page takes seconds.

    ``characters`` is many times what the longest plan has; to understand so many takes minutes.
    """

    bytes: int = 100 * 2**20
    characters: int = 5_000_000
    scan_pages: int = 300


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Task:
    """What a reader that works page by page is given beside the bytes."""

    limits: Limits = LIMITS
    progress: Progress = quiet
