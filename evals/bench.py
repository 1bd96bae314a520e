"""``python -m evals.bench``: our times beside those of what a user would pick instead.

The other side is LlamaIndex's default way: SentenceSplitter, then BM25 over jieba's words (bm25s).
Both run in this process, one after the other, on the same generated documents. Ratios are what
counts; the machine is named.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.ingest import ingest
from index.library import Library
from index.store import Store

CLAUSES_A_DOCUMENT = 60
THINGS = (
    "技术改造 智能工厂 节水灌区 数字车间 绿色园区 养老床位 乡村公路 污水管网 创新平台 产业学院"
).split()
DEEDS = "建成 改造 培育 新增 完成 推广 认定 支持".split()
UNITS = "市工信局 市发改委 市财政局 市水利局 市交通局 市民政局 市科技局".split()


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours: float
    theirs: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours if self.ours else float("inf")


def plan(number: int, clauses: int, chance: random.Random) -> str:
    """A made-up plan with as many numbered clauses as asked."""
    lines = [f"第{number}号市实施方案", "为做好工作，制定本方案。", "一、重点任务"]
    for n in range(1, clauses + 1):
        thing, deed, unit = chance.choice(THINGS), chance.choice(DEEDS), chance.choice(UNITS)
        year, value = chance.randint(2021, 2030), chance.randint(2, 900)
        lines.append(
            f"{n}.推进{thing}工作。坚持问题导向，完善{thing}推进机制，分年度安排项目，"
            f"到{year}年，{deed}{thing}{value}个以上。（责任单位：{unit}、{chance.choice(UNITS)}）"
        )
    return "\n".join(lines)


def corpus(folder: Path, clauses: int) -> list[Path]:
    chance = random.Random(7)
    paths = []
    for number in range(max(1, clauses // CLAUSES_A_DOCUMENT)):
        path = folder / f"plan-{number:05d}.txt"
        path.write_text(plan(number, CLAUSES_A_DOCUMENT, chance), encoding="utf-8")
        paths.append(path)
    return paths


def questions(count: int) -> list[str]:
    chance = random.Random(11)
    return [
        f"{chance.randint(2021, 2030)}年{chance.choice(DEEDS)}多少个{chance.choice(THINGS)}"
        for _ in range(count)
    ]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def each(work: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    return [timed(partial(work, question)) for question in asked]


def bench_words(clauses: int) -> Iterator[Row]:
    """Ingest to searchable by words, and one search by words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = corpus(folder, clauses)
        asked = questions(60)
        started = time.perf_counter()
        store = Store(folder / "store")
        ingest(paths, store, None)
        library = Library(store, None)
        library.search(asked[0])
        ours = time.perf_counter() - started
        our_times = each(library.search, asked)
        library.close()
        _llama_bm25(paths[:1])  # imports and jieba's dictionary are not counted against it
        started = time.perf_counter()
        other = _llama_bm25(paths)
        other(asked[0])
        theirs = time.perf_counter() - started
        their_times = each(other, asked)
    yield Row(f"收入到可按字词检索，{clauses} 条", ours, theirs)
    yield Row(f"按字词检索 p50，{clauses} 条", *_quantiles(our_times, their_times, 0.5), "ms")
    yield Row(f"按字词检索 p95，{clauses} 条", *_quantiles(our_times, their_times, 0.95), "ms")


def _quantiles(ours: list[float], theirs: list[float], q: float) -> tuple[float, float]:
    def at(times: list[float]) -> float:
        return 1000 * statistics.quantiles(times, n=100)[round(q * 100) - 1]

    return at(ours), at(theirs)


def _llama_bm25(paths: Sequence[Path]) -> Callable[[str], object]:
    import bm25s
    import jieba
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    jieba.setLogLevel(60)
    documents = [Document(text=path.read_text(encoding="utf-8")) for path in paths]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    index = bm25s.BM25()
    index.index([jieba.lcut(node.get_content()) for node in nodes], show_progress=False)
    texts = [node.get_content() for node in nodes]
    count = min(10, len(texts))
    return lambda question: index.retrieve(
        [jieba.lcut(question)], corpus=texts, k=count, show_progress=False
    )


def bench_cold() -> float:
    """Seconds of ``assistant ask`` from the shell over the bundled corpus, best of three."""
    with tempfile.TemporaryDirectory() as store:
        run = [sys.executable, "-m", "assistant", "--store", store]
        subprocess.run([*run, "ingest", "corpus/documents"], check=True, capture_output=True)
        ask = [*run, "ask", "六盘水百企改造十三五技改要投多少钱？"]
        return min(
            timed(lambda: subprocess.run(ask, check=True, capture_output=True)) for _ in range(3)
        )


def machine() -> str:
    system, python = platform.system(), platform.python_version()
    return f"{system} {platform.machine()}，{os.cpu_count()} 核，Python {python}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="速度对照")
    parser.add_argument("--clauses", type=int, nargs="*", default=[2_000, 10_000])
    options = parser.parse_args()
    print(f"{machine()}；对照：LlamaIndex SentenceSplitter + bm25s + jieba\n")
    print("| 项目 | 本项目 | 对照 | 对照/本项目 |\n|---|---|---|---|")
    for clauses in options.clauses:
        for row in bench_words(clauses):
            times = f"{row.ours:.2f} {row.unit} | {row.theirs:.2f} {row.unit}"
            print(f"| {row.what} | {times} | {row.ratio:.1f} |")
    print(f"\n冷启动 assistant ask：{bench_cold():.2f} s（三次取最好）")


if __name__ == "__main__":
    main()
