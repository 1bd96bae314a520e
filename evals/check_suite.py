"""Suite ``check``: planted errors over the bundled digests, and the example draft read by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.check import Coverage, Row, Upper, check, read_draft
from assistant.check.vectors import Remembering
from evals.bundled import DOCUMENTS, parsed
from evals.planted import Mutant, Planted, Planter
from evals.types import Bar, Case, Result, Score, mean
from index.encoder import Encoder, open_encoder
from index.parse import parse
from index.types import Parsed

Checker = Callable[[Sequence[Upper], Parsed, Encoder | None], Coverage]
Checked = Callable[[Parsed, tuple[str, ...], Parsed], Coverage]
SEED = 20_240_601
ROUNDS = 2  # drafts of each plan in each shape
CASES = Path(__file__).resolve().parent / "cases" / "check.jsonl"
DRAFTS = (DOCUMENTS.parent / "examples", CASES.parent / "drafts")  # read and judged by hand
BARS = (
    Bar("mutants", least=400),
    Bar("detected", least=0.97),
    Bar("false_alarms", most=0.03),
    Bar("example_labels", least=0.92),
    Bar("example_findings", least=0.85),
)


def run(rounds: int = ROUNDS, checker: Checker = check) -> Result:
    encoder = _encoder()
    planter = Planter(SEED)

    def checked(plan: Parsed, parts: tuple[str, ...], draft: Parsed) -> Coverage:
        return checker([Upper(plan, parts)], draft, encoder)

    cases = [
        case for plan, parts in _plans() for case in _planted(planter, plan, parts, rounds, checked)
    ]
    cases += list(_example(checked))
    return Result("check", tuple(cases), _figures(tuple(cases)), BARS)


def _encoder() -> Encoder | None:
    encoder = open_encoder()
    return None if encoder is None else Remembering(encoder)


def _plans() -> Iterator[tuple[Parsed, tuple[str, ...]]]:
    """Every plan of the corpus; each plan of a file of several by itself."""
    for path in sorted(DOCUMENTS.glob("*.md")):
        plan = parsed(path)
        steps = [part.rpartition("/")[2] for part in plan.document.parts]
        several = [step for step in steps if re.fullmatch(r"P\d+", step)]
        for step in several:
            yield plan, (step,)
        if not several:
            yield plan, ()


def _planted(
    planter: Planter, plan: Parsed, parts: tuple[str, ...], rounds: int, checked: Checked
) -> Iterator[Case]:
    for number, mutant in enumerate(planter.mutants(plan, parts, rounds)):
        draft = parse(mutant.source, "draft", "draft")
        report = checked(plan, parts, draft)
        yield from _judged(mutant, report, f"{mutant.shape}#{number}")


def _judged(mutant: Mutant, report: Coverage, where: str) -> Iterator[Case]:
    rows = {row.clause: row for row in report.rows}
    for error in mutant.planted:
        score = _detected(error, rows[error.clause])
        yield Case(f"{error.clause}@{where}", error.kind, (score,), {"was": error.was})
    for clause, how in mutant.clean.items():
        row = rows[clause]
        quiet = row.label == "covered" and not row.faults
        told = "；".join(f.note for f in row.faults) or row.reason
        score = Score("quiet", float(quiet), "没有误报" if quiet else f"误报：{row.label} {told}")
        yield Case(f"{clause}@{where}", f"忠实：{how}", (score,))


def _detected(error: Planted, row: Row) -> Score:
    """Seen by its type; a task gone by its label."""
    told = [finding.type for finding in row.faults]
    seen = bool(set(told) & set(error.findings)) if error.findings else row.label == error.label
    return Score("detected", float(seen), f"结论 {row.label}，发现 {told}；原文：{error.was[:40]}")


def _example(checked: Checked) -> Iterator[Case]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case: Mapping[str, Any] = json.loads(line)
        upper = parsed(DOCUMENTS / f"{case['upper']}.md")
        draft = next(f for folder in DRAFTS if (f := folder / case["draft"]).is_file())
        report = checked(upper, tuple(case.get("parts", ())), read_draft(draft))
        rows = {row.clause: row for row in report.rows}
        for clause, wanted in case["rows"].items():
            yield Case(
                f"{case['draft']}:{clause}", "示例草案", _example_scores(wanted, rows[clause])
            )


def _example_scores(wanted: Sequence[Any], row: Row) -> tuple[Score, ...]:
    label, findings = wanted[0], sorted(wanted[1:])
    got = sorted({finding.type for finding in row.faults})
    both = len(set(findings) & set(got))
    union = len(set(findings)) + len(got)
    overlap = 2 * both / union if union else None
    return (
        Score("example_label", float(row.label == label), f"应为 {label}，得到 {row.label}"),
        Score("example_findings", overlap, f"应为 {findings}，得到 {got}"),
    )


def _figures(cases: tuple[Case, ...]) -> dict[str, float]:
    planted = tuple(c for c in cases if any(s.name == "detected" for s in c.scores))
    clean = tuple(c for c in cases if any(s.name == "quiet" for s in c.scores))
    figures = {"mutants": float(len(planted)), "detected": mean(planted, "detected") or 0.0}
    for kind, some in _by_kind(planted):
        figures[f"detected：{kind}"] = mean(some, "detected") or 0.0
    figures["false_alarms"] = _alarms(clean)
    for kind, some in _by_kind(clean):
        figures[f"false_alarms：{kind.removeprefix('忠实：')}"] = _alarms(some)
    figures["example_labels"] = mean(cases, "example_label") or 0.0
    figures["example_findings"] = mean(cases, "example_findings") or 0.0
    return figures


def _by_kind(cases: tuple[Case, ...]) -> Iterator[tuple[str, tuple[Case, ...]]]:
    for kind in sorted({case.kind for case in cases}):
        yield kind, tuple(case for case in cases if case.kind == kind)


def _alarms(cases: tuple[Case, ...]) -> float:
    quiet = mean(cases, "quiet")
    return 1.0 if quiet is None else 1 - quiet
