"""A scanned page, turned so that its lines run level from left to right."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

_LOOK = 1000  # pixels of the longer side; enough to see which way lines run
_SAMPLES = 12
_LONG = 3.0
_LEVEL = 0.25  # degrees that recognition does not mind
_MOST = 15.0
_TURNS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def turned(image: Image, engine: Any) -> Image:
    """The page upright; as it is where it has no lines to tell by."""
    scale = min(1.0, _LOOK / max(image.shape[:2]))
    small = scaled(image, scale)
    lines = _lines(small, engine)
    if not lines:
        return image
    standing = sum(_is_standing(line) for line in lines) * 2 > len(lines)
    if standing:
        small, lines = _turned(small, 270), []
    reversed_ = _is_reversed(small, lines or _lines(small, engine), engine)
    turn = (270 if standing else 0) + (180 if reversed_ else 0)
    upright = _turned(image, turn % 360)
    return _levelled(upright, 0.0 if standing else _slope(lines))


def scaled(image: Image, by: float) -> Image:
    way = cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=by, fy=by, interpolation=way)  # type: ignore[return-value]


def _turned(image: Image, degrees: int) -> Image:
    return cv2.rotate(image, _TURNS[degrees]) if degrees else image  # type: ignore[return-value]


def _lines(image: Image, engine: Any) -> list[NDArray[np.float32]]:
    """The longest text lines seen, as four corners from the upper left clockwise."""
    found = engine(image, use_det=True, use_cls=False, use_rec=False)
    boxes = [] if found.boxes is None else [np.asarray(b, np.float32) for b in found.boxes]
    long = [box for box in boxes if max(_sides(box)) > _LONG * min(_sides(box))]
    return sorted(long, key=lambda box: -max(_sides(box)))[:_SAMPLES]


def _sides(box: NDArray[np.float32]) -> tuple[float, float]:
    return (
        max(float(np.linalg.norm(box[1] - box[0])), 1.0),
        max(float(np.linalg.norm(box[3] - box[0])), 1.0),
    )


def _is_standing(box: NDArray[np.float32]) -> bool:
    width, height = _sides(box)
    return height > width


def _is_reversed(image: Image, lines: Sequence[NDArray[np.float32]], engine: Any) -> bool:
    """Whether most lines stand on their head."""
    heads = 0
    for box in lines:
        left, top, width, height = cv2.boundingRect(box.astype(np.int32))
        cut = image[max(top, 0) : top + height, max(left, 0) : left + width]
        if cut.size:
            label, _ = engine(cut, use_det=False, use_cls=True, use_rec=False).cls_res[0]
            heads += label == "180"
    return heads * 2 > len(lines)


def _slope(lines: Sequence[NDArray[np.float32]]) -> float:
    angles = [
        float(np.degrees(np.arctan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))) for box in lines
    ]
    return statistics.median(angles) if angles else 0.0


def _levelled(image: Image, slope: float) -> Image:
    if not _LEVEL < abs(slope) < _MOST:
        return image
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
    return cv2.warpAffine(  # type: ignore[return-value]
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
