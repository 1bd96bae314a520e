"""A county plan drafted from upper plans and a county profile."""

from assistant.draft.calendar import write_calendar
from assistant.draft.contract import to_json
from assistant.draft.extract import extract
from assistant.draft.fill import fill
from assistant.draft.form import write_form
from assistant.draft.ledger import write_ledger
from assistant.draft.library import draft_from
from assistant.draft.markdown import to_markdown
from assistant.draft.plan import draft
from assistant.draft.profile import FIELDS, Profile, profile_of, read_profile
from assistant.draft.types import Draft, DraftClause, Omission, Placeholder, TaskRow, Units
from assistant.draft.word import Stage, refuse_pending, write_docx

__all__ = [
    "FIELDS",
    "Draft",
    "DraftClause",
    "Omission",
    "Placeholder",
    "Profile",
    "Stage",
    "TaskRow",
    "Units",
    "draft",
    "draft_from",
    "extract",
    "fill",
    "profile_of",
    "read_profile",
    "refuse_pending",
    "to_json",
    "to_markdown",
    "write_calendar",
    "write_docx",
    "write_form",
    "write_ledger",
]
