"""六盘水更高: who has more stands in no document; it is worked out again from the figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.frames import Frame, frames
from assistant.verify.passages import Passage
from assistant.verify.places import last_named
from assistant.verify.reading import Reading, reading
from assistant.verify.wording import pairs

_MORE = re.compile(
    r"(?P<who>[^,。;:]{2,24}?)(?:要|目标)?更(?P<how>[高大多低小少])(?:一些)?(?=[,。;:]|$)"
)

_ORDER = re.compile(
    r"(?P<left>[一-鿿]{2,16}?)(?:高于|低于|快于|慢于|多于|少于|大于|小于)(?P<right>[一-鿿]{2,16})"
)


def without_comparison(said: str, passages: Sequence[Passage]) -> tuple[str, str | None]:
    """The text without its comparison, and why the comparison does not hold (None if it does)."""
    found = _MORE.search(said)
    if found is None:
        return said, None
    rest = said[: found.start()] + said[found.end() :].lstrip(",。;:")
    winner = last_named(found["who"], passages)
    sides = _sides(reading(rest), passages)
    if len(winner) != 1 or len(sides) < 2 or not winner <= sides.keys():
        return rest, f"引文不足以比较“{found[0]}”"
    [name] = winner
    mine = sides[name].quantity.base_value
    others = [f.quantity.base_value for other, f in sides.items() if other != name]
    holds = mine < min(others) if found["how"] in "低小少" else mine > max(others)
    return rest, None if holds else f"按引文中的数字，“{found[0]}”不成立"


def turned_over(said: str, quoted: str) -> str | None:
    """甲的增速高于乙的增速 told as 乙的增速高于甲的增速."""
    for found in _ORDER.finditer(said):
        above, below = _only(found)
        for other in _ORDER.finditer(quoted):
            theirs_above, theirs_below = _only(other)
            if above & theirs_below and below & theirs_above and not above & theirs_above:
                return found[0]
    return None


def _only(found: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What each side of a comparison says that the other does not."""
    left, right = pairs(found["left"]), pairs(found["right"])
    return left - right, right - left


def _sides(read: Reading, passages: Sequence[Passage]) -> dict[str, Frame]:
    """The first figure of each document's own, all in one unit; nothing where units differ."""
    sides: dict[str, Frame] = {}
    for frame in frames(read):
        named = last_named(read.raw[: frame.quantity.span.start], passages)
        if len(named) == 1:
            sides.setdefault(next(iter(named)), frame)
    units = {frame.quantity.base_unit for frame in sides.values()}
    return sides if len(units) == 1 else {}
