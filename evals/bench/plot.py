"""The cost of a clause against the size of the library, as a drawing without any package."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 560, 300, 56


def drawing(points: Sequence[tuple[int, float]]) -> str:
    """SVG: clauses (logarithmic) to the right, milliseconds a clause upwards from zero."""
    top = 1.25 * max(cost for _, cost in points)
    first, last = math.log(points[0][0]), math.log(points[-1][0])

    def x(clauses: int) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (math.log(clauses) - first) / max(last - first, 1e-9)

    def y(cost: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * cost / top

    line = " ".join(f"{x(n):.1f},{y(cost):.1f}" for n, cost in points)
    marks = "".join(
        f'<circle cx="{x(n):.1f}" cy="{y(cost):.1f}" r="3.5"/>'
        f'<text x="{x(n):.1f}" y="{y(cost) - 10:.1f}">{cost:.2f}</text>'
        f'<text x="{x(n):.1f}" y="{HEIGHT - EDGE + 20}">{n:,}</text>'
        for n, cost in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13" text-anchor="middle" fill="#10294a">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<path d="M{EDGE} {HEIGHT - EDGE}H{WIDTH - EDGE}" stroke="#8592a3"/>'
        f'<text x="{WIDTH / 2}" y="24">收入到可按字词检索：每条毫秒</text>'
        f'<polyline points="{line}" fill="none" stroke="#1d4577" stroke-width="2"/>{marks}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}">条款数</text></svg>\n'
    )
