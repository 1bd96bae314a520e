"""Rows in words, passages of the draft, what the county added, and the summary for the leader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from assistant.check.cutting import halved
from assistant.check.passages import ADDED
from assistant.check.types import Finding, Label, Match, Requirement, Row, Sentence
from index.types import Parsed, Span

LABELS: dict[str, str] = {
    "covered": "覆盖",
    "partial": "部分覆盖",
    "missing": "缺失",
    "not_applicable": "不适用",
}
FINDINGS: dict[str, str] = {
    "target_lowered": "指标降低",
    "target_changed": "指标改变",
    "target_dropped": "指标遗漏",
    "deadline_later": "时限推迟",
    "deadline_earlier": "时限提前",
    "deadline_dropped": "时限遗漏",
    "unit_dropped": "责任单位遗漏",
    "unit_wrong": "责任单位不符",
    "subtask_dropped": "子任务遗漏",
    "local_share": "县域分担",
    "nearer_level": "以下一级分解为准",
}
_CLOSING = re.compile(
    r"^本(?:方案|办法|意见|通知|计划)|自(?:印发|发布|公布)之日|以上.{0,12}未(?:注明|明确)|^未(?:注明|明确)|负责解释"
)
_BACKGROUND = re.compile(
    r"指导思想|总体要求|总体考虑|基本原则|基本思路|工作定位|总体定位|基本情况|背景|现状|工作思路|目标"
)
_WAITING = re.compile(r"【待定[^】]*】")
_SINGLE = str.maketrans("《》", "〈〉")
_CUT = 28  # characters from which on a title may have been cut off
_WEIGHT = {"target_lowered": 5, "target_dropped": 5, "subtask_dropped": 4, "deadline_dropped": 4}
_USUAL = 3
_LABEL_WEIGHT = {"missing": 1000, "partial": 100, "covered": 0, "not_applicable": -1}
_COPIED_RUN = 12  # characters that two offices hardly write alike by chance
_COPIED = 0.6


class Totals(TypedDict):
    copied: float
    notices: tuple[str, ...]
    summary: dict[str, object]


def reason_for(label: Label, findings: Sequence[Finding], excuse: str | None) -> str:
    """One sentence that a director understands."""
    if label == "not_applicable":
        return f"不适用：{excuse}。"
    if label == "missing":
        return "草案没有与之对应的内容，请补写。"
    faults = [f for f in findings if f.severity == "fault"]
    lost = [f for f in faults if f.type == "subtask_dropped"]
    others = [f.note for f in faults if f.type != "subtask_dropped"]
    if label == "partial":
        told = "、".join(_short(f.note.removesuffix("未写")) for f in lost)
        more = f"；另有：{'；'.join(others)}" if others else ""
        return f"任务已写，但缺{told}{more}。"
    if others:
        return f"任务已写，但{'；'.join(others)}。"
    notes = [f.note for f in findings]
    return (
        f"任务已写，与上级一致（{'；'.join(notes)}）。" if notes else "任务已写，与上级要求一致。"
    )


def named(row: Row) -> str:
    """The task's title without its full stop; one that was cut off amid a sentence ends after a
    whole part of it, and shows that it goes on."""
    title = row.title.rstrip("。")
    _, found, rest = row.upper_text.partition(title)
    if not found or len(title) < _CUT or not rest[:1].isalnum():
        return title
    whole = re.match(r"(.{12,})[，,、；;]", title)
    return f"{whole[1] if whole else title}…"


def titled(title: str) -> str:
    """In title marks, those inside it single (GB/T 15834-2011, 4.15); one that is in marks as a
    whole keeps them."""
    inner = title[1:-1] if _is_whole(title) else title
    open_ones = max(_depth(inner), 0)
    return f"《{inner.translate(_SINGLE)}{'〉' * open_ones}》"


def _is_whole(title: str) -> bool:
    ends = [i for i in range(1, len(title) + 1) if _depth(title[:i]) == 0]
    return title.startswith("《") and ends[:1] == [len(title)]


def _depth(words: str) -> int:
    return words.count("《") - words.count("》")


def weight(row: Row) -> int:
    """How much there is to be done about a row: what lowers the task weighs more than who is
    named beside it."""
    return _LABEL_WEIGHT[row.label] + sum(_WEIGHT.get(f.type, _USUAL) for f in row.faults)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}……"


def asked_of(requirement: Requirement) -> tuple[str, ...]:
    """The targets in the plan's words, and the times that stand by themselves."""
    quotes = [target.quote.strip() for target in requirement.task.targets]
    quotes += [deadline.quote.strip() for deadline in requirement.task.deadlines]
    return tuple(
        quote
        for i, quote in enumerate(quotes)
        if not any(quote in other for other in (*quotes[:i], *(q for q in quotes if q != quote)))
    )


def passages(answering: Sequence[Sentence], draft: Parsed) -> tuple[Match, ...]:
    """The sentences that answer, in the draft's own words and order."""
    text = draft.document.text
    spans = sorted({sentence.span for sentence in answering})
    return tuple(Match(span, span.of(text)) for span in spans)


