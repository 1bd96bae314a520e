"""Slips of recognition that the line itself sets right: similar shapes, lost pause marks."""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from index.read.recognise import Piece
from index.read.upright import Image

# Shapes that recognition takes for each other, where their neighbours leave one reading.
_READINGS = (
    (re.compile(r"^(?:—一|一—|一一(?![对落列梳核审]))(?=[^、])"), "——"),
    (re.compile(r"(?<=\d)[OoＯ〇](?=[\d%.年])"), "0"),
    (re.compile(r"(?<=\d)[lI|](?=[\d%.年])|(?<![A-Za-z])[lI](?=\d)"), "1"),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WIDE = re.compile(r"[\u2014-\u201d\u3000-\u9fff\uff00-\uff65]")
_PAUSE = "、"
_STEP = 1.7  # ems from one character to the next, where nothing stands between them: one
_DARK = 140
_FEWEST_DOTS = 6


def reread(piece: Piece, image: Image, size: float) -> Piece:
    return _shaped(_paused(_closed(piece), image, size))


def _shaped(piece: Piece) -> Piece:
    text = piece.text
    for shape, reading in _READINGS:
        text = shape.sub(reading, text)
    return replace(piece, text=text)


def _closed(piece: Piece) -> Piece:
    """Without the spaces that recognition sets between Han characters and figures or letters."""
    text = piece.text
    kept = [
        n
        for n, char in enumerate(text)
        if char != " " or not (_WIDE.match(text[n - 1 : n]) or _WIDE.match(text[n + 1 : n + 2]))
    ]
    return _of(piece, "".join(text[n] for n in kept), [piece.edges[n] for n in kept])


def _paused(piece: Piece, image: Image, size: float) -> Piece:
    """With the pause marks back of which only the ink is left: 二推进步骤 is 二、推进步骤."""
    text, edges = "", []
    for n, char in enumerate(piece.text):
        text += char
        edges.append(piece.edges[n])
        if n + 1 == len(piece.text) or not _is_gap(piece, n, size):
            continue
        start, end = piece.edges[n][0] + 1.02 * size, piece.edges[n + 1][0]
        if _has_ink(image, (start, min(end, start + 0.6 * size)), (piece.top, piece.bottom)):
            text += _PAUSE
            edges.append((start, end))
    return _of(piece, text, edges)


def _is_gap(piece: Piece, n: int, size: float) -> bool:
    if not (_HAN.match(piece.text[n]) and _HAN.match(piece.text[n + 1])):
        return False
    step = piece.edges[n + 1][0] - piece.edges[n][0]
    return _STEP * size < step < 2.6 * size


def _has_ink(image: Image, columns: tuple[float, float], rows: tuple[float, float]) -> bool:
    """Whether something is printed low in this gap."""
    middle = (rows[0] + rows[1]) / 2
    gap = image[int(middle) : int(rows[1]), int(columns[0]) : int(columns[1])]
    if not gap.size:
        return False
    dark = cv2.cvtColor(gap, cv2.COLOR_BGR2GRAY) < _DARK
    return int(np.count_nonzero(dark)) >= _FEWEST_DOTS


def _of(piece: Piece, text: str, edges: list[tuple[float, float]]) -> Piece:
    return replace(piece, text=text, edges=tuple(edges)) if text else piece
