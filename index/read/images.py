"""Pictures of pages (.png .jpg .tif .bmp .webp): a photograph or a scan without its PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import numpy as np
from PIL import Image as Picture
from PIL import ImageOps

from index.errors import ReadError
from index.limits import Task
from index.read.assemble import assemble
from index.read.furniture import furnished
from index.read.pdflines import without_running_lines
from index.read.pdfparagraphs import paragraphs
from index.read.scans import Scanner, with_pictures
from index.read.upright import Image
from index.types import Source

_MOST_PIXELS = 120_000_000
_WORKED = 3200


def read_image(data: bytes, task: Task) -> Source:
    return read_images([data], task)


def read_images(files: Sequence[bytes], task: Task) -> Source:
    """Pictures of pages in their order, as one document."""
    with ExitStack() as opened:
        try:
            pictures = [opened.enter_context(Picture.open(io.BytesIO(data))) for data in files]
            scanner = Scanner(task, sum(getattr(one, "n_frames", 1) for one in pictures))
            drawn = (frame for picture in pictures for frame in _frames(picture))
            pages = [scanner.page(number, frame) for number, frame in enumerate(drawn, 1)]
        except (Picture.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
            raise ReadError("图片不完整或已损坏；请重新扫描或拍照后再导入") from error
    kept = without_running_lines([page.lines for page in pages])
    source = assemble(furnished(list(paragraphs(kept))), scanned=True)
    if not source.text.strip():
        raise ReadError("图片里没有认出文字；请用更清楚的扫描件（200 dpi 以上）再导入")
    return with_pictures(source, pages)


def _frames(picture: Picture.Image) -> Iterator[Image]:
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        if picture.width * picture.height > _MOST_PIXELS:
            raise ReadError("图片尺寸异常巨大，已拒绝；请缩小到 A4 扫描件的大小再导入")
        upright = ImageOps.exif_transpose(picture.convert("RGBA"))
        # What is transparent is paper.
        paper = Picture.new("RGBA", upright.size, "white")
        page = Picture.alpha_composite(paper, upright).convert("RGB")
        page.thumbnail((_WORKED, _WORKED))
        yield np.ascontiguousarray(np.asarray(page)[:, :, ::-1])
