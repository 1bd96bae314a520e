"""What comes out of a draft: Word, Excel, Markdown, and the clean copy that refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.draft import Draft, draft, profile_of, read_profile, to_markdown, write_docx
from assistant.draft.ledger import harmless, write_ledger
from assistant.draft.word.lines import balanced
from evals.draft_word import faults
from index.errors import PolicyError, SettingsError
from index.parse import parse
from index.read import read

ROOT = Path(__file__).parents[1]
UPPER = ROOT / "corpus" / "documents" / "lps-2016.md"


@pytest.fixture(scope="module")
def plan() -> Draft:
    source = parse(read(UPPER), UPPER.stem, UPPER.stem)
    return draft([(source, "")], read_profile(ROOT / "corpus" / "examples" / "county.toml"))


def test_word_file_follows_the_standard(plan: Draft, tmp_path: Path) -> None:
    for stage in ("征求意见稿", "送审稿", "签发稿"):
        write_docx(plan, tmp_path / "a.docx", stage=stage)
        assert faults(tmp_path / "a.docx") == []


def test_each_paragraph_carries_its_source_as_a_comment(plan: Draft, tmp_path: Path) -> None:
    write_docx(plan, tmp_path / "a.docx")
    comments = [c.text for c in Document(str(tmp_path / "a.docx")).comments]
    assert any("lps-2016/三/(一)" in text for text in comments)
    write_docx(plan, tmp_path / "b.docx", comments=False)
    assert len(list(Document(str(tmp_path / "b.docx")).comments)) == 0


def test_red_head_only_on_the_copy_to_be_signed(plan: Draft, tmp_path: Path) -> None:
    write_docx(plan, tmp_path / "a.docx", stage="送审稿")
    write_docx(plan, tmp_path / "b.docx", stage="签发稿")
    first = [p.text for p in Document(str(tmp_path / "a.docx")).paragraphs]
    signed = [p.text for p in Document(str(tmp_path / "b.docx")).paragraphs]
    assert "清川县人民政府办公室文件" not in first
    assert "清川县人民政府办公室文件" in signed
    assert "（送审稿）" in first


def test_clean_copy_refuses_while_something_is_pending(plan: Draft, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="待定"):
        write_docx(plan, tmp_path / "a.docx", clean=True)
    assert not (tmp_path / "a.docx").exists()


def test_placeholders_are_highlighted(plan: Draft, tmp_path: Path) -> None:
    write_docx(plan, tmp_path / "a.docx")
    runs = [r for p in Document(str(tmp_path / "a.docx")).paragraphs for r in p.runs]
    pending = [r for r in runs if r.text.startswith("【待定")]
    assert pending
    assert all(r.font.highlight_color is not None for r in pending)


def test_ledger_has_filters_frozen_head_and_columns_to_fill(plan: Draft, tmp_path: Path) -> None:
    write_ledger(plan, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")["任务台账"]
    head = [cell.value for cell in sheet[2]]
    assert {"进展情况", "存在问题", "完成情况", "条款编号"} <= set(head)
    assert sheet.freeze_panes == "D3"
    assert sheet.auto_filter.ref
    ids = {cell.value for cell in sheet["M"]}
    assert "lps-2016/三/(一)" in ids


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =HYPERLINK(1)"])
def test_formulas_are_harmless_text(words: str) -> None:
    assert str(harmless(words)).startswith("'")


def test_markdown_names_the_clauses(plan: Draft) -> None:
    assert "〔lps-2016/三/(一)〕" in to_markdown(plan)
    assert "〔lps-2016" not in to_markdown(plan, sources=False)


def test_titles_break_between_words() -> None:
    title = "清川县贯彻落实《云川省冷链物流高质量发展行动方案（2022—2025年）》实施方案"
    lines = balanced(title)
    assert "".join(lines) == title
    assert len(lines) == 2
    assert all(line[0] not in "》）、，" for line in lines)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, "name（县名）"),
        ({"name": "清川"}, "以县、区、市或旗结尾"),
        ({"name": "清川县", "year": "去年"}, "year（起草年份）"),
        ({"name": "清川县", "agency": ["县财政局"]}, "不认识的字段 agency"),
        ({"name": "清川县", "tasks": [{"text": "某事"}]}, "tasks.0.heading"),
    ],
)
def test_a_wrong_profile_names_the_field(raw: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match="有误") as caught:
        profile_of(raw, "county.toml")
    assert said in str(caught.value)
