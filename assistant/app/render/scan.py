"""The picture of a scanned page beside the words that were recognised on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote as url_quote

from index.types import PageImage, ScanLine, Span

MARK = "扫描识别"
WHY = "文字由扫描件识别得来，可能有误认的字，请对照原页"
_MARGIN = 0.02
_NARROWEST = 0.6


def scans_html(document_id: str, pictures: Sequence[PageImage], spans: Sequence[Span]) -> str:
    """For each page the part on which these words stand, with the words marked."""
    return "".join(
        figure_html(document_id, picture, lines)
        for picture in pictures
        if (lines := [line for line in picture.lines if any(_meet(line.span, s) for s in spans)])
    )


def figure_html(document_id: str, picture: PageImage, lines: Sequence[ScanLine]) -> str:
    top = max(min(line.top for line in lines) - _MARGIN, 0.0)
    bottom = min(max(line.bottom for line in lines) + _MARGIN, 1.0)
    # The margins of the paper would only make its words smaller.
    left = max(min(line.left for line in lines) - _MARGIN, 0.0)
    width = max(min(max(line.right for line in lines) + _MARGIN, 1.0) - left, _NARROWEST)
    left = min(left, 1.0 - width)
    height = (bottom - top) * picture.ratio
    marks = "".join(map(mark_html, lines))
    address = escape(f"api/documents/{url_quote(document_id, safe='')}/pages/{picture.page}")
    label = f"原件第{picture.page}页"
    return (
        f'<figure class="scan"><figcaption>{label}'
        f'<a href="{address}" target="_blank" rel="noopener">看整页</a></figcaption>'
        f'<div class="scan__view" style="aspect-ratio:{width:.4f}/{height:.4f}">'
        f'<div class="scan__page" style="width:{100 / width:.2f}%;'
        f"margin-left:-{left / width * 100:.2f}%;"
        f'margin-top:-{top * picture.ratio / width * 100:.2f}%">'
        f'<img src="{address}" alt="{label}的影像" '
        f'style="aspect-ratio:1/{picture.ratio:.4f}" loading="lazy">{marks}</div></div></figure>'
    )


def mark_html(line: ScanLine) -> str:
    left, top = line.left * 100, line.top * 100
    width, height = (line.right - line.left) * 100, (line.bottom - line.top) * 100
    return (
        f'<i style="left:{left:.2f}%;top:{top:.2f}%;width:{width:.2f}%;height:{height:.2f}%"></i>'
    )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
