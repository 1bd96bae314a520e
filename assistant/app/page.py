"""The page: the bar, the places, and what keeps them in step with the library."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.app import chat, check_tab, draft_tab, library_tab, settings_tab
from assistant.app.goals import Goals
from assistant.app.panes import QUIET, STATIC, Desk, Place, reader
from assistant.app.render.bar import index_state, topbar_html
from assistant.holdings import mark
from assistant.model.holder import Pens
from index.library import Library

PLACES: tuple[Place, ...] = (
    chat.PLACE,
    check_tab.PLACE,
    draft_tab.PLACE,
    library_tab.PLACE,
    settings_tab.PLACE,
)
SHEETS = ("style.css", "ask.css", "check.css", "draft.css", "library.css", "settings.css")
FONTS = ["Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"]
LARGEST = "100mb"  # an uploaded file
SOON, LATER = 2.0, 15.0  # seconds between two looks at the library
ON_LOAD = (STATIC / "load.js").read_text(encoding="utf-8")
# Gradio's own words follow the browser's language: the same ones whatever it is.
WORDS = {
    "upload_text.drop_file": "把文件拖到这里",
    "common.or": "或",
    "upload_text.click_to_upload": "点击选择（Word、PDF、扫描件、网页等），标密文件不收",
}


def build(library: Library, wake: Callable[[], None], pens: Pens | None = None) -> gr.Blocks:
    desk = Desk(library, wake, Goals(library), pens or Pens(library))
    page: gr.Blocks = gr.Blocks(title="政策助手", fill_width=True, analytics_enabled=False)
    with page:
        held: gr.State = gr.State("")
        topbar = gr.HTML(topbar_html(0), apply_default_css=False, elem_id="topbar")
        with gr.Tabs(elem_id="places"):
            for place in PLACES:
                with gr.Tab(place.label, id=place.id):
                    place.build(desk, held)
        clock = gr.Timer(SOON)
        # Load and clock only compare; whatever differs goes on to all that listen to `held`.
        page.load(lambda: mark(library), None, held, js=ON_LOAD, **QUIET)
        clock.tick(lambda: mark(library), None, held, **QUIET)
        held.change(on_held(library), None, [topbar, clock], **QUIET)
    page.queue(default_concurrency_limit=4, max_size=64)
    return page


def on_held(library: Library) -> Callable[[gr.Request], tuple[str, gr.Timer]]:
    """The bar, and when to look again: soon while vectors are coming."""

    def handle(request: gr.Request) -> tuple[str, gr.Timer]:
        progress = library.progress().values()
        encoded, texts = sum(one.done for one in progress), sum(one.total for one in progress)
        encoding = library.encoder is not None
        indexed = index_state(encoded, texts, encoding)
        bar = topbar_html(len(library.documents()), indexed, reader(request))
        return bar, gr.Timer(SOON if encoding and encoded < texts else LATER)

    return handle


def mount(
    app: FastAPI, page: gr.Blocks, login: Callable[[str, str], Awaitable[bool]] | None
) -> Any:
    """Puts the page under the server's root; returns gradio's own application."""
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth=login,
        show_error=False,
        max_file_size=LARGEST,
        footer_links=[],
        favicon_path=STATIC / "favicon.svg",
        theme=gr.themes.Base(font=FONTS, font_mono=["Consolas", "monospace"]),
        css_paths=[STATIC / name for name in SHEETS],
        head=f"<style>{(STATIC / 'print.css').read_text(encoding='utf-8')}</style>",
        i18n=gr.I18n(**{"en": WORDS, "zh-CN": WORDS}),
        ssr_mode=False,
        mcp_server=False,
        run_history=False,
        enable_monitoring=False,
    )
    return app.routes[-1].app  # type: ignore[attr-defined]
