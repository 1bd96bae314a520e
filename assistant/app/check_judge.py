"""请模型再看: a model looks at what the check left open, row by row; it can be stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.app.check_session import Session, afresh
from assistant.app.checking import BROKEN, Checked, Stage, filed, forget
from assistant.app.panes import QUIET, Desk
from assistant.app.render.check import problem_html, stage_html
from assistant.model import LanguageModel
from index.errors import PolicyError

NO_MODEL = "没有设置模型：请管理员在“设置”里填写"
AT_ONCE = 4  # reports that are looked at at a time
log = logging.getLogger(__name__)
Outputs = tuple[Any, ...]
Steps = Generator[Outputs, None, None]
Reported = Callable[[Session], Outputs]


def wire(
    desk: Desk,
    button: gr.Button,
    session: gr.State,
    shown: list[Any],
    summary: gr.HTML,
    reported: Reported,
) -> None:
    """The button stands beside a report while there is a model."""
    session.change(on_session(desk), session, button, **QUIET)
    asked = button.click(on_ask(desk, reported), session, shown, concurrency_limit=AT_ONCE, **QUIET)
    # While a model is asked, the only thing to click in the summary is to stop it.
    summary.select(None, None, None, cancels=[asked], **QUIET)


def on_session(desk: Desk) -> Callable[[Session], Any]:
    def handle(session: Session) -> Any:
        return gr.update(visible=bool(desk.settings.model and session.checked))

    return handle


def on_ask(desk: Desk, reported: Reported) -> Callable[[Session], Steps]:
    def handle(session: Session) -> Steps:
        checked = session.checked
        rest = [gr.skip()] * 7
        if checked is None:
            yield session, *rest
            return
        try:
            pen = desk.pen()
            if pen is None:
                raise PolicyError(NO_MODEL)
            yield from judged(desk, session, checked, pen.model, reported)
        except PolicyError as error:
            yield session, *rest[:2], problem_html(str(error)), *rest[3:]
        except Exception:
            log.exception("a report was not judged")
            yield session, *rest[:2], problem_html(BROKEN), *rest[3:]

    return handle


def judged(
    desk: Desk, session: Session, checked: Checked, model: LanguageModel, reported: Reported
) -> Steps:
    from assistant.model.judging import judging

    rest = [gr.skip()] * 7
    coverage, title = checked.coverage, checked.draft.parsed.document.title
    with closing(judging(coverage, checked.draft.parsed, model, desk.library)) as steps:
        for one in steps:
            coverage = one.coverage
            words = Stage(f"请模型看规则没有找到对应的第{one.done}项，共{one.total}项")
            yield session, *rest[:2], stage_html(words, title), *rest[3:]
    again = filed(coverage, checked.uppers, checked.draft, desk.library)
    forget(checked)
    yield reported(replace(session, checked=again, shown=afresh(session)))
