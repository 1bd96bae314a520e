"""Responsible units in the words themselves: （X牵头，Y、Z负责）, or 责任单位：… that ends a line.

They count where the reader of lists found none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.responsible import unit_lists
from index.types import Agency

_SHARED = re.compile(
    r"[（(〔\[【](?P<inner>[^（()）〔〕\[\]【】]{2,240}?"
    r"(?:按职责分工负责|按照职责分工负责|分工负责|分别负责|牵头负责|负责|牵头|配合|参与|参加))[）)〕\]】][。]?$"
)
_TAIL = re.compile(
    r"(?:^|(?<=[。；;]))\s*(?P<list>(?:牵头单位|责任单位|责任部门|实施单位)[：:][^。]{2,200})。?$"
)
_NOISE = re.compile(
    r"(?:按照?职责分工)?(?:分工|分别)?负责|按照?职责分工|配合|参与|参加|"
    r"等(?:有关|相关)?(?:部门|单位)?(?=$|[，。；])|会同"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The words without the list, and whom it named."""

    words: str
    agencies: tuple[Agency, ...]


def named_units(words: str) -> Named:
    """The list that closes a line; no agencies where there is none."""
    if found := _TAIL.search(words):
        listed = _read(found.group("list"))
        return Named(words[: found.start()].rstrip(), listed) if listed else Named(words, ())
    if found := _SHARED.search(words):
        lead, verb, rest = found.group("inner").partition("牵头")
        lists = [f"牵头单位：{_clean(lead)}"] if verb else []
        support = _clean(rest if verb else lead)
        lists += [f"{'配合单位' if verb else '责任单位'}：{support}"] if support else []
        listed = _read("；".join(lists))
        return Named(words[: found.start()].rstrip(), listed) if listed else Named(words, ())
    return Named(words, ())


def _clean(words: str) -> str:
    return _NOISE.sub("", words).strip("，,、；; ")


def _read(line: str) -> tuple[Agency, ...]:
    return tuple(
        agency for listed in unit_lists(f"（{line}）") for agency in listed.agencies if agency.name
    )
