"""台账: the tasks in Excel with columns for progress, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.draft.types import Draft, TaskRow

COLUMNS = (
    ("序号", 6),
    ("方案条目", 14),
    ("重点任务", 34),
    ("目标要求", 46),
    ("完成时限", 14),
    ("牵头单位", 18),
    ("配合（责任）单位", 28),
    ("商请单位", 18),
    ("进展情况", 24),
    ("存在问题", 24),
    ("完成情况", 12),
    ("上级依据", 40),
    ("条款编号", 26),
)
_STATES = '"未启动,推进中,已完成,滞后"'
_LINE = Side(style="thin", color="FF8592A3")


def write_ledger(draft: Draft, path: Path) -> None:
    """One row a task under its plan number; further sheets hold 待定, 不适用 and 缺失."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "任务台账"
    _tasks(sheet, draft)
    pending = list(dict.fromkeys((p.clause_id, p.text) for p in draft.placeholders))
    _plain(book.create_sheet("待定事项"), ("上级条款", "待定内容"), pending)
    left = [(o.clause_id, o.reason, "") for o in draft.not_applicable]
    left += [(o.clause_id, o.reason, o.quote) for o in draft.omitted]
    _plain(book.create_sheet("未列入内容"), ("上级条款", "原因", "未写入的内容"), left)
    gaps = [(m.clause_id, m.what) for m in draft.missing]
    _plain(book.create_sheet("未见原文"), ("上级条款", "提到的文件或略去的内容"), gaps)
    book.properties.title = draft.title
    book.save(path)


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, with an apostrophe in front."""
    if isinstance(value, str) and value.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value


def _tasks(sheet: Worksheet, draft: Draft) -> None:
    sheet.append([draft.title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    levels = list(dict.fromkeys(level for row in draft.rows for level, _ in row.demands))
    columns = (*COLUMNS, *((f"{level}要求", 40) for level in levels))
    _rows(sheet, [name for name, _ in columns], _values(draft.rows, levels))
    for i, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A2:{last}{max(sheet.max_row, 2)}"
    sheet.freeze_panes = "D3"
    choice = DataValidation(type="list", formula1=_STATES, allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"K3:K{max(sheet.max_row, 3)}")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:2"


def _values(rows: Iterable[TaskRow], levels: Sequence[str]) -> list[tuple[object, ...]]:
    return [
        (
            n,
            row.number,
            row.title,
            row.goal,
            row.deadline,
            row.lead,
            row.support,
            row.asked,
            "",
            "",
            "未启动",
            row.basis,
            "、".join(row.sources),
            *(dict(row.demands).get(level, "") for level in levels),
        )
        for n, row in enumerate(rows, start=1)
    ]


def _plain(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    _rows(sheet, head, rows)
    for i in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(i)].width = 28 if i == 1 else 70
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{max(sheet.max_row, 1)}"
    sheet.freeze_panes = "A2"


def _rows(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet.append(list(head))
    top = sheet.max_row
    for row in rows:
        sheet.append([harmless(value) for value in row])
    border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    for cells in sheet.iter_rows(min_row=top, max_row=sheet.max_row, max_col=len(head)):
        for cell in cells:
            cell.border = border
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.font = Font(name="黑体" if cell.row == top else "宋体", size=11)
            if cell.row == top:
                cell.fill = PatternFill("solid", fgColor="FFE3EBF5")
            elif isinstance(cell.value, str) and "【待定" in cell.value:
                cell.fill = PatternFill("solid", fgColor="FFFBE696")
