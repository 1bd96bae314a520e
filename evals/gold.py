"""The hand-made labels beside the checkout, scored by their own program on the command's output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.types import Bar, Case, Result, Score

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
ROOT = Path(__file__).resolve().parents[1]

TASK_BARS = {
    "clauses.precision": 0.98,
    "clauses.recall": 0.98,
    "units_exact": 0.98,
    "lead_exact": 0.98,
    "targets.f1": 0.95,
    "target_op_exact": 0.93,
    "target_by_exact": 0.93,
    "target_basis_exact": 0.88,
}
QUESTION_BARS = {
    "right": 0.90,
    "fact_recall": 0.94,
    "evidence_cited": 0.94,
    "declined_rightly": 0.90,
    "citations_real": 1.0,
}

BARS = (
    *(Bar(f"tasks:{figure}", least) for figure, least in TASK_BARS.items()),
    *(Bar(f"qa:{figure}", least) for figure, least in QUESTION_BARS.items()),
    Bar("qa:declined_wrongly", most=0.04),
    Bar("qa:numbers_unsupported", most=0),
    Bar("search:ndcg", 0.88),
    Bar("search:ndcg_P", 0.76),
)


@dataclass(frozen=True, slots=True)
class Scored:
    figures: dict[str, float]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """The command on a store of its own, and the labels."""

    store: Path
    work: Path
    shared: Path

    def command(self, *arguments: str) -> str:
        call = [sys.executable, "-m", "assistant", "--store", str(self.store), *arguments]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"命令失败：{' '.join(arguments)}：{done.stderr.strip()[-500:]}")
        return done.stdout

    def score(self, *arguments: str) -> Scored:
        call = [sys.executable, str(self.shared / "gold" / "score.py"), *arguments, "--cases"]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        *faults, last = done.stdout.splitlines()
        return Scored(_flat(json.loads(last)), tuple(faults))


def _flat(figures: dict[str, object], prefix: str = "") -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        elif isinstance(value, int | float):
            flat[prefix + name] = float(value)
    return flat


def tasks(bench: Bench) -> list[tuple[str, Scored]]:
    """Each plan by itself, and ``tasks``: all of them pooled, which the bars are set on."""
    found, labelled, given = [], "", {}
    for labels in sorted((bench.shared / "gold").glob("tasks-*.jsonl")):
        document = labels.stem.removeprefix("tasks-").rsplit("-P", 1)[0]
        out = bench.work / f"{document}.json"
        given[document] = json.loads(bench.command("tasks", document, "--json"))
        out.write_text(json.dumps(given[document], ensure_ascii=False), encoding="utf-8")
        found.append((labels.stem, bench.score("tasks", str(labels), str(out))))
        labelled += labels.read_text(encoding="utf-8").strip() + "\n"
    pool, out = bench.work / "tasks.jsonl", bench.work / "tasks.json"
    pool.write_text(labelled, encoding="utf-8")
    every = [task for one in given.values() for task in one]
    out.write_text(json.dumps(every, ensure_ascii=False), encoding="utf-8")
    pooled = bench.score("tasks", str(pool), str(out))
    return [*found, ("tasks", Scored(pooled.figures, ()))]


def questions(bench: Bench) -> list[tuple[str, Scored]]:
    labels = bench.work / "qa.jsonl"
    parts = sorted((bench.shared / "gold").glob("qa-*.jsonl"))
    labels.write_text("".join(p.read_text(encoding="utf-8") for p in parts), encoding="utf-8")
    out = bench.work / "qa.out.jsonl"
    bench.command("ask", "--batch", str(labels), "--out", str(out))
    return [("qa", bench.score("qa", str(labels), str(out), str(bench.shared / "seeds")))]


def retrieval(bench: Bench) -> list[tuple[str, Scored]]:
    labels, out = bench.shared / "gold" / "retrieval.jsonl", bench.work / "search.jsonl"
    bench.command("search", "--batch", str(labels), "--out", str(out), "-k", "10")
    return [("search", bench.score("search", str(labels), str(out)))]


def run(shared: Path = SHARED) -> Result:
    if not (shared / "gold" / "score.py").exists():
        return Result("gold", (), {}, (), skipped="检出旁没有 shared/gold，略过正式标注")
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "store", Path(folder), shared)
        bench.command("ingest", str(shared / "seeds"))
        scored = [*tasks(bench), *questions(bench), *retrieval(bench)]
    return _result(scored)


def _result(scored: Sequence[tuple[str, Scored]]) -> Result:
    # Plans by themselves are in the cases; their figures are only told pooled.
    figures = {
        f"{name}:{key}": value
        for name, one in scored
        if not name.startswith("tasks-")
        for key, value in one.figures.items()
    }
    cases = tuple(
        Case(f"{name}#{place}", name, (Score("right", 0.0, fault),))
        for name, one in scored
        for place, fault in enumerate(one.faults, start=1)
    )
    return Result("gold", cases, figures, BARS)
