"""What is asked about a document itself: its number, its date, who issued it."""

from __future__ import annotations

import re

from assistant.lookup.asked import Asked
from assistant.lookup.compose import Claim, own_span
from assistant.lookup.holding import Holding
from assistant.types import Citation, cite
from index.types import Document, Span

_ISSUED = re.compile(r"发的通知|哪天发|发得|哪年发|发的文|印发|发布|出台|发文|成文|签发|下发")
_DATE = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")


def asks_about_document(asked: Asked) -> bool:
    """Whether the question is about the paper rather than about what it says."""
    if asked.kind == "document_number":
        return True
    return asked.kind in ("date", "unit") and bool(_ISSUED.search(asked.text)) and not re.search(
        r"年度工作计划|任务|名单", asked.text
    )


def of_document(asked: Asked, document: Document, held: Holding) -> Claim | None:
    """The document's own number, date or issuer, with the place where it stands."""
    if asked.kind == "document_number":
        return _claim(document, document.doc_no, "文号是", held)
    if asked.kind == "date" and document.date:
        for match in _DATE.finditer(document.text):
            digits = [int(n) for n in re.findall(r"\d+", match.group())]
            if "{:04d}-{:02d}-{:02d}".format(*digits) != document.date:
                continue
            citation = _around(document, Span(match.start(), match.end()), held)
            if citation is not None:
                return Claim(f"成文日期为{match.group()}", (citation,))
    if asked.kind == "unit":
        return _claim(document, document.issuer, "由", held, "印发")
    return None


def _claim(
    document: Document, words: str | None, before: str, held: Holding, after: str = ""
) -> Claim | None:
    at = document.text.find(words) if words else -1
    if words is None or at < 0:
        return None
    citation = _around(document, Span(at, at + len(words)), held)
    return Claim(f"{before}{words}{after}", (citation,)) if citation else None


def _around(document: Document, span: Span, held: Holding) -> Citation | None:
    line_start = document.text.rfind("\n", 0, span.start) + 1
    line_end = document.text.find("\n", span.end)
    line = Span(line_start, line_end if line_end > 0 else len(document.text))
    wide = line if line.end - line.start <= 200 else span
    for clause in held.clauses[document.id]:
        part = own_span(document, clause, wide)
        if part is not None and part.contains(span):
            words = part.of(document.text)
            lead = len(words) - len(words.lstrip())
            return cite(document, clause, Span(part.start + lead, part.start + len(words.rstrip())))
    return None


