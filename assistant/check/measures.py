"""Whether two targets measure the same thing: the metric, the names in it, whom it counts."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from assistant.check.cutting import halved
from assistant.check.likeness import Rarity, pairs
from assistant.check.pairing import base, kind, named
from index.quantity import quantities
from index.types import Target
from index.units import split_unit

_SCOPE = ("规模以上", "规上", "大中型", "骨干", "重点", "限额以上")
_SECTORS = ("农业", "服务业", "商贸", "物流", "建筑业", "旅游", "工业", "制造业", "交通运输")
_COUNTERS = "家户个项所座处名人台件种批次条"
_TOGETHER = re.compile(r"合计|总计|共计|合并计算|一并计入|加在一起")
_PILOTS = re.compile(r"在[一-鿿]{2,5}(?:、[一-鿿]{2,5})+?(?:等地?)?(?:先行)?试点")
_NAME = re.compile(r"[“\"「]([^”\"」]{2,14})[”\"」]|([A-Z]{2,}[A-Za-z0-9]*)")


def another_metric(upper: Target, draft: Target, rarity: Rarity) -> bool:
    one, other = named(upper), named(draft)
    if other_measure(upper, draft):
        return True
    if upper.value == draft.value and upper.basis == draft.basis == "coverage":
        return False  # 全覆盖 says the same of whatever is said before it
    if min(len(halved(one)), len(halved(other))) < 4 or "上述" in one + other:
        return False
    held = rarity.held(pairs(one), pairs(f"{other}{draft.quote}"))
    return rarity.shared(pairs(one), pairs(other)) < 0.2 and held < 0.5


def other_measure(upper: Target, draft: Target) -> bool:
    """能耗 in the place of 水耗: a measure of the same kind, and not the one that is asked."""
    for group in _groups():
        wanted = _measures(f"{upper.metric}{upper.quote if not upper.metric else ''}", group)
        got = _measures(f"{draft.metric}{draft.quote}", group)
        if wanted - got and got - _measures(f"{upper.metric}{upper.quote}", group):
            return True
    return False


def _measures(text: str, group: list[tuple[str, ...]]) -> frozenset[int]:
    """Which measures of a group a text names; the longest words are read first."""
    rest, found = halved(text), set()
    words = [(word, i) for i, names in enumerate(group) for word in names]
    for word, i in sorted(words, key=lambda item: -len(item[0])):
        if word in rest:
            found.add(i)
            rest = rest.replace(word, "|")
    return frozenset(found)


@lru_cache(maxsize=1)
def _groups() -> tuple[list[tuple[str, ...]], ...]:
    path = Path(__file__).parents[1] / "data" / "measures.toml"
    with path.open("rb") as file:
        return tuple([tuple(names) for names in group] for group in tomllib.load(file).values())


def other_magnitude(upper: Target, draft: Target) -> bool:
    """700亿元 that becomes 700万元: the same number in a smaller unit is no county's share."""
    sized = kind(upper) in ("amount", "measure") and kind(upper) == kind(draft)
    factors = split_unit(upper.unit)[0] != split_unit(draft.unit)[0]
    return sized and factors and upper.value == draft.value and base(upper) > base(draft)


def is_condition(target: Target) -> bool:
    """对存栏500头以上的养殖场…: which ones are meant, not how many. Nor does a figure for pilots at
    places that are named (率先在甲、乙、丙试点…全覆盖) bind the others."""
    if _PILOTS.search(halved(target.quote)):
        return True
    if kind(target) not in ("amount", "measure", "count") or target.unit[-1:] in _COUNTERS:
        return False
    return any(
        abs(quantity.value - target.value) < 1e-6
        and re.match(r"(?:以上|以下)?的[一-鿿]", target.quote[quantity.span.end :])
        for quantity in quantities(target.quote)
    )


def another_name(upper: Target, draft: Target) -> bool:
    """“浙江制造”认证 is not ISO9001认证: a named thing in the place of another."""
    wanted, got = _names(upper), _names(draft)
    return bool(wanted and got and not wanted & got)


def _names(target: Target) -> frozenset[str]:
    found = _NAME.findall(halved(target.metric))
    return frozenset(quoted or latin for quoted, latin in found)


def scope_lost(upper: Target, draft: Target, around: str) -> str | None:
    """A limit of the statistics that the draft leaves out altogether."""
    wanted = [word for word in _SCOPE if word in upper.metric and "上述" not in draft.metric]
    held = any(word in draft.metric or word in around for word in _SCOPE)
    return wanted[0] if wanted and not held and kind(upper) == "percent" else None


def scope_added(upper: Target, draft: Target, sentence: str) -> str | None:
    """工业、农业和物流业合计: sectors counted together that the upper plan does not count."""
    if not _TOGETHER.search(draft.quote):
        return None
    added = [word for word in _SECTORS if word in draft.quote and word not in sentence]
    held = [word for word in _SECTORS if word in upper.quote or word in sentence]
    return "、".join(added) if held and added else None
