"""Numbers at the head of a line: what level they open and how they are written in an address.

Levels follow GB/T 9704-2012, 7.3.3 (一、 › （一） › 1. › （1）), with 第X编/章/节/条 of
regulations above and dashes below them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HAN = "一二三四五六七八九十百零〇"
_SPACE = r"[ \t]*"
# A figure behind the mark makes it none (1.5万亩), unless a year opens the words (三、2018年任务).
_WORDS = r"(?!\d(?!\d{3}[年—~至-]))"
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"(第[{_HAN}\d]+编)(?=[ \t:：]|$)")),
    (1, re.compile(rf"(第[{_HAN}\d]+章)(?=[ \t:：]|$|[^条款项的])")),
    (2, re.compile(rf"(第[{_HAN}\d]+节)(?=[ \t:：]|$|[^条款项的])")),
    (3, re.compile(rf"(第[{_HAN}\d]+条(?:之[{_HAN}]+)?)(?![款项规的之和、至的])")),
    (4, re.compile(rf"([{_HAN}]+){_SPACE}[、.．,，]{_WORDS}")),
    (5, re.compile(rf"([(（〔]{_SPACE}[{_HAN}]+{_SPACE}[)）〕])")),
    (6, re.compile(rf"(\d{{1,3}}){_SPACE}(?:[、.．]{_WORDS}|[)）])")),
    (7, re.compile(rf"([(（]{_SPACE}\d{{1,3}}{_SPACE}[)）])")),
    (8, re.compile(r"([①-⑳])")),
    (9, re.compile(r"(—{1,3}|-{2,3}|–{1,3}|─{1,3}|[●•·■◆▪○◎►▶])(?=\S)")),
)
CHAPTER, SECTION_OF_LAW, ARTICLE, FIRST, SECOND, THIRD, FOURTH, CIRCLED, BULLET = range(1, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a line: its level, its address step, and where the words begin."""

    level: int
    step: str
    length: int

    @property
    def is_bullet(self) -> bool:
        return self.level == BULLET


def mark_of(line: str) -> Mark | None:
    """The number that opens a stripped line, or None. ``length`` counts code points of the line."""
    for level, pattern in _MARKS:
        if found := pattern.match(line):
            return Mark(level, _step(level, found.group(1)), found.end())
    return None


def _step(level: int, written: str) -> str:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))
    plain = plain.replace("〔", "(").replace("〕", ")")
    return "—" if level == BULLET else plain


def opens_a_body(step: str) -> bool:
    """A first number at the outermost level: 一、, 第一章 or 第一条 begin a text anew."""
    return step in {"一", "第一章", "第一编", "第一条", "第1章", "第1条"}
