"""Whether a statement says nothing but what its citations say. Fails closed.

Two questions, in order: is every citation real, to the character; and does every fact and every
word of the statement stand in the cited quotes (``support``), with what their clauses inherit:
headings, title and number of the document, its place, the year in force. The first fault found is
the reason.
"""

from __future__ import annotations

from assistant.types import Citation, Statement, Verdict
from assistant.verify.passages import ClauseOf, DocumentOf, passage
from assistant.verify.support import text_fault
from assistant.verify.wording import plain
from index.types import Clause, Document


def verify(statement: Statement, document_of: DocumentOf, clause_of: ClauseOf) -> Verdict:
    reason = _fault(statement, document_of, clause_of)
    return Verdict(statement, "unsupported" if reason else "supported", reason or "")


def _fault(statement: Statement, document_of: DocumentOf, clause_of: ClauseOf) -> str | None:
    if not statement.citations:
        return "没有引文"
    if not plain(statement.text).strip("。;,"):
        return "没有内容"
    passages = []
    for citation in statement.citations:
        document, clause = document_of(citation.document_id), clause_of(citation.clause_id)
        if fault := citation_fault(citation, document, clause):
            return fault
        assert document is not None and clause is not None
        passages.append(passage(citation, document, clause, clause_of))
    return text_fault(statement.text, passages)


def citation_fault(
    citation: Citation, document: Document | None, clause: Clause | None
) -> str | None:
    """Why a citation is not real, or None."""
    if document is None:
        return f"引用了不存在的文件 {citation.document_id}"
    if clause is None:
        return f"引用了不存在的条款 {citation.clause_id}"
    if clause.id != citation.clause_id or clause.document_id != document.id:
        return f"条款 {citation.clause_id} 不属于文件 {citation.document_id}"
    if document.id != citation.document_id:
        return f"文件 {citation.document_id} 与库中编号不符"
    if citation.title != document.title:
        return f"引文所标标题不是 {document.id} 的标题"
    if citation.doc_no != document.doc_no:
        return f"引文所标文号不是 {document.id} 的文号"
    if not any(own.contains(citation.span) for own in clause.spans):
        return f"引文区间不在条款 {clause.id} 之内"
    if citation.quote != citation.span.of(document.text):
        return f"引文与 {clause.id} 的原文不一致"
    return None
