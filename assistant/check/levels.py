"""Several levels: where the city's breakdown sets another figure than the province, it rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.check.types import Finding, Row
from index.types import Document, Span

_DISTANCE = {"national": 4, "province": 3, "city": 2, "county": 1, "township": 0, "": 2}
_OVERRULED = ("target_lowered", "target_changed", "deadline_later")


def nearer_rules(plans: Sequence[tuple[Document, Sequence[Row]]]) -> tuple[Row, ...]:
    """All rows in the plans' order; a fault against a farther plan that the nearer one allows is
    told as a notice."""
    rows: list[Row] = []
    for document, some in plans:
        nearer = [
            (other, row)
            for other, theirs in plans
            if _DISTANCE[other.level] < _DISTANCE[document.level]
            for row in theirs
        ]
        rows += [_relaxed(row, nearer) if nearer else row for row in some]
    return tuple(rows)


def _relaxed(row: Row, nearer: Sequence[tuple[Document, Row]]) -> Row:
    findings = tuple(_judged(finding, nearer) for finding in row.findings)
    changed = [f for f in findings if f.type == "nearer_level"]
    if not changed:
        return row
    reason = f"{row.reason.rstrip('。')}（其中{'；'.join(f.note for f in changed)}）。"
    return replace(row, findings=findings, reason=reason)


def _judged(finding: Finding, nearer: Sequence[tuple[Document, Row]]) -> Finding:
    if finding.severity != "fault" or finding.type not in _OVERRULED or not finding.draft_span:
        return finding
    for document, row in nearer:
        if not any(_meet(match.span, finding.draft_span) for match in row.matches):
            continue
        if any(
            f.severity == "fault" and f.draft_span and _meet(f.draft_span, finding.draft_span)
            for f in row.findings
        ):
            continue
        note = f"{finding.note}；但符合《{document.title}》的分解要求，以较近一级为准"
        return replace(
            finding, type="nearer_level", severity="notice", note=note, sub="", edit=None
        )
    return finding


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
