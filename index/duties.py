"""Deadlines (what is to be done by when) and duties (what recurs or is reported, and to whom)."""

from __future__ import annotations

from index.types import Deadline, Duty


def deadlines(text: str, offset: int, inherited_year: str | None = None) -> tuple[Deadline, ...]:
    return ()


def duties(text: str, offset: int) -> tuple[Duty, ...]:
    return ()
