"""One source, understood: read → outline → metadata → tasks, as the store keeps it."""

from __future__ import annotations

from index.force import own
from index.layout import READING
from index.metadata import describe
from index.outline import outline
from index.tasks import tasks
from index.types import Document, PageImage, Parsed, Scan, Source, Span


def parse(source: Source, document_id: str, name: str) -> Parsed:
    """The document of a source. ``name`` (the file's stem) is the title of last resort."""
    found = outline(source, document_id)
    about = describe(source, found.bodies, name)
    said = own(source.text, about.title, about.date)
    document = Document(
        id=document_id,
        title=about.title,
        doc_no=about.doc_no,
        issuer=about.issuer,
        date=about.date,
        level=about.level,
        region=about.region,
        implements=about.implements,
        status=about.status,
        status_note=about.status_note,
        kind="解读" if said.interprets and about.kind != "摘编" else about.kind,
        text=source.text,
        tables=source.tables,
        parts=tuple(clause.id for clause in found.clauses if clause.kind == "part"),
        scanned=source.scanned,
        in_force=said.in_force,
        until=said.until,
        changes=said.changes,
        interprets=said.interprets,
        scans=tuple(map(_scan, filter(_has_text, source.pictures))),
    )
    # An interpretation in the same file only repeats what the policy asks.
    asked = [c for c in found.clauses if not c.id.startswith(f"{document_id}/{READING}")]
    return Parsed(document, found.clauses, tasks(asked, about.level), source.pictures)


def _has_text(picture: PageImage) -> bool:
    return bool(picture.lines)


def _scan(picture: PageImage) -> Scan:
    spans = [line.span for line in picture.lines]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Scan(picture.page, Span(start, end))
