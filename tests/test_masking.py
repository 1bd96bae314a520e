"""Phones and identity numbers are unreadable in logs, audit, feedback and what exports quote."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import PLAN, incoming
from openpyxl import load_workbook

from assistant.check import Upper, check
from assistant.check.excel import write_excel
from assistant.draft import draft, profile_of, write_docx
from index.masking import mask_logs, masked
from index.store import Store

PHONE, IDENTITY = "13812345678", "410802198203041237"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系电话：13812345678。", "联系电话：138******78。"),
        ("手机 138-1234-5678", "手机 138-****-**78"),
        ("+86 13812345678", "+86 1********78"),
        ("电话0391-2871234转8012", "电话0391-*****34转8012"),
        ("（0391）2871234", "（0391）*****34"),
        ("电话：2871234", "电话：*****34"),
        ("１３８１２３４５６７８", "１３８******７８"),
        ("身份证号410802198203041237", "身份证号410*************37"),
        ("身份证号41080219820304123X，", "身份证号410*************3X，"),
        ("旧号410802820304123", "旧号410**********23"),
    ],
)
def test_numbers_of_people_are_hidden(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "到2025年，完成投资13800000000元",
        "投资13812.345678万元",
        "甲政发〔2021〕5号，2016—2020年",
        "统一社会信用代码91410800MA12345678",
        "面积4000万平方米，10000家以上，0.68%",
        "zhejiang-2017/三/(一)/1 at 2026-11-24T20:51:58+00:00",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text or ("138" in text and "元" in text)


@given(st.text(max_size=60))
def test_a_text_keeps_its_length_and_loses_only_digits(text: str) -> None:
    shown = masked(text)
    assert len(shown) == len(text)
    assert all(a == b or b == "*" for a, b in zip(text, shown, strict=True))
    assert masked(shown) == shown


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a handler writes; the factory of this process is put back."""
    factory, stream = logging.getLogRecordFactory(), StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logging.getLogger("masking").addHandler(handler)
    mask_logs()
    yield stream
    logging.setLogRecordFactory(factory)
    logging.getLogger("masking").removeHandler(handler)


def test_logs_are_masked_with_their_arguments_and_tracebacks(log: StringIO) -> None:
    logger = logging.getLogger("masking")
    logger.warning("问题：%s，第 %d 次", f"打{PHONE}找谁", 3)
    logger.warning("%s", ValueError(f"身份证 {IDENTITY}"))
    try:
        raise RuntimeError(PHONE)
    except RuntimeError:
        logger.exception("没有答成")
    said = log.getvalue()
    assert "138******78找谁，第 3 次" in said and "RuntimeError: 138******78" in said
    assert PHONE not in said and IDENTITY not in said


def test_audit_and_feedback_are_masked_and_the_text_is_not(tmp_path: Path) -> None:
    text = PLAN + f"\n联系电话：{PHONE}。\n"
    store = Store(tmp_path)
    store.put(incoming(text, "p", origin=f"/收件/{PHONE}.txt"))
    store.add_audit("upload", "p", {"user": "甲", "notes": [f"身份证{IDENTITY}"]})
    store.add_feedback(f"{PHONE}是谁的", "没有", "wrong", PHONE)
    said = json.dumps([*store.audit(), *store.feedback()], ensure_ascii=False)
    assert PHONE not in said and IDENTITY not in said and "138******78" in said
    assert PHONE in store.document("p").text
    store.close()


UPPER = PLAN.replace("甲县", "乙市").replace(
    "推广喷灌设备，", f"推广喷灌设备（联系人手机{PHONE}，身份证{IDENTITY}），"
)


def test_comments_of_a_drafted_file_are_masked(tmp_path: Path) -> None:
    upper = incoming(UPPER, "upper").parse("upper")
    upper = replace(upper, document=replace(upper.document, level="city", region="乙市"))
    made = draft([(upper, "")], profile_of({"name": "清川县", "province": "某省"}))
    write_docx(made, tmp_path / "plan.docx")
    written = docx.Document(str(tmp_path / "plan.docx"))
    comments = "\n".join(comment.text for comment in written.comments)
    assert "138******78" in comments
    assert PHONE not in comments and IDENTITY not in comments


def test_the_table_of_a_check_is_masked(tmp_path: Path) -> None:
    upper = incoming(UPPER, "upper").parse("upper")
    drafted = incoming(UPPER.replace("乙市", "清川县"), "draft").parse("draft")
    write_excel(check([Upper(upper)], drafted, None), tmp_path / "table.xlsx")
    book = load_workbook(tmp_path / "table.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    book.close()
    said = "\n".join(cells)
    assert "138******78" in said and PHONE not in said and IDENTITY not in said
