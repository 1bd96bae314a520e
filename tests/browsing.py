"""Chromium as the reader's browser, and a page on which nothing may go wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HARMLESS = "Method not implemented."  # gradio's upload stream says so


@contextmanager
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("没有 Chromium：装上 chromium 后才能跑网页测试")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def watched(browser: Browser, url: str) -> Iterator[Page]:
    """The page at 1366×768; at the end nothing may have gone wrong or left this machine."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
    page.on("request", lambda sent: _outside(sent.url, url, wrong))
    page.goto(url)
    yield page
    context.close()
    assert [line for line in wrong if line != HARMLESS] == []


def _outside(sent: str, url: str, wrong: list[str]) -> None:
    if not sent.startswith((url, url.replace("http", "ws", 1), "data:", "blob:")):
        wrong.append(f"outside request: {sent}")
