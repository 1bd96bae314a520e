"""The model of a running server: opened when it is first needed, changed by an admin meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Step, steps
from assistant.settings import Settings
from index.errors import PolicyError
from index.library import Library
from index.types import Scope

if TYPE_CHECKING:
    from assistant.model.pen import Pen


class Pens:
    """Safe to share between threads. Without a model it costs nothing and imports nothing."""

    def __init__(self, library: Library, settings: Settings | None = None) -> None:
        self._library = library
        self._settings = settings or Settings()
        self._pen: Pen | None = None
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        return self._settings

    def pen(self) -> Pen | None:
        """Raises PolicyError where the settings name a model that cannot be opened."""
        if not self._settings.model:
            return None
        with self._lock:
            if self._pen is None:
                from assistant.model.pen import open_pen

                self._pen = open_pen(self._settings, self._library)
            return self._pen

    def steps(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Generator[Step, None, None]:
        """The answer as it grows. A model that cannot be opened costs its words, and is said."""
        try:
            pen, trouble = self.pen(), ""
        except PolicyError as error:
            pen, trouble = None, f"{error}；以下摘自条款"
        with closing(steps(question, self._library, pen, history, scope)) as stages:
            for step in stages:
                notes = (trouble, *step.answer.notes) if trouble else step.answer.notes
                yield replace(step, answer=replace(step.answer, notes=notes))

    def warm(self) -> None:
        """Pays the imports, and loads a model file, before the first reader asks."""
        if not self._settings.model:
            return
        import assistant.model.answering  # noqa: F401

        if pen := self.pen():
            pen.model.start()
        if self._settings.reranker:
            from assistant.model.rerank import opened

            opened(self._settings.reranker)

    def change(self, settings: Settings) -> None:
        """The next question uses the new settings; an answer under way ends with the old ones."""
        with self._lock:
            old, self._pen = self._pen, None
            self._settings = settings
        if old is not None:
            old.model.close()

    def close(self) -> None:
        self.change(Settings())
