"""What comes out of a draft: Word, Excel, Markdown, and the clean copy that refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.draft import (
    Draft,
    draft,
    extract,
    fill,
    profile_of,
    read_profile,
    refuse_pending,
    to_markdown,
    write_calendar,
    write_docx,
    write_form,
)
from assistant.draft.calendar import events_of
from assistant.draft.ledger import harmless, write_ledger
from assistant.draft.profile import FIELDS
from assistant.draft.word.lines import balanced
from evals.draft_word import faults
from index.errors import NotFound, PolicyError, SettingsError
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
        ({"name": "清川<b>县"}, "只能是汉字"),
        ({"name": "清川县", "title_form": "通知"}, "可用：贯彻落实、直述、实施意见"),
        ({"name": "清川县", "year": "去年"}, "year（起草年份）"),
        ({"name": "清川县", "agency": ["县财政局"]}, "不认识的字段 agency"),
        ({"name": "清川县", "tasks": [{"text": "某事"}]}, "tasks.0.heading"),
    ],
)
def test_a_wrong_profile_names_the_field(raw: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match="有误") as caught:
        profile_of(raw, "county.toml")
    assert said in str(caught.value)


def test_calendar_holds_deadlines_and_what_comes_back(plan: Draft, tmp_path: Path) -> None:
    count = write_calendar(plan, tmp_path / "a.ics")
    raw = (tmp_path / "a.ics").read_bytes()
    assert count == raw.count(b"BEGIN:VEVENT") > 0
    assert b"RRULE:FREQ=MONTHLY;BYMONTHDAY=5" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert {event.row.id for event in events_of(plan)} <= {row.id for row in plan.rows}


def test_one_units_share_of_the_plan(plan: Draft, tmp_path: Path) -> None:
    share = extract(plan, "县财政局")
    numbered = [c for c in share.clauses if c.units.everyone]
    assert numbered
    assert all("县财政局" in c.units.everyone for c in numbered)
    assert {r.id for r in share.rows} == {c.id for c in numbered}
    write_docx(share, tmp_path / "a.docx")
    with pytest.raises(NotFound, match="县水利局"):
        extract(plan, "县水利局")


def test_an_excel_form_gives_the_same_profile_as_toml(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", FIELDS)
    book = load_workbook(tmp_path / "form.xlsx")
    for row in book["基本情况"].iter_rows(min_row=2):
        given = {"name": "柳河县", "agencies": "县财政局、县商务局", "year": 2022, "attached": "否"}
        row[2].value = given.get(str(row[1].value))
    book["本县指标"].append(["新增冷库库容", "3万吨"])
    book["本县任务"].append(
        ["办好鲜桃节", "每年一届", "培育冷链企业", "县文旅局", "县商务局、县财政局", None]
    )
    book.save(tmp_path / "form.xlsx")
    profile = read_profile(tmp_path / "form.xlsx")
    assert profile == profile_of(
        {
            "name": "柳河县",
            "agencies": ["县财政局", "县商务局"],
            "year": 2022,
            "attached": False,
            "figures": {"新增冷库库容": "3万吨"},
            "tasks": [
                {
                    "heading": "办好鲜桃节",
                    "text": "每年一届",
                    "under": "培育冷链企业",
                    "lead": "县文旅局",
                    "support": ["县商务局", "县财政局"],
                }
            ],
        }
    )


def test_a_filled_plan_comes_out_clean(plan: Draft, tmp_path: Path) -> None:
    answers = {p.id: f"{n}家" for n, p in enumerate(plan.placeholders, start=1)}
    done = fill(plan, answers, doc_no="清政办发〔2017〕8号", date="2017年3月1日")
    assert done.placeholders == ()
    write_docx(done, tmp_path / "a.docx", stage="签发稿", clean=True)
    doc = Document(str(tmp_path / "a.docx"))
    text = "\n".join(p.text for p in doc.paragraphs)
    assert "待定" not in text
    assert "清政办发〔2017〕8号" in text
    assert len(list(doc.comments)) == 0
    assert all(r.font.highlight_color is None for p in doc.paragraphs for r in p.runs)


def test_equal_questions_are_told_apart_by_their_place(plan: Draft) -> None:
    clause = next(
        c for c in plan.clauses if len({p.text for p in c.placeholders}) < len(c.placeholders)
    )
    asked = next(
        p for p in clause.placeholders if sum(p.text == q.text for q in clause.placeholders) > 1
    )
    same = [p for p in clause.placeholders if p.text == asked.text]
    done = fill(plan, {same[1].id: "七家"})
    text = next(c for c in done.clauses if c.id == clause.id).text
    assert text.index(asked.text) < text.index("七家")
    with pytest.raises(NotFound, match="没有这处待定"):
        fill(plan, {"某处": "1家"})


def test_clean_copy_to_be_signed_needs_number_and_date(tmp_path: Path) -> None:
    text = (
        "云川省晾晒场建设方案\n\n一、重点任务\n\n（一）建设晾晒场。到2025年，晾晒场机械化率达到60%。"
        "（责任单位：省农业农村厅）\n"
    )
    (tmp_path / "u.txt").write_text(text, encoding="utf-8")
    source = parse(read(tmp_path / "u.txt"), "u", "u")
    one = draft([(source, "")], profile_of({"name": "柳河县"}))
    one = fill(one, {p.id: "云政发〔2022〕3号" for p in one.placeholders})
    with pytest.raises(PolicyError, match="发文字号；成文日期"):
        write_docx(one, tmp_path / "a.docx", stage="签发稿", clean=True)


def test_a_townships_share_is_what_all_townships_do(tmp_path: Path) -> None:
    text = (
        "云川省晾晒场建设方案\n\n一、重点任务\n\n"
        "（一）建设晾晒场。抓好选址。（责任单位：省农业农村厅，各乡镇政府）\n\n"
        "（二）培训农机手。每年开展培训。（责任单位：省农业农村厅）\n"
    )
    (tmp_path / "u.txt").write_text(text, encoding="utf-8")
    source = parse(read(tmp_path / "u.txt"), "u", "u")
    one = draft([(source, "")], profile_of({"name": "柳河县", "townships": "各乡镇（街道）"}))
    headings = {c.heading for c in extract(one, "柳树镇").clauses if c.units.everyone}
    assert headings == {"建设晾晒场"}


def test_every_hole_counts_in_the_refusal(plan: Draft) -> None:
    assert len({p.text for p in plan.placeholders}) < len(plan.placeholders)
    with pytest.raises(PolicyError, match=f"还有{len(plan.placeholders)}处待定"):
        refuse_pending(plan)


@pytest.mark.parametrize("path", sorted(UPPER.parent.glob("*.md")), ids=lambda p: p.stem)
def test_an_id_stands_for_one_clause_only(path: Path) -> None:
    one = draft([(parse(read(path), path.stem, path.stem), "")], profile_of({"name": "柳河县"}))
    ids = [clause.id for clause in (one.opening, *one.clauses)]
    assert len(ids) == len(set(ids))
    assert {row.id for row in one.rows} <= set(ids)
