"""What the reader of a report looks at: which rows, in which order, which of them are done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assistant.check import Coverage, Row
from assistant.check.report import weight

STATUS = {
    "covered": "覆盖",
    "flawed": "覆盖有问题",
    "partial": "部分",
    "missing": "缺失",
    "not_applicable": "不适用",
}
COUNTED = {"all": "全部任务", **STATUS, "fault": "处问题", "notice": "处提示"}
View = Literal["table", "page"]
Order = Literal["plan", "weight"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter by status and by kind of finding, an open row, a view; ``done`` are the marks of
    rows that have been dealt with, and ``hide`` takes them out of the table."""

    status: str = "all"
    kind: str = ""
    row: int = 0
    view: View = "table"
    order: Order = "plan"
    done: frozenset[str] = frozenset()
    hide: bool = False


def status_of(row: Row) -> str:
    """A task that is covered with a fault is not simply covered."""
    return "flawed" if row.label == "covered" and row.faults else row.label


def wanting(row: Row) -> bool:
    """Whether somebody has to do something about it."""
    return bool(row.faults) or row.label in ("partial", "missing")


def mark_of(row: Row) -> str:
    """A mark of 已处理 holds as long as the same is said of the same task."""
    told = "|".join(f"{f.type} {f.upper_quote} {f.draft_quote}" for f in row.faults)
    return f"{row.clause} {row.label} {told}"


def is_done(row: Row, shown: Shown) -> bool:
    return bool(shown.done) and mark_of(row) in shown.done


def fits(row: Row, status: str) -> bool:
    if status == "fault":
        return bool(row.faults)
    if status == "notice":
        return bool(row.notices)
    return status in ("all", status_of(row))


def listed(coverage: Coverage, shown: Shown) -> list[tuple[int, Row]]:
    """The rows that the filters let through, with their numbers, in the order that is wanted."""
    rows = [
        (number, row)
        for number, row in enumerate(coverage.rows, 1)
        if fits(row, shown.status)
        and (not shown.kind or any(f.type == shown.kind for f in row.findings))
        and not (shown.hide and is_done(row, shown))
    ]
    return sorted(rows, key=lambda one: -weight(one[1])) if shown.order == "weight" else rows


def kinds(coverage: Coverage, status: str) -> Counter[str]:
    """How often each kind of finding occurs among the rows of a status."""
    severity = status if status in ("fault", "notice") else ""
    return Counter(
        finding.type
        for row in coverage.rows
        if fits(row, status)
        for finding in row.findings
        if severity in ("", finding.severity)
    )
