"""The ruled lines on the picture of a page."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from index.read.pdfrules import Rule, Rules
from index.read.upright import Image

_SHARE = 40  # a rule is at least this part of the page's longer side
_TALL = 1.5
_MOST = 400


def drawn_rules(image: Image, scale: float, type_size: float) -> Rules:
    """Level and upright lines in points, counted from the foot of the page.

    ``type_size`` in pixels: the strokes of 技 and 术 are no rules.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15
    )
    height = grey.shape[0]
    shortest = max(max(grey.shape) // _SHARE, int(_TALL * type_size), 20)
    level = [
        Rule((height - y - h / 2) * scale, x * scale, (x + w) * scale)
        for x, y, w, h in _strokes(dark, (shortest, 1))
    ]
    upright = [
        Rule((x + w / 2) * scale, (height - y - h) * scale, (height - y) * scale)
        for x, y, w, h in _strokes(dark, (1, shortest))
    ]
    if len(level) + len(upright) > _MOST:
        # A drawing or a photograph, not a table.
        return Rules((), ())
    return Rules(tuple(level), tuple(upright))


def _strokes(dark: Any, kernel: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Boxes of the strokes that are this long one way and thin the other."""
    shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape)
    # A pen that slips by a pixel must not cut a rule in two.
    kept = cv2.dilate(kept, np.ones((3, 3), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    thick = max(max(kernel) // 4, 8)
    return [
        (int(x), int(y), int(w), int(h))
        for x, y, w, h, _ in boxes[1:]
        if (h if kernel[0] > 1 else w) <= thick
    ]
