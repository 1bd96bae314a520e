"""A clause under the pen: its words in a form, and what in them stands in no source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.app.drafting import Editing
from assistant.app.render.parts import act, button
from assistant.app.render.states import state_chip
from assistant.draft.types import DraftClause
from assistant.draft.unsourced import Fact
from assistant.draft.work import Work


def editor_html(work: Work, pen: Editing | None, place: str, serial: int) -> str:
    if pen is None:
        return ""
    clause = None if pen.follows else clause_in(work, pen.clause)
    if clause is None and not pen.follows:
        return ""
    words = pen.words
    return (
        f'<section class="editor" aria-label="改写条款">'
        f'<form {act("reword")} data-turn="{escape(pen.clause)}-{serial}" '
        f'data-at="{escape(place)}" autocomplete="off">'
        f"{head_html(work, clause)}{facts_html(pen)}"
        f'<textarea name="text" aria-label="正文" data-takes-focus rows="5" '
        f'placeholder="正文，一行一段">{escape(chr(10).join(words.paragraphs))}</textarea>'
        f"{fields_html(words.heading, '、'.join(words.leads), '、'.join(words.others), clause)}"
        f"{foot_html(place, clause)}</form></section>"
    )


def clause_in(work: Work, clause_id: str) -> DraftClause | None:
    draft = work.draft
    return next((one for one in (draft.opening, *draft.clauses) if one.id == clause_id), None)


def head_html(work: Work, clause: DraftClause | None) -> str:
    if clause is None:
        name, state = "新增一条", ""
    else:
        name = clause.number + (clause.heading or "") if clause.level else "引言"
        state = state_chip(work, clause)
    leave = button("取消", f'type="button" {act("cancel")}', "quiet")
    return (
        f"<header><b>{escape(name)}</b>{state}"
        "<small>数字、时限、单位、文件会与右侧上级条款和县情核对</small>"
        f'<span class="spacer"></span>{leave}</header>'
    )


def facts_html(pen: Editing) -> str:
    """Each new fact must be ticked by name: nothing is taken in silence."""
    problem = f'<p class="problem" role="alert">{escape(pen.problem)}</p>' if pen.problem else ""
    if not pen.facts:
        return problem
    ticks = "".join(
        f'<label><input type="checkbox" name="own-{at}" value="{escape(one.words)}">'
        f"<mark>{escape(one.words)}</mark><small>{escape(one.kind)}</small></label>"
        for at, one in enumerate(told_once(pen.facts))
    )
    return (
        f'{problem}<div class="own" role="alert"><p>下面的内容上级条款和县情里都没有。'
        f"写错了请改；确是本县自己定的，逐个勾选，标为“本县自拟”：</p>{ticks}</div>"
    )


def told_once(facts: Sequence[Fact]) -> list[Fact]:
    return list({one.words: one for one in facts}.values())


def fields_html(heading: str, leads: str, others: str, clause: DraftClause | None) -> str:
    if clause is not None and clause.level == 0:
        return ""
    fields = [("heading", "标题", heading)]
    if clause is None or clause.level > 1:
        fields += [("leads", "牵头单位", leads), ("others", "责任、配合单位", others)]
    inputs = "".join(
        f'<label>{label}<input name="{name}" value="{escape(value)}"></label>'
        for name, label, value in fields
    )
    return f'<div class="editor__fields">{inputs}</div>'


def foot_html(place: str, clause: DraftClause | None) -> str:
    more = ""
    if clause is not None:
        more = button("在后面加一条", f'type="button" {act("add", place=place)}', "quiet")
    if clause is not None and clause.level:
        more += (
            '<details class="pop pop--drop"><summary class="btn btn--quiet">删去</summary>'
            f"<ul><li>{button('确定删去这一条和它下面的各条', drop(place), 'danger')}</li></ul>"
            "</details>"
        )
    save = '<button class="btn btn--primary" type="submit">存为新的一版</button>'
    return f"<footer>{save}{more}</footer>"


def drop(place: str) -> str:
    return f'type="button" {act("drop", place=place)}'


def clause_bar_html(work: Work, clause: DraftClause, place: str) -> str:
    """Above the source: which clause of the draft it is, its state, and what can be done."""
    name = clause.number + (clause.heading or "") if clause.level else "引言"
    touch = work.touch_of(clause.id)
    told = ""
    if touch and touch.open:
        what = escape("、".join(touch.open))
        told = f'<p class="problem">没有依据：{what}。请改写，或核定为本县自拟</p>'
    elif touch and touch.own:
        told = f'<p class="own-told">本县自拟：{escape("、".join(touch.own))}</p>'
    sure = touch is not None and touch.how == "confirmed"
    label = "核定为本县自拟" if touch and touch.open else "人工确认"
    waiting = work.state_of(clause) == "pending"  # what is not known yet cannot be confirmed
    confirm = "" if sure or waiting else button(label, act("confirm", place=place), "quiet")
    edit = button("改写", act("edit", place=place), "quiet")
    return (
        f'<div class="inpen"><div><b>{escape(name or "本段")}</b>{state_chip(work, clause)}'
        f'<span class="spacer"></span>{edit}{confirm}</div>{told}</div>'
    )
