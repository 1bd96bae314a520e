"""The versions of a draft, and two of them side by side with their differences marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.app.render.parts import act, button, chip, table
from assistant.app.render.states import local
from assistant.draft.compared import Change, Stretch, stretches
from assistant.draft.types import DraftClause
from index.drafts import Version

KINDS = {"changed": ("改动", "pending"), "added": ("新增", "done"), "removed": ("删去", "flawed")}


def versions_html(
    versions: Sequence[Version], pair: tuple[int, int], changes: Sequence[Change]
) -> str:
    columns = {"版": "72px", "时间": "160px", "谁": "110px", "为何": "", "": "200px"}
    rows = "".join(row_html(one, pair) for one in versions)
    return (
        '<section class="versions" aria-label="版本" tabindex="0">'
        f'<header><h2 tabindex="-1" data-takes-focus>版本</h2><span class="spacer"></span>'
        f"{button('回到方案', act('back'), 'primary')}</header>"
        f'<div class="versions__list">{table("版本", columns, rows)}</div>'
        f"{diff_html(pair, changes)}</section>"
    )


def row_html(one: Version, pair: tuple[int, int]) -> str:
    shown = ' aria-current="true"' if one.number == pair[1] else ""
    crossed = f"（从第{one.base}版改出）" if one.crossed else ""
    earlier = act("versions", before=one.number - 1, after=one.number)
    against = button("与上一版对照", earlier, "quiet") if one.number > 1 else ""
    opening = button("打开", act("open-draft", draft=one.draft, number=one.number), "quiet")
    return (
        f"<tr{shown}><td>第{one.number}版</td><td>{local(one.at)}</td>"
        f"<td>{escape(one.who)}</td><td>{escape(one.why + crossed)}</td>"
        f"<td>{against}{opening}</td></tr>"
    )


def diff_html(pair: tuple[int, int], changes: Sequence[Change]) -> str:
    early, late = pair
    differing = [one for one in changes if one.kind != "same" or one.moved]
    if early == late:
        return '<p class="none">只有一版，还没有可以对照的</p>'
    counts = "　".join(
        f"{words} {count}"
        for kind, (words, _) in KINDS.items()
        if (count := sum(one.kind == kind for one in differing))
    )
    body = "".join(map(change_html, differing)) or '<p class="none">两版内容相同</p>'
    return (
        f'<header class="versions__pair"><h3>第{early}版 → 第{late}版</h3>'
        f"<small>{counts}</small></header>{pick_html(pair)}"
        f'<div class="diff"><div class="diff__head"><b>第{early}版</b><b>第{late}版</b></div>'
        f"{body}</div>"
    )


def pick_html(pair: tuple[int, int]) -> str:
    early, late = pair
    return (
        f'<form class="versions__pick" {act("versions")}>对照第'
        f'<input name="before" inputmode="numeric" value="{early}" aria-label="早的一版">版和第'
        f'<input name="after" inputmode="numeric" value="{late}" aria-label="晚的一版">版'
        '<button class="btn btn--quiet" type="submit">对照</button></form>'
    )


def change_html(one: Change) -> str:
    name, kind = KINDS.get(one.kind, ("移位", "none"))
    clause = one.clause
    head = escape(clause.number + (clause.heading or ""))
    left, right = sides(one)
    moved = chip("移位", "none") if one.moved and one.kind != "same" else ""
    return (
        f'<article class="change"><h4>{chip(name, kind)}{moved}<span>{head}</span></h4>'
        f'<div class="change__pair"><div>{left}</div><div>{right}</div></div></article>'
    )


def sides(one: Change) -> tuple[str, str]:
    before, after = one.before, one.after
    if before is None:
        return '<p class="none">没有这一条</p>', whole_html(after, "ins")
    if after is None:
        return whole_html(before, "del"), '<p class="none">已删去</p>'
    left, right = stretches(said(before), said(after))
    return marked(left, "del"), marked(right, "ins")


def said(clause: DraftClause) -> str:
    return (
        f"{clause.heading}。{clause.text}"
        if clause.heading and clause.text
        else (clause.heading or clause.text)
    )


def whole_html(clause: DraftClause | None, tag: str) -> str:
    words = said(clause) if clause else ""
    return marked((Stretch(words, True),), tag)


def marked(cut: Sequence[Stretch], tag: str) -> str:
    words = "".join(
        f"<{tag}>{escape(one.words)}</{tag}>" if one.only else escape(one.words) for one in cut
    )
    return f"<p>{words}</p>".replace("\n", "<br>")
