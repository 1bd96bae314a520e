"""附件 任务分解表: on a page of its own, its head repeated on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from assistant.draft.types import TaskRow
from assistant.draft.word.lines import add_blank, add_text, add_title, add_words
from assistant.draft.word.page import FANG, HEI, off_grid

HEAD = ("序号", "重点任务", "目标要求", "完成时限", "牵头单位", "配合单位", "上级依据")
_PLAIN_HEAD = ("序号", "重点任务", "目标要求", "完成时限", "责任单位", "上级依据")
_WIDTHS = (8, 29, 43, 17, 18, 21, 20)
_PLAIN_WIDTHS = (8, 30, 48, 17, 33, 20)
# Of several levels: 序号, task, one column a level, what the county says, time, who, ground.
_LEVELS_WIDTH = 46
_OWN_WIDTHS = (8, 22, 30, 14, 22, 14)
_SIZE = Pt(9)
_LINE = Pt(13)


def add_annex(doc: Docx, rows: Sequence[TaskRow], *, highlight: bool = True) -> None:
    """附件 in 黑体 at the top left, the title on the third line (7.3.7)."""
    mark = add_text(doc, "附件", first=0, font=HEI)
    mark.paragraph_format.page_break_before = True
    add_blank(doc)
    add_title(doc, "任务分解表")
    add_blank(doc)
    levels = _levels(rows)
    with_lead = any(row.lead for row in rows)
    head: Sequence[str] = HEAD if with_lead else _PLAIN_HEAD
    widths: Sequence[int] = _WIDTHS if with_lead else _PLAIN_WIDTHS
    if len(levels) > 1:
        head, widths = _merged_head(levels)
    table = doc.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], head, widths, HEI, highlight)
    _repeat(table.rows[0])
    for n, row in enumerate(rows, start=1):
        cells = _merged_cells(n, row, levels) if len(levels) > 1 else _cells(n, row, with_lead)
        _fill(table.add_row(), cells, widths, FANG, highlight)


def _levels(rows: Sequence[TaskRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level for row in rows for level, _ in row.demands))


def _merged_head(levels: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """省要求, 市要求, 县拟定 beside each other, so that whoever signs sees what differs."""
    number, task, own, due, units, ground = _OWN_WIDTHS
    each = tuple(_LEVELS_WIDTH // len(levels) for _ in levels)
    names = tuple(f"{level}要求" for level in levels)
    head = ("序号", "重点任务", *names, "本县拟定", "完成时限", "责任单位", "依据")
    return head, (number, task, *each, own, due, units, ground)


def _merged_cells(n: int, row: TaskRow, levels: Sequence[str]) -> tuple[str, ...]:
    asked = dict(row.demands)
    demands = tuple(asked.get(level, "—") for level in levels)
    support = f"配合：{row.support}" if row.lead and row.support else row.support
    units = "；".join(part for part in (f"牵头：{row.lead}" if row.lead else "", support) if part)
    ground = "；".join(part.rsplit("》", 1)[-1] for part in row.basis.split("；"))
    return (str(n), row.title, *demands, shortened(row.goal), row.deadline, units, ground)


def _cells(n: int, row: TaskRow, with_lead: bool) -> tuple[str, ...]:
    units = (row.lead, row.support) if with_lead else (row.support,)
    return (str(n), row.title, shortened(row.goal), row.deadline, *units, short_basis(row))


def cell_words(rows: Sequence[TaskRow]) -> list[str]:
    """Every word that the table has, cell by cell."""
    with_lead = any(row.lead for row in rows)
    head = HEAD if with_lead else _PLAIN_HEAD
    return [*head, *(c for n, row in enumerate(rows, start=1) for c in _cells(n, row, with_lead))]


def shortened(words: str) -> str:
    """A table has no room for the whole request: 【待定：省定20家】."""
    return re.sub(
        r"【待定：(?P<level>国家|省|市)定目标(?P<what>[^】]*?)（全.）[^】]*】",
        r"【待定：\g<level>定\g<what>】",
        words,
    )


def short_basis(row: TaskRow) -> str:
    """三（一）1 alone: the plan's title says whose clause it is."""
    return row.basis.rsplit("》", 1)[-1] or row.basis


def _fill(
    row: _Row, cells: Sequence[str], widths: Sequence[int], font: str, highlight: bool
) -> None:
    for i, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Mm(widths[i])
        _write(cell, words, font, centred=i in {0, 3} or font == HEI, highlight=highlight)
    unbroken = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unbroken)


def _write(cell: _Cell, words: str, font: str, *, centred: bool, highlight: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = _LINE
    off_grid(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    add_words(paragraph, words, font, _SIZE, highlight=highlight)
    properties = cell._tc.get_or_add_tcPr()
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    properties.append(middle)


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
