"""The report as a director reads it on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from assistant.address import written
from assistant.check.report import FINDINGS, named, titled
from assistant.check.types import Coverage, Row


def told(coverage: Coverage, titles: Mapping[str, str]) -> Iterator[str]:
    """Counts first, then what is to be done in the plan's order, then what only informs."""
    above = "、".join(titled(title) for title in titles.values()) or "、".join(coverage.upper)
    yield f"核查：{titled(coverage.draft)}对照{above}"
    yield _counts(coverage)
    yield from (f"注意：{notice}" for notice in coverage.notices)
    numbered = list(enumerate(coverage.rows, 1))
    missing = [(n, row) for n, row in numbered if row.label == "missing"]
    yield from _headed("缺失", len(missing), "项，请补写")
    for number, row in missing:
        units = f"（{'、'.join(row.units)}）" if row.units else ""
        yield f"{_at(number, row, titles)}{units}"
    wrong = [(n, row) for n, row in numbered if row.faults]
    yield from _headed("须修改", len(wrong), "项")
    for number, row in wrong:
        yield _at(number, row, titles)
        yield from (f"        {FINDINGS[fault.type]}：{fault.note}" for fault in row.faults)
    yield from _rest(coverage, numbered)


def _counts(coverage: Coverage) -> str:
    count = Counter(row.label for row in coverage.rows)
    flawed = sum(row.label == "covered" and bool(row.faults) for row in coverage.rows)
    asked = len(coverage.rows) - count["not_applicable"]
    inside = f"（其中 {flawed} 项有问题）" if flawed else ""
    return (
        f"应由本县落实 {asked} 项：覆盖 {count['covered']}{inside}，部分覆盖 {count['partial']}，"
        f"缺失 {count['missing']}；不适用 {count['not_applicable']} 项"
    )


def _headed(name: str, count: int, unit: str) -> Iterator[str]:
    if count:
        yield ""
        yield f"{name} {count} {unit}"


def _at(number: int, row: Row, titles: Mapping[str, str]) -> str:
    several = titled(titles[row.document_id]) if len(titles) > 1 else ""
    return f"  {number:>3}  {several}{written(row.document_id, row.clause)}  {named(row)}"


def _rest(coverage: Coverage, numbered: list[tuple[int, Row]]) -> Iterator[str]:
    yield ""
    good = [n for n, row in numbered if row.label == "covered" and not row.faults]
    if good:
        yield f"覆盖、没有问题 {len(good)} 项：第 {_runs(good)} 项"
    aside = [(n, row) for n, row in numbered if row.label == "not_applicable"]
    for number, row in aside:
        yield f"不适用：第 {number} 项，{row.reason.removeprefix('不适用：')}"
    notes = Counter(f.type for row in coverage.rows for f in row.notices)
    if notes:
        parts = "、".join(f"{FINDINGS[kind]} {count} 处" for kind, count in notes.most_common())
        yield f"供参考，不算问题：{parts}"
    if coverage.extra:
        yield f"本县自行增加 {len(coverage.extra)} 处"
    yield ""
    yield f"可用于汇报：{coverage.summary['paragraph']}"


def _runs(numbers: list[int]) -> str:
    """1、3–7、9"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
