"""What a text denies, and whether another tells it as affirmed."""

from __future__ import annotations

import re
from collections import Counter

from assistant.verify.wording import NEGATION

REACH = 4


def negated(text: str, size: int = 2) -> list[str]:
    """What follows each negation, up to ``size`` characters of one run."""
    found = []
    for match in NEGATION.finditer(text):
        following = re.match(rf"[A-Za-z0-9\u3400-\u9fff]{{1,{size}}}", text[match.end() :])
        if following:
            found.append(following[0])
    return found


def denial_added(said: str, quoted: str) -> str | None:
    """What ``said`` denies and ``quoted`` does not; 不达环保要求 is 不达要求 all the same."""
    for match in NEGATION.finditer(said):
        following = negated(said[match.start() :])[:1]
        same = match[0] + said[match.end() : match.end() + 1]
        known = len(match[0]) == 1 and len(same) > 1 and same in quoted
        if following and not known and following[0] not in negated(quoted, len(following[0])):
            return following[0]
    return None


def denial_lost(said: str, quoted: str) -> str | None:
    """What ``quoted`` only ever denies and ``said`` tells without the denial."""
    kept = negated(said, REACH)
    for word, count in Counter(negated(quoted, REACH)).items():
        # 设施不全的 keeps its denial in 设施不全的企业.
        still = sum(other.startswith(word) for other in kept)
        if said.count(word) > still and quoted.count(word) <= count:
            return word
    return None
