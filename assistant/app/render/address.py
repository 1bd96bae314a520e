"""A clause's address as an office reads it, and as an office cites it."""

from __future__ import annotations

import re

from assistant.types import Citation
from index.types import Document

DIGEST_MARK = "摘编，非原文"


def parts(document_id: str, clause_id: str) -> list[str]:
    """``lps-2016/一/(三)/—2`` → ``一`` ``（三）`` ``第2点``."""
    return [worded(part) for part in clause_id.removeprefix(f"{document_id}/").split("/")]


def worded(part: str) -> str:
    name, _, repeat = part.partition("~")
    if bullet := re.fullmatch(r"—(\d+)", name):
        name = f"第{bullet[1]}点"
    elif plan := re.fullmatch(r"P(\d+)", name):
        name = f"方案{plan[1]}"
    elif grid := re.fullmatch(r"T(\d+)", name):
        name = f"表{grid[1]}"
    elif row := re.fullmatch(r"R(\d+)", name):
        name = f"第{row[1]}行"
    elif inner := re.fullmatch(r"\((.+)\)", name):
        name = f"（{inner[1]}）"
    return f"{name}（第{repeat}处）" if repeat else name


def shown(document_id: str, clause_id: str) -> str:
    return " › ".join(parts(document_id, clause_id))


def written(document_id: str, clause_id: str) -> str:
    """In running text: ``第一部分（三）第2点``."""
    words = parts(document_id, clause_id)
    return "".join(
        f"第{word}部分" if re.fullmatch("[一二三四五六七八九十]+", word) else word for word in words
    )


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
