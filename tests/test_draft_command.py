"""``assistant draft`` with its files, and the Excel form, through a real process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from index.cache import corpus_folder


def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("store"))
    upper = corpus_folder() / "documents" / "lps-2016.md"
    run("--store", folder, "ingest", str(upper), "--no-wait")
    return folder


def drafted(store: str, *words: str, code: int = 0) -> str:
    county = str(corpus_folder() / "examples" / "county.toml")
    asked = ("draft", "--upper", "lps-2016", "--county", county, *words)
    return run("--store", store, *asked, code=code).stderr


def test_all_files_at_once(store: str, tmp_path: Path) -> None:
    out, ledger, days = (tmp_path / name for name in ("a.docx", "a.xlsx", "a.ics"))
    files = ("--out", str(out), "--ledger", str(ledger), "--calendar", str(days))
    drafted(store, *files, "--stage", "签发稿", "--printed", "--no-comments")
    words = [p.text for p in Document(str(out)).paragraphs]
    assert "×政办发〔2017〕　号" in words
    assert "清川县人民政府办公室文件" not in words
    assert not list(Document(str(out)).comments)
    assert load_workbook(ledger)["任务台账"].max_row > 2
    assert days.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_one_units_share(store: str, tmp_path: Path) -> None:
    drafted(store, "--unit", "县财政局", "--out", str(tmp_path / "a.docx"))
    words = [p.text for p in Document(str(tmp_path / "a.docx")).paragraphs]
    assert "县财政局任务清单" in words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--clean", "--out", "a.docx"), "处待定，不能出清稿"),
        (("--stage", "定稿"), "可用：征求意见稿、送审稿、签发稿"),
        (("--printed",), "只用于签发稿"),
        (("--out", "a.pdf"), "后缀应为 .docx 或 .md"),
        (("--unit", "县水利局"), "没有由“县水利局”负责的任务"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    store: str, words: tuple[str, ...], said: str
) -> None:
    message = drafted(store, *words, code=1)
    assert said in message
    assert "Traceback" not in message


def test_an_empty_form_is_written_once(tmp_path: Path) -> None:
    path = str(tmp_path / "form.xlsx")
    run("form", path)
    assert load_workbook(path).sheetnames == ["基本情况", "本县指标", "本县任务"]
    assert "已存在" in run("form", path, code=1).stderr
