"""核查: counts that filter, the table of upper tasks, and what stands there before a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.app.checking import Checked, Stage
from assistant.app.render import address
from assistant.app.render.check_view import (
    COUNTED,
    STATUS,
    Shown,
    fits,
    is_done,
    kinds,
    listed,
    status_of,
    wanting,
)
from assistant.app.render.parts import COPY, act, button, chip, table
from assistant.check import Coverage, Finding, Row
from assistant.check.report import FINDINGS, named

COLUMNS = {
    "序号#": "60px",
    "上级任务": "",
    "责任单位": "17%",
    "结论": "116px",
    "问题": "28%",
    "处理": "104px",
}
TOLD = 2  # findings of a row that the table spells out
LONGEST = 48  # characters of a task in the table; the pair below has it in full


def empty_html(example: str, ready: str = "") -> str:
    """Three steps; ``example`` is the key of a draft to try, ``ready`` what has been read."""
    demo = button("先用示例草案试一次", act("demo", draft=example)) if example else ""
    told = f'<p class="ready" role="status">{escape(ready)}</p>' if ready else ""
    return (
        f'{told}<div class="empty empty--steps"><h1>核对草案有没有落实上级每一项任务</h1><ol>'
        "<li><b>选上级文件</b>可选一件或几件，也可只选其中一个方案</li>"
        "<li><b>选或上传本县草案</b>支持 Word、WPS、PDF、网页、文本；也可选在“起草”里写的稿子</li>"
        "<li><b>开始核查</b>逐项给出覆盖、部分、缺失，并指出降低的指标、推迟的时限、漏掉的单位</li>"
        f"</ol>{demo}</div>"
    )


def stage_html(stage: Stage, draft: str) -> str:
    """How far it is, in words, as a share, and as a bar; and the way out."""
    seconds = "" if stage.seconds is None else f"已用 {stage.seconds} 秒"
    share = "" if stage.share is None else f"{stage.share:.0%}"
    value = "" if stage.share is None else f' value="{stage.share:.2f}"'
    stop = button("停止", act("stop", key="stop"), "quiet")
    return (
        '<div class="checking" role="status"><div class="checking__line">'
        f"<span>{escape(stage.words)}：《{escape(draft)}》</span>"
        f'<span class="spacer"></span><b class="num">{share}</b>'
        f'<span class="meta">{seconds}</span>{stop}</div>'
        f'<progress max="1"{value} aria-label="核查进度"></progress></div>'
    )


def problem_html(words: str) -> str:
    return f'<p class="problem" role="alert">{escape(words)}</p>'


def summary_html(checked: Checked, shown: Shown) -> str:
    coverage = checked.coverage
    cells = [stat_html(coverage, key, shown) for key in COUNTED]
    cells.insert(len(STATUS) + 1, '<i class="stats__rule"></i>')
    notes = "".join(
        f'<p class="remark-line">{escape(note)}</p>'
        for note in (*coverage.notices, checked.remark)
        if note
    )
    return (
        f'<div class="stats" role="group" aria-label="按结论筛选">{"".join(cells)}'
        f"{line_html(checked)}</div>{notes}{kinds_html(coverage, shown)}"
    )


def stat_html(coverage: Coverage, key: str, shown: Shown) -> str:
    if key in ("fault", "notice"):
        count = sum(len(row.faults if key == "fault" else row.notices) for row in coverage.rows)
    else:
        count = sum(fits(row, key) for row in coverage.rows)
    pressed = str(key == shown.status).lower()
    return (
        f'<button class="stat stat--{key}" {act("filter", status=key, key=f"f-{key}")} '
        f'aria-pressed="{pressed}"><b>{count}</b><span>{COUNTED[key]}</span></button>'
    )


def line_html(checked: Checked) -> str:
    """The result in one sentence, and the paragraph that can go into a report."""
    coverage = checked.coverage
    count = Counter(status_of(row) for row in coverage.rows)
    asked = len(coverage.rows) - count["not_applicable"]
    flawed = f"（{count['flawed']}项有问题）" if count["flawed"] else ""
    line = (
        f"应由本县落实{asked}项：覆盖{count['covered'] + count['flawed']}项{flawed}，"
        f"部分覆盖{count['partial']}项，缺失{count['missing']}项。"
    )
    copied = act("copy", text=str(coverage.summary.get("paragraph", "")))
    copy = button("复制到汇报", copied, "quiet", COPY)
    return f'<div class="stats__line"><p>{line}</p>{copy}</div>'


def kinds_html(coverage: Coverage, shown: Shown) -> str:
    """The second filter, and the way to the leader's page."""
    found = kinds(coverage, shown.status)
    total = len(listed(coverage, Shown(shown.status)))
    pills = [pill_html("", f"全部类型 {total}", shown)] if found else []
    pills += [pill_html(kind, f"{FINDINGS[kind]} {n}", shown) for kind, n in found.most_common()]
    views = switch_html("对照表", "view", "table", shown.view)
    views += switch_html("领导小结", "view", "page", shown.view)
    return (
        f'<div class="kinds"><div class="pills" role="group" aria-label="按问题类型筛选">'
        f"{''.join(pills)}</div>{done_html(coverage, shown)}"
        f'<div class="sides" role="group" aria-label="次序">'
        f"{switch_html('按文件顺序', 'order', 'plan', shown.order)}"
        f"{switch_html('按轻重', 'order', 'weight', shown.order)}</div>"
        f'<div class="sides" role="group" aria-label="看法">{views}</div></div>'
    )


