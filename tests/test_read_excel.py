"""Workbooks: values as they are shown, merged cells, several sheets."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from index.errors import ReadError
from index.read import read


def test_rows_become_lines_and_a_table(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "指标", "目标", "时限", "备注"])
    sheet.append([1, "技改投资增速", 0.105, datetime.date(2025, 12, 31), None])
    sheet.append([2, "企业数", 1200.0, "2025年", "一行\n两行"])
    sheet["C2"].number_format = "0.0%"
    sheet["C3"].number_format = '0"家"'
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx")
    assert source.text.split("\n") == [
        "序号\t指标\t目标\t时限\t备注",
        "1\t技改投资增速\t10.5%\t2025-12-31\t",
        "2\t企业数\t1200家\t2025年\t一行 两行",
    ]
    (table,) = source.tables
    assert [row.of(source.text) for row in table.rows] == source.text.split("\n")


def test_a_caption_stands_above_and_merged_labels_in_every_row(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["任务分解表", None, None],
        ["类别", "任务", "责任单位"],
        ["智能化", "甲", "市工信局"],
        [None, "乙", "市财政局"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx")
    assert source.text.split("\n") == [
        "任务分解表",
        "类别\t任务\t责任单位",
        "智能化\t甲\t市工信局",
        "智能化\t乙\t市财政局",
    ]
    assert source.tables[0].rows[0].of(source.text) == "类别\t任务\t责任单位"


def test_each_visible_sheet_is_a_table_under_its_name(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "工业"
    for name in ("农业", "字典"):
        book.create_sheet(name)
    for sheet in book.worksheets:
        sheet.append(["指标", "值"])
        sheet.append([f"{sheet.title}产值", 5])
    book["字典"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx")
    assert source.text.split("\n") == [
        "工业",
        "指标\t值",
        "工业产值\t5",
        "农业",
        "指标\t值",
        "农业产值\t5",
    ]
    assert len(source.tables) == 2


def test_an_empty_workbook_and_a_boundless_one_are_refused(tmp_path: Path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "vast.xlsx")
    with pytest.raises(ReadError, match=r"empty\.xlsx：.*没有可读的文字"):
        read(tmp_path / "empty.xlsx")
    with pytest.raises(ReadError, match=r"vast\.xlsx：.*过大"):
        read(tmp_path / "vast.xlsx")
