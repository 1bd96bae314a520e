"""The report on one page, for the leader who signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from assistant.app.checking import Checked
from assistant.app.render import address
from assistant.app.render.parts import COPY, act, button
from assistant.check import Row
from assistant.check.report import FINDINGS

MOST = 12  # lines of a section; the rest is in the table
LONGEST = 60  # characters of a task's title
NOTE = "AI 结果仅供参考，以原件为准。"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    row: int = 0  # the row that it opens


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


def page_html(checked: Checked) -> str:
    title = f"《{checked.draft.parsed.document.title}》核查小结"
    held = "、".join(f"《{one.title}》" for one in checked.documents.values())
    written = list(sections(checked))
    body = "".join(section_html(section) for section in written)
    copied = act("copy", text=plain(title, written))
    return (
        '<article class="sheet" tabindex="0" role="region" aria-label="领导小结">'
        f'<header class="sheet__top">{button("复制全文", copied, "", COPY)}</header>'
        f"<h1>{escape(title)}</h1><p class='meta'>对照{escape(held)}</p>{body}"
        f'<p class="meta">{NOTE}</p></article>'
    )


def sections(checked: Checked) -> Iterator[Section]:
    coverage = checked.coverage
    rows = list(enumerate(coverage.rows, 1))
    yield Section("总体情况", (Line(str(coverage.summary.get("paragraph", ""))),))
    missing = [Line(task(row), number) for number, row in rows if row.label == "missing"]
    yield from section(f"缺失任务（{len(missing)}项）", missing)
    wrong = [Line(f"{short(row)}：{faults(row)}", n) for n, row in rows if row.faults]
    yield from section(f"须修改的任务（{len(wrong)}项）", wrong)
    notices = Counter(f.type for row in coverage.rows for f in row.notices)
    told = "、".join(f"{FINDINGS[kind]}{count}处" for kind, count in notices.most_common())
    yield from section("供参考", [Line(f"{told}，不作问题处理。")] if told else [])
    own = [Line(match.quote.strip()) for match in coverage.extra]
    yield from section(f"本县自行增加的内容（{len(own)}处）", own)


def section(heading: str, lines: list[Line]) -> Iterator[Section]:
    """Nothing where there is nothing to say; what does not fit is said to be elsewhere."""
    if not lines:
        return
    more = len(lines) - MOST
    rest = [Line(f"其余{more}项见对照检查表。")] if more > 0 else []
    yield Section(heading, (*lines[:MOST], *rest))


def task(row: Row) -> str:
    where = address.written(row.document_id, row.clause)
    units = f"（{'、'.join(row.units)}）" if row.units else ""
    return f"{short(row)}{units}——{where}"


def short(row: Row) -> str:
    title = row.title.rstrip("。")
    return title if len(title) <= LONGEST else f"{title[:LONGEST]}…"


def faults(row: Row) -> str:
    return "；".join(finding.note for finding in row.faults)


def section_html(section: Section) -> str:
    items = "".join(f"<li>{line_html(line)}</li>" for line in section.lines)
    return f"<h2>{escape(section.heading)}</h2><ol>{items}</ol>"


def line_html(line: Line) -> str:
    if not line.row:
        return escape(line.text)
    attributes = act("row", row=line.row, key=f"p{line.row}")
    return f'<button class="sheetlink" {attributes}>{escape(line.text)}</button>'


def plain(title: str, written: list[Section]) -> str:
    parts = [title]
    for section in written:
        parts.append(section.heading)
        if len(section.lines) == 1:
            parts.append(section.lines[0].text)
        else:
            parts += [f"{n}. {line.text}" for n, line in enumerate(section.lines, 1)]
    return "\n".join([*parts, NOTE])
