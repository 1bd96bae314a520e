"""起草: a county's plan from upper plans and the county's own facts, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app import county, drafts
from assistant.app.draft_parts import Parts, draw
from assistant.app.drafting import STAGES, Session, checked, drafted, with_folder, written
from assistant.app.panes import QUIET, Desk, Place, clicked
from assistant.app.render import draft as show
from assistant.app.render.plan import places
from assistant.app.render.sheet import desk_html
from assistant.app.source import opened
from assistant.app.upload import discard
from assistant.draft import Draft
from assistant.draft.extract import units_of
from assistant.draft.filling import cleaned
from index.errors import NotFound, PolicyError

Outputs = tuple[Any, ...]
FETCH = "() => setTimeout(() => document.querySelector('#draft-file')?.click(), 150)"


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
    ]
    held.change(on_library(desk), parts.uppers, parts.uppers, **QUIET)
    parts.start.click(on_start(desk), given, shown, **QUIET)
    parts.load.upload(
        on_county, [parts.load, parts.session], [parts.session, parts.status, *parts.form], **QUIET
    )
    parts.stage.input(on_stage, [parts.session, parts.stage], shown, **QUIET)
    demo = on_demo(desk)
    parts.plan.select(demo, given, [*shown, parts.uppers, *parts.form], **QUIET)
    for one in (parts.outline, parts.asides, parts.source, parts.status):
        one.select(on_select(desk), parts.session, shown, **QUIET)
    parts.tools.select(
        on_tools(desk), parts.session, [*shown, parts.file], concurrency_limit=1, **QUIET
    ).then(None, None, None, js=FETCH, **QUIET)


def outputs(session: Session, **changed: Any) -> Outputs:
    """What an event says, in the order of the components; the rest stays as it is."""
    names = ("outline", "bar", "tools", "status", "plan", "side", "source", "asides")
    return (session, *(changed.get(name, gr.skip()) for name in names))


def on_library(desk: Desk) -> Callable[[list[str]], Any]:
    def handle(uppers: list[str]) -> Any:
        choices = drafts.upper_choices(desk.library)
        return gr.update(choices=choices, value=drafts.known(uppers or [], choices))

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
    more = f"，另有{len(profile.tasks)}项本县自定任务" if profile.tasks else ""
    words = f"已读入{profile.name}的县情{more}。请核对后点“生成草案”。"
    return replace(session, rest=rest), show.said_html(words), *county.shown(profile)


def on_start(desk: Desk) -> Callable[..., Iterator[Outputs]]:
    def handle(session: Session, uppers: list[str], *form: str | bool) -> Iterator[Outputs]:
        yield outputs(session, status=show.busy_html("正在逐条改写上级任务、对应本县机构"))
        try:
            profile = county.profile_from(form, session.rest)
            session = drafted(session, uppers or [], profile, desk.library)
        except PolicyError as error:
            yield outputs(session, status=show.problem_html(str(error)))
            return
        yield redrawn(session, bar=gr.update(visible=True), source=show.NO_SOURCE)

    return handle


def on_demo(desk: Desk) -> Callable[..., Iterator[Outputs]]:
    """The page's own buttons: 源 in the margin, and the example of the empty page."""
    start = on_start(desk)

    def handle(
        session: Session, event: gr.EventData, uppers: list[str], *_: Any
    ) -> Iterator[Outputs]:
        untouched = [gr.skip()] * (1 + len(county.FIELDS))
        data = clicked(event)
        profile = county.example()
        if data.get("act") != "demo" or profile is None:
            yield *looked(desk, session, data), *untouched
            return
        picks = uppers or fitting(desk, profile.province)
        values = county.shown(profile)
        session = replace(session, rest=county.beyond(profile))
        for step in start(session, picks, *values):
            yield *step, picks, *values

    return handle


def fitting(desk: Desk, province: str) -> list[str]:
    """An upper plan of the county's own province, else the first that there is."""
    held = desk.library.documents()
    near = [one.id for one in held if province and province in (one.region or "")]
    return near[:1] or [one.id for one in held[:1]]


