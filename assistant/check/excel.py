"""对照检查表: one row per upper task, for those who work in Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.address import written
from assistant.check.report import FINDINGS, LABELS, titled
from assistant.check.types import Coverage, Finding, Row
from index.masking import masked

_COLUMNS = (
    ("序号", 6),
    ("上级任务", 52),
    ("责任单位", 24),
    ("指标和时限", 26),
    ("结论", 13),
    ("问题", 44),
    ("提示", 34),
    ("草案对应内容", 52),
    ("上级依据", 18),
    ("处理情况", 14),
)
_LABEL = 1 + [name for name, _ in _COLUMNS].index("结论")
_FILLS = {
    "covered": "E0F0E8",
    "flawed": "F8E4E3",
    "partial": "F6EFD0",
    "missing": "F8E4E3",
    "not_applicable": "E9EDF2",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MOST = 32_000  # characters that a cell can hold
_LINE = Side(style="thin", color="C3CAD4")


def write_excel(coverage: Coverage, path: Path, titles: Mapping[str, str] | None = None) -> None:
    """``titles`` name the upper documents by id."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "对照检查表"
    lines = [_cells(number, row, titles or {}) for number, row in enumerate(coverage.rows, 1)]
    _table(sheet, _COLUMNS, lines)
    for number, row in enumerate(coverage.rows, 2):
        fill = PatternFill("solid", start_color=_FILLS[_status(row)])
        sheet.cell(number, _LABEL).fill = fill
    sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "C2"
    _others(book, coverage)
    book.active = 1  # opens with the table; the summary is the sheet before it
    book.save(path)


def _status(row: Row) -> str:
    return "flawed" if row.label == "covered" and row.faults else row.label


def _cells(number: int, row: Row, titles: Mapping[str, str]) -> list[str | int]:
    label = "覆盖（有问题）" if _status(row) == "flawed" else LABELS[row.label]
    title = titles.get(row.document_id, row.document_id)
    return [
        number,
        masked(row.upper_text.strip()),
        "、".join(row.units),
        "\n".join(row.asked),
        label,
        _told(row.faults) or (row.reason if row.label == "missing" else ""),
        _told(row.notices) or (row.reason if row.label == "not_applicable" else ""),
        masked("\n".join(match.quote.strip() for match in row.matches)),
        f"{title} {written(row.document_id, row.clause)}",
        "",
    ]


def _told(findings: Sequence[Finding]) -> str:
    return "\n".join(f"【{FINDINGS[finding.type]}】{finding.note}" for finding in findings)


def _others(book: Workbook, coverage: Coverage) -> None:
    summary = book.create_sheet("小结", 0)
    lines = [str(coverage.summary.get("paragraph", "")), *coverage.notices]
    head = f"{titled(coverage.draft)}对照检查小结"
    _table(summary, [(head, 110)], [[line] for line in lines])
    own: list[list[str | int]] = [
        [number, masked(match.quote.strip())] for number, match in enumerate(coverage.extra, 1)
    ]
    added = book.create_sheet("县级自设内容")
    _table(added, [("序号", 6), ("草案内容", 100)], own or [["", "没有"]])


def _table(
    sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]
) -> None:
    """A table that prints: its head on every page, one page wide."""
    sheet.append([harmless(name) for name, _ in columns])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text is a text, whatever it begins with
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = PatternFill("solid", start_color="E3EBF5")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def harmless(value: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula is led by an apostrophe."""
    if isinstance(value, int):
        return value
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST]
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
