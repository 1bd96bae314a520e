"""The draft as the JSON that ``assistant draft --json`` prints."""

from __future__ import annotations

from typing import Any

from assistant.draft.types import Draft, DraftClause


def to_json(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "clauses": [_clause(clause) for clause in (draft.opening, *draft.clauses)],
        "not_applicable": [
            {"clause": o.clause_id, "reason": o.reason} for o in draft.not_applicable
        ],
        "unplaced": list(draft.unplaced),
        "omitted": [
            {"clause": o.clause_id, "quote": o.quote, "reason": o.reason} for o in draft.omitted
        ],
        "missing": [{"clause": m.clause_id, "what": m.what} for m in draft.missing],
        "conflicts": [{"clause": p.clause_id, "text": p.text} for p in draft.conflicts],
        "tasks": [
            {
                "id": row.id,
                "number": row.number,
                "task": row.title,
                "goal": row.goal,
                "deadline": row.deadline,
                "lead": row.lead,
                "support": row.support,
                "asked": row.asked,
                "from": list(row.sources),
                "basis": row.basis,
                "demands": [{"level": level, "words": words} for level, words in row.demands],
            }
            for row in draft.rows
        ],
    }


def _clause(clause: DraftClause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "level": clause.level,
        "number": clause.number,
        "heading": clause.heading,
        "text": clause.text,
        "from": list(clause.sources),
        "placeholders": [p.text for p in (*clause.placeholders, *clause.units.placeholders)],
        "origin": clause.origin,
        "written": clause.written,
        "accepted": clause.accepted or None,
    }
