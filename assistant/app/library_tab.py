"""资料库: what the library holds, files on their way in, and one document to look through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.app.panes import QUIET, Desk, Place, clicked, pane
from assistant.app.render.library import (
    Mode,
    Preview,
    Upload,
    library_html,
    preview_html,
    uploads_html,
)
from assistant.app.upload import take_in
from assistant.holdings import holdings, mark
from index.errors import NotFound
from index.library import Library


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the place that its events read and write."""

    selected: gr.State
    drop: gr.File
    uploads: gr.HTML
    table: gr.HTML
    preview: gr.HTML


def build(desk: Desk, held: gr.State) -> None:
    parts = draw()
    wire(desk, parts, held)


def draw() -> Parts:
    with gr.Row(elem_classes="panes"):
        selected: gr.State = gr.State("")
        with gr.Column(elem_id="library-main", min_width=0):
            drop = gr.File(
                label="上传文件",
                show_label=False,
                file_count="multiple",
                height=72,
                elem_id="drop",
            )
            uploads = pane(elem_id="uploads")
            table = pane(elem_classes="fill-pane")
        with gr.Column(elem_id="library-side", min_width=0):
            preview = pane(elem_classes="fill-pane")
    return Parts(selected, drop, uploads, table, preview)


def wire(desk: Desk, parts: Parts, held: gr.State) -> None:
    library = desk.library
    shown = [parts.selected, parts.table, parts.preview]
    held.change(on_library(library), parts.selected, shown, **QUIET)
    parts.table.select(on_table(library), None, [parts.selected, parts.preview], **QUIET)
    parts.preview.select(on_preview(library), None, [*shown, held], **QUIET)
    parts.uploads.select(lambda: "", None, parts.uploads, **QUIET)
    parts.drop.upload(
        on_upload(desk),
        parts.drop,
        [parts.uploads, parts.drop, held, parts.selected, parts.preview],
        concurrency_limit=1,
        **QUIET,
    )


def on_library(library: Library) -> Callable[[str], tuple[Any, ...]]:
    """Another document came or went, or vectors are further on: redraw, keep the choice."""

    def handle(selected: str) -> tuple[Any, ...]:
        rows = holdings(library)
        kept = any(row.document.id == selected for row in rows)
        if not kept:
            selected = rows[0].document.id if rows else ""
        drawn = library_html(rows, selected, library.encoder is not None)
        return selected, drawn, gr.skip() if kept else preview(library, selected)

    return handle


def preview(
    library: Library, document_id: str, mode: Mode = "outline", confirming: bool = False
) -> str:
    try:
        document = library.document(document_id)
        clauses, tasks = library.clauses(document_id), library.tasks(document_id)
    except NotFound:
        return preview_html(None)
    return preview_html(Preview(document, clauses, tasks, mode, confirming))


def on_table(library: Library) -> Callable[[gr.EventData], tuple[Any, ...]]:
    def handle(event: gr.EventData) -> tuple[Any, ...]:
        chosen = clicked(event).get("row", "")
        return chosen, preview(library, chosen)

    return handle


def on_preview(library: Library) -> Callable[[gr.EventData], tuple[Any, ...]]:
    """The pane's buttons: the other view, removing, and the question before it."""

    def handle(event: gr.EventData) -> tuple[Any, ...]:
        data = clicked(event)
        chosen, act = data.get("row", ""), data.get("act", "")
        if act == "remove":
            library.store.remove([chosen])
            return *on_library(library)(""), mark(library)
        mode: Mode = "text" if data.get("mode") == "text" else "outline"
        shown = preview(library, chosen, mode, confirming=act == "confirm")
        return gr.skip(), gr.skip(), shown, gr.skip()

    return handle


def on_upload(desk: Desk) -> Callable[[list[str] | None], Iterator[tuple[Any, ...]]]:
    """The drop zone is emptied at once; what was stored last is shown when all are in."""

    def handle(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        uploads: list[Upload] = []
        for uploads in take_in(paths or [], desk):
            yield uploads_html(uploads), None, gr.skip(), gr.skip(), gr.skip()
        stored = [upload.document_id for upload in uploads if upload.document_id]
        chosen = stored[-1] if stored else gr.skip()
        shown = preview(desk.library, stored[-1]) if stored else gr.skip()
        yield gr.skip(), gr.skip(), mark(desk.library), chosen, shown

    return handle


PLACE = Place("library", "资料库", build)
