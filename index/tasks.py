"""Which clauses ask something of somebody, and what: the tasks of a plan.

A task is the smallest numbered unit that carries its own list of responsible units; where a branch
has none, the smallest numbered unit. Its words are its own and those of its children that are not
tasks themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.applicability import applicability
from index.facts import deadlines_in_lines, duties, lead_year, targets_in_lines
from index.period import periods
from index.responsible import UnitList, led_by, unit_lists
from index.types import Agency, Clause, Level, Span, Target, Task, TaskKind

_NUMBERED = {"section", "item", "bullet", "article", "row"}
_PRINCIPLE = re.compile(
    r"指导思想|基本思路|基本原则|总体思路|工作原则|工作思路|总体要求|总体考虑|总体定位"
)
_GOAL_ONLY = re.compile(r"目标(?!任务|责任|考核)|主要指标")
_LEFT_OUT = re.compile(r"^[^。]{0,30}[(（]略[)）][。]?$|^(?:[^。]{0,30}\n)?略[。]?$")
_ORGANISATION = re.compile(
    r"组织|实施步骤|推进步骤|工作要求|工作步骤|进度安排|时间安排|督导|考核|责任落实"
)
_MEASURE = re.compile(r"保障|措施|支撑|支持|机制")


@dataclass(frozen=True, slots=True)
class _Branch:
    """A task's clause with the clauses whose words are its own."""

    head: Clause
    members: tuple[Clause, ...]
    year: str | None = None

    @property
    def lines(self) -> list[tuple[Span, str]]:
        return [
            (span, words)
            for clause in self.members
            for span, words in zip(clause.spans, clause.text.split("\n"), strict=True)
        ]


# Whether a line lists units is asked of a clause, of its ancestors, and of its task.
_unit_lists = lru_cache(maxsize=1024)(unit_lists)


def tasks(clauses: Sequence[Clause], level: Level) -> tuple[Task, ...]:
    """Every task of a document in reading order."""
    first_leads = any(listed.first_leads for clause in clauses for listed in _lists(clause))
    built = (_task(branch, first_leads, level) for branch in _branches(clauses))
    return tuple(task for task in built if task is not None)


def _lists(clause: Clause) -> Iterable[UnitList]:
    for span, words in zip(clause.spans, clause.text.split("\n"), strict=True):
        yield from _unit_lists(words, span.start)


def _branches(clauses: Sequence[Clause]) -> Iterable[_Branch]:
    children: dict[str | None, list[Clause]] = defaultdict(list)
    for clause in clauses:
        children[clause.parent].append(clause)
    listed = {clause.id for clause in clauses if any(True for _ in _lists(clause))}
    under = _listed_below(clauses, listed)
    by_id = {clause.id: clause for clause in clauses}
    for clause in clauses:
        year = _inherited(clause, by_id)
        if clause.kind not in _NUMBERED or _in_table(clause) or _LEFT_OUT.match(clause.text):
            continue
        if clause.id in listed:
            yield _Branch(clause, (clause, *_rest(clause, children, listed)), year)
        elif clause.id not in under and not _covered(clause, by_id, listed):
            if clause.kind == "section" and _only_heading(clause) and not children[clause.id]:
                continue  # 三、保障措施 alone asks nothing
            numbered = [c for c in children[clause.id] if c.kind in _NUMBERED and not _in_table(c)]
            if not numbered or _speaks_before_bullets(clause, numbered):
                yield _Branch(clause, (clause,), year)


def _only_heading(clause: Clause) -> bool:
    bare = clause.text.strip().removeprefix(clause.number).lstrip("、.．) ）")
    return clause.heading == bare and len(bare) <= 12 and "、" not in bare


def _inherited(clause: Clause, by_id: Mapping[str, Clause]) -> str | None:
    """The year that a goal's opening words set for the items below it."""
    parent = by_id.get(clause.parent or "")
    return lead_year(parent.text) if parent and _GOAL_ONLY.search("".join(parent.path)) else None


def _in_table(clause: Clause) -> bool:
    return clause.kind == "row" or clause.number.startswith("表")


