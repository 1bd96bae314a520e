"""Text recognition (OCR) of one upright page, by the models that come inside rapidocr."""

from __future__ import annotations

import importlib.util
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import ReadError
from index.read.pdfglyphs import Glyph
from index.read.upright import Image

_NARROW = re.compile(r"[\x20-\x7e]")
_FEW = 6  # characters below which the width of a line says little about their size
_SNAP = 0.15
_WEAKEST = 0.5
_LONGEST_SIDE = 2600


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of recognised text, in pixels; ``edges`` are where its characters begin and end."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    edges: tuple[tuple[float, float], ...]


def open_engine() -> Any:
    """Loaded for one file: its models take up to a gigabyte, which the server needs back."""
    if not all(map(importlib.util.find_spec, ("rapidocr", "onnxruntime"))):
        raise ReadError(
            "这是扫描件或图片，本机没有安装文字识别组件；请安装 rapidocr 与 onnxruntime，"
            "或转成 .docx、.txt 再导入"
        )
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _LONGEST_SIDE,
            "Global.text_score": 0.0,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
        }
    )


def recognised(image: Image, engine: Any) -> list[Piece]:
    """The runs of text on the page, weak guesses left out."""
    found = engine(
        image,
        use_det=True,
        use_cls=False,
        use_rec=True,
        return_word_box=True,
        return_single_char_box=True,
        text_score=0.0,
    )
    if found.boxes is None or found.txts is None:
        return []
    by_text = {
        "".join(char for char, _, _ in line): line for line in found.word_results or () if line
    }
    pieces = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= _WEAKEST and text.strip():
            xs, ys = box[:, 0], box[:, 1]
            bounds = float(xs.min()), float(xs.max()), float(ys.min()), float(ys.max())
            pieces.append(Piece(text, *bounds, _edges(text, bounds, by_text.get(text))))
    return pieces


def _edges(
    text: str, bounds: tuple[float, float, float, float], chars: Any
) -> tuple[tuple[float, float], ...]:
    """Where each character stands: as the recogniser saw it, else evenly spread."""
    if chars and abs(float(chars[0][2][0][0]) - bounds[0]) < 2 * (bounds[3] - bounds[2]):
        return tuple((float(box[0][0]), float(box[1][0])) for _, _, box in chars)
    step = (bounds[1] - bounds[0]) / max(_ems(text), 0.5)
    edges, at = [], bounds[0]
    for char in text:
        edges.append((at, at + step * _ems(char)))
        at = edges[-1][1]
    return tuple(edges)


def _ems(text: str) -> float:
    return sum(0.5 if _NARROW.match(char) else 1.0 for char in text)


def cut_at(piece: Piece, places: Sequence[float]) -> Iterator[Piece]:
    """The piece in parts where it runs over an edge between two cells."""
    start = 0
    for place in (*(p for p in sorted(places) if piece.left < p < piece.right), float("inf")):
        end = start
        while end < len(piece.text) and sum(piece.edges[end]) / 2 < place:
            end += 1
        if text := piece.text[start:end].strip():
            edges = piece.edges[start:end]
            yield Piece(text, edges[0][0], edges[-1][1], piece.top, piece.bottom, edges)
        start = end


def glyphs(pieces: Sequence[Piece], height: float, scale: float) -> list[Glyph]:
    """Pieces as the glyphs of a page that counts from its foot; ``scale`` is points a pixel."""
    return [
        Glyph(
            piece.text,
            piece.left * scale,
            piece.right * scale,
            (height - (piece.top + piece.bottom) / 2 - 0.3 * size) * scale,
            size * scale,
            drawn=True,
        )
        for piece, size in zip(pieces, sizes(pieces), strict=True)
    ]


def sizes(pieces: Sequence[Piece]) -> list[float]:
    """The size of type of each piece; what is nearly the size of the running text is that."""
    wide = [(piece.right - piece.left) / _ems(piece.text) for piece in pieces]
    tall = [max(piece.bottom - piece.top, 1.0) for piece in pieces]
    long = {n for n, piece in enumerate(pieces) if _ems(piece.text) >= _FEW}
    if not long:
        return [0.85 * height for height in tall]
    share = statistics.median([wide[n] / tall[n] for n in long])
    usual = statistics.median([wide[n] for n in long for _ in pieces[n].text])
    measured = []
    for n in range(len(pieces)):
        # The frame of a few characters is drawn wide and high: the smaller measure is nearer.
        size = wide[n] if n in long else min(wide[n], tall[n] * share)
        slack = _SNAP if n in long else 2 * _SNAP
        measured.append(usual if abs(size - usual) <= slack * usual else size)
    return measured