def pill_html(kind: str, label: str, shown: Shown) -> str:
    pressed = str(kind == shown.kind).lower()
    attributes = act("kind", kind=kind, key=f"k-{kind}")
    return f'<button class="pill" {attributes} aria-pressed="{pressed}">{escape(label)}</button>'


def done_html(coverage: Coverage, shown: Shown) -> str:
    """Rows that have been dealt with can be put out of sight."""
    done = sum(is_done(row, shown) for row in coverage.rows)
    if not done:
        return ""
    pressed = str(shown.hide).lower()
    attributes = act("hide", key="hide")
    return f'<button class="pill" {attributes} aria-pressed="{pressed}">隐藏已处理 {done}</button>'


def switch_html(label: str, name: str, value: str, current: str) -> str:
    pressed = str(value == current).lower()
    attributes = act(name, value=value, key=f"{name}-{value}")
    return f'<button class="view" {attributes} aria-pressed="{pressed}">{label}</button>'


def table_html(checked: Checked, shown: Shown) -> str:
    rows = listed(checked.coverage, shown)
    if not rows:
        again = button("看全部任务", act("filter", status="all"), "quiet")
        return f'<p class="none none--rows">没有符合的任务{again}</p>'
    several = len({row.document_id for row in checked.coverage.rows}) > 1
    body, group = "", ""
    for number, row in rows:
        if several and shown.order == "plan" and row.document_id != group:
            group = row.document_id
            title = checked.documents[group].title
            body += f'<tr class="group"><td></td><td>《{escape(title)}》</td>{"<td></td>" * 4}</tr>'
        body += row_html(number, row, shown)
    return table("对照表", COLUMNS, body)


def row_html(number: int, row: Row, shown: Shown) -> str:
    mark = ' aria-current="true"' if number == shown.row else ""
    status = status_of(row)
    style = ' class="row--done"' if is_done(row, shown) else ""
    return (
        f"<tr {act('row', row=number)}{mark}{style}>"
        f'<td class="num">{number}</td>'
        f'<td><button class="rowlink" {act("row", row=number, key=f"r{number}")}>'
        f"{escape(short(named(row)))}"
        f'<span class="meta">{escape(address.shown(row.document_id, row.clause))}</span>'
        "</button></td>"
        f'<td class="units" title="{escape("、".join(row.units))}">{units_html(row.units)}</td>'
        f"<td>{chip(STATUS[status], status)}</td><td>{issues_html(row)}</td>"
        f"<td>{tick_html(number, row, shown)}</td></tr>"
    )


def tick_html(number: int, row: Row, shown: Shown) -> str:
    """The reader's own mark; nothing is to be done about a row without a fault."""
    if not wanting(row):
        return ""
    done = is_done(row, shown)
    attributes = act("done", row=number, key=f"d{number}")
    return (
        f'<button class="tick" {attributes} aria-pressed="{str(done).lower()}" '
        f'aria-label="第{number}项已处理"><i></i>{"已处理" if done else "待处理"}</button>'
    )


def short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def units_html(units: Sequence[str]) -> str:
    if not units:
        return "—"
    rest = f'<span class="nobr">等{len(units)}家</span>' if len(units) > TOLD else ""
    return escape("、".join(units[:TOLD])) + rest


def issues_html(row: Row) -> str:
    if row.label == "missing":
        return '<span class="issue">整项任务未写入</span>'
    if row.label == "not_applicable":
        return f'<span class="issue issue--notice">{escape(row.reason)}</span>'
    if not row.findings:
        return '<span class="none">无</span>'
    lines = [judged_html(row.judged)] if row.judged else []
    lines += [issue_html(finding) for finding in row.faults[:TOLD]]
    if more := len(row.faults) - TOLD:
        lines += [f'<span class="none">另有{more}处问题</span>'] if more > 0 else []
    if not row.faults:
        count = Counter(FINDINGS[finding.type] for finding in row.notices)
        told = "、".join(f"{name}{n}处" for name, n in count.items())
        lines = [f'<span class="issue issue--notice">提示：{escape(told)}</span>']
    return "".join(lines)


def judged_html(model: str) -> str:
    return f'<span class="issue issue--notice">模型参与判断：{escape(model)}</span>'


def issue_html(finding: Finding) -> str:
    note = escape(finding.note)
    return f'<span class="issue" title="{note}"><b>{FINDINGS[finding.type]}</b>{note}</span>'
