"""起草: the outline with states, the form for 待定, what was left out, and what to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from assistant.app.render import address
from assistant.app.render.parts import act, button, icon
from assistant.app.render.plan import places
from assistant.app.render.states import state_chip
from assistant.check import Coverage
from assistant.check.report import FINDINGS
from assistant.draft import Draft, DraftClause, Omission, Placeholder
from assistant.draft.filling import LONGEST, Fills, asked_in, unit
from assistant.draft.lettering import head_of
from assistant.draft.restructure import has_gaps
from assistant.draft.work import Work

Titles = Mapping[str, str]
SHORT = 6  # characters of a title that tell it from another
MORE = icon("M4 6.5l4 4 4-4")
HINTS = {"doc_no": "如：×政办发〔2026〕5号", "date": "如：2026年3月1日"}
GETS = (
    ("word", "Word 文稿（带上级条款批注）"),
    ("plain", "Word 文稿（不带批注）"),
    ("printed", "Word 文稿（用预印红头纸）"),
    ("clean", "清稿（无批注、无底色）"),
    ("markdown", "Markdown 文本"),
    ("calendar", "时限日历（.ics）"),
    ("county", "县情文件（.toml）"),
)


def busy_html(words: str) -> str:
    return (
        f'<div class="checking" role="status"><progress aria-label="进度"></progress>'
        f"<span>{escape(words)}</span></div>"
    )


def problem_html(words: str) -> str:
    return f'<p class="problem" role="alert">{escape(words)}</p>'


def said_html(words: str) -> str:
    return f'<p class="ready" role="status">{escape(words)}</p>' if words else ""


def checked_html(coverage: Coverage, paragraph: str) -> str:
    """What the check says in a paragraph, and below it each fault with its upper clause."""
    words = said_html(f"核查：{paragraph}")
    found = [(row, one) for row in coverage.rows for one in row.faults]
    lost = [row for row in coverage.rows if row.label == "missing"]
    items = "".join(
        f"<li>{clause_link(row.clause)}<span><b>{escape(FINDINGS[one.type])}</b>　"
        f"{escape(one.note)}</span></li>"
        for row, one in found
    )
    items += "".join(
        f"<li>{clause_link(row.clause)}<span><b>缺失</b>　{escape(row.title)}</span></li>"
        for row in lost
    )
    if not items:
        return words
    head = f"<summary>逐条看 <b>{len(found) + len(lost)}</b></summary>"
    return f'{words}<details class="asides__more faults">{head}<ul>{items}</ul></details>'


def outline_html(work: Work) -> str:
    draft = work.draft
    rows = "".join(
        outlined(work, clause, anchor)
        for clause, anchor in places(draft)
        if clause.level or clause.origin == "county"
    )
    gaps = button("序号不连贯，点此重排", act("renumber"), "quiet") if has_gaps(work) else ""
    return f'<nav aria-label="方案提纲">{gaps}<ol class="outline">{rows}</ol></nav>'


def outlined(work: Work, clause: DraftClause, anchor: str) -> str:
    words = clause.heading or opening(clause)
    bare = clause.level == 1 and not clause.text
    badge = "" if bare else state_chip(work, clause)
    attributes = act("open", place=anchor, key=f"o-{anchor}")
    return (
        f'<li class="ol ol--{clause.level}"><a href="#{anchor}" {attributes}>'
        f'<span class="ol__n">{escape(clause.number)}</span>'
        f'<span class="ol__t">{escape(words)}</span>{badge}</a></li>'
    )


def opening(clause: DraftClause, length: int = 16) -> str:
    words = clause.text.partition("\n")[0]
    return words if len(words) <= length else f"{words[:length]}…"


def tools_html(serial: int, units: Sequence[str] = ()) -> str:
    """``serial`` closes the menu again: another value is drawn anew."""
    items = "".join(f"<li>{button(words, act('get', what=what))}</li>" for what, words in GETS)
    return (
        f'<div class="gets" data-serial="{serial}">{button("核查本稿", act("check"))}'
        f"{button('任务台账', act('get', what='ledger'))}"
        f'<details class="menu"><summary class="btn btn--primary">下载{MORE}</summary>'
        f"<ul>{items}{units_html(units)}</ul></details></div>"
    )


def units_html(units: Sequence[str]) -> str:
    """Each responsible unit's own tasks as a Word file."""
    if not units:
        return ""
    items = "".join(
        f"<li>{button(unit, act('get', what='unit', unit=unit))}</li>" for unit in units
    )
    return (
        '<li><details class="menu__units"><summary class="btn">一个单位的任务（Word）'
        f"{MORE}</summary><ol>{items}</ol></details></li>"
    )


