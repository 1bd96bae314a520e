"""The JSON shapes that other programs rely on; the command line and the HTTP API share them."""

from __future__ import annotations

from typing import Any

from assistant.types import Answer
from index.types import Clause, Document, Evidence, Target, Task

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    return {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "citations": [
            {
                "n": n,
                "document": one.document_id,
                "title": one.title,
                "doc_no": one.doc_no,
                "clause": one.clause_id,
                "start": one.span.start,
                "end": one.span.end,
                "quote": one.quote,
            }
            for n, one in enumerate(answer.citations, 1)
        ],
        "withheld": [{"text": one.text, "reason": one.reason} for one in answer.withheld],
        "nearest": [
            {
                "document": one.document_id,
                "title": one.title,
                "clause": one.clause_id,
                "quote": one.quote,
            }
            for one in answer.nearest
        ],
        "notes": list(answer.notes),
        "mode": answer.mode,
        "seconds": round(answer.seconds, 4),
    }


def document_json(document: Document, clauses: int, tasks: int, vectors: int) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "doc_no": document.doc_no,
        "issuer": document.issuer,
        "date": document.date,
        "level": document.level,
        "region": document.region,
        "status": document.status,
        "kind": document.kind,
        "clauses": clauses,
        "tasks": tasks,
        "vectors": vectors,
    }


def clause_json(clause: Clause) -> Json:
    return {
        "id": clause.id,
        "kind": clause.kind,
        "heading": clause.heading,
        "text": clause.text,
        "start": clause.span.start,
        "end": clause.span.end,
        "spans": [[span.start, span.end] for span in clause.spans],
    }


def evidence_json(evidence: Evidence) -> Json:
    clause = evidence.clause
    return {
        "clause": clause.id,
        "document": clause.document_id,
        "score": round(evidence.score, 6),
        "text": clause.text,
    }


def task_json(task: Task, clause: Clause) -> Json:
    return {
        "id": task.clause_id,
        "path": list(task.path),
        "kind": task.kind,
        "title": task.title,
        "text": clause.text,
        "start": clause.span.start,
        "end": clause.span.end,
        "lead": task.lead,
        "units": [agency.name for agency in task.agencies],
        "targets": [_target_json(target) for target in task.targets],
        "deadlines": [
            {"what": one.what, "when": one.when, "quote": one.quote} for one in task.deadlines
        ],
        "duties": [
            {"what": one.what, "when": one.when, "to": one.to, "quote": one.quote}
            for one in task.duties
        ],
        "county": task.county,
    }


def _target_json(target: Target) -> Json:
    return {
        "metric": target.metric,
        "op": target.op,
        "value": target.value,
        "unit": target.unit,
        "by": target.by,
        "basis": target.basis,
        "quote": target.quote,
        "start": target.span.start,
        "end": target.span.end,
    }
