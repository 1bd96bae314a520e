"""Answers a question from the library without a model: search, compose, verify."""

from __future__ import annotations

import time
from collections.abc import Sequence

from assistant.lookup.compose import written
from assistant.lookup.expressions import expressions
from assistant.lookup.holding import Library, hold
from assistant.lookup.respond import Reply, respond
from assistant.question import understood
from assistant.types import Answer
from index.types import Scope


def answer(
    question: str, library: Library, history: Sequence[str] = (), scope: Scope | None = None
) -> Answer:
    """The shortest complete answer with its citations, or a decline that says what there is."""
    started = time.perf_counter()
    held, known = hold(" ".join([*history, question]), library, scope or Scope())
    replies = [
        respond(asked, held) for asked in understood(question, history, known, expressions())
    ]
    return _assembled(question, replies, time.perf_counter() - started)


def _assembled(question: str, replies: Sequence[Reply], seconds: float) -> Answer:
    said = [reply for reply in replies if reply.claim is not None]
    unsaid = [reply for reply in replies if reply.claim is None]
    nearest = tuple(dict.fromkeys(near for reply in unsaid for near in reply.nearest))
    if not said:
        return Answer(question, "declined", unsaid[0].text, (), nearest=nearest, seconds=seconds)
    text, citations = written([(r.name, r.claim) for r in said if r.claim is not None])
    if unsaid:
        text += "".join(reply.text for reply in unsaid)
    status = "partial" if unsaid else "answered"
    return Answer(question, status, text, citations, nearest=nearest, seconds=seconds)
