"""Suite ``parse``: the bundled digests against cases read off them by hand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evals.bundled import Corpus, Reader, corpus, parsed
from evals.types import Bar, Case, Result, Score, mean
from index.types import Target

CASES = Path(__file__).resolve().parent / "cases" / "parse.jsonl"
MAGNITUDE = {"万": 10**4, "亿": 10**8}
Row = Mapping[str, Any]


def squeezed(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def amount(value: float, unit: str) -> tuple[float, str]:
    """The value in base units, and the unit without 万 or 亿; a bare 亿 is money."""
    unit = squeezed(unit)
    while unit and unit[0] in MAGNITUDE:
        value, unit = value * MAGNITUDE[unit[0]], unit[1:].removeprefix("元")
    return round(value, 4), unit


def _equal(name: str, want: object, got: object) -> Score:
    right = squeezed(want) == squeezed(got)
    return Score(name, float(right), "一致" if right else f"应为 {want}，得到 {got}")


def _document(row: Row, read: Corpus) -> tuple[Score, ...]:
    document = read.documents[row["document"]]
    return (_equal("metadata", row["value"], getattr(document, row["field"])),)


def _heading(row: Row, read: Corpus) -> tuple[Score, ...]:
    clause = read.clauses.get(row["clause"])
    got = "没有这一条款" if clause is None else (clause.heading or "").rstrip("。")
    return (_equal("clauses", row["heading"], got),)


def _words(row: Row, read: Corpus) -> tuple[Score, ...]:
    clause = read.clauses.get(row["clause"])
    if clause is None:
        return (Score("clauses", 0.0, f"没有条款 {row['clause']}"),)
    text = read.documents[clause.document_id].text
    own = "".join(span.of(text) for span in clause.spans)
    right = squeezed(row["words"]) in squeezed(own)
    return (
        Score("clauses", float(right), "在条款之内" if right else f"条款原文没有：{row['words']}"),
    )


def _units(row: Row, read: Corpus) -> tuple[Score, ...]:
    task = read.tasks.get(row["clause"])
    if task is None:
        return (Score("tasks", 0.0, f"{row['clause']} 没有成为任务"),)
    text = read.documents[row["document"]].text
    units = [agency.name for agency in task.agencies]
    placed = all(squeezed(a.name) == squeezed(a.span.of(text)) for a in task.agencies)
    return (
        _equal("units", row["units"], units),
        _equal("lead", row["lead"], task.lead),
        Score("spans", float(placed), "单位名与其位置一致" if placed else "单位名与其位置不一致"),
    )


def _target(row: Row, read: Corpus) -> tuple[Score, ...]:
    task = read.tasks.get(row["clause"]) or _branch_task(row["clause"], read)
    want = amount(row["value"], row["unit"])
    same = [t for t in task.targets if amount(t.value, t.unit) == want] if task else []
    found = next((t for t in same if squeezed(row["metric"]) in squeezed(t.metric)), None)
    if found is None:
        near = "、".join(f"{t.metric} {t.value:g}{t.unit}" for t in task.targets) if task else "无"
        return (
            Score("targets", 0.0, f"缺 {row['metric']} {row['value']}{row['unit']}；有：{near}"),
        )
    return (Score("targets", 1.0, "有此目标"), *_target_fields(row, found, read))


def _branch_task(clause: str, read: Corpus) -> Any:
    """A bullet's target may be kept by the task that the bullet belongs to."""
    return read.tasks.get(clause.rsplit("/", 1)[0])


def _target_fields(row: Row, found: Target, read: Corpus) -> tuple[Score, ...]:
    text = read.documents[row["document"]].text
    scores = [_equal(name, row[name], getattr(found, name)) for name in ("op", "basis")]
    scores.append(_equal("by", row["by"], found.by and found.by[-4:] if row["by"] else found.by))
    if "baseline" in row:
        scores.append(_equal("baseline", float(row["baseline"]), found.baseline))
    placed = found.span.of(text) == found.quote
    scores.append(
        Score("spans", float(placed), "引文与其位置一致" if placed else "引文与其位置不一致")
    )
    return tuple(scores)


def _no_target(row: Row, read: Corpus) -> tuple[Score, ...]:
    task = read.tasks.get(row["clause"])
    want = amount(row["value"], row["unit"])
    taken = [t.metric for t in task.targets if amount(t.value, t.unit) == want] if task else []
    return (
        Score(
            "no_target", float(not taken), f"误作目标：{'、'.join(taken)}" if taken else "未作目标"
        ),
    )


def _county(row: Row, read: Corpus) -> tuple[Score, ...]:
    task = read.tasks.get(row["clause"])
    return (_equal("county", row["value"], task.county if task else "没有成为任务"),)


def _kind(row: Row, read: Corpus) -> tuple[Score, ...]:
    task = read.tasks.get(row["clause"])
    return (_equal("kind", row["value"], task.kind if task else "没有成为任务"),)


def _no_task(row: Row, read: Corpus) -> tuple[Score, ...]:
    taken = row["clause"] in read.tasks
    return (Score("tasks", float(not taken), "误作单独任务" if taken else "不是单独任务"),)


CHECKS: dict[str, Callable[[Row, Corpus], tuple[Score, ...]]] = {
    "document": _document,
    "heading": _heading,
    "words": _words,
    "units": _units,
    "target": _target,
    "no_target": _no_target,
    "county": _county,
    "kind": _kind,
    "no_task": _no_task,
}
BARS = (
    Bar("clauses", 0.98),
    Bar("tasks", 0.98),
    Bar("units", 0.98),
    Bar("lead", 0.98),
    Bar("targets", 0.95),
    Bar("op", 0.93),
    Bar("by", 0.93),
    Bar("basis", 0.88),
    Bar("spans", 1.0),
    Bar("metadata", 0.95),
    Bar("cases", 60),
)


def spans_hold(read: Corpus) -> Score:
    """Every clause's text is what its spans give, joined by newlines."""
    broken = [
        clause.id
        for clause in read.clauses.values()
        if clause.text
        != "\n".join(s.of(read.documents[clause.document_id].text) for s in clause.spans)
    ]
    return Score(
        "spans", float(not broken), f"区间与文字不符：{broken[:5]}" if broken else "全部相符"
    )


def run(reader: Reader = parsed, cases: Path = CASES) -> Result:
    read = corpus(reader)
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    judged = tuple(
        Case(row["id"], row["check"], CHECKS[row["check"]](row, read), row) for row in rows
    )
    judged += (Case("spans:every-clause", "spans", (spans_hold(read),)),)
    names = dict.fromkeys(score.name for case in judged for score in case.scores)
    figures = {name: value for name in names if (value := mean(judged, name)) is not None}
    return Result("parse", judged, {**figures, "cases": float(len(rows))}, BARS)
