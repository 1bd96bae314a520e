"""Says in plain words what works and what to do about what does not: ``assistant doctor``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.doctor.endpoint import model_checks
from assistant.doctor.machine import machine_checks
from assistant.doctor.store import store_checks
from assistant.doctor.types import Check
from assistant.settings import Settings


def checks(settings: Settings) -> Iterator[Check]:
    """One after the other, so that a reader sees the first while the slow ones run."""
    yield from store_checks(settings)
    yield from machine_checks()
    yield from model_checks(settings)


__all__ = ["Check", "checks", "machine_checks", "model_checks", "store_checks"]
