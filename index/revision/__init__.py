"""Two versions of one text: figures, times, units and tasks that changed, came or went.

Clauses are paired by their words, figures aside; within a pair the facts are compared, so a
changed figure is shown as one figure that became another, each at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from index.agencies import same_body
from index.revision.facts import Fact, answering, figures, times
from index.revision.pairing import Pair, pairs, words
from index.revision.types import NAMES, Change, Kind, Revision, Side
from index.types import Clause, Parsed, Span, Task

LEAST = 4  # characters; less is a mark, not a clause


def revision(old: Parsed, new: Parsed) -> Revision:
    """Two documents, each under an id of its own."""
    found: list[Change] = []
    same = 0
    tasks = {task.clause_id: task for task in (*old.tasks, *new.tasks)}
    for pair in pairs(old.clauses, new.clauses):
        if pair.old is not None and pair.new is not None and words(pair.old) == words(pair.new):
            same += 1
        found += _changes(pair, old, new, tasks)
    return Revision(old.document.id, new.document.id, tuple(found), same)


def _changes(pair: Pair, old: Parsed, new: Parsed, tasks: Mapping[str, Task]) -> Iterator[Change]:
    if pair.old is None or pair.new is None:
        one, parsed = (pair.new, new) if pair.old is None else (pair.old, old)
        if one is not None and len(words(one)) >= LEAST:
            yield _alone(one, parsed, pair.old is None, tasks)
        return
    if words(pair.old) == words(pair.new):
        return
    a, b = pair.old, pair.new
    facts = [
        *_facts("figure", figures, a, b, old, new, tasks),
        *_facts("deadline", times, a, b, old, new, tasks),
        *_units(a, b, old, new, tasks),
    ]
    yield from facts or [
        Change("words", _title(a), _whole(a, old), _whole(b, new), "数字、时间、单位未变")
    ]


def _alone(clause: Clause, parsed: Parsed, came: bool, tasks: Mapping[str, Task]) -> Change:
    task, side = tasks.get(clause.id), _whole(clause, parsed)
    is_task = task is not None and task.kind in ("task", "goal", "measure", "organisation")
    what = "任务" if is_task else "条款"
    title = task.title if task else _title(clause)
    if came:
        return Change("added", title, None, side, f"新增{what}", is_task)
    return Change("removed", title, side, None, f"删去{what}", is_task)


def _facts(
    kind: Kind,
    read: Callable[[Clause, str], list[Fact]],
    a: Clause,
    b: Clause,
    old: Parsed,
    new: Parsed,
    tasks: Mapping[str, Task],
) -> Iterator[Change]:
    for before, after in answering(read(a, old.document.text), read(b, new.document.text)):
        what = _metric(after, b, new, tasks) if after else _metric(before, a, old, tasks)
        yield Change(
            kind,
            what,
            _side(a, old, before.span) if before else None,
            _side(b, new, after.span) if after else None,
            "改动" if before and after else ("新增" if after else "删去"),
        )


def _metric(fact: Fact | None, clause: Clause, parsed: Parsed, tasks: Mapping[str, Task]) -> str:
    """What the figure is of: the metric of its target, else the words in front of it."""
    assert fact is not None
    task = tasks.get(clause.id)
    for target in task.targets if task else ():
        if target.span.contains(fact.span) or fact.span.contains(target.span):
            return target.metric
    own = next(span for span in clause.spans if span.contains(fact.span))
    before = parsed.document.text[own.start : fact.span.start]
    return before[max(map(before.rfind, "，。；：、\n")) + 1 :][-16:] or _title(clause)


def _units(
    a: Clause, b: Clause, old: Parsed, new: Parsed, tasks: Mapping[str, Task]
) -> Iterator[Change]:
    before, after = tasks.get(a.id), tasks.get(b.id)
    ours = {agency.name: agency for agency in (before.agencies if before else ())}
    theirs = {agency.name: agency for agency in (after.agencies if after else ())}
    title = (after or before).title if (after or before) else _title(b)  # type: ignore[union-attr]
    for name, agency in ours.items():
        if name in theirs:
            continue
        heir = next(
            (other for other in theirs if other not in ours and same_body(name, other)), None
        )
        new_side = _side(b, new, theirs.pop(heir).span) if heir else None
        note = "同一机构，名称不同" if heir else "不再列为责任单位"
        yield Change("unit", title, _side(a, old, agency.span), new_side, note)
    for name, agency in theirs.items():
        if name not in ours:
            yield Change("unit", title, None, _side(b, new, agency.span), "新列为责任单位")
    if before and after and before.lead and after.lead and not same_body(before.lead, after.lead):
        sides = (
            _side(a, old, ours[before.lead].span) if before.lead in ours else None,
            _side(b, new, after_span) if (after_span := _lead_span(after)) else None,
        )
        yield Change("unit", title, *sides, f"牵头单位由{before.lead}改为{after.lead}")


def _lead_span(task: Task) -> Span | None:
    return next((agency.span for agency in task.agencies if agency.name == task.lead), None)


def _side(clause: Clause, parsed: Parsed, span: Span) -> Side:
    return Side(clause.id, span, span.of(parsed.document.text))


def _whole(clause: Clause, parsed: Parsed) -> Side:
    return Side(clause.id, clause.spans[0], clause.spans[0].of(parsed.document.text))


def _title(clause: Clause) -> str:
    return clause.heading or words(clause)[:24]


__all__ = ["NAMES", "Change", "Revision", "Side", "revision"]
