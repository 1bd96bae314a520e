"""Who does what: 甲局要安排经费，乙局要争取资金 must not be told the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verify.names import named_in, relations, same_name
from assistant.verify.passages import Passage
from assistant.verify.wording import pairs, same_words

LEAST = 3
_LISTED = re.compile(r"(?:、|,|和|及|以及|与)(?:[一-鿿]{0,4})?$")
_REPORTS = re.compile("报送|报告|上报|汇报|报(?=各|有关)")
_TO = re.compile("(?:向|给|报送|抄送|商请|报|(?:要|应|须|需|企业|分别|,)与)$")
_BEARER = re.compile(r"由([一-鿿]{2,8}?)(负责|牵头|承担)")
_BORNE = (("由", ""), ("", "负责"), ("", "牵头"), ("", "承担"), ("单位:", ""))
_JOINS = re.compile("(?:要|应|须|将)?会同")
_ENDS = re.compile(r"[。;!?\n()]")


def doer_fault(said: str, passages: Sequence[Passage]) -> str | None:
    """A body that is said to do what the quotes give to another, or None."""
    done = [(p, name, pairs(does)) for p in passages for name, does in _doing(p.raw)]
    for name, does in _doing(said):
        if _REPORTS.search(does) and _only_told(name, passages):
            return f"引文说的是报给{name}"
        told = pairs(does)
        own = frozenset[str]().union(*(d for p, other, d in done if same_name(name, other, p)))
        for p, other, theirs in done:
            against, for_it = (told & theirs) - own, (told & own) - theirs
            if len(against) >= LEAST and len(against) > len(for_it):
                return None if same_name(name, other, p) else f"引文说的是{other}做这件事"
    return _partner_fault(said, passages) or _unnamed_fault(said, passages)


def _partner_fault(said: str, passages: Sequence[Passage]) -> str | None:
    """甲局会同有关单位 told as 有关单位会同甲局."""
    for m in named_in(said):
        if not said[: m.span.start].endswith("会同"):
            continue
        beside = [
            (bool(_JOINS.match(p.raw[n.span.end :])), p.raw[: n.span.start].endswith("会同"))
            for p in passages
            for n in named_in(p.raw)
            if same_name(m.name, n.name, p)
        ]
        if any(leads for leads, _ in beside) and not any(joins for _, joins in beside):
            return f"引文说的是{m.name}会同别的单位"
    return None


def _unnamed_fault(said: str, passages: Sequence[Passage]) -> str | None:
    """由企业负责: who bears it is no body by name, and must be told so in the quotes."""
    ground = "\n".join(same_words(p.raw) for p in passages)
    for found in _BEARER.finditer(same_words(said)):
        if not named_in(found[1]) and not any(f"{a}{found[1]}{b}" in ground for a, b in _BORNE):
            return f"引文没有说由{found[1]}{found[2]}"
    return None


def _only_told(name: str, passages: Sequence[Passage]) -> bool:
    """Whether the quotes name a body, where they speak of reports, only as who gets them."""
    how = [
        relation
        for p in passages
        for piece in re.split(r"[,。;\n]", p.raw)
        if _REPORTS.search(piece)
        for other, relation in relations(piece)
        if name in other or same_name(name, other, p)
    ]
    return bool(how) and set(how) == {"to"}


def _doing(text: str) -> Iterator[tuple[str, str]]:
    """Each body that acts, with the words that say what it does."""
    found = named_in(text)
    for i, m in enumerate(found):
        last = i
        while last + 1 < len(found) and _LISTED.fullmatch(
            text[found[last].span.end : found[last + 1].span.start]
        ):
            last += 1
        start = found[last].span.end
        stop = found[last + 1].span.start if last + 1 < len(found) else len(text)
        does = _ENDS.split(text[start:stop])[0]
        first = does.split(",")[0]
        does = first if len(pairs(first)) >= LEAST else does
        acts = not does.startswith((":", ",", "、")) and not _TO.search(text[: m.span.start])
        if acts and len(pairs(does)) >= LEAST:
            yield m.name, does
