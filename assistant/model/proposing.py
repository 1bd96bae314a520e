"""Whether a sentence that a model proposes states nothing that could be wrong."""

from __future__ import annotations

import re

from assistant.draft.types import DraftClause
from assistant.lookup.expressions import plain
from assistant.lookup.places import foreign
from assistant.verify.names import named_in
from index.period import periods
from index.quantity import quantities

LONGEST = 120


def proposal_fault(clause: DraftClause, given: tuple[str, ...], county: str) -> str:
    """A frame around tasks: no figure, time, body, place or title may stand in it."""
    text = plain("".join(given))
    if len(given) != 1 or not text:
        return "要一句话"
    if len(text) > LONGEST:
        return f"超过{LONGEST}个字"
    if re.search(r"\d|[《》〈〉【】]", text) or quantities(text) or periods(text):
        return "不能有数字、时间和文件名"
    bare = text.replace(county, "")
    if bodies := named_in(bare):
        return f"不能有单位名称“{bodies[0].name}”"
    if places := foreign(bare, {}):
        return f"不能有地名“{places[0]}”"
    return ""
