"""A small deterministic encoder that satisfies the Protocol, and documents to store."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.encoder import Matrix, text_hash, unit_rows
from index.parse import parse
from index.store import Incoming
from index.types import Parsed, Source


class Letters:
    """Texts with the same characters are near to each other; ``asked`` keeps what was encoded."""

    def __init__(self, dimension: int = 32, name: str = "letters") -> None:
        self.dimension = dimension
        self.fingerprint = f"{name}/{dimension}"
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        self.asked += texts
        rows = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row[crc32(character.encode()) % self.dimension] += 1
        return unit_rows(rows)


PLAN = """甲县水利建设实施方案

为加快水利建设，制定本方案。

一、主要目标

到2025年，农村自来水普及率达到90%以上。

二、重点任务

（一）修好水库。完成12座小型水库除险加固。责任单位：县水利局、县财政局

（二）节约用水。推广喷灌设备，灌溉水利用系数提高到0.6。责任单位：县农业农村局
"""


def incoming(
    text: str = PLAN, name: str = "plan", origin: str = "", front: dict[str, object] | None = None
) -> Incoming:
    def parse_as(document_id: str) -> Parsed:
        return parse(Source(text, front=front or {}), document_id, name)

    return Incoming(origin or f"/somewhere/{name}.txt", text_hash(text), name, parse_as)
