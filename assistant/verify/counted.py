"""提出三项任务：…: a number that only counts what the statement itself goes on to list."""

from __future__ import annotations

import re

from index.numerals import numeral_value
from index.quantity import TITLE

_COUNT = re.compile(
    r"(?<![第\d一二三四五六七八九十百])([二两三四五六七八九]|[2-9])"
    r"(?:项|份|类|点|方面|条|个(?=方面|部分|环节|领域|产业|行业|层面|阶段|板块|维度|步骤|重点|问题|指标|单位|部门|地区))"
)
_MARKS = ("、", "、|以及|和|与|(?<!普)及")


def without_counts(said: str) -> str:
    """The text without the numbers that count its own lists rightly; others stay to be judged."""
    titles = [m.span() for m in TITLE.finditer(said)]
    for found in reversed([*_COUNT.finditer(said)]):
        if any(start <= found.start() < end for start, end in titles):
            continue
        number, end = int(numeral_value(found[1])), found.end()
        listed = re.match(r"[一-鿿]{0,8}?(?::|,?(?:即|分别|包括|一是))", said[end:])
        before = re.split(r"[,:。;]", said[: found.start()])[-1]
        after = _after(said[end + listed.end() :]) if listed else frozenset()
        if number in _lengths(before) | after:
            said = said[: found.start()] + said[found.start() + len(found[1]) + 1 :]
    return said


def _after(text: str) -> frozenset[int]:
    numbered = len(re.findall(r"[一二三四五六七八九]是", text))
    split = [len(text.strip(",:。;").split(mark)) for mark in ";,"]
    return frozenset({numbered, *split}) | _lengths(re.split(r"[,。;]", text.strip(",:"))[0])


def _lengths(piece: str) -> frozenset[int]:
    """How many items a stretch lists, by each way to count them; one is no list."""
    return frozenset(len(re.split(mark, piece)) for mark in _MARKS) - {1}
