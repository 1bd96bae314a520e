"""One line of ``assistant doctor``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """``ok`` is None where there is nothing to judge; ``todo`` says what to do if it is False."""

    name: str
    ok: bool | None
    found: str
    todo: str = ""
