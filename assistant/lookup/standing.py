"""What a reader must know of the documents cited: digests, standing, goals whose time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.lookup.holding import Holding
from assistant.types import Citation
from index.types import Document

_PAST = {"废止": "已废止", "被替代": "已被替代", "失效": "已失效"}


def notes(citations: Sequence[Citation], held: Holding, today: date) -> tuple[str, ...]:
    """One line for each thing worth knowing; as the documents have it, judging nothing."""
    documents = {d.id: d for d in held.documents}
    cited = dict.fromkeys(documents[c.document_id] for c in citations if c.document_id in documents)
    return tuple(line for document in cited for line in _of(document, held, today))


def _of(document: Document, held: Holding, today: date) -> list[str]:
    lines = []
    if document.is_digest:
        lines.append(f"《{document.title}》为摘编，非原文，以原件为准")
    if document.status in _PAST:
        lines.append(f"《{document.title}》{_PAST[document.status]}")
    last = max((year for year in _target_years(document, held)), default=None)
    if last is not None and last < today.year:
        lines.append(
            f"《{document.title}》的目标期至{last}年，已满；文件是否继续有效以发文机关为准"
        )
    return lines


def _target_years(document: Document, held: Holding) -> list[int]:
    return [
        int(target.by[-4:])
        for task in held.tasks[document.id]
        for target in task.targets
        if target.by and target.by[-4:].isdigit()
    ]