def on_stage(session: Session, stage: str) -> Outputs:
    known = next((one for one in STAGES if one == stage), STAGES[0])
    session = replace(session, stage=known)
    if session.draft is None or session.plain is None:
        return outputs(session)
    return outputs(session, plan=desk_html(session.draft, session.plain, session.fills, known))


def redrawn(session: Session, words: str = "", **changed: Any) -> Outputs:
    """Everything that depends on the draft or on what was filled in."""
    draft, plain = session.draft, session.plain
    assert draft is not None and plain is not None
    return outputs(
        session,
        outline=show.outline_html(draft),
        tools=show.tools_html(session.serial, units_of(draft)),
        status=show.said_html(words or summary(draft)),
        plan=desk_html(draft, plain, session.fills, session.stage),
        side=gr.update(visible=True),
        asides=show.side_html(draft, plain, session.fills, session.titles),
        **changed,
    )


def summary(draft: Draft) -> str:
    left = len(draft.not_applicable)
    out = f"，未列入上级条款{left}条" if left else ""
    waiting = len(draft.placeholders)
    open_ones = f"待定{waiting}处" if waiting else "没有待定"
    return f"草案已生成：任务{len(draft.rows)}项，{open_ones}{out}。"


def on_select(desk: Desk) -> Callable[[Session, gr.EventData], Outputs]:
    def handle(session: Session, event: gr.EventData) -> Outputs:
        return looked(desk, session, clicked(event))

    return handle


def looked(desk: Desk, session: Session, data: dict[str, str]) -> Outputs:
    """A click that shows something of the draft; nothing in it is taken on trust."""
    draft = session.draft
    if draft is None or session.plain is None:
        return outputs(session)
    match data.get("act"):
        case "fill":
            asked = {one.id for one in session.plain.placeholders}
            given = {key: cleaned(value) for key, value in data.items() if key in asked}
            fills = {key: value for key, value in given.items() if value}
            return redrawn(replace(session, fills=fills))
        case "open" if "place" in data:
            session = replace(session, place=data["place"])
            return outputs(session, source=based(desk, session, draft, ""))
        case "open" | "clause":
            clause_id = data.get("clause", "")
            return outputs(session, source=based(desk, session, draft, clause_id, data))
        case "close":
            return outputs(session, source=show.NO_SOURCE)
    return outputs(session)


def based(
    desk: Desk, session: Session, draft: Draft, clause_id: str, data: dict[str, str] | None = None
) -> str:
    """The upper clause beside the page; several of a paragraph are named above it."""
    found = {anchor: clause for clause, anchor in places(draft)}.get(session.place)
    sources = [one for one in found.sources if held(desk, one)] if found else []
    clause_id = clause_id or next(iter(sources), "")
    if not clause_id:
        return show.OWN
    above = show.bases_html(sources, clause_id, session.titles) if clause_id in sources else ""
    pane_html = opened(desk, {**(data or {}), "clause": clause_id})
    return f'<div class="based">{above}{pane_html}</div>'


def held(desk: Desk, clause_id: str) -> bool:
    try:
        desk.library.clause(clause_id)
    except NotFound:
        return False
    return True


def on_tools(desk: Desk) -> Callable[[Session, gr.EventData], Iterator[Outputs]]:
    """核查 and the downloads; the file comes into a hidden button that the page then clicks."""

    def handle(session: Session, event: gr.EventData) -> Iterator[Outputs]:
        data = clicked(event)
        draft = session.draft
        if draft is None:
            yield *outputs(session), None
            return
        session = replace(with_folder(session), serial=session.serial + 1)
        tools = show.tools_html(session.serial, units_of(draft))
        try:
            if data.get("act") == "check":
                yield *outputs(session, status=show.busy_html("正在核查本稿")), None
                report = show.checked_html(checked(session, draft, desk.library))
                yield *outputs(session, tools=tools, status=report), None
            else:
                path = written(session, draft, data.get("what", ""), data.get("unit", ""))
                done = show.said_html(f"已写成 {path.name}")
                yield *outputs(session, tools=tools, status=done), gr.update(value=str(path))
        except PolicyError as error:
            yield (
                *outputs(session, tools=tools, status=show.problem_html(str(error))),
                gr.update(value=None),
            )

    return handle


PLACE = Place("draft", "起草", build)
