"""Drafts with planted errors: faithful county drafts of a plan, of which some tasks are spoilt."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.check.applicable import Standing, excused, names_lower_level
from assistant.check.requirements import requirements
from assistant.check.types import Requirement
from evals import drafted
from evals.county_text import SHAPES, Told, faithful, merged, parted
from evals.spoil_bodies import drop_unit, swap_lead, swap_unit
from evals.spoil_figures import (
    drop_target,
    higher_bar,
    lower_rate,
    other_metric,
    other_unit,
    smaller_projects,
    to_total,
)
from evals.spoil_parts import drop_part, drop_task
from evals.spoil_times import drop_time, later, slower_beat
from evals.spoiling import Made
from index.quantity import quantities
from index.types import Parsed, Source, Task

DRAFTED = "起草稿"
EVERY = 3  # one task in three is spoilt
_YEARS = (2017, 2025)  # before and after the reforms


@dataclass(frozen=True, slots=True)
class Planted:
    """What was spoilt in a task; a check must give it this label, or find one of these."""

    kind: str
    clause: str
    label: str | None
    findings: tuple[str, ...]
    was: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """``clean``: by task that was told faithfully, in what way."""

    shape: str
    source: Source
    planted: tuple[Planted, ...]
    clean: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    spoil: Callable[[Requirement, Told, random.Random], Made]
    findings: tuple[str, ...] = ()
    label: str | None = None


def _of_task(spoil: Callable[[Task, Told, random.Random], Made]) -> Callable[..., Made]:
    return partial(_on_task, spoil)


def _on_task(
    spoil: Callable[[Task, Told, random.Random], Made],
    requirement: Requirement,
    told: Told,
    rng: random.Random,
) -> Made:
    return spoil(requirement.task, told, rng)


WAYS: Mapping[str, Way] = {
    "删任务": Way(drop_task, label="missing"),
    "删子任务": Way(drop_part, ("subtask_dropped",), "partial"),
    "删指标": Way(_of_task(drop_target), ("target_dropped", "subtask_dropped")),
    "降比率": Way(_of_task(lower_rate), ("target_lowered",)),
    "每年改累计": Way(_of_task(to_total), ("target_changed",)),
    "降项目门槛": Way(_of_task(smaller_projects), ("target_changed",)),
    "抬扶持门槛": Way(_of_task(higher_bar), ("target_changed",)),
    "改计量单位": Way(_of_task(other_unit), ("target_lowered", "target_changed")),
    "换指标": Way(_of_task(other_metric), ("target_changed", "target_dropped")),
    "推迟时限": Way(_of_task(later), ("deadline_later",)),
    "删时限": Way(_of_task(drop_time), ("deadline_dropped",)),
    "放慢频次": Way(_of_task(slower_beat), ("deadline_later",)),
    "删单位": Way(_of_task(drop_unit), ("unit_dropped",)),
    "换单位": Way(_of_task(swap_unit), ("unit_wrong",)),
    "换牵头": Way(_of_task(swap_lead), ("unit_wrong",)),
}


class Planter:
    """Spoils what has been spoilt least so far, so that rare kinds of error are not thin."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.used: Counter[str] = Counter()
        self.ground = ""  # all that the plan asks

    def mutants(self, plan: Parsed, parts: Sequence[str], rounds: int) -> list[Mutant]:
        """``rounds`` drafts of one plan in every shape."""
        wanted = requirements(plan, parts)
        by_level = names_lower_level(wanted)
        bound = [r for r in wanted if not excused(r, Standing("", ()), by_level)]
        self.ground = "".join(s.text for r in bound for s in r.sentences)
        name = f"{self.seed}/{plan.document.id}/{'+'.join(parts)}"
        made = drafted.drafted(plan, parts)
        found: list[Mutant] = []
        for number in range(rounds):
            for shape in SHAPES:
                rng = random.Random(f"{name}/{shape}/{number}")
                found.append(self._told(bound, shape, rng, number + len(found)))
            rng = random.Random(f"{name}/{DRAFTED}/{number}")
            found.append(self._drafted(bound, made, rng, number))
        return found

    def _told(
        self, bound: Sequence[Requirement], shape: str, rng: random.Random, turn: int
    ) -> Mutant:
        year = rng.choice(_YEARS)
        told: list[Told] = []
        planted: list[Planted] = []
        for at, requirement in enumerate(bound):
            plain = faithful(requirement, year)
            spoilt = self._spoilt(requirement, plain, rng) if (at + turn) % EVERY == 0 else None
            if spoilt:
                planted.append(spoilt[1])
            one = spoilt[0] if spoilt else plain
            told += [one] if one else []
        known = {error.clause for error in planted}
        order = parted(merged(told, known, rng), known, rng)
        clean = {key: one.how or shape for one in order for key in one.clauses if key not in known}
        return Mutant(shape, SHAPES[shape](order), tuple(planted), clean)

    def _drafted(
        self,
        bound: Sequence[Requirement],
        made: drafted.Drafted,
        rng: random.Random,
        turn: int,
    ) -> Mutant:
        spoilt: dict[str, Told | None] = {}
        planted: list[Planted] = []
        for at, requirement in enumerate(bound):
            told = drafted.telling(requirement, made) if (at + turn) % EVERY == 0 else None
            if told and (found := self._spoilt(requirement, told, rng)):
                spoilt[requirement.task.clause_id] = found[0]
                planted.append(found[1])
        told_of = {key for clause in made.draft.clauses for key in clause.sources}
        keys = {r.task.clause_id for r in bound} & told_of - set(spoilt)
        source = drafted.written(made, spoilt)
        return Mutant(DRAFTED, source, tuple(planted), dict.fromkeys(sorted(keys), DRAFTED))

    def _spoilt(
        self, requirement: Requirement, told: Told, rng: random.Random
    ) -> tuple[Told | None, Planted] | None:
        kinds = list(WAYS)
        rng.shuffle(kinds)
        for kind in sorted(kinds, key=lambda kind: self.used[kind]):
            way = WAYS[kind]
            made = way.spoil(requirement, told, rng)
            if made and not (kind == "删指标" and self._said_again(made[1])):
                self.used[kind] += 1
                key = requirement.task.clause_id
                return made[0], Planted(kind, key, way.label, way.findings, made[1])
        return None

    def _said_again(self, words: str) -> bool:
        """Whether another task states the figure too: then it is not lost."""
        return any(self.ground.count(q.span.of(words)) > 1 for q in quantities(words))
