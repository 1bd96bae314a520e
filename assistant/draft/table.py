"""任务分解表: what each clause asks, how much, by when, of whom, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.draft.source import UNTITLED, Node, Upper
from assistant.draft.types import DraftClause, TaskRow
from assistant.draft.voice import punctuated
from index.period import Period, periods
from index.types import Task

_FIGURE = re.compile(
    r"【待定：[^】]*目标|\d(?:%|个百分点)|\d[家个户台项名人所件]|[达到破过成]\d[\d.]*[万亿]|"
    r"指数达到\d|全覆盖|三分之一"
)
_NOT_GOAL = re.compile(
    r"补助|补贴|奖励|不超过|税率|扣除|摊销|(?:以上|以下)的?[一-鿿]{0,4}(?:项目|企业)"
)
_GENERAL = re.compile(r"总体要求|指导思想|基本原则|总体思路")
# Words that open a sentence without saying what is to be done.
_LEAD_IN = re.compile(
    r"^(?:对照|围绕|按照?(?!期)|以(?!.{0,12}(?:推动|推进|促进))|针对|结合|发挥|聚焦|根据|依托|利用|立足|"
    r"(?:力争)?到?20\d\d年|在(?!.{0,20}(?:制定|建立|健全|建设|实施|推行))|对(?!.{0,40}(?:加大|加强|实施|开展|建立|实行))|把握|坚持|为|作为|面向)"
)
_DATED = re.compile(r"\d|每(?:年|月|季|周)|年(?:初|底|末)|半年|逐年")
_TIME = re.compile(r"^(?:力争)?(?:到|从|截至)?20\d\d年|^“十|^每年|^力争")
_DUE = re.compile(r"完成时限：([^。]+)。")
_SKIPPED_ROLES = {"principle"}


def rows_of(
    clauses: Sequence[DraftClause], nodes: Mapping[str, Node], read: Sequence[Upper]
) -> tuple[TaskRow, ...]:
    """One row a clause that somebody is responsible for, or that states something to reach."""
    rows: list[TaskRow] = []
    section, above = "", ""
    for clause in clauses:
        if clause.level == 1:
            section = clause.number + clause.heading
            continue
        above = clause.number if clause.level == 2 else above
        node = nodes.get(clause.id)
        if not _is_task(clause, node) or _GENERAL.search(section):
            continue
        where = section + ("" if clause.level == 2 else above) + clause.number
        rows.append(_row(clause, node, where, read))
    return tuple(rows)


def _is_task(clause: DraftClause, node: Node | None) -> bool:
    if clause.units.everyone or (clause.origin == "county" and _countys_own(clause)):
        return True
    task = node.task if node else None
    if task is None or task.kind in _SKIPPED_ROLES:
        return False
    return bool(task.targets or task.deadlines or task.duties)


def _row(clause: DraftClause, node: Node | None, where: str, read: Sequence[Upper]) -> TaskRow:
    units = clause.units
    leads = units.leads if units.leads else ()
    others = units.support
    asked = [name for name in units.everyone if name in units.asked]
    texts = [
        *clause.paragraphs,
        *(p for c in (node.children if node else []) for p in c.paragraphs),
    ]
    return TaskRow(
        clause.id,
        where,
        _title(clause),
        _goal(texts, node, clause),
        _countys_own(clause) if clause.origin == "county" else _deadline(node, texts),
        "、".join(leads),
        "、".join(others),
        "、".join(asked),
        clause.sources,
        "县拟定" if clause.origin == "county" else _basis(clause, read),
        _demands(clause, read),
    )


def _title(clause: DraftClause) -> str:
    if clause.heading:
        return clause.heading
    first = re.split(r"[。；]", clause.paragraphs[0])[0] if clause.paragraphs else ""
    parts = re.split(r"，(?![^【】]*】)", first)
    start = next((i for i, part in enumerate(parts) if not _LEAD_IN.match(part)), 0)
    title = parts[start]
    if len(title) < 8 and start + 1 < len(parts):
        title = "，".join(parts[start : start + 2])
    return re.sub(r"【待定：[^】]*】", "", title)


def _goal(texts: Sequence[str], node: Node | None, clause: DraftClause) -> str:
    """The sentences that state something to reach, in the county's own words."""
    if node is None or node.task is None or not node.task.targets:
        return _first_words(clause)
    pieces = (p for text in texts for p in re.findall(r"[^。；]+[。；]?", text))
    found = [stated for piece in pieces if (stated := _stated(piece.strip("；。")))]
    return "；".join(dict.fromkeys(found)) or _first_words(clause)


def _first_words(clause: DraftClause) -> str:
    """What a task without figures asks: its first sentence, where the heading is another."""
    if not clause.heading or not clause.paragraphs:
        return ""
    return re.split(r"[。；]", re.sub(r"^[一-鿿]{2,6}：", "", clause.paragraphs[0]))[0]


