"""Whose documents a question means: the regions that the corpus speaks for, and all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import rjieba

from index.types import Document

_STEP = re.compile(r"[一-鿿]{2,}?(?:自治区|自治州|自治县|地区|省|市|县|区|盟|旗|镇|乡)")
_GENERIC = re.compile(r"园区|开发区|示范区|高新区|城区|地区|特区|各|全|本|市县|县市|省市|市区")
_KINDS = "县市镇乡"
_KIND = re.compile(f"[{_KINDS}]")
_COMMON = re.compile(r"[我你他本全各每哪几这那该此某两多大小外邻个有在的是以和]")
_NAMED = re.compile(r"[一-鿿]{2,3}(?:省|市|县|镇|乡)$")


def own_names(document: Document) -> tuple[str, ...]:
    """六盘水市, 六盘水: the names of the region that a document is issued for."""
    steps = _STEP.findall(document.region) or ([document.region] if document.region else [])
    if not steps:
        return ()
    name = steps[-1]
    short = re.sub(
        r"(?:壮族|回族|维吾尔)?(?:自治区|自治州|自治县|地区|省|市|县|区|盟|旗)$", "", name
    )
    return (name, short) if len(short) > 1 else (name,)


def gazetteer(documents: Iterable[Document]) -> Mapping[str, str]:
    """Every name by which a region of the corpus may be called, with the short name."""
    return {
        name: names[-1]
        for document in documents
        for names in [own_names(document)]
        for name in names
    }


def named(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The corpus' own regions that a text names, in its order."""
    found = {short: text.find(name) for name, short in known.items() if name in text}
    return tuple(sorted(found, key=lambda short: text.find(short)))


def foreign(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Places in a text that no document of the corpus is issued for."""
    places: list[str] = []
    own = [name for name in known if name in text]
    for word, tag in _words(text):
        if tag not in ("ns", "nr", "nt") and not _NAMED.match(word):
            continue
        if (
            len(word) < 2
            or word[-1] in "里上下内中"
            or any(name in word or word in name for name in own)
            or _GENERIC.search(word)
        ):
            continue
        if tag == "ns" or _NAMED.match(word):
            places.append(word)
    return tuple(dict.fromkeys(places))


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The words with their kinds; a name that no dictionary holds gets its 县 or 市 back."""
    tagged = rjieba.tag(text)
    skip = 0
    for at, (word, tag) in enumerate(tagged):
        if skip:
            skip -= 1
            continue
        follow = [one for one, _ in tagged[at + 1 : at + 3]]
        if tag[:2] in ("nr", "ns") and len(word) > 1 and follow and _KIND.match(follow[0]):
            yield word + ("" if word[-1] in _KINDS else follow[0][0]), "ns"
        elif at == 0 and [len(word), *map(len, follow[:1])] == [1, 1] and _strange(word, follow):
            # 峪岭镇: two characters that the dictionary does not join, in front of the question.
            yield word + follow[0] + follow[1][0], "ns"
            skip = 1
        else:
            yield word, tag


def _strange(word: str, follow: list[str]) -> bool:
    return (
        len(follow) == 2 and bool(_KIND.match(follow[1])) and not _COMMON.search(word + follow[0])
    )
