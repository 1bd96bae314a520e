"""Whether a reworded clause is the ruled one in other words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from assistant.draft.types import DraftClause
from assistant.verify.drafted import PLACEHOLDER, added, kept

LONGEST = 1.6  # times the ruled text
_UNITS = re.compile(r"[（(](?:责任|牵头|配合)单位[:：]")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])"
)


def rewording_fault(clause: DraftClause, given: tuple[str, ...], county: str) -> str:
    """Both ways: no fact lost, none added; and the shape that the plan needs."""
    ruled, text = "\n".join(clause.paragraphs), "\n".join(given)
    return (
        _shape(clause, given, text)
        or kept(ruled, text, county)
        or added(text, (ruled, county), county)
        or ""
    )


def _shape(clause: DraftClause, given: tuple[str, ...], text: str) -> str:
    ruled = "\n".join(clause.paragraphs)
    if len(given) != len(clause.paragraphs):
        return f"原段有{len(clause.paragraphs)}段，写了{len(given)}段"
    if len(text) > LONGEST * len(ruled) + 20:
        return "比原段长得多"
    if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(ruled)):
        return "【待定】与原段不一致"
    if any(unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn") for c in text if c != "\n"):
        return "有看不见的字符"
    if len(_UNITS.findall(text)) > len(_UNITS.findall(ruled)):
        return "写了责任单位的括号"
    if any(
        _NUMBER.match(one) and not _NUMBER.match(old)
        for one, old in zip(given, clause.paragraphs, strict=True)
    ):
        return "写了序号"
    return ""
