"""The desk in front of the search: questions about the library, its documents, and who does what.

These are answered from stored fields (title, number, date, standing, tasks), each with the clause
in which the field stands; whatever else is asked goes on to ``assistant.answer``.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.desk.agency import tasks_of_agency
from assistant.desk.greeting import greeted
from assistant.desk.inventory import inventory
from assistant.desk.number import document_number
from assistant.desk.ours import our_share
from assistant.desk.particulars import particulars
from assistant.desk.room import Room
from assistant.desk.standing import standing
from assistant.types import Answer

_STEPS: tuple[Callable[[str, Room], Answer | None], ...] = (
    greeted,
    inventory,
    document_number,
    our_share,
    standing,
    tasks_of_agency,
    particulars,
)


def at_the_desk(question: str, room: Room) -> Answer | None:
    """The answer of the first step that knows this kind of question, or None."""
    return next((given for step in _STEPS if (given := step(question, room)) is not None), None)


__all__ = ["Room", "at_the_desk"]
