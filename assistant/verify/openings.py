"""The word that opens an answer (是, 否) and who has more (甲更高): neither stands in a quote, and
both are worked out again from the figures that the answer gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Answer, Citation, Withheld
from assistant.verify.compared import without_comparison
from assistant.verify.passages import ClauseOf, DocumentOf, passage
from assistant.verify.wording import plain
from index.period import periods
from index.quantity import Quantity, quantities

_YES = re.compile(r"^(?:是的?|有|能|可以|会|需要|对|达到|包括)$")
_DENIES = re.compile(r"[没未非]|(?<![是能会可要])不(?!超过|低于|少于|高于|多于)")
_NO = re.compile(r"^(?:不是|否|没有|不能|不可以|不会|不需要|不对)$")


def worked_out(
    opening: str, closing: str, said: Answer, document_of: DocumentOf, clause_of: ClauseOf
) -> tuple[str, str, tuple[Withheld, ...]]:
    """Opening and comparison, each only where the figures of the answer bear it out."""
    doubted = []
    if opening and (fault := polarity_fault(opening, said.question, said.text)):
        doubted.append(Withheld(opening, fault))
        opening = ""
    if closing and (
        fault := comparison_fault(closing, said.text, said.citations, document_of, clause_of)
    ):
        doubted.append(Withheld(closing, fault))
        closing = ""
    return opening, closing, tuple(doubted)


def comparison_fault(
    closing: str,
    said: str,
    citations: Sequence[Citation],
    document_of: DocumentOf,
    clause_of: ClauseOf,
) -> str | None:
    """Why 甲更高 does not follow from the figures of ``said``, or None."""
    passages = []
    for citation in citations:
        document, clause = document_of(citation.document_id), clause_of(citation.clause_id)
        if document is not None and clause is not None:
            passages.append(passage(citation, document, clause, clause_of))
    return without_comparison(plain(f"{closing}，{said}"), passages)[1]


def polarity_fault(opening: str, question: str, said: str) -> str | None:
    """Why 是 or 否 does not follow from the figures asked about and those told, or None.

    Where the question has no figure there is nothing to work out.
    """
    asked = [q for q in quantities(plain(question)) if q.kind != "ordinal"]
    if not asked or _DENIES.search(question):
        return None
    told = [q for q in quantities(plain(said)) if q.kind != "ordinal"]
    borne = all(any(_bears(t, q) for t in told) for q in asked)
    if _YES.match(opening) and not borne:
        return f"“{opening}”与引文中的数字不符"
    years = {p.by for p in periods(plain(question)) if p.by}
    same_years = years <= {p.by for p in periods(plain(said))}
    exact = all(any(_same(t, q) for t in told) for q in asked)
    if _NO.match(opening) and exact and same_years and len(told) == len(asked):
        return f"“{opening}”与引文中的数字不符"
    return None


def _bears(told: Quantity, asked: Quantity) -> bool:
    """Whether a figure told makes the one asked about true: 700亿 bears out 超过500亿."""
    if not _one_unit(told, asked):
        return False
    if asked.op == ">=":
        return told.base_value >= asked.base_value
    if asked.op == "<=":
        return told.base_value <= asked.base_value
    # What 2000万元以上 is said of, is said of 2500万元.
    above, below = told.base_value <= asked.base_value, told.base_value >= asked.base_value
    return (above and told.op == ">=") or (below and told.op == "<=") or (above and below)


def _same(told: Quantity, asked: Quantity) -> bool:
    return _one_unit(told, asked) and told.base_value == asked.base_value


def _one_unit(told: Quantity, asked: Quantity) -> bool:
    """2500万 may be told of what is counted in 元."""
    return told.base_unit.removesuffix("元") == asked.base_unit.removesuffix("元")
