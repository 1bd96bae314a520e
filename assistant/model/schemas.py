"""The JSON that a model is asked for, as schemas for servers that can hold it to them."""

from __future__ import annotations

from typing import Any, Final


def _statements(**more: Any) -> dict[str, Any]:
    fields = {
        **more,
        "text": {"type": "string"},
        "clauses": {"type": "array", "items": {"type": "integer"}},
    }
    statement = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"statements": {"type": "array", "items": statement}},
        "required": ["statements"],
        "additionalProperties": False,
    }


ANSWER: Final[dict[str, Any]] = _statements()
COMPARISON: Final[dict[str, Any]] = _statements(place={"type": "string"}, aspect={"type": "string"})

PARAGRAPHS: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"paragraphs": {"type": "array", "items": {"type": "string"}}},
    "required": ["paragraphs"],
    "additionalProperties": False,
}

QUOTE: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"quote": {"type": "string"}},
    "required": ["quote"],
    "additionalProperties": False,
}
