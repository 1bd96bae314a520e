"""设置: the model, for those who look after the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.app.panes import QUIET, Desk, Place, pane, reader
from assistant.app.render.settings import checks_html, problem_html, saved_html, state_html
from assistant.doctor import Check, model_checks
from assistant.model import open_model
from assistant.model.leaving import drafts_may_leave, permit_drafts
from assistant.settings import SAVED, Settings, given, load, save
from index.errors import PolicyError

NOT_ADMIN = "只有管理员可以改设置；管理员由 ASSISTANT_ADMINS 指定"
FIELDS: dict[str, tuple[str, str]] = {
    "model": ("模型", "服务里的模型名称，如 qwen3-32b；或 gguf:模型文件路径；不填即不用模型"),
    "model_url": ("服务地址", "如 http://127.0.0.1:8000/v1；用本机模型文件时不填"),
    "model_key": ("密钥", "不改则留空"),
    "model_timeout": ("最长等待（秒）", "到时即改用逐字摘录"),
    "evidence_tokens": ("给模型看的条款（词元）", "按模型的上下文长度设"),
    "reply_tokens": ("模型回答的上限（词元）", ""),
    "reranker": ("重排模型", "sentence-transformers 的交叉编码器名称或文件夹；不填即不用"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    fields: list[gr.Textbox]
    drafts: gr.Checkbox
    keep: gr.Button
    test: gr.Button
    status: gr.HTML


def build(desk: Desk, held: gr.State) -> None:
    parts = draw()
    shown = [parts.status, parts.drafts, *parts.fields]
    # Once, when the page opens: later changes of the library must not undo what is being typed.
    gr.on(None, on_open(desk), None, shown, **QUIET)
    parts.keep.click(on_keep(desk), parts.fields, parts.status, **QUIET)
    parts.test.click(on_test(desk), None, parts.status, **QUIET)
    parts.drafts.input(on_drafts(desk), parts.drafts, parts.status, **QUIET)


def draw() -> Parts:
    with gr.Row(elem_classes="panes"), gr.Column(elem_id="settings-main", min_width=0):
        gr.HTML("<h1>语言模型</h1>", apply_default_css=False)
        fields = [
            gr.Textbox(
                "",
                label=label,
                info=hint or None,
                type="password" if name == "model_key" else "text",
                max_length=500,
                max_lines=1,
                elem_id=f"setting-{name}",
                interactive=True,
            )
            for name, (label, hint) in FIELDS.items()
        ]
        with gr.Row(elem_id="settings-go"):
            keep = gr.Button("保存", variant="primary", scale=0, min_width=88)
            test = gr.Button("测试", scale=0, min_width=88)
        status = pane(elem_id="settings-status")
        drafts = gr.Checkbox(
            False,
            label="准许把本县草稿发给外部模型（起草改写、核查判断时用；默认不准）",
            interactive=True,
        )
    return Parts(fields, drafts, keep, test, status)


def on_open(desk: Desk) -> Callable[[gr.Request], tuple[Any, ...]]:
    def handle(request: gr.Request) -> tuple[Any, ...]:
        settings = desk.settings
        admin = settings.is_admin(reader(request))
        fixed = given({})
        values = [
            gr.update(
                value=shown(settings, name) if admin else "",
                interactive=admin and name not in fixed,
            )
            for name in FIELDS
        ]
        state = state_html(settings, sorted(set(fixed) & set(SAVED))) if admin else ""
        drafts = gr.update(value=drafts_may_leave(desk.library), interactive=admin)
        return state or problem_html(NOT_ADMIN), drafts, *values

    return handle


def shown(settings: Settings, name: str) -> str:
    """What stands in a field; a key is never sent back to the page."""
    value = getattr(settings, name)
    if name == "model_key":
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def on_keep(desk: Desk) -> Callable[..., str]:
    # gradio hands the request to whatever parameter is annotated with it.
    def handle(request: gr.Request, *words: str) -> str:
        if not desk.settings.is_admin(reader(request)):
            return problem_html(NOT_ADMIN)
        try:
            kept(desk, dict(zip(FIELDS, words, strict=True)))
        except (PolicyError, OSError) as error:
            return problem_html(str(error))
        desk.library.store.add_audit("settings", "model", {"user": reader(request)})
        return saved_html(desk.settings)

    return handle


def kept(desk: Desk, words: dict[str, str]) -> None:
    """Checked as a whole before anything is written."""
    before, store = desk.settings, desk.library.store.folder
    key = words["model_key"].strip() or before.model_key.get_secret_value()
    wanted = {name: word.strip() for name, word in words.items()} | {"model_key": key}
    checked = load({**given({}), **{n: w for n, w in wanted.items() if n not in given({})}}, {})
    if model := open_model(checked):
        model.close()
    values = {name: getattr(checked, name) for name in SAVED} | {"model_key": key}
    save(store, values)
    desk.change(checked)


def on_test(desk: Desk) -> Callable[[gr.Request], Iterator[str]]:
    def handle(request: gr.Request) -> Iterator[str]:
        if not desk.settings.is_admin(reader(request)):
            yield problem_html(NOT_ADMIN)
            return
        checks: list[Check] = []
        yield checks_html(checks, going=True)
        for check in model_checks(desk.settings):
            checks.append(check)
            yield checks_html(checks, going=True)
        yield checks_html(checks)

    return handle


def on_drafts(desk: Desk) -> Callable[[bool, gr.Request], str]:
    def handle(allowed: bool, request: gr.Request) -> str:
        who = reader(request)
        if not desk.settings.is_admin(who):
            return problem_html(NOT_ADMIN)
        permit_drafts(desk.library, bool(allowed), who or "本机")
        return saved_html(desk.settings)

    return handle


PLACE = Place("settings", "设置", build)
