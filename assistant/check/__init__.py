"""核查: hold a county's draft against upper plans."""

from assistant.check.compare import Upper, check
from assistant.check.files import check_files, check_parsed, read_draft
from assistant.check.serial import to_json
from assistant.check.types import Coverage, Finding, Match, Row

__all__ = [
    "Coverage",
    "Finding",
    "Match",
    "Row",
    "Upper",
    "check",
    "check_files",
    "check_parsed",
    "read_draft",
    "to_json",
]
