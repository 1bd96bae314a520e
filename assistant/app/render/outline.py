"""A document's outline: every clause folded under its parent, with what it asks of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from assistant.app.render import paper
from assistant.app.render.parts import chip
from index.types import Clause, Document, Task

OPENING = 34  # characters of a clause without a heading that stand for it
Children = Mapping[str | None, Sequence[Clause]]


def outline_html(document: Document, clauses: Sequence[Clause], tasks: Sequence[Task]) -> str:
    known = {clause.id for clause in clauses}
    children: defaultdict[str | None, list[Clause]] = defaultdict(list)
    for clause in clauses:
        children[clause.parent if clause.parent in known else None].append(clause)
    asked = {task.clause_id: task for task in tasks}
    return "".join(branch_html(document, top, children, asked, 1) for top in children[None])


def branch_html(
    document: Document, clause: Clause, children: Children, asked: Mapping[str, Task], depth: int
) -> str:
    task = asked.get(clause.id)
    body = own_html(document, clause) + (task_html(task) if task else "")
    below = "".join(
        branch_html(document, child, children, asked, depth + 1)
        for child in children.get(clause.id, ())
    )
    label = escape(name(document, clause)) + (chip("任务", "task") if task else "")
    style = "tree tree--named" if clause.heading and depth == 1 else "tree"
    if not body and not below:
        if bare(clause.text) == bare(document.title):
            return ""
        return f'<p class="{style}">{label}</p>'
    opened = " open" if depth == 1 and below else ""
    return f'<details class="{style}"{opened}><summary>{label}</summary>{body}{below}</details>'


def name(document: Document, clause: Clause) -> str:
    """The line a clause is known by: number and heading, else its opening words."""
    lead = paper.lead_span(document, clause)
    if lead:
        return lead.of(document.text).strip()
    words = clause.heading or "".join(clause.text.split())
    return words if len(words) <= OPENING else f"{words[:OPENING]}…"


def own_html(document: Document, clause: Clause) -> str:
    """The clause's words, without a first line that its name already says."""
    if clause.kind == "row":
        return f'<div class="tree__text">{paper.clause_html(document, clause)}</div>'
    said = bare(name(document, clause))
    words = [line for span in clause.spans for line in paper.lines(document.text, span)]
    if words and bare(words[0].of(document.text)) == said:
        words = words[1:]
    body = "".join(f"<p>{escape(line.of(document.text))}</p>" for line in words)
    return f'<div class="tree__text">{body}</div>' if body else ""


def bare(words: str) -> str:
    return "".join(words.split()).rstrip("。：:")


def task_html(task: Task) -> str:
    names = "、".join(agency.name for agency in task.agencies)
    facts = (
        ("牵头单位", task.lead or ""),
        ("责任单位", names),
        ("指标", "；".join(target.quote for target in task.targets)),
        ("时限", "；".join(dict.fromkeys(one.when for one in task.deadlines))),
    )
    rows = "".join(f"<dt>{key}</dt><dd>{escape(said)}</dd>" for key, said in facts if said)
    return f'<dl class="tree__task">{rows}</dl>' if rows else ""
