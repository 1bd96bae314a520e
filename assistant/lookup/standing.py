"""What a reader must know of the documents cited: digests, standing, goals whose time is over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.lookup.holding import Holding
from assistant.types import Citation
from index.types import Document

_PAST = {"废止": "已废止", "被替代": "已被替代", "失效": "已失效"}
_PENDING = re.compile(r"尚未施行|修改")


def notes(citations: Sequence[Citation], held: Holding, today: date) -> tuple[str, ...]:
    """One line for each thing worth knowing; as the documents have it, judging nothing."""
    documents = {d.id: d for d in held.documents}
    cited = {
        c.document_id: documents[c.document_id] for c in citations if c.document_id in documents
    }
    lines = [line for document in cited.values() for line in _of(document, held, today)]
    return (*lines, *_recognised(citations, cited))


def _recognised(citations: Sequence[Citation], cited: Mapping[str, Document]) -> list[str]:
    """Words that were recognised from a picture may be wrong: the reader is told, and where."""
    pages: dict[str, set[int]] = {}
    for citation in citations:
        document = cited.get(citation.document_id)
        for scan in document.scanned_at([citation.span]) if document else ():
            pages.setdefault(citation.document_id, set()).add(scan.page)
    return [
        f"《{cited[i].title}》的引文为扫描识别，可能有误认的字，请对照原页"
        f"（第{'、'.join(map(str, sorted(found)))}页）"
        for i, found in pages.items()
    ]


def _of(document: Document, held: Holding, today: date) -> list[str]:
    lines = []
    if document.is_digest:
        lines.append(f"《{document.title}》为摘编，非原文，以原件为准")
    if document.kind == "解读":
        lines.append(f"《{document.title}》是政策解读，以政策原文为准")
    if document.status == "征求意见":
        lines.append(f"《{document.title}》是征求意见稿，尚未定稿")
    elif document.status in _PAST:
        why = f"：{document.status_note}" if document.status_note else ""
        lines.append(f"《{document.title}》{_PAST[document.status]}{why}")
    elif _PENDING.search(document.status_note):
        lines.append(f"《{document.title}》{document.status_note}")
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
