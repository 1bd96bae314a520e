"""The panes of 起草 as a session has them: what an event gives back to the page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.app import county
from assistant.app.drafting import BROKEN_ACT, Session
from assistant.app.panes import Desk
from assistant.app.render import draft as show
from assistant.app.render.editor import clause_bar_html, editor_html
from assistant.app.render.plan import places
from assistant.app.render.sheet import desk_html
from assistant.app.render.shelf import bar_html, empty_html
from assistant.app.render.versions import versions_html
from assistant.app.source import opened
from assistant.draft.compared import compared
from assistant.draft.extract import units_of
from assistant.draft.keep import open_draft
from assistant.draft.work import Work
from index import drafts as shelf
from index.errors import NotFound, PolicyError

Outputs = tuple[Any, ...]
NAMES = (
    "outline",
    "bar",
    "tools",
    "status",
    "plan",
    "side",
    "source",
    "asides",
    "shelf",
    "editor",
)
log = logging.getLogger(__name__)


def outputs(session: Session, **changed: Any) -> Outputs:
    """What an event says, in the order of the components; the rest stays as it is."""
    return (session, *(changed.get(name, gr.skip()) for name in NAMES))


def told(desk: Desk, session: Session, act: Callable[[], Outputs], rest: Sequence[Any]) -> Outputs:
    """The outputs of an act, or why it could not be done, in one line."""
    try:
        return act()
    except PolicyError as error:
        return (*outputs(session, status=show.problem_html(str(error))), *rest)
    except Exception:
        log.exception("act failed")
        return (*outputs(session, status=show.problem_html(BROKEN_ACT)), *rest)


def emptied(desk: Desk, asked: int = 0) -> str:
    """The page without a draft in hand: how to begin, and the drafts that are kept."""
    return empty_html(county.example() is not None, shelf.drafts(desk.library.store), asked)


def redrawn(
    session: Session,
    words: str = "",
    *,
    problem: bool = False,
    desk: Desk | None = None,
    fresh: bool = False,
    pages_only: bool = False,
) -> Outputs:
    """Everything that depends on the draft; ``fresh``: another one than before is in hand."""
    work = session.work
    assert work is not None
    panes: dict[str, Any] = {"plan": plan_html(session, work, desk)}
    if not pages_only:
        panes |= standing(session, work)
        if words:
            panes["status"] = show.problem_html(words) if problem else show.said_html(words)
    if fresh:
        panes |= {"bar": gr.update(visible=True), "source": show.NO_SOURCE}
    return outputs(session, **panes)


def standing(session: Session, work: Work) -> dict[str, Any]:
    """The panes around the pages."""
    bar = bar_html(work, session.name, session.saved, session.loose, session.serial)
    return {
        "outline": show.outline_html(work),
        "tools": show.tools_html(session.serial, units_of(work.draft)),
        "side": gr.update(visible=session.pair is None),
        "asides": show.side_html(work),
        "shelf": bar,
        "editor": editor_html(work, session.editing, session.place, session.serial),
    }


def plan_html(session: Session, work: Work, desk: Desk | None) -> str:
    """The pages, or two versions side by side where they are asked for."""
    if session.pair is None or session.saved is None or desk is None:
        return desk_html(work.draft, work.plain, work.fills, session.stage)
    store, draft = desk.library.store, session.saved.draft
    early, late = (open_draft(store, draft, one).work.draft for one in session.pair)
    changes = compared(early, late)
    return versions_html(shelf.versions(store, draft), session.pair, changes)


def put_down(session: Session, desk: Desk, asked: int = 0) -> Outputs:
    """No draft in hand: the list again."""
    session = Session(
        session.rest, stage=session.stage, folder=session.folder, serial=session.serial
    )
    return outputs(
        session,
        outline="",
        bar=gr.update(visible=False),
        status="",
        plan=emptied(desk, asked),
        side=gr.update(visible=False),
        shelf="",
        editor="",
    )


def penned(session: Session, work: Work, desk: Desk) -> Outputs:
    """The editor below the pages, the upper clause beside it."""
    return outputs(
        session,
        editor=editor_html(work, session.editing, session.place, session.serial),
        source=based(desk, session, work, ""),
        status="",
    )


def based(
    desk: Desk, session: Session, work: Work, clause_id: str, data: dict[str, str] | None = None
) -> str:
    """The upper clause beside the page; several of a paragraph are named above it."""
    found = {anchor: clause for clause, anchor in places(work.draft)}.get(session.place)
    sources = [one for one in found.sources if held(desk, one)] if found else []
    clause_id = clause_id or next(iter(sources), "")
    bar = clause_bar_html(work, found, session.place) if found else ""
    if not clause_id:
        gone = show.gone_html(work.draft, found.sources) if found and found.sources else show.OWN
        return f'<div class="based">{bar}{gone}</div>'
    above = show.bases_html(sources, clause_id, work.titles) if clause_id in sources else ""
    pane_html = opened(desk, {**(data or {}), "clause": clause_id})
    return f'<div class="based">{bar}{above}{pane_html}</div>'


def held(desk: Desk, clause_id: str) -> bool:
    try:
        desk.library.clause(clause_id)
    except NotFound:
        return False
    return True


def after(session: Session, work: Work, words: str, problem: bool, desk: Desk) -> Outputs:
    """After an act on the draft: all its panes, and the source of the clause in view."""
    session = replace(session, serial=session.serial + 1)
    panes = redrawn(session, words, problem=problem, desk=desk)
    if session.place and session.pair is None:
        at = 1 + NAMES.index("source")
        return (*panes[:at], based(desk, session, work, ""), *panes[at + 1 :])
    return panes
