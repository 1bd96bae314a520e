"""起草: a county's plan from upper plans and the county's own facts, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app import county, draft_acts, draft_rewrite, drafts
from assistant.app.draft_acts import Done
from assistant.app.draft_clicks import looked
from assistant.app.draft_parts import Parts, draw
from assistant.app.draft_view import Outputs, emptied, outputs, redrawn, told
from assistant.app.drafting import (
    STAGES,
    Session,
    checked,
    drafted,
    with_folder,
    with_open,
    written,
)
from assistant.app.panes import QUIET, Desk, Place, clicked, reader
from assistant.app.render import draft as show
from assistant.app.upload import discard
from assistant.draft.extract import units_of
from index.errors import PolicyError

FETCH = "() => setTimeout(() => document.querySelector('#draft-file')?.click(), 150)"
NOBODY = "本机用户"  # who works at a page that nobody has to log in to


def build(desk: Desk, held: gr.State) -> None:
    parts = draw(county.example() is not None)
    wire(desk, parts, held)


def wire(desk: Desk, parts: Parts, held: gr.State) -> None:
    given = [parts.session, parts.uppers, *parts.form]
    shown = [
        parts.session,
        parts.outline,
        parts.bar,
        parts.tools,
        parts.status,
        parts.plan,
        parts.side,
        parts.source,
        parts.asides,
        parts.shelf,
        parts.editor,
    ]
    everything = [*shown, parts.uppers, *parts.form, parts.stage]
    held.change(
        on_library(desk), [parts.session, parts.uppers], [parts.uppers, parts.plan], **QUIET
    )
    parts.start.click(on_start(desk), given, shown, **QUIET)
    parts.load.upload(
        on_county, [parts.load, parts.session], [parts.session, parts.status, *parts.form], **QUIET
    )
    parts.back.upload(on_back(desk), [parts.back, parts.session], everything, **QUIET)
    parts.stage.input(on_stage, [parts.session, parts.stage], shown, **QUIET)
    for one in (parts.plan, parts.shelf):
        one.select(on_page(desk), given, everything, **QUIET)
    for one in (parts.outline, parts.asides, parts.source, parts.status, parts.editor):
        one.select(on_select(desk), parts.session, shown, **QUIET)
    draft_rewrite.wire(desk, (parts.rewrite, parts.halt), held, parts.session, shown)
    parts.tools.select(
        on_tools(desk), parts.session, [*shown, parts.file], concurrency_limit=1, **QUIET
    ).then(None, None, None, js=FETCH, **QUIET)


def who(request: gr.Request) -> str:
    return reader(request) or NOBODY


def on_library(desk: Desk) -> Callable[[Session, list[str]], Any]:
    def handle(session: Session, uppers: list[str]) -> Any:
        choices = drafts.upper_choices(desk.library)
        left = drafts.known(uppers or [], choices)
        # What is still there stays as it is: the reader may have picked more in the meantime.
        same = left == (uppers or [])
        picks = gr.update(choices=choices) if same else gr.update(choices=choices, value=left)
        return picks, gr.skip() if session.work else emptied(desk)

    return handle


def on_county(path: str, session: Session) -> Outputs:
    """A county file fills the form; what the form does not show is kept for the draft."""
    untouched = [gr.skip()] * len(county.FIELDS)
    try:
        profile = county.received(Path(path))
    except PolicyError as error:
        return session, show.problem_html(str(error)), *untouched
    finally:
        discard(Path(path))
    rest = county.beyond(profile)
    more = f"，含{len(profile.tasks)}项本县自定任务" if profile.tasks else ""
    words = f"已读入{profile.name}的县情{more}。请核对后点“生成草案”。"
    return replace(session, rest=rest), show.said_html(words), *county.shown(profile)


def on_start(desk: Desk) -> Callable[..., Iterator[Outputs]]:
    """A draft is kept from the moment that it is drawn up; that of the example is for a look."""

    def handle(
        session: Session, request: gr.Request, uppers: list[str], *form: str | bool
    ) -> Iterator[Outputs]:
        for step in started(desk, session, uppers, form):
            if isinstance(step, Session):
                assert step.work is not None
                done = draft_acts.drawn(desk.library.store, step, step.work, who(request))
                yield redrawn(done.session, draft_acts.summary(step.work, done), fresh=True)
            else:
                yield step

    return handle


def started(
    desk: Desk, session: Session, uppers: list[str], form: tuple[str | bool, ...]
) -> Iterator[Outputs | Session]:
    yield outputs(session, status=show.busy_html("正在逐条改写上级任务、对应本县机构"))
    try:
        profile = county.profile_from(form, session.rest)
        yield drafted(session, uppers or [], profile, desk.library)
    except PolicyError as error:
        yield outputs(session, status=show.problem_html(str(error)))


def on_page(desk: Desk) -> Callable[..., Iterator[Outputs]]:
    """The pages and the bar above them: also what fills the form anew."""

    def handle(
        session: Session, event: gr.EventData, request: gr.Request, uppers: list[str], *_: Any
    ) -> Iterator[Outputs]:
        data = clicked(event)
        untouched = [gr.skip()] * (2 + len(county.FIELDS))
        match data.get("act"):
            case "demo":
                yield from demo(desk, session, uppers)
            case "open-draft":
                yield told(desk, session, lambda: opened(desk, session, data), untouched)
            case _:
                yield *acted(desk, session, data, who(request)), *untouched

    return handle


def demo(desk: Desk, session: Session, uppers: list[str]) -> Iterator[Outputs]:
    profile = county.example()
    if profile is None:
        return
    picks, values = uppers or fitting(desk, profile.province), county.shown(profile)
    picked = gr.update(choices=drafts.upper_choices(desk.library), value=picks)
    session = replace(session, rest=county.beyond(profile))
    for step in started(desk, session, picks, tuple(values)):
        if isinstance(step, Session):
            assert step.work is not None
            step = redrawn(step, draft_acts.summary(step.work), fresh=True)
        yield *step, picked, *values, gr.skip()


def opened(desk: Desk, session: Session, data: dict[str, str]) -> Outputs:
    """A kept draft in hand, and the form as it was filled in for it."""
    done = draft_acts.opened(desk.library.store, session, data)
    return with_form(desk, done)


def with_form(desk: Desk, done: Done) -> Outputs:
    session = done.session
    assert session.work is not None
    profile = session.work.county
    choices = drafts.upper_choices(desk.library)
    picks = drafts.known(list(session.work.uppers), choices)
    session = replace(session, rest=county.beyond(profile))
    drawn = redrawn(session, done.words, problem=done.problem, desk=desk, fresh=True)
    return (*drawn, gr.update(choices=choices, value=picks), *county.shown(profile), session.stage)


def fitting(desk: Desk, province: str) -> list[str]:
    """An upper plan of the county's own province, else the first that there is."""
    held = desk.library.documents()
    near = [one.id for one in held if province and province in (one.region or "")]
    return near[:1] or [one.id for one in held[:1]]


