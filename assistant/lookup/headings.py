"""Whether a piece of a clause is only its heading, which names a matter and answers nothing."""

from __future__ import annotations

import re

from assistant.lookup.expressions import plain
from index.types import Clause

_UNITS = re.compile(r"[（(][^（）()]*(?:单位|部门|负责|牵头|配合)[^（）()]*[）)]")


def is_heading(clause: Clause, own: str) -> bool:
    heading = plain(clause.heading or "")
    if not own or own not in heading or len(own) * 2 <= len(heading):
        return False
    return not _says_it_all(clause, heading)


def _says_it_all(clause: Clause, heading: str) -> bool:
    """（一）每年安排800万元。（牵头单位：…）: the one sentence of a clause states a figure."""
    if not re.search(r"\d", heading) or not clause.text.rstrip().endswith(("。", "）", ")")):
        return False
    return plain(_UNITS.sub("", clause.text)).strip("。").endswith(heading.strip("。"))
