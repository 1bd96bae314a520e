"""Whether what a model said answers what the rules found; what it left open, the rules say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lookup.asked import Asked
from assistant.lookup.compose import Claim
from assistant.lookup.expressions import plain
from assistant.lookup.fitting import figures
from assistant.lookup.passages import grams
from assistant.lookup.respond import Reply
from assistant.types import Statement
from index.period import periods
from index.quantity import quantities

ALIKE = 0.3


def uncovered(
    replies: Sequence[Reply], statements: Sequence[Statement], asked: Asked
) -> list[Reply]:
    """The replies of the rules with a fact that was asked for and that no statement states."""
    return [
        reply
        for reply in replies
        if reply.claim is not None
        and not any(_covers(one, reply, reply.claim, asked) for one in statements)
    ]


def is_about(statement: Statement, replies: Sequence[Reply], asked: Asked) -> bool:
    """Whether a statement speaks of what was asked: a figure or date of another metric does not.

    Questions for no single fact leave it to the evidence what belongs to them.
    """
    if asked.kind not in ("number", "date") or not any(reply.found for reply in replies):
        return True
    words = grams(plain(statement.text))
    named = any(
        set(grams(way)) <= set(words)
        for term in asked.terms
        for way in (term.surface, *term.alternatives)
        if len(way) > 1
    )
    return named or any(
        reply.claim is not None and _covers(statement, reply, reply.claim, asked)
        for reply in replies
    )


def _covers(statement: Statement, reply: Reply, claim: Claim, asked: Asked) -> bool:
    documents = {c.document_id for c in claim.citations}
    if not documents & {c.document_id for c in statement.citations}:
        return False
    told = {q.base_value for q in quantities(plain(statement.text))}
    wanted = {q.base_value for q in figures(asked, reply.found.passage)} if reply.found else set()
    if asked.kind == "number" and wanted:
        return bool(wanted & told)
    if asked.kind == "date" and (when := _times(claim.text)):
        return bool(when & _times(statement.text))
    return _alike(claim.text, statement.text) >= ALIKE or _same_clause(claim, statement)


def _times(text: str) -> set[tuple[str | None, int | None, int | None]]:
    return {(t.by, t.month, t.day) for t in periods(plain(text))}


def _same_clause(claim: Claim, statement: Statement) -> bool:
    return bool({c.clause_id for c in claim.citations} & {c.clause_id for c in statement.citations})


def _alike(one: str, other: str) -> float:
    a = {one[i : i + 2] for i in range(len(one) - 1)}
    b = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(a & b) / max(1, min(len(a), len(b)))
