"""Exact repairs as an editor writes them: in the draft's own way of putting a date."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.check.types import Edit

_OLD = re.compile(r"(到|至)?20\d\d年(?:\d{1,2}月)?(底|末)?(前|以前|之前)?")
_NEW = re.compile(r"(?:到|至)?(20\d\d年)(?:底|末)?(?:前|以前|之前)?")


def fitted(edit: Edit, text: str) -> Edit:
    """2021年底前 → 2020年底前 where the upper plan says 到2020年: the same time, and the sentence
    around it still reads."""
    old, new = _OLD.fullmatch(edit.span.of(text)), _NEW.fullmatch(edit.new)
    if not old or not new:
        return edit
    before = "底前" if old[3] else old[2] or ""
    return replace(edit, new=f"{old[1] or ''}{new[1]}{before}")


def worded(edit: Edit, text: str) -> str:
    """What is to be typed."""
    old = edit.span.of(text)
    if edit.new.startswith(old) and edit.new != old:
        return f"“{old}”后补写“{edit.new.removeprefix(old).strip('、，')}”"
    if edit.new.endswith(old) and edit.new != old:
        return f"句首补写“{edit.new.removesuffix(old)}”"
    return f"“{old}”改为“{edit.new}”"
