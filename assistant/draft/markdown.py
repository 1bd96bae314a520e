"""The plan as Markdown, with the upper clause behind every paragraph."""

from __future__ import annotations

from assistant.draft.types import Draft, DraftClause, TaskRow

_MARKS = {1: "##", 2: "###"}


def to_markdown(draft: Draft, *, sources: bool = True) -> str:
    """The whole plan; with ``sources`` each clause names the upper clauses that it stands on."""
    lines = [f"# {draft.title}", ""]
    for clause in (draft.opening, *draft.clauses):
        lines += _clause(clause, sources)
    if draft.rows:
        lines += ["## 附件　任务分解表", "", *_table(draft.rows), ""]
    if sources:
        lines += _notes(draft)
    return "\n".join(lines).rstrip() + "\n"


def _clause(clause: DraftClause, sources: bool) -> list[str]:
    texts = [text for text in clause.text.split("\n") if text]
    mark = f"〔{'、'.join(clause.sources)}〕" if sources and clause.sources else ""
    head = clause.number + clause.heading
    if clause.level in _MARKS and (clause.heading or clause.level == 1):
        body = [part for text in texts for part in (text, "")]
        return [f"{_MARKS[clause.level]} {head}", "", *body, *([mark, ""] if mark else [])]
    if texts:
        texts[0] = (
            head + ("。" if clause.heading and not texts[0].startswith("（") else "") + texts[0]
        )
    else:
        texts = [head]
    texts[-1] += mark
    return [part for text in texts for part in (text.replace("1.", "1\\.", 1), "")]


def _table(rows: tuple[TaskRow, ...]) -> list[str]:
    head = ("序号", "重点任务", "目标要求", "完成时限", "牵头单位", "配合（责任）单位", "依据")
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for n, row in enumerate(rows, start=1):
        cells = (str(n), row.title, row.goal, row.deadline, row.lead, row.support, row.basis)
        out.append("| " + " | ".join(cell.replace("|", "｜") for cell in cells) + " |")
    return out


def _notes(draft: Draft) -> list[str]:
    lines: list[str] = []
    if draft.not_applicable:
        lines += ["## 未列入的上级条款", ""]
        lines += [f"- {o.clause_id}：{o.reason}" for o in draft.not_applicable] + [""]
    if draft.missing:
        lines += ["## 上级文件中提到而未见原文的内容", ""]
        lines += [f"- {m.clause_id}：{m.what}" for m in draft.missing] + [""]
    return lines
