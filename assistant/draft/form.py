"""The county profile as an Excel form, for people who do not write TOML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from index.errors import SettingsError

_LISTS = {"agencies", "industries", "parks", "firms", "standing"}
_SHEETS = ("基本情况", "本县指标", "本县任务")
_FIGURES = ("指标", "本县数")
_TASKS = ("任务", "内容", "放在哪个标题下", "牵头单位", "配合单位", "完成时限")
_TASK_FIELDS = ("heading", "text", "under", "lead", "support", "deadline")


def write_form(path: Path, fields: dict[str, str]) -> None:
    """An empty form: one row a field, a sheet for figures and one for the county's own tasks."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _SHEETS[0]
    simple = [
        (label, name, "") for name, label in fields.items() if name not in {"figures", "tasks"}
    ]
    _fill(sheet, ("项目", "字段", "填写（多项用、隔开）"), simple, (30, 16, 60))
    _fill(book.create_sheet(_SHEETS[1]), _FIGURES, (), (40, 20))
    _fill(book.create_sheet(_SHEETS[2]), _TASKS, (), (24, 50, 24, 18, 30, 14))
    book.save(path)


def read_form(path: Path) -> dict[str, Any]:
    """The form as the table that TOML would give; empty cells are left out."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises its own, zipfile's and KeyError alike
        raise SettingsError(f"县情表 {path.name} 打不开：{error}；请用自带的表格填写") from error
    if _SHEETS[0] not in book.sheetnames:
        raise SettingsError(f"县情表 {path.name} 没有“{_SHEETS[0]}”工作表；请用自带的表格填写")
    table: dict[str, Any] = {}
    for row in _rows(book[_SHEETS[0]], 3):
        name, value = row[1], row[2]
        if name and value:
            table[name] = _several(value) if name in _LISTS else _plain(name, value)
    if _SHEETS[1] in book.sheetnames:
        figures = {row[0]: row[1] for row in _rows(book[_SHEETS[1]], 2) if row[0] and row[1]}
        table |= {"figures": figures} if figures else {}
    if _SHEETS[2] in book.sheetnames:
        tasks = [_task(row) for row in _rows(book[_SHEETS[2]], 6) if row[0]]
        table |= {"tasks": tasks} if tasks else {}
    return table


def _plain(name: str, value: str) -> object:
    if name == "attached":
        return value not in {"否", "false", "FALSE", "0", "不"}
    return int(value) if name == "year" and value.isdigit() else value


def _several(value: str) -> list[str]:
    for mark in ("，", ",", "；", ";", "\n"):
        value = value.replace(mark, "、")
    return [part.strip() for part in value.split("、") if part.strip()]


def _task(row: Sequence[str]) -> dict[str, object]:
    task: dict[str, object] = {k: v for k, v in zip(_TASK_FIELDS, row, strict=True) if v}
    if "support" in task:
        task["support"] = _several(str(task["support"]))
    return task


def _rows(sheet: Any, width: int) -> list[list[str]]:
    rows = sheet.iter_rows(min_row=2, max_col=width, values_only=True)
    return [
        ["" if cell is None else str(cell).strip() for cell in (*row, *([None] * width))][:width]
        for row in rows
    ]


def _fill(
    sheet: Worksheet,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    for i, (cell, width) in enumerate(zip(sheet[1], widths, strict=True)):
        cell.font = Font(name="黑体", size=11)
        cell.fill = PatternFill("solid", fgColor="FFE3EBF5")
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions["ABCDEF"[i]].width = width
    sheet.freeze_panes = "A2"
