"""What an upper plan asks: its tasks, each with its own sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check.passages import sentences
from assistant.check.types import Requirement
from index.types import Clause, Parsed, Task


def requirements(parsed: Parsed, parts: Sequence[str] = ()) -> tuple[Requirement, ...]:
    """The tasks of a plan in reading order; ``parts`` (P1, P4) keeps those of some plans only."""
    parents = {clause.id: clause.parent for clause in parsed.clauses}
    asked = {task.clause_id for task in parsed.tasks}
    owner = {clause.id: _owner(clause.id, parents, asked) for clause in parsed.clauses}
    return tuple(
        Requirement(task, parsed.document, sentences(parsed, _members(task, parsed, owner)))
        for task in parsed.tasks
        if task.kind != "principle" and _in_parts(task, parsed, parts)
    )


def _owner(clause_id: str, parents: dict[str, str | None], asked: set[str]) -> str | None:
    """The nearest task at or above a clause."""
    at: str | None = clause_id
    while at is not None and at not in asked:
        at = parents.get(at)
    return at


def _members(task: Task, parsed: Parsed, owner: dict[str, str | None]) -> list[Clause]:
    return [clause for clause in parsed.clauses if owner[clause.id] == task.clause_id]


def _in_parts(task: Task, parsed: Parsed, parts: Sequence[str]) -> bool:
    prefixes = [f"{parsed.document.id}/{part}/" for part in parts]
    return not prefixes or any(task.clause_id.startswith(prefix) for prefix in prefixes)
