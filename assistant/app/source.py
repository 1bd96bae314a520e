"""The clause pane: what to show for a clause, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from assistant.app.panes import Desk, clicked
from assistant.app.render.paper import SourceView, gone_html, source_html
from index.errors import NotFound
from index.types import Clause, Document, PageImage, Span


def source_view(
    desk: Desk, clause_id: str, quote: Span | None = None, whole: bool = False
) -> SourceView:
    """The clause with its ancestors and the clauses before and after it."""
    library = desk.library
    clause = library.clause(clause_id)
    order = library.clauses(clause.document_id)
    at = next(n for n, one in enumerate(order) if one.id == clause.id)
    return SourceView(
        document=library.document(clause.document_id),
        clause=clause,
        ancestors=ancestors(clause, {one.id: one for one in order}),
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        quote=quote,
        whole=order if whole else (),
        ended=desk.goals.ended().get(clause.document_id),
        scans=() if whole else pictures(desk, clause),
    )


def pictures(desk: Desk, clause: Clause) -> tuple[PageImage, ...]:
    """The pages of a scan on which the clause stands."""
    document = desk.library.document(clause.document_id)
    found = [
        desk.library.store.picture(document.id, scan.page)
        for scan in document.scanned_at(clause.spans)
    ]
    return tuple(picture for picture in found if picture is not None)


def ancestors(clause: Clause, known: Mapping[str, Clause]) -> tuple[Clause, ...]:
    trail: list[Clause] = []
    parent = known.get(clause.parent or "")
    while parent:
        trail.insert(0, parent)
        parent = known.get(parent.parent or "")
    return tuple(trail)


def opened(desk: Desk, data: Mapping[str, str]) -> str:
    """The pane for a clicked mark, card or step; a clause that is gone says so."""
    try:
        clause_id = data.get("clause", "")
        document = desk.library.document(desk.library.clause(clause_id).document_id)
        quote = quoted(document, data)
        return source_html(source_view(desk, clause_id, quote, "whole" in data))
    except NotFound:
        return gone_html()


def quoted(document: Document, data: Mapping[str, str]) -> Span | None:
    """The quote of a citation, unless the document has changed since."""
    start, end, words = data.get("start", ""), data.get("end", ""), data.get("quote")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        return None
    span = Span(int(start), int(end))
    return span if words is None or span.of(document.text) == words else None


def on_source(desk: Desk) -> Callable[[gr.EventData], tuple[Any, Any]]:
    """For the pane's own buttons: close it, or step to a neighbour."""

    def handle(event: gr.EventData) -> tuple[Any, Any]:
        data = clicked(event)
        if data.get("act") == "close":
            return gr.skip(), gr.update(visible=False)
        return opened(desk, data), gr.skip()

    return handle
