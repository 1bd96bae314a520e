"""Workbooks: every sheet a table, its values as the office sees them."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping

import openpyxl
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from index.errors import ReadError
from index.read.assemble import Block, assemble
from index.read.grid import Cell, tabulate
from index.read.package import check_package
from index.types import Source

_MOST_CELLS = 5_000_000


def read_excel(data: bytes) -> Source:
    check_package(data)
    with warnings.catch_warnings():
        # Remarks on features of the workbook that have nothing to do with its values.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = _formulas(data)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in sheets if _area(sheet)]
    blocks: list[Block] = []
    for sheet in filled:
        if len(filled) > 1:
            blocks.append(sheet.title)
        blocks += tabulate(list(_rows(sheet, formulas.get(sheet.title, {}))))
    return assemble(blocks)


def _formulas(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """The formulas of each sheet by their cells; a program that wrote them may not have reckoned.

    What such a cell would show is known to no reader: its formula is better than nothing.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if "worksheets/" in name]
        if not any(re.search(rb"<(?:\w+:)?f[ >]", package.read(name)) for name in sheets):
            return {}
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and isinstance(cell.value, str)
        }
        for sheet in book.worksheets
    }


def _area(sheet: Worksheet) -> int:
    cells = sheet.max_row * sheet.max_column
    if cells > _MOST_CELLS:
        raise ReadError(
            f"工作表“{sheet.title}”过大（{sheet.max_row} 行 × {sheet.max_column} 列）；"
            "请删去表外多余的格子或分成几个文件"
        )
    return 0 if cells == 1 and sheet.cell(1, 1).value is None else cells


def _rows(sheet: Worksheet, formulas: Mapping[str, str]) -> Iterator[list[Cell]]:
    merged = {
        (area.min_row, area.min_col): (area.size["columns"], area.size["rows"])
        for area in sheet.merged_cells.ranges
    }
    for row in sheet.iter_rows():
        yield [
            Cell(
                shown(cell) or formulas.get(cell.coordinate, ""),
                *merged.get((cell.row, cell.column), (1, 1)),
            )
            for cell in row
            if not isinstance(cell, MergedCell)
        ]


def shown(cell: SheetCell) -> str:
    """The value in the cell's own format as far as it changes what a reader takes from it."""
    value = cell.value
    style = str(cell.number_format).split(";")[0]
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, style)
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


def _number(value: float, style: str) -> str:
    percent = "%" in style
    scaled = round(value * 100, 10) if percent else value
    places = re.search(r"0\.(0+)", style)
    if places:
        figure = f"{scaled:.{len(places[1])}f}"
    elif re.match(r"0(?!\.)|#,##0(?!\.)", style):
        figure = f"{scaled:.0f}"
    else:
        figure = f"{scaled:.15g}"
    unit = "".join(re.findall(r'"([^"]*)"', style))
    return figure + ("%" if percent else "") + unit
