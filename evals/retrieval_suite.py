"""Suite ``retrieval``: questions over the bundled digests, found as the product finds them.

Kinds: L is close to the wording, P says it in the user's own words, M names the place; D names a
subject alone and asks for its document. S asks what P asks as it is spoken, with hardly a word of
the clause: no search is held to answer those well, so S has a floor of its own and no part in the
mean. ``keys`` are short exact strings that mark the right clauses, all of them. A key counts once,
at the first of ten results that holds it, and a result pays for one key: nDCG with gain 1 each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.bundled import DOCUMENTS
from evals.parse_suite import squeezed
from evals.types import Bar, Case, Result, Score, mean
from index.encoder import Encoder, open_encoder
from index.ingest import ingest
from index.library import Library, open_library
from index.types import Clause

CASES = Path(__file__).resolve().parent / "cases" / "retrieval.jsonl"
DEPTH = 10
MEASURED = ("L", "P", "M")
Row = Mapping[str, Any]
Finder = Callable[[str, Library], Sequence[Clause]]

BARS = (
    Bar("ndcg", 0.88),
    Bar("ndcg_P", 0.76),
    Bar("ndcg_S", 0.5),  # without the vectors it is below
    Bar("document_M", 0.95),
    Bar("document_D", 0.95),
    Bar("cases", 150),
)


def ranks(keys: Sequence[str], texts: Sequence[str]) -> dict[str, int]:
    """The place, from 1, at which each key found is paid for."""
    left, placed = [squeezed(key) for key in keys], {}
    for rank, text in enumerate(map(squeezed, texts[:DEPTH]), start=1):
        held = next((key for key in left if key in text), None)
        if held is not None:
            placed[held] = rank
            left.remove(held)
    return placed


def ndcg(keys: Sequence[str], texts: Sequence[str]) -> Score:
    placed = ranks(keys, texts)
    ideal = sum(1 / math.log2(n + 1) for n in range(1, min(len(keys), DEPTH) + 1))
    gain = sum(1 / math.log2(rank + 1) for rank in placed.values())
    said = [f"{key}：{_place(placed.get(squeezed(key)))}" for key in keys]
    return Score("ndcg", gain / ideal, "；".join(said))


def _place(rank: int | None) -> str:
    return f"第 {rank} 位" if rank else f"前 {DEPTH} 位没有"


def document_first(document: str, found: Sequence[Clause]) -> Score:
    first = found[0].document_id if found else "无结果"
    right = first == document
    return Score(
        "document", float(right), "首位即此文件" if right else f"应为 {document}，首位 {first}"
    )


def judge(row: Row, found: Sequence[Clause]) -> tuple[Score, ...]:
    scores = [ndcg(row["keys"], [clause.text for clause in found])] if "keys" in row else []
    if "document" in row:
        scores.append(document_first(row["document"], found))
    return tuple(scores)


def find(question: str, library: Library) -> list[Clause]:
    return [evidence.clause for evidence in library.search(question, DEPTH)]


def figures(cases: tuple[Case, ...]) -> dict[str, float]:
    """The mean over the kinds that are held to it, and every mean by kind under ``name_kind``."""
    held = tuple(case for case in cases if case.kind in MEASURED)
    means = {"ndcg": mean(held, "ndcg")}
    for kind in dict.fromkeys(case.kind for case in cases):
        chosen = tuple(case for case in cases if case.kind == kind)
        means |= {f"{name}_{kind}": mean(chosen, name) for name in ("ndcg", "document")}
    return {name: value for name, value in means.items() if value is not None}


def search_all(rows: Sequence[Row], finder: Finder, encoder: Encoder) -> tuple[Case, ...]:
    """Every row over a fresh store; the vectors that come with the program are taken over."""
    with TemporaryDirectory() as folder:
        library = open_library(Path(folder), encoder)
        try:
            ingest([DOCUMENTS], library.store, encoder)
            return tuple(
                Case(row["id"], row["kind"], judge(row, finder(row["question"], library)), row)
                for row in rows
            )
        finally:
            library.close()


def run(finder: Finder = find, cases: Path = CASES) -> Result:
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    encoder = open_encoder()
    if encoder is None:
        return Result("retrieval", (), {}, BARS, skipped="此平台没有内置编码器")
    judged = search_all(rows, finder, encoder)
    return Result("retrieval", judged, {**figures(judged), "cases": float(len(rows))}, BARS)
