"""起草 as a reader uses it over days: kept, reopened, edited, compared, taken back from Word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from assistant.draft.keep import open_draft
from index import drafts as shelf
from index.store import Store
from tests.drafting import COUNTY
from tests.test_app_browser import SIZES, SPILLED, browser, folder, page, url

__all__ = ["browser", "folder", "page", "url"]  # fixtures
pytestmark = pytest.mark.browser
SAID = "#draft-status .ready"


def draw_up(page: Page) -> None:
    """A draft as an office makes one: its county file, an upper plan, the button."""
    page.get_by_role("tab", name="起草").click()
    page.locator("#draft-form input[type=file]").set_input_files(str(COUNTY))
    expect(page.locator(SAID)).to_contain_text("清川县")
    page.get_by_label("上级文件").click()
    page.get_by_role("option", name=re.compile("传统制造业")).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="生成草案").click()
    expect(page.locator(".a4").first).to_be_visible()
    expect(page.locator(SAID)).to_contain_text("已存为第1版")


def edit(page: Page, words: str) -> None:
    """Opens the clause whose line on the pages has these words."""
    line = page.locator(".a4__p", has_text=words).first
    line.locator(".mark--edit").click()
    expect(page.locator(".editor textarea")).to_be_visible()


def store_at(page: Page) -> None:
    page.locator(".editor footer [type=submit]").click()


def newest(folder: Path) -> tuple[int, list[tuple[int, str]]]:
    """The draft that was saved last, and its versions with their reasons."""
    store = Store(folder)
    [one, *_] = shelf.drafts(store)
    found = [(version.number, version.why) for version in shelf.versions(store, one.id)]
    store.close()
    return one.id, found


def test_a_draft_is_there_after_a_reload_with_its_form(page, folder):
    draw_up(page)
    page.locator(".fill:has(i) input").first.fill("7")
    page.get_by_role("button", name="填入草案").click()
    expect(page.locator(SAID)).to_contain_text("已存为第2版")
    left = page.locator(".holes summary b").inner_text()
    page.reload()
    page.get_by_role("tab", name="起草").click()
    page.locator(".shelf .rowlink").first.click()
    expect(page.locator(SAID)).to_contain_text("第2版")
    expect(page.locator(".holes summary b")).to_have_text(left)
    expect(page.locator("label.filled").first).to_contain_text("7")
    page.get_by_text("县情：基本信息").click()
    expect(page.get_by_label("县（市、区）名称")).to_have_value("清川县")
    expect(page.locator("#draft-form .token")).to_contain_text("传统制造业")
    assert newest(folder)[1] == [(2, "填待定1处"), (1, "生成")]


def test_an_edit_with_a_new_figure_is_kept_only_when_it_is_owned(page, folder, tmp_path):
    draw_up(page)
    edit(page, "新增工业机器人")
    expect(page.locator("#draft-side .paper__clause")).to_contain_text("工业机器人")
    box = page.locator(".editor textarea")
    assert "400台" in box.input_value()
    box.fill(box.input_value().replace("400台", "450台"))
    store_at(page)
    own = page.locator(".own")
    expect(own).to_contain_text("450台")
    expect(box).to_have_value(re.compile("450台"))
    assert newest(folder)[1] == [(1, "生成")], "nothing is stored before somebody answers for it"
    turn = page.locator("form[data-turn]").get_attribute("data-turn")
    store_at(page)
    expect(page.locator("form[data-turn]")).not_to_have_attribute("data-turn", str(turn))
    own.get_by_role("checkbox").check()
    store_at(page)
    expect(page.locator(".editor")).to_have_count(0)
    expect(page.locator(SAID)).to_contain_text("已存为第2版")
    expect(page.locator(".inpen .own-told")).to_have_text("本县自拟：450台")
    page.locator(".menu > summary").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="不带批注").click()
    sent.value.save_as(tmp_path / "plan.docx")
    doc = Document(str(tmp_path / "plan.docx"))
    assert any("450台" in one.text for one in doc.paragraphs)
    assert any("450台" in cell.text for row in doc.tables[0].rows for cell in row.cells)


def test_words_alone_are_stored_at_once_and_confirmed_by_a_person(page, folder):
    draw_up(page)
    edit(page, "健全知识产权保护机制")
    box = page.locator(".editor textarea")
    box.fill(box.input_value().replace("健全", "切实健全"))
    store_at(page)
    expect(page.locator(SAID)).to_contain_text("已存为第2版")
    expect(page.locator(".inpen .chip")).to_have_text("已改")
    page.get_by_role("button", name="人工确认").click()
    expect(page.locator(".inpen .chip")).to_have_text("人工确认")
    expect(page.locator(".outline .chip--confirmed")).to_have_count(1)
    page.get_by_role("button", name="版本").click()
    expect(page.locator(".versions tbody tr")).to_have_count(3)
    page.locator(".versions tbody tr").nth(1).get_by_role("button", name="与上一版对照").click()
    expect(page.locator(".change ins")).to_have_text("切实")
    page.get_by_role("button", name="回到方案").click()
    expect(page.locator(".a4").first).to_be_visible()


def test_another_clause_in_the_editor_shows_its_own_words(page):
    draw_up(page)
    edit(page, "健全知识产权保护机制")
    page.locator(".editor textarea").fill("打了一半的字")
    edit(page, "新增工业机器人")
    expect(page.locator(".editor textarea")).to_have_value(re.compile("工业机器人"))
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".editor")).to_have_count(0)


def test_a_clause_is_added_and_removed(page):
    draw_up(page)
    edit(page, "健全知识产权保护机制")
    page.get_by_role("button", name="在后面加一条").click()
    expect(page.locator(".editor header b")).to_have_text("新增一条")
    page.locator(".editor textarea").fill("开展企业家沙龙活动，帮助企业对接需求。")
    page.locator(".editor [name=leads]").fill("县经信局")
    store_at(page)
    expect(page.locator(".a4", has_text="企业家沙龙")).to_have_count(2)  # the plan, its table
    expect(page.locator(".outline .ol", has_text="开展企业家沙龙")).to_contain_text("县拟")
    edit(page, "开展企业家沙龙")
    page.locator(".pop--drop > summary").click()
    page.get_by_role("button", name="确定删去").click()
    expect(page.locator(".a4", has_text="企业家沙龙")).to_have_count(0)


def test_an_edited_word_file_comes_back_as_a_version_beside_the_former(page, folder, tmp_path):
    draw_up(page)
    page.locator(".menu > summary").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="带上级条款批注").click()
    file = tmp_path / "方案（领导改）.docx"
    sent.value.save_as(file)
    doc = Document(str(file))
    changed = next(one for one in doc.paragraphs if "新增工业机器人400台" in one.text)
    run = next(one for one in changed.runs if "400台" in one.text)
    run.text = run.text.replace("400台", "520台")
    heading = next(one for one in doc.paragraphs if "“机器人+”行动计划" in one.text)
    heading.insert_paragraph_before("5.<img src=x onerror=alert(1)>组织银企对接。")
    gone = next(one for one in doc.paragraphs if "健全知识产权保护机制" in one.text)
    gone._p.getparent().remove(gone._p)
    doc.save(str(file))
    page.reload()
    page.get_by_role("tab", name="起草").click()
    page.locator(".shelf .rowlink").first.click()
    expect(page.locator(".a4").first).to_be_visible()
    page.locator("#draft-plan input[type=file]").set_input_files(str(file))
    said = page.locator(SAID)
    expect(said).to_contain_text("已收回：改动1条、新增1条、删去1条")
    expect(said).to_contain_text("有1条写了上级条款和县情里没有的内容")
    expect(page.locator(".change")).to_have_count(3)
    expect(page.locator(".change del", has_text="400")).to_be_visible()
    expect(page.locator(".change ins", has_text="520")).to_be_visible()
    expect(page.locator(".change img")).to_have_count(0)
    page.get_by_role("button", name="回到方案").click()
    page.locator(".outline .ol", has_text="待核").locator("a").click()
    expect(page.locator(".inpen .problem")).to_contain_text("520台")
    page.get_by_role("button", name="核定为本县自拟").click()
    expect(page.locator(".outline .ol", has_text="待核")).to_have_count(0)
    page.get_by_role("button", name="序号不连贯").click()
    expect(page.locator(SAID)).to_contain_text("已存为第4版")
    expect(page.get_by_role("button", name="序号不连贯")).to_have_count(0)
    draft, versions = newest(folder)
    assert [number for number, _ in versions] == [4, 3, 2, 1]
    store = Store(folder)
    kept = open_draft(store, draft, 2).work
    store.close()
    assert [one.open for one in kept.touches if one.open] == [("520台",)]


def test_a_file_that_is_no_draft_is_refused_with_a_reason(page, tmp_path):
    draw_up(page)
    doc = Document()
    doc.add_paragraph("关于召开会议的通知")
    doc.save(str(tmp_path / "通知.docx"))
    page.locator("#draft-plan input[type=file]").set_input_files(str(tmp_path / "通知.docx"))
    expect(page.locator("#draft-status .problem")).to_contain_text("不像是这件草案")
    expect(page.locator(".a4").first).to_be_visible()


def test_a_version_with_a_reason_and_a_draft_that_is_removed(page, folder):
    draw_up(page)
    page.locator(".pop--save > summary").click()
    page.locator(".pop--save [name=name]").fill("技改方案<b>")
    page.locator(".pop--save [name=why]").fill("送审前留底")
    page.get_by_role("button", name="存为新的一版").click()
    expect(page.locator(".inhand__name b")).to_have_text("技改方案<b>")
    assert newest(folder)[1][0] == (2, "送审前留底")
    page.get_by_role("button", name="草案库").click()
    row = page.locator(".shelf tbody tr", has_text="技改方案<b>")
    row.get_by_role("button", name="删除").click()
    row.get_by_role("button", name="确定删除").click()
    expect(row).to_have_count(0)


def test_number_and_date_are_filled_in_and_stand_under_the_red_head(page, folder):
    draw_up(page)
    page.get_by_text("标题、文号、日期").click()
    page.get_by_label("成文日期").last.fill("明天")
    page.get_by_role("button", name="写入草案").click()
    expect(page.locator("#draft-status .problem")).to_contain_text("成文日期“明天”写法不对")
    page.locator("#letter-date").fill("2026-3-1")
    page.locator("#letter-doc_no").fill("清政办发[2026]5号")
    page.get_by_role("button", name="写入草案").click()
    expect(page.locator(SAID)).to_contain_text("已存为第2版")
    page.get_by_text("签发稿").click()
    expect(page.locator(".a4").first).to_contain_text("清政办发〔2026〕5号")
    expect(page.locator(".a4").first).to_contain_text("2026年3月1日")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_spills_over(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    draw_up(page)
    assert page.evaluate(SPILLED) == []
    edit(page, "新增工业机器人")
    box = page.locator(".editor textarea")
    box.fill(box.input_value().replace("400台", "450台"))
    store_at(page)
    expect(page.locator(".own")).to_be_visible()
    assert page.evaluate(SPILLED) == []
    tools = page.locator(".gets .btn").first.bounding_box()
    back = page.locator("#draft-back").bounding_box()
    assert tools and back
    beside = back["x"] + back["width"] <= tools["x"]
    assert beside or back["y"] + back["height"] <= tools["y"], "buttons lie on each other"
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="版本").click()
    expect(page.locator(".versions")).to_be_visible()
    assert page.evaluate(SPILLED) == []