def side_html(work: Work) -> str:
    draft = work.draft
    holes = holes_html(draft, work.plain, work.fills, work.titles)
    return (
        f'<div class="asides">{holes}{letter_html(draft)}{left_out_html(draft)}'
        f"{missing_html(draft)}</div>"
    )


def holes_html(draft: Draft, plain: Draft, fills: Fills, titles: Titles) -> str:
    if not plain.placeholders:
        return '<p class="asides__none">没有待定，可以出清稿。</p>'
    numbers = {one.id: f"hole-{at}" for at, one in enumerate(plain.placeholders)}
    groups = "".join(
        group_html(clause, anchor, numbers, fills, titles)
        for clause, anchor in places(plain)
        if asked_in(clause)
    )
    left = len(draft.placeholders)
    remark = f"填完才能出清稿，共{len(numbers)}处" if left else "已填完，可以出清稿"
    return (
        '<details class="holes" name="asked" open>'
        f"<summary>待定 <b>{left}</b><small>{remark}</small></summary>"
        f'<form {act("fill")} autocomplete="off"><div class="holes__list">{groups}</div>'
        '<p class="holes__foot"><button class="btn btn--primary" type="submit">填入草案</button>'
        "<small>留空的仍为待定</small></p></form></details>"
    )


def group_html(
    clause: DraftClause, anchor: str, numbers: Mapping[str, str], fills: Fills, titles: Titles
) -> str:
    name = clause.number + (clause.heading or opening(clause)) if clause.level else "引言"
    rows = "".join(
        hole_html(one, numbers[one.id], fills.get(one.id, ""), titles) for one in asked_in(clause)
    )
    head = f'<a href="#{anchor}" {act("open", place=anchor)}>{escape(name)}</a>'
    return f"<fieldset><legend>{head}</legend>{rows}</fieldset>"


def hole_html(one: Placeholder, name: str, value: str, titles: Titles) -> str:
    question = one.text.removeprefix("【待定：").removesuffix("】")
    words, remark = (
        (one.metric, question) if one.metric else (question, whose(one.clause_id, titles))
    )
    after = unit(one)
    small = f"<small>{escape(remark)}</small>" if remark else ""
    named = f'id="{name}" name="{escape(one.id)}" maxlength="{LONGEST}"'
    control = (
        f'<textarea {named} rows="2">{escape(value)}</textarea>'
        if one.asks == "text"
        else f'<input {named} value="{escape(value)}">'
    )
    return (
        f'<div class="fill{"" if one.asks == "figure" else " fill--wide"}">'
        f'<label for="{name}">{escape(words)}{small}</label>'
        f"<span>{control}{f'<i>{escape(after)}</i>' if after else ''}</span></div>"
    )


def whose(clause_id: str, titles: Titles) -> str:
    """The title of the upper plan that a clause belongs to, where there are several plans."""
    held = (title for key, title in titles.items() if f"{clause_id}/".startswith(f"{key}/"))
    return next(held, "") if len(titles) > 1 else ""


def letter_html(draft: Draft) -> str:
    """Title, number and date: blank until somebody fills them in, and never guessed."""
    head = head_of(draft)
    waiting = [name for name, value in (("文号", head.doc_no), ("日期", head.date)) if not value]
    remark = f"{'、'.join(waiting)}未填" if waiting else "已填"
    fields = (
        ("title", "标题", head.title),
        ("doc_no", "发文字号", head.doc_no),
        ("date", "成文日期", head.date),
        ("recipients", "主送机关", head.recipients),
        ("copied_to", "抄送机关", head.copied_to),
    )
    rows = "".join(letter_field(*one) for one in fields)
    return (
        '<details class="asides__more letter" name="asked">'
        f"<summary>标题、文号、日期 <small>{remark}</small></summary>"
        f'<form {act("letter")} autocomplete="off">{rows}'
        '<p class="holes__foot"><button class="btn btn--primary" type="submit">写入草案</button>'
        "</p></form></details>"
    )


