"""Which documents' goals all lie in the past; such a document may be in force all the same."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date

from index.library import Library
from index.types import Task


def last_year(tasks: list[Task]) -> int | None:
    """The latest year by which a document wants something reached."""
    years = [target.by[:4] for task in tasks for target in task.targets if target.by]
    return max((int(year) for year in years if year.isdecimal()), default=None)


class Goals:
    """Remembers what it counted until the library's content changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._stamp: str | None = None
        self._years: dict[str, int] = {}

    def ended(self) -> Mapping[str, int]:
        """Document → its last goal year, for those where that is over."""
        with self._lock:
            stamp = self._library.store.generation().stamp
            if stamp != self._stamp:
                self._years = self._counted()
                self._stamp = stamp
            this_year = date.today().year
            return {one: year for one, year in self._years.items() if year < this_year}

    def _counted(self) -> dict[str, int]:
        documents = self._library.documents()
        found = {one.id: last_year(self._library.tasks(one.id)) for one in documents}
        return {one: year for one, year in found.items() if year is not None}