def extras(
    best_of: Sequence[float],
    draft: Sequence[Sentence],
    parsed: Parsed,
    least: float,
    rows: Sequence[Row],
) -> tuple[Match, ...]:
    """What answers no upper task: the county's own. What waits to be filled in is not yet that."""
    waiting = open_places(parsed)
    paths = {clause.id: "›".join(clause.path) for clause in parsed.clauses}
    used = [match.span for row in rows for match in row.matches]
    own = [
        sentence
        for sentence, best in zip(draft, best_of, strict=True)
        if best < least
        and len(halved(sentence.text)) >= 12
        and not any(span.contains(sentence.span) for span in used)
        and not any(s.start < sentence.span.end and sentence.span.start < s.end for s in waiting)
        and not _CLOSING.search(sentence.text)
        and not _BACKGROUND.search(paths.get(sentence.clause_id, ""))
    ]
    return passages(own, parsed)


def open_places(draft: Parsed) -> list[Span]:
    """The placeholders that nobody has filled in; the table that we put behind a draft is not
    the draft's."""
    own, _, _ = draft.document.text.partition(ADDED)
    return [Span(*match.span()) for match in _WAITING.finditer(own)]


def left_open(draft: Parsed) -> int:
    """How many are to be filled in: a table of tasks repeats those of the text before it."""
    found = open_places(draft)
    rows = [span for clause in draft.clauses if clause.kind == "row" for span in clause.spans]
    in_rows = sum(any(row.contains(place) for row in rows) for place in found)
    return max(in_rows, len(found) - in_rows)


def summary_of(
    rows: Sequence[Row], wanted: Sequence[Requirement], draft: Sequence[Sentence], waiting: int
) -> Totals:
    copied = copied_share(wanted, draft)
    notices: list[str] = []
    if copied >= _COPIED:
        notices.append(
            f"草案约{copied:.0%}的文字与上级文件逐字相同，请结合本县实际细化，防止照抄照搬。"
        )
    if not any(row.matches for row in rows):
        notices.append("草案中没有找到与上级任务对应的内容，请确认选对了文件，或草案是否完整。")
    return {
        "copied": round(copied, 3),
        "notices": (*([f"草案另有{waiting}处待定未填。"] if waiting else []), *notices),
        "summary": summary(rows, copied, notices),
    }


def summary(rows: Sequence[Row], copied: float, notices: Sequence[str]) -> dict[str, object]:
    """The rows counted, and in words."""
    labels: Counter[str] = Counter(row.label for row in rows)
    faults: Counter[str] = Counter(f.type for row in rows for f in row.faults)
    notes: Counter[str] = Counter(f.type for row in rows for f in row.notices)
    return {
        "tasks": len(rows),
        **{label: labels.get(label, 0) for label in LABELS},
        "faults": sum(faults.values()),
        "notices": sum(notes.values()),
        "by_type": dict(faults),
        "copied": round(copied, 3),
        "overview": "".join([*_counts(rows, labels, faults), *notices]),
        "paragraph": paragraph(rows, labels, faults, notices),
    }


def paragraph(
    rows: Sequence[Row], labels: Counter[str], faults: Counter[str], notices: Sequence[str]
) -> str:
    """What can be pasted into a report."""
    parts = _counts(rows, labels, faults)
    missing = [_short(named(row)) for row in rows if row.label == "missing"]
    if missing:
        more = f"等{len(missing)}项" if len(missing) > 6 else ""
        parts.append(f"缺失任务：{'；'.join(missing[:6])}{more}。")
    return "".join([*parts, *notices])


def _counts(rows: Sequence[Row], labels: Counter[str], faults: Counter[str]) -> list[str]:
    asked = len(rows) - labels["not_applicable"]
    aside = f"；不适用{labels['not_applicable']}项" if labels["not_applicable"] else ""
    parts = [
        f"本次核查上级任务{len(rows)}项，其中应由本县落实{asked}项：覆盖{labels['covered']}项，"
        f"部分覆盖{labels['partial']}项，缺失{labels['missing']}项{aside}。"
    ]
    if faults:
        told = "、".join(f"{FINDINGS[kind]}{count}处" for kind, count in faults.most_common())
        parts.append(f"发现问题{sum(faults.values())}处：{told}。")
    return parts


def copied_share(wanted: Sequence[Requirement], draft: Sequence[Sentence]) -> float:
    """The share of the draft's words that stand in runs word for word in the upper plan."""
    upper = halved("".join(s.text for r in wanted for s in r.sentences))
    held = {upper[i : i + _COPIED_RUN] for i in range(len(upper) - _COPIED_RUN + 1)}
    text = halved("".join(s.text for s in draft))
    if len(text) < _COPIED_RUN or not held:
        return 0.0
    marked = bytearray(len(text))
    for i in range(len(text) - _COPIED_RUN + 1):
        if text[i : i + _COPIED_RUN] in held:
            marked[i : i + _COPIED_RUN] = b"\x01" * _COPIED_RUN
    return sum(marked) / len(text)