def _stated(piece: str) -> str:
    """The parts of a sentence that state a figure, behind the time that opens it."""
    parts = re.split(r"，(?![^【】]*】)", piece)
    kept = [p for p in parts if "【" in p or (_FIGURE.search(p) and not _NOT_GOAL.search(p))]
    if not kept:
        return ""
    if parts[0] not in kept and _TIME.match(parts[0]):
        kept.insert(0, parts[0])
    return re.sub(r"^[一-鿿]{2,6}：", "", "，".join(kept))


def _deadline(node: Node | None, texts: Sequence[str]) -> str:
    """Dates and recurrences that stand in the county's own words, in that order of trust."""
    task = node.task if node else None
    if task is None:
        return ""
    joined = "".join(texts)
    named = [d.when for d in task.deadlines] + [d.when for d in task.duties]
    found = [punctuated(when) for when in named if _DATED.search(when) and _stands(when, joined)]
    if not any(re.search(r"\d{4}", when) for when in found):
        years = sorted({t.by[:4] for t in task.targets if t.by and t.by[:4] in joined})
        found += [f"{year}年" for year in years]
    if _every_year(task, joined) and not any("每" in when for when in found):
        found.insert(0, "每年")
    return "；".join(dict.fromkeys(found))


def _countys_own(clause: DraftClause) -> str:
    """When a task of the county's own is due: no upper task was read, so its words say it."""
    text = "".join(clause.paragraphs)
    named = _DUE.findall(text)
    found = [one.span.of(text) for one in periods(text) if _due(one)]
    return "；".join(dict.fromkeys(named or found))


def _due(one: Period) -> bool:
    return one.kind in ("deadline", "date") or one.every is not None


def _every_year(task: Task, joined: str) -> bool:
    rates = {"%", "百分点", "个百分点"}
    return "每年" in joined and any(
        t.basis == "per_year" and t.unit not in rates for t in task.targets
    )


def _stands(when: str, text: str) -> bool:
    return punctuated(when) in text


def _basis(clause: DraftClause, read: Sequence[Upper]) -> str:
    """Where the clause stands in which upper plans, as a reader would say it."""
    places = _places(clause, read)
    if any(upper.title == UNTITLED for upper, _ in places):
        return "；".join(f"上级文件{where}" for _, where in places)
    return "；".join(f"《{upper.title}》{where}" for upper, where in places)


def _places(clause: DraftClause, read: Sequence[Upper]) -> list[tuple[Upper, str]]:
    """The first clause of each upper plan that the draft's clause stands on."""
    found: dict[str, tuple[Upper, str]] = {}
    for source in clause.sources:
        for upper in read:
            if source.startswith(upper.id + "/") and upper.id not in found:
                where = address(source.removeprefix(upper.id).strip("/"))
                found[upper.id] = (upper, where)
    return list(found.values())


def rewritten(row: TaskRow, clause: DraftClause) -> TaskRow:
    """The row of a clause that a person has rewritten: what its own words now state."""
    text = "".join(clause.paragraphs)
    pieces = (p for one in clause.paragraphs for p in re.findall(r"[^。；]+[。；]?", one))
    stated = [words for piece in pieces if (words := _stated(piece.strip("；。")))]
    units = clause.units
    return replace(
        row,
        title=_title(clause) or row.title,
        goal="；".join(dict.fromkeys(stated)) or _first_words(clause),
        deadline=_times_again(row.deadline, text),
        lead="、".join(units.leads),
        support="、".join(units.others),
        asked="、".join(name for name in units.everyone if name in units.asked),
    )


def _times_again(before: str, text: str) -> str:
    """The dates that still stand in the words; others take the place of those that are gone."""
    held = [when for when in before.split("；") if when and when in text]
    if held and len(held) == len(before.split("；")):
        return before
    new = [one.span.of(text) for one in periods(text) if one.binds or one.every]
    fresh = [when for when in new if not any(kept in when for kept in held)]
    return "；".join(dict.fromkeys([*held, *fresh]))


def _demands(clause: DraftClause, read: Sequence[Upper]) -> tuple[tuple[str, str], ...]:
    """What each level asks for, in its own words, where there is more than one."""
    if len(read) < 2:
        return ()
    out: dict[str, list[str]] = {}
    for upper in read:
        asked = [task for task in upper.parsed.tasks if task.clause_id in clause.sources]
        quotes = [target.quote for task in asked for target in task.targets]
        words = quotes or [task.title for task in asked]
        out.setdefault(upper.setting.level_word, []).extend(words)
    return tuple(
        (level, "；".join(dict.fromkeys(" ".join(q.split()) for q in words)))
        for level, words in out.items()
        if words
    )


def address(steps: str) -> str:
    """三/(一)/1 → 三（一）1."""
    return "".join(
        re.sub(r"^—(\d+)$", r"第\1项", step.replace("(", "（").replace(")", "）"))
        for step in steps.split("#")[0].split("/")
    )
