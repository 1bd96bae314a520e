"""A report as the JSON that other programs rely on."""

from __future__ import annotations

from assistant.check.types import Coverage, Finding, Match, Row


def to_json(coverage: Coverage) -> dict[str, object]:
    return {
        "upper": list(coverage.upper),
        "draft": coverage.draft,
        "rows": [_row(row) for row in coverage.rows],
        "extra": [_match(match) for match in coverage.extra],
        "notices": list(coverage.notices),
        "summary": dict(coverage.summary),
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "clause": row.clause,
        "title": row.title,
        "label": row.label,
        "reason": row.reason,
        "units": list(row.units),
        "upper": {
            "document": row.document_id,
            "spans": [[span.start, span.end] for span in row.upper_spans],
            "text": row.upper_text,
        },
        "matches": [_match(match) for match in row.matches],
        "findings": [_finding(finding) for finding in row.findings],
        **({"judged": row.judged} if row.judged else {}),
    }


def _match(match: Match) -> dict[str, object]:
    return {"start": match.span.start, "end": match.span.end, "quote": match.quote}


def _finding(finding: Finding) -> dict[str, object]:
    told: dict[str, object] = {
        "type": finding.type,
        "severity": finding.severity,
        "upper_quote": finding.upper_quote,
        "draft_quote": finding.draft_quote,
        "note": finding.note,
    }
    if finding.sub:
        told["sub"] = finding.sub
    return told