def _listed_below(clauses: Sequence[Clause], listed: set[str]) -> set[str]:
    """Clauses with a list somewhere below them."""
    parents = {clause.id: clause.parent for clause in clauses}
    above: set[str] = set()
    for start in listed:
        at = parents[start]
        while at is not None:
            above.add(at)
            at = parents[at]
    return above


def _covered(clause: Clause, by_id: Mapping[str, Clause], listed: set[str]) -> bool:
    """An ancestor carries the list for this clause."""
    at = clause.parent
    while at is not None:
        if at in listed:
            return True
        at = by_id[at].parent
    return False


def _rest(
    clause: Clause, children: dict[str | None, list[Clause]], listed: set[str]
) -> Iterable[Clause]:
    for child in children[clause.id]:
        if child.id not in listed:
            yield child
            yield from _rest(child, children, listed)


def _speaks_before_bullets(clause: Clause, numbered: Sequence[Clause]) -> bool:
    """A heading with text of its own before its dashes is a task too."""
    if not all(child.kind == "bullet" for child in numbered):
        return False
    heading = len(clause.heading or "") + len(clause.number) + 3
    return len(clause.text) > heading + 8


def _task(branch: _Branch, first_leads: bool, level: Level) -> Task | None:
    head, lines = branch.head, branch.lines
    agencies, lead = _agencies(branch, first_leads)
    listed = [u.span for span, words in lines for u in _unit_lists(words, span.start)]
    bare = [(span, _without(words, span.start, listed)) for span, words in lines]
    goals = targets_in_lines(bare, branch.year)
    due = deadlines_in_lines(bare, branch.year)
    recurring = tuple(d for span, words in bare for d in duties(words, span.start))
    kind = _kind(head, goals, agencies)
    county, reason = applicability(head, branch.members, agencies, level)
    return Task(
        head.id,
        head.path,
        kind,
        _title(head),
        lead,
        agencies,
        goals,
        due,
        recurring,
        county,
        reason,
    )


def _without(words: str, start: int, listed: Sequence[Span]) -> str:
    """The words with lists of units blanked, so that places stay and names give no facts."""
    chars = list(words)
    for span in listed:
        for i in range(max(span.start - start, 0), min(span.end - start, len(chars))):
            chars[i] = "　"
    return "".join(chars)


def _agencies(branch: _Branch, first_leads: bool) -> tuple[tuple[Agency, ...], str | None]:
    named = [
        agency
        for span, words in branch.lines
        for listed in _unit_lists(words, span.start)
        for agency in listed.agencies
    ]
    leads = [agency.name for agency in named if agency.role == "lead"]
    if not leads and first_leads and named:
        named = [
            replace(agency, role="lead" if i == 0 else "support") for i, agency in enumerate(named)
        ]
        leads = [named[0].name]
    lead = "、".join(leads) or next(
        (who for _, words in branch.lines if (who := led_by(words))), None
    )
    return tuple(named), lead


def _title(clause: Clause) -> str:
    if clause.heading:
        return clause.heading
    first = re.split(r"[。；;]", clause.text[len(clause.number) + 1 :].strip(), maxsplit=1)[0]
    return first[:40]


def _kind(head: Clause, found: Sequence[Target], agencies: Sequence[Agency]) -> TaskKind:
    """The innermost heading that decides; a principle asks nothing of anybody."""
    steps = [step for step in reversed(head.path) if not _is_title(step)]
    for step in steps:
        if _GOAL_ONLY.search(step):
            return "goal"
        if _PRINCIPLE.search(step):
            return "goal" if found or agencies or _binds(head.text) else "principle"
        if _ORGANISATION.search(step) and not agencies:
            return "organisation"
    path = "›".join(steps)
    if _ORGANISATION.search(path) and not _MEASURE.search(head.path[-1] if head.path else ""):
        return "organisation"
    return "measure" if _MEASURE.search(path) else "task"


def _binds(text: str) -> bool:
    """到2020年… in a 总体要求 sets a goal even where no figure does."""
    return any(period.kind == "deadline" for period in periods(text))


def _is_title(step: str) -> bool:
    return bool(re.search(r"(?:方案|计划|意见|办法|通知)(?:[(（].*[)）])?$", step))
