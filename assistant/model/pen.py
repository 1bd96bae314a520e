"""A model with what it may be told and how long it may talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.model import LanguageModel, open_model
from assistant.model.leaving import may_leave
from assistant.settings import Settings
from index.library import Library
from index.types import Document


@dataclass(frozen=True, slots=True)
class Pen:
    """``may_read`` decides for each document whether it may be shown to the model."""

    model: LanguageModel
    evidence_tokens: int
    reply_tokens: int
    may_read: Callable[[], Callable[[Document], bool]]
    reranker: str = ""


def open_pen(settings: Settings, library: Library) -> Pen | None:
    model = open_model(settings)
    if model is None:
        return None
    return Pen(
        model,
        settings.evidence_tokens,
        settings.reply_tokens,
        (lambda: may_leave(library)) if model.outside else (lambda: _anything),
        settings.reranker,
    )


def _anything(document: Document) -> bool:
    return True
