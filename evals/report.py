"""A run as a Markdown table for people and one self-contained JSON log for programs."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.types import Bar, Case, Result

ROOT = Path(__file__).resolve().parents[1]
MOST_FAULTS_SHOWN = 40


def figures_table(results: Sequence[Result]) -> str:
    lines = ["| 套件 | 指标 | 数值 | 要求 | 结论 |", "|---|---|---:|---|---|"]
    for result in results:
        if result.skipped:
            lines.append(f"| {result.suite} | – | – | – | 未运行：{result.skipped} |")
            continue
        bars = {bar.figure: bar for bar in result.bars}
        for name in dict.fromkeys([*result.figures, *bars]):
            lines.append(_row(result, name, bars))
    return "\n".join(lines)


def _row(result: Result, name: str, bars: Mapping[str, Bar]) -> str:
    value = result.figures.get(name)
    shown = "缺" if value is None else f"{value:.4g}"
    bar = bars.get(name)
    verdict = "" if bar is None else ("未达" if bar in result.missed else "达到")
    return f"| {result.suite} | {name} | {shown} | {bar or ''} | {verdict} |"


def kinds_table(result: Result) -> str:
    """For each kind of case: how many, and how many without a fault."""
    lines = [f"| {result.suite}：类别 | n | 无差错 |", "|---|---:|---:|"]
    for kind in dict.fromkeys(case.kind for case in result.cases):
        of_kind = [case for case in result.cases if case.kind == kind]
        right = sum(not case.faults for case in of_kind)
        lines.append(f"| {kind} | {len(of_kind)} | {right} |")
    return "\n".join(lines)


def faults(result: Result) -> str:
    found = [case for case in result.cases if case.faults]
    lines = [
        f"- `{case.id}`（{case.kind}）{score.name}：{score.explanation}"
        for case in found[:MOST_FAULTS_SHOWN]
        for score in case.faults
    ]
    if len(found) > MOST_FAULTS_SHOWN:
        lines.append(f"- ……另有 {len(found) - MOST_FAULTS_SHOWN} 例，见 JSON 日志")
    return "\n".join(lines)


def markdown(results: Sequence[Result]) -> str:
    parts = [f"# 评测 {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", figures_table(results)]
    for result in results:
        if result.cases:
            parts.append(kinds_table(result))
        parts += [f"- {result.suite}：{note}" for note in result.notes]
        if listed := faults(result):
            parts.append(f"## {result.suite}：差错\n{listed}")
    return "\n\n".join(parts) + "\n"


def log(results: Sequence[Result]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": revision(),
        "corpus": corpus_hash(),
        "passed": not any(result.missed for result in results),
        "suites": [_suite(result) for result in results],
    }


def _suite(result: Result) -> dict[str, object]:
    return {
        "suite": result.suite,
        "skipped": result.skipped,
        "figures": dict(result.figures),
        "bars": [str(bar) for bar in result.bars],
        "missed": [str(bar) for bar in result.missed],
        "notes": list(result.notes),
        "cases": [_case(case) for case in result.cases],
    }


def _case(case: Case) -> dict[str, object]:
    scores = [
        {"name": score.name, "value": score.value, "explanation": score.explanation}
        for score in case.scores
    ]
    return {"id": case.id, "kind": case.kind, "input": dict(case.input), "scores": scores}


def revision() -> str:
    """The commit that ran, or empty where there is no git."""
    try:
        shown = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return shown.stdout.strip()


def corpus_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "corpus" / "documents").glob("*.md")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def save(results: Sequence[Result], folder: Path) -> Path:
    """Write ``NAME.json`` and ``NAME.md``; gives the path of the log."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{'-'.join(r.suite for r in results)}"
    (folder / f"{name}.md").write_text(markdown(results), encoding="utf-8")
    path = folder / f"{name}.json"
    path.write_text(json.dumps(log(results), ensure_ascii=False, indent=1), encoding="utf-8")
    return path
