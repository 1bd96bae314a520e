"""The model of a running server: opened when it is first needed, changed by an admin meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.settings import Settings
from index.library import Library

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

    def change(self, settings: Settings) -> None:
        """The next question uses the new settings; an answer under way ends with the old ones."""
        with self._lock:
            old, self._pen = self._pen, None
            self._settings = settings
        if old is not None:
            old.model.close()

    def close(self) -> None:
        self.change(Settings())
