"""Corruptions of the citation of a true statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.types import Citation
from evals.ground import Ground, arabic
from evals.truths import Truth
from index.types import Span

CitationLie = Callable[[Truth, Ground], Citation | None]


def _citation(truth: Truth) -> Citation:
    return truth.statement.citations[0]


def clause_unknown(truth: Truth, ground: Ground) -> Citation:
    return replace(_citation(truth), clause_id=f"{truth.clause.id}/99")


def clause_of_another(truth: Truth, ground: Ground) -> Citation:
    others = [c for c in ground.corpus.clauses.values() if c.id != truth.clause.id]
    return replace(_citation(truth), clause_id=ground.random.choice(others).id)


def document_unknown(truth: Truth, ground: Ground) -> Citation:
    return replace(_citation(truth), document_id=f"{truth.document.id}-2")


def document_of_another(truth: Truth, ground: Ground) -> Citation:
    others = [d for d in ground.corpus.documents.values() if d.id != truth.document.id]
    other = ground.random.choice(others)
    return replace(_citation(truth), document_id=other.id, title=other.title, doc_no=other.doc_no)


def quote_of_another(truth: Truth, ground: Ground) -> Citation:
    others = [t for t in ground.every if t.document.id != truth.document.id]
    return replace(_citation(truth), quote=_citation(ground.random.choice(others)).quote)


def span_start(truth: Truth, ground: Ground) -> Citation:
    span = _citation(truth).span
    return replace(_citation(truth), span=Span(span.start + 1, span.end))


def span_end(truth: Truth, ground: Ground) -> Citation:
    span = _citation(truth).span
    return replace(_citation(truth), span=Span(span.start, span.end + 1))


def span_shifted(truth: Truth, ground: Ground) -> Citation:
    span = _citation(truth).span
    return replace(_citation(truth), span=Span(span.start + 1, span.end + 1))


def quote_edited(truth: Truth, ground: Ground) -> Citation | None:
    quote = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), _citation(truth).quote, count=1)
    return replace(_citation(truth), quote=quote) if quote != _citation(truth).quote else None


def title_cited(truth: Truth, ground: Ground) -> Citation:
    return replace(
        _citation(truth), title=truth.document.title.replace("方案", "规划") + "（试行）"
    )


def number_cited(truth: Truth, ground: Ground) -> Citation:
    return replace(_citation(truth), doc_no="国发〔2016〕1号")


def another_sentence(truth: Truth, ground: Ground) -> Citation | None:
    """A real citation that says something else: another figure sentence of the same document."""
    others = [t for t in ground.every if t.document.id == truth.document.id]
    mine = {(q.value, q.unit) for q in arabic(truth.text)}
    apart = [t for t in others if not mine & {(q.value, q.unit) for q in arabic(t.text)}]
    return _citation(ground.random.choice(apart)) if apart and mine else None


CITATION_LIES: dict[str, CitationLie] = {
    "条款不存在": clause_unknown,
    "条款错": clause_of_another,
    "文件不存在": document_unknown,
    "他文条款": document_of_another,
    "他文引文": quote_of_another,
    "区间首差一": span_start,
    "区间尾差一": span_end,
    "区间移一": span_shifted,
    "引文改字": quote_edited,
    "引文标题": title_cited,
    "引文文号": number_cited,
    "他句引文": another_sentence,
}
