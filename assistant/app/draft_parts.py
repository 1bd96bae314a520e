"""The components of 起草: the form, the toolbar, the pages, the pane beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.app import county
from assistant.app.drafting import STAGES, Session, forget
from assistant.app.panes import pane
from assistant.app.render import draft as show
from assistant.app.render.shelf import empty_html


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the place that its events read and write."""

    session: gr.State
    uppers: gr.Dropdown
    form: list[gr.components.Component]
    load: gr.UploadButton
    start: gr.Button
    outline: gr.HTML
    stage: gr.Radio
    bar: gr.Row
    tools: gr.HTML
    status: gr.HTML
    plan: gr.HTML
    side: gr.Column
    source: gr.HTML
    asides: gr.HTML
    file: gr.DownloadButton
    shelf: gr.HTML
    editor: gr.HTML
    back: gr.UploadButton
    rewrite: gr.Button
    halt: gr.Button


def draw(with_example: bool) -> Parts:
    with gr.Row(elem_classes="panes"):
        session: gr.State = gr.State(Session(), delete_callback=forget)
        with gr.Column(elem_id="draft-form", min_width=0):
            uppers = gr.Dropdown([], value=[], multiselect=True, label="上级文件", interactive=True)
            form = [*section("县情：基本信息", county.BASICS)]
            form += section("县情：部门与产业", county.DETAILS)
            with gr.Row(elem_id="draft-go"):
                gr.DownloadButton("空白县情表", value=str(county.blank_form()), min_width=0)
                load = gr.UploadButton("上传县情", file_types=[".xlsx", ".toml"], min_width=0)
            start = gr.Button("生成草案", variant="primary", elem_id="draft-start")
            outline = pane(elem_id="draft-outline")
        with gr.Column(elem_id="draft-plan", min_width=0):
            shelf = pane(elem_id="draft-shelf")
            with gr.Row(elem_classes="toolbar", visible=False) as bar:
                stage = stages()
                back = gr.UploadButton(
                    "收回 Word", file_types=[".docx"], min_width=0, elem_id="draft-back"
                )
                rewrite = gr.Button("模型改写", visible=False, min_width=0, elem_id="draft-rewrite")
                halt = gr.Button("停止改写", visible=False, min_width=0, elem_id="draft-halt")
                tools = pane(value=show.tools_html(0), elem_id="draft-tools")
            status = pane(elem_id="draft-status")
            plan = pane(value=empty_html(with_example, ()), elem_classes="fill-pane")
            editor = pane(elem_id="draft-editor")
        with gr.Column(elem_id="draft-side", min_width=0, visible=False) as side:
            source = pane(value=show.NO_SOURCE, elem_classes="fill-pane")
            asides = pane(elem_id="draft-asides")
        file = gr.DownloadButton("下载", elem_id="draft-file")
    sides = (side, source, asides, file, shelf, editor, back, rewrite, halt)
    return Parts(
        session, uppers, form, load, start, outline, stage, bar, tools, status, plan, *sides
    )


def stages() -> gr.Radio:
    return gr.Radio(
        list(STAGES),
        value=STAGES[0],
        label="文稿阶段",
        show_label=False,
        interactive=True,
        elem_classes="segmented",
        min_width=0,
    )


def section(label: str, fields: Sequence[county.Field]) -> Iterator[gr.components.Component]:
    with gr.Accordion(label, open=False, elem_classes="gr-accordion"):
        for field in fields:
            if field.kind == "flag":
                yield gr.Checkbox(True, label=field.label, interactive=True)
            else:
                yield gr.Textbox(
                    "",
                    label=field.label,
                    placeholder=field.hint,
                    lines=field.lines,
                    max_lines=8,
                    interactive=True,
                )
