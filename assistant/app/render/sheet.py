"""A4 pages in HTML: lines exactly as cut, 待定 on yellow, 源 in the margin, the annex last."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from assistant.app.render.pages import Block, Page, Part, Piece, paginate
from assistant.app.render.parts import act
from assistant.app.render.plan import NO_DATE, OPEN, blocks_of
from assistant.draft import Draft, Stage, TaskRow
from assistant.draft.filling import Fills
from assistant.draft.word.annex import shortened

HEAD = ("序号", "重点任务", "目标要求", "完成时限", "牵头单位", "配合单位", "上级依据")
SHARES = (5, 18, 28, 9, 13, 13, 14)  # per cent of the width
SMALL, TYPE_MM = 3.8, 156  # one character of the table and the width of type, in mm
ROOM = 40.0  # table lines on a page
FOLDED = 7.0  # fewer table lines on the first, where the title stands


def desk_html(draft: Draft, plain: Draft, fills: Fills, stage: Stage) -> str:
    pages = paginate(blocks_of(draft, plain, fills, stage))
    inputs = {one.id: f"hole-{at}" for at, one in enumerate(plain.placeholders)}
    body = [page_html(page, n, inputs) for n, page in enumerate(pages, start=1)]
    body += annex_html(draft, stage, len(pages) + 1)
    return (
        f'<div class="desk" tabindex="0" role="region" aria-label="方案预览">{"".join(body)}</div>'
    )


def page_html(page: Page, number: int, inputs: dict[str, str]) -> str:
    parts = "".join(part_html(part, inputs) for part in page)
    return framed(f'<div class="a4__type">{parts}</div>', number)


def framed(body: str, number: int, kind: str = "") -> str:
    side = "odd" if number % 2 else "even"
    return (
        f'<article class="a4 {kind}" aria-label="第{number}页">{body}'
        f'<footer class="a4__no a4__no--{side}">— {number} —</footer></article>'
    )


def part_html(part: Part, inputs: dict[str, str]) -> str:
    block = part.block
    first = part.start == 0
    anchor = f' id="{block.anchor}"' if block.anchor and first else ""
    last = len(block.lines) - 1
    lines = "".join(
        line_html(line, block, at == 0, at == last, inputs)
        for at, line in enumerate(part.lines, start=part.start)
    )
    mark = source_html(block) + edit_html(block) if first else ""
    tall = f" a4__p--{block.tall}" if block.tall > 1 else ""
    return f'<p class="a4__p a4__p--{block.align}{tall}"{anchor}>{lines}{mark}</p>'


def line_html(
    line: Sequence[Piece], block: Block, first: bool, last: bool, inputs: dict[str, str]
) -> str:
    kinds = ["ln"]
    if first and block.align == "body":
        kinds.append("ln--first")
    if last or block.align not in {"body", "flat"}:
        kinds.append("ln--last")
    words = "".join(piece_html(piece, inputs) for piece in line)
    return f'<span class="{" ".join(kinds)}">{words}</span>'


def piece_html(piece: Piece, inputs: dict[str, str]) -> str:
    words = escape(piece.text)
    if not piece.look:
        return words
    if piece.key in inputs:
        return f'<label class="{piece.look}" for="{inputs[piece.key]}">{words}</label>'
    return f'<span class="{piece.look}">{words}</span>'


def source_html(block: Block) -> str:
    if not block.sources:
        return ""
    said = "查看上级条款" if len(block.sources) == 1 else f"查看{len(block.sources)}条上级条款"
    attributes = act("open", place=block.anchor, key=f"m-{block.anchor}")
    return f'<button class="mark" {attributes} title="{said}" aria-label="{said}">源</button>'


def edit_html(block: Block) -> str:
    """Opens the clause for editing, its source beside it."""
    if not block.anchor:
        return ""
    attributes = act("edit", place=block.anchor, key=f"e-{block.anchor}")
    return (
        f'<button class="mark mark--edit" {attributes} title="改写" aria-label="改写">改</button>'
    )


def annex_html(draft: Draft, stage: Stage, number: int) -> Iterator[str]:
    """任务分解表 on pages of its own; 版记 at the foot of the last."""
    tables = list(split(draft.rows))
    for at, rows in enumerate(tables):
        top = '<p class="a4__annex">附件</p><h2>任务分解表</h2>' if at == 0 else ""
        foot = imprint_html(draft) if stage == "签发稿" and at == len(tables) - 1 else ""
        yield framed(f"{top}{table_html(rows)}{foot}", number + at, "a4--annex")


def split(rows: Sequence[TaskRow]) -> Iterator[list[tuple[int, TaskRow]]]:
    held: list[tuple[int, TaskRow]] = []
    left = ROOM - FOLDED
    for n, row in enumerate(rows, start=1):
        tall = height(row)
        if held and tall > left:
            yield held
            held, left = [], ROOM
        held.append((n, row))
        left -= tall
    if held:
        yield held


def height(row: TaskRow) -> float:
    """In lines of the table, with the little that stands between two rows."""
    room = [share * TYPE_MM / 100 / SMALL - 1 for share in SHARES[1:]]
    cells = cells_of(row)
    return max(math.ceil(len(cell) / wide) for cell, wide in zip(cells, room, strict=True)) + 0.4


def cells_of(row: TaskRow) -> tuple[str, ...]:
    basis = row.basis.rsplit("》", 1)[-1] or row.basis
    return (row.title, shortened(row.goal), row.deadline, row.lead, row.support, basis)


def table_html(rows: Sequence[tuple[int, TaskRow]]) -> str:
    cols = "".join(f'<col style="width:{share}%">' for share in SHARES)
    heads = "".join(f"<th>{name}</th>" for name in HEAD)
    body = "".join(
        f"<tr><td>{n}</td>{''.join(f'<td>{open_html(one)}</td>' for one in cells_of(row))}</tr>"
        for n, row in rows
    )
    return (
        f"<table><colgroup>{cols}</colgroup><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def open_html(words: str) -> str:
    return OPEN.sub(lambda found: f'<span class="hole">{found.group()}</span>', escape(words))


def imprint_html(draft: Draft) -> str:
    letter = draft.letter
    copied = f"<p>抄送：{escape(letter.copied_to.rstrip('。'))}。</p>" if letter.copied_to else ""
    printed = escape(f"{letter.date or NO_DATE}印发")
    return (
        f'<div class="a4__imprint">{copied}'
        f"<p><span>{escape(letter.office)}</span><span>{printed}</span></p></div>"
    )
