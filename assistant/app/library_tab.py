"""资料库: what the library holds, files on their way in, and one document to look through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.app.panes import QUIET, Desk, Place, clicked, pane, reader
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
from assistant.model.leaving import may_leave, permit
from assistant.model.network import is_outside
from index.errors import NotFound
from index.standing import family
from index.types import Document


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the place that its events read and write."""

    selected: gr.State
    drop: gr.File
    uploads: gr.HTML
    words: gr.Textbox
    table: gr.HTML
    preview: gr.HTML


def build(desk: Desk, held: gr.State) -> None:
    parts = draw()
    wire(desk, parts, held)


def draw() -> Parts:
    with gr.Row(elem_classes="panes"):
        selected: gr.State = gr.State("")
        with gr.Column(elem_id="library-main", min_width=0):
            with gr.Row(elem_id="library-tools"):
                drop = gr.File(
                    label="上传文件",
                    show_label=False,
                    file_count="multiple",
                    height=46,
                    elem_id="drop",
                )
                words = gr.Textbox(
                    "",
                    placeholder="筛选：标题、文号、机关",
                    label="筛选",
                    show_label=False,
                    max_length=60,
                    scale=0,
                    elem_id="filter",
                )
            uploads = pane(elem_id="uploads")
            table = pane(elem_classes="fill-pane")
        with gr.Column(elem_id="library-side", min_width=0):
            preview = pane(elem_classes="fill-pane")
    return Parts(selected, drop, uploads, words, table, preview)


def wire(desk: Desk, parts: Parts, held: gr.State) -> None:
    chosen = [parts.selected, parts.words]
    shown = [parts.selected, parts.table, parts.preview]
    held.change(on_library(desk), chosen, shown, **QUIET)
    parts.words.change(lambda *given: drawn(desk, *given), chosen, parts.table, **QUIET)
    parts.table.select(on_table(desk), None, [parts.selected, parts.preview], **QUIET)
    parts.preview.select(on_preview(desk), parts.words, [*shown, held], **QUIET)
    parts.uploads.select(lambda: "", None, parts.uploads, **QUIET)
    parts.drop.upload(
        on_upload(desk),
        parts.drop,
        [parts.uploads, parts.drop, held, parts.selected, parts.preview],
        concurrency_limit=1,
        **QUIET,
    )


def drawn(desk: Desk, selected: str, words: str) -> str:
    rows, encoding = holdings(desk.library), desk.library.encoder is not None
    return library_html(rows, selected, words, encoding=encoding, ended=desk.goals.ended())


def on_library(desk: Desk) -> Callable[[str, str], tuple[Any, ...]]:
    """Another document came or went, or vectors are further on: redraw, keep the choice."""

    def handle(selected: str, words: str) -> tuple[Any, ...]:
        held = [document.id for document in desk.library.documents()]
        if selected in held:
            return selected, drawn(desk, selected, words), gr.skip()
        first = next(iter(held), "")
        return first, drawn(desk, first, words), preview(desk, first)

    return handle


def preview(
    desk: Desk,
    document_id: str,
    mode: Mode = "outline",
    confirming: bool = False,
    request: gr.Request | None = None,
) -> str:
    library = desk.library
    try:
        document = library.document(document_id)
        clauses, tasks = library.clauses(document_id), library.tasks(document_id)
    except NotFound:
        return preview_html(None)
    ended = desk.goals.ended().get(document_id)
    leaves = leaving(desk, document, request)
    kin = family(library.documents(), document)
    return preview_html(Preview(document, clauses, tasks, mode, confirming, ended, leaves, kin))


def leaving(desk: Desk, document: Document, request: gr.Request | None) -> bool | None:
    """What an admin sees where a model outside is set up."""
    if request is None or not desk.settings.is_admin(reader(request)) or not has_outside(desk):
        return None
    return may_leave(desk.library)(document)


def has_outside(desk: Desk) -> bool:
    settings = desk.settings
    return bool(settings.model and settings.model_url) and is_outside(settings.model_url)


def on_table(desk: Desk) -> Callable[[gr.EventData, gr.Request], tuple[Any, ...]]:
    def handle(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        chosen = clicked(event).get("row", "")
        return chosen, preview(desk, chosen, request=request)

    return handle


def on_preview(desk: Desk) -> Callable[[str, gr.EventData, gr.Request], tuple[Any, ...]]:
    """The pane's buttons: the other view, a related document, removing, the question first."""

    def handle(words: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        data = clicked(event)
        chosen, act = data.get("row", ""), data.get("act", "")
        if act == "permit" and desk.settings.is_admin(reader(request)):
            permit(desk.library, chosen, data.get("allow") == "true", reader(request) or "本机")
        if act == "row":
            shown = preview(desk, chosen, request=request)
            return chosen, drawn(desk, chosen, words), shown, gr.skip()
        if act == "remove":
            desk.library.store.remove([chosen])
            sign(desk, "remove", chosen, request)
            return *on_library(desk)("", words), mark(desk.library)
        mode: Mode = "text" if data.get("mode") == "text" else "outline"
        shown = preview(desk, chosen, mode, act == "confirm", request)
        return gr.skip(), gr.skip(), shown, gr.skip()

    return handle


def on_upload(desk: Desk) -> Callable[[list[str] | None, gr.Request], Iterator[tuple[Any, ...]]]:
    """The drop zone is emptied at once; what was stored last is shown when all are in."""

    def handle(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        uploads: list[Upload] = []
        for uploads in take_in(paths or [], desk):
            yield uploads_html(uploads), None, gr.skip(), gr.skip(), gr.skip()
        stored = [upload.document_id for upload in uploads if upload.document_id]
        for document_id in stored:
            sign(desk, "upload", document_id, request)
        chosen = stored[-1] if stored else gr.skip()
        shown = preview(desk, stored[-1]) if stored else gr.skip()
        yield gr.skip(), gr.skip(), mark(desk.library), chosen, shown

    return handle


def sign(desk: Desk, action: str, document_id: str, request: gr.Request) -> None:
    """The audit trail says who it was, where people have names."""
    if user := reader(request):
        desk.library.store.add_audit(action, document_id, {"user": user})


PLACE = Place("library", "资料库", build)
