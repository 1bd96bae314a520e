"""Whose documents a question means: the regions that the corpus speaks for, and all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import rjieba

from index.types import Document

_STEP = re.compile(r"[一-鿿]{2,}?(?:自治区|自治州|自治县|地区|省|市|县|区|盟|旗|镇|乡)")
_GENERIC = re.compile(r"园区|开发区|示范区|高新区|城区|地区|特区|各|全|本|市县|县市|省市|市区")
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
    for word, tag in rjieba.tag(text):
        if tag not in ("ns", "nr", "nt") and not _NAMED.match(word):
            continue
        if (
            len(word) < 2
            or word[-1] in "里上下内中"
            or word in known
            or any(name in word for name in known)
            or _GENERIC.search(word)
        ):
            continue
        if tag == "ns" or _NAMED.match(word):
            places.append(word)
    return tuple(dict.fromkeys(places))
