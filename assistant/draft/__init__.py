"""A county plan drafted from upper plans and a county profile."""

from assistant.draft.contract import to_json
from assistant.draft.library import draft_from
from assistant.draft.plan import draft
from assistant.draft.profile import Profile, profile_of, read_profile
from assistant.draft.types import Draft, DraftClause, Omission, Placeholder, TaskRow, Units

__all__ = [
    "Draft",
    "DraftClause",
    "Omission",
    "Placeholder",
    "Profile",
    "TaskRow",
    "Units",
    "draft",
    "draft_from",
    "profile_of",
    "read_profile",
    "to_json",
]