def on_back(desk: Desk) -> Callable[..., Outputs]:
    """An edited Word file comes back: a version, shown beside the one that it was made from."""

    def handle(path: str, session: Session, request: gr.Request) -> Outputs:
        untouched = [gr.skip()] * (2 + len(county.FIELDS))
        file = Path(path)

        def take() -> Outputs:
            back = draft_acts.take(desk.library.store, session, file, who(request))
            return with_form(desk, back.done)

        try:
            return told(desk, session, take, untouched)
        finally:
            discard(file)

    return handle


def on_stage(session: Session, stage: str) -> Outputs:
    known = next((one for one in STAGES if one == stage), STAGES[0])
    work = replace(session.work, stage=known) if session.work else None
    session = replace(session, stage=known, work=work)
    return redrawn(session, pages_only=True) if work else outputs(session)


def on_select(desk: Desk) -> Callable[..., Outputs]:
    def handle(session: Session, event: gr.EventData, request: gr.Request) -> Outputs:
        return acted(desk, session, clicked(event), who(request))

    return handle


def acted(desk: Desk, session: Session, data: dict[str, str], name: str) -> Outputs:
    return told(desk, session, lambda: looked(desk, session, data, name), [])


def on_tools(desk: Desk) -> Callable[[Session, gr.EventData], Iterator[Outputs]]:
    """核查 and the downloads; the file comes into a hidden button that the page then clicks."""

    def handle(session: Session, event: gr.EventData) -> Iterator[Outputs]:
        data = clicked(event)
        work = session.work
        if work is None:
            yield *outputs(session), None
            return
        session = replace(with_folder(session), serial=session.serial + 1)
        tools = show.tools_html(session.serial, units_of(work.draft))
        try:
            if data.get("act") == "check":
                yield *outputs(session, status=show.busy_html("正在核查本稿")), None
                found = checked(session, work, desk.library)
                report = show.checked_html(found, with_open(found, work))
                yield *outputs(session, tools=tools, status=report), None
            else:
                path = written(session, work, data.get("what", ""), data.get("unit", ""))
                done = show.said_html(f"已写成 {path.name}")
                yield *outputs(session, tools=tools, status=done), gr.update(value=str(path))
        except PolicyError as error:
            yield (
                *outputs(session, tools=tools, status=show.problem_html(str(error))),
                gr.update(value=None),
            )

    return handle


PLACE = Place("draft", "起草", build)
