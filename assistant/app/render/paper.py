"""Words of a document on paper: the clause, its neighbours, and exactly the quoted characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from assistant.app.render import address
from assistant.app.render.parts import COPY, act, button, chip, close
from assistant.app.render.scan import MARK, WHY, scans_html
from index.types import Clause, Document, PageImage, Span, Table

REPEALED = {"废止", "被替代", "失效"}


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the pane shows: a clause, where it stands, what stands around it, what was quoted."""

    document: Document
    clause: Clause
    ancestors: tuple[Clause, ...] = ()
    before: Clause | None = None
    after: Clause | None = None
    quote: Span | None = None
    whole: Sequence[Clause] = ()  # all clauses, where the whole text is to be shown
    ended: int | None = None
    scans: Sequence[PageImage] = ()  # the pages on which the clause was recognised


def source_html(view: SourceView) -> str:
    document, clause = view.document, view.clause
    quoted = view.quote.of(document.text) if view.quote else ""
    where = address.written(document.id, clause.id)
    citation = address.reference(document.title, document.doc_no, where, quoted, document.is_digest)
    copy = button("复制为正式引用", act("copy", text=citation), "primary", COPY)
    return (
        f'<article class="source" aria-label="原文">'
        f"{head_html(document, view.ended, close('原文'), crumbs_html(view))}"
        f'<div class="paper" tabindex="0" role="region" aria-label="条款正文">'
        f"{body_html(view)}</div>"
        f'<footer class="source__foot">{copy}<span class="spacer"></span>{turn_html(view)}'
        f"{step('上一条', view.before)}{step('下一条', view.after)}</footer></article>"
    )


def body_html(view: SourceView) -> str:
    """The clause between its neighbours, or the whole text with the quote in it."""
    document = view.document
    if view.whole:
        return text_html(document, view.whole, view.quote or view.clause.spans[0])
    return (
        f"{near_html(document, view.before)}<section class='paper__clause'>"
        f"{clause_html(document, view.clause, view.quote)}</section>"
        f"{scans_html(document.id, view.scans, _shown(view))}"
        f"{near_html(document, view.after)}"
    )


def _shown(view: SourceView) -> Sequence[Span]:
    return (view.quote,) if view.quote else view.clause.spans


def turn_html(view: SourceView) -> str:
    """From the clause to the whole text, or back."""
    quote = view.quote
    span: dict[str, object] = {"start": quote.start, "end": quote.end} if quote else {}
    if view.whole:
        return button("回到条款", act("open", clause=view.clause.id, **span), "quiet")
    return button("看全文", act("open", clause=view.clause.id, whole=1, **span), "quiet")


def gone_html() -> str:
    return (
        '<article class="source" aria-label="原文"><header class="source__head">'
        f'<div class="source__top">{close("原文")}</div>'
        '<h2 tabindex="-1" data-takes-focus>打不开这一条</h2></header><div class="paper">'
        '<p class="paper__none">它所在的文件已移出资料库，或已换成新的版本。'
        "请重新提问。</p></div></article>"
    )


def head_html(
    document: Document, ended: int | None = None, corner: str = "", below: str = ""
) -> str:
    chips = chip(address.DIGEST_MARK, "digest") if document.is_digest else ""
    chips += chip(MARK, "none", WHY) if document.scanned else ""
    return (
        f'<header class="source__head"><div class="source__top">{chips}{standing(document, ended)}'
        f"{corner}</div>"
        f'<h2 tabindex="-1" data-takes-focus>{escape(document.title)}</h2>'
        f'<p class="meta">{escape(address.imprint(document))}</p>{below}</header>'
    )


def standing(document: Document, ended: int | None = None) -> str:
    """What the document says of its force, and whether its goals are over: two things."""
    over = chip("目标期已满", "none", f"文件写明的目标最晚到{ended}年") if ended else ""
    if document.status == "未注明":
        return over or chip("效力未注明", "none", document.status_note)
    kind = "over" if document.status in REPEALED else "none"
    return chip(document.status, kind, document.status_note) + over


def crumbs_html(view: SourceView) -> str:
    trail = (*view.ancestors, view.clause)
    items = "".join(f"<li>{escape(crumb(view.document, clause))}</li>" for clause in trail)
    return f'<nav aria-label="条款位置"><ol class="crumbs"><li>文件</li>{items}</ol></nav>'


def crumb(document: Document, clause: Clause) -> str:
    """``一、总体要求``, ``（三）主要目标``, ``第2点``."""
    number = address.parts(document.id, clause.id)[-1]
    if not clause.heading:
        return number
    heading = clause.heading.rstrip("。：:")
    if number.endswith("）"):
        return f"{number}{heading}"
    return f"{number}{'　' if number.startswith('第') else '、'}{heading}"


def step(label: str, target: Clause | None) -> str:
    key = f'data-key="{label}"'
    attributes = f"{key} {act('open', clause=target.id)}" if target else f"{key} disabled"
    return button(label, attributes, "quiet")


def near_html(document: Document, clause: Clause | None) -> str:
    if clause is None:
        return ""
    words = " ".join(span.of(document.text) for span in clause.spans)
    return f'<p class="paper__near">{escape(words)}</p>'


