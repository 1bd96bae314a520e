"""Care for a library: what it cites and does not hold, and what a new version of a text changed."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Any

from index.absent import Absent, Mention, absent
from index.errors import PolicyError
from index.identity import clean_id, free_id
from index.ingest import read_checked
from index.library import Library
from index.parse import parse
from index.revision import NAMES, Change, Revision, Side, revision
from index.types import Parsed, Span

Json = dict[str, Any]
SHOWN = 60  # characters of a quote in the table


def absences(library: Library) -> list[Absent]:
    """The documents that are cited and absent, the most often cited first."""
    return absent(library.documents())


def absent_json(found: Absent, library: Library) -> Json:
    return {
        "title": found.title or None,
        "doc_no": found.doc_no,
        "cited": len(found.mentions),
        "cited_by": [_mention_json(mention, library) for mention in found.mentions],
    }


def _mention_json(mention: Mention, library: Library) -> Json:
    span, text = mention.span, library.document(mention.document_id).text
    clause = next(
        (
            clause.id
            for clause in library.clauses(mention.document_id)
            if any(own.start < span.end and span.start < own.end for own in clause.spans)
        ),
        None,
    )
    place = {"start": span.start, "end": span.end, "quote": span.of(text)}
    return {"document": mention.document_id, "clause": clause} | place


def absent_line(found: Absent) -> str:
    """One line for a list: 《…》（文号），引用 3 处：甲、乙."""
    name = f"《{found.title}》" if found.title else ""
    number = (f"（{found.doc_no}）" if name else found.doc_no) if found.doc_no else ""
    by = "、".join(dict.fromkeys(mention.document_id for mention in found.mentions))
    return f"{name}{number}，引用 {len(found.mentions)} 处：{by}"


def compared(old: str, new: str, library: Library) -> Revision:
    """What the second document changed of the first; it may be a file that is not taken in yet."""
    if old == new:
        raise PolicyError("请给出两份不同的文件：先旧后新")
    held = {document.id for document in library.documents()}
    path = Path(new)
    after = _read(path, held) if new not in held and path.is_file() else _parsed(new, library)
    return revision(_parsed(old, library), after)


def _read(path: Path, taken: Container[str]) -> Parsed:
    """As it would be taken in, and nothing of it is kept."""
    source = read_checked(path)
    return parse(source, free_id(clean_id(path.stem), taken), path.stem)


def _parsed(document_id: str, library: Library) -> Parsed:
    document = library.document(document_id)
    return Parsed(document, tuple(library.clauses(document_id)), tuple(library.tasks(document_id)))


def revision_json(found: Revision) -> Json:
    return {
        "old": found.old,
        "new": found.new,
        "same": found.same,
        "summary": summary(found),
        "changes": [_change_json(change) for change in found.changes],
    }


def _change_json(change: Change) -> Json:
    return {
        "kind": change.kind,
        "what": change.what,
        "old": _side_json(change.old),
        "new": _side_json(change.new),
        "note": change.note,
        "task": change.task,
    }


def _side_json(side: Side | None) -> Json | None:
    if side is None:
        return None
    span: Span = side.span
    return {"clause": side.clause, "start": span.start, "end": span.end, "quote": side.quote}


def summary(found: Revision) -> str:
    counts = {
        name: sum(change.kind == kind for change in found.changes) for kind, name in NAMES.items()
    }
    told = "、".join(f"{name} {count} 处" for name, count in counts.items() if count)
    return f"{told or '没有改动'}；{found.same} 条未变"


def table(found: Revision) -> str:
    """The changes as a Markdown table in Chinese."""
    lines = ["| 类别 | 事项 | 旧 | 新 | 说明 |", "|---|---|---|---|---|"]
    for change in found.changes:
        cells = (
            NAMES[change.kind],
            change.what,
            _cell(change.old),
            _cell(change.new),
            change.note,
        )
        lines.append(f"| {' | '.join(_plain(cell) for cell in cells)} |")
    return "\n".join(lines)


def _cell(side: Side | None) -> str:
    if side is None:
        return "—"
    words = side.quote if len(side.quote) <= SHOWN else side.quote[:SHOWN] + "…"
    return f"{words}（{side.clause}）"


def _plain(cell: str) -> str:
    return " ".join(cell.replace("|", "｜").split())
