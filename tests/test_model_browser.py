"""A reader at the page while a model answers: statements come verified, and can be stopped."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.settings import load
from evals.model_server import Endless, Request, Script, Text, serving
from tests.browsing import chromium
from tests.running import running
from tests.telling import INVESTMENT, TRUE, bundled, number_of, says, spoken

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    held = tmp_path_factory.mktemp("model") / "library"
    bundled(held).close()
    return held


@contextmanager
def at_the_page(folder: Path, script: Script, timeout: float = 30) -> Iterator[Page]:
    settings = {"model": "scripted", "model_timeout": str(timeout)}
    with serving(script) as server, browsing(folder, model_url=server.url, **settings) as page:
        yield page


@contextmanager
def browsing(folder: Path, **settings: str) -> Iterator[Page]:
    with running(folder, **settings) as here, chromium() as chrome:
        page = chrome.new_page(viewport={"width": 1366, "height": 768})
        page.goto(here.url)
        expect(page.locator(".example").first).to_be_visible()
        yield page


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#setting-{name} :is(input, textarea)")


def ask(page: Page, question: str) -> None:
    page.get_by_label("问题").fill(question)
    page.get_by_role("button", name="发送").click()


def test_statements_come_one_by_one_and_what_failed_is_folded(folder):
    lie = TRUE.replace("700", "900")
    second = "“十三五”期间，六盘水工业技术改造投资年均增长达到20%"
    script = says((TRUE, "700亿元"), (lie, "700亿元"), (second, "700亿元"), between=0.15, first=0.3)
    with at_the_page(folder, script) as page:
        ask(page, INVESTMENT)
        answer = page.locator(".answer").last
        expect(answer.locator(".answer__text")).to_contain_text(TRUE)
        # The second statement is still being written.
        expect(page.get_by_text("模型正在作答")).to_be_visible()
        expect(page.get_by_role("button", name="停止")).to_be_visible()
        expect(answer.locator(".answer__text")).to_contain_text(second)
        expect(page.get_by_role("button", name="停止")).to_be_hidden()
        expect(answer.get_by_text("模型成文，逐句核对")).to_be_visible()
        assert lie not in answer.locator(".answer__text").inner_text()
        answer.locator(".withheld summary").click()
        expect(answer.locator(".withheld")).to_contain_text(lie)
        answer.locator(".mark").first.click()
        expect(page.locator("#ask-source")).to_contain_text("700亿元")


def test_a_reader_who_has_waited_enough_stops_it(folder):
    with at_the_page(folder, lambda request: Endless(between=0.05), timeout=100) as page:
        ask(page, INVESTMENT)
        page.get_by_role("button", name="停止").click()
        expect(page.get_by_text("已停止")).to_be_visible()
        expect(page.get_by_role("button", name="停止")).to_be_hidden()
        # And the page goes on to serve. A question sent in the same instant as a cancel is being
        # settled was lost now and then; nobody types that fast.
        page.wait_for_timeout(1500)
        ask(page, "六盘水2018年技改投资多少？")
        expect(page.locator(".answer--declined")).to_be_visible()


def test_a_comparison_is_a_table_on_the_page(folder):
    def script(request):
        one = {"place": "六盘水", "text": "研究与开发经费支出占主营业务收入的比重到2020年达到1.5%"}
        one |= {"aspect": "", "clauses": [number_of(request, "1.5%")]}
        return Text(spoken([one]))

    with at_the_page(folder, script) as page:
        ask(page, "六盘水和信宜的研发投入占比目标分别是多少？")
        grid = page.locator("table.grid")
        expect(grid).to_be_visible()
        expect(grid.locator("tbody th")).to_have_text(["六盘水", "信宜"])
        for cell in grid.locator("tbody td").all():
            expect(cell.locator(".mark").first).to_be_visible()


def test_an_admin_sets_a_model_tests_it_and_readers_have_it_at_once(tmp_path):
    held = tmp_path / "library"
    bundled(held).close()
    script = says((TRUE, "700亿元"))
    with serving(script) as server, browsing(held) as page:
        page.get_by_role("tab", name="设置").click()
        expect(page.get_by_text("没有用模型")).to_be_visible()
        field(page, "model").fill("qwen")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("alert")).to_contain_text("model_url")
        field(page, "model_url").fill(server.url)
        field(page, "model_key").fill("s3cret")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("已保存，当前模型：qwen")).to_be_visible()
        page.get_by_role("button", name="测试").click()
        expect(page.get_by_text("结构化输出")).to_be_visible()
        page.get_by_role("tab", name="问答").click()
        ask(page, INVESTMENT)
        expect(page.get_by_text("模型成文，逐句核对")).to_be_visible()
    kept = held / "model.toml"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    settings = load({"store": held}, {})
    assert (settings.model, settings.model_key.get_secret_value()) == ("qwen", "s3cret")


def test_a_draft_is_reworded_marked_and_confirmed_by_a_person(folder):
    def script(request: Request) -> str:
        ruled = re.findall(r"<<<\n(.*?)\n>>>", request.prompt, re.DOTALL)
        if "请改写这一段" not in request.prompt:
            return json.dumps({"paragraphs": []})
        changed = [
            re.sub(r"^到(20\d\d)年，力争(.+?)。$", r"力争到\1年，\2。", p)
            for p in ruled[2].split("\n")
        ]
        return json.dumps({"paragraphs": changed}, ensure_ascii=False)

    with at_the_page(folder, script) as page:
        page.get_by_role("tab", name="起草").click()
        page.get_by_role("button", name="示例").first.click()
        expect(page.locator(".a4").first).to_be_visible()
        page.get_by_role("button", name="模型改写").click()
        expect(page.locator("#draft-status")).to_contain_text("请逐条“人工确认”", timeout=60_000)
        machine = page.locator("#draft-outline .chip--machine")
        before = machine.count()
        assert before
        machine.first.click()
        page.get_by_role("button", name="人工确认").click()
        expect(machine).to_have_count(before - 1)


def test_a_model_looks_at_what_a_check_left_open(folder):
    def script(request: Request) -> str:
        _, drafted = re.findall(r"<<<\n(.*?)\n>>>", request.prompt, re.DOTALL)
        return json.dumps({"quote": drafted.split("\n")[0]}, ensure_ascii=False)

    with at_the_page(folder, script) as page:
        page.get_by_role("tab", name="核查").click()
        page.locator("#check-summary").get_by_role("button").first.click()
        expect(page.locator("#check-table table")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="请模型再看").click()
        expect(page.get_by_text(re.compile("模型参与判断|规则没有找到对应"))).not_to_have_count(
            0, timeout=60_000
        )
        expect(page.locator("#check-table table")).to_be_visible()
        expect(page.locator("#check-summary")).to_contain_text("模型参与判断")


def test_an_admin_decides_which_documents_may_go_to_a_model_outside(folder):
    """0.0.0.0 leads to this machine, and counts as outside because it could lead anywhere."""
    with browsing(folder, model="m", model_url="http://0.0.0.0:9/v1") as page:
        page.get_by_role("tab", name="资料库").click()
        page.locator(".rowlink").first.click()
        # The bundled digests may go; a person may still forbid it.
        expect(page.get_by_text("准许发给外部模型", exact=True)).to_be_visible()
        page.get_by_role("button", name="改为不准").click()
        expect(page.get_by_text("不发给外部模型", exact=True)).to_be_visible()
        page.get_by_role("button", name="改为准许").click()
        expect(page.get_by_text("准许发给外部模型", exact=True)).to_be_visible()
