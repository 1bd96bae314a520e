"""对照检查表: one row per upper task, for those who work in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from assistant.check.report import FINDINGS, LABELS
from assistant.check.types import Coverage, Finding, Row

_COLUMNS = (
    ("序号", 6),
    ("上级条款", 24),
    ("上级任务", 52),
    ("责任单位", 26),
    ("结论", 10),
    ("问题", 46),
    ("提示", 40),
    ("草案对应段落", 60),
    ("说明", 40),
)
_FILLS = {"partial": "F6EFD0", "missing": "F8E4E3", "not_applicable": "E9EDF2", "covered": "E0F0E8"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MOST = 32_000  # characters that a cell can hold


def write_excel(coverage: Coverage, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "对照检查表"
    _table(sheet, [name for name, _ in _COLUMNS], [_cells(i, r) for i, r in _numbered(coverage)])
    for column, (_, width) in zip("ABCDEFGHI", _COLUMNS, strict=True):
        sheet.column_dimensions[column].width = width
    for i, row in enumerate(coverage.rows, 2):
        colour = "F8E4E3" if row.faults and row.label == "covered" else _FILLS[row.label]
        sheet.cell(i, 5).fill = PatternFill("solid", start_color=colour)
    _others(book, coverage)
    book.save(path)


def _numbered(coverage: Coverage) -> list[tuple[int, Row]]:
    return list(enumerate(coverage.rows, 1))


def _cells(number: int, row: Row) -> list[str | int]:
    label = LABELS[row.label]
    if row.label == "covered" and row.faults:
        label = "覆盖（有问题）"
    return [
        number,
        row.clause,
        row.upper_text,
        "、".join(row.units),
        label,
        _told(row.faults),
        _told(row.notices),
        "\n".join(match.quote for match in row.matches),
        row.reason,
    ]


def _told(findings: Sequence[Finding]) -> str:
    return "\n".join(f"【{FINDINGS[finding.type]}】{finding.note}" for finding in findings)


def _others(book: Workbook, coverage: Coverage) -> None:
    added = book.create_sheet("县级自设内容")
    _table(added, ["序号", "草案内容"], [[i, m.quote] for i, m in enumerate(coverage.extra, 1)])
    added.column_dimensions["B"].width = 90
    summary = book.create_sheet("小结")
    lines = [str(coverage.summary.get("paragraph", "")), *coverage.notices]
    _table(summary, [f"《{coverage.draft}》对照检查小结"], [[line] for line in lines])
    summary.column_dimensions["A"].width = 110


def _table(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    sheet.append([harmless(name) for name in header])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text is a text, whatever it begins with
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def harmless(value: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula is led by an apostrophe."""
    if isinstance(value, int):
        return value
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST]
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
