"""Whether a statement speaks of more than its quote: 规上企业 told as 企业."""

from __future__ import annotations

import re
from functools import cache

from assistant.verify.wording import pairs, same_words, without_words, wording

REACH = 8
FARTHER = 2  # 试点单位可先行建设产业 keeps what 试点单位先行建设产业 has
_NEXT = re.compile(r"[一-鿿]{2,}")
_PLACED = re.compile(r"^[一-鿿]*[省市县区州](?![级属])")
_IDLE = tuple("的到为达超过由从至均有要比将较需应也在则，,、:")
_IDENTICAL = re.compile(r"[A-Za-z0-9]")


def widened(said: str, quoted: str, following: int = 0) -> str | None:
    """The noun that the quote always narrows (规上, 重点, 省级) and the statement does not.

    With ``following`` only mentions are compared that so many characters follow alike.
    """
    told, ground = same_words(said), same_words(quoted)
    if following:
        told, ground = told.replace("的", ""), ground.replace("的", "")
    for head in wording().heads:
        every = _mentions(ground, head, following)
        for reach, after in _mentions(told, head, following, REACH + FARTHER):
            before = _bare(reach)
            telling = _NEXT.fullmatch(without_words(after, idle_words()))
            if following and telling is None:
                continue
            theirs = [_kinds(words) for words, then in every if then == after]
            # 新能源产业 is another noun than 战略性新兴产业, no wider one.
            words = "|".join(words for words, then in every if then == after)
            another = len(before) > 1 and before[-2:] not in words
            if theirs and not another and all(kinds - _kinds(reach) for kinds in theirs):
                fewest = min(theirs, key=lambda kinds: len(kinds))
                return f"{'、'.join(sorted(fewest))}{head}"
    return None


def counted(own: str) -> str:
    """The last two characters of the noun before a figure: what it counts (能耗, 比重, 普及率)."""
    before, _, after = own.partition("|")
    if pairs(after):
        return ""
    runs = without_words(same_words(before), idle_words()).split()
    runs = [run for run in (run.rstrip("等") for run in runs) if run]
    return runs[-1][-2:] if runs and len(runs[-1]) > 1 and not _IDENTICAL.search(runs[-1]) else ""


@cache
def idle_words() -> tuple[str, ...]:
    known = wording()
    said = (
        *known.doing,
        *known.free,
        *known.extents,
        *known.everyone,
        *(w for row in known.strengths for w in row),
    )
    return (*(w for w in said if len(w) > 1), *_IDLE)


def _mentions(text: str, head: str, following: int, reach: int = REACH) -> list[tuple[str, str]]:
    """What stands before each ``head``, and so many characters after it."""
    return [
        (
            re.split(r"[^\w]", text[max(0, found.start() - reach) : found.start()])[-1],
            text[found.end() : found.end() + following],
        )
        for found in re.finditer(head, text)
    ]


def _bare(before: str) -> str:
    """The word before a noun without places and words that say nothing."""
    return _PLACED.sub("", (without_words(before, idle_words()).split() or [""])[-1])


def _kinds(before: str) -> frozenset[str]:
    return frozenset(kind for kind in wording().kinds if kind in before)
