"""Names and claims in a text: firms, schools and parks by their last word, persons by their post,
a standing by the verb that confers it.

A tagger's word for a name alone is no sign (it takes 弘扬 for a person): only together with a word
that such names end in, or that such persons bear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from index.types import Span

_NAMES = {"nr", "nrt", "nrfg", "nz", "ns", "nt", "eng"}
_PARTS = _NAMES | {"n", "j", "b", "vn", "l"}
_LONGEST = 7  # words of one name
_ENDS = re.compile(
    r"(?:公司|集团|大学|学院|学校|中学|医院|银行|研究院|研究所|实验室|开发区|高新区|园区|产业园|协会|商会|合作社)$"
)
_POST = re.compile(
    r"(?:副|常务副)?(?:县长|区长|市长|书记|主任|局长|部长|镇长|乡长|教授|院士|博士|同志|董事长|总经理)$"
)


# A standing that somebody above confers: the profile says which ones the county has.
_STANDING = re.compile(
    r"(?:已?列入|入选|获批|荣获|被?评为|被?认定为|被?确定为)(?:了)?(?P<what>(?:国家|全国|全省|全市|省|市|部)[^，。；、]{2,16})"
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    flag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def proper_names(text: str) -> Iterator[tuple[str, Span]]:
    """``(kind, span)`` of every standing, firm, institution or person that the text names."""
    for found in _STANDING.finditer(text):
        yield "称号", Span(*found.span("what"))
    words = _words(text)
    for at, word in enumerate(words):
        if _POST.search(word.text) and at and words[at - 1].flag in {"nr", "nrt", "nrfg"}:
            yield "人员", Span(words[at - 1].start, word.end)
        elif _ENDS.search(word.text):
            start = _beginning(words, at)
            if any(one.flag in _NAMES for one in words[start : at + 1]):
                yield "机构", Span(words[start].start, word.end)


def _words(text: str) -> list[_Word]:
    found, at = [], 0
    for word, flag in rjieba.tag(text):
        found.append(_Word(word, flag, at))
        at += len(word)
    return found


def _beginning(words: Sequence[_Word], at: int) -> int:
    """The first word of the name: the furthest back that is a name, over words that may be parts
    of one."""
    start = first = at
    while first > 0 and at - first < _LONGEST and words[first - 1].flag in _PARTS:
        first -= 1
        if words[first].flag in _NAMES:
            start = first
    return start
