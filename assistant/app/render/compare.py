"""One upper task beside the passages that answer it: what is lost, what is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

from assistant.app.checking import Checked
from assistant.app.render import address
from assistant.app.render.check import tick_html
from assistant.app.render.check_view import STATUS, Shown, is_done, listed, status_of, wanting
from assistant.app.render.paper import inside, lines
from assistant.app.render.parts import act, button, chip, close
from assistant.check import Finding, Row
from assistant.check.repairs import fitted, worded
from assistant.check.report import named
from index.types import Clause, Document, Span

GAP = 3  # characters between two stretches that are shown as one
Kind = Literal["lost", "changed", "short"]
TAGS: dict[Kind, str] = {"lost": "mark", "changed": "ins", "short": "u"}


@dataclass(frozen=True, slots=True)
class Mark:
    span: Span
    kind: Kind


def compare_html(checked: Checked, shown: Shown) -> str:
    row = checked.coverage.rows[shown.row - 1]
    status = status_of(row)
    wrong = wanting(row)
    return (
        '<section class="compare" aria-label="对照"><header class="compare__head">'
        f'<span class="compare__n">{shown.row}</span>'
        f'<h2 tabindex="-1" data-takes-focus>{escape(named(row))}</h2>'
        f"{chip(STATUS[status], status)}{tick_html(shown.row, row, shown)}"
        '<span class="spacer"></span>'
        f"{steps_html(checked, shown)}{close('对照')}</header>"
        f'<p class="reason reason--{"fault" if wrong else "notice"}">{escape(row.reason)}</p>'
        f'<div class="compare__pair">{upper_html(checked, row)}{draft_html(checked, row)}</div>'
        "</section>"
    )


def steps_html(checked: Checked, shown: Shown) -> str:
    """To the next row that needs work; among filtered rows, to the next row. The order is that of
    the table."""
    free = shown.status == "all" and not shown.kind
    rows = [
        number
        for number, row in listed(checked.coverage, shown)
        if number == shown.row or not free or (wanting(row) and not is_done(row, shown))
    ]
    at = rows.index(shown.row) if shown.row in rows else -1
    before = rows[at - 1] if at > 0 else 0
    after = rows[at + 1] if at + 1 < len(rows) else 0
    what = "处问题" if free else "项"
    return step_html(f"上一{what}", before) + step_html(f"下一{what}", after)


def step_html(label: str, number: int) -> str:
    key = f'data-key="{label[:2]}"'
    return button(label, f"{key} {act('step', row=number) if number else 'disabled'}", "quiet")


def upper_html(checked: Checked, row: Row) -> str:
    document = checked.documents[row.document_id]
    lost = [Mark(span, "lost") for f in row.faults for span in lost_spans(f, document.text)]
    own = checked.clauses.get(row.clause)
    spans = [*row.upper_spans, *(own.spans if own else ()), *(mark.span for mark in lost)]
    words = paragraphs(document.text, merged(document.text, spans), lost)
    digest = address.DIGEST_MARK if document.is_digest else ""
    where = " · ".join(filter(None, (address.shown(document.id, row.clause), digest)))
    return side_html("上级文件", where, words, "", document.title)


def lost_spans(fault: Finding, text: str) -> list[Span]:
    """The words that the draft lost: those of the repair, where the upper text has just them."""
    span = fault.upper_span
    if span is None:
        return []
    new = fault.edit.new if fault.edit else ""
    if new and span.of(text).count(new) == 1:
        start = text.index(new, span.start)
        return [Span(start, start + len(new))]
    if fault.type == "unit_dropped":
        return counterparts(new, span, text) or [span]
    return [span]


def counterparts(listed: str, span: Span, text: str) -> list[Span]:
    """The units of an upper list that the last one of a repaired list stands for.

    A county's body bears the name of the upper one but for the first character."""
    stem = re.split("[、，；]", listed)[-1][1:]
    start = text.find(stem, span.start + 1, span.end) if len(stem) > 1 else -1
    return [Span(start - 1, start + len(stem))] if start > 0 else []


