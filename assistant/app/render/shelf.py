"""The drafts that are kept: the list to begin from, and the bar above the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.app.render.parts import act, button, icon, table
from assistant.app.render.states import local, progress_html
from assistant.draft.work import Work
from index.drafts import Shelved, Version

MORE = icon("M4 6.5l4 4 4-4")
STEPS = (
    ("选上级文件", "一件或几件，也可只选其中一个方案"),
    ("填县情", "在左边填，或填好县情表再上传"),
    ("生成草案", "逐段可查上级条款，县里才知道的数标为待定"),
)


def empty_html(with_example: bool, drafts: Sequence[Shelved], asked: int = 0) -> str:
    """Without a draft in hand: how to begin, and what there is already."""
    steps = "".join(f"<li><b>{name}</b>{escape(words)}</li>" for name, words in STEPS)
    example = button("用示例县情起草一次", act("demo")) if with_example else ""
    return (
        '<div class="empty empty--steps"><h1>由上级文件和县情写出本县实施方案</h1>'
        f"<ol>{steps}</ol>{example}</div>{shelf_html(drafts, asked)}"
    )


def shelf_html(drafts: Sequence[Shelved], asked: int) -> str:
    if not drafts:
        return ""
    columns = {
        "草案": "",
        "版": "84px",
        "最近保存": "150px",
        "谁": "100px",
        "为何": "26%",
        "": "76px",
    }
    rows = "".join(row_html(one, one.id == asked) for one in drafts)
    return (
        f'<section class="shelf" aria-label="草案库"><h2>草案库 <b>{len(drafts)}</b></h2>'
        f"{table('草案库', columns, rows)}</section>"
    )


def row_html(one: Shelved, asked: bool) -> str:
    last = one.last
    name = f'<button class="rowlink" {act("open-draft", draft=one.id)}>{escape(one.name)}</button>'
    tail = button("删除", act("ask-remove", draft=one.id), "quiet")
    if asked:
        tail = button("确定删除", act("remove", draft=one.id), "danger")
    return (
        f"<tr><td>{name}</td><td>第{last.number}版</td><td>{local(last.at)}</td>"
        f"<td>{escape(last.who)}</td><td>{escape(last.why)}</td><td>{tail}</td></tr>"
    )


def bar_html(work: Work, name: str, saved: Version | None, loose: bool, serial: int) -> str:
    """Which draft it is, how far it is, and the buttons that keep it."""
    if saved is None:
        at = "未保存"
    elif loose:
        at = f"第{saved.number}版之后有未存的改动"
    else:
        at = f"第{saved.number}版　{escape(saved.who)}　{local(saved.at)}"
    return (
        f'<div class="inhand" data-serial="{serial}">'
        f"{button('‹ 草案库', act('shelf'), 'quiet')}"
        f'<div class="inhand__name"><b title="{escape(name)}">{escape(name)}</b>'
        f"<small>{at}</small></div>{progress_html(work)}"
        f"{save_html(name)}{button('版本', act('versions') if saved else 'disabled')}</div>"
    )


def save_html(name: str) -> str:
    return (
        f'<details class="pop pop--save"><summary class="btn">保存{MORE}</summary>'
        f'<form {act("note")} autocomplete="off">'
        f'<label>名称<input name="name" maxlength="60" value="{escape(name)}"></label>'
        '<label>说明<input name="why" maxlength="200" placeholder="如：征求意见后修改"></label>'
        '<button class="btn btn--primary" type="submit">存为新的一版</button>'
        "<small>填写、改写、确认、收回都会自动存版；这里给一版写上说明</small></form></details>"
    )
