"""核查: a county's draft held against upper plans, task by task."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import gradio as gr

from assistant.app import check_judge, drafts
from assistant.app.check_session import (
    UNTOUCHED,
    Session,
    afresh,
    dropped,
    looked,
    picked,
    ready,
)
from assistant.app.checking import BROKEN, Checked, Watch, checking, forget
from assistant.app.drafts import Draft
from assistant.app.panes import FORWARD, QUIET, STATIC, Desk, Place, clicked, pane
from assistant.app.render.check import (
    empty_html,
    problem_html,
    stage_html,
    summary_html,
    table_html,
)
from assistant.app.render.check_page import page_html
from assistant.app.render.check_view import Shown
from assistant.app.render.compare import compare_html
from assistant.check.progress import Stopped
from index.errors import PolicyError

log = logging.getLogger(__name__)
HIDDEN = gr.update(visible=False)
PRINTED = FORWARD + (STATIC / "print.js").read_text(encoding="utf-8")
PAIR = FORWARD + (STATIC / "check.js").read_text(encoding="utf-8")
Outputs = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the place that its events read and write."""

    session: gr.State
    uppers: gr.Dropdown
    draft: gr.Dropdown
    upload: gr.UploadButton
    start: gr.Button
    judge: gr.Button
    word: gr.DownloadButton
    excel: gr.DownloadButton
    summary: gr.HTML
    table: gr.HTML
    compare: gr.HTML


def build(desk: Desk, held: gr.State) -> None:
    bundled = examples()
    parts = draw(lambda: empty_html(example(desk, bundled)))
    wire(desk, parts, held, ThreadPoolExecutor(1, "check"), bundled)


def examples() -> dict[str, Draft]:
    """An example that cannot be read costs the example, not the page."""
    try:
        return drafts.examples()
    except PolicyError as error:
        log.warning("%s", error)
        return {}


def draw(empty: Callable[[], str]) -> Parts:
    """``empty`` is asked at each opening of the page: the library may hold other documents."""
    with gr.Column(elem_id="check-desk", min_width=0):
        session: gr.State = gr.State(Session({}), delete_callback=dropped)
        with gr.Row(elem_id="check-tools"):
            uppers = gr.Dropdown(
                [], value=[], multiselect=True, label="上级文件", interactive=True, min_width=0
            )
            draft = gr.Dropdown([], label="本县草案", interactive=True, min_width=0)
            upload = gr.UploadButton("上传草案", scale=0, min_width=104)
            start = gr.Button("开始核查", variant="primary", scale=0, min_width=120)
            judge = gr.Button("请模型再看", scale=0, min_width=104, visible=False)
            word = gr.DownloadButton("Word 批注稿", scale=0, min_width=112, visible=False)
            excel = gr.DownloadButton("Excel 对照表", scale=0, min_width=112, visible=False)
        summary = pane(value=empty, elem_id="check-summary")
        table = gr.HTML(
            visible=False, js_on_load=PRINTED, apply_default_css=False, elem_id="check-table"
        )
        compare = gr.HTML(
            visible=False, js_on_load=PAIR, apply_default_css=False, elem_id="check-compare"
        )
    return Parts(session, uppers, draft, upload, start, judge, word, excel, summary, table, compare)


def wire(
    desk: Desk, parts: Parts, held: gr.State, seat: Executor, bundled: Mapping[str, Draft]
) -> None:
    pickers = [parts.uppers, parts.draft]
    given = [parts.session, *pickers]
    panes = [parts.summary, parts.table, parts.compare]
    shown = [parts.session, *pickers, *panes, parts.word, parts.excel]
    run = on_run(desk, seat, bundled)
    parts.start.click(run, given, shown, **QUIET)
    check_judge.wire(
        desk, parts.judge, parts.session, shown, parts.summary, lambda s: reported(s, {})
    )
    for one in panes:
        one.select(on_select(run), given, shown, trigger_mode="multiple", **QUIET)
    parts.upload.upload(on_upload(desk, bundled), [parts.upload, *given], shown, **QUIET)
    parts.draft.focus(on_focus(desk, bundled), parts.session, parts.draft, **QUIET)
    parts.draft.input(on_draft(desk, bundled), given, shown, **QUIET)
    held.change(on_library(desk, bundled), given, pickers, **QUIET)


def outputs(session: Session, **changed: Any) -> Outputs:
    """What an event says, in the order of the components; the rest stays as it is."""
    names = ("uppers", "draft", "summary", "table", "compare", "word", "excel")
    return (session, *(changed.get(name, gr.skip()) for name in names))


def on_library(
    desk: Desk, bundled: Mapping[str, Draft]
) -> Callable[[Session, list[str], str | None], Outputs]:
    """Documents came or went: other choices, the same picks as far as they are still there."""

    def handle(session: Session, uppers: list[str], draft: str | None) -> Outputs:
        choices = drafts.upper_choices(desk.library)
        offered = drafts.draft_choices({**bundled, **session.own}, desk.library)
        picks = drafts.known(uppers or [], choices)
        kept = next(iter(drafts.known([draft or ""], offered)), None)
        return gr.update(choices=choices, value=picks), gr.update(choices=offered, value=kept)

    return handle