def side_html(name: str, small: str, words: str, style: str, title: str) -> str:
    return (
        f'<div class="paper {style}" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<h3 class="paper__side" title="{escape(title)}">{escape(name)}'
        f"<small>{escape(small)}</small></h3>{words}</div>"
    )


def draft_html(checked: Checked, row: Row) -> str:
    parsed = checked.draft.parsed
    text = parsed.document.text
    changed = list(marks_of(row.faults))
    spans = [*(match.span for match in row.matches), *(mark.span for mark in changed)]
    if not spans:
        words = '<p class="paper__none">草案中没有对应内容</p>'
        return side_html("本县草案", "", words, "paper--draft", parsed.document.title)
    blocks = merged(text, spans)
    blocks.sort(key=lambda block: not any(block.contains(mark.span) for mark in changed))
    words, last = "", ""
    for block in blocks:
        place = place_of(parsed.document, parsed.clauses, block)
        if place != last:
            words += f'<p class="paper__place">{escape(place)}</p>'
            last = place
        words += paragraphs(text, [block], changed)
    small = legend(changed)
    return side_html(
        "本县草案", small, words + fixes_html(text, row), "paper--draft", checked.draft.name
    )


def legend(marks: Sequence[Mark]) -> str:
    kinds = {mark.kind for mark in marks}
    told = (("changed", "红字与上级不一致"), ("short", "虚线处有遗漏"))
    return "，".join(words for kind, words in told if kind in kinds)


def marks_of(faults: Sequence[Finding]) -> Iterator[Mark]:
    """Words that were changed; where something is only left out, the place where it belongs."""
    for fault in faults:
        span = fault.edit.span if fault.edit else fault.draft_span
        if fault.type.endswith("_dropped"):
            if fault.draft_span:
                yield Mark(fault.draft_span, "short")
        elif span:
            yield Mark(span, "changed")


def fixes_html(text: str, row: Row) -> str:
    """Exact repairs, in words that can be typed over."""
    edits = dict.fromkeys(fitted(fault.edit, text) for fault in row.faults if fault.edit)
    items = "".join(f"<li>{escape(worded(edit, text))}</li>" for edit in edits)
    return f'<div class="fixes"><b>建议</b><ul>{items}</ul></div>' if items else ""


def place_of(document: Document, clauses: Sequence[Clause], block: Span) -> str:
    """Where in the draft a passage stands, as its headings say."""
    holding = [
        clause
        for clause in clauses
        if any(own.start <= block.start < own.end for own in clause.spans)
    ]
    if not holding:
        return ""
    innermost = min(holding, key=lambda clause: clause.span.end - clause.span.start)
    return " › ".join(innermost.path) or address.shown(document.id, innermost.id)


def merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in reading order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last and (span.start <= last.end or near(text, last.end, span.start)):
            found[-1] = Span(last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def near(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return not between.strip() or (len(between) <= GAP and "\n" not in between)


def paragraphs(text: str, blocks: Sequence[Span], marks: Sequence[Mark]) -> str:
    return "".join(
        f"<p>{marked(text, line, marks)}</p>" for block in blocks for line in lines(text, block)
    )


def marked(text: str, line: Span, marks: Sequence[Mark]) -> str:
    """A line cut where marks begin or end; where two overlap the shorter one shows."""
    bounds = (bound for mark in marks for bound in (mark.span.start, mark.span.end))
    cuts = sorted({line.start, line.end, *(at for at in bounds if line.start < at < line.end)})
    return "".join(piece(text[start:end], start, marks) for start, end in pairwise(cuts))


def piece(words: str, at: int, marks: Sequence[Mark]) -> str:
    html = escape(words).replace("\t", '<i class="cell"></i>')
    holding = [mark for mark in marks if inside(at, mark.span)]
    if not holding:
        return html
    tag = TAGS[min(holding, key=lambda mark: mark.span.end - mark.span.start).kind]
    return f"<{tag}>{html}</{tag}>"
