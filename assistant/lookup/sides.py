"""Comparisons: each side asked for by itself, then who has more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found
from assistant.lookup.fitting import figures
from index.quantity import Quantity

_LINK = re.compile(r"^[和与跟同及比、,，/]*(?:还是)?[的]?[和与跟同及比、,，/]*$|^[^一-鿿]*$")
_VERDICT = re.compile(r"[更还是定得高低多少大小早晚严狠强的比和与跟、,，]+")
_LESS = re.compile(r"(?:谁|哪个|哪边|哪家|更)[^,，?？]{0,8}[低少小]")
_ASKS = re.compile(
    r"(?:谁|哪个|哪边|哪家|哪里|哪一个)[^,，?？]{0,10}(?:[高低大小严狠强]|多(?!少)|(?<!多)少)|"
    r"[高低多大小]还是|更[高低多少大小严]|比[^,，]{0,12}[高低大]"
)


def asks_who_has_more(text: str) -> bool:
    return bool(_ASKS.search(text))


def by_place(question: str, places: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The question once for each place: what stands between two places belongs to the first."""
    marks = sorted(
        (match.start(), match.end(), short)
        for name, short in known.items()
        if short in places
        for match in re.finditer(re.escape(name), question)
    )
    firsts: list[tuple[int, int, str]] = []
    for start, _, short in marks:
        if all(short != other for _, _, other in firsts):
            end = max(e for s, e, name in marks if name == short and s == start)
            firsts.append((start, end, short))
    if not firsts:
        return [f"{short}{question}" for short in places]
    between = [question[a[1] : b[0]] for a, b in pairwise(firsts)]
    shared = all(_LINK.match(gap) or not _VERDICT.sub("", gap) for gap in between)
    if shared:
        rest = question
        for name in sorted(known, key=len, reverse=True):
            rest = rest.replace(name, "")
        rest = re.sub(r"^[和与跟同及比、,，]+", "", rest)
        return [f"{short}{rest}" for _, _, short in firsts]
    prefix = question[: firsts[0][0]]
    ends = [start for start, _, _ in firsts[1:]] + [len(question)]
    return [
        f"{prefix}{short}{question[end:stop]}"
        for (_, end, short), stop in zip(firsts, ends, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Topics:
    """A和B分别是多少: the things asked about, and what is asked of each."""

    things: tuple[str, ...]
    rest: str


def topics(question: str) -> Topics | None:
    """The things that a question asks about together, or None."""
    found = re.search(
        r"(?P<things>[^?？]+?)[,，]?(?P<rest>(?:[两三四五几]个指标)?(?:分别|各[是自要有定多]|哪个|谁|哪边).*)$",
        question,
    )
    if not found:
        return None
    things = [
        t for t in re.split(r"、|和|与|跟|以及|及(?!以上)|还是", found["things"]) if len(t) > 1
    ]
    return Topics(tuple(things), found["rest"]) if 2 <= len(things) <= 5 else None


def figure(asked: Asked, one: Found) -> Quantity | None:
    """The figure of a side; the passage's own first one of the asked kind."""
    found = figures(asked, one.passage)
    return found[0] if found else None


def verdict(text: str, sides: Sequence[tuple[str, Quantity | None]]) -> str:
    """Who has more; "" where that is not asked or cannot be told."""
    if not asks_who_has_more(text) or len(sides) < 2:
        return ""
    measured = [(name, q) for name, q in sides if q is not None]
    if len(measured) < len(sides) or len({q.base_unit for _, q in measured}) > 1:
        return ""
    ordered = sorted(measured, key=lambda side: -side[1].base_value)
    if ordered[0][1].base_value == ordered[-1][1].base_value:
        return "两者相同"
    most, least = ordered[0][0], ordered[-1][0]
    asks = _ASKS.search(text)
    kinds = re.findall(r"[大高]|多(?!少)", asks.group()) if asks else []
    adverb = kinds[-1] if kinds else "高"
    opposite = {"大": "小", "多": "少", "高": "低"}[adverb]
    if _LESS.search(text) and not re.search(r"[高多大](?!少)", text):
        return f"{least}更{opposite}，{most}更{adverb}"
    return f"{most}最{adverb}" if len(ordered) > 2 else f"{most}更{adverb}"
