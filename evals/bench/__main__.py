"""``python -m evals.bench``: our times and memory beside those of what a user would pick instead.

Every figure comes from a process of its own, ours and theirs in turn on the same files; ratios are
what counts, and the machine is named.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.bench.plot import drawing
from evals.bench.sides import timed

Row = tuple[str, str, str, str]
MEASURES = {
    "seconds": ("收入到可按字词检索（对方只切分，不编向量）", "s"),
    "p50 ms": ("按字词检索 p50", "ms"),
    "p95 ms": ("按字词检索 p95", "ms"),
    "peak MB": ("内存峰值", "MB"),
}


def side(what: str, clauses: int) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench.sides", what, str(clauses)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def row(what: str, ours: float, theirs: float | None, unit: str) -> Row:
    if theirs is None:
        return what, f"{ours:.2f} {unit}", "—", "—"
    return what, f"{ours:.2f} {unit}", f"{theirs:.2f} {unit}", f"{theirs / ours:.1f}"


def words(sizes: Sequence[int], costs: dict[int, float]) -> Iterator[Row]:
    for clauses in sizes:
        ours, theirs = side("our_words", clauses), side("their_words", clauses)
        costs[clauses] = 1000 * ours["seconds"] / clauses
        name = f"{clauses:,} 条"
        for measure, (said, unit) in MEASURES.items():
            yield row(f"{said}，{name}", ours[measure], theirs[measure], unit)
        yield row(f"库的大小，{name}", ours["store MB"], None, "MB")


def vectors(clauses: int) -> Iterator[Row]:
    ours, theirs = side("our_vectors", clauses), side("their_vectors", clauses)
    name = f"{clauses:,} 条"
    whole = "对方的流水线编完向量才可检索"
    yield row(f"收入到可按字词检索，{name}（{whole}）", ours["words"], theirs["seconds"], "s")
    coarse = f"我们每条一向量，对方共 {theirs['nodes']:.0f} 段"
    yield row(f"收入到有向量，{name}（{coarse}）", ours["seconds"], theirs["seconds"], "s")


def searches(sizes: Sequence[int]) -> Iterator[Row]:
    for clauses in sizes:
        ours, name = side("our_search", clauses), f"{clauses:,} 条"
        yield row(f"字词加向量检索 p50，{name}（编码器另计）", ours["p50 ms"], None, "ms")
        yield row(f"字词加向量检索 p95，{name}（编码器另计）", ours["p95 ms"], None, "ms")
        yield row(f"建索引，{name}", ours["index s"], None, "s")
        yield row(f"内存峰值，{name}", ours["peak MB"], None, "MB")
        yield row(f"库的大小，{name}", ours["store MB"], None, "MB")


def cold() -> Row:
    """``assistant ask`` from the shell over the bundled corpus, the best of three."""
    with tempfile.TemporaryDirectory() as store:
        run = [sys.executable, "-m", "assistant", "--store", store]
        subprocess.run([*run, "ingest", "corpus/documents"], check=True, capture_output=True)
        ask = [*run, "ask", "六盘水百企改造十三五技改要投多少钱？"]
        times = [
            timed(lambda: subprocess.run(ask, check=True, capture_output=True)) for _ in range(3)
        ]
    return row("冷启动 assistant ask", min(times), None, "s")


def machine() -> str:
    system, python = platform.system(), platform.python_version()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{system} {platform.machine()}，{os.cpu_count()} 核，{memory:.0f} GB，Python {python}"


def measured(options: argparse.Namespace, costs: dict[int, float]) -> Iterator[Row]:
    yield from words(options.words, costs)
    if options.vectors:
        yield from vectors(options.vectors)
    yield from searches(options.search)
    yield cold()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="速度对照")
    parser.add_argument("--words", type=int, nargs="*", default=[2_500, 10_000, 40_000, 100_000])
    parser.add_argument("--vectors", type=int, default=2_000)
    parser.add_argument("--search", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--plot", type=Path, help="把每条耗时画成 SVG")
    options = parser.parse_args()
    print(f"{machine()}；对照：LlamaIndex SentenceSplitter + bm25s + jieba\n")
    print("| 项目 | 本项目 | 对照 | 对照/本项目 |\n|---|---|---|---|")
    costs: dict[int, float] = {}
    for cells in measured(options, costs):
        print(f"| {' | '.join(cells)} |", flush=True)
    if options.plot and costs:
        options.plot.write_text(drawing(sorted(costs.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
