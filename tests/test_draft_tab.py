"""起草 as a reader uses it; below the page, how lines, pages and fills come about."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from assistant.app.county import FIELDS, as_toml, beyond, example, profile_from, shown
from assistant.app.render.pages import LINES, Block, Piece, broken, paginate
from assistant.app.render.plan import blocks_of
from assistant.draft import Draft, DraftClause, Placeholder, TaskRow, Units, read_profile
from assistant.draft.filling import cleaned, filled
from index.errors import PolicyError
from tests.test_app_browser import browser, folder, page, url

__all__ = ["browser", "folder", "page", "url"]  # fixtures

HOLE = "【待定：市定目标每年1个（全市），请填本县数】"


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    words = "坚持“两化”融合（含设备换芯）、推广《指南》，到2020年达到85.5%以上。" * 9
    lines = ["".join(piece.text for piece in line) for line in broken([Piece(words)])]
    assert "".join(lines) == words
    assert len(lines) > 5
    for line in lines:
        assert line[0] not in "，。）》”、" and line[-1] not in "（《“"
        assert sum(0.5 if char.isascii() else 1 for char in line) <= 28


def test_a_number_with_its_sign_is_not_cut():
    for shift in range(6):
        lines = broken([Piece("业" * (20 + shift) + "达到85.5%以上（2017—2020年）")])
        texts = ["".join(piece.text for piece in line) for line in lines]
        assert sum("85.5%" in text for text in texts) == 1
        assert sum("2017—2020" in text for text in texts) == 1


def test_a_page_has_at_most_22_lines_and_no_heading_at_its_foot():
    def lines(count):
        return ((Piece("字"),),) * count

    blocks = [Block(lines(20)), Block(lines(1), stays=True), Block(lines(1), stays=True)]
    pages = paginate([*blocks, Block(lines(30))])
    counts = [sum(part.end - part.start for part in one) for one in pages]
    assert max(counts) == LINES and sum(counts) == 52
    assert not any(one[-1].block.stays for one in pages)
    assert counts[0] == 20, "two headings and a line do not fit below 20 lines"


def clause(*asked: Placeholder, text: str) -> DraftClause:
    return DraftClause("u/一", 2, "（一）", "建平台", (text,), ("u/一",), asked)


def asks(at: int, upper: str = "每年1个", text: str = HOLE) -> Placeholder:
    return Placeholder(f"u/一@{at}", text, "u/一", "figure", "平台", upper)


def plan(*clauses: DraftClause) -> Draft:
    row = TaskRow("u/一", "（一）", "建平台", f"建成{HOLE}", "", "", "", "", ("u/一",), "一")
    opening = DraftClause("引言", 0, "", "", ("为落实上级文件，制定本方案。",), ())
    return Draft("方案", "某县", opening, clauses, (row,), (), (), ())


def test_of_two_equal_questions_each_gets_its_own_value():
    two = clause(asks(5), asks(9), text=f"甲{HOLE}，乙{HOLE}。")
    done = filled(plan(two), {"u/一@9": "2"})
    assert done.clauses[0].paragraphs == (f"甲{HOLE}，乙2个。",)
    assert [one.id for one in done.placeholders] == ["u/一@5"]
    assert filled(done, {"u/一@5": "3个"}).clauses[0].paragraphs == ("甲3个，乙2个。",)


def test_a_value_reaches_the_table_and_the_units():
    asked = Placeholder("u/一#b1", "【待定：谁牵头】", "u/一", "agency")
    one = clause(asks(5), text=f"甲{HOLE}。")
    one = replace(one, units=Units((asked.text,), placeholders=(asked,)))
    done = filled(plan(one), {"u/一@5": "2", asked.id: "县工信局"})
    assert done.rows[0].goal == "建成2个"
    assert done.clauses[0].units.leads == ("县工信局",)
    assert not done.placeholders


def test_two_clauses_of_one_id_both_stand_on_the_pages():
    twins = clause(text="第一段的话。"), clause(text="第二段的话。")
    words = "".join(
        piece.text
        for block in blocks_of(plan(*twins), plan(*twins), {}, "送审稿")
        for line in block.lines
        for piece in line
    )
    assert "第一段的话。" in words and "第二段的话。" in words


def test_a_value_cannot_pass_for_a_placeholder():
    assert cleaned(" 【待定：\n 3家】 ") == "待定：3家"


def test_the_form_gives_back_the_profile_that_filled_it():
    profile = example()
    assert profile is not None and profile.figures and profile.tasks
    again = profile_from(shown(profile), beyond(profile))
    assert again == profile


def test_the_county_file_that_is_handed_out_can_be_taken_in_again(tmp_path):
    profile = example()
    file = tmp_path / "county.toml"
    file.write_text(as_toml(profile), encoding="utf-8")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["name"] == profile.name
    assert read_profile(file) == profile


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("name", "", "名称"), ("name", "清川", "name（县名）"), ("year", "去年", "year（起草年份）")],
)
def test_a_wrong_field_is_named(key, value, said):
    values = dict(zip([field.key for field in FIELDS], shown(example()), strict=True))
    with pytest.raises(PolicyError, match=re.escape(said)):
        profile_from(list((values | {key: value}).values()), {})


def draft_example(page: Page) -> None:
    page.get_by_role("tab", name="起草").click()
    page.get_by_role("button", name="用示例县情起草一次").click()
    expect(page.locator(".a4").first).to_be_visible()


def count(page: Page) -> int:
    return int(page.locator(".holes summary b").inner_text())


@pytest.mark.browser
def test_what_is_filled_in_stands_in_the_pages_and_in_the_word_file(page, tmp_path):
    draft_example(page)
    before = count(page)
    hole = page.locator(".fill:has(i) input").first
    unit = page.locator(".fill:has(i) i").first.inner_text()
    hole.fill("7")
    page.get_by_role("button", name="填入草案").click()
    expect(page.locator("label.filled").first).to_have_text(f"7{unit}")
    assert count(page) == before - 1
    page.locator(".menu > summary").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="不带批注").click()
    sent.value.save_as(tmp_path / "plan.docx")
    words = "\n".join(one.text for one in Document(str(tmp_path / "plan.docx")).paragraphs)
    assert f"7{unit}" in words and "清川县" in words


@pytest.mark.browser
def test_a_mark_in_the_margin_opens_its_upper_clause(page):
    draft_example(page)
    expect(page.locator("#draft-side .paper__clause")).to_have_count(0)
    page.locator(".a4 .mark").last.click()
    expect(page.locator("#draft-side .paper__clause")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#draft-side .paper__clause")).to_have_count(0)


@pytest.mark.browser
def test_the_pages_hold_what_they_show(page):
    draft_example(page)
    sheets = page.locator(".a4__type")
    assert sheets.count() > 5
    full = sheets.evaluate_all("all => all.filter(one => one.scrollHeight > one.clientHeight + 2)")
    assert full == []
    lines = page.locator(".a4").nth(3).locator(".ln").count()
    assert lines == 22
    page.get_by_text("签发稿").click()
    expect(page.locator(".a4 .red")).to_have_text("清川县人民政府办公室文件")


@pytest.mark.browser
def test_a_clean_copy_is_refused_and_the_ledger_comes(page, tmp_path):
    draft_example(page)
    left = count(page)
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="清稿").click()
    expect(page.locator("#draft-status .problem")).to_contain_text(f"还有{left}处待定")
    with page.expect_download() as sent:
        page.get_by_role("button", name="任务台账").click()
    sent.value.save_as(tmp_path / "ledger.xlsx")
    book = load_workbook(tmp_path / "ledger.xlsx")
    assert "任务台账" in book.sheetnames and book["任务台账"].max_row > 40


@pytest.mark.browser
def test_with_everything_filled_in_the_clean_copy_comes(page, tmp_path):
    draft_example(page)
    for field in page.locator(".holes .fill :is(input, textarea)").all():
        field.fill("3")
    markup = "<img src=x onerror=alert(1)>"
    page.locator(".holes .fill textarea").first.fill(markup)
    page.get_by_role("button", name="填入草案").click()
    expect(page.locator(".holes summary")).to_contain_text("可以出清稿")
    assert page.locator(".a4 .hole[for], .a4 img").count() == 0
    page.locator(".menu > summary").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="清稿").click()
    sent.value.save_as(tmp_path / "clean.docx")
    document = Document(str(tmp_path / "clean.docx"))
    words = [one.text for one in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert not [line for line in words if "待定" in line]
    assert any(markup.replace(" ", "") in line for line in words)


@pytest.mark.browser
def test_one_unit_gets_its_own_tasks(page, tmp_path):
    draft_example(page)
    page.locator(".menu > summary").click()
    page.locator(".menu__units summary").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="县科技局", exact=True).click()
    sent.value.save_as(tmp_path / "unit.docx")
    assert "县科技局任务清单" in [
        one.text for one in Document(str(tmp_path / "unit.docx")).paragraphs
    ]


@pytest.mark.browser
def test_the_county_form_in_excel_fills_the_page(page, tmp_path):
    page.get_by_role("tab", name="起草").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="空白县情表").click()
    sent.value.save_as(tmp_path / "form.xlsx")
    book = load_workbook(tmp_path / "form.xlsx")
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[1].value == "name")
    row[2].value = "云岭县"
    book.save(tmp_path / "form.xlsx")
    page.locator("#draft-form input[type=file]").set_input_files(str(tmp_path / "form.xlsx"))
    expect(page.locator("#draft-status .ready")).to_contain_text("云岭县")
    page.get_by_text("县情：基本信息").click()
    expect(page.get_by_label("县（市、区）名称")).to_have_value("云岭县")


@pytest.mark.browser
def test_the_check_of_the_draft_finds_every_task_covered(page):
    draft_example(page)
    page.get_by_role("button", name="核查本稿").click()
    said = page.locator("#draft-status .ready")
    expect(said).to_contain_text("核查：", timeout=60_000)
    assert "缺失0项" in said.inner_text()


@pytest.mark.browser
def test_without_an_upper_plan_or_a_county_it_says_what_is_missing(page, tmp_path):
    page.get_by_role("tab", name="起草").click()
    page.get_by_role("button", name="生成草案").click()
    expect(page.locator("#draft-status .problem")).to_contain_text("名称")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "清川县"\nmayor = "<b>某</b>"\n', encoding="utf-8")
    page.locator("#draft-form input[type=file]").set_input_files(str(wrong))
    expect(page.locator("#draft-status .problem")).to_contain_text("mayor")
    right = Path(__file__).parents[1] / "corpus" / "examples" / "county.toml"
    page.locator("#draft-form input[type=file]").set_input_files(str(right))
    expect(page.locator("#draft-status .ready")).to_contain_text("清川县")
    page.get_by_role("button", name="生成草案").click()
    expect(page.locator("#draft-status .problem")).to_contain_text("请先选上级文件")


def test_a_task_with_a_column_too_many_is_named():
    values = dict(zip([field.key for field in FIELDS], shown(example()), strict=True))
    with pytest.raises(PolicyError, match="多了一栏"):
        profile_from(list((values | {"tasks": "甲｜乙｜丙｜丁｜戊｜己｜庚"}).values()), {})
