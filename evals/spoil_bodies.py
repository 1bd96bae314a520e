"""Ways to spoil the responsible units of a task."""

from __future__ import annotations

import random
from dataclasses import replace

from evals.county_text import Told, county_name
from evals.spoiling import Made
from index.agencies import registry
from index.types import Task

_STRANGERS = ("县民政局", "县文旅局", "县司法局", "县卫健局")


def drop_unit(task: Task, told: Told, rng: random.Random) -> Made:
    loose = [unit for unit in told.units[1:] if not _named(unit, told)]
    if not loose or _shared(told):
        return None
    gone = rng.choice(loose)
    return replace(told, units=tuple(u for u in told.units if u != gone)), gone


def swap_unit(task: Task, told: Told, rng: random.Random) -> Made:
    loose = [unit for unit in told.units if not _named(unit, told)]
    strangers = [s for s in _STRANGERS if s not in told.units]
    if not loose or _shared(told) or not strangers:
        return None
    gone, stranger = rng.choice(loose), rng.choice(strangers)
    return replace(told, units=tuple(stranger if u == gone else u for u in told.units)), gone


def swap_lead(task: Task, told: Told, rng: random.Random) -> Made:
    """The second unit leads, and the first one helps."""
    names = registry()
    known = task.lead is not None and names.key_of(task.lead) in names.bodies
    if not known or len(told.units) < 2 or "、" in str(task.lead):
        return None
    if told.units[0] not in {county_name(str(task.lead), year) for year in (2017, 2025)}:
        return None
    return replace(told, units=(told.units[1], told.units[0], *told.units[2:])), str(task.lead)


def _named(unit: str, told: Told) -> bool:
    """Whether the task's own words name the body: then a list without it loses nothing; and a name
    that is still to be filled in is none."""
    names = registry()
    words = "".join(told.sentences)
    body = names.bodies.get(names.key_of(unit))
    stems = body.names if body else (unit[1:],)
    return "【" in unit or any(stem in words for stem in stems if len(stem) > 1)


def _shared(told: Told) -> bool:
    """Two upper bodies with one counterpart: dropping one is not seen, and is no fault."""
    return len({unit[1:] for unit in told.units}) != len(told.units) or "县市场监管局" in told.units
