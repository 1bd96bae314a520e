"""核查 as a reader uses it: the bundled example, files of their own, in headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as new_word
from playwright.sync_api import Browser, Page, expect

from index.ingest import ingest
from index.store import Store
from tests.browsing import chromium, watched
from tests.running import running
from tests.test_app_browser import CORPUS, SIZES, SPILLED

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
ROWS = "#check-table tbody tr"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def url(tmp_path_factory, scratch) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser") / "library"
    store = Store(folder)
    assert not ingest([CORPUS], store, None).failed
    store.close()
    with running(folder, scratch=scratch) as server:
        yield server.url


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(chrome, url) -> Iterator[Page]:
    with watched(chrome, url) as opened:
        opened.get_by_role("tab", name="核查").click()
        expect(opened.get_by_role("button", name="先用示例草案试一次")).to_be_visible()
        yield opened


def try_example(page: Page) -> None:
    page.get_by_role("button", name="先用示例草案试一次").click()
    expect(page.locator(ROWS).first).to_be_visible()


def upload(page: Page, path: Path) -> None:
    page.locator("#check-tools input[type=file]").set_input_files(str(path))


def number(page: Page, status: str) -> int:
    return int(page.locator(f".stat--{status} b").inner_text())


def test_the_example_is_one_click_away_and_its_counts_filter(page):
    try_example(page)
    expect(page.locator(ROWS)).to_have_count(number(page, "all"))
    for status in ("flawed", "partial"):
        page.locator(f".stat--{status}").click()
        expect(page.locator(f"{ROWS} .chip--{status}")).to_have_count(number(page, status))
        expect(page.locator(ROWS)).to_have_count(number(page, status))
    page.locator(".stat--all").click()
    page.locator(".pill", has_text="指标降低").click()
    expect(page.locator(f"{ROWS} .issue", has_text="指标降低").first).to_be_visible()
    expect(page.locator(f"{ROWS} .chip--missing")).to_have_count(0)


def test_a_row_opens_the_pair_and_the_steps_keep_the_row_in_sight(page):
    try_example(page)
    page.locator(ROWS, has=page.locator(".chip--flawed")).first.click()
    expect(page.locator(".compare .paper mark").first).to_be_in_viewport()
    expect(page.locator(".compare .paper ins").first).to_be_in_viewport()
    step = page.get_by_role("button", name="下一处问题")
    title = page.locator(".compare h2")
    while step.is_enabled():
        before = title.inner_text()
        step.click()
        expect(title).not_to_have_text(before)
        expect(page.locator(f"{ROWS}[aria-current]")).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Escape")
    expect(page.locator(".compare")).to_have_count(0)


def test_the_keyboard_opens_a_pair_and_comes_back_to_its_row(page):
    try_example(page)
    link = page.locator(f"{ROWS} .rowlink").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".compare h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_leader_page_leads_to_its_rows_and_the_table_comes_as_excel(page):
    try_example(page)
    page.get_by_role("button", name="领导小结").click()
    page.locator(".sheetlink").first.click()
    expect(page.locator(".compare")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel 对照表").click()
    assert download.value.suggested_filename.endswith("-对照检查表.xlsx")
    with ZipFile(download.value.path()) as parts:
        assert "xl/workbook.xml" in parts.namelist()
    with page.expect_download() as download:
        page.get_by_role("link", name="存为 Word").click()
    assert download.value.suggested_filename.endswith("-核查小结.docx")
    with ZipFile(download.value.path()) as parts:
        assert "总体情况" in parts.read("word/document.xml").decode()


def test_by_weight_the_missing_come_first_and_done_rows_can_be_hidden(page):
    try_example(page)
    page.get_by_role("button", name="按轻重").click()
    expect(page.locator(ROWS).first.locator(".chip--missing")).to_be_visible()
    tick = page.locator(f"{ROWS} .tick").first
    tick.click()
    expect(tick).to_have_text("已处理")
    expect(page.locator(".compare")).to_have_count(0)
    shown = page.locator(ROWS).count()
    page.get_by_role("button", name="隐藏已处理 1").click()
    expect(page.locator(ROWS)).to_have_count(shown - 1)
    page.get_by_role("button", name="隐藏已处理 1").click()
    page.locator(ROWS).first.click()
    page.locator(".compare .tick").click()
    expect(page.get_by_role("button", name="隐藏已处理 1")).to_have_count(0)


def test_a_word_draft_comes_back_with_comments(page, scratch, tmp_path):
    word = new_word()
    for line in (
        "云岭县技术改造方案<img src=x onerror=alert(1)>",
        "为落实《黄冈市新一轮技术改造三年行动方案（2021—2023年）》，制定本方案。",
        "一、主要目标",
        "到2023年，规上企业技改完成面<b>70%以上</b>，规上企业技改完成面70%以上。",
    ):
        word.add_paragraph(line)
    path = tmp_path / "云岭县方案.docx"
    word.save(str(path))
    upload(page, path)
    expect(page.locator(".ready")).to_contain_text("点“开始核查”")
    expect(page.locator("#check-tools .token")).to_contain_text("黄冈市")
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator(ROWS).first).to_be_visible()
    page.locator(ROWS, has=page.locator(".chip--missing")).first.click()
    expect(page.locator(".compare .paper__none")).to_have_text("草案中没有对应内容")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word 批注稿").click()
    with ZipFile(download.value.path()) as parts:
        assert "word/comments.xml" in parts.namelist()
    assert not list(scratch.rglob("云岭县方案.docx"))


def test_what_cannot_be_checked_is_said_in_the_page(page, scratch, tmp_path):
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator(".problem")).to_contain_text("请先选一件草案")
    secret, broken = tmp_path / "机密★方案.txt", tmp_path / "坏.pdf"
    secret.write_text("任何内容", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 broken")
    for path, word in ((secret, "机密"), (broken, "坏.pdf")):
        upload(page, path)
        expect(page.locator(".problem")).to_contain_text(word)
        assert not list(scratch.rglob(path.name))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_overflows(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    try_example(page)
    assert page.evaluate(SPILLED) == []
    page.locator(ROWS).nth(1).click()
    expect(page.locator(".compare .paper").first).to_be_visible()
    assert page.evaluate(SPILLED) == []
    for paper in page.locator(".compare .paper").all():
        expect(paper).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="关闭对照").click()
    page.get_by_role("button", name="领导小结").click()
    expect(page.locator(".sheet")).to_be_visible()
    assert page.evaluate(SPILLED) == []