def letter_field(key: str, label: str, value: str) -> str:
    wide = key in ("title", "recipients", "copied_to")
    named = f'id="letter-{key}" name="{key}" maxlength="300"'
    control = (
        f'<textarea {named} rows="2">{escape(value)}</textarea>'
        if wide
        else f'<input {named} value="{escape(value)}" placeholder="{HINTS[key]}">'
    )
    return (
        f'<div class="fill{" fill--wide" if wide else ""}">'
        f'<label for="letter-{key}">{label}</label><span>{control}</span></div>'
    )


def left_out_html(draft: Draft) -> str:
    left = [*draft.not_applicable, *draft.omitted]
    if not left:
        return ""
    rows = "".join(omitted(left))
    return (
        f'<details class="asides__more"><summary>未写入的上级内容 <b>{len(left)}</b></summary>'
        f"<ul>{rows}</ul></details>"
    )


def omitted(left: Sequence[Omission]) -> Iterator[str]:
    for one in left:
        quote = f"“{escape(one.quote)}”：" if one.quote else ""
        where = clause_link(one.clause_id)
        yield f"<li>{where}<span>{quote}{escape(one.reason)}</span></li>"


def missing_html(draft: Draft) -> str:
    if not draft.missing:
        return ""
    rows = "".join(
        f"<li>{clause_link(one.clause_id)}<span>{escape(one.what)}</span></li>"
        for one in draft.missing
    )
    return (
        '<details class="asides__more"><summary>提到的其他文件和略去的内容 '
        f"<b>{len(draft.missing)}</b></summary><ul>{rows}</ul></details>"
    )


def clause_link(clause_id: str) -> str:
    where = place_of(clause_id)
    return f'<button class="clauselink" {act("clause", clause=clause_id)}>{escape(where)}</button>'


def place_of(clause_id: str) -> str:
    """``四（三）7``: where a clause stands in its document."""
    return "".join(address.parts(clause_id.partition("/")[0], clause_id))


def bases_html(sources: Sequence[str], current: str, titles: Titles) -> str:
    """Which upper clauses a paragraph stands on, where there are several."""
    if len(sources) < 2:
        return ""
    plans = {one: whose(one, titles) for one in sources}
    mixed = len(set(plans.values())) > 1
    items = "".join(
        base_html(one, plans[one][:SHORT] if mixed else "", one == current) for one in sources
    )
    return f'<div class="bases" role="group" aria-label="依据的上级条款">依据{items}</div>'


def base_html(clause_id: str, plan: str, current: bool) -> str:
    words = f"{plan}… {place_of(clause_id)}" if plan else place_of(clause_id)
    attributes = f"{act('clause', clause=clause_id)} aria-pressed={str(current).lower()}"
    return f'<button class="base" {attributes}>{escape(words)}</button>'


NO_SOURCE = (
    '<div class="source source--none"><p class="none">点正文右侧的“源”，'
    "这里显示所依据的上级条款</p></div>"
)
OWN = (
    '<div class="source source--none"><p class="none">本段由县情文件或方案骨架写出，'
    "没有对应的上级条款</p></div>"
)


def gone_html(draft: Draft, sources: Sequence[str]) -> str:
    """The upper clauses as the draft keeps them, where their document has left the library."""
    quotes = "".join(f"<p>{escape(quote)}</p>" for one in sources if (quote := draft.quote_of(one)))
    return (
        '<div class="source"><div class="paper" tabindex="0" role="region" aria-label="上级条款">'
        '<p class="paper__none">所依据的上级文件已移出资料库，下面是起草时记下的原文</p>'
        f"{quotes}</div></div>"
    )
