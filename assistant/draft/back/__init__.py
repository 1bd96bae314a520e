"""An edited Word file comes back: read, matched to the draft's clauses, made a new version."""

from assistant.draft.back.match import matched
from assistant.draft.back.read import Returned, read_returned
from assistant.draft.back.take import Taken, take_back

__all__ = ["Returned", "Taken", "matched", "read_returned", "take_back"]
