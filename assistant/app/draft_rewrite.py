"""模型改写: the draft in hand reworded clause by clause, to be stopped at any moment."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.app import draft_acts
from assistant.app.draft_view import Outputs, outputs, redrawn
from assistant.app.drafting import BROKEN_ACT, Session
from assistant.app.panes import QUIET, Desk, reader
from assistant.app.render import draft as show
from assistant.draft.work import Work
from assistant.model import LanguageModel
from index.errors import PolicyError

NO_MODEL = "没有设置模型：请管理员在“设置”里填写"
STOPPED = "已停止改写，草案没有改动"
AT_ONCE = 4  # drafts that are reworded at a time
NOBODY = "本机用户"
log = logging.getLogger(__name__)
Steps = Generator[Outputs, None, None]


def wire(
    desk: Desk,
    buttons: tuple[gr.Button, gr.Button],
    held: gr.State,
    session: gr.State,
    shown: list[Any],
) -> None:
    start, stop = buttons
    held.change(lambda: gr.update(visible=bool(desk.settings.model)), None, start, **QUIET)
    going = start.click(on_start(desk), session, [*shown, stop], concurrency_limit=AT_ONCE, **QUIET)
    stop.click(on_stop, session, [*shown, stop], cancels=[going], **QUIET)


def on_start(desk: Desk) -> Callable[[Session, gr.Request], Steps]:
    def handle(session: Session, request: gr.Request) -> Steps:
        if session.work is None:
            yield *outputs(session), gr.skip()
            return
        yield *outputs(session, status=show.busy_html("正在请模型改写")), gr.update(visible=True)
        try:
            pen = desk.pen()
            if pen is None:
                raise PolicyError(NO_MODEL)
            who = reader(request) or NOBODY
            yield from rewritten(desk, session, session.work, pen.model, who)
        except PolicyError as error:
            yield *outputs(session, status=show.problem_html(str(error))), gr.update(visible=False)
        except Exception:
            log.exception("a draft was not reworded")
            words = show.problem_html(BROKEN_ACT)
            yield *outputs(session, status=words), gr.update(visible=False)

    return handle


def rewritten(desk: Desk, session: Session, work: Work, model: LanguageModel, who: str) -> Steps:
    """One step a clause; what persons have edited or confirmed stays theirs. Saved at the end."""
    from assistant.model.drafting import rewording, with_clauses

    clauses, reasons = [], []
    theirs = frozenset(touch.clause for touch in work.touches)
    with closing(rewording(work.plain, model, desk.library, theirs)) as steps:
        for one in steps:
            clauses.append(one.clause)
            reasons += [one.reason] if one.reason else []
            busy = show.busy_html(f"正在改写第{one.done}条，共{one.total}条")
            yield *outputs(session, status=busy), gr.skip()
    made = sum(clause.is_machine_made for clause in clauses)
    if not made:
        why = f"：{reasons[0]}" if reasons else ""
        words = show.problem_html(f"没有一条改写通过核对，草案没有改动{why}")
        yield *outputs(session, status=words), gr.update(visible=False)
        return
    work = replace(work, plain=with_clauses(work.plain, clauses))
    done = draft_acts.kept(desk.library.store, session, work, who, f"模型改写{made}条")
    told = f"模型改写{made}条，逐条核对过，请逐条“人工确认”；保留原文{len(clauses) - made}条"
    session = replace(done.session, serial=session.serial + 1)
    drawn = redrawn(session, f"{told}。{done.words}", problem=done.problem, desk=desk)
    yield *drawn, gr.update(visible=False)


def on_stop(session: Session) -> Outputs:
    return (*outputs(session, status=show.said_html(STOPPED)), gr.update(visible=False))
