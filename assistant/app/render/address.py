"""A clause's address as an office reads it, and as an office cites it."""

from __future__ import annotations

from assistant.address import parts, shown, worded, written
from assistant.types import Citation
from index.types import Document

__all__ = [
    "DIGEST_MARK",
    "cited",
    "imprint",
    "inner_title",
    "parts",
    "reference",
    "shown",
    "worded",
    "written",
]
DIGEST_MARK = "摘编，非原文"


def reference(title: str, doc_no: str | None, where: str, quote: str, digest: bool) -> str:
    """``《标题》（文号）第一部分（三）：“…”``, with the warning that a digest carries."""
    number = f"（{doc_no}）" if doc_no else ""
    words = f"：“{quote}”" if quote else ""
    warning = f"（{DIGEST_MARK}，引用前请核对原件）" if digest else ""
    return f"《{inner_title(title)}》{number}{where}{words}{warning}"


def inner_title(title: str) -> str:
    """A title inside title marks: its own marks become single ones."""
    return title.translate(str.maketrans("《》", "〈〉"))


def cited(citation: Citation, digest: bool) -> str:
    where = written(citation.document_id, citation.clause_id)
    return reference(citation.title, citation.doc_no, where, citation.quote, digest)


def imprint(document: Document) -> str:
    """Who, when, number: the line under a title."""
    return " · ".join(
        (
            document.issuer or "发文机关未载明",
            document.date or "日期未载明",
            document.doc_no or "文号未载明",
        )
    )