def on_focus(desk: Desk, bundled: Mapping[str, Draft]) -> Callable[[Session], Any]:
    """Drafts that were kept meanwhile in 起草."""

    def handle(session: Session) -> Any:
        choices = drafts.draft_choices({**bundled, **session.own}, desk.library)
        return gr.update(choices=choices)

    return handle


def example(desk: Desk, bundled: Mapping[str, Draft]) -> str:
    """An example whose upper plan the library holds."""
    return next(
        (k for k, one in bundled.items() if drafts.carried_out(one.parsed, desk.library)), ""
    )


def on_draft(
    desk: Desk, bundled: Mapping[str, Draft]
) -> Callable[[Session, list[str], str | None], Outputs]:
    """A draft says what it carries out: that much less to pick."""

    def handle(session: Session, uppers: list[str], draft: str | None) -> Outputs:
        try:
            given = drafts.chosen(draft or "", {**bundled, **session.own}, desk.library)
        except PolicyError:
            return outputs(session)
        named = drafts.carried_out(given.parsed, desk.library)
        picks = picked(session, uppers or [], named)
        return outputs(replace(session, named=tuple(named)), uppers=picks)

    return handle


def on_upload(
    desk: Desk, bundled: Mapping[str, Draft]
) -> Callable[[str, Session, list[str], str | None], Outputs]:
    def handle(path: str, session: Session, uppers: list[str], _: str | None) -> Outputs:
        try:
            given = drafts.received(Path(path), len(session.own) + 1)
        except PolicyError as error:
            return outputs(session, summary=problem_html(str(error)), **CLEARED)
        except Exception:
            log.exception("upload")
            return outputs(session, summary=problem_html(BROKEN), **CLEARED)
        own = {**session.own, given.key: given}
        named = drafts.carried_out(given.parsed, desk.library)
        picks = picked(session, uppers or [], named)
        offered = drafts.draft_choices({**bundled, **own}, desk.library)
        return outputs(
            replace(session, own=own, named=tuple(named), shown=UNTOUCHED),
            uppers=picks,
            draft=gr.update(choices=offered, value=given.key),
            summary=empty_html("", ready(given, picks, named)),
            **CLEARED,
        )

    return handle


CLEARED: dict[str, Any] = {"table": HIDDEN, "compare": HIDDEN, "word": HIDDEN, "excel": HIDDEN}
Run = Callable[[Session, list[str], str | None], Iterator[Outputs]]


def on_run(desk: Desk, seat: Executor, bundled: Mapping[str, Draft]) -> Run:
    def handle(session: Session, uppers: list[str], draft: str | None) -> Iterator[Outputs]:
        library, watch = desk.library, Watch()
        if session.running:
            session.running.stop()
        try:
            given = drafts.chosen(draft or "", {**bundled, **session.own}, library)
            named = drafts.carried_out(given.parsed, library)
            picks = uppers or named
            session = replace(session, named=tuple(named), running=watch)
            pickers = {"uppers": picks, "draft": given.key}
            for step in checking(picks, given, library, seat, watch):
                if isinstance(step, Checked):
                    forget(session.checked)
                    done = replace(session, checked=step, shown=afresh(session), running=None)
                    yield reported(done, pickers)
                else:
                    words = stage_html(step, given.parsed.document.title)
                    yield outputs(session, summary=words, **CLEARED, **pickers)
        except Stopped as stopped:
            yield outputs(session, summary=empty_html("", str(stopped)), **CLEARED)
        except PolicyError as error:
            yield outputs(session, summary=problem_html(str(error)), **CLEARED)

    return handle


def reported(session: Session, changed: Mapping[str, Any]) -> Outputs:
    checked = cast(Checked, session.checked)
    word = gr.update(value=str(checked.word), visible=True) if checked.word else HIDDEN
    return outputs(
        session,
        summary=summary_html(checked, session.shown),
        table=gr.update(value=table_html(checked, session.shown), visible=True),
        compare=HIDDEN,
        word=word,
        excel=gr.update(value=str(checked.excel), visible=True),
        **changed,
    )


def on_select(run: Run) -> Callable[..., Iterator[Outputs]]:
    """A click in any of the panes."""

    def handle(
        session: Session, uppers: list[str], draft: str | None, event: gr.EventData
    ) -> Iterator[Outputs]:
        data = clicked(event)
        if data.get("act") == "demo":
            yield from run(session, [], data.get("draft"))
        elif data.get("act") == "stop":
            if session.running:
                session.running.stop()
            elif session.checked:
                yield outputs(session, summary=summary_html(session.checked, session.shown))
        elif session.checked:
            yield turned(session, session.checked, data)

    return handle


def turned(session: Session, checked: Checked, data: Mapping[str, str]) -> Outputs:
    """The same report, looked at otherwise."""
    shown = looked(session.shown, checked, data)
    session = replace(session, shown=shown)
    if shown.row:
        summary = summary_html(checked, shown) if data.get("act") == "done" else gr.skip()
        pair = gr.update(value=compare_html(checked, shown), visible=True)
        return outputs(session, summary=summary, compare=pair, table=body_html(checked, shown))
    closing = data.get("act") == "close"
    return outputs(
        session,
        summary=gr.skip() if closing else summary_html(checked, shown),
        table=body_html(checked, shown),
        compare=HIDDEN,
    )


def body_html(checked: Checked, shown: Shown) -> str:
    return page_html(checked) if shown.view == "page" else table_html(checked, shown)


PLACE = Place("check", "核查", build)
