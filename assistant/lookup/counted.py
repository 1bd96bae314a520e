"""Two questions that no single passage answers: 哪两个库, and which year a plan aims at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found
from assistant.lookup.compose import Claim, joined, own_span, stated
from assistant.lookup.expressions import plain
from assistant.lookup.holding import Holding
from assistant.lookup.passages import Passage
from assistant.types import cite
from index.numerals import numeral_value
from index.types import Clause, Document, Span

_COUNTED = re.compile(r"哪([两二三四])[个张类大项种条家]?([一-鿿]{1,3})$")
# As many headings as a reader takes in at once.
MOST_HEADINGS = 12
_PLAN_ONLY = re.compile(r"方案|计划|行动|文件|三份|两份|目标|奔")


def counted_things(asked: Asked, found: Sequence[Found]) -> Claim | None:
    """哪两个库: the passages of one clause that name each of the things counted."""
    asks = _COUNTED.search(asked.text)
    if asks is None or not found:
        return None
    wanted, noun = int(numeral_value(asks[1])), asks[2]
    clause = found[0].passage.clause
    named = [
        one.passage
        for one in found
        if one.passage.clause is clause
        and re.search(rf"[一-鿿]{{3,}}{noun}", one.passage.text)
        and not re.search(rf"[两二三四]{noun}", one.passage.text)
        and not one.passage.heading
    ]
    named.sort(key=lambda passage: passage.span.start)
    return joined([stated(passage) for passage in named]) if len(named) == wanted else None


def headings_under(asked: Asked, found: Sequence[Found], held: Holding) -> Claim | None:
    """有哪些基本原则: the headings below the heading that is asked about."""
    if asked.kind not in ("list", "open") or asked.amounts:
        return None
    parent = _heading_named(asked, held) or _heading_found(found)
    if parent is None:
        return None
    document = held.document_of(parent.id)
    children = [c for c in held.clauses[document.id] if c.parent == parent.id and c.heading]
    if not 2 <= len(children) <= MOST_HEADINGS:
        return None
    cited_at = [(c, _heading_span(document, c)) for c in children]
    citations = tuple(cite(document, c, span) for c, span in cited_at if span is not None)
    text = "；".join((c.heading or "").strip("。") for c in children)
    return Claim(text, citations) if len(citations) == len(children) else None


def _heading_named(asked: Asked, held: Holding) -> Clause | None:
    """The heading that the question has word for word (主要任务), if only one has children."""
    named = [
        clause
        for document in held.documents
        for clause in held.clauses[document.id]
        if clause.heading and len(clause.heading) > 3 and plain(clause.heading) in asked.text
    ]
    return named[0] if len(named) == 1 else None


def _heading_found(found: Sequence[Found]) -> Clause | None:
    top = next((one for one in found[:3] if one.passage.heading and one.match.head > 0.9), None)
    return top.passage.clause if top is not None and top.match.score >= 0.55 else None


def _heading_span(document: Document, clause: Clause) -> Span | None:
    at = document.text.find(clause.heading or "", clause.spans[0].start)
    span = Span(clause.spans[0].start, at + len(clause.heading or "")) if at >= 0 else None
    return own_span(document, clause, span) if span else None


def goal_year(asked: Asked, held: Holding) -> Passage | None:
    """The passage that says by when a plan's goals are to be reached, if only that is asked."""
    if asked.kind != "date" or "目标" not in asked.text:
        return None
    if any(term.own and not _PLAN_ONLY.search(term.surface) for term in asked.terms):
        return None
    goals = [
        p for p in held.passages
        if "目标" in plain("".join(p.clause.path)) and any(t.binds for t in p.times)
    ]  # fmt: skip
    years = Counter(t.by for p in goals for t in p.times if t.by and t.kind != "range")
    if not years:
        return goals[0] if goals else None
    aimed = max(years, key=lambda year: (years[year], year))
    first = next(p for p in goals if any(t.by == aimed and t.kind != "range" for t in p.times))
    after = [
        p for p in held.passages if p.sentence == first.sentence and p.span.start > first.span.start
    ]
    return first if len(first.text) > 12 or not after else after[0]
