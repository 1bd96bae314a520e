"""Made-up plans of any number, and stores filled with them: the same for every side."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index import rows
from index.encoder import Matrix, unit_rows
from index.store import Store
from index.types import Clause, Document, Parsed, Span

CLAUSES_A_DOCUMENT = 60
DIMENSION = 384
SYNTHETIC = "synthetic"
# Vectors of one theme lie near each other, as those of real clauses do.
THEMES = 2_000
NOISE = 0.6
THINGS = (
    "技术改造 智能工厂 节水灌区 数字车间 绿色园区 养老床位 乡村公路 污水管网 创新平台 产业学院"
).split()
DEEDS = "建成 改造 培育 新增 完成 推广 认定 支持".split()
UNITS = "市工信局 市发改委 市财政局 市水利局 市交通局 市民政局 市科技局".split()


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
    folder.mkdir(parents=True, exist_ok=True)
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


def fill(folder: Path, clauses: int) -> None:
    """A store to search in: real rows, made-up vectors, no tasks (no search reads them)."""
    store, chance, near = Store(folder), random.Random(7), np.random.default_rng(7)
    themes = unit_rows(near.standard_normal((THEMES, DIMENSION), dtype=np.float32))
    plans = (parsed(n, chance) for n in range(clauses // CLAUSES_A_DOCUMENT))
    for batch in batches(plans, 100):
        with store.writing() as db:
            for made in batch:
                rows.insert(db, made, made.document.id, made.document.id)
            add_vectors(db, batch, themes, near)
            rows.raise_content(db)
    store.close()


def batches(plans: Iterator[Parsed], size: int) -> Iterator[list[Parsed]]:
    batch: list[Parsed] = []
    for made in plans:
        batch.append(made)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def parsed(number: int, chance: random.Random) -> Parsed:
    """A plan cut at its numbered lines, without the cost of parsing it."""
    text = plan(number, CLAUSES_A_DOCUMENT, chance)
    name, clauses, place = f"plan-{number:06d}", [], 0
    for line_number, line in enumerate(text.split("\n")):
        if n := max(line_number - 2, 0):
            span = Span(place, place + len(line))
            address = f"{name}/一/{n}"
            clauses.append(
                Clause(address, name, None, "item", str(n), None, ("一、重点任务",), (span,), line)
            )
        place += len(line) + 1
    title = text.partition("\n")[0]
    document = Document(
        name, title, None, None, None, "city", "某市", (), "未注明", "", "方案", text
    )
    return Parsed(document, tuple(clauses), ())


def add_vectors(
    db: sqlite3.Connection, batch: list[Parsed], themes: Matrix, near: np.random.Generator
) -> None:
    query = "SELECT text_hash FROM pieces WHERE document = ?"
    hashes = [row[0] for made in batch for row in db.execute(query, (made.document.id,))]
    matrix = around(themes, len(hashes), near).astype(np.float16)
    values = [(SYNTHETIC, key, row.tobytes()) for key, row in zip(hashes, matrix, strict=True)]
    db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", values)


def around(themes: Matrix, count: int, near: np.random.Generator) -> Matrix:
    noise = unit_rows(near.standard_normal((count, DIMENSION), dtype=np.float32))
    return unit_rows(themes[near.integers(0, THEMES, count)] + NOISE * noise)