def clause_html(document: Document, clause: Clause, quote: Span | None = None) -> str:
    """The clause's own words; the characters of ``quote`` that are among them are marked."""
    if clause.kind == "row" and (grid := table_of(document, clause)):
        return row_html(document, grid, clause, quote)
    lead = lead_span(document, clause)
    return "".join(
        f"<p>{line_html(document.text, line, quote, lead)}</p>"
        for span in clause.spans
        for line in lines(document.text, span)
    )


def lead_span(document: Document, clause: Clause) -> Span | None:
    """From the number to the end of the heading, where the clause opens with them."""
    first = clause.spans[0]
    if not clause.heading:
        return None
    at = document.text.find(clause.heading, first.start, first.end)
    if at < 0 or "\n" in document.text[first.start : at]:
        return None
    return Span(first.start, at + len(clause.heading))


def lines(text: str, span: Span) -> Iterator[Span]:
    """The lines of a span that are not blank, without the blanks around them."""
    start = span.start
    for line in span.of(text).split("\n"):
        kept = line.strip()
        if kept:
            at = start + line.index(kept)
            yield Span(at, at + len(kept))
        start += len(line) + 1


def line_html(text: str, line: Span, quote: Span | None, lead: Span | None = None) -> str:
    """A stretch of text, cut where the quote or the heading begins or ends."""
    bounds = (bound for span in (quote, lead) if span for bound in (span.start, span.end))
    cuts = sorted({line.start, line.end, *(at for at in bounds if line.start < at < line.end)})
    return "".join(
        piece_html(text[start:end], inside(start, quote), inside(start, lead))
        for start, end in pairwise(cuts)
    )


def inside(at: int, span: Span | None) -> bool:
    return span is not None and span.start <= at < span.end


def piece_html(words: str, quoted: bool, leading: bool) -> str:
    html = escape(words)
    html = f"<mark>{html}</mark>" if quoted else html
    return f'<b class="paper__lead">{html}</b>' if leading else html


def table_of(document: Document, clause: Clause) -> Table | None:
    """The table whose row this clause is."""
    own = clause.spans[0]
    for grid in document.tables:
        if any(row.contains(own) or own.contains(row) for row in grid.rows):
            return grid
    return None


def row_html(document: Document, grid: Table, clause: Clause, quote: Span | None) -> str:
    """A row stands upright, each cell beside its heading: a pane is too narrow for a table."""
    text = document.text
    own = [row for row in grid.rows if any(touches(row, span) for span in clause.spans)]
    heads = [list(cells(text, row)) for row in grid.rows[: grid.header_rows] if row not in own]
    lines = "".join(
        f"<tr><th>{escape(heading(text, heads, at))}</th>"
        f"<td>{line_html(text, cell, quote)}</td></tr>"
        for row in own
        for at, cell in enumerate(cells(text, row))
        if cell
    )
    return f'<div class="paper__grid paper__grid--row"><table>{lines}</table></div>'


def touches(row: Span, span: Span) -> bool:
    return row.start < span.end and span.start < row.end


def heading(text: str, heads: Sequence[Sequence[Span | None]], at: int) -> str:
    """What stands above a cell, each word once: merged cells repeat theirs."""
    above = (row[at] for row in heads if at < len(row))
    return " ".join(dict.fromkeys(cell.of(text) for cell in above if cell))


def cells_html(document: Document, row: Span, tag: str, quote: Span | None) -> str:
    return "".join(
        f"<{tag}>{line_html(document.text, cell, quote) if cell else ''}</{tag}>"
        for cell in cells(document.text, row)
    )


def cells(text: str, row: Span) -> Iterator[Span | None]:
    """The cells of a row, which a tab divides; an empty cell has no span."""
    start = row.start
    for cell in row.of(text).split("\t"):
        yield Span(start, start + len(cell)) if cell else None
        start += len(cell) + 1


def text_html(document: Document, clauses: Sequence[Clause], quote: Span | None = None) -> str:
    """The whole stored text, line by line: headings stand out, tables are tables."""
    leads = {lead.start: lead for one in clauses if (lead := lead_span(document, one))}
    blocks: list[str] = []
    at = 0
    for grid in sorted(document.tables, key=lambda one: one.rows[0].start):
        blocks.append(prose_html(document, at, grid.rows[0].start, leads, quote))
        blocks.append(grid_html(document, grid, quote))
        at = grid.rows[-1].end
    blocks.append(prose_html(document, at, len(document.text), leads, quote))
    return "".join(blocks)


def prose_html(
    document: Document, start: int, end: int, leads: Mapping[int, Span], quote: Span | None
) -> str:
    if start >= end:
        return ""
    title = document.title.strip()
    return "".join(
        f'<p class="paper__title">{escape(title)}</p>'
        if line.of(document.text) == title
        else f"<p>{line_html(document.text, line, quote, leads.get(line.start))}</p>"
        for line in lines(document.text, Span(start, end))
    )


def grid_html(document: Document, grid: Table, quote: Span | None) -> str:
    rows = "".join(
        f"<tr>{cells_html(document, row, 'th' if at < grid.header_rows else 'td', quote)}</tr>"
        for at, row in enumerate(grid.rows)
    )
    return f'<div class="paper__grid"><table>{rows}</table></div>'
