"""The page as a reader uses it: a real server, headless Chromium, the bundled documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from index.ingest import ingest
from index.store import Store
from tests.browsing import chromium, watched
from tests.running import running

pytestmark = pytest.mark.browser
CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
QUESTION = "六盘水工业技改投资累计达到多少亿元？"
SIZES = [(1366, 768), (1920, 1080), (1093, 614)]
expect.set_options(timeout=20_000)  # a machine that runs other things as well


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    held = tmp_path_factory.mktemp("browser") / "library"
    store = Store(held)
    assert not ingest([CORPUS], store, None).failed
    store.close()
    return held


@pytest.fixture(scope="module")
def url(folder) -> Iterator[str]:
    with running(folder) as server:
        yield server.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser, url) -> Iterator[Page]:
    with watched(browser, url) as opened:
        expect(opened.locator(".example").first).to_be_visible()
        yield opened


def ask(page: Page, question: str) -> None:
    before = page.locator(".answer__foot").count()
    page.get_by_placeholder("输入问题").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer__foot")).to_have_count(before + 1)


def open_library(page: Page) -> None:
    page.get_by_role("tab", name="资料库").click()
    expect(page.locator(".source__head h2").locator("visible=true")).to_be_visible()


def upload(page: Page, *files: Path) -> None:
    page.locator("#drop input[type=file]").set_input_files([str(file) for file in files])
    expect(page.locator(".up")).to_have_count(len(files))
    expect(page.locator(".up progress:not([value])")).to_have_count(0)


def test_a_citation_opens_its_clause_with_the_quote_marked(page):
    ask(page, QUESTION)
    expect(page.locator(".chip--answered")).to_be_visible()
    mark = page.locator(".answer .mark").first
    quote = mark.get_attribute("data-quote")
    mark.click()
    expect(page.locator(".paper mark").first).to_be_visible()
    assert "".join(page.locator(".paper mark").all_inner_texts()) == quote
    expect(page.locator("#ask-source .chip--digest")).to_have_text("摘编，非原文")


def test_the_pane_steps_to_neighbours_and_closes_by_escape(page):
    ask(page, QUESTION)
    page.locator(".answer .mark").first.click()
    clause = page.locator(".paper__clause")
    first = clause.inner_text()
    page.get_by_role("button", name="下一条").click()
    expect(clause).not_to_have_text(first)
    page.get_by_role("button", name="上一条").click()
    expect(clause).to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator("#ask-source")).to_be_hidden()


def test_the_keyboard_opens_a_clause_and_comes_back_to_its_mark(page):
    ask(page, QUESTION)
    mark = page.locator(".answer .mark").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ask-source h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_a_decline_offers_the_nearest_as_no_answer(page):
    ask(page, "六盘水2018年技改投资多少？")
    expect(page.locator(".answer--declined .chip")).to_have_text("未收录")
    expect(page.locator(".nearest h4")).to_contain_text("不是答案")


def test_sending_nothing_asks_nothing(page):
    page.get_by_role("button", name="发送").click()
    page.wait_for_timeout(1500)  # gradio drops what is sent while the same event is under way
    ask(page, QUESTION)
    expect(page.locator(".turn")).to_have_count(1)


def test_the_whole_text_is_one_click_from_the_clause(page):
    ask(page, QUESTION)
    page.locator(".answer .mark").first.click()
    page.get_by_role("button", name="看全文").click()
    expect(page.locator(".paper__title")).to_be_attached()
    expect(page.locator(".paper mark").first).to_be_in_viewport()
    page.get_by_role("button", name="回到条款").click()
    expect(page.locator(".paper__clause")).to_be_visible()


def test_the_list_of_documents_is_filtered_by_words(page):
    open_library(page)
    rows = page.locator("#library-main tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_placeholder("筛选").fill("信府")
    expect(rows).to_have_count(1)
    page.get_by_placeholder("筛选").fill("没有这样的文件")
    expect(page.locator("#library-main .none--rows")).to_be_visible()


def test_the_scope_restricts_and_the_label_says_so(page):
    page.locator("#scope > button").click()
    page.get_by_label("地区").click()
    page.get_by_role("option", name="浙江省", exact=True).click()
    expect(page.locator("#scope > button")).to_contain_text("浙江省")
    ask(page, QUESTION)
    expect(page.locator(".cite__title", has_text="六盘水")).to_have_count(0)


def test_an_example_is_answered_and_a_new_conversation_begins_empty(page):
    page.locator(".example").first.click()
    expect(page.locator(".answer__foot")).to_be_visible()
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".example").first).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)


def test_a_verdict_and_its_remark_are_stored(page, folder):
    ask(page, QUESTION)
    page.get_by_role("button", name="有误").click()
    page.locator(".remark input").fill("应当写明年份")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".answer__foot [role=status]")).to_have_text("已记录，谢谢")
    store = Store(folder)
    kept = [(one["question"], one["verdict"], one["note"]) for one in store.feedback()]
    store.close()
    assert (QUESTION, "wrong", "应当写明年份") in kept


def test_copying_works_where_the_page_is_no_secure_place(browser, url):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(url)
    expect(page.locator(".example").first).to_be_visible()
    ask(page, QUESTION)
    page.get_by_role("button", name="复制答案和出处").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    box = page.get_by_placeholder("输入问题")
    box.click()
    page.keyboard.press("Control+v")
    assert "[1] 《六盘水市" in box.input_value() and "摘编，非原文" in box.input_value()
    context.close()


def test_a_file_comes_in_is_read_downloaded_and_removed(page, tmp_path):
    plan = tmp_path / "云岭县“十四五”规划.txt"
    plan.write_text(
        "云岭县“十四五”工业规划\n\n一、主要目标\n\n"
        "（一）到2025年，全县工业投资<img src=x onerror=alert(1)>累计达到35亿元。\n",
        encoding="utf-8",
    )
    secret = tmp_path / "机密★通报.txt"
    secret.write_text("任何内容", encoding="utf-8")
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    open_library(page)
    upload(page, plan, secret, broken)
    expect(page.locator(".up--refused")).to_have_count(2)
    expect(page.locator(".up--refused", has_text="机密")).to_contain_text("没有保留任何内容")
    head = page.locator("#library-side .source__head h2")
    expect(head).to_have_text("云岭县“十四五”工业规划")
    page.get_by_role("button", name="全文").click()
    expect(page.locator(".paper--text")).to_contain_text("<img src=x onerror=alert(1)>")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载文本").click()
    assert "累计达到35亿元" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="移除文件").click()
    page.get_by_role("button", name="确定移除").click()
    expect(head).not_to_have_text("云岭县“十四五”工业规划")
    expect(page.locator("#library-main tbody tr", has_text="云岭县")).to_have_count(0)


def test_a_document_is_printed_to_its_last_word(page, folder):
    open_library(page)
    page.locator("#library-main tbody tr", has_text="六盘水").locator(".rowlink").click()
    expect(page.locator("#library-side .source__head h2")).to_contain_text("六盘水")
    page.get_by_role("button", name="全文").click()
    expect(page.locator(".paper--text")).to_be_visible()
    with PdfDocument(page.pdf(format="A4")) as sheets:
        printed = "".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    store = Store(folder)
    last = store.document("lps-2016").text.split()[-1]
    store.close()
    assert last[-12:] in "".join(printed.split())
    assert "下载文本" not in printed


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_overflows(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    ask(page, QUESTION)
    page.locator(".answer .mark").first.click()
    expect(page.locator(".paper mark").first).to_be_visible()
    assert page.evaluate(SPILLED) == []
    open_library(page)
    assert page.evaluate(SPILLED) == []
    drop, words = page.locator("#drop").bounding_box(), page.locator("#filter").bounding_box()
    assert drop and drop["height"] < 60 and drop["width"] > 300
    assert words and words["height"] < 60 and words["width"] > 180


# What sticks out of the window or of its column sideways, or a page that scrolls as a whole.
SPILLED = """() => {
  const root = document.documentElement;
  const wide = [...document.querySelectorAll('.gradio-container *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.width > 1 && !one.closest('.sr')
      && (box.right > innerWidth + 1 || box.left < -1);
  });
  if (root.scrollHeight > innerHeight + 1) wide.push(root);
  for (const column of document.querySelectorAll('.panes > .column'))
    if (column.checkVisibility() && column.scrollWidth > column.clientWidth + 1) wide.push(column);
  return wide.map((one) => `${one.tagName}.${one.className}`);
}"""
